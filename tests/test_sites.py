"""Lists of sites under a place."""

from __future__ import annotations

import pytest

from tests.reading import extraction_of


def located(text: str) -> set[tuple[str, str]]:
    return {(c.subject, c.object) for c in extraction_of(text).claims if c.property == "locatedIn"}


@pytest.mark.parametrize("stem", ["Projects in Portugal:", "The firm runs these mines in Portugal:"])
def test_the_sites_of_a_list_lie_in_the_place_of_its_stem(stem: str) -> None:
    found = located(f"{stem}\n\n- Barroso lithium project\n- Neves-Corvo mine, owned by Boliden\n\nThe end came.")
    assert {("barroso-lithium-project", "portugal"), ("neves-corvo-mine", "portugal")} <= found


def test_a_stem_that_goes_on_after_its_place_opens_no_list() -> None:
    assert not located("Projects in Portugal owned by others:\n\n- Barroso lithium project")


def test_what_follows_a_list_lies_elsewhere() -> None:
    text = "Projects in Portugal:\n\n- Barroso lithium project\n\nPrices fell.\n\n- Neves-Corvo mine"
    assert ("neves-corvo-mine", "portugal") not in located(text)


def test_a_bullet_that_opens_with_a_firm_says_nothing_of_its_site() -> None:
    assert not located("Projects in Portugal:\n\n- Boliden, which feeds the Neves-Corvo mine")
