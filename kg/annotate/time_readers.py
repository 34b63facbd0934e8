"""What each kind of time expression means: a match of its pattern and the document's date in, ISO values out.

A reader answers None where the phrase is no time after all, or needs a date that the document lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.annotate.moments import (
    MONTHS,
    WEEKDAYS,
    Anchor,
    Readings,
    day_of_month,
    is_date,
    month_alone,
    month_value,
    quarter,
    shifted,
    weekday,
    weekend,
)
from kg.annotate.units import UNIT_SYMBOLS, UNIT_WORDS
from kg.annotate.wordlist import word_list

Reader = Callable[[re.Match[str], Anchor | None], Readings | str | None]

FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
AGO_COUNTS = {word: number for number, word in enumerate(word_list(_ONES), 1)} | {"a": 1, "an": 1, "twenty": 20}
_NOT_YEAR = re.compile(
    r"(?:[ \u00a0\u2009\u202f]?-?(?:"
    + "|".join(re.escape(word) for word in sorted(set(UNIT_WORDS) | set(UNIT_SYMBOLS), key=lambda w: (-len(w), w)))
    + r")(?![A-Za-z])"
    r"| (?:million|billion|thousand|people|workers|jobs|companies|miners|tonnes)\b|-(?:tonne|ton|strong|plus)"
    r"|s\b)",
)


def _which(word: str | None) -> str:
    """The pronoun as last, this or next."""
    text = (word or "").lower()
    if text in {"next", "this coming"}:
        return "next"
    return "last" if text in {"last", "this past", "the previous"} else text


def _month_number(found: re.Match[str]) -> int:
    return MONTHS[found["month"].rstrip(".").lower()]


def read_full_date(found: re.Match[str], _: Anchor | None) -> str | None:
    year, month, day = int(found["year"]), _month_number(found), int(found["day"])
    return f"{year}-{month:02d}-{day:02d}" if is_date(year, month, day) else None


def read_iso_date(found: re.Match[str], _: Anchor | None) -> str | None:
    return found["iso"] if is_date(*(int(part) for part in found["iso"].split("-"))) else None


def read_iso_month(found: re.Match[str], _: Anchor | None) -> str | None:
    """ "2025-06" is a month, "2020-23" and "2010-12" are ranges of years."""
    return None if int(found[0][2:4]) < int(found[0][5:]) else found[0]


def read_month_year(found: re.Match[str], _: Anchor | None) -> str:
    return month_value(int(found["year"]), _month_number(found))


def read_month_relative_year(found: re.Match[str], anchor: Anchor | None) -> str | None:
    step = {"last": -1, "this": 0, "next": 1}[_which(found["which"])]
    return month_value(anchor.year + step, _month_number(found)) if anchor else None


def read_day_month(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    on = WEEKDAYS.get(found["on"].lower()) if found["on"] else None
    return day_of_month(anchor, _month_number(found), int(found["day"]), on)


def read_month(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return month_alone(anchor, _month_number(found), _which(found.groupdict().get("which")))


# "May" and "March" are words and names too: a month alone needs a preposition, save for the unmistakable ones.
_MONTH_CUE = re.compile(
    r"(?<![\w-])(?:(?:in|from|for|during|through|between|before|after|as of"
    r"|(?:end|start|beginning|middle) of|late|early|mid"
    rf"|(?:{FULL_MONTH})(?: and| to| or|,)?)(?: the)?[ -]|(?:{FULL_MONTH})[-–])$",
    re.IGNORECASE,
)
_SAFE_MONTHS = frozenset({"January", "February", "July", "September", "October", "November", "December"})


def read_lone_month(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    text, start, end = found.string, found.start(), found.end()
    if re.match(r" \d", text[end : end + 2]):
        return None
    if _MONTH_CUE.search(text[max(0, start - 24) : start]):
        return month_alone(anchor, _month_number(found))
    if found["month"] in _SAFE_MONTHS and not re.match(r" [A-Z]", text[end : end + 2]):
        return month_alone(anchor, _month_number(found))
    return None


def read_weekday(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    which = _which(found["which"])
    return weekday(anchor, WEEKDAYS[found["weekday"].lower()], "" if which == "this" else which)


def read_near_day(found: re.Match[str], anchor: Anchor | None) -> str | None:
    step = {"yesterday": -1, "tomorrow": 1}.get(found["near"].lower(), 0)
    return shifted(anchor, step, "day")


def read_relative(found: re.Match[str], anchor: Anchor | None) -> str | None:
    step = {"last": -1, "this": 0, "next": 1}[_which(found["which"])]
    return shifted(anchor, step, found["unit"].lower())


def read_ago(found: re.Match[str], anchor: Anchor | None) -> str | None:
    word = found["count"].lower()
    number = int(word) if word.isdigit() else AGO_COUNTS[word]
    unit = found["unit"].lower().rstrip("s")
    return shifted(anchor, -number, "century" if unit.startswith("centur") else unit)


def read_year_earlier(_: re.Match[str], anchor: Anchor | None) -> str | None:
    return shifted(anchor, -1, "year")


def read_this_year(_: re.Match[str], anchor: Anchor | None) -> str | None:
    return shifted(anchor, 0, "year")


_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}


def read_season(found: re.Match[str], anchor: Anchor | None) -> str | None:
    """A season counts as the year in which it ends, a winter as that in which it began."""
    if anchor is None:
        return None
    which, name = _which(found["which"]), found["season"].lower()
    over = anchor.month is not None and anchor.month > _SEASON_ENDS[name] and name != "winter"
    if which == "last":
        return str(anchor.year if over else anchor.year - 1)
    return str(anchor.year + (1 if which == "next" and over else 0))


def read_weekend(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return weekend(anchor, _which(found["which"]))


_YEAR_CUE = re.compile(
    r"(?<!\w)(?:in|from|of|during|to|between|and|after|before|through|until|till|since|by)\s$", re.IGNORECASE
)
_STARTERS = word_list(
    "In Since By From Until During For The Its Early Late Mid After Before Through To And Between Copyright"
)
# "Agenda 2063", "Boeing 1900", "more than 2000": a number, not a year.
_NAME_BEFORE = re.compile(r"\b(?P<word>[A-Z][\w’'.&-]*) $")
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:some|about|than|almost|nearly|roughly|least|most|only|another|over|number|resolution|page|section) "
    r"|[$€£#] ?)$",
    re.IGNORECASE,
)


def read_year(found: re.Match[str], _: Anchor | None) -> str | None:
    before = found.string[max(0, found.start() - 24) : found.start()]
    if _NOT_YEAR.match(found.string, found.end()):
        return None
    if found["year"] != found[0] or _YEAR_CUE.search(before):
        return found["year"]
    name = _NAME_BEFORE.search(before)
    named = name is not None and name["word"] not in _STARTERS and not re.search("['’]s?$", name["word"])
    return None if named or _COUNT_BEFORE.search(before) else found["year"]


def read_year_range(found: re.Match[str], _: Anchor | None) -> str | None:
    first, last = found["year"], found["last"]
    full = last if len(last) == 4 else first[:2] + last
    return full if int(first) < int(full) <= 2100 else None


def read_short_year(found: re.Match[str], _: Anchor | None) -> str:
    year = found["fiscal"]
    last = found.groupdict().get("until")
    if last:
        return year[:2] + last[-2:]
    return year if len(year) == 4 else f"20{year}"


def read_fiscal_relative(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    if anchor is None:
        return None
    step = {"last": -1, "this": 0, "current": 0, "next": 1}[_which(found["which"]).replace("the ", "")]
    return str(anchor.year + step), str(anchor.year + 1) if step == 0 else None


def read_year_to(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    """ "the year to 30 June" is named by the year of its end."""
    if found["year"]:
        return found["year"], None
    ends = month_alone(anchor, _month_number(found))
    return (ends[0][:4], ends[1][:4] if ends[1] else None) if ends else None


_PART_ENDS = {"first quarter": 3, "second quarter": 6, "third quarter": 9, "fourth quarter": 12, "final quarter": 12}
_PART_ENDS |= {"first half": 6, "second half": 12, "q1": 3, "q2": 6, "q3": 9, "q4": 12, "h1": 6, "h2": 12}


def read_quarter(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return quarter(anchor, _PART_ENDS[found["part"].lower().replace("-", " ")])


def read_quarter_relative_year(found: re.Match[str], anchor: Anchor | None) -> str | None:
    word = found["which"]
    return shifted(anchor, {"last": -1, "this": 0, "next": 1}[_which(word)] if word else 0, "year")


def read_relative_quarter(found: re.Match[str], anchor: Anchor | None) -> str | None:
    moved = shifted(anchor, {"last": -3, "this": 0, "next": 3}[_which(found["which"])], "month")
    return moved[:4] if moved else None
