"""The words that turn a figure into a bound or an estimate: "up to", "more than", "some", "-plus"."""

from __future__ import annotations

import re

from kg.records import Comparator

_COMPARATORS: dict[Comparator, str] = {
    "AtMost": (
        r"up to|(?:just |slightly |well |a little )?(?:less|fewer) than|(?:just |well |slightly )under|under|below"
        r"|(?:just |well )?below|at (?:the )?most|no more than|not more than|as (?:much|many|high) as|not exceeding"
        r"|a maximum of|maximum|capped at|[<≤]"
    ),
    "AtLeast": (
        r"(?:just |slightly |far |well |a little |much )?(?:more|greater|higher) than"
        r"|(?:just |well |slightly )?(?:over|above)"
        r"|at (?:the very )?least|upwards? of|no (?:less|fewer) than|not (?:less|fewer) than|in excess of|a minimum of"
        r"|minimum|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|as (?:little|few|low) as|[>≥]"
    ),
    "About": (
        r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close to|circa|ca?\.|virtually|an estimated"
        r"|estimated at|estimated|estimated to be|in the region of|(?:in|on|of) the order of|something like|or so|[~≈]"
    ),
}
_BEFORE = {
    name: re.compile(
        rf"(?:(?<=\W)|^)(?:{pattern})(?:\s|(?<=[~≈<>≤≥]))(?:(?<!under )(?<!over )(?<!above )an? )?$", re.IGNORECASE
    )
    for name, pattern in _COMPARATORS.items()
}
_AFTER: list[tuple[re.Pattern[str], Comparator]] = [
    (
        re.compile(
            r"-plus\b|\+| or more\b| plus\b(?= [a-z]+s\b)|,? at (?:the very )?least\b|,? or (?:above|over|higher)\b"
        ),
        "AtLeast",
    ),
    (re.compile(r" or (?:less|fewer|under|below)\b|,? at (?:the )?most\b"), "AtMost"),
    (re.compile(r" or so\b"), "About"),
    (re.compile(r"(?=(?: of)?[^.,;\n]{0,40} plus one share\b)"), "AtLeast"),
]
_LOOK_BACK = 40


def compared(text: str, start: int, end: int) -> tuple[int, int, Comparator]:
    """The span `start`..`end` of a figure widened by its comparator, and what that says of the figure."""
    before = text[max(0, start - _LOOK_BACK) : start]
    best: tuple[int, Comparator] | None = None
    for name, pattern in _BEFORE.items():
        found = pattern.search(before)
        if found and (best is None or found.start() < best[0]):
            best = (found.start(), name)
    if best:
        return start - len(before) + best[0], end, best[1]
    for pattern, name in _AFTER:
        if after := pattern.match(text, end):
            return start, after.end(), name
    return start, end, "Exactly"
