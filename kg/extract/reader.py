"""Claims that no frame finds: the relations that a trained network sees between the mentions of a sentence.

Comes in: an annotated document and the frames' claims. Goes out: further claims, with evidence, modality, source and time read from
the parse as for any other. The network is trained by kg.learned.train on articles written for it; what it found is marked by the
frame "read", and its confidence is the network's own, below that of a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.english import English
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.fillers import Filler
from kg.extract.frames import Frame, FrameSet
from kg.extract.matters import ABOUT_SOMETHING, AIMED, TRADING, goods, matter, target
from kg.extract.modality import modality
from kg.extract.pair_features import Looker, pair_vector
from kg.extract.pairs import Pair, Place, pairs
from kg.extract.qualifiers import figure_for, moment_for
from kg.extract.things import THING, Things, find_things
from kg.learned.network import Network
from kg.records import Claim, Modality, Schema

READ = "read"  # the frame that a read claim names
SURE = 0.42  # the chance from which a relation between two mentions of a sentence is stated
SURE_UNSAID = 0.85  # the same where one end is carried over: the sentence cited does not name it
_HIGHEST = 0.7  # the confidence of a read claim that the network is certain of
_TIMELESS = frozenset(["locatedIn", "partOf", "usedIn", "includes"])
_OF_THINGS = ("usedIn", "produces")
_NEEDS_NAME = frozenset(["Agreement", "Policy", "Event", "Programme"])


def read_claims(
    annotated: Annotated,
    found: Sequence[Claim],
    speakers: Mapping[int, str | None],
    tables: tuple[FrameSet, Schema, English],
    network: Network,
    skip: frozenset[int],
) -> Iterator[Claim]:
    """The claims that the network is sure of and no frame found in the same sentence."""
    frames, schema, english = tables
    known = {(claim.subject, claim.property, claim.object, claim.evidence.sentence.start) for claim in found}
    things = find_things(annotated, english, frames)
    candidates = look_at_pairs(annotated, things, found, (frames, schema), skip)
    if not candidates:
        return
    vectors = np.stack([pair_vector(pair) for pair, _ in candidates])
    chances = network.probabilities([pair.words for pair, _ in candidates], vectors)
    columns = {label: number for number, label in enumerate(network.labels)}
    for (pair, allowed), row in zip(candidates, chances, strict=True):
        least = SURE if pair.how in ("unit", "sentence") else SURE_UNSAID
        for name in allowed:
            chance = float(row[columns[name]]) if name in columns else 0.0
            at = pair.anchor.unit.unit.sentence.span.start
            turned = (pair.item.key, name, pair.subject.key, at)
            if chance < least or (pair.subject.key, name, pair.item.key, at) in known:
                continue
            if schema.properties[name].symmetric and turned in known:
                continue
            known.add((pair.subject.key, name, pair.item.key, at))
            _admit(annotated, things, pair.item)
            yield _claim(pair, name, chance, english, speakers.get(pair.anchor.number))


def look_at_pairs(
    annotated: Annotated, things: Things, found: Sequence[Claim], tables: tuple[FrameSet, Schema], skip: frozenset[int]
) -> list[tuple[Pair, list[str]]]:
    """The pairs of a document whose types allow some relation, with their features and those relations."""
    frames, schema = tables
    looker = Looker(annotated.drafts, found, frames)
    candidates = []
    for pair in pairs(annotated, things, skip):
        paired = "respectively" in pair.anchor.unit.unit.sentence.text  # first with first: the frames pair these
        allowed = [] if paired or _is_vague(annotated, pair) else _relations(schema, pair)
        if allowed:
            looker.look(pair)
            candidates.append((pair, allowed))
    return candidates


def _is_vague(annotated: Annotated, pair: Pair) -> bool:
    """Whether an end is a deal, a measure or a meeting without a name: 'a memorandum', 'the ban'. Frames say more of these."""
    return any(
        kind in _NEEDS_NAME and place.key in annotated.drafts and not annotated.drafts[place.key].named
        for place, kind in zip((pair.subject, pair.item), pair.kinds, strict=True)
    )


def _relations(schema: Schema, pair: Pair) -> list[str]:
    """The relations that the types of a pair allow, by name; a common noun can only be used for or made."""
    names = _OF_THINGS if pair.item.ref.how == THING else schema.properties
    return [
        name
        for name in names
        if schema.is_a(pair.kinds[0], schema.properties[name].domain)
        and schema.is_a(pair.kinds[1], schema.properties[name].range)
    ]


def _claim(pair: Pair, name: str, chance: float, english: English, said_by: str | None) -> Claim:
    unit = pair.anchor.unit
    trigger = pair.top if pair.top is not None else pair.anchor.token
    question = unit.unit.text.rstrip().endswith("?")
    mode: Modality = modality(trigger, english, question)
    source = speaker(unit, trigger, english, said_by)
    subject, item = _filler(pair.subject, pair), _filler(pair.item, pair)
    figure = None
    if pair.how == "unit":
        figure = figure_for(unit, trigger, subject, item, Frame(READ, name))
    parties = frozenset((pair.subject.key, pair.item.key))
    return Claim(
        subject=pair.subject.key,
        property=name,
        object=pair.item.key,
        evidence=evidence(unit, trigger),
        modality=mode,
        said_by=source,
        time=None if name in _TIMELESS else moment_for(unit, trigger, mode),
        quantity=figure,
        topic=_topic(unit, trigger, name, parties),
        target=target(unit, trigger, parties, sources=name == "imposes") if name in AIMED else None,
        confidence=round(_HIGHEST * chance, 2),
        frame=READ,
    )


def _topic(unit: AnnotatedUnit, trigger: Token, name: str, parties: frozenset[str]) -> str | None:
    if name in ABOUT_SOMETHING and (about := matter(unit, trigger, parties)):
        return about
    return goods(unit, trigger, parties) if name in ABOUT_SOMETHING or name in TRADING else None


def _admit(annotated: Annotated, things: Things, place: Place) -> None:
    """Make a common noun of which something is stated an entity of the document."""
    if place.ref.how == THING and place.ref not in place.unit.refs:
        annotated.drafts.setdefault(place.key, things.drafts[place.key])
        place.unit.refs.append(place.ref)


def _filler(place: Place, pair: Pair) -> Filler:
    token = place.ref.head if place.unit is pair.anchor.unit else pair.anchor.ref.head
    return Filler(place.key, place.ref.type, token, 1)
