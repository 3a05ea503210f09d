"""From the files of a course to the course: every reader and every check, all in one run."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from elearn.core.markdown import Found
from elearn.coursepack import advice, checks, digest, images, names
from elearn.coursepack.fields import Context, MarkdownText, is_key
from elearn.coursepack.lesson import LESSON_FILE, LessonFile, read_lesson
from elearn.coursepack.limits import DEFAULT_LIMITS, Limits, megabytes
from elearn.coursepack.manifest import (
    MODULE_FOLDER,
    Head,
    ModuleHead,
    read_head,
    read_module,
    read_task,
)
from elearn.coursepack.model import Course, Lesson, Module, Quiz, Task, outline
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.quizfile import Located, read_quiz
from elearn.coursepack.yamlnodes import Allowance, Node, parse

TOP_FILES = ("course.yml", "task.yml", "README.md", "LICENSE")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def read_files(
    files: Mapping[str, bytes], limits: Limits = DEFAULT_LIMITS, *, folder_name: str | None = None
) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course that these files (path -> bytes) make, and all problems, sorted.

    folder_name: name of the folder they come from, which the slug must equal.
    The course is None when one of the problems is an error.
    """
    report = Report(limits.problems)
    course = build(files, limits, report, folder_name)
    return (None if report.has_errors else course), report.sorted()


def build(
    files: Mapping[str, bytes], limits: Limits, report: Report, folder_name: str | None
) -> Course | None:
    """Like `read_files`, into a report that may hold problems already."""
    if not _sizes_fit(files, limits, report):
        return None
    reading = _Reading(limits, report)
    for path in names.check_paths(files, limits, report):
        reading.sort(path, files[path])
    return reading.course(folder_name)


def _sizes_fit(files: Mapping[str, bytes], limits: Limits, report: Report) -> bool:
    if len(files) > limits.files:
        report.add("", 0, "course-files", count=str(len(files)), longest=str(limits.files))
        return False
    total = sum(len(content) for content in files.values())
    if total > limits.total_bytes:
        report.add("", 0, "course-bytes", longest=megabytes(limits.total_bytes))
        return False
    return True


