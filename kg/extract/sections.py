"""Statements that structure carries: figures under a stem or heading, names before a colon, lists of members.

Comes in: an annotated document. Goes out: claims and observations, and the sentences that are nothing but rows of
figures, from which no frame should read anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.annotate.annotation import Annotated
from kg.extract.rows import HOLDERS, MATERIALS, Line, Row, cells, lines, rows
from kg.records import Claim, Evidence, Observation, Quantity

_PLACES = ("Country", "Place")
_UNIONS = ("InternationalOrganization", "Programme", "Agreement")
# what a stem's noun says of the holder: (pattern, property, measure of its figures)
_STEMS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), name, measure)
    for words, name, measure in (
        (
            r"prices?|costs?|cap(?:acity|acities)|revenues?|profits?|sales|shipments|grades?|growth|change|employment|jobs",
            "",
            "",
        ),
        (r"import (?:reliance|dependence)|reliance on imports", "dependsOn", "Share"),
        (
            r"import sources|sources of (?:\w+ )?imports|(?:main|principal|leading|top) (?:foreign )?suppliers|imports? by (?:origin|country|source)",
            "sources",
            "Share",
        ),
        (r"stockpiles?|stockpiled|stocks|inventor(?:y|ies)", "stockpiles", "Reserve"),
        (r"reserves?|resources?|deposits", "hasDepositOf", "Reserve"),
        (r"exports?|exporters?|exporting", "exports", "Sales"),
        (r"imports?|importers?|importing", "imports", "Sales"),
        (r"consumption|consumers?|demand|usage|users?", "consumes", "Demand"),
        (
            r"refin(?:ed|ery|eries|ing|ers?)|smelt(?:ed|er|ers|ing)|process(?:ed|ing|ors?)|separat(?:ed|ion)",
            "processes",
            "Production",
        ),
        (r"mine (?:production|output|supply)|mined|mining|miners?", "mines", "Production"),
        (r"production|output|produc(?:ers?|ed|ing|tion)|supply", "produces", "Production"),
    )
)
_UNIT = re.compile(
    r"(?P<many>thousands?|'?000|millions?)?\s*(?:of\s+)?(?P<unit>metric tons|metric tonnes|tonnes|tons|kilotonnes|kilograms|kilogrammes|ounces|koz|moz|carats|%|percent|per cent|kt|mt|kg|\bt\b|pounds)(?![a-z])",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCE = ("GovernmentBody", "Organization", "InternationalOrganization")


@dataclass(slots=True)
class _Stem:
    """What rows under it state: the property, and the unit, time, material and source that they share."""

    property: str
    measure: str
    unit: str
    years: tuple[str, ...]
    material: str | None
    source: str | None
    home: str | None
    columns: tuple[_Stem, ...] = ()


@dataclass(slots=True)
class SectionReading:
    """What the structure of a document states, and which sentences (by index) it has used up."""

    claims: list[Claim] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def read_sections(annotated: Annotated) -> SectionReading:
    """Everything that the document's structure states, in the order of the text."""
    reading = SectionReading()
    found = lines(annotated)
    mined = False
    unit, stem = "", None
    for line in found:
        if line.sentence.kind == "heading" and _topic_heading(line):
            unit, mined = "", False
        mined = mined or bool(re.search(r"\bmine (?:production|output|supply)\b", line.text, re.I))
        if (noted := _note(line)) is not None:
            unit = noted
            if stem is not None and not stem.unit:
                stem.unit = noted
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
    return _unit_of(inner[1]) or None


def _unit_of(text: str) -> str:
    match = _UNIT.search(text)
    if match is None:
        return ""
    many = (match["many"] or "").lower()
    scale = (
        "thousand "
        if many in ("thousand", "thousands", "000", "'000")
        else "million "
        if many.startswith("million")
        else ""
    )
    return scale + match["unit"]


