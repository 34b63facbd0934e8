"""What is over: 'once owned by', 'used to run', 'belonged until June to', 'chief technologist until 2023'.

Comes in: a unit and the trigger of a claim. Goes out: whether the words say that the state the claim gives has ended.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit

_ONCE = frozenset(["once", "formerly", "previously", "erstwhile", "originally", "hitherto"])
LASTING = frozenset(["owns", "holdsOffice", "affiliatedWith", "memberOf", "operates", "leads", "partOf"])


def is_over(unit: AnnotatedUnit, trigger: Token, name: str) -> bool:
    """Whether a lasting relation is told as past: an adverb, 'used to', or 'until' with a verb in the past."""
    if name not in LASTING:
        return False
    if trigger.dep_ == "xcomp" and trigger.head.lower_ == "used" and trigger.tag_ == "VB":
        return True
    if any(child.lower_ in _ONCE and child.dep_ == "advmod" for child in trigger.children):
        return True
    past = trigger.tag_ in ("VBD", "VBN") and not any(
        child.lower_ in ("is", "are", "be", "will", "has", "have") or child.dep_ == "neg" for child in trigger.children
    )
    return past and any(
        child.lower_ in ("until", "till") and child.dep_ in ("prep", "mark") for child in trigger.children
    )
