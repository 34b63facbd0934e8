"""Officials who act for their state: the state is the party of what they sign, negotiate or forbid.

Comes in: the claims of one document. Goes out: the same, where a person with an office of a known state gives way to that
state as a party of agreements and talks and as the one who restricts exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotate.annotation import Draft
from kg.records import Claim

_ACTS = frozenset(["hasAgreementWith", "negotiatesWith", "restrictsExportOf"])
_PEOPLE = ("Person", "Official")
_STATES = ("Country", "InternationalOrganization")


def acts_of_state(found: Iterable[Claim], drafts: dict[str, Draft]) -> Iterator[Claim]:
    """The claims in order, with officials replaced by their states; none where both parties are one state."""
    claims = list(found)
    states = _states(claims, drafts)
    for claim in claims:
        if claim.property not in _ACTS:
            yield claim
            continue
        parties = [states.get(key, key) if drafts[key].type in _PEOPLE else key for key in (claim.subject, claim.object)]
        if parties[0] != parties[1]:
            yield replace(claim, subject=parties[0], object=parties[1])


def _states(claims: list[Claim], drafts: dict[str, Draft]) -> dict[str, str]:
    """The state of each person whose office the document gives, where the document speaks of that state."""
    found: dict[str, str] = {}
    for claim in claims:
        if claim.property != "holdsOffice":
            continue
        term = drafts[claim.object].term
        state = claim.country or (term.country if term else None)
        if state in drafts and drafts[state].type in _STATES:
            found.setdefault(claim.subject, state)
    return found
