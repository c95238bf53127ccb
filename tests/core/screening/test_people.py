"""Identity, watch list, earlier crossings and the population register."""

from datetime import date, timedelta

import pytest

from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.releases.model import Verification
from checkpoint_core.screening.model import Evidence
from checkpoint_core.screening.people import History, Seen, age_on
from tests.core.screening.scene import BORN, NAME, NOW, NUMBER, WHO, codes, evidence, lists, sought


def with_(**changes: str | None) -> Identity:
    fields = {name: getattr(WHO, name) for name in WHO.__struct_fields__}
    return Identity(**{**fields, **changes})


def one(found: tuple[Evidence, ...], code: str) -> Evidence:
    (only,) = [evidence for evidence in found if evidence.code == code]
    return only


def test_a_whole_identity_raises_nothing() -> None:
    assert codes(evidence()) == set()


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        (None, "number name"),
        (with_(number=None), "number"),
        (with_(name=None), "name"),
        (Identity(), "number name"),
    ],
)
def test_nobody_is_green_without_number_and_name(who: Identity | None, fields: str) -> None:
    assert one(evidence(who), "identity-missing").params == {"fields": fields}


def test_a_passport_or_an_old_number_will_do() -> None:
    assert "identity-missing" not in codes(evidence(with_(number=None, document_number="C1234567")))
    assert "identity-missing" not in codes(evidence(with_(number=None, old_number="012345678")))


def test_findings_warn_but_notes_do_not() -> None:
    note, warning = Finding("spaces", "name", "note"), Finding("number-sex-mismatch", "sex", "warning")
    assert codes(evidence(findings=(note,))) == set()
    found = one(evidence(findings=(note, warning, Finding("bad-date", "issued", "error"))), "identity-warning")
    assert found.params == {"fields": "sex issued", "findings": "number-sex-mismatch bad-date"}
    assert found.strength == "contradicted"


def test_what_has_evidence_of_its_own_is_said_once() -> None:
    masked, nameless = Finding("number-masked", "number", "warning"), Finding("missing", "name", "error")
    assert codes(evidence(with_(number="******000123"), (masked,))) == {"number-masked"}
    assert codes(evidence(with_(name=None), (nameless,))) == {"identity-missing"}
    boarding_pass = Finding("looks-like-boarding-pass", "text", "error")
    assert codes(evidence(None, (boarding_pass,))) == {"identity-missing", "residence-unknown"}


@pytest.mark.parametrize("born", ["2026-11-25", "2027", "1905-01-01", "1899"])
def test_an_impossible_age(born: str) -> None:
    assert one(evidence(with_(birth_date=born)), "age-impossible").params == {"birth_date": born}


def test_a_card_issued_in_days_to_come() -> None:
    assert one(evidence(with_(issued="2026-11-25")), "issue-impossible").params == {"on": "2026-11-25"}
    assert "issue-impossible" not in codes(evidence(with_(issued="2026-11-24")))


@pytest.mark.parametrize("born", ["2026-11-24", "1906-11-25", "1990", "1990-05", None])
def test_a_possible_age(born: str | None) -> None:
    assert "age-impossible" not in codes(evidence(with_(birth_date=born)))


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1985-11-24", 41),
        ("1985-11-25", 40),
        ("1985", 41),
        ("1985-12", 40),
        (None, None),
        ("", None),
        ("21/09/1985", None),
        ("9" * 5000, None),
        ("2026-12-01", -1),
    ],
)
def test_ages(born: str | None, age: int | None) -> None:
    assert age_on(born, date(2026, 11, 24)) == age


@pytest.mark.parametrize("instruct", ["case", "contact-1", "contact-2", "quarantine"])
def test_somebody_sought(instruct: str) -> None:
    by_number = one(evidence(reference=lists(watched=[sought(instruct)])), f"watch-{instruct}")
    settled = one(evidence(reference=lists(watched=[sought(instruct, NAME, BORN)])), f"watch-{instruct}")
    assert (by_number.strength, settled.strength) == ("claimed", "consistent")
    assert settled.params["since"] == "2026-11-20"
    assert settled.provenance.version == 12


