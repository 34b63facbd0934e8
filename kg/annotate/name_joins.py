"""What goes on with a proper name although it has no capital: syllables behind a hyphen, a number of its own.

Comes in: a unit and where a name ends so far. Goes out: whether the next tokens belong to it.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.annotate.wordlist import CALENDAR, word_list

_SYLLABLE = re.compile(
    r"(?:ch|g|k|n|d|t|r|m|b|p|s|j|h|sh)?(?:[yw])?(?:ae|eo|oo|eu|ee|ou|ui|a|e|o|u|i)(?:n|ng|m|l|k|p|t|b|h)?"
)
_NO_SYLLABLE = frozenset(word_list("run hit hub day tier to on up in at born too made based led owned era built bound"))


def is_second_syllable(doc: Doc, hyphen: int, start: int) -> bool:
    """Whether a hyphen joins the syllables of a Korean given name: 'Bae Hyun-woo', after a surname."""
    if hyphen + 1 >= len(doc) or hyphen - start < 2 or doc[hyphen].whitespace_ or doc[hyphen - 1].whitespace_:
        return False
    first, second = doc[hyphen - 1].lower_, doc[hyphen + 1].text
    return second not in _NO_SYLLABLE and all(_SYLLABLE.fullmatch(word) for word in (first, second))


_COUNTED = ("PROPN", "NUM", "SYM", "ADJ")
_UNITS = frozenset(
    word_list("percent percentage cent pct per t kg g lb oz mt kt km m mw gw gwh ha bn m million billion")
)
_NUMBERED = frozenset(
    word_list("table figure section article chapter page hole scope tier class annex appendix part question item box q")
)


def is_numbered_name(doc: Doc, end: int) -> bool:
    """Whether a bare number belongs to the name before it ('Solwara 1', 'Phase 2'): it counts nothing that follows."""
    last, follower = doc[end - 1], doc[end + 1] if end + 1 < len(doc) else None
    if not re.fullmatch(r"[1-9]\d?", doc[end].text) or not last.text[:1].isupper() or not last.is_alpha:
        return False
    if last.lower_ in _NUMBERED or last.lower_ in CALENDAR or last.is_stop or last.text.isupper():
        return False
    if follower is None:
        return True
    counts = follower.pos_ in _COUNTED or follower.tag_ in ("NNS", "NNPS") or follower.lower_ in _UNITS
    return not counts and follower.text not in ("%", "-", "–", ".")


def number_of_act(doc: Doc, end: int) -> int:
    """How many tokens of '. 17/2026' go on with 'Law No'; 0 where none do."""
    if doc[end - 1].text == "No" and doc[end].text == "." and end + 1 < len(doc) and doc[end + 1].text[:1].isdigit():
        return 2
    return int(doc[end - 1].text == "No." and doc[end].text[:1].isdigit())
