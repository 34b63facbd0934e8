"""The relations that a trained network sees between the mentions of a sentence.

Comes in: an annotated document and the frames' claims. Goes out: the frames' claims, rated, and further ones that no frame found, with
evidence, modality, source and time read from the parse as for any other and the frame "read". The network is trained by
kg.learned.train on articles written for it; its chance that a claim is right is the claim's confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.english import English
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.confidence import of_chance
from kg.extract.fillers import Filler
from kg.extract.frames import Frame, FrameSet
from kg.extract.matters import ABOUT_SOMETHING, AIMED, TRADING, goods, matter, target
from kg.extract.modality import is_excluded, modality
from kg.extract.pair_features import Looker, pair_vector
from kg.extract.pair_spots import Spots, words_of_document
from kg.extract.pairs import Pair, Place, pairs
from kg.extract.qualifiers import figure_for, moment_for
from kg.extract.things import THING, Things
from kg.learned.encoder import Encoder
from kg.learned.network import Array, Network, logistic
from kg.records import Claim, Modality, Schema

READ = "read"  # the frame that a read claim names
# F1 on tests/training/kept is flat from 0.28 to 0.36, and precision rises: the upper end
SURE = 0.34  # the chance from which a relation between two mentions of a sentence is stated
SURE_UNSAID = 0.6  # the same where one end is carried over: the sentence cited does not name it
_TIMELESS = frozenset(["locatedIn", "partOf", "usedIn", "includes"])
_OF_THINGS = (
    *("usedIn", "produces", "mines", "processes", "consumes", "exports", "imports", "restrictsExportOf", "stockpiles"),
    *("hasDepositOf", "dependsOn"),
)


def read_claims(
    annotated: Annotated,
    found: Sequence[Claim],
    speakers: Mapping[int, str | None],
    tables: tuple[FrameSet, Schema, English],
    things: Things,
    readers: tuple[Network, Encoder | None],
    skip: frozenset[int],
) -> list[Claim]:
    """The claims of the frames as the network rates them, and those that it is sure of and no frame found in the same sentence."""
    frames, schema, english = tables
    candidates = look_at_pairs(annotated, things, found, (frames, schema), skip)
    if not candidates:
        return list(found)
    chances = _chances(annotated, [pair for pair, _ in candidates], things, *readers)
    columns = {label: number for number, label in enumerate(readers[0].labels)}
    known = {_statement(schema, claim.subject, claim.property, claim.object, _start(claim)) for claim in found}
    rated: dict[Statement, float] = {}
    read: list[Claim] = []
    for (pair, allowed), row in zip(candidates, chances, strict=True):
        said = pair.how in ("unit", "sentence")
        for name in allowed:
            chance = float(row[columns[name]]) if name in columns else 0.0
            start = pair.anchor.unit.unit.sentence.span.start
            statement = _statement(schema, pair.subject.key, name, pair.item.key, start)
            if statement in known:
                if said:
                    rated[statement] = max(chance, rated.get(statement, 0.0))
            elif chance >= (SURE if said else SURE_UNSAID):
                known.add(statement)
                for place in (pair.subject, pair.item):
                    things.admit(annotated, place.key)
                read.append(claim_of(pair, name, chance, english, speakers.get(pair.anchor.number)))
    return [*_rated(found, schema, rated), *read]


def _chances(
    annotated: Annotated, looked: Sequence[Pair], things: Things, network: Network, sentences: Encoder | None
) -> Array:
    """The chance of each pair and relation: the mean of what both readers say, as log-odds."""
    scores = network.scores([pair.words for pair in looked], np.stack([pair_vector(pair) for pair in looked]))
    if sentences is not None:
        words, spots = words_of_document(annotated, things), Spots(annotated, things).rows(looked)
        scores = np.mean([scores, sentences.scores(words, spots)], axis=0, dtype=np.float32)
    return logistic(scores)


Statement = tuple[str, str, str, int]


def _statement(schema: Schema, subject: str, name: str, item: str, start: int) -> Statement:
    """A relation in a sentence; the ends of a symmetric one in their order by key."""
    if schema.properties[name].symmetric:
        subject, item = sorted((subject, item))
    return subject, name, item, start


def _start(claim: Claim) -> int:
    return claim.evidence.sentence.start


def _rated(found: Sequence[Claim], schema: Schema, rated: Mapping[Statement, float]) -> Iterator[Claim]:
    """The frames' claims with the network's chance for their confidence, where it has looked at them."""
    for claim in found:
        chance = rated.get(_statement(schema, claim.subject, claim.property, claim.object, _start(claim)))
        yield claim if chance is None else replace(claim, confidence=of_chance(chance))


def look_at_pairs(
    annotated: Annotated, things: Things, found: Sequence[Claim], tables: tuple[FrameSet, Schema], skip: frozenset[int]
) -> list[tuple[Pair, list[str]]]:
    """The pairs of a document whose types allow some relation, with their features and those relations."""
    frames, schema = tables
    looker = Looker(annotated.drafts, found, frames)
    candidates = []
    for pair in pairs(annotated, things, skip):
        paired = "respectively" in pair.anchor.unit.unit.sentence.text  # first with first: the frames pair these
        allowed = [] if paired else _relations(schema, pair)
        if allowed:
            looker.look(pair)
            candidates.append((pair, allowed))
    return candidates


def _relations(schema: Schema, pair: Pair) -> list[str]:
    """The relations that the types of a pair allow, by name; a common noun takes part in those of materials and goods alone."""
    names = _OF_THINGS if THING in (pair.subject.ref.how, pair.item.ref.how) else schema.properties
    return [
        name
        for name in names
        if schema.is_a(pair.kinds[0], schema.properties[name].domain)
        and schema.is_a(pair.kinds[1], schema.properties[name].range)
    ]


def claim_of(pair: Pair, name: str, chance: float, english: English, said_by: str | None) -> Claim:
    """The claim that a pair stands in a relation, with what else the sentence says of it."""
    unit = pair.anchor.unit
    trigger = pair.top if pair.top is not None else pair.anchor.token
    question = unit.unit.text.rstrip().endswith("?")
    ends = [place.token for place in (pair.subject, pair.item) if place.unit is unit]
    mode: Modality = "Negated" if any(map(is_excluded, ends)) else modality(trigger, english, question)
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
        confidence=of_chance(chance),
        frame=READ,
    )


def _topic(unit: AnnotatedUnit, trigger: Token, name: str, parties: frozenset[str]) -> str | None:
    if name in ABOUT_SOMETHING and (about := matter(unit, trigger, parties)):
        return about
    return goods(unit, trigger, parties) if name in ABOUT_SOMETHING or name in TRADING else None


def _filler(place: Place, pair: Pair) -> Filler:
    token = place.ref.head if place.unit is pair.anchor.unit else pair.anchor.ref.head
    return Filler(place.key, place.ref.type, token, 1)
