"""The clause around a word: its verb, whether that is passive, and who its subject is.

Only grammar: control, coordination, participles and light verbs are undone here, so that a verb without a subject of its own
finds the one that the sentence gives it. Comes in: a token. Goes out: tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])


_OBJECT_CONTROL = frozenset(
    "ask urge allow force persuade tell help require oblige invite order enable permit encourage press pressure compel direct lead get let make cause forbid bar ban prohibit prevent stop want expect see".split()
)


# verbs whose subject is no party to the deed that their object names: "Tokyo criticised the ban"
_ATTITUDES = frozenset(
    "criticise criticize oppose fear hail describe blame welcome condemn protest challenge face suffer hit circumvent evade cite see expect follow escape avoid report monitor demand urge call watch study discuss mention praise lament regret mean cause trigger prompt force bring await dispute ignore understand know read note say tell ask answer test violate breach cover hurt help affect threaten depend".split()
)


# nouns that only measure what their 'of' governs: whoever has the share has the output
MEASURES = frozenset(
    "share percentage percent cent % proportion half third quarter fifth tenth part portion fraction slice chunk rest majority most bulk volume amount level rate growth decline fall rise increase drop surge total lot one much".split()
)


# possessors that do nothing: "the world's output", "last year's production"
_IDLE = frozenset("world globe planet earth year month quarter week decade today yesterday century day".split())


# verbs whose subject does what stands behind their preposition: "engages in the mining of tin"
_WITH_OBLIQUE = frozenset(
    "engage specialise specialize lead involve go move invest enter agree insist press rely depend count work push embark bring put put_up place".split()
)


_SO_FAR = frozenset(
    ["now", "currently", "already", "once", "formerly", "previously", "still", "then", "long", "recently"]
)


RELATIVES = frozenset(["which", "that", "who", "whom", "whose", "where"])


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive; a bare past participle after a noun ("a deal signed by") is too."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if (
        verb.dep_ in ("acl", "amod")
        or (verb.dep_ == "acomp" and verb.head.lemma_ == "be")
        or (verb.dep_ == "advcl" and not any(c.dep_ in ("nsubj", "aux") for c in verb.children))
    ):
        return True
    return (
        verb.dep_ == "conj"
        and is_passive(verb.head)
        and not any(c.dep_ in ("nsubj", "aux", "dobj") for c in verb.children)
    )


def objects(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield child
        elif child.dep_ == "prep":
            yield from objects(child)


def clause_of(token: Token) -> Token:
    """The nearest verb at or above a token."""
    while token.dep_ != "ROOT" and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subjects of a verb, its own or those that control, coordination or participles give it."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not own:  # "is ten percent owned by": the parser leaves the subject with the auxiliary
        own = [
            t
            for child in verb.children
            if child.dep_ in ("aux", "auxpass")
            for t in child.children
            if t.dep_ in SUBJECTS
        ]
    if not own and verb.dep_ == "ROOT":  # "Vale mines copper": the parser takes the name for part of the verb
        own = [
            child
            for child in verb.children
            if child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN" and child.i < verb.i
        ]
    if own:
        return own
    if depth > 6 or verb.dep_ == "ROOT":
        return []
    head = verb.head
    if verb.dep_ == "advcl" and (beside := _beside_now(verb)) is not None:
        return [beside]
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBG", "VBN") or is_passive(verb):
            return [head]
        return noun_holders(head, depth + 1)
    if verb.dep_ == "relcl":
        return [] if any(t.lower_ in RELATIVES for t in verb.subtree) else [head]
    if verb.dep_ == "amod":
        return [head]
    if verb.dep_ == "conj":
        return subjects(head, depth + 1) if head.pos_ in ("VERB", "AUX") else [head] if head.dep_ in SUBJECTS else []
    if verb.dep_ == "xcomp" and head.lemma_ in _OBJECT_CONTROL:
        controlled = [c for c in head.children if c.dep_ in ("dobj", "nsubjpass")]
        if controlled:
            return controlled
    if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "csubj", "acomp", "parataxis"):
        return _governing_subject(head, depth + 1)
    return []


def _beside_now(verb: Token) -> Token | None:
    """The name right before ', now building a mine': such a participle speaks of it, wherever the parser hangs it."""
    doc, index = verb.doc, verb.i
    if (
        verb.tag_ not in ("VBG", "VBN")
        or index < 3
        or doc[index - 1].lower_ not in _SO_FAR
        or doc[index - 2].text != ","
    ):
        return None
    name = doc[index - 3]
    return name if name.pos_ == "PROPN" else None


def _governing_subject(head: Token, depth: int) -> list[Token]:
    while head.pos_ in ("ADP", "SCONJ", "PART", "ADV") and head.dep_ != "ROOT":
        head = head.head
    if head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth)
    if head.pos_ == "ADJ":
        return adjective_holders(head, depth)
    return noun_holders(head, depth)


def noun_holders(noun: Token, depth: int = 0) -> list[Token]:
    """Who has the plan, bid or ban that a noun names: its possessor, or the subject of its light verb."""
    own = (
        []
        if is_scope(noun)
        else [child for child in noun.children if child.dep_ == "poss" and child.lemma_.lower() not in _IDLE]
    )
    if own:
        return own
    by = [t for child in noun.children if child.dep_ == "prep" and child.lower_ == "by" for t in objects(child)]
    if by:
        return by
    if depth > 6:
        return []
    top = noun
    while top.dep_ in ("conj", "pobj", "prep") and (
        top.head.pos_ in ("NOUN", "PROPN", "ADP") or top.head.lemma_.lower() in MEASURES
    ):
        top = top.head
        if top.lemma_.lower() in MEASURES:
            own = [child for child in top.children if child.dep_ == "poss" and child.lemma_.lower() not in _IDLE]
            if own:
                return own
    if top.dep_ in ("dobj", "attr", "pobj", "oprd") or (top.dep_ == "prep" and top.head.pos_ == "VERB"):
        verb = top.head
        while verb.pos_ == "ADP" and verb.dep_ != "ROOT":
            verb = verb.head
        oblique = top.dep_ == "pobj" or top.dep_ == "prep"
        if oblique and verb.lemma_.lower() not in _WITH_OBLIQUE:
            return []
        if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() not in _ATTITUDES:
            if is_passive(verb) and top.dep_ != "attr":
                return [t for c in verb.children if c.dep_ == "agent" for t in objects(c)]
            return subjects(verb, depth + 1)
    if top.dep_ == "nsubjpass":
        return [t for c in top.head.children if c.dep_ == "agent" for t in objects(c)]
    return []


def is_scope(noun: Token) -> bool:
    """'Norway boasts Europe's biggest deposit': the possessor only says among which it is the biggest."""
    return noun.dep_ in ("dobj", "attr", "appos") and any(child.tag_ in ("JJS", "RBS") for child in noun.children)


def adjective_holders(adjective: Token, depth: int = 0) -> list[Token]:
    """What an adjective is said of: the noun it modifies, or the subject of its copula."""
    top = adjective
    while top.dep_ == "conj" and top.head.pos_ in ("ADJ", "VERB"):
        top = top.head
    if top.dep_ == "amod" or top.dep_ == "appos" or (top.dep_ == "acl"):
        return [top.head]
    if top.dep_ in ("acomp", "attr", "oprd") and top.head.pos_ in ("VERB", "AUX"):
        return subjects(top.head, depth + 1)
    return []
