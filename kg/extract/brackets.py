"""Figures in brackets behind a name: 'Glencore (51%) and Vale (49%) own the mine', 'Russia (75,000 kg)'.

Comes in: the claims and observations of a document. Goes out: the same, where a claim about that name that has no figure takes the
one in the brackets, if its relation admits the kind; such a figure is no observation of something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.annotate.annotation import Annotated, AnnotatedUnit, Ref
from kg.extract.qualifiers import KINDS
from kg.records import Claim, Observation, Quantity

_WORDS = 3  # that brackets may hold beside the figure: 'about', 'in 2024', 'of it'


def with_bracketed(
    claims: Iterable[Claim], figures: Iterable[Observation], annotated: Annotated
) -> tuple[list[Claim], list[Observation]]:
    """Claims with the figures that stand in brackets behind their subject, and the observations that are left."""
    held = _held(annotated)
    filled: list[Claim] = []
    taken: set[tuple[int, Quantity]] = set()
    for claim in claims:
        at = claim.evidence.sentence.start
        kind, quantity = held.get((at, claim.subject), ("", None))
        if quantity is not None and claim.quantity is None and kind in KINDS.get(claim.property, ()):
            claim = replace(claim, quantity=quantity)
        if quantity is not None and claim.quantity == quantity:
            taken.add((at, quantity))
        filled.append(claim)
    left = [o for o in figures if o.frame != "figure" or (o.evidence.sentence.start, o.quantity) not in taken]
    return filled, left


def _held(annotated: Annotated) -> dict[tuple[int, str], tuple[str, Quantity]]:
    """For a sentence and an entity the kind and value of the figure in brackets right behind its name."""
    found: dict[tuple[int, str], tuple[str, Quantity]] = {}
    for unit in annotated.units:
        if not unit.unit.anchor_length or len(unit.figures) != 1:
            continue
        ref = _last_of_anchor(unit)
        figure = unit.figures[0]
        words = [t for t in unit.doc if t.is_alpha and not unit.is_repeated(t) and not figure.start <= t.i < figure.end]
        if ref is not None and len(ref.keys) == 1 and len(words) <= _WORDS:
            key = (unit.unit.sentence.span.start, ref.keys[0])
            found.setdefault(key, (figure.mention.kind, figure.mention.quantity))
    return found


def _last_of_anchor(unit: AnnotatedUnit) -> Ref | None:
    """The name that the words before the brackets end with."""
    repeated = [token.i for token in unit.doc if unit.is_repeated(token) and not token.is_punct]
    end = repeated[-1] + 1 if repeated else 0
    return next((ref for ref in unit.refs if ref.end == end), None)
