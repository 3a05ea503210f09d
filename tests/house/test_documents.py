"""The documents say what the code says, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

from elearn.core.config import PREFIX, SETTINGS
from elearn.core.policy import RULES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_setting_is_documented_with_its_default_and_help():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "(empty)"
        assert f"| `{PREFIX}{setting.name}` | {default} | {setting.help} |" in text
    for name, rule in RULES.items():
        assert f"| `{name}` | `{rule.default}` | {rule.help} |" in text


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
