"""Times: the text of an article and its date in, its time expressions by position with ISO values out.

A table of regular expressions, each with the function that reads it; relative phrases are resolved against the
document's date. Durations ("over five years"), ages and decades ("the 1990s") are not times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotate import time_readers as readers
from kg.annotate.moments import Anchor, parse_anchor
from kg.annotate.overlap import longest
from kg.annotate.time_readers import AGO_COUNTS, FULL_MONTH, Reader
from kg.records import TextSpan


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time in the text, as `yyyy`, `yyyy-mm` or `yyyy-mm-dd` in the phrase's own grain.

    `kind` is date, month, year, quarter, fiscal, relative, range (the value is the last year), since or by (also
    until); the preposition belongs to the span for since, by and until. `value` reads a phrase without a year as past;
    `future` is the reading under a future verb, None where the phrase has only one.
    """

    span: TextSpan
    value: str
    kind: str
    future: str | None = None


_MONTH = rf"(?P<month>{FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d|2100)"
_WEEKDAY = r"(?P<weekday>[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ss]aturday|[Ss]unday)"
_NAMED_DAY = rf"(?:{_WEEKDAY.replace('weekday', 'on')},? (?:the )?)?"
_LEAD = r"(?:(?P<lead>[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill) )?"
_EDGE = (
    r"(?:(?:the )?(?:(?:very )?(?:[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd|[Bb]eginning|[Ss]tart|middle|turn|close"
    r"|spring|summer|autumn|fall|winter)(?:[ -]of| in)?[ -]){1,3}|calendar |full-year )?"
)
_WHICH = r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his coming|[Tt]his past|[Tt]he previous)"
_PART = r"(?P<part>(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal)[ -]quarter|(?:[Ff]irst|[Ss]econd)[ -]half)"
_CODE = r"(?:[QH][1-4](?: of|,)? ?|[1-4][QH] ?)"
_UNITS = r"(?P<unit>years?|months?|weeks?|fortnights?|days?|decades?|centur(?:y|ies))"

