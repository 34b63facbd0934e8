"""Officials who act for their state: the state is the party of what they sign, negotiate or forbid.

Comes in: the claims of one document. Goes out: the same, where a person with an office of a known state gives way to
that state as a party of agreements and talks and as the one who restricts exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotate.annotation import Annotated, Draft
from kg.records import Claim

_ACTS = frozenset(["hasAgreementWith", "negotiatesWith", "restrictsExportOf"])
_PEOPLE = ("Person", "Official")
_STATES = ("Country", "InternationalOrganization")


def acts_of_state(found: Iterable[Claim], annotated: Annotated) -> Iterator[Claim]:
    """The claims in order, with officials replaced by their states; none where both parties are one state."""
    claims = list(found)
    drafts = annotated.drafts
    offices = _by_office(claims, drafts)
    for claim in claims:
        if claim.property == "holdsOffice" and claim.country is None:
            state = _state(claim.subject, annotated, offices)
            yield replace(claim, country=state) if state else claim
            continue
        if claim.property not in _ACTS:
            yield claim
            continue
        parties = [_party(key, annotated, offices) for key in (claim.subject, claim.object)]
        if parties[0] != parties[1]:
            yield replace(claim, subject=parties[0], object=parties[1])


def _party(key: str, annotated: Annotated, offices: dict[str, str]) -> str:
    """The key, or the state of an official; a state that the text does not name becomes an entity."""
    return _state(key, annotated, offices) or key


def _state(key: str, annotated: Annotated, offices: dict[str, str]) -> str | None:
    """The state that a person acts for, by the document's offices or by the vocabulary; None for anything else."""
    draft = annotated.drafts[key]
    if draft.type not in _PEOPLE:
        return None
    state = offices.get(key) or draft.country or (draft.term.country if draft.term else None)
    term = annotated.terms.get(state) if state else None
    if state is None or term is None or term.type not in _STATES:
        return None
    if state not in annotated.drafts:
        annotated.drafts[state] = Draft(state, term.label, term, how="office")
        annotated.drafts[state].names[term.label] += 1
    return state


def _by_office(claims: list[Claim], drafts: dict[str, Draft]) -> dict[str, str]:
    """The state of each person whose office the document gives."""
    found: dict[str, str] = {}
    for claim in claims:
        if claim.property == "holdsOffice":
            term = drafts[claim.object].term
            state = claim.country or (term.country if term else None)
            if state:
                found.setdefault(claim.subject, state)
    return found
