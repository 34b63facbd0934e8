"""One node per real thing across documents.

In: the extractions of all documents, in any order. Out: a `Resolution`, which names the node of every document's
every entity and explains each merge. A wrong merge corrupts every statement about both things, a missed one only
splits them: so names merge by equality, never by likeness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.graph.iris import CMR, document_iri
from kg.graph.names import (
    is_abbreviation,
    is_generic_body,
    is_name,
    normal_form,
    site_name,
    slug,
    without_article,
)
from kg.records import Entity, Extraction, Schema

Key = tuple[str, str]  # document id, entity key


@dataclass(frozen=True, slots=True)
class Node:
    """A real thing: the entities of one or several documents that are it. Tuples are sorted."""

    iri: str
    type: str
    label: str
    alt_labels: tuple[str, ...]
    same_as: tuple[str, ...]
    found_by: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """Why several entities are one node: `rule` brought `labels` of `documents` together under `iri`."""

    iri: str
    rule: str
    labels: tuple[str, ...]
    documents: tuple[str, ...]

    def __str__(self) -> str:
        count = len(self.documents)
        return f"{self.iri}: {', '.join(self.labels)} ({self.rule}; {count} document{'s' if count != 1 else ''})"


@dataclass(frozen=True, slots=True)
class Resolution:
    """`nodes` by IRI, `iris` from (document id, entity key) to the node's IRI, `merges` sorted."""

    nodes: dict[str, Node]
    iris: dict[Key, str]
    merges: tuple[Merge, ...]


@dataclass(slots=True)
class _Group:
    """Entities on their way to become one node; `rules` says which rule brought each later entity in."""

    members: list[tuple[Key, Entity]]
    type: str
    rule: str
    joined: dict[str, list[tuple[Key, Entity]]] = field(default_factory=dict)

    def everyone(self) -> list[tuple[Key, Entity]]:
        return self.members + [member for rule in sorted(self.joined) for member in self.joined[rule]]


def resolve(extractions: Sequence[Extraction], schema: Schema, reserved: Iterable[str] = ()) -> Resolution:
    """Assign every entity to a node; the result does not depend on the order of `extractions`.

    Rules, strongest first: the same known term; the same normal form of a name with compatible types; another name
    or abbreviation that exactly one compatible thing bears in some document. A person known by one word and a
    description stay in their document. `reserved` are keys of known terms, which no other thing's IRI may take.
    """
    found = sorted(
        (
            ((extraction.document.id, entity.key), entity)
            for extraction in extractions
            for entity in extraction.entities
        ),
        key=lambda item: item[0],
    )
    known = _by_term(found, schema)
    named, local = _by_name(found, schema)
    names = _names_of(known, schema)
    rest = [group for group in named if not _join(group, names, schema)]
    full = [group for group in rest if not _is_short(group, schema)]
    names = _names_of(full, schema)
    rest = full + [group for group in rest if _is_short(group, schema) and not _join(group, names, schema)]
    return _result(known, rest, local, schema, frozenset(reserved))


def _by_term(found: list[tuple[Key, Entity]], schema: Schema) -> list[_Group]:
    groups: dict[str, list[tuple[Key, Entity]]] = defaultdict(list)
    for key, entity in found:
        if entity.term is not None:
            groups[entity.term].append((key, entity))
    return [_Group(groups[term], _type(groups[term], schema), "known term") for term in sorted(groups)]


def _by_name(found: list[tuple[Key, Entity]], schema: Schema) -> tuple[list[_Group], list[tuple[Key, Entity]]]:
    """Groups of equal names with compatible types, and the entities that stay in their document."""
    names: dict[str, list[tuple[Key, Entity]]] = defaultdict(list)
    local = []
    for key, entity in found:
        if entity.term is None and entity.named and not _stays(entity, schema):
            names[_normal(entity.label, entity.type, schema)].append((key, entity))
        elif entity.term is None:
            local.append((key, entity))
    groups = []
    for name in sorted(names):
        for group in _by_type(names[name], schema):
            if _two_people(group, schema):
                local += group.members
            else:
                groups.append(group)
    return groups, local


def _stays(entity: Entity, schema: Schema) -> bool:
    """A surname alone, or an office that every state has, says nothing about which of its bearers is meant."""
    if schema.is_a(entity.type, ("Person",)):
        return len(normal_form(entity.label).split()) < 2
    return schema.is_a(entity.type, ("Organization",)) and is_generic_body(entity.label)


def _two_people(group: _Group, schema: Schema) -> bool:
    """Two people of one name in one document are two: nothing tells which of them another document means."""
    documents = [key[0] for key, _ in group.members]
    return schema.is_a(group.type, ("Person",)) and len(set(documents)) < len(documents)


def _by_type(members: list[tuple[Key, Entity]], schema: Schema) -> list[_Group]:
    """One group for each most specific type; a general type joins the most frequent one below it."""
    counts = Counter(entity.type for _, entity in members)
    lowest = _lowest(counts, schema)
    home = {
        name: min((low for low in lowest if compatible(name, low, schema)), key=lambda low: (-counts[low], low))
        for name in counts
    }
    return [
        _Group([(key, entity) for key, entity in members if home[entity.type] == low], low, "same name")
        for low in sorted(lowest)
    ]


def _lowest(types: Iterable[str], schema: Schema) -> list[str]:
    """The types that have no descendant among `types`."""
    names = set(types)
    return [name for name in names if not any(other != name and schema.is_a(other, (name,)) for other in names)]


def compatible(one: str, other: str, schema: Schema) -> bool:
    """Whether two types may belong to one thing: equal, or one an ancestor of the other."""
    return one == other or schema.is_a(one, (other,)) or schema.is_a(other, (one,))


