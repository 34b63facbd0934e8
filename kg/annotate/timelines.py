"""The date under which a paragraph stands: entries of a timeline ('July 3, 2023: …') and sections headed by a date.

Comes in: the parse units of a document in order. Goes out: for each unit the date that its entry or section bears, or
None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.dates import opening_date
from kg.annotate.segments import Unit


def entry_dates(units: Iterable[Unit], published: str | None) -> Iterator[str | None]:
    """The date of each unit's entry. A line with the document's own date heads no section."""
    section: str | None = None
    entry: str | None = None
    paragraph = -1
    for unit in units:
        sentence = unit.sentence
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            entry = opening_date(sentence.text)
            if sentence.kind == "heading":
                section = entry if entry != published else None
        yield entry or section
