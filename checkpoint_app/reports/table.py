"""The shift log as a table: its columns, one line a traveller, and the cells as plain typed values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from checkpoint_app.store.times import parse
from checkpoint_app.store.values import CrossingRow
from checkpoint_app.words import Language, knows, say
from checkpoint_core.journal.payloads import Traveller
from checkpoint_core.screening.model import Place, Reason, Verdict
from checkpoint_core.screening.places import VIETNAM
from checkpoint_core.text import nfc

Cell = str | int | date | datetime | None
Kind = Literal["text", "number", "date", "time"]
LONGEST = 32_000  # a spreadsheet cell ends at 32,767 characters
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Style:
    """In which words the log is written, and whether personal numbers stand there in full."""

    language: Language
    unmasked: bool

    def word(self, group: str, code: str | None, **params: str) -> str:
        """The word for a code, `group` being the beginning of its key; a code that is not known here stands as it is."""
        if not code:
            return ""
        return say(self.language, group + code, **params) if knows(self.language, group + code) else code

    def words(self, group: str, codes: Iterable[str]) -> str:
        """The words of several codes, joined."""
        return "; ".join(self.word(group, code) for code in codes)


@dataclass(frozen=True)
class Line:
    """One traveller of one crossing: `number` counts the shift's crossings from 1, `index` the crossing's people from 0."""

    number: int
    index: int
    row: CrossingRow

    @property
    def traveller(self) -> Traveller:
        return self.row.crossing.travellers[self.index]

    @property
    def at(self) -> datetime:
        """When it happened, in Vietnam's time and without a zone, as spreadsheets keep times."""
        return happened(self.row).astimezone(VIETNAM).replace(tzinfo=None)


@dataclass(frozen=True)
class Column:
    """`key` names its title ('report.column-<key>'), `width` is in characters."""

    key: str
    kind: Kind
    width: int
    value: Callable[[Line, Style], Cell]

    def title(self, style: Style) -> str:
        return say(style.language, f"report.column-{self.key}")

    def cell(self, line: Line, style: Style) -> Cell:
        """The typed value; text is made safe to keep and to show."""
        value = self.value(line, style)
        return clean(value) if isinstance(value, str) else value


def lines(rows: Iterable[CrossingRow]) -> Iterator[Line]:
    """One line a traveller, in the rows' order."""
    for number, row in enumerate(rows, 1):
        for index in range(len(row.crossing.travellers)):
            yield Line(number, index, row)


def happened(row: CrossingRow) -> datetime:
    """When the crossing took place: a back-dated one says so itself."""
    return parse(row.crossing.happened_at) if row.crossing.happened_at else row.at


def clean(text: str) -> str:
    """`text` in one line, without characters that no cell can hold, and no longer than a cell may be."""
    shown = nfc(text)
    if not shown.isprintable():
        shown = "".join(c for c in shown if c.isprintable())
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def guarded(text: str) -> str:
    """`text` so that a spreadsheet opening a CSV never runs it as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def mask(number: str | None, style: Style) -> str:
    """A personal number with its first six characters hidden, as the unified personal code shows it."""
    if not number or style.unmasked:
        return number or ""
    return "*" * min(6, len(number)) + number[6:]


def mask_phone(phone: str | None, style: Style) -> str:
    """A phone number as people write it ('0912345678'), all but its last three digits hidden."""
    local = "0" + phone[3:] if phone and phone.startswith("+84") else phone or ""
    return local if style.unmasked else "*" * max(0, len(local) - 3) + local[-3:]


def day(text: str | None) -> Cell:
    """An ISO day as a date; a partial one ('1990-05') as people write it ('05/1990')."""
    if not text:
        return None
    try:
        whole = date.fromisoformat(text)
    except ValueError:
        return "/".join(reversed(text.split("-")))
    return whole if whole.year >= 1900 else whole.strftime("%d/%m/%Y")  # spreadsheets begin at 1900


def places(found: Iterable[Place]) -> str:
    return "; ".join(place.text for place in found)


def weighty(reasons: Iterable[Reason]) -> list[str]:
    """The codes of the reasons that asked for something, worst first, each once."""
    return list(dict.fromkeys(reason.code for reason in reasons if reason.weight != "inform"))


def reason_words(verdict: Verdict, style: Style) -> str:
    return style.words("report.reason-", weighty(verdict.reasons))


def register_answer(line: Line, style: Style) -> str:
    """What the population register last said of this traveller; nothing where it has not answered."""
    answer = next((one for one in line.row.verifications if one.index == line.index), None)
    if answer is None:
        return ""
    fields = ", ".join(style.word("field.", field) for field in answer.fields)
    return style.word("register.", answer.outcome, fields=fields)


def sync_word(line: Line, style: Style) -> str:
    reason = style.word("quarantine.", line.row.quarantine_reason)
    state = style.word("entry.", line.row.sync)
    return f"{state}: {reason}" if reason else state


def _flag(value: bool, style: Style) -> str:
    return say(style.language, "report.yes") if value else ""


def _once(line: Line, value: Cell) -> Cell:
    """A figure of the whole crossing, on its first line only, so that a column's sum is right."""
    return value if line.index == 0 else None


