"""Stand-ins for names and figures, so that the parser reads words it knows.

The statistical parser was trained on general news: a rare name ('Cameco runs Cigar Lake') or a long figure ('up to US$970
million') often makes it take a verb for a noun. Each known name becomes one common word of its kind, each figure a plain
one, and the unit is parsed again; offsets, references and the words shown to the reader stay those of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.quantities import QuantityMention
from kg.annotate.segments import Unit

_STAND_INS: dict[str, tuple[str, ...]] = {
    "Country": ("China", "France", "Japan", "Canada", "Russia", "Brazil"),
    "Place": ("Paris", "London", "Texas", "Florida", "Boston", "Chicago"),
    "Person": ("Clinton", "Johnson", "Smith", "Brown"),
    "Official": ("Clinton", "Johnson", "Smith", "Brown"),
    "Company": ("Microsoft", "Boeing", "Sony", "Intel", "Google", "Toyota"),
    "Organization": ("Greenpeace", "Harvard", "Yale"),
    "GovernmentBody": ("Congress", "NASA", "Parliament"),
    "InternationalOrganization": ("NATO", "OPEC"),
    "Facility": ("Disneyland", "Heathrow", "Alcatraz"),
    "Programme": ("Medicare", "Medicaid"),
    "Agreement": ("NAFTA",),
    "Policy": ("NAFTA",),
}
_COMMON = {  # (one, many) for things that are common nouns
    "ChemicalElement": ("copper", "metals"),
    "Mineral": ("copper", "metals"),
    "Compound": ("copper", "metals"),
    "MaterialGroup": ("copper", "metals"),
    "Product": ("machine", "machines"),
    "Application": ("farming", "farming"),
}
_HOMOGRAPHS = frozenset("mines exports imports supplies ships stockpiles processes needs buys hoards".split())
_DOERS = ("Country", "Company", "Facility", "Organization", "GovernmentBody", "InternationalOrganization")
_FIGURES = {"percent": "ten percent", "points": "ten points", "mass": "ten tons", "money": "$10 million"}


@dataclass(slots=True)
class Piece:
    """Characters `start` to `end` of a unit's text, to be shown to the parser as `text`."""

    start: int
    end: int
    text: str


def mask(
    unit: AnnotatedUnit, drafts: dict[str, Draft], figures: Iterable[QuantityMention]
) -> tuple[Unit, list[Piece]] | None:
    """The unit as the parser should see it, with the pieces that were replaced; None where nothing is."""
    pieces = [*_names(unit, drafts), *_figures(unit, figures)]
    pieces.sort(key=lambda piece: piece.start)
    chosen: list[Piece] = []
    for piece in pieces:
        if not chosen or piece.start >= chosen[-1].end:
            chosen.append(piece)
    if not chosen:
        return None
    return _rewrite(unit.unit, chosen), chosen


def _names(unit: AnnotatedUnit, drafts: dict[str, Draft]) -> Iterable[Piece]:
    used: dict[str, int] = {}
    for ref in unit.refs:
        if ref.adjectival:
            continue
        first, last = unit.doc[ref.start], unit.doc[ref.end - 1]
        start, end = first.idx, last.idx + len(last.text)
        kind = drafts[ref.keys[0]].type
        if kind in _COMMON:
            text = _common(unit, ref, kind)
            if _after_homograph(unit, ref, drafts):
                text = f"the {text or unit.unit.text[start:end]}"
        else:
            choices = _STAND_INS.get(kind)
            if choices is None:
                continue
            key = ref.keys[0]
            number = used.setdefault(kind + key, sum(1 for known in used if known.startswith(kind)))
            text = choices[number % len(choices)]
        if text and text != unit.unit.text[start:end]:
            yield Piece(start, end, text)


def _after_homograph(unit: AnnotatedUnit, ref: Ref, drafts: dict[str, Draft]) -> bool:
    """Whether a good stands behind a word that is a verb there but looks like a noun: 'Chile mines lithium'.

    With an article before the good the parser sees the verb.
    """
    if ref.start < 2 or unit.doc[ref.start - 1].text not in _HOMOGRAPHS:
        return False
    owner = next((other for other in unit.refs if other.end == ref.start - 1), None)
    return owner is not None and drafts[owner.keys[0]].type in _DOERS and not owner.adjectival


def _common(unit: AnnotatedUnit, ref: Ref, kind: str) -> str | None:
    """Several words, or one the model has no vector for, become one common noun of the same number."""
    last = unit.doc[ref.end - 1]
    if ref.end - ref.start == 1 and last.has_vector:
        return None
    follower = unit.doc[ref.end] if ref.end < len(unit.doc) else None
    if follower is not None and follower.text == "-" and not last.whitespace_:
        return None
    one, many = _COMMON[kind]
    modifies = follower is not None and follower.pos_ == "NOUN" and follower.text.islower()
    text = many if last.text.endswith("s") and not last.text.endswith("ss") and not modifies else one
    return text.capitalize() if ref.start == 0 and unit.doc[0].text[:1].isupper() else text


def _figures(unit: AnnotatedUnit, figures: Iterable[QuantityMention]) -> Iterable[Piece]:
    text = unit.unit.text
    for mention in figures:
        stand_in = _FIGURES.get(mention.kind)
        seen = text[mention.span.start : mention.span.end]
        if (
            stand_in
            and not mention.parenthetical
            and not seen.endswith("-")
            and text[mention.span.end : mention.span.end + 1] != "-"
        ):
            yield Piece(mention.span.start, mention.span.end, stand_in)


def _rewrite(unit: Unit, pieces: list[Piece]) -> Unit:
    text, offsets = "", []
    last = 0
    anchor = unit.anchor_length
    for piece in pieces:
        text += unit.text[last : piece.start]
        offsets += unit.offsets[last : piece.start]
        old = unit.offsets[piece.start : piece.end]
        offsets += [old[min(i, len(old) - 1)] for i in range(len(piece.text) - 1)] + [old[-1]]
        text += piece.text
        if piece.end <= unit.anchor_length:
            anchor += len(piece.text) - (piece.end - piece.start)
        last = piece.end
    text += unit.text[last:]
    offsets += unit.offsets[last:]
    return replace(unit, text=text, offsets=offsets, anchor_length=anchor)


def shift(position: int, pieces: list[Piece]) -> int:
    """Where a character of the unit's text stands in the masked text; inside a piece, its beginning."""
    moved = position
    for piece in pieces:
        if position >= piece.end:
            moved += len(piece.text) - (piece.end - piece.start)
        elif position > piece.start:
            return moved - (position - piece.start)
    return moved
