"""A built graph → a networkx graph of things and the statements between them, each with its sentences.

In: a store and `ViewOptions`. Out: a MultiDiGraph whose nodes are IRIs of entities and whose edges are statements, one
for each (subject, property, object, modality), with every sentence that makes it as a `Support`. Reads only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import pyoxigraph as ox

from kg.errors import QueryError
from kg.explore.names import CM, TYPE, compact, find_entity, find_in_ontology, local_name, text_of

_CLAIM = ox.NamedNode(CM + "Claim")
_QUALIFIERS = ("status", "role", "topic", "target", "origin", "country")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# what a page may not show as it stands: control characters and marks that turn the reading direction
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Facts = dict[str, list[str]]  # local name of a predicate → its values, sorted


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """What part of a graph to show.

    `focus` is a name or IRI, of whose surroundings `depth` steps are shown (either direction). `properties` are local
    names, () for all. `since` and `until` (yyyy, yyyy-mm or yyyy-mm-dd, both inclusive) go by the date of the article.
    `min_documents` is the number of articles that must make a statement. Of more than `max_nodes` things the best
    documented are kept.
    """

    focus: str | None = None
    depth: int = 1
    properties: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_documents: int = 1
    max_nodes: int = 1000


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """What a reader is told of a document; fields are None where the graph does not have them."""

    iri: str
    headline: str | None = None
    source_file: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Support:
    """A sentence that makes a statement, cut at the word that says it: `before` + `trigger` + `after` is the sentence.

    `document` is an IRI, `begin` the sentence's offset in its text, `confidence` 0–1. `qualifiers` are pairs such as
    ("topic", "lithium").
    """

    document: str
    begin: int
    before: str
    trigger: str
    after: str
    speaker: str = ""
    time: str = ""
    quantity: str = ""
    confidence: float = 0.0
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge: entities by IRI, property and modality by local name, supports sorted by document and place."""

    subject: str
    property: str
    object: str
    modality: str
    supports: tuple[Support, ...]


def documents_of(statement: Statement) -> frozenset[str]:
    """The IRIs of the documents that make the statement."""
    return frozenset(support.document for support in statement.supports)


@dataclass(slots=True)
class _Reader:
    """The facts of nodes, each read once."""

    store: ox.Store
    known: dict[str, Facts] = field(default_factory=dict)

    def facts(self, iri: str) -> Facts:
        if iri not in self.known:
            found: Facts = defaultdict(list)
            for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
                found[local_name(quad.predicate.value)].append(text_of(quad.object))
            self.known[iri] = {name: sorted(values) for name, values in found.items()}
        return self.known[iri]

    def first(self, iri: str, name: str) -> str:
        return next(iter(self.facts(iri).get(name, ())), "")

    def label(self, iri: str) -> str:
        return tidy(self.first(iri, "label") or compact(iri))


def tidy(text: str) -> str:
    """`text` without control characters and marks that turn the reading direction."""
    return _UNSAFE.sub("", text)


def build_network(store: ox.Store, options: ViewOptions) -> nx.MultiDiGraph:
    """The part of the graph that `options` ask for; see `ViewOptions`.

    Nodes carry label, type (local name), aliases, same_as and documents (how many make the statements shown about the
    thing); edges, under a key of their own, carry `statement`. The graph itself carries `articles` by IRI, `focus` (an
    IRI or None) and `left_out` (things beyond `max_nodes`). Raises QueryError: K304 a malformed date, K305 or K306 an
    unknown or ambiguous name.
    """
    for name in ("since", "until"):
        _check_date(getattr(options, name), f"--{name}")
    properties = {
        local_name(find_in_ontology(store, name, "property", "--property").value) for name in options.properties
    }
    focus = find_entity(store, options.focus, "--focus").value if options.focus is not None else None
    reader = _Reader(store)
    statements = _statements(reader, _wanted(reader, properties, options))
    graph = nx.MultiDiGraph(focus=focus, left_out=0)
    if focus is not None:
        graph.add_node(focus)
    _add_edges(graph, (found for found in statements if len(documents_of(found)) >= options.min_documents))
    if focus is not None:
        near = nx.ego_graph(graph.to_undirected(as_view=True), focus, radius=options.depth)
        graph = graph.subgraph(near.nodes).copy()
    _keep_best(graph, options.max_nodes)
    _describe(graph, reader)
    return graph


def statements_of(graph: nx.MultiDiGraph) -> list[Statement]:
    """The statements of a network, sorted by the labels of subject, property and object."""

    def rank(statement: Statement) -> tuple[str, ...]:
        ends = [graph.nodes[end]["label"].casefold() for end in (statement.subject, statement.object)]
        return (ends[0], statement.property, ends[1], statement.modality, statement.subject, statement.object)

    return sorted((data["statement"] for _, _, data in graph.edges(data=True)), key=rank)


def _check_date(value: str | None, where: str) -> None:
    if value is not None and not _DATE.fullmatch(value):
        message = f'"{value}" is not a date. Write a year, month or day: 2026, 2026-02 or 2026-02-04.'
        raise QueryError("K304", where, message)


