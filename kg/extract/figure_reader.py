"""Of which entity a figure tells, and by which measure, by a trained network.

Comes in: an annotated document with the rules' claims and observations. Goes out: the observations, rated, and further ones. A figure is paired with the
entities of its unit, and with those that the sentence before and the section speak of; the features are those of two mentions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.annotate.annotation import Annotated, AnnotatedUnit, Figure, Ref
from kg.annotate.english import English
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.confidence import of_chance
from kg.extract.frames import FrameSet
from kg.extract.measures import measure_of
from kg.extract.modality import modality
from kg.extract.pair_features import Looker, pair_vector
from kg.extract.pairs import Pair, Place, prominent
from kg.extract.qualifiers import moment_for
from kg.learned.network import Network
from kg.records import Claim, Observation, Quantity

READ = "read"  # the frame that a read observation names
SURE = 0.4  # the chance from which a figure is stated of an entity of its sentence
SURE_UNSAID = 0.5  # the same for one carried over
DOUBTED = 0.02  # the chance below which a rule's observation is not believed
_NEVER = frozenset(["Person", "Official", "Office", "Place"])


@dataclass(slots=True)
class FigurePair:
    """An entity and a figure of a unit that may tell of it."""

    pair: Pair
    figure: Figure
    words: list[str]


def read_observations(
    annotated: Annotated,
    found: tuple[Sequence[Claim], Sequence[Observation]],
    speakers: Mapping[int, str | None],
    tables: tuple[FrameSet, English],
    network: Network,
    skip: frozenset[int],
) -> list[Observation]:
    """The rules' observations as the network rates them, and one more of each figure that it is sure of, of its likeliest entity."""
    observations = found[1]
    items = look_at_figures(annotated, found, tables[0], skip)
    if not items:
        return list(observations)
    chances = network.probabilities(
        [item.words for item in items], np.stack([pair_vector(item.pair) for item in items])
    )
    known = {_reading(o.entity, o.quantity, o.evidence.sentence.start) for o in observations}
    rated: dict[tuple[str, str, int], float] = {}
    best: dict[tuple[int, int], tuple[float, FigurePair, str]] = {}
    for item, row in zip(items, chances, strict=True):
        column = int(row.argmax())
        chance, place = float(row[column]), item.pair.item
        start = place.unit.unit.sentence.span.start
        reading = _reading(item.pair.subject.key, item.figure.mention.quantity, start)
        if reading in known:
            rated[reading] = max(chance, rated.get(reading, 0.0))
        elif chance >= _least(item) and chance > best.get((place.number, item.figure.start), (0.0,))[0]:
            best[place.number, item.figure.start] = (chance, item, network.labels[column])
    further = [
        _observation(item, measure, chance, tables[1], speakers.get(item.pair.item.number))
        for chance, item, measure in best.values()
    ]
    return [*_rated(observations, rated), *further]


def _reading(entity: str, quantity: Quantity, start: int) -> tuple[str, str, int]:
    return entity, quantity.text, start


def _rated(observations: Sequence[Observation], rated: Mapping[tuple[str, str, int], float]) -> Iterator[Observation]:
    """The rules' observations with the network's chance for their confidence, without those that it all but rules out."""
    for item in observations:
        chance = rated.get(_reading(item.entity, item.quantity, item.evidence.sentence.start))
        if chance is None:
            yield item
        elif chance >= DOUBTED:
            yield replace(item, confidence=of_chance(chance))


def _least(item: FigurePair) -> float:
    return SURE if item.pair.how == "unit" else SURE_UNSAID


def _observation(item: FigurePair, measure: str, chance: float, english: English, said_by: str | None) -> Observation:
    unit = item.pair.item.unit
    token = unit.doc[item.figure.start : item.figure.end].root
    mode = modality(token, english, unit.unit.text.rstrip().endswith("?"))
    return Observation(
        entity=item.pair.subject.key,
        measure=measure,
        quantity=item.figure.mention.quantity,
        evidence=evidence(unit, token),
        modality=mode,
        said_by=speaker(unit, token, english, said_by),
        time=moment_for(unit, token, mode),
        confidence=of_chance(chance),
        frame=READ,
    )


