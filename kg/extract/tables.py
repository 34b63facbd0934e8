"""Tables set in plain text: a caption, a head with the columns' names, and rows of a holder and its figures.

Comes in: the lines of a document. Goes out: tables with the cells of their rows, the columns told by the head. Cells stand
apart by pipes, tabs, wide gaps, dots that lead to the figure, or commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.rows import HOLDERS, MATERIALS, Held, Line

# the last is for columns whose gaps were closed up: 'Chile 5,200 5,300'
_GAPS = (
    re.compile(r"\s*\|\s*|\t+|\s{2,}"),
    re.compile(r"\s*(?:\.\s?){3,}\s*|\s\.\s"),
    re.compile(r",\s"),
    re.compile(r"\s(?=[\d—–])"),
)
_VALUE = re.compile(
    r"(?P<sign>[~≈<>]?\s?)(?P<digits>\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>%|t|kt|Mt|kg|tonnes|tons)?\s?(?:e|est\.?|p|r|\(e\))?\s?[.*†]?"
)
_EMPTY = re.compile(r"(?:—|–|-|\.\.+|…|n\.?a\.?|nil|none|w|x|/|n/a|not available)?\s?[.*†]?", re.I)
_TOTAL = re.compile(r"(?:world|global|grand|sub)?\s*-?total\b|\bworld\b", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row at characters `start` to `end` of its line; `digits` is its figure, '' where it is empty."""

    start: int
    end: int
    digits: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its holder, None for a total, and its cells."""

    line: Line
    holder: Held | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; `head` has the words of each column, () where no line names them."""

    first: int
    rows: tuple[TableRow, ...]
    head: tuple[str, ...]
    caption: int | None


def find_tables(found: list[Line]) -> Iterator[Table]:
    """The tables of a document: at least two neighbouring rows alike, or one below a head."""
    index = 0
    while index < len(found):
        rows = _block(found, index)
        if rows:
            table = _with_head(found, index, rows)
            if len(rows) > 1 or (table.head and len(rows[0].cells) > 1):
                yield table
        index += max(len(rows), 1)


def _block(found: list[Line], index: int) -> list[TableRow]:
    """The rows from a line on that have as many cells as its own."""
    for gap in _GAPS:
        rows: list[TableRow] = []
        for line in found[index:]:
            row = _row(line, gap)
            if row is None or (rows and len(row.cells) != len(rows[0].cells)):
                break
            rows.append(row)
        if rows and any(cell.digits for row in rows for cell in row.cells):
            return rows
    return []


def _pieces(text: str, gap: re.Pattern[str]) -> list[tuple[int, int]]:
    """The places of a line's cells."""
    ends = [match.span() for match in gap.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [(a, b) for a, b in zip(starts, stops, strict=True) if a < b or a not in (0, len(text))]


def _row(line: Line, gap: re.Pattern[str]) -> TableRow | None:
    pieces = _pieces(line.text, gap)
    if len(pieces) < 2:
        return None
    made = [_cell(line.text, start, end) for start, end in pieces[1:]]
    if any(cell is None for cell in made):
        return None
    first = line.text[: pieces[0][1]].strip()
    holder = next((n for n in line.of_type((*HOLDERS, *MATERIALS), 0, pieces[0][1]) if not n.adjectival), None)
    if holder is not None and holder.end - holder.start < 0.6 * len(re.sub(r"\([^()]*\)|\W+$", "", first)):
        holder = None
    if holder is None and not _TOTAL.search(first):
        return None
    return TableRow(line, holder, tuple(cell for cell in made if cell is not None))


def _cell(text: str, start: int, end: int) -> Cell | None:
    words = text[start:end].strip()
    if _EMPTY.fullmatch(words):
        return Cell(start, end)
    match = _VALUE.fullmatch(words)
    return Cell(start, end, match["digits"], match["unit"] or "") if match else None


def _with_head(found: list[Line], index: int, rows: list[TableRow]) -> Table:
    """The table with the names of its columns from the line above, and the caption above that."""
    width = len(rows[0].cells)
    above = index - 1
    head: tuple[str, ...] = ()
    if above >= 0:
        text = found[above].text
        for gap in _GAPS:
            parts = [text[a:b].strip() for a, b in _pieces(text, gap)]
            if len(parts) in (width, width + 1) and len(parts) > 1 and not any(_is_figure(part) for part in parts):
                head, above = tuple(parts[-width:]), above - 1
                break
        else:
            items = _outermost(found[above])
            if len(items) == width > 1 and sum(end - start + 1 for start, end in items) >= len(text):
                head, above = tuple(text[start:end] for start, end in items), above - 1
    return Table(index, tuple(rows), head, above if above >= 0 else None)


def _outermost(line: Line) -> list[tuple[int, int]]:
    """The places of a line's materials, those inside others left out."""
    names = line.of_type(MATERIALS)
    return [
        (n.start, n.end) for n in names if not any(o is not n and o.start <= n.start and n.end <= o.end for o in names)
    ]


def _is_figure(part: str) -> bool:
    match = _VALUE.fullmatch(part)
    return match is not None and not re.fullmatch(r"(?:19|20)\d\d(?:\s?[epr]|\s?\(e\))?", part)