def _wanted(reader: _Reader, properties: set[str], options: ViewOptions) -> Iterator[str]:
    """The IRIs of the claims with these properties from articles of these dates."""
    for quad in reader.store.quads_for_pattern(None, TYPE, _CLAIM, ox.DefaultGraph()):
        claim = text_of(quad.subject)
        if properties and local_name(reader.first(claim, "predicate")) not in properties:
            continue
        if _in_time(reader.first(_document(reader, claim), "datePublished"), options):
            yield claim


def _in_time(published: str, options: ViewOptions) -> bool:
    """Whether an article's date is within the bounds; an unknown date is in no bounds."""
    since, until = options.since, options.until
    if since is None and until is None:
        return True
    after = since is None or published[: len(since)] >= since
    return bool(published) and after and (until is None or published[: len(until)] <= until)


def _document(reader: _Reader, claim: str) -> str:
    return reader.first(reader.first(claim, "wasDerivedFrom"), "referenceContext")


def _statements(reader: _Reader, claims: Iterable[str]) -> list[Statement]:
    """The claims, those that state the same put together; in the order of their IRIs."""
    groups: dict[tuple[str, str, str, str], list[Support]] = defaultdict(list)
    for claim in claims:
        subject, predicate, value, modality = (
            reader.first(claim, name) for name in ("subject", "predicate", "object", "modality")
        )
        groups[subject, local_name(predicate), value, local_name(modality)].append(_support(reader, claim))
    return [Statement(*key, tuple(sorted(groups[key]))) for key in sorted(groups)]


def _support(reader: _Reader, claim: str) -> Support:
    sentence = reader.first(claim, "wasDerivedFrom")
    text = reader.first(sentence, "anchorOf")
    begin = _integer(reader.first(sentence, "beginIndex"))
    start = min(max(_integer(reader.first(claim, "triggerBegin")) - begin, 0), len(text))
    end = min(max(_integer(reader.first(claim, "triggerEnd")) - begin, start), len(text))
    speaker, quantity = reader.first(claim, "attributedTo"), reader.first(claim, "quantity")
    return Support(
        document=reader.first(sentence, "referenceContext"),
        begin=begin,
        before=tidy(text[:start]),
        trigger=tidy(text[start:end]),
        after=tidy(text[end:]),
        speaker=reader.label(speaker) if speaker else "",
        time=tidy(reader.first(claim, "time")),
        quantity=tidy(reader.first(quantity, "text")) if quantity else "",
        confidence=float(reader.first(claim, "confidence") or 0),
        qualifiers=tuple(_qualifiers(reader, claim)),
    )


def _qualifiers(reader: _Reader, claim: str) -> Iterator[tuple[str, str]]:
    for name in _QUALIFIERS:
        value = reader.first(claim, name)
        if value and name == "status":
            yield name, local_name(value).lower()
        elif value:
            yield name, tidy(value) if name == "role" else reader.label(value)


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _add_edges(graph: nx.MultiDiGraph, statements: Iterable[Statement]) -> None:
    for statement in statements:
        key = f"{statement.property} {statement.modality}"
        graph.add_edge(statement.subject, statement.object, key=key, statement=statement)


def _keep_best(graph: nx.MultiDiGraph, count: int) -> None:
    """Cut the graph down to the `count` things in most documents, then with most statements; the focus stays."""
    if len(graph) <= count:
        return
    focus = graph.graph["focus"]

    def rank(node: str) -> tuple[bool, int, int, str]:
        return (node != focus, -len(_documents(graph, node)), -graph.degree(node), node)

    before = len(graph)
    graph.remove_nodes_from(sorted(graph, key=rank)[count:])
    graph.remove_nodes_from([node for node in graph if graph.degree(node) == 0 and node != focus])
    graph.graph["left_out"] = before - len(graph)


def _documents(graph: nx.MultiDiGraph, node: str) -> set[str]:
    """The documents that say something about the thing, among what the graph shows."""
    edges: list[tuple[Any, Any, Statement]] = [
        *graph.out_edges(node, data="statement"),
        *graph.in_edges(node, data="statement"),
    ]
    return {document for _, _, statement in edges for document in documents_of(statement)}


def _describe(graph: nx.MultiDiGraph, reader: _Reader) -> None:
    for node, data in graph.nodes(data=True):
        facts = reader.facts(node)
        classes = [local_name(iri) for iri in facts.get("type", ()) if iri.startswith(CM)]
        data["label"] = reader.label(node)
        data["type"] = next(iter(classes), "Thing")
        data["aliases"] = tuple(tidy(alias) for alias in facts.get("altLabel", ()))
        data["same_as"] = tuple(facts.get("sameAs", ()))
        data["documents"] = len(_documents(graph, node))
    found = {document for _, _, statement in graph.edges(data="statement") for document in documents_of(statement)}
    graph.graph["articles"] = {document: _article(reader, document) for document in sorted(found)}


def _article(reader: _Reader, document: str) -> Article:
    names = ("headline", "sourceFile", "datePublished", "publisher", "author", "url")
    return Article(document, *(tidy(reader.first(document, name)) or None for name in names))


def by_label(graph: nx.MultiDiGraph) -> Sequence[str]:
    """The nodes of a network in the order in which everything lists them: by label, then IRI."""
    return [node for _, node in sorted((label.casefold(), node) for node, label in graph.nodes(data="label"))]
