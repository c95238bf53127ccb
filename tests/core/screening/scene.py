"""A traveller and the lists in force, to be changed one thing at a time."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from checkpoint_core.geography import NOWHERE, Resolution, Unit, resolve, unit
from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.releases.model import (
    Content,
    PolicyRelease,
    Release,
    Sought,
    WatchList,
    Zone,
    Zones,
    watch_digest,
)
from checkpoint_core.screening.gather import gather
from checkpoint_core.screening.model import Declaration, Evidence, Place
from checkpoint_core.screening.people import History
from checkpoint_core.screening.policy import Policy
from checkpoint_core.screening.reference import ReferenceData, reference_data

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
SALT = "muối"
NUMBER, NAME, BORN = "036185000123", "Đoàn Thị Thử", "1985-09-21"
HOME = "Thôn 4, xã Giao Thiện, huyện Giao Thủy, Nam Định"
WHO = Identity(number=NUMBER, name=NAME, birth_date=BORN, sex="female", address=HOME)
FAR_ZONE = Zone("z0", "Phường Xa", ("c:00004",), 2, "2026-11-12")


def known(code: str) -> Unit:
    found = unit(code)
    assert found is not None
    return found


def zone(*units: str, level: int = 2, since: str = "2026-11-12", until: str | None = None) -> Zone:
    return Zone("z1", "Xã Giao Thử", units, level, since, until)


def sought(instruct: str, *settling: str, number: str = NUMBER) -> Sought:
    settles = watch_digest(SALT, number, *settling) if settling else ""
    return Sought(watch_digest(SALT, number), settles, instruct, "2026-11-20")  # type: ignore[arg-type]


def lists(
    zones: Iterable[Zone] = (FAR_ZONE,), watched: Iterable[Sought] = (), policy: Policy | None = None, hours_old: float = 1
) -> ReferenceData:
    """Zones and a watch list issued so long ago; a policy where one is given."""
    issued = (NOW - timedelta(hours=hours_old)).isoformat()
    contents: list[tuple[str, Content]] = [("zones", Zones(tuple(zones))), ("watch-list", WatchList(SALT, tuple(watched)))]
    if policy:
        contents.append(("policy", PolicyRelease(policy)))
    return reference_data(Release(kind, 12, issued, content) for kind, content in contents)


def evidence(
    who: Identity | None = WHO,
    findings: tuple[Finding, ...] = (),
    said: Declaration | None = None,
    reference: ReferenceData | None = None,
    history: History | None = None,
    now: datetime = NOW,
    residence: Resolution | None = None,
) -> tuple[Evidence, ...]:
    if residence is None:
        residence = resolve(who.address, date(2021, 5, 5)) if who and who.address else NOWHERE
    return gather(who, findings, residence, said or Declaration(), reference or lists(), history or History(), now)


def codes(found: Iterable[Evidence]) -> set[str]:
    """What was found, but for the register's silence, which is everybody's at first."""
    return {one.code for one in found} - {"register-unchecked"}


def place(code: str) -> Place:
    return Place(known(code).name, code)
