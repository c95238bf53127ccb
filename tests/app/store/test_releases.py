"""Releases come into force whole, newer and believed, or not at all; the cursor moves with what it came with."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.store import Store
from checkpoint_app.store.times import iso
from checkpoint_core.releases.model import (
    Checkpoints,
    Content,
    Messages,
    Notice,
    PolicyRelease,
    Post,
    Release,
    Verification,
    Zone,
    Zones,
    notify,
    publish,
)
from checkpoint_core.screening.policy import BUILT_IN
from checkpoint_core.signing import Signed
from checkpoint_core.trouble import Trouble
from tests.app.store.making import NOON, Clock, Registry, crossing, on_duty, opened, recording


def zones(count: int) -> Zones:
    return Zones(tuple(Zone(f"z{n}", f"Vùng thử {n}", ("p:01",), 2, "2026-11-01") for n in range(count)))


def release(content: Content, version: int = 1, *, intended: bool = False, days: int = 0) -> Release:
    kind = str(content.__struct_config__.tag)
    return Release(kind, version, iso(NOON + timedelta(days=days)), content, intended)


@pytest.fixture
def enrolled(store: Store, registry: Registry) -> Store:
    registry.enrol(store)
    return store


def signed(registry: Registry, *releases: Release) -> list[Signed]:
    return [publish(one, registry.key) for one in releases]


def test_a_release_comes_into_force_at_once_and_after_a_restart(tmp_path: Path, clock: Clock, registry: Registry) -> None:
    told: list[int] = []
    with opened(tmp_path, clock) as store:
        registry.enrol(store)
        store.subscribe(lambda: told.append(store.cursor()))
        assert store.reference().zones is None
        applied = store.apply(7, signed(registry, release(zones(3)), release(Messages(("Chào ca trực",)))), [])
        assert applied.kinds == ("zones", "messages")
        assert store.reference().zones is not None
        assert told == [7]
    with opened(tmp_path, clock) as store:
        assert store.cursor() == 7
        assert set(store.releases()) == {"zones", "messages"}
        assert store.reference().zones_at
        (age, *_) = store.reference_ages()
        assert (age.kind, age.version, age.items, age.state) == ("zones", 1, 3, "fresh")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (release(zones(10), 2), "release-older"),
        (release(zones(0), 3), "release-empty"),
        (release(zones(4), 3), "release-shrunken"),
        (release(zones(10), 3, days=2), "release-future"),
    ],
)
def test_a_release_that_may_not_is_kept_aside_and_the_old_one_stays(
    enrolled: Store, registry: Registry, bad: Release, reason: str
) -> None:
    enrolled.apply(1, signed(registry, release(zones(9), 2)), [])
    applied = enrolled.apply(2, signed(registry, bad, release(Messages(("tin",)))), [])
    assert applied.kinds == ("messages",)
    assert [(refused.kind, refused.reason) for refused in applied.refused] == [("zones", reason)]
    assert [refused.reason for refused in enrolled.refused_releases()] == [reason]
    assert enrolled.releases()["zones"].version == 2
    assert enrolled.cursor() == 2


def test_an_intended_shrinking_is_taken(enrolled: Store, registry: Registry) -> None:
    enrolled.apply(1, signed(registry, release(zones(9), 2)), [])
    assert enrolled.apply(2, signed(registry, release(zones(0), 3, intended=True)), []).kinds == ("zones",)


def test_the_same_release_again_is_nothing_new(enrolled: Store, registry: Registry) -> None:
    page = signed(registry, release(zones(2)))
    enrolled.apply(1, page, [])
    again = enrolled.apply(1, page, [])
    assert (again.kinds, again.refused) == ((), ())


def test_what_another_key_signed_is_not_believed(enrolled: Store, registry: Registry) -> None:
    forger = Registry(Ed25519PrivateKey.generate())
    notice = Notice(enrolled.device, Verification("e", 0, "001190000017", "matches"))
    applied = enrolled.apply(3, signed(forger, release(zones(2))), [notify(notice, forger.key)])
    assert [refused.reason for refused in applied.refused] == ["bad-signature", "bad-signature"]
    assert enrolled.reference().zones is None
    assert enrolled.verification("001190000017") is None


def test_a_policy_counts_for_what_comes_with_it(enrolled: Store, registry: Registry) -> None:
    strict = release(PolicyRelease(msgspec.structs.replace(BUILT_IN, shrink_percent=0)))
    enrolled.apply(1, signed(registry, strict, release(zones(3))), [])
    assert [r.reason for r in enrolled.apply(2, signed(registry, release(zones(2), 2)), []).refused] == ["release-shrunken"]
    assert enrolled.reference().policy_version == 1


def test_the_cursor_goes_back_with_a_registry_that_starts_over(enrolled: Store) -> None:
    enrolled.apply(9, [], [])
    enrolled.apply(4, [], [])
    assert enrolled.cursor() == 4


def test_nothing_is_taken_before_enrolment(store: Store, registry: Registry) -> None:
    with pytest.raises(Trouble, match="not-enrolled"):
        store.apply(1, signed(registry, release(zones(1))), [])
    assert store.cursor() == 0


def test_a_failure_on_the_way_leaves_cursor_and_lists_as_they_were(
    enrolled: Store, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("checkpoint_app.store.inbox.keep_fact", fail)
    with pytest.raises(ZeroDivisionError):
        enrolled.apply(5, signed(registry, release(zones(2))), [])
    assert (enrolled.cursor(), enrolled.reference().zones, enrolled.releases()) == (0, None, {})
    monkeypatch.undo()
    assert enrolled.apply(5, signed(registry, release(zones(2))), []).kinds == ("zones",)


def test_the_registers_answer_reaches_the_crossing_and_the_number(enrolled: Store, registry: Registry) -> None:
    row = recording(enrolled)(crossing())
    differs = Verification(row.id, 0, "001190000017", "differs", ("name",), "2026-11-24T05:01:00.000Z")
    other = Notice("another laptop", differs)
    applied = enrolled.apply(1, [], [notify(Notice(enrolled.device, differs), registry.key), notify(other, registry.key)])
    assert (applied.notices, [refused.reason for refused in applied.refused]) == (1, ["wrong-device"])
    assert enrolled.crossings()[0].verifications == (differs,)
    assert enrolled.verification("001190000017") == differs


def test_an_answer_about_the_correction_replaces_the_first(enrolled: Store, registry: Registry) -> None:
    row = recording(enrolled)(crossing())
    first = Verification(row.id, 0, "001190000017", "differs", ("name",), "2026-11-24T05:01:00.000Z")
    enrolled.apply(1, [], [notify(Notice(enrolled.device, first), registry.key)])
    officer, _ = on_duty(enrolled)
    enrolled.correct_crossing(row.id, crossing(plate="30A11111"), "sửa", officer=officer.id)
    correction = enrolled.versions(row.id)[-1].entry
    second = Verification(correction, 0, "001190000017", "matches", (), "2026-11-24T05:02:00.000Z")
    enrolled.apply(2, [], [notify(Notice(enrolled.device, second), registry.key)])
    assert enrolled.crossings()[0].verifications == (second,)


def test_posts_name_the_shift(enrolled: Store, registry: Registry) -> None:
    _, shift = on_duty(enrolled)
    assert shift.checkpoint_name == "PV"
    enrolled.apply(1, signed(registry, release(Checkpoints((Post("PV", "Chốt Pháp Vân", "c:00166", ("1", "2")),)))), [])
    assert enrolled.shift(shift.id).checkpoint_name == "Chốt Pháp Vân"
