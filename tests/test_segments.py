"""Units of a sentence: labels, heads before a colon, stems that bullets complete."""

from __future__ import annotations

from kg.annotate.segments import Sentence, sentences, units
from kg.records import Document


def _sentences(text: str) -> list[Sentence]:
    return sentences(Document("d", text, "d.txt"))


def _texts(text: str) -> list[str]:
    return [unit.text for sentence in _sentences(text) for unit in units(sentence)]


def test_a_name_before_a_colon_is_the_subject_of_a_clause_without_one() -> None:
    assert _texts("Ostara Mining: operates two mines in Peru.") == ["Ostara Mining operates two mines in Peru."]


def test_a_name_before_a_colon_and_a_noun_phrase_gets_its_verb() -> None:
    assert _texts("Ostara Mining: a leading producer of tin.") == ["Ostara Mining is a leading producer of tin."]


def test_a_head_before_a_whole_clause_is_a_unit_of_its_own() -> None:
    assert _texts("Germany: Ostara is building a plant.") == ["Germany", "Ostara is building a plant."]


def test_a_price_keeps_its_head() -> None:
    assert _texts("Price: tin rose above $30,000 a tonne.") == ["Price: tin rose above $30,000 a tonne."]


def test_a_date_before_a_colon_dates_the_clause() -> None:
    assert _texts("4 February 2025: Ruritania bans exports.") == ["4 February 2025, Ruritania bans exports."]


def test_a_verb_before_a_colon_goes_on_with_its_list() -> None:
    assert _texts("The Act covers: tin and zinc.") == ["The Act covers tin and zinc."]


def test_bullets_complete_the_stem_before_them() -> None:
    text = "The alliance will:\n\n• fund a mine in Peru\n\n• launch a stockpile"
    assert _texts(text)[1:] == ["The alliance will fund a mine in Peru", "The alliance will launch a stockpile"]


def test_a_completed_bullet_keeps_the_offsets_of_both_parts() -> None:
    text = "The alliance will:\n\n• fund a mine"
    unit = units(_sentences(text)[1])[0]
    assert [text[offset] for offset in unit.offsets if text[offset] not in ": "] == [c for c in unit.text if c != " "]


def test_bullets_under_a_plain_heading_stand_alone() -> None:
    assert _texts("Key points:\n\n• Peru mines tin.") == ["Key points:", "Peru mines tin."]


def test_labels_of_a_transcript_are_units_apart() -> None:
    text = "MS. HALE: Peru mines tin.\n\nSENATOR BOYD: Does it?\n\nMS. HALE: It does."
    assert _texts(text) == ["MS. HALE", "Peru mines tin.", "SENATOR BOYD", "Does it?", "MS. HALE", "It does."]


def test_a_headline_to_is_a_will() -> None:
    assert _texts("Peru to raise tin output") == ["Peru will raise tin output"]


def test_a_headline_noun_before_to_stays() -> None:
    assert _texts("Race to mine the seabed") == ["Race to mine the seabed"]


def test_a_sentence_ends_after_the_unit_of_a_figure() -> None:
    assert [s.text for s in _sentences("It mined 7,100 t. Peru followed.")] == ["It mined 7,100 t.", "Peru followed."]


def test_a_point_inside_a_speakers_label_ends_no_sentence() -> None:
    text = "Sen. Ada Bright: We buy tin.\n\nMr. Cole Dunn: We sell it.\n\nSen. Ada Bright: Good.\n\nMr. Cole Dunn: Yes."
    found = sentences(Document("d", text, "d.txt"))
    assert [sentence.text for sentence in found][:2] == ["Sen. Ada Bright: We buy tin.", "Mr. Cole Dunn: We sell it."]
