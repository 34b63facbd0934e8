"""From the token that fills a role to the entities it stands for.

Coordination is distributed, lists after 'such as' and 'including' are opened, and nouns that stand for what follows
them ('most of the world's cobalt', 'exports of gallium') are seen through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Ref
from kg.records import Schema

# people who act for where they come from
_ENVOYS = frozenset(
    "minister official delegate delegation representative negotiator lawmaker envoy leader diplomat counterpart executive company firm producer buyer supplier investor".split()
)
_LISTED = frozenset(["including", "like", "notably", "namely", "especially", "particularly"])
_STATE_NOUNS = frozenset(["government", "authority", "state"])  # "the Gabonese government" is Gabon


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity in a role: where it stands, and how far the reading had to go for it (0 is direct)."""

    key: str
    type: str
    token: int
    distance: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a role may be filled with: class names, and nouns that may be looked through.

    `demonyms`: also by an adjective of nationality. `alone`: the phrase itself, without what is joined to it by 'and'.
    """

    types: tuple[str, ...]
    through: frozenset[str]
    demonyms: bool = False
    alone: bool = False


def fillers(unit: AnnotatedUnit, token: Token, wanted: Wanted, schema: Schema) -> list[Filler]:
    """The entities of fitting type that a role's token stands for, in the order of the text."""
    found: dict[str, Filler] = {}
    for item, distance in [(token, 0)] if wanted.alone else expand(token):
        for filler in _read(unit, item, wanted, schema, distance, 0):
            if filler.key not in found or filler.distance < found[filler.key].distance:
                found[filler.key] = filler
    return sorted(found.values(), key=lambda filler: filler.token)


def expand(token: Token) -> Iterator[tuple[Token, int]]:
    """The token, its conjuncts, and what lists opened after them hold."""
    for item in [token, *_conjuncts(token)]:
        yield item, 0
        for listed in _listed(item):
            yield listed, 0
            for conjunct in _conjuncts(listed):
                yield conjunct, 0


def _conjuncts(token: Token) -> Iterator[Token]:
    for child in token.children:
        if (child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX")) or (
            child.dep_ == "appos" and _is_list_item(token, child)
        ):
            yield child
            yield from _conjuncts(child)


def _is_list_item(token: Token, child: Token) -> bool:
    """The parser takes the second of three listed things for an apposition: 'gallium, germanium and antimony'."""
    return any(grand.dep_ == "conj" for grand in child.children) and child.i > token.i and child.pos_ == token.pos_


def _listed(token: Token) -> Iterator[Token]:
    """What stands after 'such as', 'including', 'among them' or 'from … to …'."""
    yield from _among(token)
    for child in token.children:
        if child.dep_ == "prep" and (child.lower_ in _LISTED or (child.lower_ == "as" and _is_such(child))):
            for item in child.children:
                if item.dep_ in ("pobj", "pcomp"):
                    yield item
        elif child.dep_ == "prep" and child.lower_ == "from" and token.pos_ == "NOUN":
            yield from _range(child)


def _among(unit_token: Token) -> Iterator[Token]:
    """What 'among them' and 'one of them' name after a plural noun: 'seven firms, among them Arafura and Graphinex'."""
    if unit_token.tag_ not in ("NNS", "NNPS"):
        return
    doc = unit_token.doc
    for token in doc[unit_token.i + 1 : unit_token.i + 14]:
        if token.lower_ == "among" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("them", "which", "these"):
            item = next(
                (
                    t
                    for t in doc[token.i + 2 : token.i + 8]
                    if t.pos_ in ("PROPN", "NOUN") and t.dep_ not in ("compound", "amod")
                ),
                None,
            )
            if item is not None:
                yield item
            return
        if token.tag_ in ("NNS", "NNPS") and token.head != unit_token and token.dep_ != "pobj":
            return


def _range(preposition: Token) -> Iterator[Token]:
    """The ends of 'from smartphones to electric cars to jets', however the parser hangs its parts."""
    tail = [t for t in preposition.doc[preposition.i + 1 : preposition.i + 20] if t.lower_ == "to" and t.dep_ == "prep"]
    if not tail:
        return
    for step in (preposition, *tail):
        for item in step.children:
            if item.dep_ == "pobj":
                yield item


def _is_such(preposition: Token) -> bool:
    return (preposition.i > 0 and preposition.nbor(-1).lower_ in ("such", "well")) or any(
        c.lower_ == "such" for c in preposition.children
    )


