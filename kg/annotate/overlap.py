"""Which of several overlapping finds remain: the longest."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Protocol, TypeVar

from kg.records import TextSpan


class Spanned(Protocol):
    """Anything that lies at a span of the text."""

    @property
    def span(self) -> TextSpan:
        """Where it lies."""


Found = TypeVar("Found", bound=Spanned)


def longest(found: Iterable[Found]) -> list[Found]:
    """The finds by position, none overlapping another: the longer wins, then the earlier, then the first given."""
    kept: list[tuple[int, int]] = []
    chosen: list[Found] = []
    for item in sorted(found, key=lambda item: (item.span.start - item.span.end, item.span)):
        start, end = item.span.start, item.span.end
        index = bisect_left(kept, (start, end))
        after = index < len(kept) and kept[index][0] < end
        before = index > 0 and kept[index - 1][1] > start
        if not after and not before:
            insort(kept, (start, end))
            chosen.append(item)
    return sorted(chosen, key=lambda item: item.span)
