"""Facilities named by a bare name and a noun, and things described rather than named."""

from __future__ import annotations

import pytest

from kg.annotate.annotation import Annotated
from tests.reading import entity_types, read


def _described(annotated: Annotated, kind: str) -> list[str]:
    mentioned = {key for unit in annotated.units for ref in unit.refs for key in ref.keys}
    return [d.key for d in annotated.drafts.values() if not d.named and d.type == kind and d.key in mentioned]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The firm owns the Kamota, Mutara and Ruvaka mines.", ["Kamota", "Mutara", "Ruvaka"]),
        ("They bid for the Tarkwell and Ostrell pits.", ["Tarkwell", "Ostrell"]),
        ("The Boguty deposit is in Kazakhstan.", ["Boguty deposit"]),
        ("Iron Creek, a cobalt project in Idaho, needs money.", ["Iron Creek"]),
    ],
)
def test_names_before_a_facility_noun_are_facilities(text: str, names: list[str]) -> None:
    found = entity_types(read(text))
    assert [found.get(name) for name in names] == ["Facility"] * len(names)


def test_a_definite_phrase_takes_up_what_was_described() -> None:
    assert len(_described(read("China imposed a ban on exports of gallium. The ban hurt traders."), "Policy")) == 1


def test_plants_in_two_towns_stay_two() -> None:
    text = "Lynas runs a plant in Gebeng and a plant in Kalgoorlie. The plant in Gebeng is old."
    assert len(_described(read(text), "Facility")) == 2


def test_bans_of_two_countries_stay_two() -> None:
    text = "China's ban on ore exports stayed. Indonesia's ban on ore exports fell."
    assert len(_described(read(text), "Policy")) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nyrstar owns a works at Auby.", "works at Auby"),
        ("Kar Mineral has a small smelter at Odda.", "smelter at Odda"),
        ("Materion owns a plant in Ohio. Materion's plant in Ohio makes alloys.", "Materion's plant in Ohio"),
        ("The firm promised a second smelter in Gabon.", "second smelter"),
    ],
)
def test_a_facility_goes_by_its_place_owner_or_number(text: str, name: str) -> None:
    assert entity_types(read(text)).get(name) == "Facility"


def test_what_works_is_no_works() -> None:
    assert _described(read("The scheme works in Hobart."), "Facility") == []
