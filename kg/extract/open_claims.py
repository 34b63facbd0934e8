"""Statements whose relation no frame knows, kept in the text's own words so that a reader still finds them.

Comes in: a unit and the claims already found in it. Goes out: OpenClaims between named entities that no claim of the sentence
connects. They are never turned into plain triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.annotation import Annotated
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.fillers import Filler, Wanted, fillers
from kg.extract.modality import modality
from kg.extract.predication import Predication, lemma, verb_predication
from kg.extract.qualifiers import moment_for
from kg.extract.triggers import Context
from kg.records import Claim, OpenClaim

_DOERS = ("Country", "Person", "Organization", "Facility", "Programme")
_DIRECT = ("patient", "to", "with", "against", "for", "in", "from", "on", "over")
_EMPTY = frozenset(["be", "have", "do", "say", "tell", "add", "include", "accord", "come", "go", "make", "take", "get"])


def open_claims(context: Context, found: Iterable[Claim]) -> Iterator[OpenClaim]:
    """What the verbs of a unit say between named things that no claim of the unit connects."""
    linked = {frozenset((claim.subject, claim.object)) for claim in found}
    for token in context.unit.doc:
        if token.pos_ != "VERB" or context.unit.is_repeated(token) or token.i in context.unit.original:
            continue
        if token.lemma_.lower() in _EMPTY | context.english.reporting_verbs:
            continue
        yield from _of_verb(context, verb_predication(token), linked)


def _of_verb(context: Context, predication: Predication, linked: set[frozenset[str]]) -> Iterator[OpenClaim]:
    doers = [f for f in _fill(context, predication, "agent", _DOERS) if _is_named(context.annotated, f)]
    if not doers:
        return
    for role in _DIRECT:
        things = [f for f in _fill(context, predication, role, ()) if _is_named(context.annotated, f)]
        for doer in doers:
            for thing in things:
                pair = frozenset((doer.key, thing.key))
                if len(pair) == 2 and pair not in linked:
                    linked.add(pair)
                    yield _claim(context, predication, doer, thing, role)
        if things:
            return


def _fill(context: Context, predication: Predication, role: str, types: tuple[str, ...]) -> list[Filler]:
    wanted = Wanted(types, context.english.transparent)
    found = [
        f for token in predication.roles.get(role, []) for f in fillers(context.unit, token, wanted, context.schema)
    ]
    return [f for f in found if f.distance == 0]


def _is_named(annotated: Annotated, filler: Filler) -> bool:
    draft = annotated.drafts.get(filler.key)
    return draft is not None and draft.named and filler.type != "Office"


def _claim(context: Context, predication: Predication, doer: Filler, thing: Filler, role: str) -> OpenClaim:
    trigger = predication.trigger
    mode = modality(trigger, context.english, context.question)
    words = lemma(trigger) if role == "patient" else f"{lemma(trigger)} {role}"
    return OpenClaim(
        subject=doer.key,
        predicate_text=words,
        object=thing.key,
        evidence=evidence(context.unit, trigger),
        modality=mode,
        said_by=speaker(context.unit, trigger, context.english, context.speaker),
        time=moment_for(context.unit, trigger, mode),
    )
