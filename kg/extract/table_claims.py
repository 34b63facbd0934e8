"""What a table states: a claim for each holder and relation with the figure of the latest year, all figures as observations.

Comes in: a table, the unit that notes above it give and the document. Goes out: claims and observations, added to the
reading of the document's sections.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.annotate.annotation import Annotated
from kg.annotate.quantities import find_quantities
from kg.extract.row_claims import SectionReading, emit, observe
from kg.extract.rows import KINDS, MATERIALS, Held, Line, Row
from kg.extract.stems import Stem, make_stem
from kg.extract.tables import Cell, Table, TableRow
from kg.records import Quantity

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UP = 3  # lines above a head that may be its caption


def read_table(
    annotated: Annotated, found: list[Line], table: Table, unit: str, mined: bool, reading: SectionReading
) -> None:
    """Emit what the rows of a table state; nothing where no column is told."""
    columns = _columns(annotated, found, table, unit, mined)
    for row in table.rows:
        for stem in _grouped(columns, row):
            _emit_row(stem[0], row, stem[1], reading)


def _columns(annotated: Annotated, found: list[Line], table: Table, unit: str, mined: bool) -> list[Stem | None]:
    """The stem of each column, None where its words name no relation."""
    width = len(table.rows[0].cells)
    caption = _caption(annotated, found, table, unit, mined)
    if not table.head:
        alike = caption is not None and (width == 1 or len(caption.years) == width)
        if caption is None or not alike:
            return [None] * width
        years = caption.years if len(caption.years) == width else caption.years[:1]
        return [replace(caption, years=years[n : n + 1] if width > 1 else years) for n in range(width)]
    line = found[table.first - 1]
    return [_column(annotated, found, line, part, caption, unit, mined) for part in table.head]


def _column(
    annotated: Annotated, found: list[Line], line: Line, part: str, caption: Stem | None, unit: str, mined: bool
) -> Stem | None:
    year = _YEAR.search(part)
    own = make_stem(annotated, found, line, part, caption.unit if caption else unit, mined)
    if own is not None:
        begin = line.text.find(part)
        named = line.of_type(MATERIALS, begin, begin + len(part))
        material = named[0].key if named else (caption.material if caption else own.material)
        return replace(own, material=material, source=caption.source if caption else own.source)
    if caption is None:
        return None
    if year is not None:
        return replace(caption, years=(year[0],))
    begin = line.text.find(part)
    items = [n for n in line.of_type(MATERIALS, begin, begin + len(part)) if n.end - n.start > 0.6 * len(part)]
    return replace(caption, material=items[0].key) if items else None


def _caption(annotated: Annotated, found: list[Line], table: Table, unit: str, mined: bool) -> Stem | None:
    """The stem of the nearest line above the table that has one; what columns name themselves is left out of it."""
    if table.caption is None:
        return None
    for index in range(table.caption, max(-1, table.caption - _UP), -1):
        text = found[index].text
        for part in table.head:
            if not _YEAR.search(part):
                text = re.sub(rf"\b{re.escape(part)}\b", lambda match: " " * len(match[0]), text, flags=re.I)
        if found[index].sentence.kind == "text" and not text.rstrip().endswith(":") and len(text.split()) > 12:
            return None
        if (stem := make_stem(annotated, found, found[index], text, unit, mined)) is not None:
            return stem
    return None


def _grouped(columns: list[Stem | None], row: TableRow) -> list[tuple[Stem, list[Cell]]]:
    """The cells with figures of a row by relation and material, with one stem that has their years."""
    groups: dict[tuple[str, str | None], list[tuple[Stem, Cell]]] = {}
    for stem, cell in zip(columns, row.cells, strict=True):
        if stem is not None and cell.digits:
            groups.setdefault((stem.property, stem.material), []).append((stem, cell))
    made = []
    for members in groups.values():
        years = tuple(stem.years[0] for stem, _ in members if stem.years)
        stem = replace(members[0][0], years=years if len(years) == len(members) else ())
        made.append((stem, [cell for _, cell in members]))
    return made


def _emit_row(stem: Stem, row: TableRow, cells: list[Cell], reading: SectionReading) -> None:
    known = [(cell, found) for cell in cells if (found := _quantity(cell, stem.unit)) is not None]
    if len(known) != len(cells):
        return
    spans = tuple((cell.start, cell.end) for cell in cells)
    holder = row.holder or Held(0, cells[0].start, stem.material or "", "", False)
    made = Row(holder, tuple(q for _, (q, _) in known), tuple(kind for _, (_, kind) in known), spans)
    if row.holder is not None:
        emit(row.line, replace(stem), [made], reading)
    elif stem.material:
        reading.used.add(row.line.sentence.index)
        observe(row.line, stem, made, stem.material, reading)


def _quantity(cell: Cell, unit: str) -> tuple[Quantity, str] | None:
    unit = cell.unit or unit
    found = find_quantities(f"{cell.digits}{'' if unit == '%' else ' '}{unit}")
    if len(found) != 1 or found[0].kind not in KINDS:
        return None
    return replace(found[0].quantity, text=cell.digits), found[0].kind
