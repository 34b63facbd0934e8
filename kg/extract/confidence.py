"""How sure a claim is: the worth of its frame, lowered by what most often makes a reading wrong.

Comes in: the frame, the unit and the two parties. Goes out: a number from 0.1 to 0.95. The steps order claims; they
are no
probabilities.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft
from kg.extract.fillers import Filler

_PER_STEP = 0.08  # a party reached through another noun
_PER_WORD = 0.005  # between trigger and party, beyond the first six
_LONG = 0.003  # per word of a unit beyond thirty
_REFERRED = 0.05  # a party that a pronoun or description stands for
_UNNAMED = 0.04  # a party that has no name of its own
_KNOWN = 0.04  # a party of the vocabulary
_CERTAIN = 0.99  # the highest that a network gives


def confidence(
    base: float, unit: AnnotatedUnit, trigger: Token, parties: tuple[Filler, Filler], drafts: dict[str, Draft]
) -> float:
    """The confidence of a claim by a frame of worth `base`, from 0.1 to 0.95."""
    score = base - _LONG * min(30, max(0, len(unit.doc) - 30))
    for party in parties:
        score -= _PER_STEP * party.distance + _PER_WORD * min(20, max(0, abs(party.token - trigger.i) - 6))
        score += _worth(unit, party, drafts[party.key])
    return round(min(0.95, max(0.1, score)), 2)


def of_chance(chance: float) -> float:
    """The confidence of what a network finds this likely: never quite certain."""
    return round(min(chance, _CERTAIN), 2)


def _worth(unit: AnnotatedUnit, party: Filler, draft: Draft) -> float:
    """What a party's own mention and entity add to or take from the confidence."""
    ref = unit.ref_at(party.token)
    worth = -_REFERRED if ref is not None and ref.how == "coreference" else 0.0
    if draft.term is not None:
        return worth + _KNOWN
    return worth if draft.named else worth - _UNNAMED
