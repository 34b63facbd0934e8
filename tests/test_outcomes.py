"""Plans that were carried out."""

from __future__ import annotations

import pytest

from tests.reading import extraction_of


def modalities(text: str, name: str) -> set[str]:
    return {claim.modality for claim in extraction_of(text).claims if claim.property == name}


DONE = "Vale had planned to build a smelter in Indonesia, and opened it in 2023."


@pytest.mark.parametrize("name", ["operates", "locatedIn", "launched"])
def test_a_plan_that_was_carried_out_is_asserted(name: str) -> None:
    assert modalities(DONE, name) == {"Asserted"}


def test_a_plan_of_which_nothing_came_stays_one() -> None:
    assert modalities("Vale had planned to build a smelter in Indonesia.", "operates") == {"Planned"}
    assert modalities("Vale plans to run a smelter in Indonesia, which it will open in 2030.", "operates") == {
        "Planned"
    }