def _read_line(
    annotated: Annotated,
    found: list[Line],
    line: Line,
    stem: _Stem | None,
    unit: str,
    mined: bool,
    reading: SectionReading,
) -> _Stem | None:
    """Emit what the line states; the stem that rules the next line, or None."""
    own_end = _stem_end(line)
    own = _stem(annotated, found, line, line.text[:own_end], unit, mined) if own_end else None
    if own is not None:
        read = rows(line, own_end, own.unit)
        if read:
            _emit(annotated, line, own, read, reading)
            return stem
        return own if own_end >= len(line.text.rstrip()) else None
    header = _header(annotated, found, line, stem, unit, mined)
    if header is not None:
        return header
    if stem is not None and (read := rows(line, 0, stem.unit)):
        _emit(annotated, line, stem, read, reading)
        return stem
    return _heading_stem(annotated, found, line, unit, mined)


def _stem_end(line: Line) -> int:
    """The end of a stem before the line's first colon that stands behind no figure, or 0."""
    match = re.match(r"[^:\n]{3,120}:(?=\s|$)", line.text)
    return match.end() if match else 0


def _heading_stem(annotated: Annotated, found: list[Line], line: Line, unit: str, mined: bool) -> _Stem | None:
    if line.sentence.kind not in ("heading", "headline") or len(line.text.split()) > 16:
        return None
    return _stem(annotated, found, line, line.text, unit, mined)


def _stem(annotated: Annotated, found: list[Line], line: Line, text: str, unit: str, mined: bool) -> _Stem | None:
    hit = next(((name, measure) for pattern, name, measure in _STEMS if pattern.search(text)), None)
    if hit is None or not hit[0] or len(text.split()) > 16:
        return None
    name, measure = hit
    if name == "produces" and mined:
        name = "mines"
    years = tuple(_YEAR.findall(re.sub(r"\b(?:19|20)\d\d\s*[–—-]\s*(?:19|20)?\d\d\b", "", text)))
    bodies = line.of_type(_SOURCE, 0, len(text))
    home = next((n.key for n in line.of_type(("Country",), 0, len(text))), None)
    share = "%" if re.search(r"\bshares?\b|per ?cent", text, re.I) and not _unit_of(text) else ""
    return _Stem(
        name,
        measure,
        _unit_of(text) or share or unit,
        years,
        _material(annotated, line, text),
        bodies[-1].key if bodies and "(" in text[: bodies[-1].start] else None,
        home or _home(found, line),
    )


def _header(
    annotated: Annotated, found: list[Line], line: Line, stem: _Stem | None, unit: str, mined: bool
) -> _Stem | None:
    """The stem that a table's head makes: years for the columns of the stem before it, or a stem for each column."""
    parts = cells(line.text)
    if len(parts) < 2 or line.of_type(HOLDERS):
        return None
    years = tuple(match[0] for part in parts if (match := _YEAR.search(part)))
    columns = tuple(_stem(annotated, found, line, part, stem.unit if stem else unit, mined) for part in parts[1:])
    named = [column for column in columns if column is not None]
    if named and len(named) == len(parts) - 1:
        return replace(named[0], columns=tuple(named))
    if stem is not None and len(years) == len(parts) - 1:
        return replace(stem, years=years)
    return None


def _material(annotated: Annotated, line: Line, text: str) -> str | None:
    named = line.of_type(MATERIALS, 0, len(text))
    if named:
        return named[0].key
    if re.search(r"\bthe (?:group|metals|minerals|elements)\b", text, re.I):
        groups = Counter(ref.keys[0] for unit in annotated.units for ref in unit.refs if ref.type == "MaterialGroup")
        if groups:
            return min(groups, key=lambda key: (-groups[key], key))
    return line.units[0].topic


def _home(found: list[Line], line: Line) -> str | None:
    """The country that a sheet speaks of as its own: the one its lines on domestic matters name."""
    counts: Counter[str] = Counter()
    for other in found:
        domestic = bool(re.match(r"(?:domestic|national|u\.?s\.?)\b", other.text, re.I))
        for name in other.names:
            if name.type == "Country":
                counts[name.key] += 10 if domestic else 0
    best = min(counts, key=lambda key: (-counts[key], key), default=None)
    return best if best is not None and counts[best] else None


def _emit(annotated: Annotated, line: Line, stem: _Stem, found: list[Row], reading: SectionReading) -> None:
    reading.used.add(line.sentence.index)
    for row in found:
        if len(stem.columns) > 1:
            _emit_columns(line, stem, row, reading)
            continue
        if (row.holder.type in MATERIALS and stem.property not in ("dependsOn",) and stem.home is None) or _is_total(
            line, row
        ):
            stem.material = row.holder.key
            _observe(line, stem, row, row.holder.key, reading)
            continue
        for claim in _claims(line, stem, row):
            reading.claims.append(claim)
        material = row.holder.key if row.holder.type in MATERIALS else stem.material
        if material:
            _observe(line, stem, row, material, reading)


def _emit_columns(line: Line, stem: _Stem, row: Row, reading: SectionReading) -> None:
    for number, column in enumerate(stem.columns[: len(row.figures)]):
        part = Row(
            row.holder, row.figures[number : number + 1], row.kinds[number : number + 1], row.spans[number : number + 1]
        )
        reading.claims.extend(_claims(line, column, part))
        if column.material:
            _observe(line, column, part, column.material, reading)


def _is_total(line: Line, row: Row) -> bool:
    between = line.text[row.holder.end : row.spans[0][0]]
    return row.holder.type in MATERIALS and bool(re.search(r"\b(?:world|global|total|worldwide)\b", between, re.I))


def _figure(stem: _Stem, row: Row) -> tuple[int, str | None]:
    """Which figure of a row counts, and its year: the latest of a table's years, else the first."""
    if len(stem.years) > 1 and len(stem.years) == len(row.figures):
        best = max(range(len(stem.years)), key=lambda i: stem.years[i])
        return best, stem.years[best]
    return 0, stem.years[0] if len(stem.years) == 1 else None


def _year(stem: _Stem, row: Row, number: int) -> str | None:
    if len(stem.years) == len(row.figures):
        return stem.years[number]
    return stem.years[0] if len(stem.years) == 1 else None


def _evidence(line: Line, span: tuple[int, int]) -> Evidence:
    return Evidence(line.sentence.span, line.text, line.span(*span))


def _claims(line: Line, stem: _Stem, row: Row) -> Iterator[Claim]:
    which, year = _figure(stem, row)
    place = _evidence(line, row.spans[which])
    quantity = row.figures[which]
    holder = row.holder
    given = holder.type in MATERIALS
    subject, item = (stem.home, holder.key) if given else (holder.key, stem.material)
    base = Claim("", "", "", place, said_by=stem.source, time=year, quantity=quantity, confidence=0.85, frame="row")
    if item is None or holder.type not in (*HOLDERS, *MATERIALS):
        return
    if stem.property == "sources":
        if stem.home and stem.home != holder.key and holder.type == "Country":
            yield replace(base, subject=stem.home, property="imports", object=item, origin=holder.key)
            yield replace(base, subject=holder.key, property="suppliesTo", object=stem.home, topic=item, confidence=0.7)
    elif subject is not None and subject != item and _fits(holder.type, stem.property):
        yield replace(base, subject=subject, property=stem.property, object=item)


def _fits(kind: str, name: str) -> bool:
    if name == "hasDepositOf":
        return kind in ("Country", "Place", "Facility", *MATERIALS)
    if name == "stockpiles":
        return kind in ("Country", "Organization", "GovernmentBody", "Company", *MATERIALS)
    return kind in ("Country", "Company", "Facility", *MATERIALS)


def _observe(line: Line, stem: _Stem, row: Row, material: str, reading: SectionReading) -> None:
    for number, (quantity, kind) in enumerate(zip(row.figures, row.kinds, strict=True)):
        if kind not in ("mass", "percent"):
            continue
        year = _year(stem, row, number)
        measure = "Share" if kind == "percent" else stem.measure
        reading.observations.append(_observation(line, stem, row, number, material, measure, quantity, year))


def _observation(
    line: Line, stem: _Stem, row: Row, number: int, material: str, measure: str, quantity: Quantity, year: str | None
) -> Observation:
    place = _evidence(line, row.spans[number])
    return Observation(material, measure, quantity, place, said_by=stem.source, time=year, confidence=0.85, frame="row")
