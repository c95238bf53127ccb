"""Recording and correcting: what a form must hold, who may do it, and that nothing is ever lost or doubled."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.duty import crossings, drafts, officers, shifts
from checkpoint_app.store import Store
from checkpoint_app.store.values import CrossingRow, Draft, Officer, Shift
from checkpoint_app.words import LANGUAGES, say
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Action, Decision, Traveller
from checkpoint_core.screening.model import Declaration, Place
from checkpoint_core.trouble import Trouble
from tests.app.store.making import NOON, Clock, Registry, on_duty, person

HANOI = (Place("Hà Nội", "p:01"),)
Record = Callable[..., CrossingRow]


@pytest.fixture
def duty(store: Store) -> tuple[Officer, Shift]:
    return on_duty(store)


@pytest.fixture
def record(store: Store, duty: tuple[Officer, Shift]) -> Record:
    def recorded(*travellers: Traveller, decision: Decision = Decision("admitted"), **more: object) -> CrossingRow:  # noqa: B008
        vehicle, plate = more.pop("vehicle", "car"), more.pop("plate", "29B1-123.45")
        return crossings.record(store, *duty, travellers or (person(),), decision, vehicle, plate, **more)  # type: ignore[arg-type]

    return recorded


def fault(trouble: pytest.ExceptionInfo[Trouble]) -> str:
    """The fault's code, having checked that both languages can say it."""
    params = trouble.value.params
    code = f"field-{params['field']}-{params['problem']}" if trouble.value.code == "field" else trouble.value.code
    for language in LANGUAGES:
        assert say(language, f"trouble.{code}", **params)
    return code


def test_what_is_recorded_is_kept_as_it_is_written(record: Record, store: Store, duty: tuple[Officer, Shift]) -> None:
    row = record(person(declaration=Declaration(destinations=HANOI, phone="0912 345 678")), plate="29b1 - 123.45")
    assert row.crossing.plate == "29B112345"
    assert row.crossing.travellers[0].declaration.phone == "+84912345678"
    assert (row.officer, row.shift, row.at, row.sync) == (duty[0].id, duty[1].id, NOON, "waiting")
    assert store.crossings() == [row]


def test_enter_twice_records_once(record: Record, store: Store) -> None:
    same = drafts.crossing_id()
    first = record(id=same)
    assert record(person("036185000123"), id=same) == first
    assert store.crossings() == [first]
    assert len(list(store.entries())) == 3


