"""Pairs what a graph says about a document with its gold (contract section 5).

Gold and graph are compared as sets of statements. A node of the graph may match several gold entities (homonyms)
and a gold entity several nodes; a statement matches when its subject, property and object all can.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.scoring.gold import SYMMETRIC, Figure, Gold, GoldClaim, GoldObservation
from kg.scoring.predicted import Measured, Predicted, Statement

# The contract: a value matches within half a per cent of the gold value.
TOLERANCE = 0.005

_ARTICLE = re.compile(r"^(?:the|an|a) (?=.)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A gold statement with every row that makes it; `hits` are the graph's statements that match it."""

    rows: tuple[GoldClaim, ...]
    hits: tuple[Statement, ...]

    @property
    def required(self) -> bool:
        """Whether some row is not marked optional."""
        return any(not row.optional for row in self.rows)

    @property
    def relation(self) -> str:
        """The relation, as a local name."""
        return self.rows[0].property


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement of the graph with every claim node that makes it; right when gold has it too."""

    claims: tuple[Statement, ...]
    right: bool

    @property
    def relation(self) -> str:
        """The relation, as a local name."""
        return self.claims[0].property

    @property
    def confidence(self) -> float:
        """The confidence of its best claim."""
        return max(claim.confidence for claim in self.claims)


@dataclass(frozen=True, slots=True)
class ObservationMatch:
    """A gold observation and the graph's observations that match it."""

    row: GoldObservation
    hits: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class DocumentMatch:
    """The comparison of one document. `nodes_of` maps gold ids to IRIs, `golds_of` IRIs to gold ids, both sorted."""

    gold: Gold
    predicted: Predicted
    nodes_of: dict[str, tuple[str, ...]]
    golds_of: dict[str, tuple[str, ...]]
    statements: tuple[GoldStatement, ...]
    found: tuple[FoundStatement, ...]
    observations: tuple[ObservationMatch, ...]
    found_observations: tuple[tuple[Measured, bool], ...]


def normal_name(name: str) -> str:
    """`name` casefolded, without punctuation and without a leading article; inner white space is one blank.

    >>> normal_name("The  “U.S.” Geological Survey")
    'us geological survey'
    """
    letters = (c for c in name.casefold() if not unicodedata.category(c).startswith("P"))
    return _ARTICLE.sub("", " ".join("".join(letters).split()))


def normal_text(text: str) -> str:
    """`text` with straight quotes and single blanks, so that evidence can be sought in a sentence."""
    return " ".join(text.translate(_QUOTES).split())


def same_figure(gold: Figure, found: Figure | None) -> bool:
    """Whether unit and value (or both ends of the range) agree, each number within half a per cent of gold's."""
    return (
        found is not None
        and gold.unit == found.unit
        and _close(gold.value, found.value)
        and _close(gold.minimum, found.minimum)
        and _close(gold.maximum, found.maximum)
    )


def match_document(gold: Gold, predicted: Predicted) -> DocumentMatch:
    """Compares one document's gold with what the graph says on its authority."""
    nodes_of, golds_of = _match_entities(gold, predicted)
    return DocumentMatch(
        gold=gold,
        predicted=predicted,
        nodes_of=nodes_of,
        golds_of=golds_of,
        statements=_gold_statements(gold, predicted.claims, golds_of),
        found=_found_statements(gold, predicted.claims, golds_of),
        observations=_observations(gold, predicted.observations, golds_of),
        found_observations=_found_observations(gold, predicted.observations, golds_of),
    )


def _match_entities(gold: Gold, predicted: Predicted) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    bearers: dict[str, set[str]] = defaultdict(set)
    for entity in gold.entities.values():
        for name in entity.names:
            bearers[normal_name(name)].add(entity.id)
    bearers.pop("", None)
    golds_of = {
        iri: tuple(sorted({id_ for label in node.labels for id_ in bearers.get(normal_name(label), ())}))
        for iri, node in sorted(predicted.nodes.items())
    }
    nodes_of = {id_: tuple(iri for iri, ids in golds_of.items() if id_ in ids) for id_ in gold.entities}
    return nodes_of, golds_of


def _agree(gold: GoldClaim, claim: Statement, golds_of: dict[str, tuple[str, ...]]) -> bool:
    if gold.property != claim.property:
        return False
    subjects, objects = golds_of.get(claim.subject, ()), golds_of.get(claim.object, ())
    if gold.subject in subjects and gold.object in objects:
        return True
    return gold.property in SYMMETRIC and gold.subject in objects and gold.object in subjects


def _gold_statements(
    gold: Gold, claims: tuple[Statement, ...], golds_of: dict[str, tuple[str, ...]]
) -> tuple[GoldStatement, ...]:
    groups: dict[tuple[str, str, str], list[GoldClaim]] = defaultdict(list)
    for row in gold.claims:
        groups[_key(row.subject, row.property, row.object)].append(row)
    return tuple(
        GoldStatement(tuple(rows), tuple(claim for claim in claims if _agree(rows[0], claim, golds_of)))
        for rows in groups.values()
    )


def _found_statements(
    gold: Gold, claims: tuple[Statement, ...], golds_of: dict[str, tuple[str, ...]]
) -> tuple[FoundStatement, ...]:
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for claim in claims:
        groups[_key(claim.subject, claim.property, claim.object)].append(claim)
    return tuple(
        FoundStatement(tuple(group), any(_agree(row, group[0], golds_of) for row in gold.claims))
        for _, group in sorted(groups.items())
    )


def _key(subject: str, relation: str, object_: str) -> tuple[str, str, str]:
    if relation in SYMMETRIC:
        subject, object_ = sorted((subject, object_))
    return subject, relation, object_


def _same_observation(gold: GoldObservation, found: Measured, golds_of: dict[str, tuple[str, ...]]) -> bool:
    return gold.entity in golds_of.get(found.entity, ()) and same_figure(gold.quantity, found.quantity)


def _observations(
    gold: Gold, measured: tuple[Measured, ...], golds_of: dict[str, tuple[str, ...]]
) -> tuple[ObservationMatch, ...]:
    rows: dict[tuple[str, Figure], GoldObservation] = {}
    for row in sorted(gold.observations, key=lambda row: row.optional):
        rows.setdefault((row.entity, row.quantity), row)
    return tuple(
        ObservationMatch(row, tuple(m for m in measured if _same_observation(row, m, golds_of)))
        for row in rows.values()
    )


def _found_observations(
    gold: Gold, measured: tuple[Measured, ...], golds_of: dict[str, tuple[str, ...]]
) -> tuple[tuple[Measured, bool], ...]:
    distinct: dict[tuple[str, Figure], Measured] = {}
    for found in measured:
        distinct.setdefault((found.entity, found.quantity), found)
    return tuple(
        (found, any(_same_observation(row, found, golds_of) for row in gold.observations))
        for found in distinct.values()
    )


def _close(gold: float | None, found: float | None) -> bool:
    if gold is None or found is None:
        return gold is found
    return abs(gold - found) <= TOLERANCE * abs(gold)


def names_in(text: str, names: Iterable[str]) -> bool:
    """Whether `text` holds one of `names` as whole words, compared as entity names are."""
    padded = f" {normal_name(text)} "
    return any(f" {normal_name(name)} " in padded for name in names if normal_name(name))
