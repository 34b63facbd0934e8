"""Lists of sites under a place: 'Projects in Portugal:' with a bullet for each.

Comes in: an annotated document. Goes out: locatedIn claims for the site that opens each bullet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.annotation import Annotated
from kg.extract.rows import Held, Line, lines
from kg.records import Claim, Evidence

_SITES = r"projects|mines|deposits|smelters|refineries|plants|sites|facilities|operations|quarries|brine fields|works"
_OPENS = re.compile(
    rf"\W*(?:[\w'’-]+\s){{0,6}}?(?:{_SITES})(?:\s(?:under way|planned|operating))?\s(?:in|across|within)\s", re.I
)
_MARK = re.compile(r"[\s•●▪◦*·‣›–—\d.)(-]*")


def site_claims(annotated: Annotated, used: set[int]) -> Iterator[Claim]:
    """Where the sites of such lists lie; lines in `used` were read elsewhere."""
    place: str | None = None
    for line in lines(annotated):
        if line.sentence.index in used:
            continue
        opened = _opened(line)
        if opened is not None:
            place = opened
            continue
        site = _first(line)
        if site is None:
            place = None
        elif place is not None and not any(name.key == place for name in line.names):
            where = Evidence(line.sentence.span, line.text, line.span(site.start, site.end))
            yield Claim(site.key, "locatedIn", place, where, confidence=0.7, frame="site-list")


def _opened(line: Line) -> str | None:
    """The place whose sites a line announces: the last that it names, at its end."""
    text = line.text.rstrip()
    opening = _OPENS.match(text)
    if opening is None or (line.sentence.kind != "heading" and not text.endswith(":")):
        return None
    places = [name for name in line.of_type(("Country", "Place"), opening.end()) if not name.adjectival]
    return places[-1].key if places and len(text) - places[-1].end <= 1 else None


def _first(line: Line) -> Held | None:
    """The site that a bullet opens with."""
    mark = _MARK.match(line.text)
    begin = mark.end() if mark else 0
    named = [name for name in line.of_type(("Facility",)) if name.start == begin]
    return named[0] if named and line.sentence.kind == "bullet" else None
