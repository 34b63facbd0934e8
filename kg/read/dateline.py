"""Dates, bylines and datelines: what the small print around an English article says about it.

Every function takes one line or paragraph, already normalised, and answers with plain values; none raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(rf"(?<![\w-]){form}(?!\w)", re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_MONTH} {_DAY},? {_YEAR}",  # February 4, 2026
        rf"{_DAY}[ -]{_MONTH}[, -]? ?{_YEAR}",  # 12 June 2025
        rf"{_YEAR}[-/](?P<month>[01]?\d)[-/](?P<day>[0-3]?\d)(?=T\d|\b)",
    )
)
_ISO_TIME = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?", re.ASCII)
_MONTH_ONLY = re.compile(rf"(?<![\w-])(?<!\d )(?<!\d[a-z]{{2}} ){_MONTH},? {_YEAR}(?!\w)", re.IGNORECASE | re.ASCII)
_ISO_MONTH = re.compile(rf"{_YEAR}-(?P<month>[01]\d)", re.ASCII)
_SHORT_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.? [0-3]?\d|[0-3]?\d [A-Z][a-z]{2,8}\.?)")  # "Dec 3", "3 December"

_AROUND_A_DATE = re.compile(
    r"(?:first |last )?(?:published|posted|updated|modified|issued|released|created|date|dated|on|at)\b:?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\d{1,2}[:.]\d\d(?::\d\d)?|\b(?:am|pm|a\.m\.|p\.m\.|gmt|utc|[a-z]{2,3}t|[+-]\d\d:?\d\d|z)\b"
    r"|\b\d+ min(?:ute)?s? read\b|[\s,;:|·•–—()/-]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as ISO yyyy-mm-dd; the text need not name the day (then it is the first) nor the year."""

    iso: str
    day_given: bool = True
    year_given: bool = True


def find_date(text: str) -> FoundDate | None:
    """The first full date in `text`, else the first month with a year, dated to its first day; else None."""
    if iso := _ISO_TIME.search(text):
        return _real(iso[1][:4], iso[1][5:7], iso[1][8:])
    matches = [found for form in _DATES if (found := form.search(text))]
    for found in sorted(matches, key=lambda found: found.start()):
        if real := _real(found["year"], found["month"], found["day"]):
            return real
    month = _MONTH_ONLY.search(text) or _ISO_MONTH.fullmatch(text.strip())
    first = _real(month["year"], month["month"], "1") if month else None
    return FoundDate(first.iso, day_given=False) if first else None


def _real(year: str, month: str, day: str) -> FoundDate | None:
    """The date where the calendar has it."""
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].lower())
    try:
        return FoundDate(date(int(year), number, int(day)).isoformat())
    except ValueError:
        return None


def date_line(line: str) -> FoundDate | None:
    """The date of a line that says nothing else: 'February 4, 2026', 'Published: Wed 4 Feb 2026, 10:30 GMT'."""
    found = find_date(line) if len(line) <= 80 else None
    if found is None:
        return None
    rest = line
    for form in (_ISO_TIME, *_DATES, _MONTH_ONLY):
        rest = form.sub(" ", rest)
    return None if _AROUND_A_DATE.sub("", rest) else found


