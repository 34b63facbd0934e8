"""Pairs of entities that a sentence may relate, and what can be seen of each pair.

Comes in: an annotated document and the claims that the frames found in it. Goes out: one Pair per ordered pair of entities and
sentence, with features for kg.extract.reader: the types, the words and the path between them, the triggers of the frames near
them, what the frames made of them and of their neighbours. Entities of the sentence before, and the one that the document speaks
of most, stand in as subjects that a sentence leaves unsaid.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit, Draft, Ref
from kg.extract.frames import FrameSet
from kg.extract.predication import lemma
from kg.records import Claim

FAR = 40  # tokens between two mentions beyond which distance is not told apart
_CARRIED = 3  # entities of the sentence before that may be its unsaid subject
_THEMES = (
    "Facility",
    "Company",
    "Programme",
    "Agreement",
    "Policy",
    "Event",
    "Country",
    "Organization",
    "GovernmentBody",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: the number of its unit in the document, its ref and the key of its entity."""

    number: int
    unit: AnnotatedUnit
    ref: Ref
    key: str

    @property
    def token(self) -> Token:
        """The head of the mention."""
        return self.unit.doc[self.ref.head]


@dataclass(slots=True)
class Pair:
    """Two mentions whose entities a sentence may relate, the first as subject.

    `how` tells where they stand: "unit" (one parse), "sentence" (two units of one sentence), "before" (the subject in the
    sentence before), "theme" (the subject is what the document speaks of most).
    """

    subject: Place
    item: Place
    how: str
    words: list[str] = field(default_factory=list)
    path: list[Token] = field(default_factory=list)
    between: list[Token] = field(default_factory=list)
    top: Token | None = None
    flags: dict[str, frozenset[str]] = field(default_factory=dict)


def pairs(annotated: Annotated, found: Sequence[Claim], frames: FrameSet, skip: frozenset[int]) -> Iterator[Pair]:
    """Every pair of a document in the order of its sentences; those whose index is in `skip` were read as lists."""
    triggers = _Triggers(frames)
    ruled = _Ruled(found)
    theme = _theme(annotated)
    before: list[Place] = []
    for group in _sentences(annotated):
        places = list(_places(group))
        if group[0][1].unit.sentence.index not in skip:
            for pair in (*_inside(places), *_carried(places, before, theme)):
                _look(pair, triggers, ruled, annotated)
                yield pair
        if places:
            before = _prominent(places)


def _sentences(annotated: Annotated) -> Iterator[list[tuple[int, AnnotatedUnit]]]:
    groups: dict[int, list[tuple[int, AnnotatedUnit]]] = defaultdict(list)
    for number, unit in enumerate(annotated.units):
        groups[unit.unit.sentence.index].append((number, unit))
    yield from groups.values()


def _places(group: Iterable[tuple[int, AnnotatedUnit]]) -> Iterator[Place]:
    for number, unit in group:
        for ref in unit.refs:
            if len(ref.keys) <= 6:
                for key in ref.keys:
                    yield Place(number, unit, ref, key)


def _inside(places: list[Place]) -> Iterator[Pair]:
    """The nearest mentions of every two entities of one sentence."""
    best: dict[tuple[str, str], tuple[tuple[int, int], Pair]] = {}
    for a in places:
        for b in places:
            if a.key == b.key or (a.number == b.number and a.ref.head == b.ref.head):
                continue
            rank = (abs(a.number - b.number), abs(a.ref.head - b.ref.head))
            if (a.key, b.key) not in best or rank < best[a.key, b.key][0]:
                how = "unit" if a.number == b.number else "sentence"
                best[a.key, b.key] = (rank, Pair(a, b, how))
    for _rank, pair in best.values():
        yield pair


def _carried(places: list[Place], before: list[Place], theme: str | None) -> Iterator[Pair]:
    here = {place.key for place in places}
    items: dict[str, Place] = {}
    for place in places:
        items.setdefault(place.key, place)
    for how, sources in (("before", before),):
        for source in sources:
            if source.key not in here:
                for item in items.values():
                    yield Pair(source, item, "theme" if source.key == theme else how)


def _prominent(places: list[Place]) -> list[Place]:
    """The entities of a sentence that the next may leave unsaid: subjects first, then in order."""
    ranked = sorted(places, key=lambda p: (p.token.dep_ not in ("nsubj", "nsubjpass", "ROOT"), p.number, p.ref.head))
    seen: dict[str, Place] = {}
    for place in ranked:
        seen.setdefault(place.key, place)
    return list(seen.values())[:_CARRIED]


def _theme(annotated: Annotated) -> str | None:
    counts = Counter(
        key
        for unit in annotated.units
        for ref in unit.refs
        for key in ref.keys
        if annotated.drafts[key].type in _THEMES and annotated.drafts[key].named
    )
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None


class _Triggers:
    """The properties that a word may say by the frames, whatever its part of speech."""

    def __init__(self, frames: FrameSet) -> None:
        self.by_word: dict[str, set[str]] = defaultdict(set)
        for (kind, word), entries in frames.by_word.items():
            if kind != "preps":
                for frame in entries:
                    self.by_word[word].add(frame.property)

    def of(self, tokens: Iterable[Token], unit: AnnotatedUnit) -> frozenset[str]:
        found: set[str] = set()
        for token in tokens:
            if token.i not in unit.original:
                found |= self.by_word.get(lemma(token), set()) | self.by_word.get(token.lower_, set())
        return frozenset(found)


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