COLUMNS = (
    Column("number", "number", 7, lambda line, _: line.number),
    Column("time", "time", 18, lambda line, _: line.at),
    Column("direction", "text", 8, lambda line, style: style.word("direction.", line.row.crossing.direction)),
    Column("vehicle", "text", 12, lambda line, style: style.word("vehicle.", line.row.crossing.vehicle)),
    Column("plate", "text", 13, lambda line, _: line.row.crossing.plate or ""),
    Column("people", "number", 9, lambda line, _: _once(line, len(line.row.crossing.travellers))),
    Column("name", "text", 28, lambda line, _: line.traveller.identity.name or ""),
    Column("personal-number", "text", 16, lambda line, style: mask(line.traveller.identity.number, style)),
    Column("old-number", "text", 13, lambda line, style: mask(line.traveller.identity.old_number, style)),
    Column("document", "text", 18, lambda line, style: mask(line.traveller.identity.document_number, style)),
    Column("birth-date", "date", 12, lambda line, _: day(line.traveller.identity.birth_date)),
    Column("sex", "text", 9, lambda line, style: style.word("sex.", line.traveller.identity.sex)),
    Column("residence", "text", 42, lambda line, _: line.traveller.identity.address or ""),
    Column("source", "text", 18, lambda line, style: style.word("kind.", line.traveller.source)),
    Column("origin", "text", 28, lambda line, _: o.text if (o := line.traveller.declaration.origin) else ""),
    Column("destinations", "text", 32, lambda line, _: places(line.traveller.declaration.destinations)),
    Column("stops", "text", 24, lambda line, _: places(line.traveller.declaration.stops)),
    Column("purpose", "text", 16, lambda line, style: style.word("purpose.", line.traveller.declaration.purpose)),
    Column("phone", "text", 14, lambda line, style: mask_phone(line.traveller.declaration.phone, style)),
    Column("symptoms", "text", 22, lambda line, style: style.words("symptom.", line.traveller.declaration.symptoms)),
    Column("exposures", "text", 26, lambda line, style: style.words("exposure.", line.traveller.declaration.exposures)),
    Column("test", "text", 12, lambda line, style: style.word("report.test-", line.traveller.declaration.test)),
    Column("test-date", "date", 12, lambda line, _: day(line.traveller.declaration.test_on)),
    Column("doses", "number", 8, lambda line, _: line.traveller.declaration.doses),
    Column("verdict", "text", 12, lambda line, style: style.word("report.verdict-", line.traveller.verdict.state)),
    Column("reasons", "text", 46, lambda line, style: reason_words(line.traveller.verdict, style)),
    Column("decision", "text", 14, lambda line, style: style.word("action.", line.row.crossing.decision.action)),
    Column("decision-reason", "text", 40, lambda line, _: line.row.crossing.decision.reason),
    Column("override", "text", 11, lambda line, style: _flag(line.row.crossing.decision.override, style)),
    Column("register", "text", 26, register_answer),
    Column("corrections", "number", 9, lambda line, _: _once(line, line.row.corrected)),
    Column("back-dated", "text", 9, lambda line, style: _flag(line.row.crossing.happened_at is not None, style)),
    Column("sync", "text", 22, sync_word),
    Column("entry", "text", 38, lambda line, _: line.row.id),
)
