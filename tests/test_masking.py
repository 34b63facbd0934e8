"""Stand-ins help the parser to see verbs that look like nouns."""

from __future__ import annotations

import pytest

from tests.reading import claims_of, extraction_of, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru mines lead and zinc.", {"peru mines lead", "peru mines zinc"}),
        ("South Africa mines platinum, while Russia exports palladium.", {"south-africa mines platinum"}),
        ("Tokyo knows that China mines gallium.", {"china mines gallium"}),
    ],
)
def test_a_verb_that_looks_like_a_noun_is_read_between_its_subject_and_a_good(text: str, expected: set[str]) -> None:
    found = {" ".join(claim.split()[:3]) for claim in claims_of(text)}
    assert expected <= found


def test_mines_that_somebody_owns_are_no_verb() -> None:
    assert "mines" not in {claim.property for claim in extraction_of("Peru's mines lead in safety.").claims}


def test_the_words_shown_are_those_of_the_text() -> None:
    unit = read("Peru mines lead and zinc.").units[0]
    assert [unit.word(token) for token in unit.doc if unit.word(token)] == ["Peru", "mines", "lead", "and", "zinc", "."]
