"""Lines of figures: who stands beside which figure in 'Chile, 49,000 t; China, 41,000 t' and in rows of a table.

Comes in: a sentence or line of the text with the names found in it. Goes out: rows, each a holder and its figures, or
nothing where the line says anything besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.quantities import find_quantities
from kg.annotate.segments import Sentence
from kg.records import Quantity, TextSpan

MATERIALS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup")
HOLDERS = ("Country", "Company", "Place", "Facility", "InternationalOrganization", "Organization", "GovernmentBody")
KINDS = ("mass", "percent", "volume", "energy")
_ABOUT = (
    r"(?:about|around|approximately|nearly|almost|some|roughly|an estimated|estimated|est\.|over|"
    r"more than|at least|up to|at|with|~|≈|c\.)"
)
_LEAD = re.compile(rf"[\s:,–—|=.…(•-]*(?:(?:global|world|total|worldwide)\b[\s:,–—-]*)?(?:{_ABOUT}\s*)?(?:from\s+)?$")
_NUMBER = re.compile(r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TAIL = re.compile(
    r"(?:[\s,;:.)(*|/–—•+-]|\d[\d.,]*%?|%|\b(?:and|or|the|then|while|followed by|percent|per cent|"
    r"of (?:the )?(?:world )?total|e|r|est\.?|"
    r"tonnes?|tons?|t|kt|kg|others?|other countries|all other countries|rest of (?:the )?world|world total|total|unknown|unspecified|negligible|up|down|from)\b)*$",
    re.I,
)
# what is left over counts for nobody: "and other countries, 58%"
_REST = re.compile(
    r"(?:\band\s+)?\b(?:all\s+)?(?:others?\b|other countries|the rest|rest of (?:the )?world|world total|total|unknown)\b",
    re.I,
)
_COLUMN = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_RANK = re.compile(r"^\s*(?:[•●▪◦*·‣›–—-]\s+|\(?\d{1,2}[.)]\s+|the\s+)*$", re.I)


@dataclass(frozen=True, slots=True)
class Held:
    """A name in a line: offsets in the line's text, the entity it stands for and its type."""

    start: int
    end: int
    key: str
    type: str
    adjectival: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A holder with its figures in order; `spans` are the figures' places in the line."""

    holder: Held
    figures: tuple[Quantity, ...]
    kinds: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with everything found in it, whichever parse unit found it."""

    sentence: Sentence
    units: tuple[AnnotatedUnit, ...]
    names: tuple[Held, ...]

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.sentence.text

    def span(self, start: int, end: int) -> TextSpan:
        """The document span of characters `start` to `end` of the line."""
        return TextSpan(self.sentence.span.start + start, self.sentence.span.start + end)

    def of_type(self, kinds: tuple[str, ...], start: int = 0, end: int | None = None) -> list[Held]:
        """The names of given types within a part of the line."""
        stop = len(self.text) if end is None else end
        return [name for name in self.names if name.type in kinds and name.start >= start and name.end <= stop]


def lines(annotated: Annotated) -> list[Line]:
    """The document's sentences in order, with the names of all their units."""
    grouped: dict[int, list[AnnotatedUnit]] = {}
    for unit in annotated.units:
        grouped.setdefault(unit.unit.sentence.index, []).append(unit)
    return [Line(units[0].unit.sentence, tuple(units), tuple(_names(units))) for _, units in sorted(grouped.items())]


def _names(units: list[AnnotatedUnit]) -> list[Held]:
    found: dict[tuple[int, int], Held] = {}
    for unit in units:
        sentence = unit.unit.sentence
        for ref in unit.refs:
            place = unit.span(ref.start, ref.end)
            if len(ref.keys) == 1 and sentence.span.contains(place):
                start, end = place.start - sentence.span.start, place.end - sentence.span.start
                found.setdefault((start, end), Held(start, end, ref.keys[0], ref.type, ref.adjectival))
    return sorted(found.values(), key=lambda name: (name.start, -name.end))


def rows(line: Line, start: int, unit: str) -> list[Row]:
    """The rows of a line from character `start` on; `unit` is what a bare figure counts ('kt'), '' where unknown.

    Empty where the line holds words that belong to no row.
    """
    holders = list(_outermost(line.of_type((*HOLDERS, *MATERIALS), start)))
    if not holders or not _RANK.match(line.text[start : holders[0].start]):
        return _reversed(line, start, holders)
    found = []
    for number, holder in enumerate(holders):
        stop = holders[number + 1].start if number + 1 < len(holders) else len(line.text)
        rest = _REST.search(line.text, holder.end, stop)
        row = _row(line.text, holder, rest.start() if rest else stop, unit)
        if row is None:
            return []
        found.append(row)
    return found


def cells(text: str) -> list[str]:
    """The cells of a line set as a table row, by pipes, tabs or wide gaps; one cell where it is none."""
    return [cell.strip() for cell in _COLUMN.split(text.strip(" |\t"))]


def _outermost(names: list[Held]) -> Iterator[Held]:
    end = -1
    for name in names:
        if name.start >= end and not name.adjectival:
            yield name
            end = name.end


def _row(text: str, holder: Held, stop: int, unit: str) -> Row | None:
    chunk = text[holder.end : stop]
    figures = list(_figures(chunk, unit))
    if not figures or not _LEAD.match(chunk[: figures[0][1]]) or not _TAIL.match(chunk[figures[0][2] :]):
        return None
    spans = tuple((holder.end + begin, holder.end + end) for _, begin, end, _ in figures)
    return Row(holder, tuple(f[0] for f in figures), tuple(f[3] for f in figures), spans)


def _figures(chunk: str, unit: str) -> Iterator[tuple[Quantity, int, int, str]]:
    """The quantities of a chunk with their places; bare numbers take the unit of the stem."""
    known = [m for m in find_quantities(chunk) if m.kind in KINDS and not m.parenthetical]
    if known:
        yield from ((m.quantity, m.span.start, m.span.end, m.kind) for m in known)
        return
    if not unit:
        return
    for match in _NUMBER.finditer(chunk):
        made = find_quantities(f"{match[0]}{'' if unit == '%' else ' '}{unit}")
        if len(made) == 1 and made[0].kind in KINDS:
            yield replace(made[0].quantity, text=match[0]), match.start(), match.end(), made[0].kind


_FROM = re.compile(r"\s*(?:(?:in|from|–|—|-|,|\(|for|to)\s*)?(?:the\s+)?$")


def _reversed(line: Line, start: int, holders: list[Held]) -> list[Row]:
    """'66% from Brazil and 26% from Canada': each figure before its holder."""
    found = []
    last = start
    for holder in holders:
        chunk = line.text[last : holder.start]
        known = [m for m in find_quantities(chunk) if m.kind in KINDS and not m.parenthetical]
        if (
            len(known) != 1
            or not _FROM.match(chunk[known[0].span.end :])
            or not _TAIL.match(chunk[: known[0].span.start])
        ):
            return []
        span = (last + known[0].span.start, last + known[0].span.end)
        found.append(Row(holder, (known[0].quantity,), (known[0].kind,), (span,)))
        last = holder.end
    return found if found and _TAIL.match(line.text[last:]) else []
