"""Reads a built graph as an outside scorer does: only through the terms of the graph contract.

Quads come in, from a store or a file; one `Predicted` per source file goes out. The graph name of a quad is
ignored: the union of all graphs is what is scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.scoring.gold import PROPERTIES, Figure

CM = "https://w3id.org/cmkg/ontology#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_TYPE = f"{_RDF}type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel"
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_NUMBER = "http://qudt.org/schema/qudt/numericValue"
_UNIT = "http://qudt.org/schema/qudt/unit"
_MENTIONS = "https://schema.org/mentions"

Index = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the graph: its labels as written, and its types as local names."""

    iri: str
    labels: tuple[str, ...]
    types: tuple[str, ...]

    def __str__(self) -> str:
        return self.labels[0] if self.labels else self.iri


@dataclass(frozen=True, slots=True)
class Sentence:
    """The evidence of a claim: its quoted text and its offsets into the document's text; -1 where absent."""

    document: str
    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim or open claim of the graph; entities by IRI, other values by local name, '' or None where absent."""

    iri: str
    subject: str
    property: str
    object: str
    sentence: Sentence
    modality: str = ""
    source: str | None = None
    time: str | None = None
    status: str | None = None
    quantity: Figure | None = None
    topic: str | None = None
    target: str | None = None
    country: str | None = None
    confidence: float = 0.0
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """An observation of the graph."""

    iri: str
    entity: str
    measure: str
    quantity: Figure
    sentence: Sentence
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a graph says on the authority of one source file, which may hold several documents."""

    texts: dict[str, str]
    nodes: dict[str, Node]
    claims: tuple[Statement, ...]
    open_claims: tuple[Statement, ...]
    observations: tuple[Measured, ...]


def read_predictions(quads: Iterable[ox.Quad], source_files: Iterable[str]) -> dict[str, Predicted]:
    """What the graph says per source file; an empty `Predicted` for a file that gave no document."""
    index = _index(quads)
    by_type = _by_type(index)
    sentences = _sentences(index)
    return {name: _predicted(index, by_type, sentences, _documents(index, name)) for name in sorted(source_files)}


def _index(quads: Iterable[ox.Quad]) -> Index:
    """subject → predicate → sorted distinct values, as strings."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
            found[quad.subject.value][quad.predicate.value].add(quad.object.value)
    return {subject: {p: sorted(values) for p, values in rows.items()} for subject, rows in sorted(found.items())}


def _by_type(index: Index) -> dict[str, list[str]]:
    nodes: dict[str, list[str]] = defaultdict(list)
    for iri, rows in index.items():
        for kind in rows.get(_TYPE, []):
            nodes[kind].append(iri)
    return nodes


def _documents(index: Index, source_file: str) -> list[str]:
    """The documents read from a file, and those of which the file holds another publication."""
    holders = {iri for iri, rows in index.items() if source_file in rows.get(f"{CM}sourceFile", [])}
    carriers = {iri for iri, rows in index.items() if holders & set(rows.get(f"{CM}publication", []))}
    publications = {value for iri in carriers for value in index[iri][f"{CM}publication"]}
    return sorted((holders - publications) | carriers)


def _sentences(index: Index) -> dict[str, Sentence]:
    return {
        iri: Sentence(
            document=rows[f"{_NIF}referenceContext"][0],
            text=_first(rows, f"{_NIF}anchorOf") or "",
            begin=int(_first(rows, f"{_NIF}beginIndex") or -1),
            end=int(_first(rows, f"{_NIF}endIndex") or -1),
        )
        for iri, rows in index.items()
        if f"{_NIF}referenceContext" in rows
    }


def _predicted(
    index: Index, by_type: dict[str, list[str]], sentences: dict[str, Sentence], documents: list[str]
) -> Predicted:
    def evidence(kind: str) -> list[tuple[str, Sentence]]:
        return [
            (iri, sentences[place])
            for iri in by_type.get(CM + kind, [])
            for place in index[iri].get(_DERIVED, [])
            if place in sentences and sentences[place].document in documents
        ]

    claims = [_statement(index, iri, sentence, f"{_RDF}predicate") for iri, sentence in evidence("Claim")]
    opens = [_statement(index, iri, sentence, f"{CM}predicateText") for iri, sentence in evidence("OpenClaim")]
    measured = [_measured(index, iri, sentence) for iri, sentence in evidence("Observation")]
    observations = tuple(m for m in measured if m is not None)
    iris = {iri for document in documents for iri in index.get(document, {}).get(_MENTIONS, [])}
    iris |= {m.entity for m in observations}
    for claim in claims:
        qualifiers = (claim.source, claim.topic, claim.target, claim.country)
        iris |= {claim.subject, claim.object} | {iri for iri in qualifiers if iri}
    iris |= {iri for claim in opens for iri in (claim.subject, claim.object)}
    return Predicted(
        texts={iri: _first(index[iri], f"{_NIF}isString") or "" for iri in documents},
        nodes={iri: _node(index, iri) for iri in sorted(iris)},
        claims=tuple(claim for claim in claims if claim.property in PROPERTIES),
        open_claims=tuple(opens),
        observations=observations,
    )


def _node(index: Index, iri: str) -> Node:
    rows = index.get(iri, {})
    types = tuple(_local(kind) for kind in rows.get(_TYPE, []) if kind.startswith(CM))
    return Node(iri, tuple(rows.get(_LABEL, []) + rows.get(_ALT_LABEL, [])), types)


def _statement(index: Index, iri: str, sentence: Sentence, predicate: str) -> Statement:
    rows = index[iri]
    return Statement(
        iri=iri,
        subject=_first(rows, f"{_RDF}subject") or "",
        property=_local(_first(rows, predicate) or ""),
        object=_first(rows, f"{_RDF}object") or "",
        sentence=sentence,
        modality=_local(_first(rows, f"{CM}modality") or ""),
        source=_first(rows, f"{CM}attributedTo"),
        time=_first(rows, f"{CM}time"),
        status=_local(_first(rows, f"{CM}status") or "") or None,
        quantity=_figure(index, _first(rows, f"{CM}quantity")),
        topic=_first(rows, f"{CM}topic"),
        target=_first(rows, f"{CM}target"),
        country=_first(rows, f"{CM}country"),
        confidence=_number(rows, f"{CM}confidence") or 0.0,
        frame=_first(rows, f"{CM}frame") or "",
    )


def _measured(index: Index, iri: str, sentence: Sentence) -> Measured | None:
    rows = index[iri]
    quantity = _figure(index, _first(rows, f"{CM}quantity"))
    if quantity is None:
        return None
    return Measured(
        iri=iri,
        entity=_first(rows, f"{CM}observedEntity") or "",
        measure=_local(_first(rows, f"{CM}measure") or ""),
        quantity=quantity,
        sentence=sentence,
        frame=_first(rows, f"{CM}frame") or "",
    )


def _figure(index: Index, iri: str | None) -> Figure | None:
    rows = index.get(iri or "", {})
    if _UNIT not in rows:
        return None
    return Figure(
        unit=_local(rows[_UNIT][0]),
        value=_number(rows, _NUMBER),
        minimum=_number(rows, f"{CM}minValue"),
        maximum=_number(rows, f"{CM}maxValue"),
    )


def _number(rows: dict[str, list[str]], predicate: str) -> float | None:
    value = _first(rows, predicate)
    return None if value is None else float(value)


def _first(rows: dict[str, list[str]], predicate: str) -> str | None:
    values = rows.get(predicate)
    return values[0] if values else None


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
