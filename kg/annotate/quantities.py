"""Figures with their units: the text of an article in, its quantities by position out.

A grammar of regular expressions over plain text; it needs no parse. Dates, years, durations, ages, ordinals
and numbers that are part of a name ("F-35", "Section 232") are not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.annotate.comparators import compared
from kg.annotate.fractions import find_shares
from kg.annotate.nouns import counted_noun
from kg.annotate.numbers import Figure, find_figures
from kg.annotate.overlap import longest
from kg.annotate.units import DENOMINATORS, UNIT_SYMBOLS, UNIT_WORDS, Unit
from kg.records import Quantity, TextSpan


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity in the text.

    `span` covers the number, its unit and its comparator. `kind` is percent, points, mass, money, count, energy,
    length, area, volume or multiple. `per` is the denominator ("TONNE", "YR"; NUM for "apiece"), which lies behind
    the span. `parenthetical` marks a conversion, in brackets, of the quantity before it; `measured` is the noun
    that a count counts.
    """

    span: TextSpan
    quantity: Quantity
    kind: str
    per: str | None = None
    parenthetical: bool = False
    measured: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure with its unit: its value is `raw * scale * unit.factor`."""

    start: int
    end: int
    raw: float
    scale: float
    unit: Unit | None
    figure: Figure
    tail: int  # behind the unit and its denominator
    per: str | None = None

    @property
    def value(self) -> float:
        return _tidy(self.raw * self.scale * (self.unit.factor if self.unit else 1))


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")


def _alternatives(spellings: list[str]) -> str:
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(re.escape(spelling).replace(r"\ ", r"[ \u00a0-]") for spelling in longest_first)


def _spelling(word: str) -> str:
    """A unit as the tables spell it, with plain spaces: see _alternatives."""
    return re.sub(r"[\u00a0-]", " ", word.lower())


_END = r"(?![A-Za-z0-9²³]|-[a-z]*ed\b)"
_UNIT = re.compile(
    rf"[ \u00a0\u2009\u202f]?-?(?P<m>m[ \u00a0])?(?:(?P<symbol>{_alternatives(list(UNIT_SYMBOLS))})"
    rf"|(?P<word>(?i:{_alternatives(list(UNIT_WORDS))}))){_END}"
)
# Not the "a year" of "84 million a year earlier".
_PER = re.compile(
    rf"(?: an? | per |[ -](?:an?|per)-| for each | each | ?/ ?)(?P<word>(?i:{_alternatives(list(DENOMINATORS))}))"
    r"(?![\w-])(?! (?:earlier|ago|later|before|after)\b)"
)
_APIECE = re.compile(r" (?P<word>apiece|each|annually|yearly|daily|monthly)\b")
_ADVERBS = {"apiece": "NUM", "each": "NUM", "annually": "YR", "yearly": "YR", "daily": "DAY", "monthly": "MO"}
_ONE_UNIT = re.compile(rf"\b(?P<article>an?) (?:{_alternatives(['tonne', 'ton', 'kilogram', 'gram', 'kilo'])}) of\b")

# "rose from 17 to 19 per cent": two figures of two times, not a range.
_CHANGE = re.compile(
    r"\b(?:(?:increas|grow|climb|jump|surg|soar|gain|rall|declin|decreas|plung|tumbl|dwindl|shrink|reduc|boost"
    r"|doubl|tripl|expand|drop|accelerat|swell)\w*|ris(?:e|es|en|ing)|rose|grew|f[ae]ll(?:s|en|ing)?|sl[ia]d(?:e|es|ing)?"
    r"|slip(?:s|ped)?|s[aiu]nk|shr[au]nk|cut(?:s|ting)?|lower(?:s|ed|ing)?|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|hik(?:e|es|ed|ing)"
    r"|chang(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|went|go|goes|going|up|down|sw[iu]ng|eas(?:e|es|ed|ing)"
    r"|slow(?:s|ed))\b[^.;]*$",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s?[-–—−]\s?| to | and | or ")


def _unit_after(text: str, position: int, figure: Figure) -> tuple[Unit | None, int, float]:
    """The unit at `position`, the offset behind it, and the scale of an "m" before it ("5m tonnes")."""
    found = _UNIT.match(text, position)
    if not found:
        return None, position, 1.0
    if found["m"] and not figure.digits:
        return None, position, 1.0
    unit = UNIT_SYMBOLS[found["symbol"]] if found["symbol"] else UNIT_WORDS[_spelling(found["word"])]
    return unit, found.end(), 1e6 if found["m"] else 1.0


def _read(text: str, figure: Figure, dollar: str) -> _Reading:
    """The figure with the unit behind it, or the currency before it, and what it is counted by."""
    unit, end, scale = _unit_after(text, figure.end, figure)
    if figure.currency and (unit is None or unit.kind != "money"):
        unit, end, scale = Unit("money", figure.currency), figure.end, 1.0
    if unit and unit.name == "CCY_":
        unit = replace(unit, name=dollar)
    per, tail = _denominator(text, end) if unit else (None, end)
    if unit and unit.per:
        per = unit.per
    return _Reading(figure.start, end, figure.raw, figure.scale * scale, unit, figure, tail, per)


def _denominator(text: str, position: int) -> tuple[str | None, int]:
    if found := _PER.match(text, position):
        return DENOMINATORS[_spelling(found["word"])], found.end()
    if found := _APIECE.match(text, position):
        return _ADVERBS[found["word"]], found.end()
    return None, position


def _mention(text: str, reading: _Reading, measured: TextSpan | None = None) -> QuantityMention:
    start, end, comparator = compared(text, reading.start, reading.end)
    unit = reading.unit or Unit("count", "NUM")
    quantity = Quantity(text[start:end], unit.name, value=reading.value, comparator=comparator)
    return QuantityMention(TextSpan(start, end), quantity, unit.kind, reading.per, measured=measured)


def _joined(text: str, first: _Reading, second: _Reading) -> str:
    """The word or dash between two neighbouring readings, '' where something else stands there."""
    between = text[first.end : second.start]
    return (between.strip() or "-") if _JOIN.fullmatch(between) else ""


def _is_change(text: str, start: int) -> bool:
    """Whether the figure at `start` opens a "from A to B" of two times."""
    before = text[max(0, start - 80) : start]
    return bool(_CHANGE.search(before.removesuffix("from ").removesuffix("From ")))


def _harmonised(first: _Reading, second: _Reading) -> _Reading | None:
    """`first` with the unit and scale that it shares with `second`; None where the two cannot be one range."""
    unit = second.unit
    if first.unit and unit and (first.unit.kind, first.unit.name) != (unit.kind, unit.name):
        return None
    if first.figure.looks_like_year and not first.unit and (unit or not second.figure.looks_like_year):
        return None
    scale = second.scale if first.scale == 1 and first.raw < 1000 and first.raw <= second.raw else first.scale
    return replace(first, unit=first.unit or unit, scale=scale)


def _range(text: str, first: _Reading, second: _Reading) -> list[QuantityMention]:
    """One mention for a range ("25-30 percent"), two for a change ("from 17 to 19 per cent"), none otherwise."""
    join = _joined(text, first, second)
    if second.unit is None and first.unit and first.unit.kind == "money" and second.scale > 1:
        second = replace(second, unit=first.unit)  # "$2-3 billion"
    left = _harmonised(first, second) if join else None
    lead = text[max(0, first.start - 9) : first.start].lower()
    if left is None or join == "or" or (join == "and" and not lead.endswith("between ")):
        return []
    measured = None if second.unit else _count_noun(text, second)
    if second.unit is None and (measured is None or first.unit):
        return []
    if second.unit and second.unit.kind not in _RANGED:
        return []
    changes = join == "to" and (lead.endswith("from ") or bool(first.unit)) and _is_change(text, first.start)
    if changes or left.value >= second.value:
        return [_mention(text, left), _mention(text, second, measured)] if join == "to" else []
    return [_range_mention(text, left, second, measured)]


_RANGED = {"percent", "points", "mass", "money", "energy", "length", "area", "volume"}


def _range_mention(text: str, first: _Reading, second: _Reading, measured: TextSpan | None) -> QuantityMention:
    start, end, comparator = compared(text, first.start, second.end)
    lead = re.search(r"\b(?:between|from)\s$", text[max(0, start - 9) : start], re.IGNORECASE)
    start -= len(lead[0]) if lead else 0
    unit = second.unit or Unit("count", "NUM")
    comparator = comparator if comparator == "About" else "Exactly"
    quantity = Quantity(text[start:end], unit.name, minimum=first.value, maximum=second.value, comparator=comparator)
    return QuantityMention(TextSpan(start, end), quantity, unit.kind, second.per, measured=measured)


def _count_noun(text: str, reading: _Reading) -> TextSpan | None:
    """The noun that a bare figure counts, None where the figure is no count."""
    figure = reading.figure
    if figure.looks_like_year or figure.currency or reading.value <= 1:
        return None
    end = compared(text, reading.start, reading.end)[1]
    return counted_noun(text, reading.start, end)


# "then Namibia with 12": the unit of the share before it in the same sentence is understood.
_ELLIPTIC = re.compile(
    r"\b(?:with|to|from|processes|refines|produces|mines|against)\s(?:about |around |some |nearly )?$"
)
_CLOSES = re.compile(r"\s?(?:[.,;:)]|$| and\b| or\b| in \d{4}\b)")
_LISTED = re.compile(r"(?:, | and |, and )$")


def _elliptic(text: str, reading: _Reading, before: QuantityMention | None) -> QuantityMention | None:
    if not before or before.kind != "percent" or reading.unit or reading.figure.looks_like_year or reading.scale != 1:
        return None
    if reading.start - before.span.end > 160 or reading.value > 100:
        return None
    between = text[before.span.end : reading.start]
    if re.search(r"[.!?]\s|\n", between):
        return None
    if not _ELLIPTIC.search(between) or not _CLOSES.match(text, reading.end):
        return None
    return _mention(text, replace(reading, unit=Unit("percent", "PERCENT")))


def _list_unit(text: str, readings: list[_Reading], index: int) -> Unit | None:
    """The unit of a bare figure in a list of which only the last bears it: "60, 70 and 80 percent"."""
    for left, right in pairwise(readings[index : index + 8]):
        if left.figure.looks_like_year or not _LISTED.fullmatch(text[left.end : right.start]):
            return None
        if right.unit:
            return right.unit if right.unit.kind in {"percent", "mass"} else None
    return None


def _from_figures(text: str, dollar: str) -> Iterator[QuantityMention]:
    readings = [_read(text, figure, dollar) for figure in find_figures(text)]
    index, last = 0, None
    while index < len(readings):
        reading = readings[index]
        pair = _range(text, reading, readings[index + 1]) if index + 1 < len(readings) else []
        if pair:
            yield from pair
            index, last = index + 2, pair[-1]
            continue
        if mention := _single(text, readings, index, last):
            yield mention
            last = mention
        index += 1


_AGE = re.compile(r"[ -]old\b")


def _single(text: str, readings: list[_Reading], index: int, last: QuantityMention | None) -> QuantityMention | None:
    reading = readings[index]
    if reading.unit is None and (unit := _list_unit(text, readings, index)):
        reading = replace(reading, unit=unit)
    if reading.unit:
        return None if _AGE.match(text, reading.end) else _mention(text, reading)
    if elliptic := _elliptic(text, reading, last):
        return elliptic
    measured = _count_noun(text, reading)
    return _mention(text, reading, measured) if measured else None


def _one_units(text: str) -> Iterator[QuantityMention]:
    """ "up to a kilogram of neodymium": the article is the number one."""
    for found in _ONE_UNIT.finditer(text):
        if compared(text, found.start(), found.end())[2] == "Exactly":
            continue  # "$5 a tonne of ore", "a tonne of trouble"
        figure = Figure(found.start(), found.end("article"), 1.0, 1.0)
        yield _mention(text, _read(text, figure, ""))


_MULTIPLES = {"halved": 0.5, "doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "twofold": 2.0}
_MULTIPLES |= {
    "threefold": 3.0,
    "fourfold": 4.0,
    "fivefold": 5.0,
    "sixfold": 6.0,
    "tenfold": 10.0,
    "hundredfold": 100.0,
}
_TIMES = re.compile(r"(?: times|-?fold)\b(?! a\b| an\b)")


def _multiples(text: str) -> Iterator[QuantityMention]:
    for found in re.finditer(rf"\b(?:{'|'.join(_MULTIPLES)})\b", text, re.IGNORECASE):
        yield _multiple(text, found.start(), found.end(), _MULTIPLES[found[0].lower()])
    for figure in find_figures(text):
        if (times := _TIMES.match(text, figure.end)) and figure.raw * figure.scale > 1 and not figure.currency:
            yield _multiple(text, figure.start, times.end(), _tidy(figure.raw * figure.scale))


def _multiple(text: str, start: int, end: int, value: float) -> QuantityMention:
    start, end, comparator = compared(text, start, end)
    return QuantityMention(
        TextSpan(start, end), Quantity(text[start:end], "NUM", value, comparator=comparator), "multiple"
    )


def _shares(text: str) -> Iterator[QuantityMention]:
    for span, value in find_shares(text):
        start, end, comparator = compared(text, span.start, span.end)
        quantity = Quantity(text[start:end], "PERCENT", value, comparator=comparator)
        yield QuantityMention(TextSpan(start, end), quantity, "percent")


def _is_conversion(text: str, before: QuantityMention, mention: QuantityMention) -> bool:
    """ "400 kilograms (880 pounds)": the same kind in another unit, in brackets right behind."""
    between = text[before.span.end : mention.span.start]
    opens = re.fullmatch(r"[^().;\n]{0,30}\((?:or |equal to |equivalent to |the equivalent of )?", between)
    same = before.kind == mention.kind and before.quantity.unit != mention.quantity.unit
    return bool(opens) and same and mention.kind != "count"


def find_quantities(text: str, dollar: str = "CCY_USD") -> list[QuantityMention]:
    """The quantities of the text by position, none overlapping another; a bare "$" is in unit `dollar`."""
    found = [*_from_figures(text, dollar), *_shares(text), *_one_units(text), *_multiples(text)]
    mentions = longest(found)
    return [
        replace(mention, parenthetical=index > 0 and _is_conversion(text, mentions[index - 1], mention))
        for index, mention in enumerate(mentions)
    ]
