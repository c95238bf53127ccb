"""Codes to sentences: none is missing, a strange one is shown as a code; dates, numbers and ages as people write them."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.sync.status import Failure, SyncStatus
from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Note, sentence
from checkpoint_app.ui.scan.manual_entry import birth_date
from checkpoint_app.ui.wording import ago, day, grouped, moment
from checkpoint_app.words import LANGUAGES, Language, catalogue
from checkpoint_core.identity.model import Finding
from checkpoint_core.screening.model import Evidence, Provenance, Reason
from checkpoint_core.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def trouble_codes() -> set[str]:
    """Every code that the laptop's code raises a Trouble with."""
    found = set()
    for folder in ("checkpoint_app", "checkpoint_core"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "Trouble"
                    and node.args
                ):
                    code = node.args[0]
                    found |= {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()
    return found - {"field"}  # its sentences are named by field and problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_a_sentence(language: Language) -> None:
    """Those that never reach the window (the command line's, refused releases) have theirs in a topic of their own."""
    said = {key.partition(".")[2] for key in catalogue(language)}
    assert not trouble_codes() - said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_from_the_future_is_shown_as_a_code(language: Language) -> None:
    look = Look(language)
    strange = Evidence("new-thing", "unknown", Provenance("new-list"), {"level": 3})
    for said in (
        messages.trouble(look, Trouble("new-thing", level=3)),
        messages.reason(look, Reason("new-thing", "attention", strange)),
        messages.finding(look, Finding("new-thing", "new-field", "warning")),
    ):
        assert "new-thing" in said
    assert "new-list" in messages.provenance(look, strange.provenance)


def test_a_sentence_whose_parameters_are_missing_falls_back_to_the_code() -> None:
    bare = Evidence("zone-residence", "claimed", Provenance("zones"))
    assert "zone-residence" in messages.reason(Look(), Reason("zone-residence", "attention", bare))


def test_a_field_in_trouble_is_named() -> None:
    assert "Mã PIN quá ngắn" in messages.trouble(Look(), Trouble("field", field="pin", problem="too-short"))


def test_codes_in_parameters_are_said_in_words() -> None:
    evidence = Evidence("symptoms", "claimed", Provenance("declaration"), {"symptoms": "fever cough"})
    said = messages.reason(Look(), Reason("symptoms", "attention", evidence))
    assert "Sốt, Ho" in said


@pytest.mark.parametrize(
    ("status", "icon", "words"),
    [
        (SyncStatus("connected", 0, 0, NOW - timedelta(minutes=2)), "sent", "Đã gửi hết · liên lạc 2 phút trước"),
        (SyncStatus("connected", 5, 0, NOW), "waiting", "5 chờ gửi"),
        (
            SyncStatus("offline", 7, 0, NOW - timedelta(hours=3)),
            "offline",
            "Không có mạng · 7 chờ gửi · liên lạc 3 giờ trước",
        ),
        (SyncStatus("connected", 0, 1, NOW), "attention", "Đã gửi hết · 1 bị trả lại · liên lạc vừa xong"),
        (SyncStatus(), "offline", "Chưa liên lạc với máy chủ trung tâm · Đã gửi hết"),
    ],
)
def test_the_journals_state_is_said_in_words_with_its_age(status: SyncStatus, icon: str, words: str) -> None:
    assert messages.sync(Look(), status, NOW) == (icon, words)


def test_a_failure_of_sync_has_its_own_sentence() -> None:
    failure = Failure("push", "timeout", {}, NOW)
    assert messages.trouble(Look(), Trouble(failure.code, **failure.params)) == Look().say("sync.timeout")


def test_what_the_banner_says_changes_language() -> None:
    note, look = Note.of("good", "window.counts", crossings=3, back=1), Look()
    vietnamese = sentence(look, note)
    look.set_language("en")
    assert sentence(look, note) != vietnamese


def test_numbers_days_and_times_are_written_as_people_here_do() -> None:
    assert grouped("036185000123") == "036 185 000 123"
    assert [day(text) for text in ("1985-09-21", "1985-09", "1985")] == ["21/09/1985", "09/1985", "1985"]
    assert moment("2026-11-12T17:30:00Z") == "13/11/2026 00:30"
    assert moment("2026-11-12") == "12/11/2026"


@given(st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=400)))
@settings(max_examples=60)
def test_an_age_is_never_negative_and_always_has_words(since: timedelta) -> None:
    key, count = ago(NOW - since, NOW)
    assert count >= 0
    assert Look().knows(f"age.{key}")


@given(st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2030, 12, 31).date()), st.sampled_from("/.- "))
@settings(max_examples=60)
def test_a_typed_day_becomes_iso(when: object, mark: str) -> None:
    year, month, of_month = str(when).split("-")
    assert birth_date(f"{int(of_month)}{mark}{int(month)}{mark}{year}") == str(when)
    assert birth_date(f"{month}{mark}{year}") == f"{year}-{month}"
    assert birth_date(year) == year


@given(st.text(max_size=12))
@settings(max_examples=100)
def test_a_typed_day_that_is_none_is_none_and_never_an_error(words: str) -> None:
    result = birth_date(words)
    assert result is None or datetime.fromisoformat(f"{result}-01-01"[:10])


@pytest.mark.parametrize("words", ["31/02/1990", "00/01/1990", "13/1990", "1990/05/01", "abc", "", "1/1/90"])
def test_days_that_there_are_not_are_refused(words: str) -> None:
    assert birth_date(words) is None