def look_at_figures(
    annotated: Annotated, found: tuple[Sequence[Claim], Sequence[Observation]], frames: FrameSet, skip: frozenset[int]
) -> list[FigurePair]:
    """The figures of a document, each with the entities of which it may tell, and what can be seen of the two."""
    claims, observations = found
    looker = Looker(annotated.drafts, claims, frames)
    ruled = _Ruled(claims, observations)
    items: list[FigurePair] = []
    before: list[Place] = []
    index, here = -1, list[Place]()
    for number, unit in enumerate(annotated.units):
        sentence = unit.unit.sentence.index
        if sentence != index:
            index, before, here = sentence, prominent(here) or before, []
        places = [Place(number, unit, ref, key) for ref in unit.refs for key in ref.keys[:3]]
        here += places
        if sentence in skip:
            continue
        for figure in unit.figures:
            if not figure.mention.parenthetical:
                for pair in _pairs(annotated, Place(number, unit, _ref(figure), "figure"), places, before):
                    looker.look(pair)
                    items.append(FigurePair(pair, figure, [*pair.words, *_seen(pair, figure, ruled)]))
    return items


def _ref(figure: Figure) -> Ref:
    return Ref(figure.start, figure.end, figure.end - 1, ("figure",), figure.mention.kind, "figure")


def _pairs(annotated: Annotated, item: Place, places: Sequence[Place], before: Sequence[Place]) -> Iterator[Pair]:
    """A figure with every entity of its unit at its nearest mention, and with those the unit may leave unsaid."""
    nearest: dict[str, Place] = {}
    for place in places:
        known = nearest.get(place.key)
        if known is None or abs(place.ref.head - item.ref.head) < abs(known.ref.head - item.ref.head):
            nearest[place.key] = place
    carried: dict[str, list[str]] = {}
    for n, place in enumerate(before):
        carried.setdefault(place.key, []).append(f"before{n}")
    if item.unit.topic is not None:
        carried.setdefault(item.unit.topic, []).append("section")
    for key, place in nearest.items():
        yield from _made(annotated, Pair(place, item, "unit"), key)
    for key, signs in carried.items():
        if key not in nearest:
            source = next((place for place in before if place.key == key), Place(item.number, item.unit, item.ref, key))
            yield from _made(annotated, Pair(source, item, "subject", tuple(signs)), key)


def _made(annotated: Annotated, pair: Pair, key: str) -> Iterator[Pair]:
    kind = annotated.drafts[key].type if key in annotated.drafts else "Person"
    if kind not in _NEVER:
        pair.kinds = kind, pair.item.ref.type
        yield pair


class _Ruled:
    """What the rules made of the figures of each sentence."""

    def __init__(self, claims: Sequence[Claim], observations: Sequence[Observation]) -> None:
        self.claims: dict[tuple[int, str], list[Claim]] = {}
        self.observations: dict[tuple[int, str], list[Observation]] = {}
        for claim in claims:
            if claim.quantity is not None:
                self.claims.setdefault((claim.evidence.sentence.start, claim.quantity.text), []).append(claim)
        for item in observations:
            self.observations.setdefault((item.evidence.sentence.start, item.quantity.text), []).append(item)


def _seen(pair: Pair, figure: Figure, ruled: _Ruled) -> Iterator[str]:
    """What is seen of the figure itself, and what the rules made of it."""
    unit: AnnotatedUnit = pair.item.unit
    quantity, kind = figure.mention.quantity, pair.kinds[0]
    at = (unit.unit.sentence.span.start, quantity.text)
    yield f"unit={quantity.unit}|{kind}"
    yield f"unit={quantity.unit}|{figure.mention.per}|{quantity.comparator}"
    yield f"size={_size(quantity)}|{quantity.unit}"
    yield f"word={measure_of(unit, figure)}"
    yield f"word={measure_of(unit, figure)}|{kind}"
    for other in ruled.observations.get(at, ()):
        whose = "this" if other.entity == pair.subject.key else "other"
        yield f"ruled={other.measure}|{whose}"
        yield f"ruled={whose}|{kind}"
    if at not in ruled.observations:
        yield f"unruled|{kind}|{figure.mention.kind}"
    for claim in ruled.claims.get(at, ()):
        parts = {claim.subject: "subject", claim.object: "object", claim.topic: "topic"}
        yield f"claim={claim.property}|{parts.get(pair.subject.key, 'none')}"


def _size(quantity: Quantity) -> int:
    value = quantity.value if quantity.value is not None else quantity.maximum
    return int(math.log10(abs(value))) if value else 0
