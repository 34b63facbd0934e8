"""What a section or a whole document is about, for figures that name no material ("mined 49,000 tonnes").

A heading that is a material ("COBALT") rules its section, a label ("Cobalt. Output rose.") its paragraph; else the material named most often, where it clearly leads.
"""

from __future__ import annotations

from collections import Counter

from kg.annotate.annotation import AnnotatedUnit, Draft
from kg.records import Document

_MATERIALS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup")
_NUMBERING = frozenset(["chapter", "section", "part", "annex", "lot", "and"])


def set_topics(document: Document, units: list[AnnotatedUnit], drafts: dict[str, Draft]) -> None:
    """Give every unit the key of the material its section or paragraph speaks of, or None."""
    overall = _leading(units, document)
    section: str | None = None
    local: str | None = None
    paragraph = -1
    for unit in units:
        sentence = unit.unit.sentence
        if sentence.paragraph != paragraph:
            paragraph, local = sentence.paragraph, _label_topic(unit)
        if sentence.kind == "heading" and (found := _covering(unit)):
            section = found
        unit.topic = local or section or overall


def _covering(unit: AnnotatedUnit) -> str | None:
    """The first material of a unit, at least half of whose words are materials, numbering left out."""
    found = [ref for ref in unit.refs if ref.type in _MATERIALS]
    words = [token for token in unit.doc if token.is_alpha and token.lower_ not in _NUMBERING]
    covers = bool(found) and sum(ref.end - ref.start for ref in found) >= 0.5 * len(words)
    return found[0].keys[0] if covers else None


def _label_topic(unit: AnnotatedUnit) -> str | None:
    """The material that the first words of a paragraph name by themselves: 'Gallium. …', 'Gallium: …'."""
    short = unit.unit.aside == "head" or (len(unit.doc) <= 5 and unit.unit.sentence.text.endswith("."))
    return _covering(unit) if short else None


def _leading(units: list[AnnotatedUnit], document: Document) -> str | None:
    counts: Counter[str] = Counter()
    for unit in units:
        weight = 4 if unit.unit.sentence.kind == "headline" or unit.unit.sentence.index == 0 else 1
        for ref in unit.refs:
            if ref.type in _MATERIALS and ref.how != "coreference":
                counts[ref.keys[0]] += weight
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= 3 and ranked[0][1] >= 1.5 * second else None
