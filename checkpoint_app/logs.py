"""The laptop's log: rotating files that say where something failed, and never whose data was at hand."""

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from checkpoint_core.traces import WithoutMessages

LOG = "checkpoint.log"
_MOST_BYTES, _KEPT = 1_000_000, 5
_log = logging.getLogger("checkpoint")


def keep_log(folder: Path) -> Path:
    """Log into `folder` from now on, uncaught exceptions of all threads included; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / LOG, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(WithoutMessages("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    return folder / LOG


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.error("a fault of ours", exc_info=(kind, error or kind(), trace))
