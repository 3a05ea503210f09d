"""The documents say what the code says, and their links lead somewhere."""

import configparser
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from elearn import serve
from elearn.cli import main
from elearn.core.config import BY_NAME, PREFIX, SETTINGS, load
from elearn.core.policy import RULES

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(p for p in (ROOT / "docs/examples").iterdir() if p.is_file())
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_setting_is_documented_with_its_default_and_help():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "(empty)"
        assert f"| `{PREFIX}{setting.name}` | {default} | {setting.help} |" in text
    for name, rule in RULES.items():
        default = f"`{rule.default}`" if rule.default else "(empty)"
        assert f"| `{name}` | {default} | {rule.help} |" in text


def test_the_readme_has_exactly_two_commands():
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]
    assert "elearn demo" in blocks[0]
    assert "pytest" in blocks[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_file_that_a_document_names_is_there():
    named = re.compile(r"`((?:elearn|tests|migrations|docs|courses)/[\w./-]+\.\w+)`")
    for document in DOCUMENTS:
        for path in named.findall(document.read_text(encoding="utf-8")):
            assert (ROOT / path).exists(), f"{document.name}: {path}"


def test_every_module_that_a_document_names_is_there():
    rooms = "|".join(path.name for path in (ROOT / "elearn").iterdir() if path.is_dir())
    named = re.compile(rf"`((?:{rooms})/[\w/]+)(?:\.\w+(?:\(\))?)?`")
    for document in DOCUMENTS:
        for name in named.findall(document.read_text(encoding="utf-8")):
            places = (ROOT / "elearn" / name, ROOT / "elearn" / f"{name}.py")
            assert any(place.exists() for place in places), f"{document.name}: {name}"


@pytest.mark.parametrize("path", [*DOCUMENTS, *EXAMPLES], ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path):
    named = re.findall(rf"\b{PREFIX}([A-Z][A-Z_]*[A-Z])\b", path.read_text(encoding="utf-8"))
    assert set(named) - set(BY_NAME) == set()


def commands(group: click.Group, path: str = "elearn") -> Iterator[tuple[str, set[str]]]:
    """Every command as it is typed, with its options."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{path} {name}", {o for parameter in command.params for o in parameter.opts}
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def lines_of_commands(text: str) -> Iterator[str]:
    """What stands behind `elearn` in spans and blocks of code."""
    code = [*re.findall(r"```.*?```", text, re.DOTALL), *re.findall(r"`[^`\n]+`", text)]
    for part in code:
        for command in re.split(r"&&|[|;#\n]", part):
            yield from re.findall(r"(?:^|[\s`/])elearn((?: \S+)+)", command)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_is_there_with_its_options(document):
    known = dict(commands(main))
    for line in lines_of_commands(document.read_text(encoding="utf-8")):
        words = line.replace("`", " ").split()
        typed = "elearn"
        while words and f"{typed} {words[0]}" in known:
            typed += f" {words.pop(0)}"
        if any(name.startswith(f"{typed} ") for name in known):  # a group: what follows is none
            assert not words or not re.fullmatch(r"[a-z]+(-[a-z]+)*", words[0]), line
            continue
        options = {word.split("=")[0] for word in words if re.fullmatch(r"--[a-z-]+(=.*)?", word)}
        assert options - known[typed] == set(), f"{document.name}: elearn{line}"


def test_examples_of_services_fit_the_server():
    text = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES}
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string(text["elearn.service"])
    assert float(unit["Service"]["TimeoutStopSec"]) > serve.GRACE_SECONDS
    assert unit["Service"]["ExecStart"].endswith("/elearn serve")

    compose = YAML(typ="safe").load(text["compose.yaml"])
    app = compose["services"]["app"]
    assert float(app["stop_grace_period"].removesuffix("s")) > serve.GRACE_SECONDS
    assert (EXAMPLES[0].parent / app["build"]["context"]).resolve() == ROOT
    assert (ROOT / app["build"]["dockerfile"]).is_file()
    environment = {name: str(value) for name, value in app["environment"].items()}
    environment[f"{PREFIX}DATABASE_URL"] = "postgresql://elearn:password@db/elearn"
    assert load(environment).proxy_hops == 1

    copied = re.findall(r"^COPY (.+) \S+$", text["Dockerfile"], re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name

    largest = 2 * int(BY_NAME["UPLOAD_MB"].default)  # so that the site's own page refuses
    assert f"client_max_body_size {largest}m;" in text["nginx.conf"]
    assert f"max_size {largest}MB" in text["Caddyfile"]
    for proxy in ("nginx.conf", "Caddyfile"):
        (seconds,) = re.findall(r"keepalive(?:_timeout)? (\d+)s", text[proxy])
        assert int(seconds) < serve.IDLE_SECONDS
