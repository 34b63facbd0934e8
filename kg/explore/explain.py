"""A statement → the sentences behind it, each with its article, speaker and what fired; and why entities were merged.

Reads a graph, changes nothing. The texts are untrusted and are printed without control
characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.explore.names import (
    CM,
    PREFIXES,
    RDF,
    compact,
    expand,
    find_entity,
    find_in_ontology,
    label_of,
    local_name,
    text_of,
)
from kg.explore.tables import one_line, plain
from kg.graph.store import read_merges

_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_OBSERVED = ox.NamedNode(CM + "observedEntity")
_QUALIFIERS = ("time", "status", "topic", "target", "origin", "country", "role")
UNKNOWN = "unknown"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"

Properties = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence that makes a statement.

    `trigger` is the half-open span of the trigger word inside `sentence`, None where it is unknown. `object` of an
    observation is its figure. `qualifiers` are pairs of name and text.
    """

    subject: str
    property: str
    object: str
    sentence: str
    trigger: tuple[int, int] | None
    article: str
    source: str
    date: str
    speaker: str
    modality: str
    frame: str
    confidence: str
    qualifiers: tuple[tuple[str, str], ...]


def explain(
    store: ox.Store, subject: str, relation: str | None = None, object_: str | None = None
) -> Iterator[Explanation]:
    """The evidence for the statements in which `subject` takes part, by statement and date.

    Names may be labels, aliases or IRIs; `relation` is a local name such as `mines`. The subject may stand at either
    end of the statement, because a user does not know which way round a symmetric relation was read. Without a
    relation, figures and statements in the text's own words are included. Raises QueryError for unknown names.
    """
    node = find_entity(store, subject, f'subject "{subject}"')
    wanted = find_in_ontology(store, relation, "property", f'property "{relation}"') if relation else None
    other = find_entity(store, object_, f'object "{object_}"') if object_ else None
    found = [_explanation(store, claim) for claim in _claims(store, node, wanted, other)]
    yield from sorted(
        found, key=lambda item: (item.subject, item.property, item.object, item.date, item.source, item.sentence)
    )


def render(explanation: Explanation, terminal: bool = False) -> str:
    """An explanation as lines of text; the trigger is bold on a terminal, else in brackets."""
    item = explanation
    told = [f"{item.modality}" + (f", says {item.speaker}" if item.speaker else "")]
    told += [f"{name} {text}" for name, text in item.qualifiers]
    article = ", ".join(filter(None, (item.article, item.source if item.source != item.article else "", item.date)))
    lines = (
        one_line(f"{item.subject} {item.property} {item.object}"),
        f"  {_marked(item, terminal)}",
        f"  {one_line('; '.join(told))}",
        f"  {one_line(article)}",
        f"  {one_line(f'frame {item.frame or UNKNOWN}, confidence {item.confidence or UNKNOWN}')}",
    )
    return "".join(f"{line}\n" for line in lines)


def explain_merges(store: ox.Store, folder: Path, subject: str | None = None) -> Iterator[str]:
    """One line for each merge recorded with the graph in `folder`: the entity, its names, the rule and the documents.

    With a `subject`, only its own. Raises QueryError for an unknown name, OutputError where no merges are recorded.
    """
    node = find_entity(store, subject, f'subject "{subject}"') if subject else None
    for merge in read_merges(folder):
        if node is None or expand(merge.iri) == node.value:
            line = f"{compact(merge.iri)}: {', '.join(merge.labels)} ({merge.rule}; {', '.join(merge.documents)})"
            yield one_line(line) + "\n"


def _claims(
    store: ox.Store, node: ox.NamedNode, relation: ox.NamedNode | None, other: ox.NamedNode | None
) -> Iterator[ox.NamedNode]:
    ends = {claim for end in (_SUBJECT, _OBJECT, _OBSERVED) for claim in _having(store, end, node)}
    if other is not None:
        ends &= {claim for end in (_SUBJECT, _OBJECT) for claim in _having(store, end, other)}
    if relation is not None:
        ends = {claim for claim in ends if any(store.quads_for_pattern(claim, _PREDICATE, relation, ox.DefaultGraph()))}
    yield from sorted(ends, key=lambda claim: claim.value)


def _having(store: ox.Store, end: ox.NamedNode, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for quad in store.quads_for_pattern(None, end, node, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _explanation(store: ox.Store, claim: ox.NamedNode) -> Explanation:
    says = _properties(store, claim)
    sentence = _properties(store, _first(says, "prov:wasDerivedFrom"))
    document = _properties(store, _first(sentence, "nif:referenceContext"))
    relation = _text(says, "rdf:predicate") or _text(says, "cm:predicateText") or _text(says, "cm:measure")
    figure = _text(_properties(store, _first(says, "cm:quantity")), "cm:text")
    thing = _first(says, "rdf:subject") or _first(says, "cm:observedEntity")
    target = _first(says, "rdf:object")
    qualifiers = [(name, _named(store, _first(says, f"cm:{name}"))) for name in _QUALIFIERS if f"cm:{name}" in says]
    qualifiers += [("quantity", figure)] if figure and target is not None else []
    return Explanation(
        subject=_named(store, thing),
        property=relation if " " in relation else local_name(relation),
        object=_named(store, target) if target is not None else figure,
        sentence=_text(sentence, "nif:anchorOf"),
        trigger=_trigger(says, sentence),
        article=_text(document, "schema:headline") or _text(document, "cm:sourceFile"),
        source=_text(document, "cm:sourceFile"),
        date=_text(document, "schema:datePublished"),
        speaker=_named(store, _first(says, "cm:attributedTo")),
        modality=local_name(_text(says, "cm:modality")),
        frame=_text(says, "cm:frame"),
        confidence=_text(says, "cm:confidence"),
        qualifiers=tuple(qualifiers),
    )


def _properties(store: ox.Store, node: Any) -> Properties:
    found: Properties = {}
    if isinstance(node, ox.NamedNode):
        for quad in store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            found.setdefault(compact(quad.predicate.value), []).append(quad.object)
    return found


def _first(properties: Properties, name: str) -> Any:
    return min(properties.get(name, ()), key=str, default=None)


def _text(properties: Properties, name: str) -> str:
    term = _first(properties, name)
    return "" if term is None else text_of(term)


def _named(store: ox.Store, term: Any) -> str:
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return text_of(term)
    return local_name(term.value) if term.value.startswith(PREFIXES["cm"]) else label_of(store, term)


def _trigger(says: Properties, sentence: Properties) -> tuple[int, int] | None:
    begin, start, end = _text(sentence, "nif:beginIndex"), _text(says, "cm:triggerBegin"), _text(says, "cm:triggerEnd")
    if not (begin and start and end):
        return None
    span = int(start) - int(begin), int(end) - int(begin)
    return span if 0 <= span[0] < span[1] <= len(_text(sentence, "nif:anchorOf")) else None


def _marked(item: Explanation, terminal: bool) -> str:
    if item.trigger is None:
        return one_line(item.sentence)
    start, end = item.trigger
    before, word, after = item.sentence[:start], item.sentence[start:end], item.sentence[end:]
    opening, closing = (_BOLD, _PLAIN) if terminal else ("[", "]")
    return _spaced(before) + opening + _spaced(word) + closing + _spaced(after)


def _spaced(text: str) -> str:
    # like one_line, but the space beside the trigger stays
    return re.sub(r"\s+", " ", plain(text))
