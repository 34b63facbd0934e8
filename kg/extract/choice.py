"""Which of several candidates a qualifier of a claim takes, by a network's chances and the rules' own choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import numpy as np

from kg.extract.placed import Placed
from kg.learned.network import Array, Network

LIKELY = 0.2  # the chance from which a candidate is taken where the rules chose none
DOUBTED = 0.05  # the chance below which the rules' choice is not believed
BETTER = 0.4  # by how much another must be likelier than the rules' choice

Where = TypeVar("Where")


@dataclass(slots=True)
class Candidate(Generic[Where]):
    """A value that a qualifier may take, of a kind: where the claim's unit mentions it, or signs of where else the text does."""

    value: str
    kind: str
    mention: Where | None = None
    signs: list[str] = field(default_factory=list)


class Chooser(Protocol[Where]):
    """What a network needs to choose one qualifier."""

    def candidates(self, item: Placed) -> list[Candidate[Where]]:
        """What the qualifier of a claim may be; none where it has no such qualifier."""

    def words(self, item: Placed, candidate: Candidate[Where], rivals: Sequence[Candidate[Where]]) -> list[str]:
        """What the network is shown of a candidate, beside its vector."""

    def vector(self, item: Placed, candidate: Candidate[Where]) -> Array:
        """The dense part of it."""


Rated = tuple[int, Placed, list[Candidate[Where]], dict[str, float]]


def rated(items: Iterable[tuple[int, Placed]], chooser: Chooser[Where], network: Network) -> Iterator[Rated[Where]]:
    """The claims that have candidates, each with its place among the claims, the candidates and the chance of each by value."""
    several = [(order, item, chooser.candidates(item)) for order, item in items]
    pairs = [(item, each, many) for _, item, many in several for each in many]
    if not pairs:
        return
    rows = [chooser.words(item, each, many) for item, each, many in pairs]
    vectors = np.stack([chooser.vector(item, each) for item, each, _ in pairs])
    chances = iter(network.probabilities(rows, vectors)[:, 0])
    for order, item, many in several:
        if many:
            yield order, item, many, {each.value: float(next(chances)) for each in many}


def likeliest(ruled: str | None, chances: Mapping[str, float]) -> str | None:
    """The likeliest candidate; the rules' choice where it is not much less likely; None where nothing is likely."""
    best = max(chances, key=lambda key: (chances[key], key))
    own = chances.get(ruled or "", 0.0)
    if ruled is not None and own >= DOUBTED and chances[best] < own + BETTER:
        return ruled
    return best if chances[best] >= LIKELY else None
