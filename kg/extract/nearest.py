"""Names near a figure: in the subject of its clause, before it, or closest to it.

Comes in: a figure in its context and the types of entity wanted. Goes out: the reference that fits, or None.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.annotation import Figure, Ref
from kg.extract.clauses import subjects
from kg.extract.triggers import Context


def verb_of(token: Token) -> Token:
    while token.dep_ != "ROOT" and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def in_subject(context: Context, figure: Figure, types: tuple[str, ...]) -> Ref | None:
    """What the subject of the figure's clause names, by itself, through 'of' or through its possessor."""
    verb = verb_of(context.unit.doc[figure.start : figure.end].root)
    return of_tokens(context, subjects(verb), types)


def of_tokens(context: Context, tokens: list[Token], types: tuple[str, ...]) -> Ref | None:
    for token in tokens:
        for item in (
            token,
            *[t for t in token.subtree if t != token and t.dep_ in ("poss", "compound", "pobj", "amod", "nmod")],
        ):
            ref = context.unit.ref_headed(item) or context.unit.ref_at(item)
            if ref is not None and not ref.adjectival and context.schema.is_a(ref.type, types):
                return ref
    return None


def name_before(context: Context, figure: Figure, types: tuple[str, ...]) -> Ref | None:
    refs = [
        r
        for r in context.unit.refs
        if r.end <= figure.start and not r.adjectival and context.schema.is_a(r.type, types)
    ]
    return refs[-1] if refs else None


def closest(
    context: Context, figure: Figure, types: tuple[str, ...], before: bool = False, clause: bool = False
) -> Ref | None:
    """The nearest fitting name; `before` prefers those in front, `clause` asks for the figure's own clause."""
    unit = context.unit
    own = verb_of(unit.doc[figure.start : figure.end].root)
    best: tuple[int, int] | None = None
    found: Ref | None = None
    for ref in unit.refs:
        if ref.adjectival or not context.schema.is_a(ref.type, types):
            continue
        if clause and verb_of(unit.doc[ref.head]) != own and abs(ref.head - figure.start) > 6:
            continue
        gap = (
            ref.start - figure.end + (4 if before else 0)
            if ref.start >= figure.end
            else figure.start - ref.end + (0 if before else 2)
        )
        gap -= ref.end - ref.start - 1
        if best is None or (gap, ref.start) < best:
            best, found = (gap, ref.start), ref
    return found
