"""Claims with the words that state them, and what can be seen of those words.

Comes in: an annotated document and its claims. Goes out: each claim whose trigger is a word of the parse, with that word and its unit;
features of it for the networks of kg.extract.moods and kg.extract.topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit, Draft, Ref
from kg.extract.predication import lemma
from kg.learned.network import Array
from kg.records import Claim

_WIDTH = 300  # of the model's word vectors
_AUXILIARIES = ("aux", "auxpass", "neg", "mark", "advmod", "prt", "expl")
_CUES = frozenset(
    [
        *(
            "will",
            "would",
            "could",
            "may",
            "might",
            "should",
            "must",
            "can",
            "shall",
            "if",
            "unless",
            "until",
            "whether",
        ),
        *(
            "not",
            "n't",
            "no",
            "never",
            "neither",
            "nor",
            "without",
            "yet",
            "once",
            "by",
            "to",
            "plan",
            "planned",
            "expected",
        ),
        *("proposed", "future", "new", "former", "ban", "stop", "halt", "end", "suspend", "close", "lift", "?"),
    ]
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim, the number of the unit that states it, that unit and its trigger there."""

    claim: Claim
    number: int
    unit: AnnotatedUnit
    trigger: Token


def placed(annotated: Annotated, claims: Iterable[Claim]) -> Iterator[tuple[int, Placed]]:
    """The claims whose trigger is a word of the parse, each with its place among `claims`."""
    at = _tokens(annotated)
    for order, claim in enumerate(claims):
        if claim.evidence.trigger.start in at:
            number, token = at[claim.evidence.trigger.start]
            yield order, Placed(claim, number, annotated.units[number], token)


def _tokens(annotated: Annotated) -> dict[int, tuple[int, Token]]:
    found: dict[int, tuple[int, Token]] = {}
    for number, unit in enumerate(annotated.units):
        for token in unit.doc:
            if not unit.is_repeated(token):
                found.setdefault(unit.span(token.i, token.i + 1).start, (number, token))
    return found


def shown(token: Token, unit: AnnotatedUnit) -> str:
    """The lemma of a word; for a name its entity's type, for a stand-in of a figure that."""
    ref = unit.ref_at(token)
    if ref is not None:
        return f"<{ref.type}>"
    return lemma(token) if token.i not in unit.original else "<figure>"


def nearest_ref(unit: AnnotatedUnit, key: str, token: Token) -> Ref | None:
    """The mention of an entity in a unit that is nearest to a token."""
    refs = [ref for ref in unit.refs if key in ref.keys]
    return min(refs, key=lambda ref: (abs(ref.head - token.i), ref.start)) if refs else None


def words_of(item: Placed, drafts: dict[str, Draft]) -> Iterator[str]:
    """What is seen of a claim: its relation and frame, its trigger, what governs it, the cues around it."""
    claim, unit, trigger = item.claim, item.unit, item.trigger
    name = claim.property
    types = f"{drafts[claim.subject].type}>{drafts[claim.object].type}"
    yield "bias"
    yield f"relation={name}"
    yield f"types={types}|{name}"
    yield f"frame={claim.frame}"
    yield f"trigger={shown(trigger, unit)}|{trigger.tag_}"
    yield f"trigger={shown(trigger, unit)}|{name}"
    yield f"tag={trigger.tag_}|{trigger.dep_}|{name}"
    yield f"kind={unit.unit.sentence.kind}|{unit.unit.aside}"
    yield f"said={claim.said_by is not None}"
    yield from _above(item)
    for side, key in (("s", claim.subject), ("o", claim.object)):
        yield from _end(side, key, item)
    for token in unit.doc[max(0, trigger.i - 4) : trigger.i]:
        yield f"left={shown(token, unit)}"
    for token in unit.doc[trigger.i + 1 : trigger.i + 4]:
        yield f"right={shown(token, unit)}"


def _above(item: Placed) -> Iterator[str]:
    unit = item.unit
    for steps, token in enumerate([item.trigger, *item.trigger.ancestors][:4]):
        if steps:
            yield f"up{steps}={shown(token, unit)}|{token.dep_}"
            yield f"up={shown(token, unit)}"
        for child in token.children:
            if child.dep_ in _AUXILIARIES:
                yield f"at{steps}-{child.dep_}={child.lower_}"
                yield f"at-{child.dep_}={child.lower_}|{item.claim.property}"
        if token.pos_ in ("VERB", "AUX"):
            yield f"verb{steps}={token.tag_}"


def _end(side: str, key: str, item: Placed) -> Iterator[str]:
    ref = nearest_ref(item.unit, key, item.trigger)
    if ref is None:
        yield f"{side}-away"
        return
    token = item.unit.doc[ref.head]
    yield f"{side}-dep={token.dep_}|{'left' if token.i < item.trigger.i else 'right'}"
    yield f"{side}-how={ref.how}"
    for child in token.children:
        if child.dep_ in ("amod", "det", "poss", "neg"):
            yield f"{side}-{child.dep_}={shown(child, item.unit)}"


def cues(item: Placed) -> Iterator[str]:
    """The words of the sentence that bear on modality, by the side of the trigger on which they stand."""
    for token in item.unit.doc:
        if token.lower_ in _CUES or token.tag_ == "MD":
            side = "left" if token.i <= item.trigger.i else "right"
            yield f"cue={token.lower_}"
            yield f"cue={token.lower_}|{side}|{'near' if abs(token.i - item.trigger.i) < 7 else 'far'}"


def vector_of(item: Placed) -> Array:
    """The trigger's context vector and word vector."""
    return np.concatenate([item.unit.doc.tensor[item.trigger.i], mean_vector([item.trigger], item.unit)])


def beside_vector(item: Placed, index: int | None) -> Array:
    """The context vectors of a word of the unit and of the trigger, and the mean word vector of what stands between.

    `index` None: no word of the unit; zeros for it and for what would stand between.
    """
    tensor = item.unit.doc.tensor
    if index is None:
        own, between = np.zeros(tensor.shape[1], np.float32), mean_vector([], item.unit)
    else:
        low, high = sorted((index, item.trigger.i))
        own, between = tensor[index], mean_vector(list(item.unit.doc[low + 1 : high]), item.unit)
    return np.concatenate([own, tensor[item.trigger.i], between])


def mean_vector(tokens: Sequence[Token], unit: AnnotatedUnit) -> Array:
    """The mean word vector of the words of the text among the tokens; zeros where the model knows none."""
    known = [np.asarray(t.vector) for t in tokens if t.i not in unit.original and t.has_vector and not t.is_punct]
    return np.asarray(np.mean(known, axis=0) if known else np.zeros(_WIDTH), dtype=np.float32)
