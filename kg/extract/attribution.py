"""Who says it: the speaker of a clause, from reporting verbs, 'according to', quotes that go on, and interviews.

Comes in: annotated units in order. Goes out: for a trigger, the key of the entity the text names as its source, or
None.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.english import English
from kg.annotate.voices import voices
from kg.extract.clauses import is_passive
from kg.extract.quotes import quote_speakers
from kg.extract.viewpoints import SPEAKERS, behind, in_view_of, interposed, rated_by, seen_by, speaker_of

_OPEN, _CLOSE = '“"', '”"'


def speakers_by_unit(annotated: Annotated, english: English) -> dict[int, str | None]:
    """For each unit (by position) the speaker of the whole of it: an interviewee, or a quote begun before."""
    found: dict[int, str | None] = {}
    interviewee = _interviewee(annotated)
    running: str | None = None
    answering = False
    spoken_by = voices(annotated.units, annotated.drafts) | quote_speakers(annotated, english)
    for number, unit in enumerate(annotated.units):
        kind = unit.unit.sentence.kind
        if kind == "question":
            answering = False
        elif kind == "answer":
            answering = True
        elif kind == "heading":
            answering = False
        answerer = interviewee if answering and interviewee and not _is_note(unit) else None
        found[number] = spoken_by.get(unit.unit.sentence.index) or _before_quote(annotated, number) or answerer
        text = unit.unit.text
        spoken = _quote_speaker(unit, english)
        if spoken:
            running = spoken
        if found[number] is None and running and text[:1] in _OPEN and not spoken and _wholly_quoted(text):
            found[number] = running
    return found


def _before_quote(annotated: Annotated, number: int) -> str | None:
    """Who stands before a colon and a quote: 'Borrell: "We need …"'."""
    unit = annotated.units[number]
    before = annotated.units[number - 1] if number else unit
    if before.unit.aside != "head" or before.unit.sentence is not unit.unit.sentence or unit.unit.text[:1] not in _OPEN:
        return None
    return next((ref.keys[0] for ref in before.refs if ref.type in SPEAKERS and not ref.adjectival), None)


def _is_note(unit: AnnotatedUnit) -> bool:
    return bool(re.match(r"(?:the|this) (?:interview|conversation)", unit.unit.text.lower()))


def _interviewee(annotated: Annotated) -> str | None:
    """The first person that an interview's introduction names."""
    if not any(unit.unit.sentence.kind == "answer" for unit in annotated.units):
        return None
    for unit in annotated.units:
        if unit.unit.sentence.kind in ("question", "answer"):
            return None
        for ref in unit.refs:
            if ref.type in ("Person", "Official") and ref.how != "coreference":
                return ref.keys[0]
    return None


def _wholly_quoted(text: str) -> bool:
    return text[:1] in _OPEN


def _quote_speaker(unit: AnnotatedUnit, english: English) -> str | None:
    if not any(mark in unit.unit.text for mark in '“”"'):
        return None
    for token in unit.doc:
        if token.pos_ == "VERB" and token.lemma_.lower() in english.reporting_verbs:
            ref = speaker_of(unit, token)
            if ref is not None:
                return ref.keys[0]
    return None


def speaker(unit: AnnotatedUnit, trigger: Token, english: English, default: str | None) -> str | None:
    """The key of the source that the text names for what `trigger` states; the innermost speaker wins.

    What only describes a thing in passing (appositions, relative clauses) is the text's own voice, save in quotes.
    """
    token = trigger
    passing = False
    for _ in range(12):
        head = token.head
        if _is_reporting(head, token, english):
            ref = speaker_of(unit, head)
            if ref is not None and not (ref.start <= trigger.i < ref.end):
                return None if passing and not quoted(unit, trigger) else ref.keys[0]
        if token.dep_ == "ROOT":
            break
        passing = passing or _is_passing(token) or _outside_quote(unit, trigger, token)
        token = head
    view = seen_by(unit, trigger) or rated_by(unit, trigger)
    if view:
        return view
    if passing and not quoted(unit, trigger):
        return default
    return _according_to(unit, trigger) or interposed(unit, trigger, english) or in_view_of(unit) or default


def _is_passing(token: Token) -> bool:
    """An apposition or a clause behind a comma that describes a noun: '…, a developer based in Boise, …'."""
    if token.dep_ == "appos":
        return True
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else None
    return token.dep_ in ("relcl", "acl") and before is not None and before.text == ","


def _outside_quote(unit: AnnotatedUnit, trigger: Token, token: Token) -> bool:
    """Whether a joined clause with a subject of its own follows a closed quote: 'said it "will act", and the bank …'."""
    if token.dep_ != "conj" or quoted(unit, trigger) or not any(c.dep_.startswith("nsubj") for c in token.children):
        return False
    between = unit.doc[token.head.left_edge.i : token.left_edge.i]
    return any(mark.text in ("”", '"', "''") for mark in between) and between[-1].lower_ in ("and", "but", ",")


def quoted(unit: AnnotatedUnit, trigger: Token) -> bool:
    """Whether a token stands between quotation marks."""
    marks = sum(token.text in ("“", "”", '"', "''", "``") for token in unit.doc[: trigger.i])
    return marks % 2 == 1


_ADDING = frozenset(
    ["mention", "add", "note", "say", "cite", "point", "warn", "stress", "call", "refer", "describe", "claim", "argue"]
)
_PERCEIVING = frozenset(["see", "find", "hear", "watch", "put"])


def _is_reporting(head: Token, token: Token, english: English) -> bool:
    lemma = head.lemma_.lower()
    if head.pos_ != "VERB" or head == token:
        return False
    if token.dep_ == "advcl" and token.tag_ == "VBG" and token.i > head.i and lemma in ("say", "tell", "write"):
        return token.lemma_.lower() in _ADDING  # "Trump said of the project, mentioning also"
    if lemma not in english.reporting_verbs or is_passive(head):
        return False
    if lemma in _PERCEIVING and token.tag_ == "VB" and not any(child.dep_ == "aux" for child in token.children):
        return False  # "saw his fund agree": no saying
    if lemma == "tell":
        return token.dep_ in ("ccomp", "parataxis", "dep", "advcl")
    return token.dep_ in ("ccomp", "parataxis", "dep") or (token.dep_ == "xcomp" and lemma in ("claim", "announce"))


def _according_to(unit: AnnotatedUnit, trigger: Token) -> str | None:
    """'according to X' speaks for its clause; in one sentence of one main verb, for all of it."""
    for token in unit.doc:
        if token.lower_ != "according":
            continue
        phrase = [item for item in token.subtree if item.i > token.i + 1]
        if trigger in phrase:
            return None  # "according to the London consultancy": where it sits is the text's own word
        heads = [item for step in (token, *token.children) for item in step.children if item.dep_ == "pobj"]
        heads += [item for head in heads for item in head.children if item.dep_ == "appos"]
        for head in heads:
            ref = unit.ref_headed(head) or unit.ref_at(head)
            if ref is not None and ref.type in SPEAKERS and not ref.adjectival:
                return ref.keys[0]
            if (holder := behind(unit, head)) is not None:
                return holder.keys[0]
        inside = [
            r for item in phrase if (r := unit.ref_headed(item)) is not None and r.type in SPEAKERS and not r.adjectival
        ]
        bodies = [r for r in inside if r.type != "Country"] if not heads else []
        if bodies:
            return bodies[0].keys[0]
    return None
