"""Groups the mistakes of an evaluation by cause, and gives the precision by band of confidence.

A missed claim has the first of these causes that holds:

- entity not found: no node matches its subject or its object;
- wrong type: the nodes have only types outside the property's domain or range, while the types of the gold are inside;
- range too tight: the types of the gold are outside as well;
- coreference: its sentence names the subject or the object by no name, only by a pronoun or a description;
- argument wrong: the same property was read from its sentence, with another subject or object;
- frame missing: another property, or an open claim, links the two in its sentence;
- predication missed: nothing links the two in its sentence.

A wrong claim: entity not in gold; argument wrong (the gold has this property in that sentence); other property (the
gold has another one between the two); not stated. Wrong values count under their kind. A merge is a node that matches
several gold entities, a split a gold entity that matches several nodes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.records import Schema
from kg.scoring.errors import Mistake, found_text, gold_text, sentence_of
from kg.scoring.figures import Evaluation, Ratio, cases, type_is_right
from kg.scoring.gold import GoldClaim
from kg.scoring.matching import DocumentMatch, FoundStatement, names_in, normal_text
from kg.scoring.predicted import Statement

EXAMPLES = 3
_REFERRING = re.compile(
    r"\b(?:it|its|itself|they|their|them|he|his|him|she|her|we|our|us|I|my|which|who|whose|both|"
    r"(?:the|this|that|these|those) [a-z-]+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Mistakes of one group and cause: their number, their share of the group, and the first few."""

    group: str
    name: str
    count: int
    share: float
    examples: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The precision of the statements whose confidence lies from `low` to `high`."""

    name: str
    low: float
    high: float
    ratio: Ratio


def causes(evaluation: Evaluation) -> list[Cause]:
    """Mistakes by group (missed, wrong, values, nodes) and cause, the largest cause of each group first."""
    grouped: dict[str, dict[str, list[Mistake]]] = {
        name: defaultdict(list) for name in ("missed claims", "wrong claims", "wrong values", "nodes")
    }
    for match in evaluation.matches:
        for row in [s.rows[0] for s in match.statements if s.required and not s.hits]:
            cause = missed_cause(match, row, evaluation.schema)
            sentence = sentence_of(match.gold.text, row.evidence)
            grouped["missed claims"][cause].append(_mistake(match, cause, gold_text(match, row), sentence))
        for found in [found for found in match.found if not found.right]:
            cause, claim = wrong_cause(match, found), found.claims[0]
            grouped["wrong claims"][cause].append(_mistake(match, cause, found_text(match, claim), claim.sentence.text))
        for case in [case for case in cases(match) if not case.right]:
            statement = f"{gold_text(match, case.row)} (gold {case.wanted}; found {' | '.join(case.seen)})"
            grouped["wrong values"][case.kind].append(_mistake(match, case.kind, statement, case.sentence))
        for mistake in _node_mistakes(match, evaluation.schema):
            grouped["nodes"][mistake.kind].append(mistake)
    return [cause for group, by_cause in grouped.items() for cause in _ranked(group, by_cause)]


def missed_cause(match: DocumentMatch, row: GoldClaim, schema: Schema | None) -> str:
    """Why the graph lacks a gold claim; the causes and their order stand at the head of this module."""
    if not match.nodes_of[row.subject] or not match.nodes_of[row.object]:
        return "entity not found"
    if schema is not None and not _fits(schema, row, lambda id_: _found_types(match, id_)):
        return "wrong type" if _fits(schema, row, lambda id_: [match.gold.entities[id_].type]) else "range too tight"
    sentence = sentence_of(match.gold.text, row.evidence)
    named = [names_in(sentence, match.gold.entities[id_].names) for id_ in (row.subject, row.object)]
    if not all(named) and _REFERRING.search(sentence):
        return "coreference"
    here = [c for c in match.predicted.claims if _from_sentence(c, row)]
    if any(claim.property == row.property for claim in here):
        return "argument wrong"
    opens = [c for c in match.predicted.open_claims if _from_sentence(c, row)]
    if any(_links(match, claim, row) for claim in here + opens):
        return "frame missing"
    return "predication missed"


def wrong_cause(match: DocumentMatch, found: FoundStatement) -> str:
    """Why a statement of the graph is not in the gold."""
    claim = found.claims[0]
    if not match.golds_of.get(claim.subject) or not match.golds_of.get(claim.object):
        return "entity not in gold"
    rows = match.gold.claims
    if any(row.property == claim.property and _from_sentence(c, row) for c in found.claims for row in rows):
        return "argument wrong"
    if any(_links(match, claim, row) for row in rows):
        return "other property"
    return "not stated"


def bands(evaluation: Evaluation) -> list[Band]:
    """Precision of the more and the less confident half, then by fifths, most confident first.

    A statement counts once per document, with its best claim's confidence; ties keep the order of the graph.
    """
    ranked = sorted(
        (found for match in evaluation.matches for found in match.found), key=lambda found: -found.confidence
    )
    halves = _cut(ranked, ["top half", "bottom half"])
    return halves + _cut(ranked, [f"fifth {number}" for number in range(1, 6)])


def _cut(ranked: list[FoundStatement], names: list[str]) -> list[Band]:
    edges = [round(i * len(ranked) / len(names)) for i in range(len(names) + 1)]
    parts = [ranked[begin:end] for begin, end in pairwise(edges)]
    return [
        Band(name, part[-1].confidence, part[0].confidence, Ratio(sum(f.right for f in part), len(part)))
        for name, part in zip(names, parts, strict=True)
        if part
    ]


def _found_types(match: DocumentMatch, id_: str) -> list[str]:
    return [kind for iri in match.nodes_of[id_] for kind in match.predicted.nodes[iri].types]


def _fits(schema: Schema, row: GoldClaim, types: Callable[[str], list[str]]) -> bool:
    """Whether the property of a claim allows these types of its ends; a property that the schema lacks allows any."""
    return row.property not in schema.properties or schema.allows(row.property, types(row.subject), types(row.object))


def _from_sentence(claim: Statement, row: GoldClaim) -> bool:
    return normal_text(row.evidence) in normal_text(claim.sentence.text)


def _links(match: DocumentMatch, claim: Statement, row: GoldClaim) -> bool:
    subjects, objects = match.golds_of.get(claim.subject, ()), match.golds_of.get(claim.object, ())
    straight = row.subject in subjects and row.object in objects
    return straight or (row.subject in objects and row.object in subjects)


def _node_mistakes(match: DocumentMatch, schema: Schema | None) -> Iterable[Mistake]:
    entities, nodes = match.gold.entities, match.predicted.nodes
    for iri, ids in match.golds_of.items():
        if len(ids) > 1:
            yield _mistake(match, "merge", f"{nodes[iri]} is {', '.join(ids)}", "")
    for id_, iris in sorted(match.nodes_of.items()):
        if len(iris) > 1:
            yield _mistake(match, "split", f"{entities[id_].names[0]} is {', '.join(iris)}", "")
        if iris and not type_is_right(match, id_, schema):
            kinds = " | ".join(sorted({kind for iri in iris for kind in nodes[iri].types}))
            yield _mistake(
                match, "wrong type", f"{entities[id_].names[0]}: gold {entities[id_].type}; found {kinds}", ""
            )


def _ranked(group: str, by_cause: dict[str, list[Mistake]]) -> list[Cause]:
    total = sum(len(found) for found in by_cause.values())
    ordered = sorted(by_cause.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Cause(group, name, len(found), len(found) / total, tuple(found[:EXAMPLES])) for name, found in ordered]


def _mistake(match: DocumentMatch, kind: str, statement: str, sentence: str) -> Mistake:
    return Mistake(match.gold.id, kind, statement, "", " ".join(sentence.split()))