_RULES: list[tuple[str, str, Reader]] = [
    ("date", rf"{_LEAD}{_NAMED_DAY}{_DAY}(?: of)? {_MONTH},? {_YEAR}(?!\w)", readers.read_full_date),
    ("date", rf"{_LEAD}{_NAMED_DAY}{_MONTH} {_DAY},? {_YEAR}(?!\w)", readers.read_full_date),
    ("date", rf"{_LEAD}(?P<iso>(?:1[89]|20)\d\d-\d\d-\d\d)(?![0-9-])", readers.read_iso_date),
    ("month", rf"{_LEAD}{_EDGE}{_MONTH},?(?: of)? {_YEAR}(?!\w)", readers.read_month_year),
    ("month", rf"{_LEAD}{_EDGE}{_MONTH},?(?: of)? {_WHICH} year\b", readers.read_month_relative_year),
    ("date", rf"{_LEAD}{_NAMED_DAY}{_DAY}(?: of)? {_MONTH}(?!\w)(?! \d{{4}})", readers.read_day_month),
    (
        "date",
        rf"{_LEAD}{_NAMED_DAY}{_MONTH} {_DAY}(?![\w,.]*\d)(?!\w)(?! (?:percent|per cent|million|tonnes))",
        readers.read_day_month,
    ),
    ("month", rf"{_WHICH} {_MONTH}(?!\w)(?! \d)", readers.read_month),
    ("month", rf"(?P<lead>[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill) {_EDGE}{_MONTH}(?!\w)(?! \d)", readers.read_month),
    ("month", rf"{_MONTH}(?!\w)", readers.read_lone_month),
    (
        "date",
        rf"(?:{_WHICH} )?{_WEEKDAY}(?!\w)(?!,? (?:{FULL_MONTH}) \d)(?! (?:Times|Telegraph|Mirror|Herald|Mail|Express))",
        readers.read_weekday,
    ),
    ("relative", r"\b(?P<near>[Yy]esterday|(?<!USA )[Tt]oday|[Tt]omorrow|[Tt]onight)\b", readers.read_near_day),
    (
        "relative",
        rf"{_LEAD}(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|the (?:end|start|middle) of) )?{_WHICH}"
        r" (?P<unit>year|month|week)\b",
        readers.read_relative,
    ),
    ("relative", r"\b[Aa] year (?:earlier|before)\b|\bthe year before\b", readers.read_year_earlier),
    ("relative", rf"{_LEAD}(?:(?:the )?end of the year|(?:the )?year[’']s end|year-end)\b", readers.read_this_year),
    (
        "relative",
        rf"\b(?P<count>\d{{1,3}}|{'|'.join(sorted(AGO_COUNTS, key=len, reverse=True))}) {_UNITS} ago\b",
        readers.read_ago,
    ),
    ("relative", rf"{_WHICH} (?P<season>spring|summer|autumn|fall|winter)\b", readers.read_season),
    (
        "relative",
        r"\b(?:(?:[Oo]ver|[Aa]t|[Oo]n|[Dd]uring|[Bb]y) the|(?P<which>[Ll]ast|[Tt]his|[Nn]ext)) weekend\b",
        readers.read_weekend,
    ),
    (
        "quarter",
        rf"(?:the )?{_PART} of (?:calendar |fiscal |the )?(?:year )?{_YEAR}(?!\w)"
        rf"|{_CODE}(?P<code>{_YEAR.replace('year', 'y2')})(?!\d)",
        lambda m, _: m["year"] or m["code"],
    ),
    ("quarter", r"\b(?:[1-4][QH]|[QH][1-4] ?['’]?)(?P<fiscal>[0-4]\d)(?!\d)", readers.read_short_year),
    (
        "quarter",
        rf"(?:the )?{_PART}(?: of {_WHICH} year\b| of the (?:calendar )?year\b)",
        readers.read_quarter_relative_year,
    ),
    ("quarter", rf"(?:the )?{_PART}(?!\w)(?! of the \d| \d)", readers.read_quarter),
    ("quarter", r"\b(?P<part>[QH][1-4])(?![\w-])(?! \d)", readers.read_quarter),
    (
        "quarter",
        rf"(?:[Tt]he )?(?P<month>March|June|September|December) quarter\b(?: of)?(?: {_YEAR}(?!\w))?",
        readers.read_year_to,
    ),
    ("quarter", rf"{_WHICH} quarter\b(?! of)", readers.read_relative_quarter),
    (
        "fiscal",
        r"(?:the )?\b(?:[Ff]iscal|[Ff]inancial)(?:[ -][Yy]ear)? "
        r"(?P<fiscal>(?:19|20)\d\d)(?:[-–/](?P<until>(?:20)?\d\d))?(?!\d)",
        readers.read_short_year,
    ),
    (
        "fiscal",
        r"\bFY ?['’]?(?P<fiscal>(?:19|20)\d\d|\d\d)(?:[-–/](?P<until>(?:20)?\d\d))?(?!\d)",
        readers.read_short_year,
    ),
    (
        "fiscal",
        r"(?:the )?\b(?P<fiscal>(?:19|20)\d\d)(?:[-–/](?P<until>(?:20)?\d\d))? (?:fiscal|financial) year\b",
        readers.read_short_year,
    ),
    (
        "fiscal",
        r"(?:the )?\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|current|[Tt]he previous) (?:fiscal|financial) year\b",
        readers.read_fiscal_relative,
    ),
    (
        "fiscal",
        r"(?:the )?\b(?:fiscal |financial )?(?:year|(?:\w+ )?months|half|quarter)[ -](?:to|ended|ending|through)"
        r"(?: on)?"
        rf"(?: the end of)? (?:{_DAY} )?{_MONTH}(?!\w)(?: (?:[12]\d|3[01]|[1-9])\b(?!\d))?(?:,? {_YEAR}(?!\w))?",
        readers.read_year_to,
    ),
    ("range", rf"(?<![\w/.,$€£-]){_YEAR}[-–—/](?P<last>20\d\d|19\d\d|\d\d)(?![0-9-])(?!/\d)", readers.read_year_range),
    ("month", r"(?P<iso_month>(?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?![0-9-])", readers.read_iso_month),
    ("year", rf"{_LEAD}{_EDGE}(?<![\w/.,$€£]){_YEAR}(?![\w/])(?![.,]\d)(?!-\d)", readers.read_year),
]
_TABLE = [
    (kind, re.compile(rf"(?<!\w)(?<!\w-)(?:{pattern})".replace(r"\d", "[0-9]")), read) for kind, pattern, read in _RULES
]


def _mention(kind: str, found: re.Match[str], read: Reader, anchor: Anchor | None) -> TimeMention | None:
    readings = read(found, anchor)
    if not readings:
        return None
    value, future = (readings, None) if isinstance(readings, str) else readings
    if lead := found.groupdict().get("lead"):
        kind, future = ("since", None) if lead.lower() == "since" else ("by", future)
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
    return longest(found)


_OPENS = re.compile(r"\s*(?:[•●▪*–-]\s+)?(?:(?:On|In)\s+)?")
_CLOSES_DATE = re.compile(r"\s*(?::|[–—]\s)|\s+[-]\s|\.?\s*$")


def opening_date(paragraph: str) -> str | None:
    """The date with which a timeline's entry begins ('July 3, 2023: …'), or of which a heading consists, or None."""
    start = _OPENS.match(paragraph)
    begin = start.end() if start else 0
    first = next((mention for mention in find_times(paragraph[:60], None) if mention.span.start <= begin), None)
    if first is None or first.kind not in ("date", "month", "year") or first.future:
        return None
    return first.value if _CLOSES_DATE.match(paragraph[:60], first.span.end) else None
