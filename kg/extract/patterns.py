"""Statements that stand in the order of the words rather than in the parse: places side by side, state-owned firms.

Used where the parser is least reliable and the wording most regular: 'Gebeng, Malaysia', 'the state lithium company'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import Ref
from kg.extract.attribution import speaker
from kg.extract.claims import Context, evidence
from kg.records import Claim

_STATE = frozenset(["state", "government"])
_STATE_HEADS = frozenset("company firm miner producer group utility refiner agency trader giant operator enterprise bank conglomerate corporation fund holding".split())  # fmt: skip
_ORIGIN_NOUNS = frozenset("company firm group miner trader refiner producer maker manufacturer carmaker automaker consultancy developer explorer utility conglomerate giant bank fund investor startup newsletter agency steelmaker chipmaker rival partner subsidiary supplier operator contractor brokerage lender charity institute".split())  # fmt: skip


def pattern_claims(context: Context) -> Iterator[Claim]:
    """Every statement that a pattern finds in a unit."""
    yield from _places(context)
    yield from _state_owned(context)
    yield from _origin(context)


def _places(context: Context) -> Iterator[Claim]:
    """'Gebeng, Malaysia' and 'Boise, Idaho': the first place lies in the second."""
    unit = context.unit
    ordered = sorted((ref for ref in unit.refs if not ref.adjectival), key=lambda ref: ref.start)
    for left, right in zip(ordered, ordered[1:], strict=False):
        if left.type != "Place" or right.type not in ("Place", "Country"):
            continue
        if right.start != left.end + 1 or unit.doc[left.end].text != "," or _in_list(context, left, right):
            continue
        yield _claim(context, left.keys[0], "locatedIn", right.keys[0], unit.doc[left.end], "place-comma")


def _in_list(context: Context, left: Ref, right: Ref) -> bool:
    """'in Chile, Peru and Bolivia' is a list: a conjunction or a third place follows."""
    doc = context.unit.doc
    after = doc[right.end].lower_ if right.end < len(doc) else ""
    before = doc[left.start - 1].text if left.start else ""
    following = context.unit.ref_at(right.end + 1) if after == "," and right.end + 1 < len(doc) else None
    return after in ("and", "or", "&") or before == "," or (following is not None and following.type in ("Place", "Country") and following.start == right.end + 1)  # fmt: skip


def _state_owned(context: Context) -> Iterator[Claim]:
    """'state-owned Codelco', 'YLB, the state lithium company', 'a Nigerien state company': the state owns the firm."""
    doc = context.unit.doc
    for token in doc:
        if token.lower_ not in _STATE:
            continue
        owned = token.i + 2 < len(doc) and doc[token.i + 1].text == "-" and doc[token.i + 2].lower_ in ("owned", "run", "controlled", "backed")
        head = doc[token.i + 2].head if owned else token.head
        if not owned and not (token.dep_ in ("compound", "amod", "nmod") and head.lemma_.lower() in _STATE_HEADS):
            continue
        firm = _firm(context, head)
        if firm is None:
            continue
        country = _country_near(context, head) or context.annotated.drafts[firm].country
        if country and country in context.annotated.drafts:
            yield _claim(context, country, "owns", firm, token, "state-owned")


def _firm(context: Context, head: Token) -> str | None:
    """The firm that a noun phrase names or is in apposition to."""
    tokens = [*[c for c in head.children if c.dep_ == "appos"], head, *([head.head] if head.dep_ in ("appos", "compound") else [])]
    if head.dep_ == "attr":
        tokens += [c for c in head.head.children if c.dep_ == "nsubj"]
    for token in tokens:
        ref = context.unit.ref_headed(token) or context.unit.ref_at(token)
        if ref is not None and ref.type == "Company" and len(ref.keys) == 1:
            return ref.keys[0]
    return None


def _country_near(context: Context, head: Token) -> str | None:
    for child in head.subtree:
        if child.i <= head.i and (ref := context.unit.ref_at(child)) is not None and ref.type == "Country":
            return ref.keys[0]
    return None


def _origin(context: Context) -> Iterator[Claim]:
    """'the London consultancy Project Blue', 'Swiss trader Glencore', 'a California company': place, class noun, name."""
    unit = context.unit
    for ref in unit.refs:
        if ref.type not in ("Company", "Organization") or ref.how == "coreference" or len(ref.keys) != 1:
            continue
        phrases = [(ref.start, ref.start)]
        root = unit.doc[ref.head]
        phrases += [(child.i + 1, child.left_edge.i) for child in root.children if child.dep_ == "appos" and child.lemma_.lower() in _ORIGIN_NOUNS]
        for end, begin in phrases:
            place = _origin_place(context, end, begin)
            if place is not None and place != ref.keys[0]:
                yield _claim(context, ref.keys[0], "locatedIn", place, unit.doc[end - 1], "origin")


def _origin_place(context: Context, end: int, begin: int) -> str | None:
    """A place or nationality before the class noun that ends at token `end`, within four words."""
    doc = context.unit.doc
    if end == 0 or doc[end - 1].lemma_.lower() not in _ORIGIN_NOUNS:
        return None
    for index in range(end - 2, max(end - 6, -1), -1):
        if begin < end and index < begin:
            break
        ref = context.unit.ref_at(index)
        if ref is not None and ref.type in ("Place", "Country"):
            return ref.keys[0]
        if not re.fullmatch(r"[\w-]+", doc[index].text) or doc[index].pos_ in ("VERB", "ADP", "DET", "PRON"):
            break
    return None


def _claim(context: Context, subject: str, name: str, item: str, trigger: Token, frame: str) -> Claim:
    said_by = speaker(context.unit, trigger, context.english, context.speaker)
    return Claim(subject, name, item, evidence(context.unit, trigger), said_by=said_by, confidence=0.75, frame=frame)
