"""The laptop's log: rotating files that say where something failed, and never whose data was at hand."""

import logging
import sys
import threading
import traceback
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG = "checkpoint.log"
_MOST_BYTES, _KEPT = 1_000_000, 5
_log = logging.getLogger("checkpoint")


class _WithoutMessages(logging.Formatter):
    """Traces with the kinds of the exceptions and the places, but not their texts: those may quote a traveller."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # another handler's words for it would be used as they are
        return super().format(own)

    def formatException(self, info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]) -> str:
        lines = []
        error = info[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def keep_log(folder: Path) -> Path:
    """Log into `folder` from now on, uncaught exceptions of all threads included; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / LOG, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_WithoutMessages("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    return folder / LOG


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.error("a fault of ours", exc_info=(kind, error or kind(), trace))