def said(**changed: object) -> Traveller:
    return person(declaration=Declaration(**{"destinations": HANOI, **changed}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("travellers", "more", "code"),
    [
        ((), {}, "field-travellers-missing"),
        ((person(),) * 101, {}, "field-travellers-too-many"),
        ((person(None, ""),), {}, "field-identity-missing"),
        ((said(destinations=()),), {}, "field-destination-missing"),
        ((said(destinations=(Place(" "),)),), {}, "field-destination-missing"),
        ((said(phone="12345"),), {}, "field-phone-malformed"),
        ((said(phone="chín một hai"),), {}, "field-phone-malformed"),
        ((said(doses=11),), {}, "field-doses-out-of-range"),
        ((said(test_on="31/02/2026"),), {}, "field-test-on-malformed"),
        ((said(test_on="2026-11-25"),), {}, "field-test-on-future"),
        ((said(last_dose_on="2026-13-01"),), {}, "field-last-dose-on-malformed"),
        ((said(recovered_on="2027-01-01"),), {}, "field-recovered-on-future"),
        ((said(purpose="x" * 501),), {}, "field-text-too-long"),
        ((said(purpose="\ud800"),), {}, "field-text-unreadable"),
        ((person(),), {"vehicle": "rocket"}, "field-vehicle-unknown"),
        ((person(),), {"happened_at": NOON + timedelta(hours=1)}, "field-happened-at-future"),
        ((person(),), {"decision": Decision("fined")}, "field-decision-unknown"),  # type: ignore[arg-type]
        ((person(),), {"decision": Decision("turned-back", " ")}, "field-decision-reason-missing"),
        ((person(state="stop"),), {}, "field-decision-reason-missing"),
        ((person(), person(state="stop")), {"decision": Decision("admitted", "cấp cứu")}, "field-second-officer-missing"),
    ],
)
def test_a_form_that_will_not_do_says_which_field(
    store: Store, duty: tuple[Officer, Shift], travellers: tuple[Traveller, ...], more: dict[str, object], code: str
) -> None:
    before = list(store.entries())
    with pytest.raises(Trouble) as trouble:
        crossings.record(store, *duty, travellers, more.pop("decision", Decision("admitted")), **more)  # type: ignore[arg-type]
    assert fault(trouble) == code
    assert list(store.entries()) == before
    crossings.record(store, *duty, (person(),), Decision("admitted"))
    assert len(store.crossings()) == 1


def test_the_second_traveller_is_named_by_place(record: Record) -> None:
    with pytest.raises(Trouble) as trouble:
        record(person(), said(destinations=()))
    assert trouble.value.params["traveller"] == 2


def test_a_stop_is_let_through_by_two(record: Record, store: Store, duty: tuple[Officer, Shift], clock: Clock) -> None:
    second = officers.add_officer(store, duty[0], "Trần Thị Mẫu", "officer", "739154")
    stopped = person(state="stop")

    def admit(by: str | None, pin: str) -> CrossingRow:
        return record(stopped, decision=Decision("admitted", "cấp cứu", second_officer=by), second_pin=pin)

    with pytest.raises(Trouble) as trouble:
        admit(duty[0].id, "739154")
    assert fault(trouble) == "field-second-officer-same-person"
    with pytest.raises(Trouble, match="wrong-pin") as trouble:
        admit(second.id, "000000")
    assert fault(trouble) == "wrong-pin"
    clock.pass_(seconds=1)
    row = admit(second.id, "739154")
    assert row.crossing.decision == Decision("admitted", "cấp cứu", override=True, second_officer=second.id)
    assert store.summary(duty[1].id).overrides == 1


@pytest.mark.parametrize("action", ["turned-back", "referred"])
def test_a_stop_that_is_obeyed_needs_no_reason(record: Record, action: Action) -> None:
    assert not record(person(state="stop"), decision=Decision(action)).crossing.decision.override


def test_an_amber_traveller_is_let_through_by_one_key(record: Record) -> None:
    assert record(person(state="attention")).crossing.decision == Decision("admitted")


def test_a_paper_form_typed_in_afterwards_is_marked(record: Record, store: Store) -> None:
    row = record(happened_at=NOON - timedelta(days=3))
    assert (row.at, row.crossing.happened_at) == (NOON, "2026-11-21T05:00:00.000Z")
    assert store.crossings(day=NOON.date()) == []
    assert store.crossings(day=(NOON - timedelta(days=3)).date()) == [row]


def test_nobody_records_on_anothers_or_a_closed_shift(store: Store, duty: tuple[Officer, Shift]) -> None:
    other = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", duty[0].id)
    with pytest.raises(Trouble, match="not-allowed"):
        crossings.record(store, other, duty[1], (person(),), Decision("admitted"))
    store.close_shift(duty[0], duty[1].id, "", None)
    with pytest.raises(Trouble, match="shift-closed"):
        crossings.record(store, *duty, (person(),), Decision("admitted"))


def test_a_correction_keeps_the_old_and_needs_a_reason(record: Record, store: Store, duty: tuple[Officer, Shift]) -> None:
    row = record()
    better = msgspec.structs.replace(row.crossing, plate="30A-999.99")
    for reason, crossing, code in (
        (" ", better, "field-correction-reason-missing"),
        ("gõ nhầm", row.crossing, "field-correction-unchanged"),
        ("gõ nhầm", msgspec.structs.replace(better, travellers=()), "field-travellers-missing"),
    ):
        with pytest.raises(Trouble) as trouble:
            crossings.correct(store, duty[0], row.id, reason, crossing)
        assert fault(trouble) == code
    changed = crossings.correct(store, duty[0], row.id, " gõ nhầm ", better)
    assert (changed.id, changed.corrected, changed.crossing.plate) == (row.id, 1, "30A99999")
    versions = store.versions(row.id)
    assert [(version.reason, version.crossing.plate) for version in versions] == [("", "29B112345"), ("gõ nhầm", "30A99999")]
    assert store.crossings(text="29b112345") == []
    assert store.crossings(text="30a 99999") == [changed]


def test_a_correction_may_not_slip_a_stop_through(record: Record, store: Store, duty: tuple[Officer, Shift]) -> None:
    row = record(person(state="stop"), decision=Decision("turned-back"))
    admitted = msgspec.structs.replace(row.crossing, decision=Decision("admitted", "nhầm"))
    with pytest.raises(Trouble) as trouble:
        crossings.correct(store, duty[0], row.id, "nhầm", admitted)
    assert fault(trouble) == "field-second-officer-missing"


def test_an_officer_corrects_only_their_own(record: Record, store: Store, duty: tuple[Officer, Shift]) -> None:
    row = record()
    other = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", duty[0].id)
    better = msgspec.structs.replace(row.crossing, plate="30A99999")
    with pytest.raises(Trouble, match="not-allowed"):
        crossings.correct(store, other, row.id, "gõ nhầm", better)
    with pytest.raises(Trouble, match="no-such-crossing"):
        crossings.correct(store, other, "nothing", "gõ nhầm", better)


def test_looking_at_anothers_crossing_is_in_the_journal(record: Record, store: Store, duty: tuple[Officer, Shift]) -> None:
    row = record()
    other = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", duty[0].id)
    count = len(list(store.entries()))
    assert crossings.view(store, duty[0], row.id) == (row, store.versions(row.id))
    assert len(list(store.entries())) == count
    crossings.view(store, other, row.id)
    (entry,) = [read_entry(signed.body) for signed in store.entries(count)]
    assert (entry.officer, msgspec.to_builtins(entry.payload)) == (
        other.id,
        {"type": "access", "what": "viewed", "details": {"crossing": row.id}},
    )


def test_the_quarantined_are_settled_by_a_supervisor(
    record: Record, store: Store, duty: tuple[Officer, Shift], registry: Registry
) -> None:
    registry.enrol(store)
    row = record()
    entry = next(iter(store.entries(row.sequence - 1)))
    store.accept([registry.receipt(entry, "quarantined", "bad-chain")])
    other = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", duty[0].id)
    (held,) = crossings.quarantined(store)
    assert (held.crossing, held.reason) == (row.id, "bad-chain")
    with pytest.raises(Trouble, match="not-allowed"):
        crossings.resend(store, other, held.entry)
    with pytest.raises(Trouble, match="not-allowed"):
        crossings.leave(store, other, held.entry, "đã báo")
    with pytest.raises(Trouble) as trouble:
        crossings.leave(store, duty[0], held.entry, "")
    assert fault(trouble) == "field-leave-reason-missing"
    crossings.leave(store, duty[0], held.entry, "đã báo đơn vị")
    assert crossings.quarantined(store) == []
    with pytest.raises(Trouble, match="not-quarantined"):
        crossings.leave(store, duty[0], held.entry, "lần nữa")
    assert store.crossings()[0].sync == "quarantined"


@pytest.mark.parametrize(("why", "problem"), [("x" * 501, "field-text-too-long"), ("\ud800", "field-text-unreadable")])
def test_a_reason_that_cannot_be_kept_or_sent_is_refused(
    record: Record, store: Store, duty: tuple[Officer, Shift], why: str, problem: str
) -> None:
    row = record()
    for verb in (
        lambda: crossings.correct(store, duty[0], row.id, why, msgspec.structs.replace(row.crossing, plate="29B11111")),
        lambda: crossings.leave(store, duty[0], row.id, why),
        lambda: shifts.close_shift(store, duty[0], duty[1], why * 5),
    ):
        with pytest.raises(Trouble) as trouble:
            verb()
        assert fault(trouble) in (problem, "field-note-too-long")
    assert crossings.view(store, duty[0], row.id)[0] == row


def test_a_draft_outlives_a_crash_and_goes_with_its_crossing(
    record: Record, store: Store, duty: tuple[Officer, Shift]
) -> None:
    draft = Draft(drafts.crossing_id(), duty[1].id, {"phone": "0912", "destinations": ["Hà Nội"], "step": 2})
    drafts.keep(store, draft)
    record(id=drafts.crossing_id())
    assert drafts.load(store) == draft
    record(id=draft.id)
    assert drafts.load(store) is None
    drafts.keep(store, draft)  # by a form that had not heard yet
    assert drafts.load(store) is None
    drafts.drop(store)
    assert drafts.load(store) is None


@given(text=st.text(max_size=20), phone=st.text(max_size=14), plate=st.text(max_size=14))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_kept_or_refused_in_words(
    store: Store, duty: tuple[Officer, Shift], text: str, phone: str, plate: str
) -> None:
    who = person(name=text, declaration=Declaration(destinations=(Place(text),), phone=phone, purpose=text))
    crossings.search(store, duty[0], text)
    try:
        row = crossings.record(store, *duty, (who,), Decision("admitted", text), "car", plate)
    except Trouble as trouble:
        said = trouble.code
    else:
        said = "field"
        assert store.crossing(row.id) == row
    assert said == "field"
