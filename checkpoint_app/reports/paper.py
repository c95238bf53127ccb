"""The shift log as PDF: A4 on its side, with its own font, totals first, page x of y, places to sign at the end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import chain, zip_longest
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.reports.heading import Heading, clock
from checkpoint_app.reports.table import Line, clean, day, lines, mask, places, reason_words, register_answer
from checkpoint_app.reports.tally import ACTIONS, DIRECTIONS, Tally
from checkpoint_app.store.values import CrossingRow

WIDTH, HEIGHT = landscape(A4)
MARGIN = 12 * mm
FOOT = 18 * mm
PLAIN, BOLD = "BeVietnamPro-Regular", "BeVietnamPro-SemiBold"
SIZE, LEADING, PAD = 7.5, 10.0, 3.0
MOST_LINES = 9  # of one cell; a longer text ends with '…' and stands in full in the spreadsheet
MOST_REASONS = 12  # on the first page; the rest are summed
INK, GREY, RULE, BAND = HexColor("#1A1A1A"), HexColor("#555555"), HexColor("#B8C0CC"), HexColor("#E8EDF4")
# Title, width in mm; together the width between the margins.
COLUMNS = (
    ("number", 10),
    ("hour", 14),
    ("paper-vehicle", 25),
    ("paper-traveller", 46),
    ("paper-born", 21),
    ("residence", 47),
    ("paper-journey", 40),
    ("paper-verdict", 36),
    ("paper-decision", 34),
)
EDGES = [MARGIN + sum(width for _, width in COLUMNS[:n]) * mm for n in range(len(COLUMNS) + 1)]


@dataclass(frozen=True)
class Text:
    """A line of a cell, in the plain or the heavier weight."""

    text: str
    bold: bool = False


def write_paper(path: Path, heading: Heading, rows: Iterable[CrossingRow]) -> None:
    """Write the document to `path`."""
    _register_fonts()
    with path.open("wb") as file:
        canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), pageCompression=1)
        canvas.setTitle(heading.say("title"))
        canvas.setSubject(heading.say("document-subject"))
        canvas.setCreator("Checkpoint")
        Paper(canvas, heading).write(rows)
        canvas.save()


@cache
def _register_fonts() -> None:
    for name, file in ((PLAIN, "BeVietnamPro-Regular.ttf"), (BOLD, "BeVietnamPro-SemiBold.ttf")):
        with as_file(files("resources") / "fonts" / file) as path:
            registerFont(TTFont(name, str(path)))


class Paper:
    """The pen and where it stands. What is only known at the end (totals, page count) is a form filled in then."""

    def __init__(self, canvas: Canvas, heading: Heading) -> None:
        self._canvas = canvas
        self._heading = heading
        self._y = HEIGHT - MARGIN
        self._page = 1

    def write(self, rows: Iterable[CrossingRow]) -> None:
        """The whole document, in one pass over the rows."""
        tally = Tally()
        self._masthead()
        self._canvas.doForm("totals")
        self._y -= TOTALS_HEIGHT
        self._table_head()
        for line in lines(tally.counting(rows)):
            self._table_row(line)
        self._signatures()
        self._end_page()
        self._fill_in(tally)

    def _masthead(self) -> None:
        say, half = self._heading.say, WIDTH / 4
        for x, first, second in (
            (half, say("masthead-unit"), clean(self._heading.shift.checkpoint_name)),
            (WIDTH - half, say("masthead-state"), say("masthead-motto")),
        ):
            self._centred(x, self._y - 9, first, PLAIN if x == half else BOLD, 9)
            self._centred(x, self._y - 22, second, BOLD, 9.5)
        self._centred(WIDTH / 2, self._y - 48, say("title").upper(), BOLD, 16)
        self._y -= 62
        facts = self._heading.facts()[1:]
        for row in (facts[:5], facts[5:]):
            self._centred(WIDTH / 2, self._y, "  ·  ".join(f"{label}: {value}" for label, value in row), PLAIN, 9)
            self._y -= 13
        self._y -= 4

    def _table_head(self) -> None:
        words = [Text(self._heading.say(f"column-{key}"), bold=True) for key, _ in COLUMNS]
        titles = [self._fitted([word], index) for index, word in enumerate(words)]
        height = max(map(len, titles)) * LEADING + 2 * PAD
        self._canvas.setFillColor(BAND)
        self._canvas.rect(MARGIN, self._y - height, WIDTH - 2 * MARGIN, height, stroke=0, fill=1)
        self._row(titles, height)

    def _row(self, cells: list[list[Text]], height: float) -> None:
        self._canvas.setFillColor(INK)
        for left, cell in zip(EDGES, cells, strict=False):
            self._cell(left, self._y, cell)
        self._y -= height
        self._rule()

    def _table_row(self, line: Line) -> None:
        cells = [self._fitted(cell, index) for index, cell in enumerate(self._contents(line))]
        height = max(len(cell) for cell in cells) * LEADING + 2 * PAD
        if self._y - height < FOOT:
            self._end_page()
            self._table_head()
        self._row(cells, height)

    def _fitted(self, cell: list[Text], index: int) -> list[Text]:
        width = EDGES[index + 1] - EDGES[index] - 2 * PAD
        found = list(chain.from_iterable(wrapped(text, width) for text in cell if text.text))
        return found if len(found) <= MOST_LINES else [*found[: MOST_LINES - 1], Text("…")]

    def _contents(self, line: Line) -> list[list[Text]]:
        """What stands in the nine cells of a traveller's row."""
        first, decided = self._crossing(line) if line.index == 0 else ([[], [], []], [])
        return [*first, *self._person(line), decided]

    def _crossing(self, line: Line) -> tuple[list[list[Text]], list[Text]]:
        style, crossing = self._heading.style, line.row.crossing
        vehicle = [style.word("direction.", crossing.direction), style.word("vehicle.", crossing.vehicle)]
        decision = crossing.decision
        override = self._heading.say("column-override") if decision.override else ""
        return (
            [
                [Text(str(line.number))],
                [Text(line.at.strftime("%H:%M")), Text(line.at.strftime("%d/%m"))],
                [*map(Text, vehicle), Text(crossing.plate or "", bold=True)],
            ],
            [Text(style.word("action.", decision.action), bold=True), Text(decision.reason), Text(override)],
        )

    def _person(self, line: Line) -> list[list[Text]]:
        style, traveller = self._heading.style, line.traveller
        identity, declared, verdict = traveller.identity, traveller.declaration, traveller.verdict
        number = mask(identity.number or identity.old_number or identity.document_number, style)
        return [
            [Text(identity.name or "", bold=True), Text(number)],
            [Text(_day(identity.birth_date)), Text(style.word("sex.", identity.sex))],
            [Text(identity.address or "")],
            [self._leg("from", places(filter(None, [declared.origin]))), self._leg("to", places(declared.destinations))],
            [
                Text(style.word("report.verdict-", verdict.state), bold=True),
                Text(reason_words(verdict, style)),
                Text(register_answer(line, style)),
            ],
        ]

    def _leg(self, way: str, named: str) -> Text:
        return Text(f"{self._heading.say(way)} {named}" if named else "")

    def _cell(self, left: float, top: float, texts: Iterable[Text]) -> None:
        pen = self._canvas.beginText(left + PAD, top - PAD - SIZE)
        bold = None
        for text in texts:
            if text.bold != bold:
                bold = text.bold
                pen.setFont(BOLD if bold else PLAIN, SIZE, LEADING)
            pen.textLine(text.text)
        self._canvas.drawText(pen)

    def _rule(self) -> None:
        self._canvas.setStrokeColor(RULE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(MARGIN, self._y, WIDTH - MARGIN, self._y)

    def _signatures(self) -> None:
        if self._y - 110 < FOOT:
            self._end_page()
        say, officer = self._heading.say, clean(self._heading.shift.officer.name)
        for x, title, name in ((WIDTH / 4, say("signed-by-maker"), officer), (WIDTH * 3 / 4, say("signed-by-leader"), "")):
            self._centred(x, self._y - 24, title, BOLD, 10)
            self._centred(x, self._y - 37, say("sign-here"), PLAIN, 8)
            self._centred(x, self._y - 100, name, BOLD, 10)

    def _end_page(self) -> None:
        canvas, say = self._canvas, self._heading.say
        canvas.setFont(PLAIN, 8)
        canvas.setFillColor(GREY)
        foot = say("foot", shift=self._heading.shift.id, at=clock(self._heading.written_at))
        canvas.drawString(MARGIN, MARGIN - 8, foot)
        # The page count hangs on a form of its own, so the number before it must end at a fixed place.
        canvas.drawRightString(WIDTH - MARGIN - 26, MARGIN - 8, say("page", page=self._page))
        canvas.doForm("pages")
        canvas.showPage()
        self._page += 1
        self._y = HEIGHT - MARGIN

    def _centred(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self._canvas.setFillColor(INK)
        self._canvas.setFont(font, size)
        self._canvas.drawCentredString(x, y, text)

    def _fill_in(self, tally: Tally) -> None:
        canvas = self._canvas
        canvas.beginForm("pages")
        canvas.setFont(PLAIN, 8)
        canvas.setFillColor(GREY)
        canvas.drawString(WIDTH - MARGIN - 24, MARGIN - 8, self._heading.say("page-of", pages=self._page - 1))
        canvas.endForm()
        canvas.beginForm("totals")
        Totals(canvas, self._heading, tally).draw(HEIGHT - MARGIN - 92)
        canvas.endForm()


TOTALS_HEIGHT = 92.0
FIGURES = (50, 76, 116, 132)  # right edges of the totals' columns, mm


class Totals:
    """The day's figure on the first page: crossings by direction and decision at the left, reasons at the right."""

    def __init__(self, canvas: Canvas, heading: Heading, tally: Tally) -> None:
        self._canvas, self._heading, self._tally = canvas, heading, tally

    def draw(self, top: float) -> None:
        """Draw below `top`, within TOTALS_HEIGHT."""
        self._decisions(top)
        self._reasons(top)

    def _decisions(self, top: float) -> None:
        say, word = self._heading.say, self._heading.style.word
        self._row(top, [say("section-crossings"), *(word("action.", action) for action in ACTIONS), say("sum")], BOLD)
        table = [[self._tally.crossings[direction, action] for action in ACTIONS] for direction in DIRECTIONS]
        sums = [sum(column) for column in zip(*table, strict=True)]
        labels = (*(word("direction.", d) for d in DIRECTIONS), say("sum"))
        for index, (label, numbers) in enumerate(zip(labels, (*table, sums), strict=True), 1):
            font = BOLD if index == len(labels) else PLAIN
            self._row(top - index * 14, [label, *map(str, numbers), str(sum(numbers))], font)
        people, extra = sum(self._tally.people.values()), self._tally
        note = say("totals-note", people=people, overrides=extra.overrides, corrected=extra.corrected)
        self._put(MARGIN, top - 60, note, PLAIN)

    def _row(self, y: float, cells: list[str], font: str) -> None:
        self._put(MARGIN, y, cells[0], font)
        for index, cell in enumerate(cells[1:]):
            self._canvas.drawRightString(MARGIN + FIGURES[index] * mm, y, cell)

    def _reasons(self, top: float) -> None:
        found = self._tally.by_reason()
        shown, rest = found[: MOST_REASONS - 1], found[MOST_REASONS - 1 :]
        labelled = [(self._heading.style.word("report.reason-", code), count) for code, count in shown]
        if rest:
            labelled.append((self._heading.say("other-reasons"), sum(count for _, count in rest)))
        left = MARGIN + 142 * mm
        self._put(left, top, self._heading.say("section-reasons"), BOLD)
        half = MOST_REASONS // 2
        for index, pair in enumerate(zip_longest(labelled[:half], labelled[half:])):
            for column, entry in enumerate(filter(None, pair)):
                x, y = left + column * 67 * mm, top - (index + 1) * 11
                self._put(x, y, entry[0], PLAIN)
                self._canvas.drawRightString(x + 62 * mm, y, str(entry[1]))

    def _put(self, x: float, y: float, text: str, font: str) -> None:
        self._canvas.setFillColor(INK)
        self._canvas.setFont(font, 8.5)
        self._canvas.drawString(x, y, text)


def wrapped(text: Text, width: float) -> list[Text]:
    """`text` in lines no wider than `width` points; a word that is wider is broken."""
    font = BOLD if text.bold else PLAIN
    space = breadth(" ", font)
    found, line, used = [], "", 0.0
    for word in chain.from_iterable(_pieces(word, font, width) for word in drawable(text.text, font).split()):
        wide = breadth(word, font)
        if line and used + space + wide > width:
            found.append(Text(line, text.bold))
            line, used = word, wide
            if len(found) > MOST_LINES:
                break
        else:
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
    return [*found, Text(line, text.bold)] if line else found


@lru_cache(maxsize=20_000)
def breadth(word: str, font: str) -> float:
    """How wide `word` is in the table's size, in points."""
    return float(stringWidth(word, font, SIZE))


def drawable(text: str, font: str) -> str:
    """`text` as it can be drawn: a character that the font does not have is shown as a question mark."""
    known, shown = getFont(font).face.charToGlyph, clean(text)
    if all(ord(c) in known for c in set(shown)):
        return shown
    return "".join(c if ord(c) in known else "?" for c in shown)


def _pieces(word: str, font: str, width: float) -> Iterator[str]:
    if breadth(word, font) <= width:
        yield word
        return
    piece = ""
    for letter in word:
        if piece and breadth(piece + letter, font) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _day(text: str | None) -> str:
    value = day(text)
    return value.strftime("%d/%m/%Y") if value is not None and not isinstance(value, str | int) else str(value or "")
