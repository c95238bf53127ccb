"""Who the traveller is: what the code leaves out or contradicts, who is sought, what was seen and verified before."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.releases.model import Verification, watch_digest
from checkpoint_core.screening.codes import EvidenceCode
from checkpoint_core.screening.model import Evidence, Provenance, Strength
from checkpoint_core.screening.policy import Policy
from checkpoint_core.screening.reference import ReferenceData
from checkpoint_core.text import fold
from checkpoint_core.times import day

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_OLDEST = 120
_SAID = {("missing", "number"), ("missing", "name"), ("number-masked", "number")}  # findings that have evidence of their own
_UNIQUE = 12  # digits of a personal number; a 9-digit one may belong to two people


class Seen(NamedTuple):
    """An earlier crossing of the same number; `at` is aware, `checkpoint` its name as shown, `verification` what the
    population register said of it."""

    at: datetime
    name: str | None
    birth_date: str | None
    checkpoint: str = ""
    lane: str = ""
    verification: Verification | None = None


class History(NamedTuple):
    """Earlier crossings of one number, in any order, without the one that is being judged."""

    seen: tuple[Seen, ...] = ()


def age_on(birth_date: str | None, today: date) -> int | None:
    """Whole years on a day; negative for a birth to come, None where the date is. A partial birth date ('1990') is
    taken as the first day that it allows."""
    written = _DATE.fullmatch(birth_date or "")
    if not written:
        return None
    year, month, day = (int(part or 1) for part in written.groups())
    return today.year - year - ((today.month, today.day) < (month, day))


def identity_evidence(identity: Identity | None, findings: tuple[Finding, ...], today: date) -> Iterator[Evidence]:
    """What the code itself lacks or contradicts."""
    who = identity or Identity()
    numbers = who.number or who.old_number or who.document_number
    missing = [field for field, value in (("number", numbers), ("name", who.name)) if not value]
    if missing:
        yield _card("identity-missing", "unknown", fields=" ".join(missing))
    odd = [finding for finding in findings if finding.severity != "note" and (finding.code, finding.field) not in _SAID]
    if odd and identity:
        fields = dict.fromkeys(finding.field for finding in odd)
        codes = dict.fromkeys(finding.code for finding in odd)
        yield _card("identity-warning", "contradicted", fields=" ".join(fields), findings=" ".join(codes))
    if who.number and "*" in who.number:
        yield _card("number-masked", "unknown")
    age = age_on(who.birth_date, today)
    if age is not None and not 0 <= age <= _OLDEST:
        yield _card("age-impossible", "contradicted", birth_date=who.birth_date or "")
    issued = day(who.issued)
    if issued is not None and issued > today:
        yield _card("issue-impossible", "contradicted", on=who.issued or "")


def sought_evidence(identity: Identity | None, reference: ReferenceData) -> Iterator[Evidence]:
    """Whether a number of the traveller's is on the watch list, and whether it is the traveller who is meant."""
    held = reference.watch_list
    if identity is None or held is None:
        return
    for number in filter(None, (identity.number, identity.old_number, identity.document_number)):
        for sought in reference.sought.get(watch_digest(reference.salt, number), ()):
            settled = _settles(sought.settles, reference.salt, number, identity)
            code: str = f"watch-{sought.instruct}"
            if settled is False:
                code = "watch-name-differs" if len(number) == _UNIQUE else "watch-other-person"
            yield Evidence(
                code,
                "consistent" if settled else "claimed" if settled is None else "contradicted",
                Provenance("watch-list", held.version, held.issued),
                {"instruct": sought.instruct, "since": sought.since},
            )


def _settles(settles: str, salt: str, number: str, identity: Identity) -> bool | None:
    """Whether name and birth date are those of the person sought; None where one side does not say."""
    whole = identity.birth_date if identity.birth_date and len(identity.birth_date) == len("1990-05-09") else None
    if not (settles and identity.name and whole):
        return None
    return watch_digest(salt, number, identity.name, whole) == settles


def history_evidence(identity: Identity | None, history: History, policy: Policy, now: datetime) -> Iterator[Evidence]:
    """What earlier crossings of the same number say, and what the population register said of them."""
    who = identity or Identity()
    earlier = sorted((seen for seen in history.seen if seen.at <= now), key=lambda seen: seen.at)
    others = [seen for seen in earlier if not _alike(who, seen)]
    if others:
        yield _journal("two-faces", "contradicted", others[-1])
    if earlier:
        yield from _again(earlier[-1], policy, now)
    yield from _register(who, earlier)


def _again(last: Seen, policy: Policy, now: datetime) -> Iterator[Evidence]:
    since = now - last.at
    if since <= timedelta(minutes=policy.duplicate_minutes):
        yield _journal("duplicate", "consistent", last, minutes=int(since.total_seconds() // 60))
    elif since <= timedelta(hours=policy.repeat_hours):
        yield _journal("repeat", "consistent", last, hours=int(since.total_seconds() // 3600))


def register_answer(who: Identity, earlier: Iterable[Seen]) -> Verification | None:
    """The register's last answer that is about this number with this name and birth date."""
    answers = [seen.verification for seen in earlier if seen.verification and _concerns(seen.verification, who, seen)]
    return max(answers, key=lambda answer: answer.at, default=None)


def _register(who: Identity, earlier: list[Seen]) -> Iterator[Evidence]:
    answer = register_answer(who, earlier)
    source = Provenance("registry", as_of=answer.at if answer else None)
    match answer.outcome if answer else "not-checked":
        case "matches":
            yield Evidence("register-matches", "verified", source)
        case "differs":
            yield Evidence("register-differs", "contradicted", source, {"fields": " ".join(answer.fields if answer else ())})
        case "no-such-number":
            yield Evidence("register-no-such-number", "contradicted", source)
        case _:
            yield Evidence("register-unchecked", "unknown", source)


def _concerns(answer: Verification, who: Identity, seen: Seen) -> bool:
    """A number that is not there is nobody's; a match without a name vouches for no name."""
    if answer.outcome == "matches" and who.name and not seen.name:
        return False
    return answer.outcome != "not-checked" and (answer.outcome == "no-such-number" or _alike(who, seen))


def _alike(who: Identity, seen: Seen) -> bool:
    """Whether name and birth date agree as far as both are known; an MRZ cuts long names."""
    mine, theirs = fold(who.name or ""), fold(seen.name or "")
    born, was_born = who.birth_date or "", seen.birth_date or ""
    return _begins(mine, theirs) and _begins(born, was_born)


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _journal(code: EvidenceCode, strength: Strength, seen: Seen, **params: int) -> Evidence:
    at = seen.at.isoformat(timespec="seconds")
    where = {"at": at, "checkpoint": seen.checkpoint, "lane": seen.lane}
    return Evidence(code, strength, Provenance("journal", as_of=at), {**where, **params})


def _card(code: EvidenceCode, strength: Strength, **params: str) -> Evidence:
    return Evidence(code, strength, Provenance("card"), {**params})