_CAPITAL = "A-ZÀ-ÖØ-ÞĀŁŚŞŠŽČĆĐİ"
_WORD = rf"(?:[{_CAPITAL}]\.|(?:O['’]|D['’]|Mc|Mac)?[{_CAPITAL}][\w'’-]+)"
_LINK = r"(?:(?:de|da|do|dos|del|della|den|der|di|du|la|le|van|von|bin|ibn|al|el|ter|ten|y)\s)"
_NAME = rf"{_WORD}(?: {_LINK}{{0,2}}{_WORD}){{1,3}}"
_NAME_LINE = re.compile(_NAME)
_BYLINE = re.compile(r"(?:written |reported |story |reporting |words |text )?by[: ]\s*(?P<who>.{2,90})", re.IGNORECASE)
_OWN_STAFF = re.compile(
    r"\b(?:our|staff|desk|bureau|correspondents?|reporters?|newsroom|editors?|writers?|team)\b", re.I
)
_AGENCY = re.compile(
    r"(?:agence france-presse|associated press|the associated press|dow jones|anadolu|afp|ap|reuters"
    r"|bloomberg|xinhua|upi|"
    r"dpa|efe|ansa|tass|interfax|kyodo|yonhap|bernama|antara|apa|pti|ani|ians|aap|lusa|belga|cnn|bbc|nhk|apanews)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:key|points?|takeaways?|summary|executive|main|findings|background|introduction|overview|highlights|contents|"
    r"abstract|what|why|how|who|when|where|the|and|new|policy|markets?|mines?|mining|rare|earths?|critical|minerals?|"
    r"metals?|south|north|east|west|united|states|outlook|supply|demand|prices?|production|trade|next|steps|conclusions?|"
    r"recommendations|update|project|projects|facts?|figures|powers?|company|companies|limited|ltd|plc|corp|inc)\b",
    re.IGNORECASE,
)
_PUBLISHING = re.compile(
    r"\b(?:newswire|wire|news|agency|agence|press|times|post|journal|herald|monitor|gazette|tribune|telegraph|"
    r"guardian|observer|chronicle|mail|review|magazine|weekly|daily|today|bulletin|mercury|standard|star|examiner|"
    r"courier|dispatch|register|forum|institute|bureau|centre|center|council|ministry|department|commission|"
    r"association|foundation|university|survey|intelligence|media|insights?|digest|report|online|global|group|"
    r"advisers|advisors|research|network|service|office|secretariat|agenda|echo|argus|world|outlook)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a byline names: a person (`author`), a house (`publisher`), or neither ('our correspondent')."""

    author: str | None = None
    publisher: str | None = None


def byline(line: str) -> Byline | None:
    """What 'By AFP', 'By Ann Lee, Reuters' or 'By our Kinshasa bureau' says; None where the line is no byline.

    "By 2030 Chile will double output." is a sentence: a byline ends without a full stop and names somebody.
    """
    match = _BYLINE.fullmatch(line)
    if match is None or re.search(r"[a-z]{3}[.!?]$", line) or len(line.split()) > 12:
        return None
    who = re.sub(r"\s+\(.*\)$", "", match["who"]).strip(" .:|,")
    if _OWN_STAFF.search(who) and not _NAME_LINE.match(who):
        return Byline()
    parts = re.split(r"\s*(?:,| and | & |/| in | for | at | with )\s*", who)
    people = [person_name(part) for part in parts if _is_person(part)]
    houses = [part for part in parts if is_house(part)]
    if not people and not houses:
        return Byline(author=person_name(who)) if _NAME_LINE.fullmatch(who) else None
    return Byline(_listed(people), houses[0] if houses else None)


def _listed(names: list[str]) -> str | None:
    """'A, B and C'."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part) or None


def _is_person(text: str) -> bool:
    return bool(_NAME_LINE.fullmatch(text)) and not is_house(text)


def is_house(text: str) -> bool:
    """Whether `text` reads as the name of an agency, a paper or an institution: 'AFP', 'Meridian Newswire'."""
    words = text.split()
    named = 0 < len(words) <= 7 and (text[:1].isupper() or text[:1].isdigit())
    return named and (bool(_AGENCY.fullmatch(text)) or (len(words) > 1 and bool(_PUBLISHING.search(text))))


def name_line(line: str) -> str | None:
    """The author whom a line of nothing but a name gives: 'Ana LIMA' is 'Ana Lima'; None for other lines."""
    return person_name(line) if _is_person(line) and not line.isupper() and not _NO_NAME.search(line) else None


def surname_in_capitals(line: str) -> bool:
    """Whether the line is a name as agencies write it, the surname in capitals: 'Jean-Luc DE WIT'."""
    words = line.split()
    return name_line(line) is not None and not words[0].isupper() and words[-1].isupper() and len(words[-1]) > 2


def person_name(name: str) -> str:
    """The name with what stands in capitals written as usual: 'Shira O'NEIL-DUPONT' is 'Shira O'Neil-Dupont'."""
    return " ".join(
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
        if word.isupper() and len(word) > 1 and "." not in word
        else word
        for word in name.split()
    )


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """What the lines around an article say about it."""

    author: str | None = None
    publisher: str | None = None
    published: FoundDate | None = None

    def filled(self, other: SmallPrint) -> SmallPrint:
        """These facts, those that are missing taken from `other`."""
        return SmallPrint(
            self.author or other.author, self.publisher or other.publisher, self.published or other.published
        )


_PARTS = re.compile(r"\s+[|·•–—-]\s+|\s*\|\s*")
_SIGNED = re.compile(rf"(?P<name>{_NAME})(?:, (?:CFA|PhD|Dr|MBA|CPA|FCA))+|[\w.+-]+@[\w.-]+")
_SERIES = re.compile(
    r"(?:(?:annual|quarterly|monthly|weekly|special|research|policy|the)\s)*(?:digest|report|bulletin"
    r"|review|brief|note|"
    r"fact ?sheet|paper|summary|update|briefing)s? (?:of|by|from) (?:the )?(?P<house>[^,"
    r"|]{3,60}),? (?P<date>[^,|].{3,20})",
    re.IGNORECASE,
)
_PLACE_OR_HOUSE = re.compile(rf"(?P<who>(?:[Tt]he )?[{_CAPITAL}][\w.'’-]*(?: [\w.'’&-]+){{0,5}}), (?P<date>.{{6,40}})")


def small_print(line: str) -> SmallPrint | None:
    """The facts of a line that holds nothing else: 'By Ann Lee | 3 May 2025 | 4 min read', 'Ottawa, 12 June 2025'.

    None for every line that has no byline and no date, or that has words beside them.
    """
    if len(line.split()) > 18 or len(line) > 140:
        return None
    parts = [part for part in _PARTS.split(line) if part]
    facts = [_part(part) for part in parts]
    known = [fact for fact in facts if fact is not None]
    if not known or any(len(part.split()) > 6 for part, fact in zip(parts, facts, strict=True) if fact is None):
        return None
    result = SmallPrint()
    for fact in known:
        result = result.filled(fact)
    houses = [part for part, fact in zip(parts, facts, strict=True) if fact is None and is_house(part)]
    return result.filled(SmallPrint(publisher=houses[0] if houses and not re.search(r"\d", houses[0]) else None))


def _part(part: str) -> SmallPrint | None:
    if found := date_line(part):
        return SmallPrint(published=found)
    if signed := _SIGNED.fullmatch(part):
        return SmallPrint(author=name_line(signed["name"] or ""))
    if series := _SERIES.fullmatch(part):
        return SmallPrint(publisher=series["house"].strip(), published=date_line(series["date"]))
    if named := byline(part):
        return SmallPrint(named.author, named.publisher)
    place = _PLACE_OR_HOUSE.fullmatch(part)
    published = date_line(place["date"]) if place else None
    if place is None or published is None:
        return None
    who = byline(place["who"]) or Byline(publisher=place["who"] if is_house(place["who"]) else None)
    return SmallPrint(who.author, who.publisher, published)


_DATELINE = re.compile(
    rf"(?P<place>[{_CAPITAL}][{_CAPITAL} .'’/-]{{2,40}}(?![\w]))"
    r"(?P<rest>[^–—:;!?\"“”]{0,60}?) ?(?P<dash>–|—|--|-) ?(?=\S)"
)
_AGENCY_IN_BRACKETS = re.compile(rf" ?\((?P<agency>[{_CAPITAL}][^()]{{1,40}})\)")
_REGION = re.compile(rf"(?:, (?:[{_CAPITAL}][\w.]+ ?){{1,3}})?[ ,]*")  # ", Western Australia"


@dataclass(frozen=True, slots=True)
class Dateline:
    """The start of a body, 'BERLIN, 3 March 2025 (Agency) – ': `length` characters, to be left out of the text."""

    length: int
    published: FoundDate | None = None
    agency: str | None = None


def dateline(paragraph: str, context: str = "") -> Dateline | None:
    """The dateline that opens `paragraph`, or None; years named in `context`, the whole text, help to date 'Nov 10'.

    "CATL - the battery maker - …" opens with a name in capitals too: a place without date and agency counts
    only before a long dash and with a capital letter after it.
    """
    match = _DATELINE.match(paragraph)
    if match is None or not _spaced(paragraph, match):
        return None
    agency = _AGENCY_IN_BRACKETS.search(match["rest"])
    rest = _AGENCY_IN_BRACKETS.sub("", match["rest"])
    published = find_date(rest) or _with_year(rest, paragraph[match.end() :], context)
    short = None if published else _SHORT_DATE.search(rest)
    for form in (*_DATES, _SHORT_DATE):
        rest = form.sub("", rest)
    if not _REGION.fullmatch(rest) or (published and not published.day_given):
        return None
    after = paragraph[match.end() : match.end() + 1]
    bare = not (published or short or agency)
    if bare and (match["dash"] == "-" or after.islower() or len(match["place"].strip()) < 4):
        return None
    return Dateline(match.end(), published, agency["agency"] if agency else None)


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


# years that lie ahead: "by 2030", "from 2027"
_PAST_YEAR = re.compile(
    r"(?<!by )(?<!from )(?<!until )(?<!before )(?<!till )(?<!to )(?<!through )\b20[0-8]\d\b", re.IGNORECASE
)
_AHEAD = re.compile(r"\b(?:will|would|plan\w*|expect\w*|due|target\w*|aim\w*|hop\w+|forecast\w*)\b", re.IGNORECASE)


def _with_year(text: str, paragraph: str, context: str) -> FoundDate | None:
    """The date of 'Nov 10' where the paragraph says 'on Monday': the first fitting year from the latest one that the
    text names as past, else the latest near a year in the text.
    """
    short = _SHORT_DATE.search(text)
    weekday = re.search(rf"\b(?:on )?({'|'.join(_WEEKDAYS)})\b", paragraph, re.IGNORECASE)
    if short is None or weekday is None:
        return None
    named = {int(digits) for digits in re.findall(r"\b20[0-8]\d\b", context)}
    behind = [
        int(digits)
        for part in re.split(r"(?<=[.!?;])\s", context)
        if not _AHEAD.search(part)
        for digits in _PAST_YEAR.findall(part)
    ]
    latest = max(behind, default=0)
    near = sorted({one + step for one in named for step in (-1, 0, 1)}, reverse=True)
    for year in [*([latest, latest + 1, latest + 2] if latest else []), *near]:
        found = find_date(f"{short[0]} {year}")
        if found and date.fromisoformat(found.iso).weekday() == _WEEKDAYS.index(weekday[1].lower()):
            return FoundDate(found.iso, year_given=False)
    return None


def _spaced(paragraph: str, match: re.Match[str]) -> bool:
    """Whether the dash stands apart on one side at least: 'CO-OPERATION' has none."""
    at = match.start("dash")
    return " " in (paragraph[at - 1], paragraph[match.end("dash") : match.end("dash") + 1])
