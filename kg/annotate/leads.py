"""What stands before a text proper: speakers' labels, names before a colon, stems that bullets complete.

Comes in: strings of the text. Goes out: positions in them, and small rewritings for the parser that keep every offset.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.annotate.wordlist import word_list

_TITLES = (
    r"(?:Mr|Ms|Mrs|Mx|Dr|Sen|Rep|Prof|Sir|Dame|Lord|Lady|Baroness|Senator|Representative|Congress(?:man|woman)|"
    r"Minister|Professor|Commissioner|Secretary|Ambassador|Governor|Judge|Shri|Smt|Shrimati|Cllr|Councillor|"
    r"General|Gen|Captain|Capt|Hon)\.?"
)
# the words of a label that are no part of a name, in lower case
LABEL_TITLES = frozenset(
    word_list(
        """
    the mr ms mrs mx dr sen rep prof sir dame lord lady baroness senator representative congressman congresswoman
    minister professor commissioner secretary ambassador governor judge shri smt shrimati cllr councillor general gen
    captain capt hon mp mep
    """
    )
)
_OFFICES = (
    r"(?:THE |The )?(?:CHAIR(?:MAN|WOMAN|PERSON)?|Chair(?:man|woman|person)?|PRESIDENT|President|"
    r"MODERATOR|Moderator|OPERATOR|Operator|HOST|Host|SPEAKER|Speaker|INTERVIEWER|Interviewer|REPORTER|"
    r"Reporter|CLERK|Clerk|JOURNALIST|Journalist|Question|QUESTION)"
)
_NAME = r"[A-ZÀ-Ý][\w’'À-ÿ.-]*(?:\s+(?:de|van|von|al|bin|[A-ZÀ-Ý][\w’'À-ÿ.-]*)){0,3}"
_TITLED = re.compile(
    rf"\**(?P<name>(?i:{_TITLES})\s+{_NAME}?)\s*(?:\((?P<role>[^()\n]{{1,60}})\))?\**\s*[:.]\**\s+(?=\S)"
)
_OFFICE = re.compile(rf"\**(?P<name>{_OFFICES})\s*(?:\([^()\n]{{1,60}}\))?\**\s*[:.]\**\s+(?=\S)")
# "THE MINISTER OF MINES (SHRI K. RAO):", often on a line of its own
_POST = re.compile(
    r"\**(?P<name>(?:THE |The )?(?:[A-Z][\w-]* ){0,3}(?:MINISTER|Minister|SECRETARY|Secretary|COMMISSIONER|Commissioner)"
    r"[^:()\n]{0,60}\([^()\n]{4,60}\))\**\s*:\**(?:\s+(?=\S)|$)"
)
_PLAIN = re.compile(rf"\**(?P<name>{_NAME})\s*(?:,\s[^:\n]{{1,60}}|\([^()\n]{{1,60}}\))?\**\s*:\**\s+(?=\S)")
# a clause that stands after a name and a colon without a subject: "Glencore: cut its guidance"
_VERBS = frozenset(
    word_list(
        """
    has had is was will would can could may plans plan operates operated owns owned runs ran mines mined
    produces produced makes made builds built building holds held cut cuts signed signs bought buys sold sells
    raised raises agreed agrees launched launches announced develops developed developing supplies supplied
    exports exported imports imported refines refined processes processed closed closes halted suspends
    suspended won wins wants aims expects seeks sought received started starts began opened opens reopened
    acquired acquires invests invested funds funded stockpiles imposes imposed bans banned restricts
    restricted controls leads relies depends uses used consumes accounts accounted dominates remains became
    expanded expands secured explores drills lent lends backs backed joined joins hosts hosted completed
    completes lifted lifts reported posted
    """
    )
)
# what such a clause is where it has no verb either: "Valterra Platinum: a leading producer of platinum"
_KIND = re.compile(
    r"(?:(?:an?|the|one of the|now|once)\s)(?:[\w’'-]+\s){0,5}?(?:producers?|miners?|makers?|refiners?|"
    r"suppliers?|exporters?|importers?|"
    r"consumers?|users?|use|uses|source|owner|operator|developer|buyer|trader|market|company|firm|group|home|explorer|manufacturer|smelter)\b",
    re.I,
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might)\b", re.I)
# a bare noun of measure says what the figures behind it are, and stays with them
_MEASURE = re.compile(
    r"(?:prices?|costs?|capacity|demand|supply|sales|exports?|imports?|stake|output|production|reserves?)$", re.I
)
_NO_HEAD = re.compile(
    r"\b(?:includ(?:es?|ed|ing)|covers?|covered|are|is|was|were|comprises?|contains?|lists?|names?|will|"
    r"would|to|must|shall|should|says?|said|"
    r"asked|told|follow(?:s|ing)?|for|with|by|between|of|from|in|on|that|such as|than|and|or)\s*$",
    re.I,
)
_OPEN_STEM = re.compile(
    r"\b(?:includ(?:es?|ed|ing)|covers?|covered|covering|are|were|is|was|comprises?|contains?|lists|names|"
    r"will|would|to|must|shall|should|"
    r"can|could|may|for|with|by|between|of|from|in|on|against|such as|as follows|the following|following)\s*:$",
    re.I,
)
_NOT_OPEN = re.compile(r"\b(?:as follows|the following|following)\s*:$", re.I)
# a date before a colon dates what follows: "4 February 2025: Beijing puts tungsten under licence"
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{1,2})?\s*$"
)
_HEAD = re.compile(r"(?P<head>[A-Z0-9À-Ý“\"][^:;.!?\n]{0,70}|(?:[A-Z]\.){2,3}[^:;.!?\n]{0,40}):\s+(?=\S)")
_TO = re.compile(r"^(?P<who>(?:[A-ZÀ-Ý][\w’'.&-]*,? (?:and |& )?){1,6})(?P<to>to) (?P<verb>[A-Za-z]{2,})\b")
_NO_TO = frozenset(
    word_list(
        """
    plan plans bid move race deal talks set due agrees agree back return returns key answer road path way
    access aims vows push start ready looks wants seeks close next up on pledges offers promises begins in
    prepares moves decides hopes expected likely
    """
    )
)


def labels(paragraphs: list[str]) -> frozenset[str]:
    """The speakers' labels of a transcript or interview: those that return, or that bear a title."""
    counts: Counter[str] = Counter()
    for text in paragraphs:
        match = _POST.match(text) or _TITLED.match(text) or _OFFICE.match(text) or _PLAIN.match(text)
        if match is not None:
            counts[match["name"]] += 1
    returning = [name for name, number in counts.items() if number > 1]
    titled = [name for name in counts if any(form.match(name + ": x") for form in (_POST, _TITLED, _OFFICE))]
    if len(returning) + len(titled) < 2 and not any(counts[name] > 2 for name in counts):
        return frozenset()
    return frozenset({*returning, *titled})


