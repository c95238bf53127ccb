"""A practice shift that plays itself: the real window without a screen, worked by keys alone, told step by step."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from checkpoint_app.app import Laptop
from checkpoint_app.practice.cast import OFFICER, PIN, tell
from checkpoint_app.practice.registry import PracticeRegistry
from checkpoint_app.reports import FORMATS, Format, export_shift
from checkpoint_app.scanner.practice import PracticeCamera
from checkpoint_app.store.values import Officer, Shift, ShiftSummary
from checkpoint_app.ui.scan.party import gaps
from checkpoint_core.practice import ScriptedTraveller

_Key = Qt.Key
_PATIENCE = 30  # seconds for any one step
_ANOTHER = 3  # seconds after which the same card is another reading
_PICTURES = {"clear", "zone", "zone-3", "watched", "altered-birth", "boarding-pass", "repeat"}
_TYPED = {"origin": "nam dinh", "destination": "ha noi", "purpose": "", "phone": "0912345678"}


class Stuck(Exception):
    """The window did not do what a step waits for."""


@dataclass(frozen=True)
class Met:
    """What came of one traveller: the verdict shown (None: the code named nobody) and the seconds from card to verdict."""

    case: str
    verdict: str | None
    seconds: float


def play(
    laptop: Laptop,
    camera: PracticeCamera,
    travellers: Sequence[ScriptedTraveller],
    registry: PracticeRegistry,
    folder: Path,
) -> int:
    """Play one shift and leave its log, pictures and a summary in `folder`; returns the exit code."""
    player = _Player(laptop, camera, folder)
    player.sign_in()
    met = [player.meet(traveller) for traveller in travellers]
    shift, summary = player.close_shift()
    _write_summary(folder, summary, met, registry.status())
    for format in FORMATS:
        _export(laptop, shift, format, folder)
    tell(f"Everything is in {folder}/: shift-log.xlsx, .csv, .pdf with their signatures, screenshots, summary.md")
    return 0


class _Player:
    """The officer's hands: keys go where the focus is."""

    def __init__(self, laptop: Laptop, camera: PracticeCamera, folder: Path) -> None:
        self._laptop, self._camera, self._folder = laptop, camera, folder
        self._conductor = laptop.conductor
        self._scan = laptop.conductor.scan
        self._unreadable = self._saved = self._pictures = 0
        self._shown_at: dict[str, float] = {}  # when each code was last before the camera
        self._scan.encounter.unreadable.connect(self._count_unreadable)
        self._conductor.recorded.connect(self._count_saved)

    def sign_in(self) -> None:
        """Officer and PIN, then the first lane offered."""
        conductor = self._conductor
        self._until(lambda: conductor.sign_in.list.count() > 0, "the list of officers")
        names = [conductor.sign_in.list.item(row).text() for row in range(conductor.sign_in.list.count())]
        conductor.sign_in.list.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith(OFFICER)))
        self._picture("sign-in")
        self._type(PIN)
        self._press(_Key.Key_Return)
        self._until(lambda: conductor.window.front in (conductor.open_shift, self._scan), "the PIN to be taken")
        if conductor.window.front is conductor.open_shift:
            self._until(lambda: conductor.open_shift.post.count() > 0 or self._on_scan(), "the list of checkpoints")
            self._picture("open-shift")
            if not self._on_scan():
                self._press(_Key.Key_Return)
        self._until(self._on_scan, "the shift to open")
        tell(f"{OFFICER} signed in and opened a shift.")

    def meet(self, traveller: ScriptedTraveller) -> Met:
        """Show the card, answer what is asked, take the suggested decision."""
        encounter = self._scan.encounter
        since = time.monotonic() - self._shown_at.get(traveller.text, 0)
        pause(max(0, int((_ANOTHER - since) * 1000)))
        unreadable, started = self._unreadable, time.perf_counter()
        self._camera.show(traveller.text)
        self._until(
            lambda: encounter.party.shown is not None or self._unreadable > unreadable, f"a verdict ({traveller.case})"
        )
        seconds = time.perf_counter() - started
        self._camera.take_away()
        self._shown_at[traveller.text] = time.monotonic()
        shown = encounter.party.shown
        self._picture(traveller.case)
        if shown is None:
            tell(f"  {traveller.case:16} the code names nobody; said on screen")
            return Met(traveller.case, None, seconds)
        keys = self._answer()
        saved = self._saved
        self._press(_Key.Key_Return)
        self._until(lambda: self._saved > saved, f"the crossing to be kept ({traveller.case})")
        tell(f"  {traveller.case:16} {shown.verdict.state:10} {seconds:4.1f} s from card to verdict, {keys + 1} keys")
        return Met(traveller.case, shown.verdict.state, seconds)

    def close_shift(self) -> tuple[Shift, ShiftSummary]:
        """Wait until the registry has receipted everything, then close."""
        from checkpoint_app.duty import shifts

        store, on_duty = self._laptop.store, self._conductor.on_duty
        assert on_duty.shift is not None
        assert on_duty.officer is not None
        shift = on_duty.shift
        self._laptop.runner.wake()
        self._until(lambda: store.backlog().waiting == 0, "all receipts")
        self._until(lambda: all(row.verifications for row in store.shift_crossings(shift.id)[:1]), "the register's answers")
        self._picture("shift-done")
        summary = shifts.close_shift(store, on_duty.officer, shift, "Ca thực hành tự chạy.", None)
        self._laptop.runner.wake()
        self._until(lambda: store.backlog().waiting == 0, "the receipt for closing")
        tell(f"Shift closed: {summary.crossings} crossings, all receipted by the registry.")
        return shift, store.summary(shift.id)

    def _answer(self) -> int:
        """Type what is still asked; returns how many keys it took."""
        keys = 0
        while (asked := self._asked()) is not None:
            keys += self._fill(asked)
        self._until(lambda: not self._scan.encounter.judging, "the verdict to settle")
        return keys

    def _asked(self) -> str | None:
        return next((gap.field for gap in gaps(self._scan.encounter.party) if gap.field in _TYPED), None)

    def _fill(self, field: str) -> int:
        words = _TYPED[field]
        self._scan.form.focus(field)
        self._type(words)
        if field == "purpose":
            self._press(_Key.Key_Down)
        elif field != "phone":
            self._until(lambda: any(box.offering for box in self._scan.form.places), f"places to choose from ({field})")
            self._press(_Key.Key_Return)
        self._until(lambda: self._asked() != field, f"{field} to be taken")
        return len(words) + (field != "phone")

    def _on_scan(self) -> bool:
        return self._conductor.window.front is self._scan

    def _count_unreadable(self, _: object) -> None:
        self._unreadable += 1

    def _count_saved(self, _: object) -> None:
        self._saved += 1

    def _press(self, key: Qt.Key) -> None:
        QTest.keyClick(self._focus(), key)

    def _type(self, words: str) -> None:
        QTest.keyClicks(self._focus(), words, delay=60)  # as a hand types: faster is taken for a hand scanner

    def _focus(self) -> QWidget:
        return self._conductor.window.focusWidget() or self._conductor.window

    def _until(self, reached: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not reached():
            if time.monotonic() > end:
                self._picture("stuck")
                raise Stuck(f"waited in vain for {what}")
            pause(5)

    def _picture(self, name: str) -> None:
        if name in _PICTURES or name in ("sign-in", "open-shift", "shift-done", "stuck"):
            self._pictures += 1
            pause(120)  # let the page be drawn
            self._conductor.window.grab().save(str(self._folder / f"{self._pictures:02}-{name}.png"))


def pause(milliseconds: int) -> None:
    """Let the window work. Not QTest.qWait: that holds Python's lock, and camera and decoder stand still meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _export(laptop: Laptop, shift: Shift, format: Format, folder: Path) -> None:
    out = folder / f"shift-log.{format}"
    for old in (out, out.with_name(out.name + ".sig")):
        old.unlink(missing_ok=True)
    by = Officer(shift.officer.id, shift.officer.name, shift.officer.role)
    export_shift(
        laptop.store, shift.id, format, out, language="vi", unmasked=False, by=by,
        progress=lambda *_: None, cancelled=lambda: False,
    )  # fmt: skip


def _write_summary(folder: Path, summary: ShiftSummary, met: list[Met], status: dict[str, object]) -> None:
    shift = summary.shift
    seconds = sorted(one.seconds for one in met if one.verdict)
    lines = [
        "# Practice shift",
        "",
        f"{shift.checkpoint_name}, lane {shift.lane}, {shift.direction}; everybody in it is invented.",
        "",
        f"- {summary.crossings} crossings of {summary.travellers} travellers; {summary.overrides} against the verdict",
        *(f"- {direction}, {action}: {count}" for (direction, action), count in sorted(summary.by_decision.items())),
        f"- verdicts: {dict(Counter(one.verdict or 'code names nobody' for one in met))}",
        f"- card shown to verdict: median {seconds[len(seconds) // 2]:.1f} s, slowest {seconds[-1]:.1f} s"
        " (the hand that brings the card takes half a second of it)",
        f"- journal: {summary.accepted} accepted, {summary.waiting} waiting, {summary.quarantined} quarantined",
        f"- the registry's own count of entries: {status['entries']}",
        "",
        "| case | verdict | seconds |",
        "| --- | --- | --- |",
        *(f"| {one.case} | {one.verdict or '-'} | {one.seconds:.1f} |" for one in met),
    ]
    (folder / "summary.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
