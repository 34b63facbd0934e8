"""Examples for kg.learned.train: names with their types, pairs of mentions with their relations, from annotated articles.

Comes in: a gold document and the program's own annotation of its text. Goes out: rows of features with what the gold says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.annotate.annotation import Annotated, Draft
from kg.annotate.typing import Mentions, is_unknown, name_features, name_vector
from kg.build import Extractor
from kg.extract.extract import extract
from kg.extract.pair_features import pair_vector
from kg.extract.pairs import Pair
from kg.extract.reader import look_at_pairs
from kg.extract.sections import read_sections
from kg.extract.things import find_things
from kg.records import Document
from kg.scoring.gold import SYMMETRIC, Gold
from kg.scoring.matching import normal_name, normal_text


@dataclass(frozen=True, slots=True)
class NameExample:
    """A name that no list has; `label` is its class in the gold, officials being persons."""

    words: list[str]
    vector: NDArray[np.float16]
    label: str


@dataclass(frozen=True, slots=True)
class PairExample:
    """A pair of mentions: the relations that its types allow, those that the gold states here, those it states elsewhere."""

    words: list[str]
    vector: NDArray[np.float16]
    unsaid: bool
    allowed: tuple[str, ...]
    stated: frozenset[str]
    elsewhere: frozenset[str]


def name_examples(extractor: Extractor, document: Document, gold: Gold) -> list[NameExample]:
    """The unlisted names of a document whose class the gold gives."""
    found: list[NameExample] = []

    def look(drafts: Mapping[str, Draft], mentions: Mapping[str, Mentions]) -> None:
        bearers = _bearers(gold)
        for draft in filter(is_unknown, drafts.values()):
            kinds = {gold.entities[id_].type for id_ in _golds(draft, bearers)}
            if len(kinds) == 1:
                label = kinds.pop().replace("Official", "Person")
                places = mentions[draft.key]
                found.append(NameExample(name_features(draft, places), name_vector(places).astype(np.float16), label))

    extractor.annotated(document, look)
    return found


def pair_examples(extractor: Extractor, annotated: Annotated, gold: Gold) -> Iterator[PairExample]:
    """Every pair of a document as the reader will see it, with what the gold says of it."""
    claims = extract(annotated, extractor.frames, extractor.schema, extractor.english).claims
    bearers = _bearers(gold)
    things = find_things(annotated, extractor.english, extractor.frames)
    ids = {key: _golds(draft, bearers) for key, draft in {**annotated.drafts, **things.drafts}.items()}
    said = _said(gold)
    used = frozenset(read_sections(annotated).used)
    tables = (extractor.frames, extractor.schema)
    for pair, allowed in look_at_pairs(annotated, things, claims, tables, used):
        stated, elsewhere = _truth(pair, ids, said)
        vector = pair_vector(pair).astype(np.float16)
        unsaid = pair.how not in ("unit", "sentence")
        yield PairExample(pair.words, vector, unsaid, tuple(allowed), stated & set(allowed), elsewhere - stated)


def _bearers(gold: Gold) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entity in gold.entities.values():
        for name in entity.names:
            found[normal_name(name)].add(entity.id)
    return found


def _golds(draft: Draft, bearers: Mapping[str, set[str]]) -> frozenset[str]:
    names = {draft.label, *draft.names, *([draft.term.label] if draft.term else [])}
    return frozenset(id_ for name in names for id_ in bearers.get(normal_name(name), ()))


def _said(gold: Gold) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """For two gold ids the relations from the first to the second, each with its evidence."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for claim in gold.claims:
        entry = (claim.property, normal_text(claim.evidence))
        found[claim.subject, claim.object].append(entry)
        if claim.property in SYMMETRIC:
            found[claim.object, claim.subject].append(entry)
    return found


def _truth(
    pair: Pair, ids: Mapping[str, frozenset[str]], said: Mapping[tuple[str, str], list[tuple[str, str]]]
) -> tuple[frozenset[str], frozenset[str]]:
    sentence = normal_text(pair.anchor.unit.unit.sentence.text)
    stated: set[str] = set()
    elsewhere: set[str] = set()
    for subject in ids[pair.subject.key]:
        for item in ids[pair.item.key]:
            for name, evidence in said.get((subject, item), ()):
                (stated if evidence in sentence or sentence in evidence else elsewhere).add(name)
    return frozenset(stated), frozenset(elsewhere)
