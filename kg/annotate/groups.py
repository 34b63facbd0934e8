"""Plural references: they, both, the two countries, all three, such metals, the former and the latter."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.discourse import UNNAMED, Memory, Place, Seen
from kg.annotate.grammar import clause_subject, is_subject, verb_above
from kg.annotate.leanings import BODIES, MATERIALS, PEOPLE, THINGS

PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
NUMBERS = {
    "two": 2,
    "both": 2,
    "pair": 2,
    "duo": 2,
    "neither": 2,
    "either": 2,
    "three": 3,
    "trio": 3,
    "four": 4,
    "quartet": 4,
    "five": 5,
    "six": 6,
}
_REFINED = frozenset(
    ["use", "mine", "refine", "process", "produce", "extract", "alloy", "recover", "smelt", "export", "import"]
)


def plural(memory: Memory, place: Place) -> tuple[str, ...] | None:
    """What 'they', 'them', 'their' stand for: names joined before, a group of materials, a body of many."""
    token = place.token
    pool = list(memory.back(place, 2 if token.dep_ != "poss" else 1, (*THINGS, "Product", *PEOPLE, UNNAMED)))
    kinds = _wanted(token)
    if token.dep_ in ("dobj", "pobj", "iobj", "dative"):
        subject = clause_subject(verb_above(token))
        ref = place.unit.ref_at(subject) if subject is not None else None
        pool = [c for c in pool if ref is None or not set(c.keys) & set(ref.keys)]
    for sentence in sorted({c.sentence for c in pool}, reverse=True):
        here = [c for c in pool if c.sentence == sentence]
        found, settled = _of_sentence(here, kinds, token)
        if settled:
            return found
    return None


def _wanted(token: Token) -> tuple[str, ...]:
    verb = verb_above(token)
    if token.dep_ == "nsubjpass" and verb.lemma_.lower() in _REFINED:
        return (*MATERIALS, "Product")
    if token.dep_ == "nsubj" and verb.lemma_.lower() in (
        "say",
        "sign",
        "agree",
        "plan",
        "mine",
        "export",
        "sell",
        "buy",
        "want",
    ):
        return (*BODIES, *PEOPLE)
    return (*THINGS, "Product", *PEOPLE)


def _of_sentence(here: list[Seen], kinds: tuple[str, ...], token: Token) -> tuple[tuple[str, ...] | None, bool]:
    """What one sentence offers, and whether that settles it: subjects come first."""
    unnamed = any(not c.keys and c.plural and c.subject for c in here)
    groups = [g for g in _chains(here) if g[0].type in kinds]
    leading = [g for g in groups if g[0].subject]
    if leading and not unnamed:
        return _keys(leading[0]), True
    many = [c for c in here if c.keys and c.type in kinds and (c.plural or c.type == "MaterialGroup") and not c.joined]
    subject = next((c for c in many if c.subject), None)
    if subject is not None:
        return subject.keys, True
    if unnamed:
        return None, True
    rest = [*[_keys(g) for g in groups], *[c.keys for c in many]]
    if rest and (len(set(rest)) == 1 or token.dep_ in ("nsubjpass", "dobj", "pobj")):
        return rest[0], len(set(rest)) == 1
    body = next(
        (
            c
            for c in here
            if c.subject
            and c.type in ("Company", "GovernmentBody", "Organization")
            and c.type in kinds
            and not c.joined
        ),
        None,
    )
    if body is not None and token.dep_ == "poss":
        return body.keys, True
    return _side_by_side(here, kinds), bool(_side_by_side(here, kinds))


def _side_by_side(here: list[Seen], kinds: tuple[str, ...]) -> tuple[str, ...] | None:
    """Subjects of one type in one sentence, however the parser joins them."""
    members = [c for c in reversed(here) if c.subject and c.keys and c.type in kinds]
    keys = tuple(dict.fromkeys(key for m in members for key in m.keys))
    return keys if len({m.type for m in members}) == 1 and len(keys) > 1 and any(m.joined for m in members) else None


def _chains(here: list[Seen]) -> list[list[Seen]]:
    """Things joined by 'and', the latest first; of one sort each."""
    found: dict[tuple[int, int], list[Seen]] = {}
    for seen in here:
        if seen.keys and seen.joined:
            found.setdefault((seen.unit, seen.chain), []).append(seen)
    chains = [list(reversed(chain)) for chain in found.values() if len({key for c in chain for key in c.keys}) > 1]
    return [chain for chain in chains if len({_sort(c.type) for c in chain}) == 1]


def _sort(kind: str) -> str:
    return "body" if kind in BODIES else "material" if kind in MATERIALS else "person" if kind in PEOPLE else kind


def _keys(chain: list[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for c in chain for key in c.keys))


def several(
    memory: Memory, place: Place, kinds: tuple[str, ...], size: int = 0, reach: int = 2
) -> tuple[str, ...] | None:
    """The latest names of fitting type that stand together: joined by 'and', else all of one sentence."""
    pool = [c for c in memory.back(place, reach, kinds or THINGS) if c.keys]
    latest = sorted({c.sentence for c in pool}, reverse=True)
    for together in (_joined_up, _all_there):
        for sentence in latest:
            for keys in together([c for c in pool if c.sentence == sentence], size):
                return keys
    return None


def _joined_up(here: list[Seen], size: int) -> Iterator[tuple[str, ...]]:
    """Several that one mention stands for, or that 'and' joins."""
    for keys in [*[seen.keys for seen in here if len(seen.keys) > 1], *[_keys(chain) for chain in _chains(here)]]:
        if not size or len(keys) == size:
            yield keys


def _all_there(here: list[Seen], size: int) -> Iterator[tuple[str, ...]]:
    """All of one sort that a sentence mentions, where they are as many as asked for and one of them is its subject."""
    for sort in dict.fromkeys(_sort(c.type) for c in here):
        sorted_out = [c for c in reversed(here) if _sort(c.type) == sort]
        keys = tuple(dict.fromkeys(key for c in sorted_out for key in c.keys))
        if size and len(keys) == size and any(c.subject for c in sorted_out):
            yield keys


def counted(memory: Memory, place: Place) -> tuple[str, ...] | None:
    """'both', 'the two', 'all three', 'the trio', 'neither', 'each' without a noun: the latest group of that size."""
    size = NUMBERS.get(place.token.lower_, 0)
    return several(memory, place, THINGS, size)


def is_counted(token: Token) -> bool:
    """Whether a number word stands alone for things: subject or object without a noun or an 'of' behind it."""
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "nummod", "dep", "ROOT", "npadvmod") or any(
        c.dep_ == "prep" for c in token.children
    ):
        return False
    word = token.lower_
    if word in ("both", "neither", "each"):
        return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and token.head.pos_ in ("VERB", "AUX", "ADP")
    before = token.nbor(-1).lower_ if token.i else ""
    if word in ("pair", "duo", "trio", "quartet"):
        return before == "the"
    return (
        word in NUMBERS and before in ("the", "all", "these") and (is_subject(token) or token.dep_ in ("dobj", "pobj"))
    )


def former_latter(memory: Memory, place: Place) -> tuple[str, ...] | None:
    """'the former' and 'the latter': the first and the last of the latest two."""
    keys = several(memory, place, THINGS, 2, reach=1)
    if keys is None:
        return None
    return (keys[0],) if place.token.lower_ == "former" else (keys[1],)


def is_former(token: Token) -> bool:
    """'the former' and 'the latter' without a noun."""
    return (
        token.lower_ in ("former", "latter")
        and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT", "poss")
        and bool(token.i)
        and token.nbor(-1).lower_ == "the"
    )
