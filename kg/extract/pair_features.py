"""What can be seen of a pair of mentions, for the network of kg.extract.reader.

The types, the words and the path between them, the triggers of the frames near them, what the frames made of them and of their
neighbours. Features are strings, to be hashed, and one dense vector.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft
from kg.extract.frames import WORD_KINDS, FrameSet
from kg.extract.pairs import Pair, Place
from kg.extract.placed import mean_vector, shown
from kg.extract.predication import lemma
from kg.learned.network import Array
from kg.records import Claim

FAR = 40  # tokens between two mentions beyond which marks are not looked at


class Looker:
    """Sees what there is to see of the pairs of one document."""

    def __init__(self, drafts: Mapping[str, Draft], found: Sequence[Claim], frames: FrameSet) -> None:
        self._drafts = drafts
        self._triggers = _Triggers(frames)
        self._ruled = _Ruled(found)

    def look(self, pair: Pair) -> None:
        """Fill in the features of a pair."""
        _look(pair, self._triggers, self._ruled, self._drafts)


class _Triggers:
    """The properties that each word of a unit may say by the frames, whatever its part of speech; each unit is read once."""

    def __init__(self, frames: FrameSet) -> None:
        self._frames = frames
        self._read: dict[int, list[frozenset[str]]] = {}

    def of(self, tokens: Iterable[Token], unit: AnnotatedUnit) -> frozenset[str]:
        """What any of the tokens may say."""
        if id(unit) not in self._read:
            self._read[id(unit)] = [self._of_word(token, unit) for token in unit.doc]
        said = self._read[id(unit)]
        return frozenset().union(*(said[token.i] for token in tokens))

    def _of_word(self, token: Token, unit: AnnotatedUnit) -> frozenset[str]:
        if token.i in unit.original:
            return frozenset()
        words = {lemma(token), token.lower_}
        kinds = [kind for kind in WORD_KINDS if kind != "preps"]
        return frozenset(frame.property for word in words for kind in kinds for frame in self._frames.of(kind, word))


class _Ruled:
    """The frames' claims of a document by sentence, to be asked about a pair and its neighbours."""

    def __init__(self, found: Sequence[Claim]) -> None:
        self.exact: dict[tuple[int, str, str], set[str]] = defaultdict(set)
        self.subject: dict[tuple[int, str], set[tuple[str, str]]] = defaultdict(set)
        self.item: dict[tuple[int, str], set[tuple[str, str]]] = defaultdict(set)
        self.anywhere: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in found:
            at = claim.evidence.sentence.start
            self.exact[at, claim.subject, claim.object].add(claim.property)
            self.subject[at, claim.subject].add((claim.property, claim.object))
            self.item[at, claim.object].add((claim.property, claim.subject))
            self.anywhere[claim.subject, claim.object].add(claim.property)


def _look(pair: Pair, triggers: _Triggers, ruled: _Ruled, drafts: Mapping[str, Draft]) -> None:
    """Fill in what can be seen of a pair."""
    subject, item = pair.subject, pair.item
    unit = pair.anchor.unit
    if pair.how == "unit":
        pair.path, pair.top = path(subject.token, item.token)
        low, high = sorted((subject.ref, item.ref), key=lambda ref: (ref.start, ref.end))
        pair.between = list(unit.doc[low.end : high.start])
    else:
        pair.path = _climb(pair.anchor.token)
        pair.top = pair.path[-1]
    at = unit.unit.sentence.span.start
    kinds = pair.kinds
    flags = {
        "path": triggers.of(pair.path, unit),
        "between": triggers.of(pair.between, unit),
        "unit": triggers.of(unit.doc, unit),
        "rule": frozenset(ruled.exact.get((at, subject.key, item.key), ())),
        "turned": frozenset(ruled.exact.get((at, item.key, subject.key), ())),
        "elsewhere": frozenset(ruled.anywhere.get((subject.key, item.key), ())),
        "same-subject": frozenset(
            name for name, other in ruled.subject.get((at, subject.key), ()) if _kind(drafts, other) == kinds[1]
        ),
        "same-object": frozenset(
            name for name, other in ruled.item.get((at, item.key), ()) if _kind(drafts, other) == kinds[0]
        ),
        "subject-does": frozenset(name for name, _ in ruled.subject.get((at, subject.key), ())),
        "object-gets": frozenset(name for name, _ in ruled.item.get((at, item.key), ())),
    }
    pair.flags = flags
    pair.words = list(_words(pair, drafts))


def _kind(drafts: Mapping[str, Draft], key: str) -> str:
    return drafts[key].type if key in drafts else ""


def _named(drafts: Mapping[str, Draft], key: str) -> bool:
    return key in drafts and drafts[key].named


def path(a: Token, b: Token) -> tuple[list[Token], Token]:
    """The tokens between two in the parse, ends left out unless one rules the other, and the topmost of them."""
    above_a = [a, *a.ancestors]
    above_b = [b, *b.ancestors]
    at = {token.i: n for n, token in enumerate(above_b)}
    for n, token in enumerate(above_a):
        if token.i in at:
            steps = [*above_a[1:n], token, *reversed(above_b[1 : at[token.i]])]
            inner = [t for t in steps if t.i not in (a.i, b.i)]
            return inner, token
    return [], a


def _climb(token: Token) -> list[Token]:
    """The tokens above one, up to the verb of its clause."""
    found = []
    for above in token.ancestors:
        found.append(above)
        if above.pos_ in ("VERB", "AUX"):
            break
    return found or [token]


