"""The one verb of reports: write a shift's log to a file, whole or not at all, signed, and noted in the journal."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from itertools import chain
from pathlib import Path
from typing import Literal

from checkpoint_app.reports.heading import Heading
from checkpoint_app.reports.seal import ExportSeal, digest_of, seal_path, write_seal
from checkpoint_app.reports.table import Style
from checkpoint_app.store.store import Store
from checkpoint_app.store.times import iso
from checkpoint_app.store.values import CrossingRow, Officer, Shift
from checkpoint_app.words import Language, say
from checkpoint_core.journal.payloads import Access
from checkpoint_core.screening.places import VIETNAM
from checkpoint_core.signing import public_text
from checkpoint_core.trouble import Trouble

Format = Literal["xlsx", "csv", "pdf"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "pdf")
Write = Callable[[Path, Heading, Iterator[CrossingRow]], None]
STEP = 50  # crossings between two looks at `cancelled`
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class Exported:
    """The file and its detached signature."""

    path: Path
    signature: Path


def writer(format: Format) -> Write:
    """What writes a format. Loaded when it is asked for: these libraries would cost every start a third of a second."""
    match format:
        case "xlsx":
            from checkpoint_app.reports.spreadsheet import write_spreadsheet

            return write_spreadsheet
        case "csv":
            from checkpoint_app.reports.commas import write_commas

            return write_commas
        case "pdf":
            from checkpoint_app.reports.paper import write_paper

            return write_paper


def export_shift(
    store: Store,
    shift_id: str,
    format: Format,
    out: Path,
    *,
    language: Language,
    unmasked: bool,
    by: Officer,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Exported:
    """Write the log of a shift to `out` and its signature beside it; `progress(done, total)` counts crossings.

    Takes no lock on the store for longer than a page. Personal data is written beside `out` only, never to a common
    temporary folder. Trouble: not-allowed, no-such-shift, export-exists, export-folder, export-read-only, export-disk-full,
    export-failed, export-cancelled; after each of them no file of ours is left.
    """
    if unmasked and store.officer(by.id).role != "supervisor":
        raise Trouble("not-allowed")
    heading = Heading(store.shift(shift_id), store.clock(), Style(language, unmasked), store.shift_size(shift_id))
    try:
        _refuse_existing(out)
        with tempfile.TemporaryDirectory(prefix=".checkpoint-", dir=out.parent) as folder:
            draft = Path(folder) / out.name
            writer(format)(draft, heading, _watched(store, heading, progress, cancelled))
            return _publish(store, heading, format, draft, out, by)
    except OSError as error:
        raise _trouble(error, out) from error


def free_path(folder: Path, name: str) -> Path:
    """`name` in `folder`, or the first of 'name-2', 'name-3' ... where there is a file of that name."""
    path, number = folder / name, 2
    while path.exists() or seal_path(path).exists():
        path, number = folder / f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    return path


def suggested_name(shift: Shift, format: Format, language: Language) -> str:
    """A file name that says which shift and nothing about anybody: 'ca-truc-2026-11-24-0600-3f2a9c.xlsx'."""
    opened = shift.opened_at.astimezone(VIETNAM).strftime("%Y-%m-%d-%H%M")
    return f"{say(language, 'report.file-name')}-{opened}-{shift.id[-6:]}.{format}"


def _watched(
    store: Store, heading: Heading, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> Iterator[CrossingRow]:
    """The shift's rows; tells how far the writer is, and ends it when asked to."""
    for done, row in enumerate(chain.from_iterable(store.shift_pages(heading.shift.id))):
        if done % STEP == 0:
            if cancelled():
                raise Trouble("export-cancelled")
            progress(done, heading.total)
        yield row


def _publish(store: Store, heading: Heading, format: Format, draft: Path, out: Path, by: Officer) -> Exported:
    """Sign the draft, write down that it leaves, and only then let it appear under its name."""
    key, shift = store.device_key(), heading.shift.id
    digest, at = digest_of(draft), heading.written_at.astimezone(UTC)
    content = ExportSeal(digest, shift, store.device, by.id, iso(at), heading.style.unmasked, public_text(key.public_key()))
    write_seal(seal_path(draft), content, key)
    for file in (draft, seal_path(draft)):
        _settle(file)
    _refuse_existing(out)
    numbers = "full" if heading.style.unmasked else "masked"
    details: dict[str, str | int] = {"shift": shift, "format": format, "numbers": numbers, "sha256": digest}
    store.append(Access("exported", details), officer=by.id, shift=shift)
    seal_path(draft).replace(seal_path(out))
    try:
        draft.replace(out)
    except OSError:
        seal_path(out).unlink(missing_ok=True)
        raise
    return Exported(out, seal_path(out))


def _settle(file: Path) -> None:
    """Bring a file to the disk, readable by its owner alone."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
    file.chmod(0o600)


def _refuse_existing(out: Path) -> None:
    for path in (out, seal_path(out)):
        if path.exists():
            raise Trouble("export-exists", file=path.name)


def _trouble(error: OSError, out: Path) -> Trouble:
    if error.errno in NO_ROOM:
        return Trouble("export-disk-full", folder=str(out.parent))
    if error.errno in NOT_ALLOWED:
        return Trouble("export-read-only", folder=str(out.parent))
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Trouble("export-folder", folder=str(out.parent))
    return Trouble("export-failed", folder=str(out.parent), detail=error.strerror or type(error).__name__)