def test_the_name_is_compared_without_case_and_diacritics() -> None:
    found = evidence(with_(name="DOAN THI  THU"), reference=lists(watched=[sought("case", NAME, BORN)]))
    assert "watch-case" in codes(found)


def test_another_name_on_a_unique_number_is_looked_at_and_on_an_old_number_is_another_person() -> None:
    assert codes(evidence(reference=lists(watched=[sought("case", "Lê Văn Mẫu", BORN)]))) == {"watch-name-differs"}
    old = with_(number=None, old_number="271450001")
    listed = lists(watched=[sought("case", "Lê Văn Mẫu", "1970-01-01", number="271450001")])
    assert codes(evidence(old, reference=listed)) == {"watch-other-person"}


def test_a_partial_birth_date_cannot_clear_anybody() -> None:
    found = evidence(with_(birth_date="1985"), reference=lists(watched=[sought("case", NAME, BORN)]))
    assert one(found, "watch-case").strength == "claimed"


def seen(minutes: float, name: str | None = NAME, born: str | None = BORN, outcome: str | None = None) -> Seen:
    at = NOW - timedelta(minutes=minutes)
    answer = Verification("e", 0, NUMBER, outcome, ("name",), at.isoformat()) if outcome else None  # type: ignore[arg-type]
    return Seen(at, name, born, "Pháp Vân", "2", answer)


def after(*earlier: Seen) -> tuple[Evidence, ...]:
    return evidence(history=History(earlier))


def test_again_at_once_is_a_duplicate_and_within_days_a_repeat() -> None:
    assert one(after(seen(9)), "duplicate").params["minutes"] == 9
    assert one(after(seen(60 * 24)), "repeat").params == {
        "at": "2026-11-23T07:00:00+00:00",
        "checkpoint": "Pháp Vân",
        "lane": "2",
        "hours": 24,
    }
    assert codes(after(seen(60 * 73))) == set()
    assert codes(after(seen(60 * 80), seen(5), seen(60 * 20))) == {"duplicate"}
    assert codes(after(seen(-5))) == set()  # back-dated entries judge the past by the past


@pytest.mark.parametrize(("name", "born"), [("Lê Văn Mẫu", BORN), (NAME, "1990-01-01"), (NAME, "1990")])
def test_one_number_with_two_faces(name: str, born: str) -> None:
    found = after(seen(5000, name, born))
    assert codes(found) == {"two-faces"}
    assert one(found, "two-faces").strength == "contradicted"


@pytest.mark.parametrize(
    ("name", "born"), [("DOAN THI THU", BORN), (NAME, "1985"), (None, None), ("Đoàn Thị", BORN), (NAME, "1985-09")]
)
def test_the_same_person_written_otherwise(name: str | None, born: str | None) -> None:
    assert "two-faces" not in codes(after(seen(5000, name, born)))


@pytest.mark.parametrize(
    ("outcome", "code", "strength"),
    [
        ("matches", "register-matches", "verified"),
        ("differs", "register-differs", "contradicted"),
        ("no-such-number", "register-no-such-number", "contradicted"),
        ("not-checked", "register-unchecked", "unknown"),
        (None, "register-unchecked", "unknown"),
    ],
)
def test_what_the_register_said(outcome: str | None, code: str, strength: str) -> None:
    assert one(after(seen(5000, outcome=outcome)), code).strength == strength


def test_the_last_answer_counts_and_silence_does_not_undo_it() -> None:
    found = codes(
        after(seen(9000, outcome="differs"), seen(8000, outcome="matches"), seen(7000), seen(6000, outcome="not-checked"))
    )
    assert found == {"register-matches"}


def test_a_match_without_a_name_vouches_for_no_name() -> None:
    assert one(after(seen(5000, None, BORN, outcome="matches")), "register-unchecked").strength == "unknown"


def test_an_answer_about_another_name_says_nothing_of_this_one() -> None:
    found = after(seen(5000, "Lê Văn Mẫu", outcome="matches"))
    assert {evidence.code for evidence in found} == {"two-faces", "register-unchecked"}
    assert "register-no-such-number" in codes(after(seen(5000, "Lê Văn Mẫu", outcome="no-such-number")))
