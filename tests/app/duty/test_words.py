"""Everything that store and duty can refuse has its sentence in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import checkpoint_app
from checkpoint_app.words import LANGUAGES, Language, knows
from checkpoint_core.journal import receipts

FOLDER = Path(checkpoint_app.__file__).parent


def codes() -> Iterator[str]:
    """The codes that stand in a `Trouble(...)` or `refuse(...)`, and those SQLite's errors become."""
    for path in (*FOLDER.glob("store/*.py"), *FOLDER.glob("duty/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Trouble", "refuse"):
                words = [list(literals(arg)) for arg in node.args]
                if node.func.id == "Trouble":
                    yield from words[0]
                elif len(words) == 2:
                    yield from (f"field-{field}-{problem}" for field in words[0] for problem in words[1])
    yield from ("disk-full", "disk-error", "database-locked", "database-damaged")
    yield from (
        f"field-{day}-{fault}" for day in ("test-on", "last-dose-on", "recovered-on") for fault in ("malformed", "future")
    )


def literals(node: ast.expr) -> Iterator[str]:
    return (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_a_sentence(language: Language) -> None:
    found = set(codes())
    assert len(found) > 50
    assert [code for code in sorted(found) if not knows(language, f"trouble.{code}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_a_quarantine_has_a_sentence(language: Language) -> None:
    named = (receipts.Receipt.__doc__ or "").partition("quarantined:")[2].partition(";")[0]
    reasons = [reason.strip() for reason in named.replace("\n", " ").split(",")]
    assert len(reasons) >= 7
    assert [reason for reason in reasons if not knows(language, f"quarantine.{reason}")] == []
