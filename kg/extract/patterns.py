"""Statements that stand in the order of the words rather than in the parse: places side by side, state-owned firms.

Used where the parser is least reliable and the wording most regular: 'Gebeng, Malaysia', 'the state lithium company'.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import Ref
from kg.annotate.wordlist import word_list
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.triggers import Context
from kg.records import Claim

_STATE = frozenset(["state", "government"])
_STATE_HEADS = frozenset(
    word_list(
        "company firm miner producer group utility refiner agency trader giant operator enterprise bank "
        "conglomerate corporation fund holding"
    )
)
_ORIGIN_NOUNS = frozenset(
    word_list(
        "company firm group miner trader refiner producer maker manufacturer carmaker automaker consultancy "
        "developer explorer utility conglomerate giant bank fund investor startup newsletter agency steelmaker "
        "chipmaker rival partner subsidiary supplier operator contractor brokerage lender charity institute"
    )
)


def pattern_claims(context: Context) -> Iterator[Claim]:
    """Every statement that a pattern finds in a unit."""
    yield from _places(context)
    yield from _state_owned(context)
    yield from _origin(context)
    yield from _kinds_of_place(context)
    yield from _opening_place(context)
    yield from _known_home(context)
    yield from _in_brackets(context)


def _places(context: Context) -> Iterator[Claim]:
    """'Gebeng, Malaysia' and 'Boise, Idaho': the first place lies in the second."""
    unit = context.unit
    ordered = sorted((ref for ref in unit.refs if not ref.adjectival), key=lambda ref: ref.start)
    for left, right in itertools.pairwise(ordered):
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
    return (
        after in ("and", "or", "&")
        or before == ","
        or (following is not None and following.type in ("Place", "Country") and following.start == right.end + 1)
    )


def _state_owned(context: Context) -> Iterator[Claim]:
    """'state-owned Codelco', 'YLB, the state lithium company', 'a Nigerien state company': the state owns the firm."""
    doc = context.unit.doc
    for token in doc:
        if token.lower_ not in _STATE:
            continue
        owned = (
            token.i + 2 < len(doc)
            and doc[token.i + 1].text == "-"
            and doc[token.i + 2].lower_ in ("owned", "run", "controlled", "backed")
        )
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
    tokens = [
        *[c for c in head.children if c.dep_ == "appos"],
        head,
        *([head.head] if head.dep_ in ("appos", "compound") else []),
    ]
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
        phrases += [
            (child.i + 1, child.left_edge.i)
            for child in root.children
            if child.dep_ == "appos" and child.lemma_.lower() in _ORIGIN_NOUNS
        ]
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


_REGIONS = frozenset(
    word_list(
        "state province region territory district prefecture county oblast island department republic canton "
        "governorate"
    )
)
_TOWNS = frozenset(word_list("town city village port capital municipality suburb settlement hamlet valley basin"))


def _kinds_of_place(context: Context) -> Iterator[Claim]:
    """'the Malaysian state of Kelantan', "Chile's Atacama region", 'the Zambian town of Kitwe': what it is part of."""
    unit = context.unit
    for ref in unit.refs:
        if (
            ref.type not in ("Place", "Facility")
            or ref.how == "coreference"
            or len(ref.keys) != 1
            or ref.end > len(unit.doc) - 2
        ):
            continue
        of = ref.start >= 2 and unit.doc[ref.start - 1].lower_ == "of"
        noun = unit.doc[ref.start - 2] if of else _beside(unit.doc[ref.head])
        if noun is None or noun.lower_ not in _REGIONS | _TOWNS | {"mine", "smelter", "refinery", "plant", "deposit"}:
            continue
        country = _owner_before(context, noun.i)
        if country is not None and country != ref.keys[0]:
            part = ref.type == "Place" and noun.lower_ in _REGIONS
            yield _claim(context, ref.keys[0], "partOf" if part else "locatedIn", country, noun, "kind-of-place")


def _beside(name: Token) -> Token | None:
    """The noun in apposition to a name: 'Kelantan, a Malaysian state'."""
    return next((child for child in name.children if child.dep_ == "appos" and child.pos_ == "NOUN"), None)


def _owner_before(context: Context, index: int) -> str | None:
    """The country whose demonym or possessive stands before a noun, within three words."""
    doc = context.unit.doc
    for place in range(index - 1, max(index - 4, -1), -1):
        ref = context.unit.ref_at(place)
        if ref is not None and ref.type == "Country":
            possessive = place + 1 < len(doc) and doc[place + 1].text in ("'s", "\u2019s", "'", "\u2019")
            return ref.keys[0] if (ref.adjectival or possessive) and len(ref.keys) == 1 else None
        if doc[place].pos_ not in ("ADJ", "NOUN", "PART", "PROPN", "ADV"):
            return None
    return None


def _opening_place(context: Context) -> Iterator[Claim]:
    """'In Peru, Freeport's Cerro Verde mine …': the facilities of a sentence that opens with its only place lie there."""
    doc, unit = context.unit.doc, context.unit
    opening = _opening(context)
    if opening is None:
        return
    others = [
        ref for ref in unit.refs if ref.type in ("Country", "Place") and ref is not opening and ref.keys != opening.keys
    ]
    for ref in unit.refs:
        if ref.type != "Facility" or len(ref.keys) != 1 or ref.keys == opening.keys or ref.start <= opening.end:
            continue
        near = [other for other in others if not other.adjectival and other.start < ref.end + 4]
        home = _home(context, ref)
        if not near and home in (None, *opening.keys):
            yield _claim(context, ref.keys[0], "locatedIn", opening.keys[0], doc[opening.start], "opening-place")


