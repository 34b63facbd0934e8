"""What an agreement or talks are about, and at whom a measure is aimed, where the frame's own roles do not say it.

Comes in: a trigger in a unit. Goes out: the key of an entity of the unit, or None. It reads the words in order, since
the parser
often hangs the phrases of 'signed a deal with Vale covering nickel' in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Ref
from kg.annotate.wordlist import word_list

_DEALS = frozenset(
    word_list(
        "deal agreement accord pact contract memorandum partnership talk negotiation understanding framework "
        "treaty arrangement offtake alliance cooperation discussion consultation venture"
    )
)
_ABOUT = frozenset(["on", "for", "over", "about", "covering", "concerning", "regarding", "involving", "in"])
_DEEDS = frozenset(
    [
        "supply",
        "buy",
        "sell",
        "build",
        "develop",
        "deliver",
        "provide",
        "purchase",
        "ship",
        "construct",
        "process",
        "mine",
        "explore",
        "recycle",
        "produce",
        "secure",
    ]
)
MATTERS = frozenset(
    ["ChemicalElement", "Mineral", "Compound", "MaterialGroup", "Product", "Facility", "Application", "Programme"]
)
GOODS = frozenset(["ChemicalElement", "Mineral", "Compound", "MaterialGroup", "Product"])
_STATES = frozenset(["Country", "InternationalOrganization"])
_NOT_TARGET = frozenset(
    ["response", "due", "according", "thanks", "addition", "contrast", "reply", "retaliation", "reaction"]
)
_REACH = 16
ABOUT_SOMETHING = frozenset(["hasAgreementWith", "negotiatesWith"])  # relations with a topic
TRADING = frozenset(["suppliesTo", "dependsOn"])  # relations whose topic is a good
AIMED = frozenset(["imposes", "restrictsExportOf", "exports"])  # relations with a target


def matter(unit: AnnotatedUnit, trigger: Token, taken: frozenset[str]) -> str | None:
    """The material, product or plant that an agreement or talks near `trigger` concern; `taken` are the parties."""
    for noun in _deals(unit, trigger):
        for ref in (*_before(unit, noun), *_after(unit, noun)):
            if ref.keys[0] not in taken:
                return ref.keys[0]
    return None


def _deals(unit: AnnotatedUnit, trigger: Token) -> Iterator[Token]:
    """The nouns for a deal at the trigger or in the words after and right before it."""
    window = [trigger, *unit.doc[trigger.i + 1 : trigger.i + 9], *unit.doc[max(0, trigger.i - 6) : trigger.i]]
    yield from (token for token in window if token.lemma_.lower() in _DEALS)
    if trigger.lemma_.lower() not in _DEALS:
        yield trigger


def _before(unit: AnnotatedUnit, noun: Token) -> Iterator[Ref]:
    """'a lithium agreement', 'critical minerals talks'."""
    for ref in unit.refs:
        modifies = ref.end <= noun.i and all(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in unit.doc[ref.end : noun.i])
        if modifies and ref.type in GOODS and noun.i - ref.end <= 2 and noun.pos_ == "NOUN":
            yield ref


def _after(unit: AnnotatedUnit, noun: Token) -> Iterator[Ref]:
    """'… on lithium', '… covering nickel', '… to supply cobalt', '…, under which they will build a plant'."""
    doc = unit.doc
    stop = min(len(doc), noun.i + _REACH)
    for token in doc[noun.i + 1 : stop]:
        if token.text == ";":
            return
        if token.lower_ in _ABOUT:
            yield from _following(unit, token.i + 1, 5, MATTERS)
        elif token.lemma_.lower() in _DEEDS and token.pos_ == "VERB":
            yield from _following(unit, token.i + 1, 6, MATTERS)


def _following(unit: AnnotatedUnit, start: int, reach: int, types: frozenset[str]) -> Iterator[Ref]:
    """Names of given types within a few words, up to the next verb or comma; the largest at each place."""
    for token in unit.doc[start : start + reach]:
        if token.pos_ in ("VERB", "AUX") or token.text in (",", ";"):
            return
        refs = [ref for ref in unit.refs if ref.start == token.i and ref.type in types and not ref.adjectival]
        if refs:
            yield max(refs, key=lambda ref: ref.end - ref.start)
            return


def goods(unit: AnnotatedUnit, trigger: Token, taken: frozenset[str]) -> str | None:
    """The material or product that a supply or a dependence concerns: the nearest, else what the section is about."""
    agents = {token.i for child in trigger.children if child.dep_ == "nsubj" for token in child.subtree}
    moved = _object(trigger) if trigger.pos_ == "VERB" else None
    ref = unit.ref_at(moved) if moved is not None else None
    if ref is not None and ref.type in GOODS and ref.keys[0] not in taken:
        return ref.keys[0]
    named = [ref for ref in unit.refs if ref.type in GOODS and ref.keys[0] not in taken and ref.head not in agents]
    inside = {token.i for token in trigger.subtree} | {trigger.i}
    near = [ref for ref in named if abs(ref.head - trigger.i) <= _REACH and ref.head in inside]
    if near:
        return min(near, key=lambda ref: (abs(ref.head - trigger.i), ref.start)).keys[0]
    kinds = {ref.keys[0] for ref in named}
    if len(kinds) == 1:
        return kinds.pop()
    return unit.topic if not kinds and unit.topic not in taken else None


def _object(verb: Token) -> Token | None:
    """What a verb of trade moves: its object, 'of' passed over in 'most of its feedstock', 'tonnes of ore'."""
    object_ = next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)
    while object_ is not None:
        inner = next(
            (t for child in object_.children if child.lower_ == "of" for t in child.children if t.dep_ == "pobj"), None
        )
        if inner is None:
            return object_ if object_.pos_ in ("NOUN", "PROPN") else None
        object_ = inner
    return None


def target(unit: AnnotatedUnit, trigger: Token, taken: frozenset[str], sources: bool) -> str | None:
    """The state at which a measure or a sale is aimed: 'to the US', 'on Chinese goods', with `sources` 'from'."""
    words = {"to", "against", "on", "targeting", "toward", "towards", "at"} | ({"from"} if sources else set())
    doc = unit.doc
    for token in doc[trigger.i + 1 : trigger.i + _REACH]:
        if token.text == ";" or (token.pos_ == "VERB" and token.dep_ in ("conj", "advcl", "relcl", "ccomp")):
            return None
        if token.lower_ not in words or doc[token.i - 1].lower_ in _NOT_TARGET or token.tag_ == "TO":
            continue
        for near in doc[token.i + 1 : token.i + 4]:
            ref = unit.ref_at(near)
            if ref is not None and ref.type in _STATES and (not ref.adjectival or sources) and ref.keys[0] not in taken:
                return None if _possesses(doc, ref) else ref.keys[0]
    return None


def _possesses(doc: object, ref: Ref) -> bool:
    after = doc[ref.end] if ref.end < len(doc) else None  # type: ignore[arg-type,index]
    return after is not None and after.lower_ in ("'s", "’s")
