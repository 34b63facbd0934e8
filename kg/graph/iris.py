"""Namespaces and the IRIs of everything the graph describes. The one place that knows how an IRI is built."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

CM = "https://w3id.org/cmkg/ontology#"
CMR = "https://w3id.org/cmkg/id/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
QUDT = "http://qudt.org/schema/qudt/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
UNIT = "http://qudt.org/vocab/unit/"
WD = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "cm": CM,
    "cmr": CMR,
    "nif": NIF,
    "owl": OWL,
    "prov": PROV,
    "qudt": QUDT,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "unit": UNIT,
    "wd": WD,
    "xsd": XSD,
}

ENTITIES_GRAPH = CMR + "graph/entities"


def document_iri(document: str) -> str:
    """cmr:doc/<id>, which is also the name of the document's graph; letters that IRIs forbid are percent-encoded."""
    return f"{CMR}doc/{quote(document, safe='')}"


def digest_iri(kind: str, *parts: object) -> str:
    """cmr:<kind>/<16 hex digits>, from the SHA-256 of the parts; equal parts give equal IRIs in every run."""
    text = "\x1f".join(part if isinstance(part, str) else repr(part) for part in parts)
    return f"{CMR}{kind}/{hashlib.sha256(text.encode()).hexdigest()[:16]}"
