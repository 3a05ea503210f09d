"""A course of a hundred files, made of the example course of the tests."""

from pathlib import Path

from tests.factories import example_files

FILES = 100
SLUG = "seratus-berkas"
_MODULES = 16  # of six files each; course.yml, task.yml and one more lesson in two languages


def write_course(folder: Path, version: int = 1) -> None:
    """Write it as a course folder. The lessons are as long as real ones."""
    files = _hundred_files(version)
    if len(files) != FILES:
        raise RuntimeError(f"{len(files)} files")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _hundred_files(version: int) -> dict[str, bytes]:
    example = example_files()
    manifest = example["course.yml"].decode()
    names = [f"{number:02}-m{number:02}" for number in range(1, _MODULES + 1)]
    files = {
        "course.yml": manifest.replace("slug: contoh", f"slug: {SLUG}")
        .replace("version: 1", f"version: {version}")
        .replace("modules: [01-satu, 02-dua]", f"modules: [{', '.join(names)}]")
        .encode(),
        "task.yml": example["task.yml"],
    }
    for name in names:
        key = name[3:]
        for path, content in example.items():
            if path.startswith("01-satu/"):
                target, text = path.replace("01-satu", name), content.decode()
                for lesson in ("mulai", "folder"):
                    target = target.replace(lesson, f"{lesson}-{key}")
                    text = text.replace(f"lesson: {lesson}", f"lesson: {lesson}-{key}")
                text = text.replace("- key: satu", f"- key: {key}").replace("01-satu", name)
                text = text.replace("01-mulai.", f"01-mulai-{key}.")
                files[target] = _as_long_as_real(text, path).encode()
    for language in ("id", "en"):
        further = files[f"{names[0]}/02-folder-m01.{language}.md"]
        files[f"{names[0]}/03-tambahan.{language}.md"] = further
    return files


def _as_long_as_real(text: str, path: str) -> str:
    if not path.endswith(".md"):
        return text
    paragraph = (
        "A *line* with `code`, **bold** words and a link to [the shelf list](https://contoh.id). "
        if path.endswith(".en.md")
        else "Satu *baris* dengan `kode`, kata **tebal** dan tautan ke [daftar rak](https://contoh.id). "
    )
    return text + "".join(f"\n## Bagian {n}\n\n{paragraph * 4}\n" for n in range(1, 9))
