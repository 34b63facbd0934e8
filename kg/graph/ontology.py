"""Loads the ontology folder: classes and relations from its `.ttl` files, known things from `terms/*.ttl`.

In: a folder. Out: a `Schema` and sorted `Term`s, both plain values. Everything is checked here, once, before the
first article is read: a wrong file stops the run with a K2 error that names the file and the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, nearest
from kg.graph.iris import CM, CMR, OWL, RDF, RDFS, SCHEMA, SKOS
from kg.records import PropertyDefinition, Schema, Term

_SCHEME = SKOS + "ConceptScheme"
_SHAPES = "shapes.ttl"
_TYPE = RDF + "type"

# What may be said of a known thing; any other property is most likely a slip of the pen, and an error.
_LITERALS = {
    SKOS + "prefLabel",
    SKOS + "altLabel",
    SKOS + "notation",
    CM + "exactLabel",
    CM + "demonym",
    CM + "metonym",
    CM + "classNoun",
    CM + "ambiguousWord",
}
_REFERENCES = {CM + "homeCountry", SCHEMA + "isPartOf", SKOS + "member"}
_KNOWN = _LITERALS | _REFERENCES | {_TYPE, OWL + "sameAs"}
_OWN = (CM, SKOS, SCHEMA, OWL)
_ANNOTATIONS = {SKOS + name for name in ("inScheme", "definition", "note", "example", "scopeNote", "exactMatch")}
_STARTS = [(OWL + "sameAs", "http"), *((name, CMR) for name in sorted(_REFERENCES))]
_ALLOWED = _KNOWN | _ANNOTATIONS

Facts = dict[str, dict[str, list[str]]]


def load_schema(folder: Path) -> Schema:
    """The classes below cm:Entity and the properties typed cm:Relation, from every `.ttl` of `folder` but the shapes.

    Ancestors and parents are transitive and hold names of this ontology only. Raises DataError K210 (no ontology),
    K211 (syntax), K212 (a name that is not defined).
    """
    paths = [path for path in sorted(folder.glob("*.ttl")) if path.name != _SHAPES]
    if not paths:
        raise DataError("K210", str(folder), "no ontology here (*.ttl); give a folder shaped like ontology/")
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for path in paths:
        _merge(facts, _read(path))
    place = str(paths[0])
    entities = {
        name: lineage
        for name in _named(facts, OWL + "Class")
        if "Entity" in (lineage := _ancestors(facts, name, RDFS + "subClassOf"))
    }
    relations = _named(facts, CM + "Relation")
    if not entities or not relations:
        raise DataError("K210", place, "defines no class below cm:Entity or no property typed cm:Relation")
    properties = {name: _definition(facts, name, set(relations)) for name in relations}
    for definition in properties.values():
        for class_name in definition.domain + definition.range:
            if class_name not in entities:
                message = f"cm:{definition.name} names cm:{class_name}, which is no class below cm:Entity."
                raise DataError("K212", place, message + nearest(class_name, sorted(entities)))
    return Schema(classes=entities, properties=properties)


def load_terms(folder: Path, schema: Schema) -> tuple[Term, ...]:
    """Every known thing of `folder`/terms/*.ttl, sorted by key; all its tuples are sorted too.

    Raises DataError: K211 syntax, K213 a thing described in two files, K214 unknown class, K215 a reference to a
    thing that no file has, K216 a property that things do not have or a missing label.
    """
    terms: dict[str, Term] = {}
    origin: dict[str, Path] = {}
    for path in sorted((folder / "terms").glob("*.ttl")):
        for iri, facts in sorted(_read(path).items()):
            if _SCHEME in facts.get(_TYPE, ()):
                continue
            term = _term(iri, facts, schema, path)
            if term.key in terms:
                raise DataError(
                    "K213", _at(path, term.key), f"cmr:{term.key} is described in {origin[term.key]} already"
                )
            terms[term.key], origin[term.key] = term, path
    for term in terms.values():
        _check_references(term, terms, origin[term.key])
    return tuple(terms[key] for key in sorted(terms))


def _read(path: Path) -> Facts:
    """Subject → predicate → objects of one Turtle file, IRIs and literals as plain strings in file order."""
    facts: Facts = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            _add(facts, quad, path)
    except SyntaxError as error:
        raise DataError("K211", f"{path}:{error.lineno or 1}", f"is not valid Turtle: {error.msg}") from None
    except OSError as error:
        raise DataError("K210", str(path), f"cannot be read: {error.strerror or error}") from None
    return facts


def _add(facts: Facts, quad: ox.Quad, path: Path) -> None:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
        raise DataError("K216", str(path), f"has a blank node at {quad.predicate}; give every node an IRI")
    facts[subject.value][quad.predicate.value].append(value.value)


def _merge(into: Facts, facts: Facts) -> None:
    for subject, predicates in facts.items():
        for predicate, values in predicates.items():
            into[subject][predicate].extend(values)


def _named(facts: Facts, type_iri: str) -> list[str]:
    """Sorted local names of this ontology's resources of a type."""
    return sorted(iri.removeprefix(CM) for iri, said in facts.items() if iri.startswith(CM) and type_iri in said[_TYPE])


def _local(iris: Iterable[str]) -> Iterator[str]:
    return (iri.removeprefix(CM) for iri in iris if iri.startswith(CM))


def _ancestors(facts: Facts, name: str, link: str) -> frozenset[str]:
    """`name` and all that is above it along `link`."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(_local(facts.get(CM + current, {}).get(link, ())))
    return frozenset(found)


def _definition(facts: Facts, name: str, relations: set[str]) -> PropertyDefinition:
    said = facts[CM + name]
    parents = _ancestors(facts, name, RDFS + "subPropertyOf") - {name}
    return PropertyDefinition(
        name=name,
        label=next(iter(said[RDFS + "label"]), name),
        domain=_side(said, SCHEMA + "domainIncludes", RDFS + "domain"),
        range=_side(said, SCHEMA + "rangeIncludes", RDFS + "range"),
        symmetric=OWL + "SymmetricProperty" in said[_TYPE],
        parents=tuple(sorted(parents & relations)),
    )


def _side(said: dict[str, list[str]], includes: str, single: str) -> tuple[str, ...]:
    return tuple(sorted(_local(said[includes] or said[single])))


def _term(iri: str, facts: dict[str, list[str]], schema: Schema, path: Path) -> Term:
    key = iri.removeprefix(CMR)
    _check_properties(key, facts, path)
    label = facts.get(SKOS + "prefLabel", [])
    if not iri.startswith(CMR) or len(label) != 1:
        raise DataError("K216", _at(path, key), f"{key} needs an IRI in cmr: and exactly one skos:prefLabel")
    _check_iris(key, facts, path)
    return Term(
        key=key,
        type=_class(key, facts, schema, path),
        label=label[0],
        labels=_sorted(facts, SKOS + "altLabel"),
        exact_labels=_sorted(facts, CM + "exactLabel"),
        demonyms=_sorted(facts, CM + "demonym"),
        metonyms=_sorted(facts, CM + "metonym"),
        same_as=_sorted(facts, OWL + "sameAs"),
        country=_single(_sorted(facts, CM + "homeCountry")),
        part_of=_single(_sorted(facts, SCHEMA + "isPartOf")),
        nouns=_sorted(facts, CM + "classNoun"),
        members=_keys(_sorted(facts, SKOS + "member")),
        ambiguous="true" in facts.get(CM + "ambiguousWord", ()),
    )


def _sorted(facts: dict[str, list[str]], predicate: str) -> tuple[str, ...]:
    return tuple(sorted(set(facts[predicate]))) if predicate in facts else ()


def _keys(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(iri.removeprefix(CMR) for iri in iris)


def _single(iris: tuple[str, ...]) -> str | None:
    """The first key: a thing with two home countries or parents is filed under the alphabetically first."""
    return _keys(iris)[0] if iris else None


def _class(key: str, facts: dict[str, list[str]], schema: Schema, path: Path) -> str:
    """The one class of this ontology that the thing has; the most specific, where it also names an ancestor."""
    names = sorted(_local(facts.get(_TYPE, ())))
    if len(names) == 1 and names[0] in schema.classes:
        return names[0]
    unknown = [name for name in names if name not in schema.classes]
    if unknown or not names:
        seen = f"has the class cm:{unknown[0]}, which" if unknown else "has no class;"
        message = f"cmr:{key} {seen} is not in the ontology." if unknown else f"cmr:{key} {seen} give it one (a cm:…)."
        raise DataError("K214", _at(path, key), message + nearest((unknown or [""])[0], sorted(schema.classes)))
    lowest = [name for name in names if all(other in schema.classes[name] for other in names)]
    if not lowest:
        raise DataError("K214", _at(path, key), f"cmr:{key} has the classes {', '.join(names)}; give it one")
    return lowest[0]


def _check_properties(key: str, facts: dict[str, list[str]], path: Path) -> None:
    for name in sorted(facts.keys() - _ALLOWED):
        if name.startswith(_OWN):
            local = re.split(r"[#/]", name)[-1]
            allowed = {re.split(r"[#/]", known)[-1] for known in _KNOWN}
            hint = nearest(local, sorted(allowed))
            raise DataError("K216", _at(path, key), f"cmr:{key} has {local}, which known things do not have.{hint}")


def _check_iris(key: str, facts: dict[str, list[str]], path: Path) -> None:
    """A reference written as a string ("china") would match nothing in the graph."""
    for name, start in _STARTS:
        for value in facts.get(name, ()):
            if not value.startswith(start):
                local = re.split(r"[#/]", name)[-1]
                raise DataError("K216", _at(path, key), f"cmr:{key} has {local} {value!r}; write an IRI, as cmr:china")


def _check_references(term: Term, terms: dict[str, Term], path: Path) -> None:
    references = [("cm:homeCountry", term.country), ("schema:isPartOf", term.part_of)]
    references += [("skos:member", member) for member in term.members]
    for role, key in references:
        if key is not None and key not in terms:
            message = f"cmr:{term.key} has {role} cmr:{key}, which no terms file describes."
            raise DataError("K215", _at(path, term.key), message + nearest(key, sorted(terms)))


def _at(path: Path, key: str) -> str:
    """`file:line` of the line that begins the description of `key`; the file alone where it is written otherwise."""
    start = re.compile(rf"(cmr:|<{re.escape(CMR)}){re.escape(key)}>?\s")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if start.match(line):
            return f"{path}:{number}"
    return str(path)