def label_length(text: str, known: frozenset[str]) -> tuple[int, int]:
    """(length of the speaker's name, length of the whole label with its mark), (0, 0) where there is none."""
    for pattern in (_POST, _TITLED, _OFFICE, _PLAIN):
        match = pattern.match(text)
        if match is not None and match["name"] in known:
            return match.end("name"), match.end()
    return 0, 0


def head_length(text: str) -> tuple[int, int]:
    """(length of what stands before a colon, length with the colon), where both sides are read apart; else (0, 0)."""
    match = _HEAD.match(text)
    if match is None or len(match["head"].split()) > 8 or _NO_HEAD.search(match["head"]):
        return 0, 0
    if match["head"][:1] in '“"' or _MEASURE.match(match["head"]):
        return 0, 0
    return match.end("head"), match.end()


def joined(text: str) -> tuple[int, int, str] | None:
    """(start, end, words) of a colon to be read as `words` instead: 'Impala: operates', 'Valterra: a leading producer'."""
    length, end = head_length(text)
    if not length:
        opened = re.match(r"[^:\n]{3,90}:", text)
        if opened and _OPEN_STEM.search(opened[0]) and not _NOT_OPEN.search(opened[0]) and opened.end() < len(text):
            return opened.end() - 1, opened.end(), ""
        return None
    if len(text[:length].split()) > 5:
        return None
    if _DATE.search(text[:length]):
        return length, length + 1, ","
    follower = re.match(r"[a-z]+", text[end:])
    if follower and follower[0] in _VERBS:
        return length, length + 1, ""
    if follower and follower[0] == "to":
        return length, end + 2, " will"
    kind = _KIND.match(text[end:])
    if follower and kind and not _FINITE.search(kind[0]) and not _FINITE.match(text[end + kind.end() :].strip()):
        return length, length + 1, " is"
    return None


def opens_list(text: str) -> bool:
    """Whether a paragraph ends in a stem that each following bullet completes: 'The alliance will:'."""
    return text.endswith(":") and len(text) < 240 and bool(_OPEN_STEM.search(text)) and not _NOT_OPEN.search(text)


def headline_future(text: str) -> tuple[int, int] | None:
    """Where the 'to' of a headline stands that means 'will': 'Chile to raise output'."""
    match = _TO.match(text)
    if match is None or match["who"].split()[-1].lower().strip(",") in _NO_TO:
        return None
    return match.span("to")
