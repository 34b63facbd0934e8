"""Extractions as RDF quads, in the shape of the graph contract.

In: extractions, their `Resolution`, the schema and the run. Out: quads in no particular order, possibly repeated;
`kg.graph.store` sorts them. What a document says stands in the graph named like the document; the descriptions of
entities and of the run, which belong to no single document, in `cmr:graph/entities`. Every node has an IRI.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import DataError, nearest
from kg.graph.iris import (
    CM,
    ENTITIES_GRAPH,
    NIF,
    OWL,
    PROV,
    QUDT,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    UNIT,
    XSD,
    digest_iri,
    document_iri,
)
from kg.graph.resolve import Node, Resolution
from kg.records import Claim, Document, Evidence, Extraction, Finding, Observation, OpenClaim, Quantity, Schema

Statement = Claim | Observation | OpenClaim
Triple = tuple[str, str, ox.NamedNode | ox.Literal]  # subject and predicate IRIs, object

_TIMES = {10: "date", 7: "gYearMonth", 4: "gYear"}
_ENTITY_QUALIFIERS = ("topic", "target", "origin", "country")


@dataclass(frozen=True, slots=True)
class Run:
    """What made the statements: program version, language model and options as one line each. No times: a rebuild of
    the same input must give the same bytes."""

    version: str
    model: str
    configuration: str = ""

    @property
    def iri(self) -> str:
        """cmr:run/<hex>, equal for equal runs."""
        return digest_iri("run", *astuple(self))


def to_quads(extractions: Iterable[Extraction], resolution: Resolution, schema: Schema, run: Run) -> Iterator[ox.Quad]:
    """The quads of the whole graph. Left out are a statement about an entity that its document does not have, and a
    claim between things of types that its property does not allow; see `dropped`. Raises DataError K212 where a claim's
    property is not in the schema."""
    for triple in _run_triples(run):
        yield _quad(triple, ENTITIES_GRAPH)
    for node in resolution.nodes.values():
        for triple in _node_triples(node):
            yield _quad(triple, ENTITIES_GRAPH)
    for extraction in extractions:
        graph = document_iri(extraction.document.id)
        for triple in _extraction_triples(extraction, resolution, schema, run):
            yield _quad(triple, graph)


def dropped(extractions: Sequence[Extraction], resolution: Resolution, schema: Schema) -> list[Finding]:
    """What `to_quads` leaves out: one finding (K190) for the statements of a document about an entity that it does not
    have, one (K191) for such speakers and qualifiers of its other statements, one (K192) for its claims between things
    that, all documents read, turned out to be of types that the property does not allow."""
    findings = []
    for extraction in sorted(extractions, key=lambda item: item.document.id):
        names = _names(extraction, resolution)
        where = extraction.document.id
        lost = [statement for statement in _everything(extraction) if not _placed(statement, names)]
        if lost:
            message = f"{len(lost)} statements name an entity that the document does not have, first: {lost[0]}"
            findings.append(Finding("K190", "warning", message, where))
        links = [key for statement in _everything(extraction) for key in _links(statement) if key not in names]
        if links:
            message = f"{len(links)} speakers or qualifiers name an entity that the document does not have: {links[0]}"
            findings.append(Finding("K191", "warning", message, where))
        misfits = [
            item for item in extraction.claims if _placed(item, names) and not _fits(item, names, resolution, schema)
        ]
        if misfits:
            message = f"{len(misfits)} claims are outside their property's domain or range and left out: {misfits[0]}"
            findings.append(Finding("K192", "info", message, where))
    return findings


def _everything(extraction: Extraction) -> tuple[Statement, ...]:
    return (*extraction.claims, *extraction.observations, *extraction.open_claims)


def _links(statement: Statement) -> list[str]:
    """The entity keys that a statement names besides what it is about."""
    names = ("said_by", *_ENTITY_QUALIFIERS) if isinstance(statement, Claim) else ("said_by",)
    return [key for name in names if (key := getattr(statement, name)) is not None]


def _quad(triple: Triple, graph: str) -> ox.Quad:
    subject, predicate, value = triple
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(graph))


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def _typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


def _number(value: float) -> ox.Literal:
    """xsd:decimal without an exponent or superfluous zeros, the form in which stores give it back."""
    exact = Decimal(repr(value))
    text = format(exact.normalize(), "f")
    return _typed("0" if exact == 0 else text, "decimal")


def _literals(subject: str, **values: str | None) -> Iterator[Triple]:
    """One plain literal for each value that is known; `nif_isString` names nif:isString."""
    spaces = {"cm": CM, "schema": SCHEMA, "nif": NIF, "rdfs": RDFS}
    for name, value in values.items():
        space, _, local = name.partition("_")
        if value is not None and value != "":
            yield subject, spaces[space] + local, ox.Literal(value)


def _run_triples(run: Run) -> Iterator[Triple]:
    yield run.iri, RDF + "type", _iri(PROV + "Activity")
    yield from _literals(
        run.iri,
        rdfs_label=f"kg {run.version} with {run.model}",
        schema_softwareVersion=run.version,
        cm_model=run.model,
        cm_configuration=run.configuration,
    )


def _node_triples(node: Node) -> Iterator[Triple]:
    yield node.iri, RDF + "type", _iri(CM + node.type)
    yield node.iri, RDFS + "label", ox.Literal(node.label)
    for label in node.alt_labels:
        yield node.iri, SKOS + "altLabel", ox.Literal(label)
    for same in node.same_as:
        yield node.iri, OWL + "sameAs", _iri(same)
    for rule in node.found_by:
        yield node.iri, CM + "foundBy", ox.Literal(rule)


def _extraction_triples(extraction: Extraction, resolution: Resolution, schema: Schema, run: Run) -> Iterator[Triple]:
    document = extraction.document
    yield from _document_triples(document)
    names = _names(extraction, resolution)
    for node in names.values():
        yield document_iri(document.id), SCHEMA + "mentions", _iri(node)
    for iri, statement in _statements(extraction, names):
        if isinstance(statement, Claim) and not _fits(statement, names, resolution, schema):
            continue
        yield from _statement_triples(iri, statement, document, names, schema, run)


def _document_triples(document: Document) -> Iterator[Triple]:
    iri = document_iri(document.id)
    yield iri, RDF + "type", _iri(SCHEMA + document.kind)
    yield iri, RDF + "type", _iri(NIF + "Context")
    yield from _literals(
        iri,
        cm_sourceFile=document.source_file,
        schema_headline=document.headline,
        schema_author=document.author,
        schema_publisher=document.publisher,
        schema_url=document.url,
        schema_inLanguage=document.language,
        nif_isString=document.text,
    )
    if document.published:
        yield iri, SCHEMA + "datePublished", _time(document.published)
    for number, copy in enumerate(sorted(document.copies, key=lambda copy: str(astuple(copy))), start=1):
        other = f"{iri}/p/{number}"
        yield iri, CM + "publication", _iri(other)
        yield other, RDF + "type", _iri(CM + "Publication")
        yield from _literals(
            other, cm_sourceFile=copy.source_file, schema_publisher=copy.publisher, schema_url=copy.url
        )
        if copy.published:
            yield other, SCHEMA + "datePublished", _time(copy.published)


def _statements(extraction: Extraction, names: dict[str, str]) -> Iterator[tuple[str, Statement]]:
    """The statements with their IRIs, each once: of equal ones that several frames found, the most confident."""
    best: dict[str, Statement] = {}
    for statement in _everything(extraction):
        if not _placed(statement, names):
            continue
        iri = _statement_iri(extraction.document, statement, names)
        if iri not in best or _rank(statement) < _rank(best[iri]):
            best[iri] = statement
    yield from best.items()


def _names(extraction: Extraction, resolution: Resolution) -> dict[str, str]:
    """The node of each entity key of the document."""
    document = extraction.document.id
    return {entity.key: resolution.iris[document, entity.key] for entity in extraction.entities}


def _statement_iri(document: Document, statement: Statement, names: dict[str, str]) -> str:
    """cmr:<kind>/<hex> from what is stated of which things; entity keys do not count, for they may change."""
    kind = "observation" if isinstance(statement, Observation) else "claim"
    content = (names.get(part, part) if isinstance(part, str) else part for part in _content(statement))
    return digest_iri(kind, type(statement).__name__, document.id, *content)


def _rank(statement: Statement) -> tuple[float, str]:
    return (-statement.confidence, repr(statement))


def _content(statement: Statement) -> tuple[object, ...]:
    """All that makes two statements of a document two; not how the extractor came to it."""
    shared = (statement.evidence.sentence, statement.modality, statement.said_by, statement.time)
    if isinstance(statement, Observation):
        return (*shared, statement.entity, statement.measure, statement.quantity)
    if isinstance(statement, OpenClaim):
        return (*shared, statement.subject, statement.predicate_text, statement.object)
    ends = (statement.subject, statement.property, statement.object)
    qualifiers = tuple(getattr(statement, name) for name in _ENTITY_QUALIFIERS)
    return (*shared, *ends, statement.status, statement.quantity, statement.role, *qualifiers)


def _placed(statement: Statement, names: dict[str, str]) -> bool:
    """Whether the document has the entities that the statement is about."""
    if isinstance(statement, Observation):
        return statement.entity in names
    return statement.subject in names and statement.object in names


def _fits(claim: Claim, names: dict[str, str], resolution: Resolution, schema: Schema) -> bool:
    """Whether the things are of types that the property allows; one that the schema lacks is an error found later."""
    definition = schema.properties.get(claim.property)
    if definition is None:
        return True
    ends = ((claim.subject, definition.domain), (claim.object, definition.range))
    return all(schema.is_a(resolution.nodes[names[key]].type, allowed) for key, allowed in ends)


def _statement_triples(
    iri: str, statement: Statement, document: Document, names: dict[str, str], schema: Schema, run: Run
) -> Iterator[Triple]:
    yield iri, RDF + "type", _iri(CM + type(statement).__name__)
    yield iri, PROV + "wasGeneratedBy", _iri(run.iri)
    yield iri, CM + "modality", _iri(CM + statement.modality)
    yield iri, CM + "confidence", _number(round(statement.confidence, 3))
    yield from _evidence_triples(iri, statement.evidence, document)
    if statement.said_by in names:
        yield iri, CM + "attributedTo", _iri(names[statement.said_by])
    if statement.time:
        yield iri, CM + "time", _time(statement.time)
    if isinstance(statement, OpenClaim):
        yield from _open_triples(iri, statement, names)
    elif isinstance(statement, Observation):
        yield from _observation_triples(iri, statement, names)
    else:
        yield from _claim_triples(iri, statement, names, schema)


def _time(value: str) -> ox.Literal:
    return _typed(value, _TIMES[len(value)]) if len(value) in _TIMES else ox.Literal(value)


def _evidence_triples(iri: str, evidence: Evidence, document: Document) -> Iterator[Triple]:
    home = document_iri(document.id)
    sentence = f"{home}/s/{evidence.sentence}"
    yield iri, PROV + "wasDerivedFrom", _iri(sentence)
    yield sentence, RDF + "type", _iri(NIF + "Sentence")
    yield sentence, NIF + "anchorOf", ox.Literal(document.text[evidence.sentence.start : evidence.sentence.end])
    yield sentence, NIF + "beginIndex", _typed(str(evidence.sentence.start), "integer")
    yield sentence, NIF + "endIndex", _typed(str(evidence.sentence.end), "integer")
    yield sentence, NIF + "referenceContext", _iri(home)
    yield iri, CM + "trigger", ox.Literal(document.text[evidence.trigger.start : evidence.trigger.end])
    yield iri, CM + "triggerBegin", _typed(str(evidence.trigger.start), "integer")
    yield iri, CM + "triggerEnd", _typed(str(evidence.trigger.end), "integer")


def _claim_triples(iri: str, claim: Claim, names: dict[str, str], schema: Schema) -> Iterator[Triple]:
    if claim.property not in schema.properties:
        message = f'frame "{claim.frame}" states cm:{claim.property}, which the ontology does not define.'
        raise DataError("K212", "ontology", message + nearest(claim.property, sorted(schema.properties)))
    subject, value = names[claim.subject], names[claim.object]
    yield iri, RDF + "subject", _iri(subject)
    yield iri, RDF + "predicate", _iri(CM + claim.property)
    yield iri, RDF + "object", _iri(value)
    if claim.modality == "Asserted":
        yield subject, CM + claim.property, _iri(value)
    if claim.status:
        yield iri, CM + "status", _iri(CM + claim.status)
    for name in _ENTITY_QUALIFIERS:
        if (key := getattr(claim, name)) in names:
            yield iri, CM + name, _iri(names[key])
    yield from _literals(iri, cm_role=claim.role, cm_frame=claim.frame)
    if claim.quantity:
        yield from _quantity_triples(iri, claim.quantity)


def _observation_triples(iri: str, observation: Observation, names: dict[str, str]) -> Iterator[Triple]:
    yield iri, CM + "observedEntity", _iri(names[observation.entity])
    yield iri, CM + "measure", _iri(CM + observation.measure)
    yield from _literals(iri, cm_frame=observation.frame)
    yield from _quantity_triples(iri, observation.quantity)


def _open_triples(iri: str, claim: OpenClaim, names: dict[str, str]) -> Iterator[Triple]:
    yield iri, RDF + "subject", _iri(names[claim.subject])
    yield iri, CM + "predicateText", ox.Literal(claim.predicate_text)
    yield iri, RDF + "object", _iri(names[claim.object])


def _quantity_triples(statement: str, quantity: Quantity) -> Iterator[Triple]:
    iri = digest_iri("quantity", statement)
    yield statement, CM + "quantity", _iri(iri)
    yield iri, RDF + "type", _iri(CM + "Quantity")
    yield iri, CM + "text", ox.Literal(quantity.text)
    yield iri, QUDT + "unit", _iri(UNIT + quantity.unit)
    yield iri, CM + "comparator", _iri(CM + quantity.comparator)
    figures = (
        (QUDT + "numericValue", quantity.value),
        (CM + "minValue", quantity.minimum),
        (CM + "maxValue", quantity.maximum),
    )
    for predicate, value in figures:
        if value is not None and math.isfinite(value):
            yield iri, predicate, _number(value)
