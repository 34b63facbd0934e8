"""Reads a few sentences with the shipped vocabulary, for tests of names and entities."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kg.annotate.annotation import Annotated
from kg.build import Extractor
from kg.config import Config
from kg.records import Document, Extraction


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The program with its rules alone."""
    return Extractor(replace(Config.default(), networks=None))


def _document(text: str) -> Document:
    return Document("d", text, "d.txt", published="2025-06-15")


def read(text: str) -> Annotated:
    """The annotation of a document that is just this text."""
    return extractor().annotated(_document(text), None)


def extraction_of(text: str) -> Extraction:
    """What the rules alone make of a document that is just this text."""
    return extractor()(_document(text))


def claims_of(text: str) -> set[str]:
    """The claims of such a document, in words."""
    return {str(claim) for claim in extraction_of(text).claims}


def entity_types(annotated: Annotated) -> dict[str, str]:
    """Every name and label of the entities that the text mentions, with the type of its entity."""
    mentioned = {key for unit in annotated.units for ref in unit.refs for key in ref.keys}
    drafts = [draft for draft in annotated.drafts.values() if draft.key in mentioned]
    return {name: draft.type for draft in drafts for name in (draft.label, *draft.names)}
