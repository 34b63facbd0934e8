"""The date of an article that stands among other words near its top: 'BERLIN (Sept. 3, 2025) – …', 'last edited: …'.

Comes in: the paragraphs of an article, already normalised. Goes out: a FoundDate, or None. Only a day with its year
counts, and only where the words around it speak of the text itself: a place before a dash, a note of the editors, a
line of the head that ends or begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.dateline import FoundDate, find_date

_TOP = 8  # paragraphs
_LONG_HEAD = 28  # words of a head line with a date
_SHORT_HEAD = 16  # words
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:[0-3]?\d(?:st|nd|rd|th)? {_MONTHS},? (?:19|20)\d\d|{_MONTHS} [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    r"|(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d[./][01]?\d[./](?:19|20)\d\d)"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? (?:the )?)?"
_WORD = r"[A-ZÀ-ÖØ-ÞĀŁŚŞŠŽČĆĐİ][\w.'’-]*"
_PLACE = rf"{_WORD}(?: (?:{_WORD}|de|da|do|del|la|of|am|an der|upon|on)){{0,3}}"
# "Libreville, 30 June 2026. – ", "FORT X, Va. (Sept. 18, 2025) – ", "Y (Z), 2 December 2025 /WIRE/ -- ", "Q, 5 May 2026: "
_OPENING = re.compile(
    rf"{_PLACE}(?:, {_PLACE}| \({_PLACE}\)){{0,2}},? ?[(/]?{_WEEKDAY}(?P<date>{_DATE})[)/]?\.?,?"
    rf"(?: ?[(/][^()/\n]{{2,40}}[)/])? ?(?:[–—:]|--?(?= ))"
)
_LINE_OPENS = re.compile(rf"{_WEEKDAY}(?P<date>{_DATE})(?: [–—-] | \| |\. |, \d\d?[:.]\d\d|$)", re.I)
_LINE_ENDS = re.compile(rf"(?:, |\| |[–—·] ){_WEEKDAY}(?P<date>{_DATE})\.?$", re.I)
_NOTED = re.compile(
    r"\b(?:published|posted|updated|reviewed|revised|edited|issued|released|dated|modified|checked|filed|recorded|"
    rf"delivered|^as of|version of|^status|^date)(?: on| at)?:? {_WEEKDAY}(?P<date>{_DATE})",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./](?P<year>(?:19|20)\d\d)")


def head_date(paragraphs: Sequence[str]) -> FoundDate | None:
    """The date near the top of an article that says when it was written; None for a chronicle's first entry."""
    top = list(paragraphs[:_TOP])
    openings = (_OPENING.match(text) for text in top)
    if found := next((day for match in openings if match and (day := _read(match["date"]))), None):
        return found
    for at, text in enumerate(top):
        if len(text.split()) > _LONG_HEAD:
            return None
        match = _LINE_OPENS.match(text) or (_LINE_ENDS.search(text) if at else None) or _NOTED.search(text)
        if match and (day := _read(match["date"])) and not _goes_on(paragraphs[at + 1 :]):
            return day
        if len(text.split()) > _SHORT_HEAD and text.endswith("."):
            return None  # running text has begun
    return None


def _read(text: str) -> FoundDate | None:
    """The date of a phrase; '14.03.2025' has the day first, and is read only where that is certain."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        found = find_date(text)
        return found if found is not None and found.day_given else None
    day, month = int(numbers["day"]), int(numbers["month"])
    if "/" in text and day <= 12 and day != month:
        return None
    return find_date(f"{numbers['year']}-{month:02d}-{day:02d}")


def _goes_on(rest: Sequence[str]) -> bool:
    """Whether later paragraphs begin with dates too: entries of a timeline."""
    return any(_LINE_OPENS.match(text) or re.match(rf"{_DATE}\s*[:–—-]", text) for text in rest)
