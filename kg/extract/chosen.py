"""Which of several candidates a qualifier takes, by a network's chances and the rules' own choice."""

from __future__ import annotations

from collections.abc import Mapping

LIKELY = 0.2  # the chance from which a candidate is taken where the rules chose none
DOUBTED = 0.05  # the chance below which the rules' choice is not believed
BETTER = 0.4  # by how much another must be likelier than the rules' choice


def chosen(ruled: str | None, chances: Mapping[str, float], likely: float = LIKELY) -> str | None:
    """The likeliest candidate; the rules' choice where it is not much less likely; None where nothing is likely."""
    best = max(chances, key=lambda key: (chances[key], key))
    own = chances.get(ruled or "", 0.0)
    if ruled is not None and own >= DOUBTED and chances[best] < own + BETTER:
        return ruled
    return best if chances[best] >= likely else None
