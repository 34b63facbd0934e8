"""Times: the text of an article and its date in, its time expressions by position with ISO values out.

A table of regular expressions, each with the function that reads it; relative phrases are resolved against the
document's date. Durations ("over five years"), ages and decades ("the 1990s") are not times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.annotate.moments import (
    MONTHS,
    WEEKDAYS,
    Anchor,
    Readings,
    day_of_month,
    is_date,
    month_alone,
    month_value,
    parse_anchor,
    quarter,
    shifted,
    weekday,
    weekend,
)
from kg.annotate.units import UNIT_SYMBOLS, UNIT_WORDS
from kg.records import TextSpan


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time in the text, as `yyyy`, `yyyy-mm` or `yyyy-mm-dd` in the phrase's own grain.

    `kind` is date, month, year, quarter, fiscal, relative, range (the value is the last year), since or by (also until);
    the preposition belongs to the span for since, by and until. `value` reads a phrase without a year as past;
    `future` is the reading under a future verb, None where the phrase has only one.
    """

    span: TextSpan
    value: str
    kind: str
    future: str | None = None


Reader = Callable[[re.Match[str], Anchor | None], Readings | str | None]

_FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?P<month>{_FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d|2100)"
_WEEKDAY = r"(?P<weekday>[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ss]aturday|[Ss]unday)"
_NAMED_DAY = rf"(?:{_WEEKDAY.replace('?P<weekday>', '?:')},? (?:the )?)?"
_LEAD = r"(?:(?P<lead>[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill) )?"
_EDGE = (
    r"(?:(?:the )?(?:(?:very )?(?:[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd|[Bb]eginning|[Ss]tart|middle|turn|close|spring|summer|autumn|fall|winter)"
    r"(?:[ -]of| in)?[ -])+|calendar |full-year )?"
)
_WHICH = r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his coming|[Tt]his past|[Tt]he previous)"
_WORD_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_AGO_COUNTS = {word: number for number, word in enumerate(_WORD_NUMBERS, 1)} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
}
_NOT_YEAR = re.compile(
    r"(?:[ \u00a0\u2009\u202f]?-?(?:"
    + "|".join(re.escape(word) for word in sorted(set(UNIT_WORDS) | set(UNIT_SYMBOLS), key=lambda w: (-len(w), w)))
    + r")(?![A-Za-z])| (?:million|billion|thousand|people|workers|jobs|companies|miners|tonnes)\b|-(?:tonne|ton|strong|plus)|s\b|['’]s? ?s\b)",
)


def _which(word: str | None) -> str:
    """The pronoun as last, this or next."""
    text = (word or "").lower()
    if text in {"next", "this coming"}:
        return "next"
    return "last" if text in {"last", "this past", "the previous"} else text


def _month_number(found: re.Match[str]) -> int:
    return MONTHS[found["month"].rstrip(".").lower()]


def _full_date(found: re.Match[str], _: Anchor | None) -> str | None:
    year, month, day = int(found["year"]), _month_number(found), int(found["day"])
    return f"{year}-{month:02d}-{day:02d}" if is_date(year, month, day) else None


def _iso_date(found: re.Match[str], _: Anchor | None) -> str | None:
    return found["iso"] if is_date(*(int(part) for part in found["iso"].split("-"))) else None


def _iso_month(found: re.Match[str], _: Anchor | None) -> str | None:
    """ "2025-06" is a month, "2020-23" and "2010-12" are ranges of years."""
    return None if int(found[0][2:4]) < int(found[0][5:]) else found[0]


def _month_year(found: re.Match[str], _: Anchor | None) -> str:
    return month_value(int(found["year"]), _month_number(found))


def _month_relative_year(found: re.Match[str], anchor: Anchor | None) -> str | None:
    step = {"last": -1, "this": 0, "next": 1}[_which(found["which"])]
    return month_value(anchor.year + step, _month_number(found)) if anchor else None


