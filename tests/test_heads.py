"""Heads before a colon: what one name says of the list behind it."""

from __future__ import annotations

import pytest

from kg.build import Extractor
from kg.records import Document


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    return frames_only


def statements(extractor: Extractor, text: str) -> set[str]:
    found = extractor(Document("d", text, "d.txt", published="2025-06-15"))
    return {f"{claim.subject} {claim.property} {claim.object}" for claim in found.claims}


def test_a_facility_behind_a_country_lies_in_it(extractor: Extractor) -> None:
    assert "jadar-lithium-project locatedIn serbia" in statements(
        extractor, "– Serbia: the Jadar project, where Rio Tinto hopes to dig."
    )


def test_a_facility_with_a_place_of_its_own_is_not_put_into_the_head(extractor: Extractor) -> None:
    found = statements(extractor, "– Serbia: Rio Tinto, which runs the Oyu Tolgoi mine in Mongolia, is waiting.")
    assert "oyu-tolgoi-mine locatedIn mongolia" in found or any(s.endswith("locatedIn mongolia") for s in found)
    assert not any(s.endswith("locatedIn serbia") for s in found)


def test_a_list_of_products_behind_a_metal_names_its_uses(extractor: Extractor) -> None:
    assert "iridium usedIn spark-plug" in statements(extractor, "- Iridium: electrolysers, spark plugs.")


def test_a_list_of_states_behind_members_names_the_members_of_the_body_spoken_of(extractor: Extractor) -> None:
    text = "The Minerals Security Partnership met in Toronto.\n\nMembers: Norway, France and Estonia."
    assert "norway memberOf minerals-security-partnership" in statements(extractor, text)
