"""A known name in a parsed unit."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Term


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` to `end` of a doc name the term; `how` is label, exact, demonym, metonym or place."""

    start: int
    end: int
    term: Term
    how: str
