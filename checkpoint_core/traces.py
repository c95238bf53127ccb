"""Log lines that say where something failed and never whose data was at hand; for the laptop and the registry."""

import logging
import traceback
from copy import copy
from types import TracebackType


class WithoutMessages(logging.Formatter):
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
