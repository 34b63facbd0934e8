"""What a row states under its stem: claims of its holder, observations of its figures.

Comes in: a line, its stem and its rows. Goes out: claims and observations, added to the reading of the document's sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extract.rows import HOLDERS, MATERIALS, Held, Line, Row
from kg.extract.stems import Stem
from kg.records import Claim, Evidence, Observation, Quantity

# a share with a sign before it is a change: "131 t (-12%)"
_SIGNED = re.compile(r"[-+–−±]$|\b(?:up|down)\s$")


@dataclass(slots=True)
class SectionReading:
    """What the structure of a document states, and which sentences (by index) it has used up."""

    claims: list[Claim] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def emit(line: Line, stem: Stem, found: list[Row], reading: SectionReading) -> None:
    reading.used.add(line.sentence.index)
    for row in found:
        if len(stem.columns) > 1:
            emit_columns(line, stem, row, reading)
            continue
        if (row.holder.type in MATERIALS and stem.property not in ("dependsOn",) and stem.home is None) or _is_total(
            line, row
        ):
            stem.material = row.holder.key
            observe(line, stem, row, row.holder.key, reading)
            continue
        reading.claims.extend(_claims(line, stem, row))
        if row.holder.type in MATERIALS and stem.property == "imports":
            stem.material = row.holder.key
        material = row.holder.key if row.holder.type in MATERIALS else stem.material
        if material:
            observe(line, stem, row, material, reading)


def emit_columns(line: Line, stem: Stem, row: Row, reading: SectionReading) -> None:
    for number, column in enumerate(stem.columns[: len(row.figures)]):
        part = Row(
            row.holder, row.figures[number : number + 1], row.kinds[number : number + 1], row.spans[number : number + 1]
        )
        reading.claims.extend(_claims(line, column, part))
        if column.material:
            observe(line, column, part, column.material, reading)


def _is_total(line: Line, row: Row) -> bool:
    between = line.text[row.holder.end : row.spans[0][0]]
    return row.holder.type in MATERIALS and bool(re.search(r"\b(?:world|global|total|worldwide)\b", between, re.I))


def _figure(stem: Stem, row: Row) -> tuple[int, str | None]:
    """Which figure of a row counts, and its year: the latest of a table's years, else the first."""
    if len(stem.years) > 1 and len(stem.years) == len(row.figures):
        best = max(range(len(stem.years)), key=lambda i: stem.years[i])
        return best, stem.years[best]
    return 0, stem.years[0] if len(stem.years) == 1 else None


def _year(stem: Stem, row: Row, number: int) -> str | None:
    if len(stem.years) == len(row.figures):
        return stem.years[number]
    return stem.years[0] if len(stem.years) == 1 else None


def _evidence(line: Line, span: tuple[int, int]) -> Evidence:
    return Evidence(line.sentence.span, line.text, line.span(*span))


def _claims(line: Line, stem: Stem, row: Row) -> Iterator[Claim]:
    which, year = _figure(stem, row)
    place = _evidence(line, row.spans[which])
    quantity = row.figures[which]
    holder = row.holder
    given = holder.type in MATERIALS
    subject, item = (stem.home, holder.key) if given else (holder.key, stem.material)
    base = Claim("", "", "", place, said_by=stem.source, time=year, quantity=quantity, confidence=0.85, frame="row")
    if item is None or holder.type not in (*HOLDERS, *MATERIALS):
        return
    if stem.property == "sources" or _is_origin(stem, holder, row.kinds[which]):
        if stem.home and stem.home != holder.key and holder.type == "Country":
            yield replace(base, subject=stem.home, property="imports", object=item, origin=holder.key)
            yield replace(base, subject=holder.key, property="suppliesTo", object=stem.home, topic=item, confidence=0.7)
    elif subject is not None and subject != item and _fits(holder.type, stem.property):
        yield replace(base, subject=subject, property=stem.property, object=item)


def _is_origin(stem: Stem, holder: Held, kind: str) -> bool:
    """Whether a share under a country's imports is that of where they come from."""
    return stem.property == "imports" and kind == "percent" and holder.type == "Country" and holder.key != stem.home


def _fits(kind: str, name: str) -> bool:
    if name == "hasDepositOf":
        return kind in ("Country", "Place", "Facility", *MATERIALS)
    if name == "stockpiles":
        return kind in ("Country", "Organization", "GovernmentBody", "Company", *MATERIALS)
    return kind in ("Country", "Company", "Facility", *MATERIALS)


def observe(line: Line, stem: Stem, row: Row, material: str, reading: SectionReading) -> None:
    for number, (quantity, kind) in enumerate(zip(row.figures, row.kinds, strict=True)):
        if kind not in ("mass", "percent"):
            continue
        year = _year(stem, row, number)
        measure = "Share" if kind == "percent" else stem.measure
        if kind == "percent" and _SIGNED.search(line.text[: row.spans[number][0]]):
            measure = "Change"
        reading.observations.append(_observation(line, stem, row, number, material, measure, quantity, year))


def _observation(
    line: Line, stem: Stem, row: Row, number: int, material: str, measure: str, quantity: Quantity, year: str | None
) -> Observation:
    place = _evidence(line, row.spans[number])
    return Observation(material, measure, quantity, place, said_by=stem.source, time=year, confidence=0.85, frame="row")
