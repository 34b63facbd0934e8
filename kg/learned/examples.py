"""Examples for kg.learned.train: names with their types, pairs of mentions with their relations, from annotated articles.

Comes in: a gold document and the program's own annotation of its text. Goes out: rows of features with what the gold says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.annotate.annotation import Annotated, Draft
from kg.annotate.typing import Mentions, is_unknown, name_features, name_vector
from kg.build import Extractor
from kg.extract.choice import Chooser, Where
from kg.extract.extract import extract
from kg.extract.figure_reader import FigurePair, look_at_figures
from kg.extract.moods import mood_words
from kg.extract.pair_features import pair_vector
from kg.extract.pair_spots import Spots, words_of_document
from kg.extract.placed import Placed, placed, vector_of
from kg.extract.reader import claim_of, look_at_pairs
from kg.extract.sections import read_sections
from kg.extract.things import THING, Things, find_things
from kg.extract.times import Times
from kg.extract.topics import Matters
from kg.learned.encoder import Integers, Words
from kg.learned.network import codes
from kg.records import Claim, Document
from kg.scoring.gold import SYMMETRIC, Figure, Gold, GoldClaim
from kg.scoring.matching import normal_name, normal_text, same_figure


@dataclass(frozen=True, slots=True)
class LabelExample:
    """A name that no list has and its class in the gold, officials being persons; or a claim that the gold makes too and its modality there."""

    words: NDArray[np.uint32]
    vector: NDArray[np.float16]
    label: str


@dataclass(frozen=True, slots=True)
class PairExample:
    """A pair of mentions: the relations that its types allow, those that the gold states here, those it states elsewhere.

    `spots`: where its words are among those of the document (kg.learned.encoder.SPOTS).
    """

    words: NDArray[np.uint32]
    vector: NDArray[np.float16]
    spots: Integers
    unsaid: bool
    allowed: tuple[str, ...]
    stated: frozenset[str]
    elsewhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChoiceExample:
    """A thing that a claim may be about, or a time that it may have; `right` where the gold says that it is."""

    words: NDArray[np.uint32]
    vector: NDArray[np.float16]
    right: bool


@dataclass(frozen=True, slots=True)
class FigureExample:
    """A figure and an entity: the measure by which the gold has the one tell of the other, None where it does not.

    `unsure` where the gold has the figure on a claim of the entity and is silent on whether it is an observation too.
    """

    words: NDArray[np.uint32]
    vector: NDArray[np.float16]
    measure: str | None
    unsure: bool


@dataclass(slots=True)
class DocumentExamples:
    """What one document teaches; `words` are those that the spots of its pairs point to."""

    words: Words
    pairs: list[PairExample] = field(default_factory=list)
    moods: list[LabelExample] = field(default_factory=list)
    topics: list[ChoiceExample] = field(default_factory=list)
    times: list[ChoiceExample] = field(default_factory=list)
    figures: list[FigureExample] = field(default_factory=list)


def name_examples(extractor: Extractor, document: Document, gold: Gold) -> list[LabelExample]:
    """The unlisted names of a document whose class the gold gives."""
    found: list[LabelExample] = []

    def look(drafts: Mapping[str, Draft], mentions: Mapping[str, Mentions]) -> None:
        bearers = _bearers(gold)
        for draft in filter(is_unknown, drafts.values()):
            kinds = {gold.entities[id_].type for id_ in _golds(draft, bearers)}
            if len(kinds) == 1:
                label = kinds.pop().replace("Official", "Person")
                places = mentions[draft.key]
                found.append(
                    LabelExample(codes(name_features(draft, places)), name_vector(places).astype(np.float16), label)
                )

    extractor.annotated(document, look)
    return found


def document_examples(extractor: Extractor, annotated: Annotated, gold: Gold) -> DocumentExamples:
    """What a document teaches of relations, modality and topics: its pairs as the reader will see them, and the claims made of them."""
    english = extractor.english
    extraction = extract(annotated, extractor.frames, extractor.schema, english)
    claims = extraction.claims
    things = find_things(annotated, english, extractor.frames)
    bearers = _bearers(gold)
    ids = {key: _golds(draft, bearers) for key, draft in {**annotated.drafts, **things.drafts}.items()}
    rows = _rows(gold)
    found = DocumentExamples(_halved(words_of_document(annotated, things)))
    tables = (extractor.frames, extractor.schema)
    stated_claims = list(claims)
    used = frozenset(read_sections(annotated).used)
    found.figures += _figures(
        look_at_figures(annotated, (claims, extraction.observations), extractor.frames, used), ids, gold
    )
    candidates = look_at_pairs(annotated, things, claims, tables, used)
    spots = Spots(annotated, things).rows([pair for pair, _ in candidates])
    for (pair, allowed), row in zip(candidates, spots, strict=True):
        sentence = normal_text(pair.anchor.unit.unit.sentence.text)
        here, elsewhere = _truth(ids[pair.subject.key], ids[pair.item.key], rows, sentence)
        stated = frozenset(row.property for row in here) & set(allowed)
        others = frozenset(row.property for row in elsewhere) - stated
        unsaid = pair.how not in ("unit", "sentence")
        vector = pair_vector(pair).astype(np.float16)
        found.pairs.append(PairExample(codes(pair.words), vector, row, unsaid, tuple(allowed), stated, others))
        if pair.how == "unit" and THING not in (pair.subject.ref.how, pair.item.ref.how):
            stated_claims += [claim_of(pair, name, 1.0, english, None) for name in sorted(stated)]
    _judge(found, annotated, things, stated_claims, ids, rows)
    return found


def _halved(words: Words) -> Words:
    return words._replace(vectors=words.vectors.astype(np.float16), context=words.context.astype(np.float16))


def _figures(items: Sequence[FigurePair], ids: Mapping[str, frozenset[str]], gold: Gold) -> Iterator[FigureExample]:
    for item in items:
        sentence = normal_text(item.pair.item.unit.unit.sentence.text)
        shown = item.figure.mention.quantity
        quantity = Figure(shown.unit, shown.value, shown.minimum, shown.maximum)
        whose = ids.get(item.pair.subject.key, frozenset())
        measures = {
            row.measure
            for row in gold.observations
            if row.entity in whose and same_figure(row.quantity, quantity) and normal_text(row.evidence) in sentence
        }
        unsure = not measures and any(
            claim.quantity is not None
            and same_figure(claim.quantity, quantity)
            and whose & {claim.subject, claim.object, claim.topic}
            for claim in gold.claims
        )
        vector = pair_vector(item.pair).astype(np.float16)
        yield FigureExample(codes(item.words), vector, min(measures, default=None), unsure)


def _judge(
    found: DocumentExamples,
    annotated: Annotated,
    things: Things,
    claims: Sequence[Claim],
    ids: Mapping[str, frozenset[str]],
    rows: Mapping[tuple[str, str], list[GoldClaim]],
) -> None:
    """Add the examples of modality and topics: claims that the gold makes in the same sentence, and makes in one way."""
    matters, times = Matters(annotated, claims, things), Times(annotated)
    for _, item in placed(annotated, claims):
        claim = item.claim
        here, _ = _truth(ids[claim.subject], ids[claim.object], rows, normal_text(claim.evidence.text))
        same = [row for row in here if row.property == claim.property]
        modes, topics, moments = ({getattr(row, name) for row in same} for name in ("modality", "topic", "time"))
        if len(modes) == 1:
            words = codes(mood_words(item, annotated.drafts))
            found.moods.append(LabelExample(words, vector_of(item).astype(np.float16), modes.pop()))
        if len(moments) == 1:
            found.times += _choices(times, item, moments)
        if len(topics) == 1:
            found.topics += _choices(matters, item, {key for key, golds in ids.items() if golds & topics})


def _choices(chooser: Chooser[Where], item: Placed, right: Set[str]) -> Iterator[ChoiceExample]:
    several = chooser.candidates(item)
    for each in several:
        vector = chooser.vector(item, each).astype(np.float16)
        yield ChoiceExample(codes(chooser.words(item, each, several)), vector, each.value in right)


def _bearers(gold: Gold) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entity in gold.entities.values():
        for name in entity.names:
            found[normal_name(name)].add(entity.id)
    return found


def _golds(draft: Draft, bearers: Mapping[str, set[str]]) -> frozenset[str]:
    names = {draft.label, *draft.names, *([draft.term.label] if draft.term else [])}
    return frozenset(id_ for name in names for id_ in bearers.get(normal_name(name), ()))


def _rows(gold: Gold) -> dict[tuple[str, str], list[GoldClaim]]:
    """The claims of the gold from one id to another; those of symmetric relations both ways."""
    found: dict[tuple[str, str], list[GoldClaim]] = defaultdict(list)
    for claim in gold.claims:
        found[claim.subject, claim.object].append(claim)
        if claim.property in SYMMETRIC:
            found[claim.object, claim.subject].append(claim)
    return found


def _truth(
    subjects: frozenset[str],
    items: frozenset[str],
    rows: Mapping[tuple[str, str], list[GoldClaim]],
    sentence: str,
) -> tuple[list[GoldClaim], list[GoldClaim]]:
    """What the gold says of two things in a sentence, and what it says of them elsewhere."""
    here: list[GoldClaim] = []
    elsewhere: list[GoldClaim] = []
    for subject in subjects:
        for item in items:
            for row in rows.get((subject, item), ()):
                evidence = normal_text(row.evidence)
                (here if evidence in sentence or sentence in evidence else elsewhere).append(row)
    return here, elsewhere
