"""Checks a built graph: its SHACL shapes, and what shapes cannot say cheaply. One finding is one sentence.

In: a graph folder, and the ontology's shapes.ttl beside its minerals.ttl. Out: sorted findings; none for a sound
graph. This is the one place where the graph becomes an rdflib graph, because pySHACL needs one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib

from kg.errors import DataError, OutputError
from kg.graph.iris import CM, CMR, NIF, PROV, QUDT, RDF
from kg.graph.ontology import load_schema
from kg.graph.store import TURTLE, open_store
from kg.records import Finding, Schema

_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
_LIMIT = 60  # characters of a wrong value that a message shows

Facts = dict[str, dict[str, list[str]]]


def validate(folder: Path, shapes: Path) -> list[Finding]:
    """All findings on the graph in `folder` against `shapes` and the ontology beside it, sorted.

    Codes: K410 a shape, K411 a text that is not at its offsets, K412 an asserted triple without a claim, K413 an
    asserted claim without its triple, K414 a claim outside its property's domain or range, K415 a quantity without a
    figure. Raises OutputError where there is no graph or it is damaged, DataError where the shapes cannot be read.
    """
    schema = load_schema(shapes.parent)
    triples = _triples(folder)
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        facts[_value(triple.subject)][triple.predicate.value].append(_value(triple.object))
    where = str(folder / TURTLE)
    found = {("K410", text) for text in _shape_messages(triples, shapes)}
    found |= {("K411", text) for text in _texts(facts)}
    found |= set(_assertions(facts, schema))
    found |= {("K414", text) for text in _domains(facts, schema)}
    found |= {("K415", text) for text in _quantities(facts)}
    return [Finding(code, "error", text, where) for code, text in sorted(found)]


def _triples(folder: Path) -> list[ox.Triple]:
    path = folder / TURTLE
    if not path.is_file():
        store = open_store(folder)
        return [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    try:
        return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise OutputError("K403", f"{path}:{error.lineno or 1}", f"is not valid Turtle: {error.msg}") from None


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _shape_messages(triples: Iterable[ox.Triple], shapes: Path) -> Iterator[str]:
    rules = rdflib.Graph()
    try:
        rules.parse(shapes, format="turtle")
    except Exception as error:  # rdflib's parsers raise many unrelated classes
        raise DataError("K211", str(shapes), f"cannot be read as shapes: {str(error).splitlines()[0]}") from None
    _, results, _ = pyshacl.validate(_rdflib_graph(triples), shacl_graph=rules, inference="none")
    for result in results.subjects(rdflib.RDF.type, _SH.ValidationResult):
        yield _sentence(result, results, rules)


def _rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_rdflib_node(triple.subject), rdflib.URIRef(triple.predicate.value), _rdflib_node(triple.object)))
    return graph


def _rdflib_node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        datatype = rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=None if term.language else datatype, lang=term.language)
    return rdflib.BNode(_value(term))


def _sentence(result: rdflib.term.Node, results: rdflib.Graph, rules: rdflib.Graph) -> str:
    """'claim cmr:claim/12 has no sentence' from one SHACL result."""
    node = _name(str(results.value(result, _SH.focusNode)))
    shape = results.value(result, _SH.sourceShape)
    noun = str(rules.value(shape, _SH.name) or "value")
    component = results.value(result, _SH.sourceConstraintComponent)
    if component == _SH.MinCountConstraintComponent:
        return f"{node} has no {noun}"
    if component == _SH.MaxCountConstraintComponent:
        return (
            f"{node} has more than one {noun}" if rules.value(shape, _SH.minCount) else f"{node} has a {noun} too many"
        )
    value = str(results.value(result, _SH.value))[:_LIMIT]
    return f"{node} has the {noun} {value!r}, but it {results.value(result, _SH.resultMessage)}"


def _name(iri: str) -> str:
    """'claim cmr:claim/12' for a node of the graph: the kind of thing and its short IRI."""
    local = iri.removeprefix(CMR)
    if local == iri:
        return f"<{iri}>"
    parts = local.split("/")
    kinds = {"s": "sentence", "e": "entity", "p": "publication"}
    kind = kinds.get(parts[2], "node") if parts[0] == "doc" and len(parts) > 3 else parts[0].replace("-", " ")
    plain = {"doc": "document"}.get(kind, kind)
    return f"{plain if len(parts) > 1 else 'entity'} cmr:{local}"


def _texts(facts: Facts) -> Iterator[str]:
    """Sentences and triggers whose text is not what stands at their offsets."""
    for iri, said in facts.items():
        if said.get(NIF + "anchorOf"):
            text = _context(said, facts)
            yield from _misplaced(iri, "text", text, said, (NIF + "anchorOf", NIF + "beginIndex", NIF + "endIndex"))
        if said.get(CM + "trigger"):
            sentence = facts.get(_first(said, PROV + "wasDerivedFrom"), {})
            text = _context(sentence, facts)
            yield from _misplaced(iri, "trigger", text, said, (CM + "trigger", CM + "triggerBegin", CM + "triggerEnd"))


def _context(sentence: dict[str, list[str]], facts: Facts) -> str:
    return _first(facts.get(_first(sentence, NIF + "referenceContext"), {}), NIF + "isString")


def _first(said: dict[str, list[str]], predicate: str) -> str:
    return next(iter(said.get(predicate, ())), "")


def _misplaced(
    iri: str, noun: str, text: str, said: dict[str, list[str]], properties: tuple[str, str, str]
) -> Iterator[str]:
    words, begin, end = (_first(said, name) for name in properties)
    if not (begin.isdigit() and end.isdigit()):
        yield f"{_name(iri)} has a {noun} without offsets"
    elif text[int(begin) : int(end)] != words:
        seen = text[int(begin) : int(end)][:_LIMIT]
        yield f"{_name(iri)} has the {noun} {words[:_LIMIT]!r}, but its document has {seen!r} at {begin}-{end}"


def _assertions(facts: Facts, schema: Schema) -> Iterator[tuple[str, str]]:
    """Asserted triples and asserted claims must be each other's mirror; a symmetric claim allows either direction."""
    claimed = {}
    for iri, said in facts.items():
        if CM + "Claim" in said.get(RDF + "type", ()) and CM + "Asserted" in said.get(CM + "modality", ()):
            claimed[_statement(said)] = iri
    stated = {
        (subject, CM + name, value)
        for subject, said in facts.items()
        for name in schema.properties
        for value in said.get(CM + name, ())
    }
    for triple in stated - claimed.keys():
        turned = (triple[2], triple[1], triple[0])
        if not (schema.properties[triple[1].removeprefix(CM)].symmetric and turned in claimed):
            yield "K412", f"{_triple(triple)} stands in the graph, but no asserted claim states it"
    for triple in claimed.keys() - stated:
        yield "K413", f"{_name(claimed[triple])} asserts {_triple(triple)}, which does not stand in the graph"