def _read(
    unit: AnnotatedUnit, token: Token, wanted: Wanted, schema: Schema, distance: int, depth: int
) -> Iterator[Filler]:
    ref = _ref(unit, token)
    if ref is not None and _fits(ref, wanted, schema):
        for key in ref.keys:
            yield Filler(key, ref.type, ref.head, distance)
        yield from _beside(unit, ref, wanted, schema, distance)
        return
    if depth > 4:
        return
    same = _same_thing(token)
    if same is not None and depth < 3:
        found = list(_read(unit, same, wanted, schema, distance, depth + 1))
        if found:
            yield from found
            return
    if ref is None or token.lemma_.lower() in wanted.through:
        yield from _through(unit, token, wanted, schema, distance, depth)
    elif ref is not None:
        yield from _inside(unit, token, wanted, schema, distance, depth)


def _beside(unit: AnnotatedUnit, ref: Ref, wanted: Wanted, schema: Schema, distance: int) -> Iterator[Filler]:
    """The other names before a plural: 'the Kamoto and Mutanda mines'."""
    head = unit.doc[ref.head]
    if head.tag_ not in ("NNS", "NNPS"):
        return
    for child in head.children:
        other = unit.ref_at(child) if child.dep_ in ("nmod", "compound") else None
        if other is not None and other is not ref and other.type == ref.type and _fits(other, wanted, schema):
            for key in other.keys:
                yield Filler(key, other.type, other.head, distance)


def _same_thing(token: Token) -> Token | None:
    """Another phrase for the same thing: what an apposition stands beside, or a relative pronoun's antecedent."""
    if token.dep_ == "appos" and token.head.pos_ in ("NOUN", "PROPN") and not _is_list_item(token.head, token):
        return token.head
    if token.tag_ in ("WDT", "WP") or (token.lower_ == "that" and token.pos_ == "PRON"):
        clause = token.head
        while clause.dep_ not in ("relcl", "ROOT"):
            clause = clause.head
        return clause.head if clause.dep_ == "relcl" else None
    return None


def _ref(unit: AnnotatedUnit, token: Token) -> Ref | None:
    return unit.ref_headed(token) or unit.ref_at(token)


def _fits(ref: Ref, wanted: Wanted, schema: Schema) -> bool:
    if ref.adjectival and not wanted.demonyms:
        return False
    return schema.is_a(ref.type, wanted.types)


def _through(
    unit: AnnotatedUnit, token: Token, wanted: Wanted, schema: Schema, distance: int, depth: int
) -> Iterator[Filler]:
    """Look through a noun to its apposition, its 'of' phrase, its compounds and its possessor, the first that fits."""
    for child in token.children:
        if child.dep_ == "appos" and (ref := _ref(unit, child)) is not None and _fits(ref, wanted, schema):
            for key in ref.keys:
                yield Filler(key, ref.type, ref.head, distance)
            for conjunct in _conjuncts(child):
                yield from _read(unit, conjunct, wanted, schema, distance, depth + 1)
            return
    if token.lemma_.lower() not in wanted.through and token.lower_ not in wanted.through:
        return
    if token.lemma_.lower() in _STATE_NOUNS:
        wanted = replace(wanted, demonyms=True)
    for steps in (_of(token), _modifiers(token), _possessors(token)):
        reached = []
        for step in steps:
            for item, extra in expand(step):
                reached += list(_read(unit, item, wanted, schema, distance + 1 + extra, depth + 1))
        if reached:
            yield from reached
            return


def _inside(
    unit: AnnotatedUnit, token: Token, wanted: Wanted, schema: Schema, distance: int, depth: int
) -> Iterator[Filler]:
    """A described thing of the wrong type may hold the right one: the list after it, its apposition."""
    for child in token.children:
        if child.dep_ == "appos":
            yield from _read(unit, child, wanted, schema, distance + 1, depth + 1)


def _of(token: Token) -> list[Token]:
    """What stands behind a noun that is seen through: 'tonnes of tin', 'ministers from Canada'."""
    wanted = ("of", "in", "for", "from") if token.lemma_.lower() in _ENVOYS else ("of", "in", "for")
    return [
        item
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in wanted
        for item in child.children
        if item.dep_ == "pobj"
    ]


def _modifiers(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ in ("compound", "amod", "nmod")]


def _possessors(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ == "poss"]
