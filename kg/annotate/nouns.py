"""What a bare number counts: the plural noun behind it, found by shape and position, without a parse."""

from __future__ import annotations

import re

from kg.annotate.wordlist import word_list
from kg.records import TextSpan

_STOP = frozenset(
    word_list(
        "a an the and or but nor of in on at to from by with for as is are was were be been being has have "
        "had do does did will would  can could may might must shall should that which who whom whose this "
        "these those its his their our us thus plus than  then when where while if because since until after "
        "before between into over under about against also not no yes  said says it he she they we you i per "
        "percent via versus perhaps always sometimes towards afterwards besides  alongside across ours hers "
        "yours"
    )
)
_PLURALS = frozenset(
    word_list("people men women children staff personnel police species aircraft workers media data mice feet")
)
_NOT_PLURAL = re.compile(r"(?:ss|us|is|[’']s|ous)$")
_TIME = frozenset(
    word_list(
        "year years month months week weeks day days hour hours minute minutes second seconds decade decades "
        "century centuries  quarter quarters fortnight generation generations times weekends nights mornings "
        "evenings am pm seasons"
    )
)
_NAMING = frozenset(
    word_list(
        "no number section article chapter phase phases unit block page pages tier title scope figure table "
        "line paragraph item  annex appendix part stage class type category level grade version model route "
        "highway room flight gate resolution  rule act schedule group volume issue point lot area aged age top"
    )
)
_STARTERS = frozenset(
    word_list(
        "in on at by for with of about around some over under another the these those its their all only just "
        "at nearly almost roughly  more than up to and but or from between among last first when while as "
        "after before since until if though although  that which now today there here both monday tuesday "
        "wednesday thursday friday saturday sunday q a"
    )
)
_MONTH = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.?$"
    r"|(?:January|February|March|April|June|July|August|September|October|November|December)$"
)
_WORD = re.compile(r"(?:[ \u00a0]|(?<=\d)-|(?<=[a-z])-)(?P<word>[A-Za-zÀ-ÿ][\w’'.&-]*)")
_PREVIOUS = re.compile(r"(?P<word>[\w.’'&]+)[ \u00a0]$")
# "15 of the 19 mines" counts mines twice.
_AMONG = re.compile(
    r" of (?:the|its|their|our|these|those)(?: [\d,]+| (?:two|three|four|five|six|seven|eight|nine|ten|dozen))? "
)
_MEMBERS = re.compile(r"-(?P<word>nation|member|country|state|company|party)\b")


def _is_plural(word: str) -> bool:
    lower = word.lower()
    return lower in _PLURALS or (len(word) > 3 and lower.endswith("s") and not _NOT_PLURAL.search(lower))


def _part_of_a_name(text: str, start: int) -> bool:
    """Whether the word before makes the number a label: "Section 232", "Boeing 787", "June 30"."""
    found = _PREVIOUS.search(text[max(0, start - 30) : start])
    if not found:
        return False
    word = found["word"]
    if word.lower().rstrip(".") in _NAMING or _MONTH.search(word):
        return True
    return word[:1].isupper() and word.lower() not in _STARTERS


def counted_noun(text: str, start: int, end: int) -> TextSpan | None:
    """The noun that the number at `start`..`end` counts ("140 Chinese companies"); None where it counts nothing."""
    if _part_of_a_name(text, start):
        return None
    if members := _MEMBERS.match(text, end):
        return TextSpan(members.start("word"), members.end("word"))
    if text[end : end + 1] == "-":
        return None
    position, last = end, None
    if of := _AMONG.match(text, end):
        position = of.end() - 1
    for _ in range(5):
        found = _WORD.match(text, position)
        word = found["word"].rstrip(".’'&-") if found else ""
        if not found or word.lower() in _STOP or _MONTH.search(word):
            break
        if word.lower() in _TIME or word.rsplit("-", 1)[-1].lower() in _TIME:
            return None
        if _is_plural(word):
            last = TextSpan(found.start("word"), found.start("word") + len(word))
        elif last:
            break
        position = found.end()
        if text[position - 1] in ".":
            break
    return last
