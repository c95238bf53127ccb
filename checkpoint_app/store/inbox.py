"""What the registry publishes, taken in: signed releases in force, refused ones with the reason, notices about crossings."""

import threading
from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Insert, select

from checkpoint_app.store.database import Database
from checkpoint_app.store.facts import Clock, Facts, keep_fact
from checkpoint_app.store.models import EntryRow, RefusedRow, ReleaseRow, VerificationRow, replacing
from checkpoint_app.store.times import iso, parse
from checkpoint_app.store.values import Applied, Enrolment, ReferenceAge, Refused
from checkpoint_core.releases.acceptance import accept_release, size
from checkpoint_core.releases.model import PolicyRelease, Release, Verification, open_notice, open_release
from checkpoint_core.screening.policy import Policy
from checkpoint_core.screening.reference import ReferenceData, freshness, reference_data
from checkpoint_core.signing import Signed, SigningError, public_key
from checkpoint_core.trouble import Trouble

Releases = dict[str, Release]


class Inbox(Facts):
    """Releases and notices in; reference data out, kept in memory and replaced when a release comes into force."""

    def __init__(self, database: Database, clock: Clock, steady: Callable[[], float]) -> None:
        super().__init__(database, clock, steady)
        self._subscribers: list[Callable[[], None]] = []
        self._taking_in = threading.Lock()
        self._releases = self._load()
        self._reference = reference_data(self._releases.values())

    def releases(self) -> Releases:
        """The releases in force, by kind."""
        return self._releases

    def reference(self) -> ReferenceData:
        """The releases in force, indexed for look-ups: zones, watch list, policy."""
        return self._reference

    def subscribe(self, changed: Callable[[], None]) -> None:
        """Have `changed` called, on the thread that applied it, after each change of the reference data."""
        self._subscribers.append(changed)

    def apply(self, cursor: int, releases: list[Signed], notices: list[Signed]) -> Applied:
        """Take in one answer of the registry, whole, and move the cursor with it, also back where the registry starts
        over. Releases that do not hold are kept aside with the reason, and what was in force stays in force."""
        enrolment = self.enrolment()
        if enrolment is None:
            raise Trouble("not-enrolled")
        with self._taking_in:
            intake = _Intake(self.device, enrolment, dict(self._releases), self._reference.policy, self.clock())
            for signed in releases:
                intake.release(signed)
            for signed in notices:
                intake.notice(signed)
            reference = reference_data(intake.in_force.values()) if intake.kinds else self._reference
            with self.database.writing() as connection:
                intake.keep(connection)
                keep_fact(connection, "cursor", cursor)
            self._releases, self._reference = intake.in_force, reference
        if intake.kinds:
            for changed in list(self._subscribers):
                changed()
        return Applied(tuple(intake.kinds), tuple(intake.refused), len(intake.answers))

    def refused_releases(self) -> list[Refused]:
        """Releases and notices that were not applied, newest first."""
        wanted = select(RefusedRow).order_by(RefusedRow.at.desc())
        with self.database.reading() as session:
            return [Refused(row.kind, row.version, row.reason, parse(row.at)) for row in session.scalars(wanted)]

    def reference_ages(self) -> tuple[ReferenceAge, ...]:
        """Each kind in force, with how old it is by the policy."""
        return tuple(_age(release, self._reference.policy, self.clock()) for release in self._releases.values())

    def _load(self) -> Releases:
        with self.database.reading() as session:
            bodies = session.scalars(select(ReleaseRow.body)).all()
        releases = (msgspec.json.decode(body, type=Release) for body in bodies)
        return {release.kind: release for release in releases}


class _Intake:
    """One answer of the registry on its way in: first judged, which takes a while, then kept in one short transaction."""

    def __init__(self, device: str, enrolment: Enrolment, in_force: Releases, policy: Policy, now: datetime) -> None:
        self.device, self.now, self.policy = device, now, policy
        self.key = public_key(enrolment.registry_key)
        self.in_force = in_force
        self.kinds: list[str] = []
        self.refused: list[Refused] = []
        self.answers: list[Verification] = []
        self._rows: list[Insert] = []

    def release(self, signed: Signed) -> None:
        try:
            release = open_release(signed, self.key)
        except SigningError as error:
            self._refuse(signed, "unknown", 0, error.code)
            return
        held = self.in_force.get(release.kind)
        if held == release:
            return  # the registry repeats itself: nothing to say
        try:
            accept_release(held, release, self.policy, self.now)
        except Trouble as trouble:
            self._refuse(signed, release.kind, release.version, trouble.code)
            return
        self._put_in_force(release, signed)

    def notice(self, signed: Signed) -> None:
        try:
            notice = open_notice(signed, self.key)
        except SigningError as error:
            self._refuse(signed, "notice", 0, error.code)
            return
        if notice.device != self.device:
            self._refuse(signed, "notice", 0, "wrong-device")
            return
        self.answers.append(notice.content)

    def keep(self, connection: Connection) -> None:
        for row in self._rows:
            connection.execute(row)
        for answer in self.answers:
            _keep_verification(connection, answer)

    def _put_in_force(self, release: Release, signed: Signed) -> None:
        row = {"version": release.version, "issued": release.issued, "applied_at": iso(self.now)}
        kept = {"body": signed.body, "signature": signed.signature}
        self._rows.append(replacing(ReleaseRow).values(kind=release.kind, **row, **kept))
        self.in_force[release.kind] = release
        self.kinds.append(release.kind)
        if isinstance(release.content, PolicyRelease):
            self.policy = release.content.policy

    def _refuse(self, signed: Signed, kind: str, version: int, reason: str) -> None:
        row = {"kind": kind, "version": version, "reason": reason, "at": iso(self.now)}
        kept = {"digest": signed.digest, "body": signed.body, "signature": signed.signature}
        self._rows.append(replacing(RefusedRow).values(**row, **kept))
        self.refused.append(Refused(kind, version, reason, self.now))


def _keep_verification(connection: Connection, said: Verification) -> None:
    corrects = connection.scalar(select(EntryRow.corrects).where(EntryRow.id == said.entry))
    row = {
        "crossing": corrects or said.entry,
        "number": said.number,
        "at": said.at,
        "content": msgspec.json.encode(said).decode(),
    }
    connection.execute(replacing(VerificationRow).values(entry=said.entry, position=said.index, **row))


def _age(release: Release, policy: Policy, now: datetime) -> ReferenceAge:
    issued = parse(release.issued)
    state = freshness(release.kind, issued, policy, now)
    return ReferenceAge(release.kind, release.version, issued, size(release), state)
