"""Who says it: the speaker of a clause, from reporting verbs, 'according to', quotes that go on, and interviews.

Comes in: annotated units in order. Goes out: for a trigger, the key of the entity the text names as its source, or
None.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit, Ref
from kg.annotate.english import English
from kg.annotate.voices import voices
from kg.extract.clauses import is_passive, subjects

_SPEAKERS = ("Person", "Official", "Country", "Company", "GovernmentBody", "Organization", "InternationalOrganization")
_OPEN, _CLOSE = '“"', '”"'


def speakers_by_unit(annotated: Annotated, english: English) -> dict[int, str | None]:
    """For each unit (by position) the speaker of the whole of it: an interviewee, or a quote begun before."""
    found: dict[int, str | None] = {}
    interviewee = _interviewee(annotated)
    running: str | None = None
    answering = False
    spoken_by = voices(annotated.units, annotated.drafts)
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
    return next((ref.keys[0] for ref in before.refs if ref.type in _SPEAKERS and not ref.adjectival), None)


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
            ref = _speaker_of(unit, token)
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
            ref = _speaker_of(unit, head)
            if ref is not None and not (ref.start <= trigger.i < ref.end):
                return None if passing and not quoted(unit, trigger) else ref.keys[0]
        if token.dep_ == "ROOT":
            break
        passing = passing or _is_passing(token)
        token = head
    view = _seen_by(unit, trigger) or _rated_by(unit, trigger)
    if view:
        return view
    if passing and not quoted(unit, trigger):
        return default
    return _according_to(unit, trigger) or _trailing(unit, trigger, english) or default


def _is_passing(token: Token) -> bool:
    """An apposition or a clause behind a comma that describes a noun: '…, a developer based in Boise, …'."""
    if token.dep_ == "appos":
        return True
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else None
    return token.dep_ in ("relcl", "acl") and before is not None and before.text == ","


def quoted(unit: AnnotatedUnit, trigger: Token) -> bool:
    """Whether a token stands between quotation marks."""
    marks = sum(token.text in ("“", "”", '"', "''", "``") for token in unit.doc[: trigger.i])
    return marks % 2 == 1


# verbs by which a source gives a figure: "the agency puts output at", "credits China with"
_RATING = frozenset(
    ["put", "give", "estimate", "credit", "reckon", "rate", "value", "count", "rank", "place", "forecast", "project"]
)


def _rated_by(unit: AnnotatedUnit, trigger: Token) -> str | None:
    """'The IEA puts the Chinese share at 60 percent': the figure is that of the verb's subject."""
    token = trigger
    for _ in range(6):
        head = token.head
        if (
            head.pos_ == "VERB"
            and head.lemma_ in _RATING
            and token.dep_ in ("dobj", "prep", "dative", "ccomp")
            and not is_passive(head)
        ):
            steps = {c.lower_ for c in head.children if c.dep_ == "prep"}
            ref = (
                _speaker_of(unit, head)
                if steps & {"at", "as", "with"} or head.lemma_ in ("estimate", "forecast", "project")
                else None
            )
            if ref is not None and ref.type in (
                "Organization",
                "GovernmentBody",
                "InternationalOrganization",
                "Person",
                "Official",
            ):
                return ref.keys[0]
        if token.dep_ == "ROOT":
            return None
        token = head
    return None


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


def _speaker_of(unit: AnnotatedUnit, verb: Token) -> Ref | None:
    for subject in subjects(verb):
        for token in (subject, *[c for c in subject.children if c.dep_ == "appos"]):
            ref = unit.ref_headed(token) or unit.ref_at(token)
            if ref is not None and ref.type in _SPEAKERS and not ref.adjectival:
                return ref
            if ref is None or ref.adjectival:
                holder = _behind(unit, token)
                if holder is not None:
                    return holder
    return None


# nouns that speak for the state before them: "Brazil's government", "Australian officials"
_STATE_NOUNS = frozenset(
    ["government", "administration", "official", "authority", "cabinet", "state", "side", "leadership"]
)


def _behind(unit: AnnotatedUnit, token: Token) -> Ref | None:
    """'a White House official said', 'the ministry's report said': the body behind an unnamed speaker."""
    stately = token.lemma_.lower() in _STATE_NOUNS
    for child in token.children:
        if child.dep_ in ("compound", "poss", "nmod", "amod"):
            ref = unit.ref_at(child)
            if (
                ref is not None
                and ref.type in _SPEAKERS
                and (stately or (not ref.adjectival and ref.type != "Country"))
            ):
                return ref
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "at", "of"):
            for item in child.children:
                ref = unit.ref_at(item)
                if ref is not None and ref.type in _SPEAKERS and not ref.adjectival:
                    return ref
    return None


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
            if ref is not None and ref.type in _SPEAKERS and not ref.adjectival:
                return ref.keys[0]
            if (behind := _behind(unit, head)) is not None:
                return behind.keys[0]
        inside = [
            r
            for item in phrase
            if (r := unit.ref_headed(item)) is not None and r.type in _SPEAKERS and not r.adjectival
        ]
        bodies = [r for r in inside if r.type != "Country"] if not heads else []
        if bodies:
            return bodies[0].keys[0]
    return None


def _trailing(unit: AnnotatedUnit, trigger: Token, english: English) -> str | None:
    """A reporting verb at the end of the sentence that the parser did not connect: '…, the company says.'"""
    words = [token for token in unit.doc if not token.is_punct]
    for verb in words[-4:]:
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in english.reporting_verbs or verb.i <= trigger.i:
            continue
        left = unit.doc[verb.i - 1]
        ref = unit.ref_at(left)
        if ref is not None and ref.start <= trigger.i < ref.end:
            return None
        comma = unit.doc[ref.start - 1].text if ref and ref.start else ""
        if ref is not None and comma in (",", "”", '"', "’") and ref.type in _SPEAKERS:
            return ref.keys[0]
    return None


def _seen_by(unit: AnnotatedUnit, trigger: Token) -> str | None:
    """'seen by the United States as its rival': the view is that of the by-phrase."""
    token = trigger
    for _ in range(4):
        if (
            token.pos_ == "VERB"
            and token.lemma_ in ("see", "regard", "view", "consider", "describe")
            and is_passive(token)
        ):
            for child in token.children:
                if child.dep_ == "agent":
                    for item in child.children:
                        ref = unit.ref_at(item)
                        if ref is not None and ref.type in _SPEAKERS:
                            return ref.keys[0]
        if token.dep_ == "ROOT":
            return None
        token = token.head
    return None