def _type(members: list[tuple[Key, Entity]], schema: Schema) -> str:
    counts = Counter(entity.type for _, entity in members)
    return min(_lowest(counts, schema), key=lambda name: (-counts[name], name))


def _normal(name: str, type_name: str, schema: Schema) -> str:
    firm = schema.is_a(type_name, ("Organization",))
    return normal_form(name, firm=firm, kind=schema.is_a(type_name, ("Product", "Application", "Material")))


def _is_short(group: _Group, schema: Schema) -> bool:
    """Whether every name of the group may be short for a longer one: an abbreviation, one word, a site's bare name."""
    site = schema.is_a(group.type, ("Facility",))
    labels = {entity.label.strip() for _, entity in group.members}
    return all(is_abbreviation(label) or " " not in label or (site and site_name(label) is None) for label in labels)


def _join(group: _Group, names: dict[str, list[_Group]], schema: Schema) -> bool:
    """Let the one other group that bears this group's name, and may be the same thing, take it in."""
    label = group.members[0][1].label
    bearers = [
        other
        for other in names.get(_normal(label, group.type, schema), ())
        if compatible(group.type, other.type, schema) and (is_abbreviation(label) or _may_shorten(group, other, schema))
    ]
    if len(bearers) != 1:
        return False
    rule = "abbreviation" if is_abbreviation(label) else "other name"
    bearers[0].joined.setdefault(rule, []).extend(group.members)
    return True


def _may_shorten(group: _Group, other: _Group, schema: Schema) -> bool:
    """A second name may stand for any known thing; one that a document coined, only for a firm or a site."""
    kinds = (group.type, other.type)
    return (
        other.rule == "known term"
        or all(schema.is_a(kind, ("Facility",)) for kind in kinds)
        or all(compatible(kind, "Company", schema) and kind != "Entity" for kind in kinds)
    )


def _names_of(groups: list[_Group], schema: Schema) -> dict[str, list[_Group]]:
    """The groups by the normal form of every name that a document gives them; descriptions are no names."""
    index: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        labels = {entity.label for _, entity in group.members}
        labels |= {label for _, entity in group.members for label in entity.alt_labels if is_name(label)}
        if schema.is_a(group.type, ("Facility",)):
            labels |= {bare for label in labels if (bare := site_name(label)) and is_name(bare)}
        names = {label for label in labels if not is_generic_body(label)}
        for name in sorted({_normal(label, group.type, schema) for label in names}):
            index[name].append(group)
    return index


def _result(
    known: list[_Group], named: list[_Group], local: list[tuple[Key, Entity]], schema: Schema, reserved: frozenset[str]
) -> Resolution:
    placed = [(CMR + str(group.members[0][1].term), group) for group in known]
    taken = Counter(slug(_label(group.everyone())) for group in named)
    taken.update(reserved | {str(group.members[0][1].term) for group in known})
    placed += [(_iri(group, taken), group) for group in named]
    placed += _local_groups(local)
    nodes = {iri: _node(iri, group, schema) for iri, group in sorted(placed, key=lambda item: item[0])}
    iris = {key: iri for iri, group in placed for key, _ in group.everyone()}
    merges = sorted(merge for iri, group in placed for merge in _merges(iri, group))
    return Resolution(nodes=nodes, iris=dict(sorted(iris.items())), merges=tuple(merges))


def _iri(group: _Group, taken: Counter[str]) -> str:
    """cmr:<slug>; with its type where several things, or a known term, would have that slug."""
    ending = slug(_label(group.everyone()))
    return CMR + (ending if taken[ending] == 1 else f"{ending}-{group.type.lower()}")


def _local_groups(local: list[tuple[Key, Entity]]) -> list[tuple[str, _Group]]:
    """Things of one document; equal slugs are numbered in the order of their keys."""
    seen: Counter[str] = Counter()
    placed = []
    for key, entity in sorted(local, key=lambda item: item[0]):
        iri = f"{document_iri(key[0])}/e/{slug(without_article(entity.label))}"
        seen[iri] += 1
        ending = "" if seen[iri] == 1 else f"-{seen[iri]}"
        placed.append((iri + ending, _Group([(key, entity)], entity.type, "")))
    return placed


def _label(members: list[tuple[Key, Entity]]) -> str:
    """The name of a thing: of a known term its own; else not an abbreviation, the most frequent, the longest."""
    known = Counter(entity.label for _, entity in members if entity.term is not None)
    labels = known or Counter(without_article(entity.label) for _, entity in members)
    return min(labels, key=lambda label: (is_abbreviation(label), -labels[label], -len(label), label))


def _node(iri: str, group: _Group, schema: Schema) -> Node:
    members = group.everyone()
    label = _label(members)
    names = {name.strip() for _, entity in members for name in (entity.label, *entity.alt_labels)}
    return Node(
        iri=iri,
        type=_type(members, schema) if group.rule == "known term" else group.type,
        label=label,
        alt_labels=tuple(sorted(names - {label, ""})),
        same_as=tuple(sorted({iri for _, entity in members for iri in entity.same_as})),
        found_by=tuple(sorted({entity.found_by for _, entity in members} - {""})),
        documents=tuple(sorted({key[0] for key, _ in members})),
    )


def _merges(iri: str, group: _Group) -> Iterable[Merge]:
    if len(group.members) > 1:
        yield _merge(iri, group.rule, group.members)
    for rule, members in group.joined.items():
        yield _merge(iri, rule, members)


def _merge(iri: str, rule: str, members: list[tuple[Key, Entity]]) -> Merge:
    labels = tuple(sorted({entity.label for _, entity in members}))
    return Merge(iri, rule, labels, tuple(sorted({key[0] for key, _ in members})))