def _words(pair: Pair, drafts: Mapping[str, Draft]) -> Iterator[str]:
    """Features that are names, to be hashed."""
    subject, item, unit = pair.subject, pair.item, pair.anchor.unit
    s, o = pair.kinds
    types = f"{s}>{o}"
    yield "bias"
    yield f"s={s}"
    yield f"o={o}"
    yield f"types={types}"
    yield f"how={pair.how}|{types}"
    yield f"kind={unit.unit.sentence.kind}|{types}"
    yield f"aside={unit.unit.aside}|{pair.how}"
    yield f"s-how={subject.ref.how}|{subject.ref.adjectival}"
    yield f"o-how={item.ref.how}|{item.ref.adjectival}"
    yield f"s-named={_named(drafts, subject.key)}|{s}"
    yield f"o-named={_named(drafts, item.key)}|{o}"
    yield f"deps={_dep(subject.token)}>{_dep(item.token)}|{pair.how}"
    for side, place in (("s", subject), ("o", item)):
        if pair.how in ("unit", "sentence") or place is pair.anchor:
            yield from _governors(side, place, pair.how)
    for sign in pair.signs:
        yield f"{pair.how}-{sign}"
        yield f"{pair.how}-{sign}|{types}"
    if pair.signs:
        yield f"{pair.how}-signs={'+'.join(sign.rstrip('0123456789') for sign in pair.signs)}"
        yield f"{pair.how}-words={min(len(unit.doc) // 5, 5)}|{types}"
    if pair.top is not None:
        top = shown(pair.top, unit)
        yield f"top={top}|{pair.how}"
        yield f"top={top}|{types}"
        yield f"top-pos={pair.top.pos_}|{types}"
        for child in pair.top.children:
            if child.dep_ in ("neg", "prt", "aux", "auxpass", "mark"):
                yield f"top-{child.dep_}={child.lower_}"
    for token in pair.path:
        yield f"path={shown(token, unit)}"
        yield f"path={shown(token, unit)}|{types}"
    if pair.how == "unit":
        yield from _along(pair, types)
    for name, values in pair.flags.items():
        for value in sorted(values):
            yield f"{name}={value}"
            yield f"{name}={value}|{types}"
    if not pair.flags["rule"]:
        yield f"no-rule|{types}"
    for a, b in pairwise(sorted(pair.flags["path"] | pair.flags["rule"])):
        yield f"both={a}+{b}"


def _along(pair: Pair, types: str) -> Iterator[str]:
    subject, item, unit = pair.subject, pair.item, pair.item.unit
    first = subject.ref.start <= item.ref.start
    order = "so" if first else "os"
    steps = ">".join(token.dep_ for token in pair.path[:5])
    yield f"order={order}|{types}"
    yield f"steps={steps}|{order}"
    yield f"steps={_dep(subject.token)}>{steps}>{_dep(item.token)}|{order}"
    yield f"lemmas={'>'.join(shown(t, unit) for t in pair.path[:4])}|{order}"
    count = len(pair.between)
    yield f"gap={'0' if count == 0 else '1' if count == 1 else '2-3' if count < 4 else '4-8' if count < 9 else '9+'}|{types}"
    inside = {ref.head for ref in unit.refs if any(t.i == ref.head for t in pair.between)}
    yield f"others={min(len(inside), 4)}|{order}"
    for token in pair.between[:FAR]:
        if token.is_punct:
            yield f"mark={token.text}|{order}"
    if count <= 10:
        inner = [shown(token, unit) for token in pair.between]
        for word in inner:
            yield f"between={word}|{order}"
            yield f"between={word}|{types}|{order}"
        for a, b in pairwise(["[", *inner, "]"]):
            yield f"two={a}_{b}|{order}"
        if count <= 4:
            yield f"all={'_'.join(inner)}|{order}"
            yield f"all={'_'.join(inner)}|{types}|{order}"
    low, high = (subject.ref, item.ref) if first else (item.ref, subject.ref)
    for n in (1, 2):
        if low.start - n >= 0:
            yield f"left{n}={shown(unit.doc[low.start - n], unit)}|{order}"
        if high.end + n - 1 < len(unit.doc):
            yield f"right{n}={shown(unit.doc[high.end + n - 1], unit)}|{order}"


def _dep(token: Token) -> str:
    return f"{token.dep_}/{token.head.lower_}" if token.dep_ in ("pobj", "pcomp") else str(token.dep_)


def _governors(side: str, place: Place, how: str) -> Iterator[str]:
    token, unit = place.token, place.unit
    yield f"{side}-dep={_dep(token)}"
    steps = 0
    for above in token.ancestors:
        if above.dep_ == "prep" or above.pos_ == "ADP":
            continue
        yield f"{side}-above{steps}={shown(above, unit)}|{_dep(token)}"
        yield f"{side}-above={shown(above, unit)}"
        if how in ("subject", "object"):
            yield f"{how}-above={shown(above, unit)}|{_dep(token)}"
        steps += 1
        if steps == 2:
            break
    for child in token.children:
        if child.dep_ in ("amod", "compound", "poss", "det", "nummod"):
            yield f"{side}-{child.dep_}={shown(child, unit)}"


def pair_vector(pair: Pair) -> Array:
    """The mean word vectors of the path and of the words between, and the parser's context vectors of both ends and the top."""
    unit = pair.anchor.unit
    tensor = unit.doc.tensor
    none = np.zeros(tensor.shape[1], np.float32)
    subject = tensor[pair.subject.token.i] if pair.subject.unit is unit else none
    item = tensor[pair.item.token.i] if pair.item.unit is unit else none
    top = tensor[pair.top.i] if pair.top is not None else none
    return np.concatenate([mean_vector(pair.path, unit), mean_vector(pair.between, unit), subject, item, top])
