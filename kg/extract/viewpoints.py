"""Whose view a clause gives: the subject of a reporting verb, the agent of 'seen by', 'in Lee's view', 'Lee noted,'.

Comes in: a unit and a token of it. Goes out: a reference or the key of the entity whose words or view it is, or None.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Ref
from kg.annotate.english import English
from kg.extract.clauses import is_passive, subjects

SPEAKERS = ("Person", "Official", "Country", "Company", "GovernmentBody", "Organization", "InternationalOrganization")


def speaker_of(unit: AnnotatedUnit, verb: Token) -> Ref | None:
    """The entity that a reporting verb has as its subject, or that stands right behind it: ', says Ann Lee'."""
    if (inverted := _inverted(unit, verb)) is not None:
        return inverted
    for subject in subjects(verb):
        tokens = (subject, *[c for c in subject.children if c.dep_ == "appos"])
        unnamed = []
        for token in tokens:
            ref = unit.ref_headed(token) or unit.ref_at(token)
            if ref is not None and ref.type in SPEAKERS and not ref.adjectival:
                return ref
            if ref is None or ref.adjectival:
                unnamed.append(token)
        for token in unnamed:
            if (holder := behind(unit, token)) is not None:
                return holder
    return None


def _inverted(unit: AnnotatedUnit, verb: Token) -> Ref | None:
    """The name right after a verb in the present or past that follows a comma or a quote: '…", said Ann Lee'."""
    before = unit.doc[verb.i - 1].text if verb.i else ""
    if (
        before not in (",", "”", '"', "?", "!", "’")
        or verb.tag_ not in ("VBD", "VBZ", "VBP")
        or verb.i + 1 >= len(unit.doc)
    ):
        return None
    ref = max((r for r in unit.refs if r.start == verb.i + 1), key=lambda r: r.end, default=None)
    return ref if ref is not None and ref.type in SPEAKERS and not ref.adjectival else None


# nouns that speak for the state before them: "Brazil's government", "Australian officials"
_STATE_NOUNS = frozenset(
    ["government", "administration", "official", "authority", "cabinet", "state", "side", "leadership"]
)


def behind(unit: AnnotatedUnit, token: Token) -> Ref | None:
    """'a White House official said', 'the ministry's report said': the body behind an unnamed speaker."""
    stately = token.lemma_.lower() in _STATE_NOUNS
    for child in token.children:
        if child.dep_ in ("compound", "poss", "nmod", "amod"):
            ref = unit.ref_at(child)
            if ref is not None and ref.type in SPEAKERS and (stately or (not ref.adjectival and ref.type != "Country")):
                return ref
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "at", "of"):
            for item in child.children:
                ref = unit.ref_at(item)
                if ref is not None and ref.type in SPEAKERS and not ref.adjectival:
                    return ref
    return None


# verbs by which a source gives a figure: "the agency puts output at", "credits China with"
_RATING = frozenset(
    ["put", "give", "estimate", "credit", "reckon", "rate", "value", "count", "rank", "place", "forecast", "project"]
)


def rated_by(unit: AnnotatedUnit, trigger: Token) -> str | None:
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
                speaker_of(unit, head)
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


def seen_by(unit: AnnotatedUnit, trigger: Token) -> str | None:
    """'seen by the United States as its rival': the view is that of the by-phrase."""
    token = trigger
    for _ in range(4):
        for verb in (token, *[child for child in token.children if child.dep_ == "acl"]):
            if (key := _viewer(unit, verb)) is not None:
                return key
        if token.dep_ == "ROOT":
            return None
        token = token.head
    return None


_VIEWING = frozenset(["see", "regard", "view", "consider", "describe", "put", "estimate", "reckon", "value", "rate"])


def _viewer(unit: AnnotatedUnit, verb: Token) -> str | None:
    if verb.pos_ != "VERB" or verb.lemma_ not in _VIEWING or not is_passive(verb):
        return None
    for child in verb.children:
        if child.dep_ == "agent":
            for item in child.children:
                ref = unit.ref_at(item)
                if ref is not None and ref.type in SPEAKERS:
                    return ref.keys[0]
    return None


_VIEWS = re.compile(
    r"(?:view|opinion|words?|estimation|estimates?|judge?ment|telling|eyes|reckoning|account|count|admission|experience"
    r"|figures|numbers|calculations?|assessment|phrase|forecasts?)$"
)
_OF_A_VIEW = frozenset(["in", "by", "on", "to"])


def in_view_of(unit: AnnotatedUnit) -> str | None:
    """'in Lee's view', 'by the agency's count', 'in the words of Ann Lee': whose view the unit gives."""
    doc = unit.doc
    for token in doc:
        if not _VIEWS.match(token.lower_) or token.pos_ != "NOUN" or token.head.lower_ not in _OF_A_VIEW:
            continue
        edges = token.head.i == 0 or doc[token.head.i - 1].is_punct or _closes(unit, token)
        for child in token.children:
            items = [child] if child.dep_ == "poss" else list(child.children) if child.lower_ == "of" else []
            for item in items:
                ref = unit.ref_at(item)
                if ref is not None and ref.type in SPEAKERS and not ref.adjectival and edges:
                    return ref.keys[0]
    return None


def _closes(unit: AnnotatedUnit, token: Token) -> bool:
    after = unit.doc[token.i + 1] if token.i + 1 < len(unit.doc) else None
    return after is None or after.is_punct


_PARTICLES = frozenset(["out", "on", "back", "later", "then", "today", "yesterday", "also", "too", "again", "however"])
_MARKS = (",", "”", '"', "’", "''", "–", "—", "?", "!", "(", ")")


def interposed(unit: AnnotatedUnit, trigger: Token, english: English) -> str | None:
    """The subject of a reporting verb set apart by commas, or at the end: 'China, she pointed out, buys …'."""
    for verb in unit.doc:
        went_on = verb.lemma_ == "go" and verb.i + 1 < len(unit.doc) and unit.doc[verb.i + 1].lower_ == "on"
        if verb.pos_ != "VERB" or not (verb.lemma_.lower() in english.reporting_verbs or went_on):
            continue
        ref = _before(unit, verb)
        if ref is None or ref.type not in SPEAKERS or ref.adjectival or ref.start <= trigger.i < ref.end:
            continue
        if ref.start and unit.doc[ref.start - 1].text in _MARKS and _ends(unit, verb) and verb.i != trigger.i:
            return ref.keys[0]
    return None


def _before(unit: AnnotatedUnit, verb: Token) -> Ref | None:
    """The reference that ends right before a verb or its helpers and adverbs: 'the president has just posted'."""
    at = verb.i - 1
    while at >= 0 and (unit.doc[at].dep_ == "aux" or unit.doc[at].pos_ == "ADV"):
        at -= 1
    if at < 0 or any(
        child.i > at for child in verb.children if child.dep_ in ("nsubj", "dobj") and child.i < verb.i - 4
    ):
        return None
    ending = [ref for ref in unit.refs if ref.end == at + 1]
    return max(ending, key=lambda ref: ref.end - ref.start) if ending else None


def _ends(unit: AnnotatedUnit, verb: Token) -> bool:
    """Whether the clause of a verb ends right after it, a particle or a few words of time apart."""
    at = verb.i + 1
    while at < len(unit.doc) and (unit.doc[at].lower_ in _PARTICLES or unit.doc[at].pos_ == "ADV"):
        at += 1
    return at >= len(unit.doc) or unit.doc[at].is_punct
