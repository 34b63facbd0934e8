"""Which words of a unit may say a relation: every trigger with the frames it may fire and its predication.

Comes in: a token in its Context. Goes out: pairs of a frame and a predication; whether the frame really holds is decided in
kg.extract.claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.english import English
from kg.extract.frames import Frame, FrameSet
from kg.extract.predication import (
    Predication,
    adjective_predication,
    agent_noun_predication,
    lemma,
    linear_predication,
    noun_predication,
    verb_predication,
)
from kg.records import Schema

_READERS: dict[str, Callable[[Token], Predication]] = {
    "verbs": verb_predication,
    "nouns": noun_predication,
    "agents": agent_noun_predication,
    "adjectives": adjective_predication,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What every step needs: the unit and who speaks in it by default, and the tables."""

    annotated: Annotated
    unit: AnnotatedUnit
    speaker: str | None
    frames: FrameSet
    schema: Schema
    english: English

    @property
    def question(self) -> bool:
        """Whether the unit asks rather than states."""
        return self.unit.unit.text.rstrip().endswith("?")


def predications(context: Context, token: Token) -> Iterator[tuple[Frame, Predication]]:
    read: dict[str, Predication] = {}
    for kind, word in _keys(context, token):
        for frame in context.frames.of(kind, word):
            if kind not in read:
                read[kind] = _READERS[kind](token) if kind in _READERS else _special(kind, token)
            yield frame, read[kind]
    if token.pos_ == "NOUN" and context.frames.of("verbs", base := token.lemma_.lower()):
        linear = linear_predication(token) if token.i not in context.unit.original else None
        for frame in context.frames.of("verbs", base) if linear else ():
            yield frame, linear  # type: ignore[misc]
    if token.dep_ == "poss":
        for frame in context.frames.possessive:
            yield frame, _pair(token, "possessive", token, token.head)
    for frame in context.frames.appositive if token.pos_ in ("NOUN", "PROPN", "NUM") else ():
        if (beside := _beside(context, token)) is not None:
            yield frame, beside
    ref = context.unit.ref_at(token)
    if ref is not None and ref.adjectival and ref.head == token.i and token.dep_ in ("amod", "compound", "nmod"):
        for frame in context.frames.demonym:
            yield frame, _pair(token, "demonym", token, token.head)


def _beside(context: Context, token: Token) -> Predication | None:
    """Two phrases for one thing: 'dysprosium, a heavy rare earth', 'nickel and other metals', 'the rare earth yttrium'."""
    first: Token | None = None
    if token.dep_ == "appos" and _is_aside(context, token):
        first = token.head
    elif token.dep_ == "conj" and any(child.lower_ in ("other", "similar", "such") for child in token.children):
        first = token
        while first.dep_ == "conj":
            first = first.head
    elif token.dep_ in ("compound", "nmod", "amod") and _touching(context, token):
        first = token.head
    if first is None:
        return None
    found = Predication(token, "appositive")
    found.add("first", first)
    found.add("second", token)
    return found


def _is_aside(context: Context, token: Token) -> bool:
    """Whether an apposition is one: in brackets or dashes, or with 'a', 'one', 'two'; else it may be the next of a list."""
    return (
        context.unit.unit.anchor_length > 0
        or token.pos_ == "NUM"
        or any(child.dep_ in ("det", "nummod") for child in token.children)
    )


def _touching(context: Context, token: Token) -> bool:
    """Whether a name right before another name of its phrase is one of several words, as in 'the rare earth yttrium'."""
    ref = context.unit.ref_at(token)
    return ref is not None and ref.end == token.head.i and context.unit.ref_headed(token.head) is not None


def _keys(context: Context, token: Token) -> Iterator[tuple[str, str]]:
    """The (kind, word) pairs under which a token may be listed in a frame."""
    base = token.lemma_.lower()
    if token.i in context.unit.original:
        return
    ref = context.unit.ref_at(token)
    inside_name = (
        ref is not None and ref.how in ("label", "exact", "open") and token.pos_ == "PROPN" and ref.end - ref.start > 1
    )
    if token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_:
        yield "suffixes", token.lower_
        if token.nbor(-2).lower_ not in _HALF_PREFIXES:
            return
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        yield "verbs", lemma(token)
        if lemma(token) != base:
            yield "verbs", base
    if (token.pos_ in ("NOUN", "PROPN") and not inside_name) or (
        token.tag_ == "VBG" and token.dep_ in ("pobj", "nsubj", "dobj")
    ):
        for word in _noun_words(token, base):
            yield "nouns", word
            yield "agents", word
    if token.pos_ == "ADJ" or token.dep_ in ("acomp", "amod"):
        yield "adjectives", token.lower_
    if token.pos_ in ("ADP", "SCONJ") or token.dep_ == "prep":
        yield "preps", token.lower_


_HALF_PREFIXES = frozenset(
    [
        "near",
        "quasi",
        "semi",
        "virtual",
        "co",
        "re",
        "de",
        "pre",
        "over",
        "mega",
        "mid",
        "top",
        "by",
        "majority",
        "minority",
        "wholly",
        "jointly",
        "fully",
        "partly",
        "part",
    ]
)


def _noun_words(token: Token, base: str) -> Iterator[str]:
    yield base
    for child in token.lefts:
        if child.dep_ in ("compound", "amod") and child.i == token.i - 1:
            yield f"{child.lower_} {base}"


def _special(kind: str, token: Token) -> Predication:
    found = Predication(token, kind)
    if kind == "suffixes":
        prefix = token.nbor(-2)
        found.add("prefix", prefix)
        head = token.head if token.dep_ in ("amod", "compound", "nmod") else token
        if head.pos_ == "VERB" and token.i + 1 < len(token.doc) and token.nbor().pos_ in ("NOUN", "PROPN"):
            head = token.nbor()
        found.add("head", head)
        found.add("self", head)
    elif kind == "preps":
        # "Ivanhoe Mines and Zijin of China": the nearest phrase first, then what the parser says
        governor, before = _governor(token), _phrase_before(token)
        if before is not None:
            found.add("governor", before)
        if governor.pos_ in ("NOUN", "PROPN", "PRON"):
            found.add("governor", governor, weak=before is not None)
            if governor.i < token.i:
                found.add("hung", governor)
        for child in token.children:
            if child.dep_ in ("pobj", "pcomp"):
                found.add("object", child)
    return found


def _governor(preposition: Token) -> Token:
    """What a preposition hangs on; the second of 'for aerospace and for bicycles' shares that of the first."""
    if preposition.dep_ == "conj" and preposition.head.pos_ == "ADP":
        first = preposition.head
        return _phrase_before(first) or _governor(first)
    head = preposition.head
    while head.dep_ == "prep" and head.head != head:
        head = head.head
    return head


def _phrase_before(preposition: Token) -> Token | None:
    """The head of the phrase right before a preposition, past one comma: 'runs a smelter on the island of Java'."""
    index = preposition.i - 1
    if index >= 0 and preposition.doc[index].text == ",":
        index -= 1
    if index < 0 or preposition.doc[index].pos_ not in ("NOUN", "PROPN"):
        return None
    return preposition.doc[index]


def _pair(trigger: Token, kind: str, owner: Token, owned: Token) -> Predication:
    found = Predication(trigger, kind)
    found.add("owner", owner)
    found.add("owned", owned)
    return found
