"""Which material a section or document is about."""

from __future__ import annotations

from functools import cache

from kg.annotate.annotate import annotate
from kg.build import Extractor
from kg.config import Config
from kg.records import Document


@cache
def _extractor() -> Extractor:
    return Extractor(Config.default())


def _topics(text: str) -> list[str | None]:
    tools = _extractor()
    found = annotate(Document("d", text, "d.txt"), tools._nlp, tools._vocabulary, tools.english)
    return [unit.topic for unit in found.units]


def test_a_heading_that_is_a_material_rules_its_section() -> None:
    assert _topics("COBALT\n\nOutput rose.\n\nNIOBIUM\n\nOutput fell.") == ["cobalt", "cobalt", "niobium", "niobium"]


def test_a_material_of_the_headline_rules_a_document_without_sections() -> None:
    assert _topics("Lithium note\n\nOutput rose last year.")[1] == "lithium"


def test_two_materials_named_as_often_give_no_topic() -> None:
    assert _topics("Prices rose.\n\nTin and zinc were dear.\n\nTin and zinc sold out.") == [None, None, None]


def test_a_label_that_is_a_material_rules_its_paragraph_alone() -> None:
    found = _topics("COBALT\n\nOutput rose.\n\nGallium. Output fell.\n\nOutput rose again.")
    assert found == ["cobalt", "cobalt", "gallium", "gallium", "cobalt"]
