"""Figures whose statement stands elsewhere: brackets, 'respectively', 'Canada came next with 24, then Namibia with 12'.

Comes in: the claims that frames found, and the document's lines. Goes out: the same claims with the figures they were
short of, and the claims of those who follow in a series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.quantities import find_quantities
from kg.extract.rows import HOLDERS, Held, Line, lines
from kg.records import Claim, Evidence, Observation, Quantity

_MADE = ("mines", "produces", "processes")
_FLOWS = (*_MADE, "exports", "imports", "consumes", "hasDepositOf")
_FOLLOWS = re.compile(
    r"(?:,?\s*(?:which\s+)?(?:came|comes|was|is|ranked|ranks|follows|followed)\s+(?:next|second|third|fourth|a distant \w+|in \w+ place)?,?"
    r"\s*)?(?:with|at|on)\s+(?:(?:about|around|some|roughly|nearly|almost)\s+)?$"
)
_JOIN = re.compile(r"(?:^|,|;|\band|\bby|\bthen|\bahead of)\s*(?:then\s+|by\s+|and\s+)*(?:the\s+)?$")
_OUTPUT = {
    "TONNE": "mass",
    "KiloGM": "mass",
    "GM": "mass",
    "OZ_TROY": "mass",
    "CARAT": "mass",
    "LB": "mass",
    "PERCENT": "percent",
}


def complete(annotated: Annotated, found: list[Claim], used: set[int]) -> tuple[list[Claim], list[Observation]]:
    """`found` with figures from brackets and 'respectively', then what a series adds, with its observations.

    `used` holds the sentences (by index) that are nothing but rows, which are read elsewhere.
    """
    claims: list[Claim] = list(found)
    observations: list[Observation] = []
    before: list[Claim] = []
    paragraph = -1
    by_sentence: dict[int, list[int]] = {}
    for number, claim in enumerate(claims):
        by_sentence.setdefault(claim.evidence.sentence.start, []).append(number)
    for line in lines(annotated):
        numbers = by_sentence.get(line.sentence.span.start, [])
        if line.sentence.paragraph != paragraph or line.sentence.index in used:
            before, paragraph = [], line.sentence.paragraph
        if line.sentence.index in used:
            continue
        for number in numbers:
            claims[number] = _with_bracket(line, claims[number])
        here = [claims[number] for number in numbers]
        added = list(_series(line, here, before))
        added += _ranked(line, [*here, *added], before)
        claims += added
        observations += [item for claim in [*here, *added] if (item := _observed(claim, here, added)) is not None]
        now = [*here, *added]
        before = now if _model(now) else before
    dropped = _crossed(annotated, claims)
    return [claim for claim in claims if claim not in dropped], observations


def repeats_stem(unit: AnnotatedUnit, claim: Claim) -> bool:
    """Whether a claim comes from the words that a bullet completes alone: it belongs to their own sentence."""
    begin = unit.unit.sentence.span.start
    if unit.unit.sentence.stem is None or claim.evidence.trigger.start >= begin:
        return False
    own = {key for ref in unit.refs if unit.span(ref.start, ref.end).start >= begin for key in ref.keys}
    return claim.subject not in own and claim.object not in own


def _with_bracket(line: Line, claim: Claim) -> Claim:
    """'Peru (300 t) and Mexico (200 t) came first': each its own figure."""
    if claim.property not in _FLOWS or line.text.count("(") < 1:
        return claim
    for name in line.names:
        if name.key != claim.subject or name.adjectival:
            continue
        bracket = re.match(r"\s*\(([^()]{1,40})\)", line.text[name.end :])
        quantity = _only_figure(bracket[1]) if bracket else None
        if quantity is not None:
            return replace(claim, quantity=quantity)
    return claim


def _only_figure(text: str) -> Quantity | None:
    found = [m for m in find_quantities(text) if m.kind in ("mass", "percent")]
    if len(found) != 1 or len(text) - (found[0].span.end - found[0].span.start) > 12:
        return None
    return found[0].quantity


def _series(line: Line, here: list[Claim], before: list[Claim]) -> Iterator[Claim]:
    """'…, followed by Peru with 300 t and Mexico with 200 t': the statement is that of the one before."""
    model = _model(here) or _model(before)
    if model is None:
        return
    stated = {claim.subject for claim in here if claim.property == model.property}
    for name in line.of_type(HOLDERS):
        if name.adjectival or name.key in stated or name.type not in ("Country", "Company", "Facility"):
            continue
        match = re.match(
            r"[^.;()]{0,60}?(?:with|at|on)\s+(?:(?:about|around|some|roughly|nearly|almost)\s+)?(?=[\d$])",
            line.text[name.end :],
        )
        if not match or not _FOLLOWS.fullmatch(match[0].strip(" ") + " ") or not _JOIN.search(line.text[: name.start]):
            continue
        figure = _figure_at(line, name.end + match.end(), model)
        if figure is not None and name.key != model.object:
            yield _like(model, line, name, figure)


def _like(model: Claim, line: Line, name: Held, figure: Quantity) -> Claim:
    """What `model` states, of another name with a figure of its own."""
    return replace(
        model,
        subject=name.key,
        quantity=figure,
        evidence=Evidence(line.sentence.span, line.text, line.span(name.start, name.end)),
        confidence=0.6,
        frame="series",
        topic=None,
        target=None,
        origin=None,
    )


# a name that another comes before or after, with its figure in brackets
_RANKED = re.compile(
    r"\b(?:ahead of|before|behind|followed by|followed|next (?:came|come|were|are)|then|than|after|against|overtaking|"
    r"trail(?:s|ed|ing)|second|third|top(?:s|ped)?|led by|lead(?:s|ing)?|compared with|outstripp(?:ed|ing)|"
    r"surpass(?:ed|ing))\b(?:[^.;:]|\.\d){0,120}$",
    re.I,
)


def _ranked(line: Line, here: list[Claim], before: list[Claim]) -> Iterator[Claim]:
    """'Chile stayed ahead of Peru (2.4 Mt) and Congo (2.3 Mt)': each makes what the leader makes."""
    model = _model(here) or _model(before)
    if model is None or model.quantity is None:
        return
    stated = {claim.subject for claim in here if claim.property == model.property and claim.quantity is not None}
    for name in line.of_type(("Country", "Company", "Facility")):
        bracket = re.match(r"\s*\(([^()]{1,40})\)", line.text[name.end :])
        figure = _only_figure(bracket[1]) if bracket else None
        if figure is None or name.adjectival or name.key in stated or name.key == model.object or _inside(line, name):
            continue
        if not _RANKED.search(line.text[: name.start]) or _OUTPUT.get(figure.unit) != _OUTPUT.get(model.quantity.unit):
            continue
        stated.add(name.key)
        yield _like(model, line, name, figure)


def _inside(line: Line, name: Held) -> bool:
    return any(
        o.start <= name.start and name.end <= o.end and o.end - o.start > name.end - name.start for o in line.names
    )


def _model(found: list[Claim]) -> Claim | None:
    """The statement that a series goes on with: the last on output, a mine's before a general one, with a figure."""
    able = [c for c in found if c.property in _FLOWS and c.modality == "Asserted" and c.quantity is not None]
    return min(able, key=lambda c: (-c.evidence.trigger.start, _FLOWS.index(c.property))) if able else None


