"""Shares written as fractions: "two-thirds of", "by a fifth", "nine out of ten"; text in, percentages out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.wordlist import word_list
from kg.records import TextSpan

_PARTS: dict[str, int] = {
    word: number
    for number, words in {
        2: "half|halves",
        3: "third|thirds",
        4: "quarter|quarters",
        5: "fifth|fifths",
        6: "sixth|sixths",
        7: "seventh|sevenths",
        8: "eighth|eighths",
        9: "ninth|ninths",
        10: "tenth|tenths",
        20: "twentieth|twentieths",
        100: "hundredth|hundredths",
    }.items()
    for word in words.split("|")
}
_COUNTS = {
    word: number for number, word in enumerate(word_list("one two three four five six seven eight nine ten"), 1)
} | {"a": 1, "an": 1}
_COUNT = "|".join(_COUNTS)
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<count>{_COUNT})[ -](?P<part>{_PART})|(?P<half>half))(?![\w-])", re.IGNORECASE
)
_OUT_OF = re.compile(
    rf"(?<![\w-])(?P<some>{_COUNT}|\d{{1,2}}) (?:out of|in) (?:every )?"
    r"(?P<all>three|four|five|six|seven|eight|nine|ten|10|20|100)(?![\w-])(?! (?:years|months|weeks|days|hours))",
    re.IGNORECASE,
)
_TIME = (
    r"(?:an?|the|this|that|last|next|each|every) (?:\w+ )?(?:year|hour|day|month|century|decade|week|season|second)s?\b"
    r"|\d{4}\b"
)
_UNIT = r"an? (?:tonne|ton|kilogram|kilo|gram|million|billion|percent|per cent|percentage|mile|kilometre|kilometer)"
# "half of", "half the", "half its", "half SQM's": a share of something, but not of a stretch of time.
_OF = re.compile(rf" of(?! (?:{_TIME}|{_UNIT}))\b")
_HALF_OF = re.compile(
    rf" (?!(?:{_TIME}|{_UNIT}))(?:the|its|their|his|her|our|all|this|that|these|those|[A-Z][\w&.-]*['’]s)\b"
)
_ORDINAL = re.compile(
    r"(?:\b(?:first|second|latter|other|third|fourth|last|final|the|this|that|better|front|back|early)[ -])$", re.I
)
_BY = re.compile(
    r"\b(?:by|up|down|rose|fell|jumped|climbed|dropped|grew|shrank|lost|gained)"
    r"(?: \w+ly| about| around| some| nearly| almost| more than| over| at least| up to)? ?$",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|over|(?:more|less) than|up to|just under|at least"
    r"|the remaining)\s$",
    re.IGNORECASE,
)
# After "by a fifth" no noun may follow: "by a third company" is an ordinal.
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)\n–—]|(?:to|from|in|on|over|since|after|as|and|or|but|while|by|between|for|compared|this|last|year"
    r"|during|at|when|if|with|against|is|are|was|were|came|comes|goes|went|more|less|higher|lower|fewer|each)\b)"
)


def _is_share(text: str, found: re.Match[str]) -> bool:
    before, end = text[max(0, found.start() - 30) : found.start()], found.end()
    if _ORDINAL.search(before):
        return False
    if _OF.match(text, end) or (found["half"] and _HALF_OF.match(text, end)):
        return True
    if (_BY.search(before) or _HEDGED.search(before)) and _ENDS.match(text, end):
        return True
    plural = bool(found["part"]) and found["part"].lower().endswith("s")
    return plural and bool(_ENDS.match(text, end))


def find_shares(text: str) -> Iterator[tuple[TextSpan, float]]:
    """Every fraction used as a share, with its percentage to one decimal; durations and ordinals are none."""
    for found in _FRACTION.finditer(text):
        if _is_share(text, found):
            number = 1 if found["half"] else _COUNTS[found["count"].lower()]
            part = 2 if found["half"] else _PARTS[found["part"].lower()]
            if number <= part:
                yield TextSpan(found.start(), found.end()), round(100 * number / part, 1)
    for found in _OUT_OF.finditer(text):
        some, whole = _number(found["some"]), _number(found["all"])
        if some < whole:
            yield TextSpan(found.start(), found.end()), round(100 * some / whole, 1)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.lower()]
