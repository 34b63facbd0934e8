"""Statements in the order of the words: places side by side, places that open a sentence, state-owned firms."""

from __future__ import annotations

import pytest

from kg.build import Extractor
from kg.records import Document


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    """Rules alone: what the trained readers add is not asked here."""
    return frames_only


def _statements(extractor: Extractor, text: str) -> set[str]:
    found = extractor(Document("d", text, "d.txt", published="2025-06-15"))
    names = {entity.key: {entity.label, *entity.alt_labels} for entity in found.entities}
    return {f"{s} {c.property} {o}" for c in found.claims for s in names[c.subject] for o in names[c.object]}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The plant in Gebeng, Malaysia, closed.", "Gebeng locatedIn Malaysia"),
        ("The Malaysian state of Kelantan wants a plant.", "Kelantan partOf Malaysia"),
        ("The Finnish town of Kokkola has a refinery.", "Kokkola locatedIn Finland"),
        ("In Canada, Cameco runs Cigar Lake.", "Cigar Lake locatedIn Canada"),
        ("The Kansanshi mine (First Quantum) stopped.", "First Quantum operates Kansanshi mine"),
        ("The London consultancy Project Blue disagreed.", "Project Blue locatedIn London"),
    ],
)
def test_order_of_words_states(extractor: Extractor, text: str, stated: str) -> None:
    assert stated in _statements(extractor, text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Mines in Perth, Chile and Peru closed.", "Perth locatedIn Chile"),
        ("In Canada, traders spoke of the Grasberg mine in Indonesia.", "Grasberg mine locatedIn Canada"),
        ("The Kansanshi mine (which First Quantum praised) stopped.", "First Quantum operates Kansanshi mine"),
    ],
)
def test_lists_and_other_homes_state_nothing(extractor: Extractor, text: str, absent: str) -> None:
    assert absent not in _statements(extractor, text)
