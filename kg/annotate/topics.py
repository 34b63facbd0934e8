"""What a section or a whole document is about, for figures that name no material ("mined 49,000 tonnes").

A heading that is a material ("COBALT") rules its section; else the material named most often, where it clearly leads.
"""

from __future__ import annotations

from collections import Counter

from kg.annotate.annotation import AnnotatedUnit, Draft
from kg.records import Document

_MATERIALS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup")


def set_topics(document: Document, units: list[AnnotatedUnit], drafts: dict[str, Draft]) -> None:
    """Give every unit the key of the material its section speaks of, or None."""
    overall = _leading(units, document)
    section: str | None = None
    for unit in units:
        if unit.unit.sentence.kind == "heading":
            found = [ref for ref in unit.refs if ref.type in _MATERIALS]
            covers = found and sum(ref.end - ref.start for ref in found) >= 0.5 * len(unit.doc)
            if covers:
                section = found[0].keys[0]
        unit.topic = section or overall


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
