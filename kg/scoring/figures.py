"""The figures of an evaluation, as exact counts that can be added up.

Each figure is a `Ratio`; totals are micro-averages: the ratios of all documents added, not their values averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.records import Schema
from kg.scoring.gold import GoldClaim
from kg.scoring.matching import DocumentMatch, GoldStatement, normal_text, same_figure
from kg.scoring.predicted import Sentence, Statement

# Every figure that is one ratio, in the order of display; F1 follows from its precision and recall.
NAMES = (
    "claims.precision",
    "claims.recall",
    "entities.recall",
    "entities.recall_all",
    "entities.types",
    "modality",
    "attribution.given",
    "attribution.absent",
    "time",
    "quantity",
    "topic",
    "target",
    "country",
    "status",
    "observations.precision",
    "observations.recall",
    "observations.measure",
    "evidence",
    "anchors",
)
_ENTITY_QUALIFIERS = {"topic": "topic", "target": "target", "country": "country"}


@dataclass(frozen=True, slots=True)
class Ratio:
    """`right` of `of` cases."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None where there was no case."""
        return self.right / self.of if self.of else None


Figures = Mapping[str, Ratio]


@dataclass(frozen=True, slots=True)
class Case:
    """One judged value of a matched gold claim: what gold has, what the graph's matching claims have."""

    kind: str
    row: GoldClaim
    right: bool
    wanted: str
    seen: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one run: in total, per document (gold name) and per property, with the pairings behind them."""

    total: dict[str, Ratio]
    documents: dict[str, dict[str, Ratio]]
    properties: dict[str, dict[str, Ratio]]
    matches: tuple[DocumentMatch, ...]
    digest: str
    schema: Schema | None = None


def add(parts: Iterable[Figures]) -> dict[str, Ratio]:
    """The micro-averaged sum of figures."""
    total = {name: Ratio() for name in NAMES}
    for part in parts:
        for name, ratio in part.items():
            total[name] += ratio
    return total


def f1(figures: Figures, kind: str) -> float | None:
    """The harmonic mean of precision and recall of `kind` ('claims' or 'observations').

    None where the gold has nothing and nothing was found; 0 where only one of the two exists.
    """
    precision, recall = figures[f"{kind}.precision"], figures[f"{kind}.recall"]
    if not precision.of and not recall.of:
        return None
    p, r = precision.value or 0.0, recall.value or 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def document_figures(match: DocumentMatch, schema: Schema | None) -> dict[str, Ratio]:
    """All figures of one document."""
    figures = claim_figures(match, lambda _: True)
    figures |= _entity_figures(match, schema) | _observation_figures(match)
    claims = [claim.sentence for claim in match.predicted.claims]
    measured = [found.sentence for found in match.predicted.observations]
    figures["anchors"] = _ratio(_anchored(match, sentence) for sentence in claims + measured)
    return figures


def claim_figures(match: DocumentMatch, wanted: Callable[[str], bool]) -> dict[str, Ratio]:
    """The figures of the claims whose property is `wanted`."""
    figures = {name: Ratio() for name in NAMES}
    figures["claims.precision"] = _ratio(found.right for found in match.found if wanted(found.relation))
    required = [gold for gold in match.statements if gold.required and wanted(gold.relation)]
    figures["claims.recall"] = _ratio(bool(gold.hits) for gold in required)
    for case in cases(match):
        if wanted(case.row.property):
            figures[case.kind] += Ratio(int(case.right), 1)
    return figures


def cases(match: DocumentMatch) -> list[Case]:
    """Every value that is judged on the matched gold claims, optional ones included, in the order of the gold."""
    return [
        case for gold in match.statements if gold.hits for row in gold.rows for case in _row_cases(match, gold, row)
    ]


def core_entities(match: DocumentMatch) -> list[str]:
    """Ids of the gold entities that take part in a required claim or observation, sorted."""
    claims = {id_ for row in match.gold.claims if not row.optional for id_ in (row.subject, row.object)}
    return sorted(claims | {row.entity for row in match.gold.observations if not row.optional})


def type_is_right(match: DocumentMatch, gold_id: str, schema: Schema | None) -> bool:
    """Whether a node that matches the gold entity has its type or, but for persons, a subclass of it."""
    wanted = match.gold.entities[gold_id].type
    return any(
        kind == wanted or (schema is not None and wanted != "Person" and schema.is_a(kind, (wanted,)))
        for iri in match.nodes_of[gold_id]
        for kind in match.predicted.nodes[iri].types
    )


def _row_cases(match: DocumentMatch, gold: GoldStatement, row: GoldClaim) -> list[Case]:
    hits = gold.hits

    def case(kind: str, wanted: str, seen: list[str], right: bool) -> Case:
        return Case(kind, row, right, wanted, tuple(sorted(set(seen))), hits[0].sentence.text)

    modalities = [hit.modality or "Asserted" for hit in hits]
    found = [case("modality", row.modality, modalities, row.modality in modalities)]
    sources = [_shown(match, hit.source) for hit in hits]
    if row.source is None:
        found.append(case("attribution.absent", "none", sources, any(hit.source is None for hit in hits)))
    else:
        found.append(case("attribution.given", row.source, sources, _entity_hit(match, row.source, hits, "source")))
    for kind, name in _ENTITY_QUALIFIERS.items():
        if wanted := getattr(row, name):
            seen = [_shown(match, getattr(hit, name)) for hit in hits]
            found.append(case(kind, wanted, seen, _entity_hit(match, wanted, hits, name)))
    if row.time:
        times = [hit.time or "none" for hit in hits]
        found.append(case("time", row.time, times, row.time in times))
    if row.status:
        states = [hit.status or "none" for hit in hits]
        found.append(case("status", row.status, states, row.status in states))
    if quantity := row.quantity:
        figures = [str(hit.quantity or "none") for hit in hits]
        right = any(same_figure(quantity, hit.quantity) for hit in hits)
        found.append(case("quantity", str(quantity), figures, right))
    evidence = normal_text(row.evidence)
    quoted = any(evidence in normal_text(hit.sentence.text) for hit in hits)
    found.append(case("evidence", row.evidence, [hit.sentence.text for hit in hits], quoted))
    return found


def _entity_hit(match: DocumentMatch, wanted: str, hits: tuple[Statement, ...], name: str) -> bool:
    return any(wanted in match.golds_of.get(getattr(hit, name) or "", ()) for hit in hits)


def _shown(match: DocumentMatch, iri: str | None) -> str:
    return str(match.predicted.nodes[iri]) if iri else "none"


def _entity_figures(match: DocumentMatch, schema: Schema | None) -> dict[str, Ratio]:
    known = [id_ for id_, nodes in match.nodes_of.items() if nodes]
    return {
        "entities.recall": _ratio(bool(match.nodes_of[id_]) for id_ in core_entities(match)),
        "entities.recall_all": _ratio(bool(nodes) for nodes in match.nodes_of.values()),
        "entities.types": _ratio(type_is_right(match, id_, schema) for id_ in known),
    }


def _observation_figures(match: DocumentMatch) -> dict[str, Ratio]:
    matched = [o for o in match.observations if o.hits]
    return {
        "observations.precision": _ratio(right for _, right in match.found_observations),
        "observations.recall": _ratio(bool(o.hits) for o in match.observations if not o.row.optional),
        "observations.measure": _ratio(any(hit.measure == o.row.measure for hit in o.hits) for o in matched),
    }


def _anchored(match: DocumentMatch, sentence: Sentence) -> bool:
    text = match.predicted.texts[sentence.document]
    return 0 <= sentence.begin < sentence.end and text[sentence.begin : sentence.end] == sentence.text


def _ratio(results: Iterable[bool]) -> Ratio:
    listed = list(results)
    return Ratio(sum(listed), len(listed))
