"""Texts outside the domain hardly give a claim, though they are full of its words in other senses."""

from __future__ import annotations

from pathlib import Path

from kg.build import Extractor
from kg.read import read_documents
from kg.records import Document

OFF_DOMAIN = Path(__file__).resolve().parent.parent / "corpus" / "off-domain"
WORDS_PER_CLAIM = 500


def test_texts_outside_the_domain_give_at_most_one_claim_per_500_words(extractor: Extractor) -> None:
    documents = [item for item in read_documents([OFF_DOMAIN]) if isinstance(item, Document)]
    words = sum(len(document.text.split()) for document in documents)

    claims = [
        f"{document.id}: {claim.subject} {claim.property} {claim.object}"
        for document in documents
        for claim in extractor(document).claims
    ]

    assert len(documents) == 12
    assert words > 1000
    assert len(claims) <= words / WORDS_PER_CLAIM, claims
