"""Plans that the same sentence says were carried out: 'had planned to build a smelter, and opened it in 2023'.

Comes in: the claims of one document. Goes out: the same, where the plan for a site that opened is asserted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.records import Claim

_OPENING = re.compile(r"(?:open|inaugurat|commission|complet|finish)(?:ed|d)\b", re.IGNORECASE)
_LASTING = ("operates", "owns", "locatedIn")


def carried_out(found: Sequence[Claim]) -> list[Claim]:
    """The claims in order; who runs a site, and where it lies, is no plan once it opened."""
    opened = {
        (claim.object, claim.evidence.sentence.start)
        for claim in found
        if claim.property == "launched" and claim.modality == "Asserted" and _OPENING.match(_trigger(claim))
    }

    def done(claim: Claim) -> bool:
        start = claim.evidence.sentence.start
        stands = claim.property in _LASTING and claim.modality == "Planned"
        return stands and bool({(claim.subject, start), (claim.object, start)} & opened)

    return [replace(claim, modality="Asserted") if done(claim) else claim for claim in found]


def _trigger(claim: Claim) -> str:
    begin = claim.evidence.trigger.start - claim.evidence.sentence.start
    return claim.evidence.text[begin:]
