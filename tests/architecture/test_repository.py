"""Rules of the whole tree that no linter knows: sizes, addresses, words, personal-data hygiene."""

import ast
import re
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.words import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("checkpoint_core", "checkpoint_app", "checkpoint_registry", "installer", "benchmarks")
PACKAGE_HOSTS = re.compile(r"https?://[^\s)\"']*(pypi|pythonhosted|npmjs|debian\.org|github\.com/.*/releases)", re.I)


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if name.endswith(suffixes) and (ROOT / name).is_file()]


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


@pytest.mark.parametrize("path", sorted(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "one or two lines: what is this module for?"


def test_no_download_address_stands_anywhere() -> None:
    for path in tracked(".py", ".md", ".toml", ".lock", ".json", ".txt", "Makefile", "run", ".csv", ".ini"):
        assert not PACKAGE_HOSTS.search(path.read_text(encoding="utf-8")), path
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_is_hashed() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in re.split(r"\n(?=\S)", lock.strip()):
        assert "--hash=sha256:" in requirement, requirement


def test_both_languages_have_the_same_sentences_with_the_same_parameters() -> None:
    vi, en = (catalogue(language) for language in LANGUAGES)
    assert vi.keys() == en.keys()
    for key in vi:
        assert placeholders(vi[key]) == placeholders(en[key]), key


def test_every_sentence_is_wanted_and_every_wanted_one_is_there() -> None:
    """As far as the code shows it: codes that come from elsewhere are held to their sentences beside what makes them."""
    keys = catalogue("en").keys()
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources()]
    asked = {shape for tree in trees for shape in asked_for(tree)}
    assert [shape for shape in sorted(asked) if not any(re.fullmatch(shape, key) for key in keys)] == []
    named = {shape for tree in trees for shape in map(pattern, ast.walk(tree)) if len(re.findall("[a-z]", shape)) > 2}
    whole = {shape.replace("\\", "") for shape in named if ".+" not in shape}
    gaps = re.compile("|".join(shape for shape in named if ".+" in shape))
    assert [key for key in keys if not ({key, key.partition(".")[2]} & whole or gaps.fullmatch(key))] == []


def asked_for(tree: ast.AST) -> Iterator[str]:
    """What `say` is asked for, as patterns: 'scan\\.no\\-name', 'sex\\..+'."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say":
            yield from (shape for shape in map(pattern, node.args) if "\\." in shape)


def pattern(node: ast.AST) -> str:
    """The text in the code that may be a key, with '.+' for what is put in or, after a dash or a dot, put on."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
        return re.escape(node.value) + (".+" if node.value.endswith(("-", ".")) else "")
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)
    return ""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_gui_code_never_pumps_events_or_sleeps() -> None:
    for path in (ROOT / "checkpoint_app").rglob("*.py"):
        calls = set(method_calls(path))
        assert "sleep" not in calls, path
        if path.name != "practice.py":
            assert "processEvents" not in calls, path


def method_calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr
