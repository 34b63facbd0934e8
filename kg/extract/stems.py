"""Stems of rows: what a heading, a caption or the words before a colon say of the figures under them.

Comes in: a line and its words. Goes out: a stem with property, measure, unit, years, material and source, None where the
words name no relation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.annotate.annotation import Annotated
from kg.extract.rows import MATERIALS, Line

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
    r"(?P<many>thousands?|'?000|millions?)?\s*(?:of\s+)?(?P<unit>metric tons|metric tonnes|metric tonnes|tonnes|tons|kilotonnes|kilograms|kilogrammes|troy ounces|ounces|oz|koz|moz|carats|%|percent|per cent|kt|mt|kg|\bt\b|pounds|lb)(?![a-z])",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCE = ("GovernmentBody", "Organization", "InternationalOrganization")


@dataclass(slots=True)
class Stem:
    """What rows under it state: the property, and the unit, time, material and source that they share."""

    property: str
    measure: str
    unit: str
    years: tuple[str, ...]
    material: str | None
    source: str | None
    home: str | None
    columns: tuple[Stem, ...] = ()


def unit_of(text: str) -> str:
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


def make_stem(annotated: Annotated, found: list[Line], line: Line, text: str, unit: str, mined: bool) -> Stem | None:
    hit = next(((name, measure) for pattern, name, measure in _STEMS if pattern.search(text)), None)
    if hit is None or not hit[0] or len(text.split()) > 16:
        return None
    name, measure = hit
    if name == "produces" and mined:
        name = "mines"
    years = tuple(_YEAR.findall(re.sub(r"\b(?:19|20)\d\d\s*[–—-]\s*(?:19|20)?\d\d\b", "", text)))
    bodies = line.of_type(_SOURCE, 0, len(text))
    home = next((n.key for n in line.of_type(("Country",), 0, len(text))), None)
    share = "%" if re.search(r"\bshares?\b|per ?cent", text, re.I) and not unit_of(text) else ""
    return Stem(
        name,
        measure,
        unit_of(text) or share or unit,
        years,
        _material(annotated, line, text),
        bodies[-1].key if bodies and "(" in text[: bodies[-1].start] else None,
        home or _home(found, line),
    )


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
