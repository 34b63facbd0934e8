"""Short answers, completed by their question."""

from __future__ import annotations

import pytest

from kg.annotate.questions import completion
from tests.reading import extraction_of


def statement(question: str, answer: str) -> str | None:
    made = completion(question, answer)
    if made is None:
        return None
    before, behind = ([part if isinstance(part, str) else question[slice(*part)] for part in parts] for parts in made)
    return " ".join([*before, answer, *behind])


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Who owns the mine?", "Orvela", "Orvela owns the mine"),
        ("And which country smelts it?", "Japan", "Japan smelts it"),
        ("What does Chile mine?", "Copper", "Chile does mine Copper"),
        ("From whom did they buy it?", "Peru", "they did buy it from Peru"),
        ("Where does the firm get its tin?", "Peru", "the firm does get its tin from Peru"),
        ("Where does it smelt the tin?", "Peru", "it does smelt the tin in Peru"),
    ],
)
def test_a_short_answer_is_completed(question: str, answer: str, expected: str) -> None:
    assert statement(question, answer) == expected


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who owns the mine?", "We do not know"),
        ("Who owns the mine?", "Who knows?"),
        ("Is it yours?", "Orvela"),
        ("How much does it cost?", "Ten dollars"),
    ],
)
def test_an_answer_that_stands_by_itself_is_left_alone(question: str, answer: str) -> None:
    assert completion(question, answer) is None


@pytest.mark.parametrize("marks", [("Q: ", "A: "), ("", "")])
def test_an_answer_states_what_its_question_asks(marks: tuple[str, str]) -> None:
    ask, reply = marks
    text = f"{ask}Who owns the Bisie mine?\n\n{reply}Alphamin Resources."
    found = {(c.subject, c.property, c.object, c.modality, c.evidence.text) for c in extraction_of(text).claims}
    assert ("alphamin-resources", "owns", "bisie-tin-mine", "Asserted", f"{reply}Alphamin Resources.") in found


def test_an_answer_that_says_where_is_led_by_its_preposition() -> None:
    text = "Where does Germany mine its fluorspar?\n\nIn Saxony."
    assert "In Saxony" not in {name for e in extraction_of(text).entities for name in (e.label, *e.alt_labels)}
