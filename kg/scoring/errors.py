"""Lists every mistake behind the figures, each with the sentence that shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.scoring.figures import Evaluation, cases, core_entities, type_is_right
from kg.scoring.gold import GoldClaim
from kg.scoring.matching import DocumentMatch
from kg.scoring.predicted import Measured, Statement

_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference between gold and graph: `kind`, the statement concerned, what differs, and its sentence."""

    document: str
    kind: str
    statement: str
    detail: str
    sentence: str


def mistakes(evaluation: Evaluation) -> list[Mistake]:
    """Every missed and wrong claim, wrong value, missed and wrong observation, missed entity and wrong type.

    Ordered by document, then by kind in the order just given, then as in the gold or the graph.
    """
    found: list[Mistake] = []
    for match in evaluation.matches:
        found += _missed_claims(match) + _wrong_claims(match) + _wrong_values(match)
        found += _observations(match) + _entities(match, evaluation)
    return found


def sentence_of(text: str, evidence: str) -> str:
    """The sentence of `text` in which `evidence` begins, by a plain rule (full stop and capital, or line end)."""
    at = text.find(evidence)
    if at < 0:
        return evidence
    ends = [m.end() for m in _END.finditer(text)]
    begin = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end >= at + len(evidence)), default=len(text))
    return " ".join(text[begin:end].split())


def gold_text(match: DocumentMatch, row: GoldClaim) -> str:
    """The gold statement with the canonical names of its entities."""
    names = match.gold.entities
    return f"{names[row.subject].names[0]} {row.property} {names[row.object].names[0]}"


def found_text(match: DocumentMatch, claim: Statement) -> str:
    """The graph's statement with the labels of its entities."""
    nodes = match.predicted.nodes
    return f"{nodes[claim.subject]} {claim.property} {nodes[claim.object]}"


def _missed_claims(match: DocumentMatch) -> list[Mistake]:
    return [
        _mistake(
            match,
            "missed claim",
            gold_text(match, s.rows[0]),
            f"evidence: {s.rows[0].evidence}",
            sentence_of(match.gold.text, s.rows[0].evidence),
        )
        for s in match.statements
        if s.required and not s.hits
    ]


def _wrong_claims(match: DocumentMatch) -> list[Mistake]:
    return [
        _mistake(
            match,
            "wrong claim",
            found_text(match, claim),
            f"frame {claim.frame or '?'}, {claim.modality}",
            claim.sentence.text,
        )
        for statement in match.found
        if not statement.right
        for claim in statement.claims
    ]


def _wrong_values(match: DocumentMatch) -> list[Mistake]:
    return [
        _mistake(
            match,
            f"wrong {c.kind}",
            gold_text(match, c.row),
            f"gold {c.wanted}; found {' | '.join(c.seen)}",
            c.sentence,
        )
        for c in cases(match)
        if not c.right
    ]


def _observations(match: DocumentMatch) -> list[Mistake]:
    missed = [
        _mistake(
            match,
            "missed observation",
            _measured(match.gold.entities[o.row.entity].names[0], o.row.measure, o.row.quantity),
            f"evidence: {o.row.evidence}",
            sentence_of(match.gold.text, o.row.evidence),
        )
        for o in match.observations
        if not o.row.optional and not o.hits
    ]
    wrong = [
        _mistake(
            match,
            "wrong observation",
            _measured(match.predicted.nodes[m.entity], m.measure, m.quantity),
            f"frame {m.frame or '?'}",
            m.sentence.text,
        )
        for m, right in match.found_observations
        if not right
    ]
    return (
        missed
        + wrong
        + [
            _wrong_measure(match, o.hits, o.row.measure)
            for o in match.observations
            if o.hits and o.row.measure not in {hit.measure for hit in o.hits}
        ]
    )


def _wrong_measure(match: DocumentMatch, hits: tuple[Measured, ...], wanted: str) -> Mistake:
    hit = hits[0]
    statement = _measured(match.predicted.nodes[hit.entity], hit.measure, hit.quantity)
    return _mistake(match, "wrong measure", statement, f"gold {wanted}", hit.sentence.text)


def _measured(entity: object, measure: str, quantity: object) -> str:
    return f"{entity} {measure} {quantity}"


def _entities(match: DocumentMatch, evaluation: Evaluation) -> list[Mistake]:
    entities = match.gold.entities
    missed = [
        _mistake(
            match,
            "missed entity",
            entities[id_].names[0],
            f"{entities[id_].type}; names: " + ", ".join(entities[id_].names),
            "",
        )
        for id_ in core_entities(match)
        if not match.nodes_of[id_]
    ]
    wrong = [
        _mistake(
            match, "wrong type", entities[id_].names[0], f"gold {entities[id_].type}; found {_types(match, id_)}", ""
        )
        for id_ in sorted(entities)
        if match.nodes_of[id_] and not type_is_right(match, id_, evaluation.schema)
    ]
    return missed + wrong


def _types(match: DocumentMatch, id_: str) -> str:
    return " | ".join(sorted({kind for iri in match.nodes_of[id_] for kind in match.predicted.nodes[iri].types}))


def _mistake(match: DocumentMatch, kind: str, statement: str, detail: str, sentence: str) -> Mistake:
    return Mistake(match.gold.id, kind, statement, detail, " ".join(sentence.split()))
