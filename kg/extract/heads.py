"""What a head before a colon says of the words behind it: 'Serbia: the Jadar project', 'Iridium: spark plugs', 'Members: Chad, Mali'.

Comes in: an annotated document and the claims found in it. Goes out: further claims, for heads that are one name and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.annotate.annotation import Annotated, AnnotatedUnit, Ref
from kg.records import Claim, Evidence, Schema

_PLACES = ("Place", "Country")
_MATERIAL, _USES = ("Material",), ("Product", "Application")
_BODIES = ("Programme", "InternationalOrganization", "Agreement")
_MEMBERS = re.compile(
    r"(?:the )?(?:founding |current |full )?(?:members?|member (?:states|countries)|parties|signatories|participants|participating countries|partners)$",
    re.I,
)


def head_claims(annotated: Annotated, found: Sequence[Claim], schema: Schema) -> Iterator[Claim]:
    """The claims of every sentence that opens with a head."""
    placed = {claim.subject for claim in found if claim.property == "locatedIn"}
    for number, unit in enumerate(annotated.units):
        if unit.unit.aside != "head":
            continue
        body = _body(annotated, number)
        head = _only_ref(unit)
        if head is None:
            if _MEMBERS.match(unit.unit.text.strip()):
                yield from _members(annotated, unit, body)
        elif head.type in _PLACES:
            yield from _places(head, unit, body, placed)
        elif not any(_is_clause(other) for other in body):
            yield from _uses(head, unit, body, schema)


def _body(annotated: Annotated, number: int) -> list[AnnotatedUnit]:
    sentence = annotated.units[number].unit.sentence.index
    return [u for u in annotated.units[number + 1 :] if u.unit.sentence.index == sentence]


def _only_ref(unit: AnnotatedUnit) -> Ref | None:
    """The one name of a head; None where the head says more than it."""
    named = [ref for ref in unit.refs if not ref.adjectival]
    words = [token for token in unit.doc if token.is_alpha and token.lower_ not in ("the", "in", "and", "again")]
    if (
        len(named) != 1
        or len(named[0].keys) != 1
        or any(not named[0].start <= token.i < named[0].end for token in words)
    ):
        return None
    return named[0]


def _is_clause(unit: AnnotatedUnit) -> bool:
    return any(token.tag_ in ("VBZ", "VBD", "VBP", "MD") and token.dep_ == "ROOT" for token in unit.doc)


def _places(head: Ref, unit: AnnotatedUnit, body: list[AnnotatedUnit], placed: set[str]) -> Iterator[Claim]:
    """'Serbia: the Jadar project, where …': a facility that the line puts nowhere else lies in the head."""
    for other in body:
        for ref in other.refs:
            if ref.type == "Facility" and len(ref.keys) == 1 and ref.keys[0] not in placed and ref.how != "coreference":
                placed.add(ref.keys[0])
                yield _claim(unit, ref.keys[0], "locatedIn", head.keys[0], head)


def _uses(head: Ref, unit: AnnotatedUnit, body: list[AnnotatedUnit], schema: Schema) -> Iterator[Claim]:
    """'Iridium: electrolysers, spark plugs' and 'Jewellery: platinum': a list without a verb names uses."""
    refs = [ref for other in body for ref in other.refs if not ref.adjectival]
    if schema.is_a(head.type, _MATERIAL):
        for ref in refs:
            if schema.is_a(ref.type, _USES):
                yield _claim(unit, head.keys[0], "usedIn", ref.keys[0], head)
    elif schema.is_a(head.type, _USES):
        for ref in refs:
            if schema.is_a(ref.type, _MATERIAL):
                yield _claim(unit, ref.keys[0], "usedIn", head.keys[0], head)


def _members(annotated: Annotated, unit: AnnotatedUnit, body: list[AnnotatedUnit]) -> Iterator[Claim]:
    """'Members: Chad, Mali': of the body that the document speaks of most."""
    counts = Counter(
        ref.keys[0]
        for other in annotated.units
        for ref in other.refs
        if ref.type in _BODIES and annotated.drafts[ref.keys[0]].named
    )
    if not counts:
        return
    group = min(counts, key=lambda key: (-counts[key], key))
    for other in body:
        for ref in other.refs:
            if (
                ref.type in ("Country", "InternationalOrganization", "Company")
                and not ref.adjectival
                and ref.keys[0] != group
            ):
                yield _claim(unit, ref.keys[0], "memberOf", group, None)


def _claim(unit: AnnotatedUnit, subject: str, name: str, item: str, head: Ref | None) -> Claim:
    sentence = unit.unit.sentence
    trigger = unit.span(head.start, head.end) if head else unit.span(0, len(unit.doc))
    return Claim(subject, name, item, Evidence(sentence.span, sentence.text, trigger), confidence=0.6, frame="head")
