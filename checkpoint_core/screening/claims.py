"""What the traveller declares about health: symptoms, exposure, test, doses, recovery. Claims, until proven."""

from collections.abc import Iterator
from datetime import date, datetime

from checkpoint_core.screening.codes import EvidenceCode
from checkpoint_core.screening.model import Declaration, Evidence, Provenance
from checkpoint_core.screening.places import VIETNAM
from checkpoint_core.screening.policy import Policy
from checkpoint_core.times import day


def claims_evidence(declaration: Declaration, policy: Policy, now: datetime) -> Iterator[Evidence]:
    """What was declared, dated by the day here."""
    if declaration.symptoms:
        yield _claim("symptoms", symptoms=" ".join(declaration.symptoms))
    if declaration.exposures:
        yield _claim("exposure", exposures=" ".join(declaration.exposures))
    today = now.astimezone(VIETNAM).date()
    yield from _test(declaration, policy, now)
    yield from _doses(declaration, policy, today)
    recovered = _days(declaration.recovered_on, today)
    if recovered is not None:
        yield _claim("recovered-claimed" if recovered <= policy.recovered_days else "recovered-long-ago", days=recovered)


def _test(declaration: Declaration, policy: Policy, now: datetime) -> Iterator[Evidence]:
    if declaration.test == "positive":
        yield _claim("test-positive", on=declaration.test_on or "")
    elif declaration.test == "negative":
        taken = day(declaration.test_on)
        begun = datetime(taken.year, taken.month, taken.day, tzinfo=VIETNAM) if taken else None
        if begun is None or begun > now:
            yield _claim("test-undated")
        else:
            hours = int((now - begun).total_seconds() // 3600)  # from the start of its day: never younger than it is
            yield _claim(
                "test-valid" if hours <= policy.test_hours else "test-expired", hours=hours, limit=policy.test_hours
            )


def _doses(declaration: Declaration, policy: Policy, today: date) -> Iterator[Evidence]:
    if not declaration.doses:
        return
    days = _days(declaration.last_dose_on, today)
    if days is not None and days < policy.dose_days:
        yield _claim("dose-recent", doses=declaration.doses, days=days, limit=policy.dose_days)
    else:
        yield _claim("doses-claimed", doses=declaration.doses)


def _days(text: str | None, today: date) -> int | None:
    """Days since a declared day; None for one that is missing or still to come."""
    then = day(text)
    return (today - then).days if then and then <= today else None


def _claim(code: EvidenceCode, **params: str | int) -> Evidence:
    return Evidence(code, "claimed", Provenance("declaration"), params)
