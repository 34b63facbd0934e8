"""Statements that structure carries: figures under a stem or heading, names before a colon, lists of members.

Comes in: an annotated document. Goes out: claims and observations, and the sentences that are nothing but rows of
figures, from which no frame should read anything else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.annotate.annotation import Annotated
from kg.extract.row_claims import SectionReading, emit
from kg.extract.rows import HOLDERS, MATERIALS, Line, cells, lines, rows
from kg.extract.stems import Stem, make_stem, unit_of
from kg.extract.table_claims import read_table
from kg.extract.tables import find_tables

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# lines that end no list: notes on its sources, and items that hold more than figures
_KEEPS = re.compile(r"(?:sources?|notes?|basis|units?)\b|[A-Z][\w -]{2,40}:\s", re.I)


def read_sections(annotated: Annotated) -> SectionReading:
    """Everything that the document's structure states, in the order of the text."""
    reading = SectionReading()
    found = lines(annotated)
    mined = False
    unit, stem = "", None
    tables = {table.first: table for table in find_tables(found)}
    for number, line in enumerate(found):
        if line.sentence.kind == "heading" and _topic_heading(line):
            unit, mined = "", False
        mined = mined or bool(re.search(r"\bmine (?:production|output|supply)\b", line.text, re.I))
        if (noted := _note(line)) is not None:
            unit = noted
            if stem is not None and not stem.unit:
                stem.unit = noted
            continue
        if number in tables:
            read_table(annotated, found, tables[number], unit, mined, reading)
        if line.sentence.index in reading.used:
            continue
        stem = _read_line(annotated, found, line, stem, unit, mined, reading)
    return reading


def _topic_heading(line: Line) -> bool:
    return any(name.end - name.start > 0.5 * len(line.text) for name in line.of_type(MATERIALS))


def _note(line: Line) -> str | None:
    """The unit that a line in brackets gives: '(Tonnes of metal content)'."""
    inner = re.fullmatch(r"\(?(?:[Dd]ata )?(?:in )?([^()]{1,80})\)?\.?", line.text.strip())
    if (
        (not line.text.startswith("(") and not re.match(r"(?:Data )?in ", line.text, re.I))
        or inner is None
        or len(line.text) > 110
    ):
        return None
    return unit_of(inner[1]) or None


def _read_line(
    annotated: Annotated,
    found: list[Line],
    line: Line,
    stem: Stem | None,
    unit: str,
    mined: bool,
    reading: SectionReading,
) -> Stem | None:
    """Emit what the line states; the stem that rules the next line, or None."""
    own_end = _stem_end(line)
    own = make_stem(annotated, found, line, line.text[:own_end], unit, mined) if own_end else None
    if own is not None:
        read = rows(line, own_end, own.unit)
        if read:
            emit(line, own, read, reading)
            return stem
        return own if own_end >= len(line.text.rstrip()) else None
    header = _header(annotated, found, line, stem, unit, mined)
    if header is not None:
        return header
    if stem is not None and (read := rows(line, 0, stem.unit)):
        emit(line, stem, read, reading)
        return stem
    if stem is not None and _KEEPS.match(line.text):
        return stem
    return _heading_stem(annotated, found, line, unit, mined)


def _stem_end(line: Line) -> int:
    """The end of a stem before the line's first colon that stands behind no figure, or 0."""
    match = re.match(r"[^:\n]{3,120}:(?=\s|$)", line.text)
    return match.end() if match else 0


def _heading_stem(annotated: Annotated, found: list[Line], line: Line, unit: str, mined: bool) -> Stem | None:
    if line.sentence.kind not in ("heading", "headline") or len(line.text.split()) > 16:
        return None
    return make_stem(annotated, found, line, line.text, unit, mined)


def _header(
    annotated: Annotated, found: list[Line], line: Line, stem: Stem | None, unit: str, mined: bool
) -> Stem | None:
    """The stem that a table's head makes: years for the columns of the stem before it, or a stem for each column."""
    parts = cells(line.text)
    if len(parts) < 2 or line.of_type(HOLDERS):
        return None
    years = tuple(match[0] for part in parts if (match := _YEAR.search(part)))
    columns = tuple(make_stem(annotated, found, line, part, stem.unit if stem else unit, mined) for part in parts[1:])
    named = [column for column in columns if column is not None]
    if named and len(named) == len(parts) - 1:
        return replace(named[0], columns=tuple(named))
    if stem is not None and len(years) == len(parts) - 1:
        return replace(stem, years=years)
    return None
