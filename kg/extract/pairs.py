"""Pairs of entities that a sentence may relate.

Comes in: an annotated document. Goes out: one Pair per ordered pair of entities and sentence, from the nearest mentions. Entities of
the sentences before, of the headings, and those that the document speaks of most stand in for ends that a sentence leaves unsaid;
common nouns that no list has stand for products. What can be seen of a pair is added by kg.extract.pair_features.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit, Ref
from kg.extract.things import THING, Things, is_material

_CARRIED = 4  # entities of the sentence before that the next may leave unsaid
_THEMES = (
    ("Facility",),
    ("Company",),
    ("Programme", "Agreement", "Policy", "Event"),
    ("Country",),
    ("GovernmentBody", "InternationalOrganization", "Organization"),
    ("Person", "Official"),
    ("ChemicalElement", "Mineral", "Compound", "MaterialGroup"),
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

    `how` tells where they stand: "unit" (one parse), "sentence" (two units of one sentence), "subject" or "object" (this one is
    not mentioned here, but carried over from what the document spoke of before). `signs` tell of a carried one where it was.
    """

    subject: Place
    item: Place
    how: str
    signs: tuple[str, ...] = ()
    kinds: tuple[str, str] = ("", "")
    words: list[str] = field(default_factory=list)
    path: list[Token] = field(default_factory=list)
    between: list[Token] = field(default_factory=list)
    top: Token | None = None
    flags: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def anchor(self) -> Place:
        """The end that the sentence mentions; the object where it mentions both."""
        return self.subject if self.how == "object" else self.item


def pairs(annotated: Annotated, things: Things, skip: frozenset[int]) -> Iterator[Pair]:
    """Every pair of a document in the order of its sentences; those whose index is in `skip` were read as lists."""
    drafts = {**annotated.drafts, **things.drafts}
    carry = _Carry(annotated)
    for group in _sentences(annotated):
        places = list(_places(group))
        if group[0][1].unit.sentence.index not in skip:
            common = [Place(n, unit, ref, ref.keys[0]) for n, unit in group for ref in things.refs.get(n, ())]
            for pair in (*_inside([*places, *common]), *carry.pairs(places)):
                pair.kinds = drafts[pair.subject.key].type, drafts[pair.item.key].type
                yield pair
        carry.read(places)


def _sentences(annotated: Annotated) -> Iterator[list[tuple[int, AnnotatedUnit]]]:
    groups: dict[int, list[tuple[int, AnnotatedUnit]]] = defaultdict(list)
    for number, unit in enumerate(annotated.units):
        groups[unit.unit.sentence.index].append((number, unit))
    yield from groups.values()


def _places(group: Iterable[tuple[int, AnnotatedUnit]]) -> Iterator[Place]:
    for number, unit in group:
        for ref in unit.refs:
            if len(ref.keys) <= 3:  # "them" for a long list is too often another list
                for key in ref.keys:
                    yield Place(number, unit, ref, key)


def _inside(places: list[Place]) -> Iterator[Pair]:
    """The nearest mentions of every two entities of one sentence."""
    best: dict[tuple[str, str], tuple[tuple[int, int], Pair]] = {}
    for a in places:
        for b in places:
            if a.key == b.key or (a.number == b.number and a.ref.head == b.ref.head) or _never_subject(a):
                continue
            rank = (abs(a.number - b.number), abs(a.ref.head - b.ref.head))
            if (a.key, b.key) not in best or rank < best[a.key, b.key][0]:
                how = "unit" if a.number == b.number else "sentence"
                best[a.key, b.key] = (rank, Pair(a, b, how))
    for _rank, pair in best.values():
        yield pair


def _never_subject(place: Place) -> bool:
    """Whether a common noun is no material: of a product no list has, a sentence says little as its subject."""
    return place.ref.how == THING and not is_material(place.ref)


class _Carry:
    """What a sentence may leave unsaid: who stood in the one before, in its heading, or what the document speaks of most."""

    def __init__(self, annotated: Annotated) -> None:
        self.drafts = annotated.drafts
        self.before: list[Place] = []
        self.earlier: list[Place] = []
        self.heading: list[Place] = []
        self.headline: list[Place] = []
        self.first: dict[str, Place] = {}
        self.themes = _themes(annotated)

    def read(self, places: list[Place]) -> None:
        """Take in a sentence after its pairs were made."""
        if not places:
            return
        kind = places[0].unit.unit.sentence.kind
        ranked = prominent(places)
        if kind == "headline":
            self.headline = ranked
        elif kind == "heading":
            self.heading = ranked
        for place in places:
            self.first.setdefault(place.key, place)
        self.earlier, self.before = self.before, ranked

    def pairs(self, places: list[Place]) -> Iterator[Pair]:
        """Each carried entity with each that a sentence mentions, either way round."""
        here: dict[str, Place] = {}
        for place in places:
            here.setdefault(place.key, place)
        kinds = {self.drafts[key].type for key in here}
        for key, (source, signs) in self._carried(here).items():
            kind = self.drafts[key].type
            told = (*signs, f"own-type={kind in kinds}")
            for item in here.values():
                yield Pair(source, item, "subject", told)
                yield Pair(item, source, "object", told)

    def _carried(self, here: dict[str, Place]) -> dict[str, tuple[Place, tuple[str, ...]]]:
        sources = [
            *((f"before{n}", place) for n, place in enumerate(self.before)),
            *((f"earlier{n}", place) for n, place in enumerate(self.earlier[:2])),
            *(("heading", place) for place in self.heading[:2]),
            *(("headline", place) for place in self.headline[:3]),
            *(("theme", self.first[key]) for key in self.themes if key in self.first),
        ]
        found: dict[str, tuple[Place, tuple[str, ...]]] = {}
        for sign, place in sources:
            if place.key not in here:
                known = found.get(place.key, (place, ()))
                found[place.key] = (known[0], (*known[1], sign))
        return found


def prominent(places: list[Place]) -> list[Place]:
    """The entities of a sentence that the next may leave unsaid: subjects first, then in order."""
    ranked = sorted(places, key=lambda p: (p.token.dep_ not in ("nsubj", "nsubjpass", "ROOT"), p.number, p.ref.head))
    seen: dict[str, Place] = {}
    for place in ranked:
        seen.setdefault(place.key, place)
    return list(seen.values())[:_CARRIED]


def _themes(annotated: Annotated) -> tuple[str, ...]:
    """The entity of each group of classes that is mentioned most."""
    counts = Counter(key for unit in annotated.units for ref in unit.refs for key in ref.keys)
    found = []
    for kinds in _THEMES:
        known = [key for key in counts if annotated.drafts[key].type in kinds]
        if known:
            found.append(min(known, key=lambda key: (-counts[key], key)))
    return tuple(found)