@dataclass
class _Folder:
    """What one module folder holds: lessons by key and language."""

    name: str
    lessons: dict[str, dict[str, str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # key -> number in its file names


@dataclass
class _Reading:
    limits: Limits
    report: Report
    files: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    folders: dict[str, _Folder] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)  # SVG images without a fault
    markdown: list[MarkdownText] = field(default_factory=list)
    questions: list[Located] = field(default_factory=list)
    draw_lines: dict[str, int] = field(default_factory=dict)
    unit_paths: dict[str, str] = field(default_factory=dict)  # lesson key -> its file
    text_bytes: int = 0
    allowance: Allowance = field(init=False)

    def __post_init__(self) -> None:
        limits = self.limits
        self.allowance = Allowance(limits.yaml_depth, limits.yaml_nodes, limits.all_yaml_bytes)

    def sort(self, path: str, content: bytes) -> None:
        """Put one file where it belongs, or say that it belongs nowhere."""
        self.files[path] = content
        folder, _, name = path.rpartition("/")
        if len(content) > self.limits.file_bytes:
            size = megabytes(self.limits.file_bytes)
            self.report.add(path, 0, "file-bytes", longest=size)
        elif path.startswith("media/"):
            self.media.append(path)
        elif path in TOP_FILES:
            self._decode(path, content)
        elif MODULE_FOLDER.fullmatch(folder):
            self._sort_in_module(path, folder, name, content)
        else:
            self.report.add(path, 0, "file-unexpected")

    def _sort_in_module(self, path: str, folder: str, name: str, content: bytes) -> None:
        held = self.folders.setdefault(folder, _Folder(folder))
        lesson = LESSON_FILE.fullmatch(name)
        if lesson is None and name not in ("module.yml", "quiz.yml"):
            self.report.add(path, 0, "lesson-name" if name.endswith(".md") else "file-unexpected")
            return
        self._decode(path, content)
        if lesson is None:
            return
        key, language = lesson["key"], lesson["language"]
        versions = held.lessons.setdefault(key, {})
        if language in versions:
            self.report.add(path, 0, "lesson-twice", other=versions[language])
        elif held.numbers.setdefault(key, lesson["number"]) != lesson["number"]:
            other = next(iter(versions.values()), path)
            self.report.add(path, 0, "lesson-number", other=other)
        versions.setdefault(language, path)

    def _decode(self, path: str, content: bytes) -> None:
        self.text_bytes += len(content)
        if len(content) > self.limits.text_bytes:
            kilobytes = str(self.limits.text_bytes // 1024)
            self.report.add(path, 0, "text-bytes", longest=kilobytes)
            return
        if self.text_bytes > self.limits.all_text_bytes:
            self.report.add(path, 0, "texts-bytes", longest=megabytes(self.limits.all_text_bytes))
            return
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.report.add(path, line, "text-encoding")
            return
        control = _CONTROL.search(text)
        if control is not None:
            line = text.count("\n", 0, control.start()) + 1
            self.report.add(path, line, "control-character", character=f"U+{ord(control[0]):04X}")
            return
        self.texts[path] = text

    def _parse(self, path: str) -> Node | None:
        return parse(self.texts[path], path, 1, self.allowance, self.report)

    def _context(self, path: str, languages: tuple[str, ...]) -> Context:
        return Context(path, languages, self.report, self.markdown)

    def course(self, folder_name: str | None) -> Course | None:
        """Everything read and checked; None when course.yml does not say enough to go on."""
        head = self._head(folder_name)
        if head is None:
            return None
        modules = self._modules(head)
        task = self._task(head)
        self._check_images()
        found = self._check(head, modules)
        required = checks.required_units(head, modules, task, self.report)
        # Last, so that where there are too many problems to keep, advice does not push out faults.
        advice.advise(found, {path: self.files[path] for path in self.drawings}, self.report)
        return Course(
            slug=head.slug,
            version=head.version,
            languages=head.languages,
            title=head.title,
            summary=head.summary,
            call_code=head.call_code,
            weave=head.weave,
            organiser=head.organiser,
            outcomes=head.outcomes,
            competencies=head.competencies,
            completion=required,
            pre_test=head.pre_test,
            post_test=head.post_test,
            modules=modules,
            task=task,
            change_note=head.change_note,
            files=dict(sorted(self.files.items())),
            digest=digest.of(self.files),
        )

    def _head(self, folder_name: str | None) -> Head | None:
        """What course.yml says; None when that is not enough to read the rest by."""
        if "course.yml" not in self.files:
            self.report.add("course.yml", 0, "course-missing")
        node = self._parse("course.yml") if "course.yml" in self.texts else None
        if node is None:
            return None
        head = read_head(node, self._context("course.yml", ()))
        if folder_name is not None and head.slug != folder_name:
            self.report.add(
                "course.yml", head.line("slug"), "slug-folder", slug=head.slug, folder=folder_name
            )
        return head if head.languages else None

    def _modules(self, head: Head) -> tuple[Module, ...]:
        listed = dict(head.modules)
        for name in self.folders:
            if name not in listed:
                self.report.add(name, 0, "module-unlisted")
        found: list[Module] = []
        for name, line in listed.items():
            if name not in self.folders:
                self.report.add("course.yml", line, "module-missing", folder=name)
                continue
            found.append(self._module(self.folders[name], head))
        return tuple(found)

    def _module(self, folder: _Folder, head: Head) -> Module:
        match = MODULE_FOLDER.fullmatch(folder.name)
        key = match[2] if match else folder.name
        if not is_key(key):
            self.report.add(folder.name, 0, "key-form", key="modules", value=key)
        lessons = tuple(
            lesson
            for lesson_key in self._lesson_order(folder)
            if (lesson := self._lesson(folder, lesson_key, head)) is not None
        )
        if not folder.lessons:
            self.report.add(folder.name, 0, "module-no-lessons")
        first = self._module_head(folder, head)
        return Module(
            key=key,
            folder=folder.name,
            title=first.title,
            summary=first.summary,
            jp=first.jp,
            quiz_minutes=first.quiz_minutes,
            activity=first.activity,
            lessons=lessons,
            quiz=self._quiz(folder, head),
        )

    def _module_head(self, folder: _Folder, head: Head) -> ModuleHead:
        path = f"{folder.name}/module.yml"
        if path not in self.files:
            self.report.add(path, 0, "module-file-missing")
        node = self._parse(path) if path in self.texts else None
        return read_module(node, self._context(path, head.languages))

    def _quiz(self, folder: _Folder, head: Head) -> Quiz | None:
        path = f"{folder.name}/quiz.yml"
        node = self._parse(path) if path in self.texts else None
        if node is None:
            return None
        quiz, located, line = read_quiz(node, self._context(path, head.languages))
        self.questions.extend(located)
        self.draw_lines[folder.name] = line
        return quiz

    def _lesson_order(self, folder: _Folder) -> list[str]:
        order = sorted(folder.lessons, key=lambda key: (int(folder.numbers[key]), key))
        for one, next_one in itertools.pairwise(order):
            if int(folder.numbers[one]) == int(folder.numbers[next_one]):
                path = next(iter(folder.lessons[next_one].values()))
                other = next(iter(folder.lessons[one].values()))
                self.report.add(path, 0, "lesson-order", other=other)
        return order

    def _lesson(self, folder: _Folder, key: str, head: Head) -> Lesson | None:
        paths = folder.lessons[key]
        stem = f"{folder.name}/{folder.numbers[key]}-{key}"
        first_path = next(iter(paths.values()))
        self._check_unit_key(key, first_path)
        for language, path in paths.items():
            if language not in head.languages:
                self.report.add(path, 0, "language-unlisted", key="languages", language=language)
        read: dict[str, LessonFile] = {}
        for language in head.languages:
            if language not in paths:
                self.report.add(first_path, 0, "lesson-missing", file=f"{stem}.{language}.md")
            elif paths[language] in self.texts:
                read[language] = self._lesson_file(
                    paths[language], head, translation=language != head.languages[0]
                )
        first = read.get(head.languages[0])
        if first is None:
            return None
        self._check_editions(first, list(read.values())[1:])
        versions = {language: file.text for language, file in read.items()}
        return Lesson(key, first.edition, first.minutes or 0, versions)

    def _lesson_file(self, path: str, head: Head, *, translation: bool) -> LessonFile:
        context = self._context(path, head.languages)
        return read_lesson(self.texts[path], context, self.allowance, translation=translation)

    def _check_unit_key(self, key: str, path: str) -> None:
        reserved = key in ("pre-test", "post-test", "task") or key.endswith(("-quiz", "-activity"))
        if reserved or not is_key(key):
            code = "lesson-key-reserved" if reserved else "key-form"
            self.report.add(path, 0, code, key="lesson", value=key)
        elif key in self.unit_paths:
            self.report.add(path, 0, "key-taken", key=key, first=self.unit_paths[key])
        self.unit_paths.setdefault(key, path)

    def _check_editions(self, first: LessonFile, translations: list[LessonFile]) -> None:
        for file in translations:
            if file.edition == first.edition:
                continue
            code = "translation-behind" if file.edition < first.edition else "translation-ahead"
            self.report.add(
                file.text.path,
                file.edition_line,
                code,
                translated=str(file.edition),
                edition=str(first.edition),
                file=first.text.path,
            )

    def _task(self, head: Head) -> Task | None:
        node = self._parse("task.yml") if "task.yml" in self.texts else None
        if node is None:
            if head.task is not None and "task.yml" not in self.files:
                self.report.add("course.yml", head.line("completion.task"), "task-missing")
            return None
        return read_task(node, self._context("task.yml", head.languages))

    def _check_images(self) -> None:
        for path in self.media:
            try:
                size = images.measure(path, self.files[path])
            except images.Unfit as unfit:
                self.report.add(path, unfit.line, unfit.code, found=unfit.found)
                continue
            if path.endswith(".svg"):
                self.drawings.append(path)
            if size.width * size.height > self.limits.image_pixels:
                self.report.add(
                    path, 0, "media-pixels", width=str(size.width), height=str(size.height)
                )

    def _check(self, head: Head, modules: tuple[Module, ...]) -> list[tuple[MarkdownText, Found]]:
        keys = {u.key for u in outline(modules, None, None, None) if u.kind == "lesson"}
        checks.check_questions(self.questions, keys, self.report)
        checks.check_pools(head, modules, self.draw_lines, self.report)
        checks.check_jp(head, modules, self.limits, self.report)
        paths = {
            path
            for folder in self.folders.values()
            for versions in folder.lessons.values()
            for path in versions.values()
        }
        found = checks.scan(self.markdown, self.report)
        used = checks.check_markdown(found, paths, frozenset(self.media), self.report)
        for path in self.media:
            if path not in used:
                self.report.add(path, 0, "media-unused")
        return found
