"""How the scorer compares names and figures, and cuts a sentence out of a text."""

from __future__ import annotations

import pytest

from kg.scoring.errors import sentence_of
from kg.scoring.gold import Figure
from kg.scoring.matching import normal_name, same_figure


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("The  U.S. Treasury", "us treasury"),
        ("“Project Vault”", "project vault"),
        ("An F-35", "f35"),
        ("a", "a"),
        ("Theresa Anders", "theresa anders"),
        ("…", ""),
    ],
)
def test_names_are_compared_without_case_article_and_punctuation(name: str, normal: str) -> None:
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (Figure("TONNE", 1000), Figure("TONNE", 1005), True),
        (Figure("TONNE", 1000), Figure("TONNE", 1006), False),
        (Figure("TONNE", 1000), Figure("GM", 1000), False),
        (Figure("KiloGM", None, 1.2, 3.5), Figure("KiloGM", None, 1.2, 3.5), True),
        (Figure("KiloGM", None, 1.2, 3.5), Figure("KiloGM", 1.2), False),
        (Figure("PERCENT", -10), Figure("PERCENT", -10.04), True),
        (Figure("PERCENT", 5), None, False),
    ],
)
def test_figures_agree_within_half_a_per_cent_and_in_the_same_unit(gold: Figure, found: Figure, same: bool) -> None:
    assert same_figure(gold, found) is same


def test_a_sentence_is_cut_out_around_its_evidence() -> None:
    text = "A U.S. firm left. Then “it came back.” Nobody\nsaw it."
    assert sentence_of(text, "came back") == "Then “it came back.”"
    assert sentence_of(text, "Nobody") == "Nobody"
    assert sentence_of(text, "firm left") == "A U.S. firm left."
