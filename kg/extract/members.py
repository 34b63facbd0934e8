"""Lists of members and of those present: 'Members. Chad, Mali …', 'Taking part were:' with bullets, 'attended by …'.

Comes in: an annotated document. Goes out: memberOf and participatesIn claims for every name of the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.annotation import Annotated
from kg.extract.rows import Held, Line, lines
from kg.records import Claim, Evidence

_BODIES = ("Programme", "InternationalOrganization", "Agreement")
_STATES = ("Country", "InternationalOrganization", "Company", "GovernmentBody", "Organization")
_MEMBERS = (
    r"members?|member (?:states|countries|governments|economies)|parties|signatories|participating (?:countries|states)|"
    r"membership|partner countries|founding (?:members|signatories)"
)
_PRESENT = r"participants|attendees|delegations|present|taking part|those present|in attendance|countries represented"
# a label by itself, or the words before a colon
_LABEL = re.compile(
    rf"(?:\W*(?:the|our|its|current|full|founding|list of)\s)*(?:(?P<member>{_MEMBERS})|(?P<present>{_PRESENT}))"
    r"(?:\s(?:are|were|include|as follows))?\s*(?:\([^()]*\))?\s*[.:]?\s*$",
    re.I,
)
_STEM = re.compile(
    r"(?:(?P<member>\b(?:has|have|counts?|comprises?|includes?|with)\b[^:]{0,40}\b(?:members|signatories|parties)\b)|"
    r"(?P<present>\b(?:attended|joined|present|represented|taking part|took part|participa\w+)\b))[^:]{0,40}:\s*$",
    re.I,
)
_ONLY = re.compile(r"(?:[\s,;.&•●▪◦*·‣›–—-]|\b(?:and|the|as well as|of|plus|republic)\b|\([^()]*\))*", re.I)


@dataclass(frozen=True, slots=True)
class _List:
    """What a list is of: the property, the body or meeting, and the paragraph and kind of the line that opens it."""

    property: str
    group: str
    paragraph: int
    whole: bool


def member_claims(annotated: Annotated, used: set[int]) -> Iterator[Claim]:
    """The claims of lists under a label or stem; lines in `used` were read elsewhere."""
    running: _List | None = None
    for line in lines(annotated):
        if line.sentence.index in used:
            continue
        opened, begin = _opened(annotated, line)
        if opened is not None:
            running = opened
            if begin >= len(line.text.rstrip()):
                continue
        if running is None:
            continue
        names = _list(annotated, line, begin if opened else 0, running)
        if not names:
            running = None
            continue
        for name in names:
            place = Evidence(line.sentence.span, line.text, line.span(name.start, name.end))
            yield Claim(name.key, running.property, running.group, place, confidence=0.7, frame="member-list")
        if not running.whole:
            running = None


def _opened(annotated: Annotated, line: Line) -> tuple[_List | None, int]:
    """The list that a line opens, and where its names begin."""
    colon = line.text.find(":") + 1
    text = line.text[:colon] if colon else line.text
    match = _LABEL.fullmatch(text.strip()) or (_STEM.search(text) if colon else None)
    if match is None or len(text.split()) > 25:
        return None, 0
    present = match["present"] is not None
    group = _group(annotated, line, len(text), present)
    if group is None:
        return None, 0
    name = "participatesIn" if present else "memberOf"
    return _List(name, group, line.sentence.paragraph, colon >= len(line.text.rstrip()) or not colon), len(text)


def _group(annotated: Annotated, line: Line, end: int, present: bool) -> str | None:
    """The body or meeting: the one that the stem names, else the one of which the document speaks most."""
    wanted = ("Event",) if present else _BODIES
    named = line.of_type(wanted, 0, end)
    if named:
        return named[0].key
    counts: Counter[str] = Counter()
    for unit in annotated.units:
        for ref in unit.refs:
            if ref.type in wanted and len(ref.keys) == 1 and (present or annotated.drafts[ref.keys[0]].named):
                weight = 3 if unit.unit.sentence.kind in ("headline", "heading") else 1
                counts[ref.keys[0]] += weight
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None


def _list(annotated: Annotated, line: Line, begin: int, running: _List) -> list[Held]:
    """The names of a line from a character on where it holds nothing but names, else []."""
    brackets = [match.span() for match in re.finditer(r"\([^()]*\)", line.text)]
    names = [
        n
        for n in line.of_type(_STATES, begin)
        if not n.adjectival and n.key != running.group and not any(a <= n.start < b for a, b in brackets)
    ]
    rest = list(line.text)
    for name in names:
        rest[name.start : name.end] = " " * (name.end - name.start)
    return names if names and _ONLY.fullmatch("".join(rest)[begin:]) else []
