"""A description that stands beside a name of the same kind is that thing, not another.

'Mountain Pass in California, the only rare earth mine', 'Silver Peak is a lithium mine', 'the mine, Kamoto'. Such refs take over the
name's entity; their own words become further names of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref

_DETERMINERS = frozenset(["the", "a", "an", "its", "their", "one"])
_BETWEEN = frozenset(["ADP", "DET", "PUNCT", "PROPN"])


def identify(unit: AnnotatedUnit, drafts: dict[str, Draft]) -> None:
    """Give every description beside a name of its type the name's entity."""
    for ref in unit.refs:
        if len(ref.keys) != 1 or drafts[ref.keys[0]].named or ref.how == "coreference":
            continue
        kind = drafts[ref.keys[0]].type
        for other in _beside(unit, ref):
            target = drafts[other.keys[0]]
            if other is ref or len(other.keys) != 1 or not target.named or target.type != kind:
                continue
            target.nouns |= drafts[ref.keys[0]].nouns
            target.names[unit.text(ref.start, ref.end)] += 1
            ref.keys, ref.how = other.keys, "identity"
            break


def _beside(unit: AnnotatedUnit, ref: Ref) -> Iterator[Ref]:
    head = unit.doc[ref.head]
    tokens = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "appos":
        tokens.append(head.head)
    if head.dep_ == "attr" and head.head.lemma_ in ("be", "remain", "become"):
        tokens += [child for child in head.head.children if child.dep_ == "nsubj"]
    for token in tokens:
        other = unit.ref_headed(token) or unit.ref_at(token)
        if other is not None:
            yield other
    yield from _before_comma(unit, ref)


def _before_comma(unit: AnnotatedUnit, ref: Ref) -> Iterator[Ref]:
    """The name before a comma and a determiner, with nothing but places between: the parser often hangs these elsewhere."""
    doc = unit.doc
    start = ref.start
    while start > 0 and doc[start - 1].dep_ in ("amod", "compound", "nummod", "advmod"):
        start -= 1
    if start < 2 or doc[start - 1].lower_ not in _DETERMINERS or doc[start - 2].text != ",":
        return
    for other in sorted(unit.refs, key=lambda item: -item.start):
        if other.end > start - 2:
            continue
        if any(token.pos_ not in _BETWEEN for token in doc[other.end : start - 1]):
            return
        if other.type not in ("Place", "Country"):
            yield other
            return
