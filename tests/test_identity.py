"""Descriptions that are the thing they stand beside, and those that stay things of their own."""

from __future__ import annotations

import pytest

from kg.annotate.annotate import annotate
from kg.build import Extractor
from kg.records import Document


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    return frames_only


def _facilities(extractor: Extractor, text: str) -> list[tuple[str, ...]]:
    document = Document("x", text, "x", published="2025-06-15")
    annotated = annotate(document, extractor._nlp, extractor._vocabulary, extractor.english)
    return [ref.keys for unit in annotated.units for ref in unit.refs if ref.type == "Facility"]


@pytest.mark.parametrize(
    "text",
    [
        "Silver Peak mine is the only lithium mine of Nevada.",
        "Lynas is building a separation plant at Seadrift. The plant would process dysprosium.",
        "MP Materials reopened the Mountain Pass mine. The mine lies in California.",
    ],
)
def test_a_description_of_a_thing_is_that_thing(extractor: Extractor, text: str) -> None:
    assert len(set(_facilities(extractor, text))) == 1


def test_two_of_a_kind_stay_two(extractor: Extractor) -> None:
    assert len(set(_facilities(extractor, "Glencore owns a mine in Chile and a mine in Peru."))) == 2
