"""Names asked for by a user → IRIs of the graph. Reads a store, changes nothing.

A name is looked up among rdfs:label and skos:altLabel, without regard to case, punctuation or a leading article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox
from rapidfuzz import process

from kg.errors import QueryError

CM = "https://w3id.org/cmkg/ontology#"
CMR = "https://w3id.org/cmkg/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
PREFIXES = {
    "cm": CM,
    "cmr": CMR,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LABEL = ox.NamedNode(RDFS + "label")
ALT_LABEL = ox.NamedNode(PREFIXES["skos"] + "altLabel")
TYPE = ox.NamedNode(RDF + "type")
PREDICATE = ox.NamedNode(RDF + "predicate")


def compact(iri: str) -> str:
    """`cmr:china` for an IRI of a known namespace; other IRIs unchanged."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str | None:
    """The IRI that `<iri>`, `https://…` or `cmr:local` stands for; None where `name` is no IRI."""
    if name.startswith(("http://", "https://")):
        return name
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and not re.search(r"\s", local) else None


def local_name(iri: str) -> str:
    """What follows the last # or / of an IRI: `mines`."""
    return re.split(r"[#/]", iri)[-1]


@lru_cache(maxsize=65_536)
def normalise(name: str) -> str:
    """The form in which names are compared: casefolded, without punctuation and leading article."""
    words = re.sub(r"[^\w\s]", "", name.casefold()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def text_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The bare text of a term: the lexical form of a literal, the IRI of a node."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def label_of(store: ox.Store, node: ox.NamedNode | ox.BlankNode) -> str:
    """The label of a node, or its compact IRI where it has none."""
    labels = sorted(text_of(quad.object) for quad in store.quads_for_pattern(node, LABEL, None, ox.DefaultGraph()))
    return labels[0] if labels else compact(node.value)


def find_entity(store: ox.Store, name: str, where: str) -> ox.NamedNode:
    """The one entity that `name` (a label, alias, `cmr:local` or IRI) stands for.

    Labels go before aliases, and things named across documents before the descriptions of a single one.
    Raises QueryError K305 where there is none, with the nearest labels, and K306 where there are several.
    """
    iri = expand(name)
    if iri is not None:
        return _known_iri(store, iri, where)
    wanted = normalise(name)
    for predicate in (LABEL, ALT_LABEL):
        found = {node for node, label in _labels(store, predicate) if normalise(label) == wanted}
        named = {node for node in found if "/e/" not in node.value} or found
        if len(named) == 1:
            return named.pop()
        if named:
            raise QueryError("K306", where, f'"{name}" stands for {_listed(store, named)}. Ask for one by its IRI.')
    raise QueryError("K305", where, f'nothing in this graph is called "{name}".{_nearest(store, name)}')


def find_in_ontology(store: ox.Store, name: str, kind: str, where: str) -> ox.NamedNode:
    """The property (kind "property") or class (kind "class") of the graph with this local name, `cm:` or not."""
    used = _used_properties(store) if kind == "property" else _used_classes(store)
    by_name = {normalise(local_name(iri)): iri for iri in sorted(used)}
    found = by_name.get(normalise(local_name(expand(name) or name)))
    if found is None:
        known = ", ".join(compact(iri) for iri in sorted(used)) or "none"
        raise QueryError("K305", where, f'no {kind} "{name}" is used in this graph. Used: {known}.')
    return ox.NamedNode(found)


def _known_iri(store: ox.Store, iri: str, where: str) -> ox.NamedNode:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise QueryError(
            "K304", where, f"<{iri}> is not an IRI. Ask by a label, such as China, or cmr:china."
        ) from None
    if any(store.quads_for_pattern(node, None, None, None)) or any(store.quads_for_pattern(None, None, node, None)):
        return node
    raise QueryError("K305", where, f"{compact(iri)} is not in this graph. Ask by a label, such as China.")


def _labels(store: ox.Store, predicate: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, str]]:
    for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CMR):
            yield quad.subject, text_of(quad.object)


def _listed(store: ox.Store, nodes: set[ox.NamedNode]) -> str:
    listed = [f"{compact(node.value)} ({label_of(store, node)})" for node in sorted(nodes, key=lambda node: node.value)]
    return ", ".join(listed[:8]) + (f" and {len(listed) - 8} more" if len(listed) > 8 else "")


def _nearest(store: ox.Store, name: str) -> str:
    labels = sorted({label for predicate in (LABEL, ALT_LABEL) for _, label in _labels(store, predicate)})
    close = process.extract(name, labels, processor=normalise, limit=3, score_cutoff=60)
    return f" Did you mean {', '.join(match[0] for match in close)}?" if close else ""


def _used_properties(store: ox.Store) -> set[str]:
    return {text_of(quad.object) for quad in store.quads_for_pattern(None, PREDICATE, None, ox.DefaultGraph())}


def _used_classes(store: ox.Store) -> set[str]:
    found = {text_of(quad.object) for quad in store.quads_for_pattern(None, TYPE, None, ox.DefaultGraph())}
    return {iri for iri in found if iri.startswith(CM)}