def _figure_at(line: Line, start: int, model: Claim) -> Quantity | None:
    """The figure at a place; a bare number takes the unit of the model's figure where that is a share."""
    assert model.quantity is not None
    found = [
        m for m in find_quantities(line.text[start : start + 40]) if m.span.start < 3 and m.kind in ("mass", "percent")
    ]
    if found:
        return found[0].quantity
    bare = re.match(r"\d{1,2}(?:\.\d+)?(?=[.,;]|\s+and\b|$)", line.text[start:])
    if bare and model.quantity.unit == "PERCENT":
        return Quantity(bare[0], "PERCENT", float(bare[0]))
    return None


def _observed(claim: Claim, here: list[Claim], added: list[Claim]) -> Observation | None:
    if claim.quantity is None or claim.property not in _MADE or (claim not in added and "(" not in claim.evidence.text):
        return None
    kind = _OUTPUT.get(claim.quantity.unit)
    if kind is None or claim.modality != "Asserted":
        return None
    measure = "Share" if kind == "percent" else "Production"
    return Observation(
        claim.object,
        measure,
        claim.quantity,
        claim.evidence,
        said_by=claim.said_by,
        time=claim.time,
        confidence=0.6,
        frame="series",
    )


def _crossed(annotated: Annotated, found: list[Claim]) -> list[Claim]:
    """Of a sentence with 'respectively', the claims off the diagonal: first with first, second with second."""
    wrong: list[Claim] = []
    for unit in annotated.units:
        if "respectively" not in unit.unit.text:
            continue
        start = unit.unit.sentence.span.start
        here = [claim for claim in found if claim.evidence.sentence.start == start]
        for frame, name in sorted({(claim.frame, claim.property) for claim in here}):
            wrong += _off_diagonal(unit, [c for c in here if (c.frame, c.property) == (frame, name)])
    return wrong


def _off_diagonal(unit: AnnotatedUnit, found: list[Claim]) -> list[Claim]:
    order = {key: ref.start for ref in reversed(unit.refs) for key in ref.keys}
    subjects = sorted({c.subject for c in found}, key=lambda key: (order.get(key, 0), key))
    items = sorted({c.object for c in found}, key=lambda key: (order.get(key, 0), key))
    if len(subjects) < 2 or len(subjects) != len(items):
        return []
    return [c for c in found if subjects.index(c.subject) != items.index(c.object)]
