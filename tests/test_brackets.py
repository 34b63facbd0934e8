"""Figures in brackets behind a name."""

from __future__ import annotations

from kg.build import Extractor
from kg.records import Document, Extraction


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor(Document("d", text, "d.txt", published="2025-06-15"))


def test_a_share_in_brackets_belongs_to_the_owner_before_it(frames_only: Extractor) -> None:
    found = read(frames_only, "Glencore (51%) and Vale (49%) own the Kestrel mine.")
    shares = {claim.subject: str(claim.quantity) for claim in found.claims if claim.property == "owns"}
    assert shares == {"glencore": "51 PERCENT", "vale-s-a": "49 PERCENT"}
    assert not found.observations


def test_brackets_that_say_more_than_a_figure_belong_to_nobody(frames_only: Extractor) -> None:
    text = "Glencore (which sold 51% of a smelter in Norway to a rival) owns the Kestrel mine."
    claim = next(c for c in read(frames_only, text).claims if c.property == "owns" and c.object == "kestrel")
    assert claim.quantity is None
