"""Beside the database: the lock that lets one program in at a time, and small files written whole or not at all."""

import errno
import os
import sys
from pathlib import Path

from checkpoint_core.trouble import Trouble


class FolderLock:
    """Held while the store is open; the operating system lets it go when the process ends, however it ends."""

    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise Trouble("already-running", file=file.name) from error

    def release(self) -> None:
        os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` so that a crash leaves the old file or the new one; raises `Trouble('disk-full' | 'disk-error')`."""
    fresh = file.with_name(file.name + ".new")
    try:
        with fresh.open("wb") as out:
            fresh.chmod(0o600)
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        raise disk_trouble(error, file) from error


def disk_trouble(error: OSError, file: Path) -> Trouble:
    """What the operating system said about `file`, in our words."""
    return Trouble("disk-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "disk-error", file=file.name)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # NTFS journals the rename itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
