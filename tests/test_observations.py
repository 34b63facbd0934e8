"""What a figure measures and of what, read by the real model."""

from __future__ import annotations

import pytest

from kg.build import Extractor
from kg.records import Document


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    """Rules alone: what the trained readers add is not asked here."""
    return frames_only


def _figures(extractor: Extractor, text: str) -> set[tuple[str, str, float | None]]:
    found = extractor(Document("d", text, "d.txt", published="2025-06-15"))
    labels = {entity.key: entity.label for entity in found.entities}
    return {(labels[o.entity].lower(), o.measure, o.quantity.value) for o in found.observations}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Glencore's net profit fell 90 percent.", ("glencore", "Change", 90)),
        ("Lithium carbonate cost $14,000 a tonne on average in 2024.", ("lithium carbonate", "Price", 14000)),
        ("Albemarle bought 20 percent of Liontown.", ("liontown resources", "Share", 20)),
        ("Rio Tinto acquired Arcadium Lithium for $6.7 billion in March.", ("arcadium lithium", "Price", 6.7e9)),
        ("Batteries took 87 percent of lithium demand.", ("lithium", "Demand", 87)),
        ("The rare earths are a group of 17 metals.", ("rare earths", "Count", 17)),
        ("Chile holds 9.3 million tonnes of lithium reserves.", ("lithium", "Reserve", 9.3e6)),
    ],
)
def test_measure_and_entity(extractor: Extractor, text: str, wanted: tuple[str, str, float]) -> None:
    assert wanted in _figures(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Two workers and three trucks arrived at the copper mine.",
        "Analysts at 12 banks expect copper to do well.",
        "The mine has two shafts and 40 offices.",
    ],
)
def test_plain_plurals_count_for_nothing(extractor: Extractor, text: str) -> None:
    assert not [figure for figure in _figures(extractor, text) if figure[1] == "Count"]


def test_list_goes_on_with_the_same_measure(extractor: Extractor) -> None:
    text = (
        "Congo mined 220,000 tonnes of cobalt, followed by Indonesia with 28,000 tonnes and Russia with 8,700 tonnes."
    )
    assert {("cobalt", "Production", value) for value in (220000, 28000, 8700)} <= _figures(extractor, text)


def test_rise_has_both_its_ends(extractor: Extractor) -> None:
    text = "World production of rare earths rose from 200,000 tonnes in 2018 to 350,000 tonnes in 2023."
    values = {figure[2] for figure in _figures(extractor, text) if figure[:2] == ("rare earths", "Production")}
    assert values == {200000, 350000}


def test_lender_is_not_funded(extractor: Extractor) -> None:
    figures = _figures(extractor, "The White House said the Pentagon would lend the Mountain Pass mine $150 million.")
    assert not {figure[0] for figure in figures if figure[1] == "Funding"} & {"white house", "department of defense"}