def _look(pair: Pair, triggers: _Triggers, ruled: _Ruled, annotated: Annotated) -> None:
    """Fill in what can be seen of a pair."""
    subject, item = pair.subject, pair.item
    unit = item.unit
    if pair.how == "unit":
        pair.path, pair.top = path(subject.token, item.token)
        low, high = sorted((subject.ref, item.ref), key=lambda ref: (ref.start, ref.end))
        pair.between = list(unit.doc[low.end : high.start])
    elif pair.how == "sentence":
        pair.path = _climb(item.token)
        pair.top = pair.path[-1] if pair.path else item.token
        pair.between = []
    else:
        pair.path = _climb(item.token)
        pair.top = pair.path[-1] if pair.path else item.token
    at = unit.unit.sentence.span.start
    drafts = annotated.drafts
    kinds = drafts[subject.key].type, drafts[item.key].type
    flags = {
        "path": triggers.of(pair.path, unit),
        "between": triggers.of(pair.between, unit),
        "unit": triggers.of(unit.doc, unit),
        "rule": frozenset(ruled.exact.get((at, subject.key, item.key), ())),
        "turned": frozenset(ruled.exact.get((at, item.key, subject.key), ())),
        "elsewhere": frozenset(ruled.anywhere.get((subject.key, item.key), ())),
        "same-subject": frozenset(
            name for name, other in ruled.subject.get((at, subject.key), ()) if drafts[other].type == kinds[1]
        ),
        "same-object": frozenset(
            name for name, other in ruled.item.get((at, item.key), ()) if drafts[other].type == kinds[0]
        ),
        "subject-does": frozenset(name for name, _ in ruled.subject.get((at, subject.key), ())),
        "object-gets": frozenset(name for name, _ in ruled.item.get((at, item.key), ())),
    }
    pair.flags = flags
    pair.words = list(_words(pair, drafts))


def path(a: Token, b: Token) -> tuple[list[Token], Token]:
    """The tokens between two in the parse, ends left out unless one rules the other, and the topmost of them."""
    above_a = [a, *a.ancestors]
    above_b = [b, *b.ancestors]
    at = {token.i: n for n, token in enumerate(above_b)}
    for n, token in enumerate(above_a):
        if token.i in at:
            steps = above_a[1:n] + [token] + list(reversed(above_b[1 : at[token.i]]))
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


def _shown(token: Token, unit: AnnotatedUnit) -> str:
    """The lemma of a word; for a name or a stand-in its entity's type."""
    ref = unit.ref_at(token)
    if ref is not None:
        return f"<{ref.type}>"
    return lemma(token) if token.i not in unit.original else "<figure>"


def _words(pair: Pair, drafts: Mapping[str, Draft]) -> Iterator[str]:
    """Features that are names, to be hashed."""
    subject, item, unit = pair.subject, pair.item, pair.item.unit
    s, o = drafts[subject.key].type, drafts[item.key].type
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
    yield f"s-named={drafts[subject.key].named}|{s}"
    yield f"o-named={drafts[item.key].named}|{o}"
    yield f"deps={_dep(subject.token)}>{_dep(item.token)}|{pair.how}"
    yield from _governors("s", subject)
    yield from _governors("o", item)
    if pair.top is not None:
        top = _shown(pair.top, unit)
        yield f"top={top}|{pair.how}"
        yield f"top={top}|{types}"
        yield f"top-pos={pair.top.pos_}|{types}"
        for child in pair.top.children:
            if child.dep_ in ("neg", "prt", "aux", "auxpass", "mark"):
                yield f"top-{child.dep_}={child.lower_}"
    for token in pair.path:
        yield f"path={_shown(token, unit)}"
        yield f"path={_shown(token, unit)}|{types}"
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
    yield f"lemmas={'>'.join(_shown(t, unit) for t in pair.path[:4])}|{order}"
    count = len(pair.between)
    yield f"gap={'0' if count == 0 else '1' if count == 1 else '2-3' if count < 4 else '4-8' if count < 9 else '9+'}|{types}"
    inside = {ref.head for ref in unit.refs if any(t.i == ref.head for t in pair.between)}
    yield f"others={min(len(inside), 4)}|{order}"
    for token in pair.between[:FAR]:
        if token.is_punct:
            yield f"mark={token.text}|{order}"
    if count <= 10:
        shown = [_shown(token, unit) for token in pair.between]
        for word in shown:
            yield f"between={word}|{order}"
            yield f"between={word}|{types}|{order}"
        for a, b in pairwise(["[", *shown, "]"]):
            yield f"two={a}_{b}|{order}"
        if count <= 4:
            yield f"all={'_'.join(shown)}|{order}"
            yield f"all={'_'.join(shown)}|{types}|{order}"
    low, high = (subject.ref, item.ref) if first else (item.ref, subject.ref)
    for n in (1, 2):
        if low.start - n >= 0:
            yield f"left{n}={_shown(unit.doc[low.start - n], unit)}|{order}"
        if high.end + n - 1 < len(unit.doc):
            yield f"right{n}={_shown(unit.doc[high.end + n - 1], unit)}|{order}"


def _dep(token: Token) -> str:
    return f"{token.dep_}/{token.head.lower_}" if token.dep_ in ("pobj", "pcomp") else str(token.dep_)


def _governors(side: str, place: Place) -> Iterator[str]:
    token, unit = place.token, place.unit
    yield f"{side}-dep={_dep(token)}"
    steps = 0
    for above in token.ancestors:
        if above.dep_ == "prep" or above.pos_ == "ADP":
            continue
        yield f"{side}-above{steps}={_shown(above, unit)}|{_dep(token)}"
        yield f"{side}-above={_shown(above, unit)}"
        steps += 1
        if steps == 2:
            break
    for child in token.children:
        if child.dep_ in ("amod", "compound", "poss", "det", "nummod"):
            yield f"{side}-{child.dep_}={_shown(child, unit)}"