def _opening(context: Context) -> Ref | None:
    """The country or place that a sentence opens with: 'In Canada, …', 'In Namibia it is …', 'Japan: …'."""
    unit = context.unit
    first = next(
        (ref for ref in unit.refs if ref.type in ("Country", "Place") and not ref.adjectival and ref.start <= 3), None
    )
    if first is None or len(first.keys) != 1 or first.end >= len(unit.doc):
        return None
    before = unit.doc[: first.start].text.strip(" \u2013\u2014-\u2022*").lower()
    after = unit.doc[first.end].text
    if before in ("in", "in the", "elsewhere in") or (before in ("", "the") and after == ":"):
        return first
    return None


def _home(context: Context, ref: Ref) -> str | None:
    """The country of a facility that the vocabulary knows."""
    draft = context.annotated.drafts.get(ref.keys[0])
    return draft.term.country if draft is not None and draft.term is not None else None


def _known_home(context: Context) -> Iterator[Claim]:
    """A facility known to the vocabulary, where its sentence names its country and no place nearer: 'the Indonesian mine'."""
    unit = context.unit
    for ref in unit.refs:
        if ref.type != "Facility" or len(ref.keys) != 1 or (home := _home(context, ref)) is None:
            continue
        nearer = any(other.type == "Place" for other in unit.refs)
        for other in unit.refs:
            inside = ref.start - 2 <= other.start < ref.end
            if other.keys == (home,) and other.how != "coreference" and (inside or not (nearer or other.adjectival)):
                yield _claim(context, ref.keys[0], "locatedIn", home, unit.doc[other.start], "known-home")
                break


def _in_brackets(context: Context) -> Iterator[Claim]:
    """'the Kansanshi mine (First Quantum)': the firm in brackets, an aside of its own, runs the facility before it."""
    unit = context.unit
    for ref in unit.refs:
        if ref.type != "Facility" or len(ref.keys) != 1 or ref.end + 1 >= len(unit.doc):
            continue
        if not unit.is_repeated(unit.doc[ref.start]) or unit.is_repeated(unit.doc[ref.end + 1]):
            continue
        firm = unit.ref_at(ref.end + 1)
        if firm is None or firm.type != "Company" or len(firm.keys) != 1:
            continue
        if firm.end == len(unit.doc) or unit.doc[firm.end].text == ",":
            yield _claim(context, firm.keys[0], "operates", ref.keys[0], unit.doc[firm.start], "in-brackets")
