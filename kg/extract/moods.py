"""The modality of claims by a trained network, where it is sure that the words say another than the grammar's.

Comes in: a document's claims with the modality that kg.extract.modality found. Goes out: the same claims. A denial stays one
unless the network is all but certain: a denied statement must never become an asserted one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from kg.annotate.annotation import Annotated, Draft
from kg.extract.placed import Placed, cues, placed, vector_of, words_of
from kg.learned.network import Network
from kg.records import Claim, Modality

MODALITIES: tuple[Modality, ...] = get_args(Modality)
SURE = 0.6  # the chance from which the network's modality is taken
SURE_DENIED = 0.95  # the same where the grammar found a denial


def mood_words(item: Placed, drafts: dict[str, Draft]) -> list[str]:
    """What the network is shown of a claim, beside kg.extract.placed.vector_of."""
    return list(_mood_words(item, drafts))


def _mood_words(item: Placed, drafts: dict[str, Draft]) -> Iterator[str]:
    claim = item.claim
    yield from words_of(item, drafts)
    yield from cues(item)
    yield f"rule={claim.modality}"
    yield f"rule={claim.modality}|{claim.property}"
    yield f"rule={claim.modality}|{item.trigger.pos_}|{claim.frame == 'read'}"
    yield f"question={item.unit.unit.text.rstrip().endswith('?')}"


def with_moods(annotated: Annotated, claims: Sequence[Claim], network: Network) -> list[Claim]:
    """The claims with the modality that the network is sure of."""
    found = list(claims)
    items = list(placed(annotated, claims))
    if not items:
        return found
    rows = [mood_words(item, annotated.drafts) for _, item in items]
    chances = network.probabilities(rows, np.stack([vector_of(item) for _, item in items]))
    for (order, item), row in zip(items, chances, strict=True):
        best = int(row.argmax())
        least = SURE_DENIED if item.claim.modality == "Negated" else SURE
        label = next(mode for mode in MODALITIES if mode == network.labels[best])
        if label != item.claim.modality and row[best] >= least:
            found[order] = replace(item.claim, modality=label)
    return found