def _day_month(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return day_of_month(anchor, _month_number(found), int(found["day"]))


def _month(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return month_alone(anchor, _month_number(found), _which(found.groupdict().get("which")))


# "May" and "March" are words and names too: a month alone needs a preposition, save for the unmistakable ones.
_MONTH_CUE = re.compile(
    r"(?<![\w-])(?:(?:in|from|for|during|through|between|before|after|as of|(?:end|start|beginning|middle) of|late|early|mid"
    rf"|(?:{_FULL_MONTH})(?: and| to| or|,)?)(?: the)?[ -]|(?:{_FULL_MONTH})[-–])$",
    re.IGNORECASE,
)
_SAFE_MONTHS = frozenset({"January", "February", "July", "September", "October", "November", "December"})


def _lone_month(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    text, start, end = found.string, found.start(), found.end()
    if re.match(r" \d", text[end : end + 2]):
        return None
    if _MONTH_CUE.search(text[max(0, start - 24) : start]):
        return month_alone(anchor, _month_number(found))
    if found["month"] in _SAFE_MONTHS and not re.match(r" [A-Z]", text[end : end + 2]):
        return month_alone(anchor, _month_number(found))
    return None


def _weekday(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    which = _which(found["which"])
    return weekday(anchor, WEEKDAYS[found["weekday"].lower()], "" if which == "this" else which)


def _near_day(found: re.Match[str], anchor: Anchor | None) -> str | None:
    step = {"yesterday": -1, "tomorrow": 1}.get(found["near"].lower(), 0)
    return shifted(anchor, step, "day")


def _relative(found: re.Match[str], anchor: Anchor | None) -> str | None:
    step = {"last": -1, "this": 0, "next": 1}[_which(found["which"])]
    return shifted(anchor, step, found["unit"].lower())


def _ago(found: re.Match[str], anchor: Anchor | None) -> str | None:
    word = found["count"].lower()
    number = int(word) if word.isdigit() else _AGO_COUNTS[word]
    unit = found["unit"].lower().rstrip("s")
    return shifted(anchor, -number, "century" if unit.startswith("centur") else unit)


def _year_earlier(_: re.Match[str], anchor: Anchor | None) -> str | None:
    return shifted(anchor, -1, "year")


def _this_year(_: re.Match[str], anchor: Anchor | None) -> str | None:
    return shifted(anchor, 0, "year")


_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}


def _season(found: re.Match[str], anchor: Anchor | None) -> str | None:
    """A season counts as the year in which it ends, a winter as that in which it began."""
    if anchor is None:
        return None
    which, name = _which(found["which"]), found["season"].lower()
    over = anchor.month is not None and anchor.month > _SEASON_ENDS[name] and name != "winter"
    if which == "last":
        return str(anchor.year if over else anchor.year - 1)
    return str(anchor.year + (1 if which == "next" and over else 0))


def _weekend(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return weekend(anchor, _which(found["which"]))


_YEAR_CUE = re.compile(
    r"(?<!\w)(?:in|from|of|during|to|between|and|after|before|through|until|till|since|by)\s$", re.IGNORECASE
)
_STARTERS = (
    "In Since By From Until During For The Its Early Late Mid After Before Through To And Between Copyright".split()
)
# "Agenda 2063", "Boeing 1900", "more than 2000": a number, not a year.
_NAME_BEFORE = re.compile(r"\b(?P<word>[A-Z][\w’'.&-]*) $")
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:some|about|than|almost|nearly|roughly|least|most|only|another|over|number|resolution|page|section) |[$€£#] ?)$",
    re.IGNORECASE,
)


def _year(found: re.Match[str], _: Anchor | None) -> str | None:
    before = found.string[max(0, found.start() - 24) : found.start()]
    if _NOT_YEAR.match(found.string, found.end()):
        return None
    if found["year"] != found[0] or _YEAR_CUE.search(before):
        return found["year"]
    name = _NAME_BEFORE.search(before)
    named = name is not None and name["word"] not in _STARTERS
    return None if named or _COUNT_BEFORE.search(before) else found["year"]


def _year_range(found: re.Match[str], _: Anchor | None) -> str | None:
    first, last = found["year"], found["last"]
    full = last if len(last) == 4 else first[:2] + last
    return full if int(first) < int(full) <= 2100 else None


def _short_year(found: re.Match[str], _: Anchor | None) -> str:
    year = found["fiscal"]
    last = found.groupdict().get("until")
    if last:
        return year[:2] + last[-2:]
    return year if len(year) == 4 else f"20{year}"


def _fiscal_relative(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    if anchor is None:
        return None
    step = {"last": -1, "this": 0, "current": 0, "next": 1}[_which(found["which"]).replace("the ", "")]
    return str(anchor.year + step), str(anchor.year + 1) if step == 0 else None


def _year_to(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    """ "the year to 30 June" is named by the year of its end."""
    if found["year"]:
        return found["year"], None
    ends = month_alone(anchor, _month_number(found))
    return (ends[0][:4], ends[1][:4] if ends[1] else None) if ends else None


_PART_ENDS = {"first quarter": 3, "second quarter": 6, "third quarter": 9, "fourth quarter": 12, "final quarter": 12}
_PART_ENDS |= {"first half": 6, "second half": 12, "q1": 3, "q2": 6, "q3": 9, "q4": 12, "h1": 6, "h2": 12}


def _quarter(found: re.Match[str], anchor: Anchor | None) -> Readings | None:
    return quarter(anchor, _PART_ENDS[found["part"].lower().replace("-", " ")])


def _quarter_relative_year(found: re.Match[str], anchor: Anchor | None) -> str | None:
    word = found["which"]
    return shifted(anchor, {"last": -1, "this": 0, "next": 1}[_which(word)] if word else 0, "year")


def _relative_quarter(found: re.Match[str], anchor: Anchor | None) -> str | None:
    moved = shifted(anchor, {"last": -3, "this": 0, "next": 3}[_which(found["which"])], "month")
    return moved[:4] if moved else None


_PART = r"(?P<part>(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal)[ -]quarter|(?:[Ff]irst|[Ss]econd)[ -]half)"
_CODE = r"(?:[QH][1-4](?: of|,)? ?|[1-4][QH] ?)"
_UNITS = r"(?P<unit>years?|months?|weeks?|fortnights?|days?|decades?|centur(?:y|ies))"

_RULES: list[tuple[str, str, Reader]] = [
    ("date", rf"{_LEAD}{_NAMED_DAY}{_DAY}(?: of)? {_MONTH},? {_YEAR}(?!\d)", _full_date),
    ("date", rf"{_LEAD}{_NAMED_DAY}{_MONTH} {_DAY},? {_YEAR}(?!\d)", _full_date),
    ("date", rf"{_LEAD}(?P<iso>(?:1[89]|20)\d\d-\d\d-\d\d)(?![\d-])", _iso_date),
    ("month", rf"{_LEAD}{_EDGE}{_MONTH},?(?: of)? {_YEAR}(?!\d)", _month_year),
    ("month", rf"{_LEAD}{_EDGE}{_MONTH},?(?: of)? {_WHICH} year\b", _month_relative_year),
    ("date", rf"{_LEAD}{_NAMED_DAY}{_DAY}(?: of)? {_MONTH}(?!\w)(?! \d{{4}})", _day_month),
    (
        "date",
        rf"{_LEAD}{_NAMED_DAY}{_MONTH} {_DAY}(?![\w,.]*\d)(?!\w)(?! (?:percent|per cent|million|tonnes))",
        _day_month,
    ),
    ("month", rf"{_WHICH} {_MONTH}(?!\w)(?! \d)", _month),
    ("month", rf"(?P<lead>[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill) {_EDGE}{_MONTH}(?!\w)(?! \d)", _month),
    ("month", rf"{_MONTH}(?!\w)", _lone_month),
    (
        "date",
        rf"(?:{_WHICH} )?{_WEEKDAY}(?!\w)(?!,? (?:{_FULL_MONTH}) \d)(?! (?:Times|Telegraph|Mirror|Herald|Mail|Express))",
        _weekday,
    ),
    ("relative", r"\b(?P<near>[Yy]esterday|(?<!USA )[Tt]oday|[Tt]omorrow|[Tt]onight)\b", _near_day),
    (
        "relative",
        rf"{_LEAD}(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|the (?:end|start|middle) of) )?{_WHICH} (?P<unit>year|month|week)\b",
        _relative,
    ),
    ("relative", r"\b[Aa] year (?:earlier|before)\b|\bthe year before\b", _year_earlier),
    ("relative", rf"{_LEAD}(?:(?:the )?end of the year|(?:the )?year[’']s end|year-end)\b", _this_year),
    (
        "relative",
        rf"\b(?P<count>\d{{1,3}}|{'|'.join(sorted(_AGO_COUNTS, key=len, reverse=True))}) {_UNITS} ago\b",
        _ago,
    ),
    ("relative", rf"{_WHICH} (?P<season>spring|summer|autumn|fall|winter)\b", _season),
    (
        "relative",
        r"\b(?:(?:[Oo]ver|[Aa]t|[Oo]n|[Dd]uring|[Bb]y) the|(?P<which>[Ll]ast|[Tt]his|[Nn]ext)) weekend\b",
        _weekend,
    ),
    (
        "quarter",
        rf"(?:the )?{_PART} of (?:calendar |fiscal |the )?(?:year )?{_YEAR}(?!\d)|{_CODE}(?P<code>{_YEAR.replace('year', 'y2')})(?!\d)",
        lambda m, _: m["year"] or m["code"],
    ),
    ("quarter", r"\b(?:[1-4][QH]|[QH][1-4] ?['’]?)(?P<fiscal>[0-4]\d)(?!\d)", _short_year),
    ("quarter", rf"(?:the )?{_PART}(?: of {_WHICH} year\b| of the (?:calendar )?year\b)", _quarter_relative_year),
    ("quarter", rf"(?:the )?{_PART}(?!\w)(?! of the \d| \d)", _quarter),
    ("quarter", r"\b(?P<part>[QH][1-4])(?![\w-])(?! \d)", _quarter),
    ("quarter", rf"{_WHICH} quarter\b(?! of)", _relative_quarter),
    (
        "fiscal",
        r"(?:the )?\b(?:[Ff]iscal|[Ff]inancial)(?:[ -][Yy]ear)? (?P<fiscal>(?:19|20)\d\d)(?:[-–/](?P<until>(?:20)?\d\d))?(?!\d)",
        _short_year,
    ),
    ("fiscal", r"\bFY ?['’]?(?P<fiscal>(?:19|20)\d\d|\d\d)(?:[-–/](?P<until>(?:20)?\d\d))?(?!\d)", _short_year),
    (
        "fiscal",
        r"(?:the )?\b(?P<fiscal>(?:19|20)\d\d)(?:[-–/](?P<until>(?:20)?\d\d))? (?:fiscal|financial) year\b",
        _short_year,
    ),
    (
        "fiscal",
        r"(?:the )?\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|current|[Tt]he previous) (?:fiscal|financial) year\b",
        _fiscal_relative,
    ),
    (
        "fiscal",
        rf"(?:the )?\b(?:fiscal |financial )?(?:year|(?:\w+ )?months|half|quarter)[ -](?:to|ended|ending|through)(?: on)?(?: the end of)? (?:{_DAY} )?{_MONTH}(?!\w)(?: (?:[12]\d|3[01]|[1-9])\b(?!\d))?(?:,? {_YEAR}(?!\d))?",
        _year_to,
    ),
    ("range", rf"(?<![\w/.,$€£-]){_YEAR}[-–—/](?P<last>20\d\d|19\d\d|\d\d)(?![\d-])(?!/\d)", _year_range),
    ("month", r"(?P<iso_month>(?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?![\d-])", _iso_month),
    ("year", rf"{_LEAD}{_EDGE}(?<![\w/.,$€£]){_YEAR}(?![\w/])(?![.,]\d)(?!-\d)", _year),
]
_TABLE = [(kind, re.compile(rf"(?<!\w)(?<!\w-)(?:{pattern})"), read) for kind, pattern, read in _RULES]


def _mention(kind: str, found: re.Match[str], read: Reader, anchor: Anchor | None) -> TimeMention | None:
    readings = read(found, anchor)
    if not readings:
        return None
    value, future = (readings, None) if isinstance(readings, str) else readings
    if lead := found.groupdict().get("lead"):
        kind = "since" if lead.lower() == "since" else "by"
    return TimeMention(TextSpan(*found.span()), value, kind, future)


def find_times(text: str, published: str | None) -> list[TimeMention]:
    """The times of the text by position, none overlapping another.

    `published` is the document's date (yyyy-mm-dd, or coarser); without it only absolute expressions are given.
    Where two rules match overlapping stretches, the longer wins.
    """
    anchor = parse_anchor(published)
    found = [
        mention
        for kind, pattern, read in _TABLE
        for match in pattern.finditer(text)
        if (mention := _mention(kind, match, read, anchor))
    ]
    kept: list[TimeMention] = []
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span)):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)
