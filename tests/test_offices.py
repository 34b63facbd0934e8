"""Public offices written out with what they are for, and the names of those who hold them."""

from __future__ import annotations

import pytest

from tests.reading import entity_types, read


@pytest.mark.parametrize(
    ("text", "office", "person"),
    [
        ("Minister of Coal and Mines P. Varun Rao flew home.", "Minister of Coal and Mines", "P. Varun Rao"),
        ("Lena Marsh, Minister of Finance, agreed.", "Minister of Finance", "Lena Marsh"),
        (
            "The Minister of Forestry, Fisheries and Mining, Lena Marsh, agreed.",
            "Minister of Forestry, Fisheries and Mining",
            "Lena Marsh",
        ),
        ("Coal and Mines Minister Lena Marsh agreed.", "Coal and Mines Minister", "Lena Marsh"),
        ("Tom Adair, deputy minister of energy, agreed.", "deputy minister of energy", "Tom Adair"),
        ("Tom Adair, MP for Camden and Redhill, agreed.", "MP for Camden and Redhill", "Tom Adair"),
    ],
)
def test_an_office_ends_where_its_portfolio_ends(text: str, office: str, person: str) -> None:
    kinds = entity_types(read(text))
    assert kinds.get(office) == "Office"
    assert kinds.get(person) in ("Person", "Official")


def test_a_ministers_list_of_names_is_no_portfolio() -> None:
    kinds = entity_types(read("The minister of mines, Lena Marsh and Tom Adair agreed."))
    assert kinds.get("minister of mines") == "Office"
    assert "Tom Adair" in kinds