def _statement(said: dict[str, list[str]]) -> tuple[str, str, str]:
    return _first(said, RDF + "subject"), _first(said, RDF + "predicate"), _first(said, RDF + "object")


def _triple(triple: tuple[str, str, str]) -> str:
    return " ".join(part.replace(CMR, "cmr:").replace(CM, "cm:") for part in triple)


def _domains(facts: Facts, schema: Schema) -> Iterator[str]:
    for iri, said in facts.items():
        if CM + "Claim" not in said.get(RDF + "type", ()):
            continue
        subject, predicate, value = _statement(said)
        definition = schema.properties.get(predicate.removeprefix(CM))
        if definition is None:
            yield f"{_name(iri)} states {predicate.replace(CM, 'cm:')}, which the ontology does not define"
            continue
        for role, node, allowed in (("subject", subject, definition.domain), ("object", value, definition.range)):
            types = [name.removeprefix(CM) for name in facts.get(node, {}).get(RDF + "type", ())]
            if types and not any(schema.is_a(name, allowed) for name in types):
                wanted = ", ".join(allowed)
                yield f"{_name(iri)}: the {role} of cm:{definition.name} is a {types[0]}; allowed: {wanted}"


def _quantities(facts: Facts) -> Iterator[str]:
    for iri, said in facts.items():
        if CM + "Quantity" in said.get(RDF + "type", ()):
            value, low, high = (
                bool(said.get(name)) for name in (QUDT + "numericValue", CM + "minValue", CM + "maxValue")
            )
            if not (value and not low and not high) and not (low and high and not value):
                yield f"{_name(iri)} needs either one value, or a minimum and a maximum"
