"""In whose voice a text speaks: transcripts, interviews, dialogues, speeches, quotations that go on."""

from __future__ import annotations

import pytest

from kg.annotate.voices import voices
from kg.build import Extractor
from kg.records import Document
from tests.reading import read

_INTERVIEW = """Rosa Quintana runs the tin desk at Meridian Metals in Geneva. We met her on a train.

Is tin scarce?

It is. I would say that Indonesia mines a quarter of it.

And the price?

We do not talk about that in my house.

What comes next?

More of the same, if you ask me. Peru refines tin as well."""


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    """Rules alone: what the trained readers add is not asked here."""
    return frames_only


def _by_text(text: str) -> dict[str, str]:
    annotated = read(text)
    spoken = voices(annotated.units, annotated.drafts)
    sentences = {unit.unit.sentence.index: unit.unit.sentence.text for unit in annotated.units}
    return {sentences[index]: key for index, key in spoken.items()}


def test_answers_of_an_interview_are_those_of_the_person_in_its_opening() -> None:
    spoken = _by_text(_INTERVIEW)
    assert spoken["Peru refines tin as well."] == spoken["It is."] == "rosa quintana"
    assert "And the price?" not in spoken


def test_answers_of_a_list_of_questions_are_the_texts_own_voice() -> None:
    text = _INTERVIEW.replace("I would say that ", "").replace("We do", "Traders do").replace("my", "the")
    assert _by_text(text.replace(", if you ask me", "")) == {}


def test_dialogue_with_dashes_alternates() -> None:
    turns = "\n\n".join(["— Tin?", "— I like it.", "— Zinc?", "— We sell zinc.", "— Lead?", "— Peru mines lead."])
    spoken = _by_text("Rosa Quintana trades metals in Geneva.\n\n" + turns)
    assert set(spoken.values()) == {"rosa quintana"}
    assert "— Peru mines lead." in spoken and "— Zinc?" not in spoken


def test_label_with_a_title_and_a_surname_in_capitals_names_the_speaker() -> None:
    text = (
        "THE MINISTER OF MINES (SHRI ARUN MEHTA):\n\nChile mines lithium.\n\n"
        "SHRI KAPOOR: Does it?\n\nSHRI MEHTA: It does."
    )
    spoken = _by_text(text)
    assert spoken["Chile mines lithium."].endswith("mehta")
    assert spoken["SHRI MEHTA: It does."].endswith("mehta")


def test_speech_is_that_of_the_announced_speaker() -> None:
    text = (
        "A congress for tin\n\nKeynote by Dr Rosa Quintana, deputy minister of mines, in Lima\n\nLadies and gentlemen,\n\nI am glad to be here. "
        "Peru mines tin.\n\nWe need more of it."
    )
    assert _by_text(text)["Peru mines tin."] == "rosa quintana"


def _sources(extractor: Extractor, text: str) -> set[str | None]:
    return {claim.said_by for claim in extractor(Document("d", text, "d.txt", published="2025-06-15")).claims}


def test_sentence_inside_a_longer_quotation_has_its_speaker(extractor: Extractor) -> None:
    text = "“We know the market. Chile mines lithium. Nobody else is as cheap,” Rosa Quintana said on Monday."
    assert _sources(extractor, text) == {"rosa quintana"}


def test_speaker_between_commas(extractor: Extractor) -> None:
    assert _sources(extractor, "Rosa Quintana is a geologist. Chile, she pointed out, produces lithium.") == {
        "rosa quintana"
    }


def test_view_of_somebody(extractor: Extractor) -> None:
    assert _sources(extractor, "Geologist Rosa Quintana spoke. In Quintana's view, Chile produces lithium.") == {
        "rosa quintana"
    }


def test_of_two_speakers_one_inside_the_other_the_inner_one_has_said_it(extractor: Extractor) -> None:
    text = "Tokyo said that Washington had told it that China mines gallium."
    assert _sources(extractor, text) == {"united-states"}


def test_a_word_in_scare_quotes_is_nobodys_quotation(extractor: Extractor) -> None:
    assert _sources(extractor, 'China imposed a so-called "ban" on exports of gallium.') == {None}
