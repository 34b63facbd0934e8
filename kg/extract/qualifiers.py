"""Which time and which figure of a unit belong to a claim: the nearest in the same clause, of a kind the property admits."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Figure, Moment
from kg.extract.fillers import Filler
from kg.extract.frames import Frame
from kg.records import Modality, Quantity

_KINDS: dict[str, tuple[str, ...]] = {
    "produces": ("mass", "percent", "volume", "energy"),
    "mines": ("mass", "percent", "volume"),
    "processes": ("mass", "percent", "volume"),
    "consumes": ("mass", "percent"),
    "exports": ("mass", "percent", "money"),
    "imports": ("mass", "percent", "money"),
    "suppliesTo": ("mass", "percent"),
    "dependsOn": ("percent", "mass"),
    "stockpiles": ("mass", "money"),
    "hasDepositOf": ("mass", "percent"),
    "funds": ("money",),
    "owns": ("percent", "money"),
    "usedIn": ("mass", "percent"),
    "imposes": ("percent", "mass", "money"),
    "hasAgreementWith": ("money",),
    "dominates": ("percent", "mass"),
    "operates": (),
}
_MAX_COST = 16


def figure_for(unit: AnnotatedUnit, trigger: Token, subject: Filler, item: Filler, frame: Frame) -> Quantity | None:
    """The figure that belongs to a claim, or None. A conversion in brackets is passed over."""
    kinds = frame.figures or _KINDS.get(frame.property, ())
    best: tuple[int, int] | None = None
    chosen: Figure | None = None
    for number, figure in enumerate(unit.figures):
        if figure.mention.kind not in kinds or figure.mention.parenthetical:
            continue
        cost = _cost(unit, figure, trigger, subject, item)
        if cost <= _MAX_COST and (best is None or (cost, number) < best):
            best, chosen = (cost, number), figure
    return chosen.mention.quantity if chosen else None


def _cost(unit: AnnotatedUnit, figure: Figure, trigger: Token, subject: Filler, item: Filler) -> int:
    """How far a figure stands from the claim's words; another clause counts as ten words."""
    places = [item.token] if item.distance < 3 else [trigger.i]
    if item.token < trigger.i or subject.token > trigger.i:
        places.append(subject.token)
    near = min(_gap(figure, place) for place in places)
    near = min(near, _gap(figure, trigger.i) + 1)
    clause = _clause(unit.doc[min(figure.end - 1, len(unit.doc) - 1)])
    return near + (0 if clause in (_clause(trigger), trigger) else 8)


def _gap(figure: Figure, index: int) -> int:
    if index < figure.start:
        return figure.start - index
    return max(0, index - figure.end + 1)


def _clause(token: Token) -> Token:
    while token.dep_ != "ROOT" and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def moment_for(unit: AnnotatedUnit, trigger: Token, mode: Modality) -> str | None:
    """The time of a claim: one in the trigger's clause, else the only one of a short unit."""
    own = [moment for moment in unit.moments if _governs(trigger, unit.doc[moment.start])]
    if not own:
        verbs = [t for t in unit.doc if t.pos_ == "VERB" and t.dep_ not in ("amod", "acl", "xcomp")]
        clause = _clause(trigger)
        shared = [m for m in unit.moments if _clause(unit.doc[m.start]) in (clause, clause.head)]
        own = shared or (unit.moments if len(unit.moments) == 1 and len(verbs) <= 2 else [])
    if not own:
        return None
    nearest = min(own, key=lambda moment: (abs(moment.start - trigger.i), moment.start))
    return _reading(nearest, mode)


def _reading(moment: Moment, mode: Modality) -> str:
    future = getattr(moment.mention, "future", None)
    return future if mode == "Planned" and future else moment.mention.value


def _governs(trigger: Token, token: Token) -> bool:
    """Whether a time stands under the trigger with no other clause between."""
    for _ in range(8):
        if token == trigger:
            return True
        if token.dep_ == "ROOT" or (token.pos_ in ("VERB", "AUX") and token != trigger):
            return False
        token = token.head
    return False
