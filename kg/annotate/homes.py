"""Where a text says that its things are at home: 'Swiss trader Mercata', 'Kestrel Tin of Canada'.

Comes in: annotated units with names. Goes out: Draft.country where unknown, and the seats of firms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref

_SEATED = ("Company", "Organization", "GovernmentBody", "InternationalOrganization")
_PLACES = ("Country", "Place")


def learn_homes(units: Iterable[AnnotatedUnit], drafts: dict[str, Draft]) -> dict[str, str]:
    """Set the home countries that the text shows; return the seat (a place's key) of each body it seats."""
    seats: dict[str, str] = {}
    for unit in units:
        for ref in unit.refs:
            if len(ref.keys) != 1 or drafts[ref.keys[0]].type not in _SEATED or not drafts[ref.keys[0]].named:
                continue
            draft = drafts[ref.keys[0]]
            for place in _seats(unit, ref, drafts):
                seats.setdefault(draft.key, place)
                draft.country = draft.country or _country_of(drafts[place])
            for country in _nationalities(unit, ref, drafts):
                draft.country = draft.country or country
    return seats


def _country_of(place: Draft) -> str | None:
    if place.type == "Country":
        return place.key
    return place.country or (place.term.part_of if place.term else None)


def _at(unit: AnnotatedUnit, index: int, drafts: dict[str, Draft], types: tuple[str, ...]) -> Ref | None:
    ref = unit.ref_at(index) if 0 <= index < len(unit.doc) else None
    return ref if ref is not None and drafts[ref.keys[0]].type in types else None


def _seats(unit: AnnotatedUnit, ref: Ref, drafts: dict[str, Draft]) -> Iterator[str]:
    """'X, (which is) based in Perth', 'Perth-based X', 'the Perth-based miner X'."""
    doc = unit.doc
    for token in doc[max(0, ref.start - 4) : ref.end + 6]:
        if token.lower_ not in ("based", "headquartered") or ref.start <= token.i < ref.end:
            continue
        before = token.i < ref.start
        link = doc[token.i - 1].text if before else doc[token.i : token.i + 2].text.lower()
        place = _at(unit, token.i - 2 if before else token.i + 2, drafts, _PLACES)
        if place and (link == "-" if before else link.endswith((" in", " at"))):
            yield place.keys[0]


def _nationalities(unit: AnnotatedUnit, ref: Ref, drafts: dict[str, Draft]) -> Iterator[str]:
    doc = unit.doc
    yield from _before(unit, ref, drafts)
    after = doc[ref.end].lower_ if ref.end < len(doc) else ""
    if after == "of" and (country := _at(unit, ref.end + 1, drafts, ("Country",))) and not country.adjectival:
        yield country.keys[0]
    if after in (",", "is", "was") and ref.end + 2 < len(doc) and doc[ref.end + 1].lower_ in ("a", "an", "the"):
        country = _at(unit, ref.end + 2, drafts, ("Country",))
        if (
            country
            and country.adjectival
            and (noun := _noun_after(unit, country.end)) is not None
            and noun != "subsidiary"
        ):
            yield country.keys[0]


def _before(unit: AnnotatedUnit, ref: Ref, drafts: dict[str, Draft]) -> Iterator[str]:
    """'Swiss trader Mercata', 'Canada's Ivanhoe Mines': the country, then lower-case words, then the name."""
    doc = unit.doc
    index = ref.start - 1
    while index >= max(0, ref.start - 4) and doc[index].pos_ in ("NOUN", "ADJ") and unit.ref_at(index) is None:
        index -= 1
    if index < 0:
        return
    possessive = doc[index].lower_ in ("'s", "’s")
    country = _at(unit, index - 1 if possessive else index, drafts, ("Country",))
    if country and country.adjectival != possessive:
        yield country.keys[0]


def _noun_after(unit: AnnotatedUnit, start: int) -> str | None:
    """The head noun of an apposition that goes on at `start`: 'a South African mining *company*'."""
    for token in unit.doc[start : start + 5]:
        if token.pos_ == "NOUN" and token.dep_ not in ("compound", "amod"):
            return str(token.lemma_.lower())
    return None
