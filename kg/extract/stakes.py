"""Stakes: who holds how much of which firm or mine, in brackets, relative clauses, lists and under 'Shareholders'.

Comes in: an annotated document. Goes out: owns claims with their shares and the shares as observations. The grammar works
on the names and percentages of a sentence in their order: a share of a firm or mine that someone has is a stake.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.annotation import Annotated
from kg.annotate.quantities import QuantityMention, find_quantities
from kg.extract.rows import Held, Line, lines
from kg.records import Claim, Evidence, Modality, Observation

_HELD = ("Company", "Facility")
_HOLDERS = (
    "Company",
    "Country",
    "Organization",
    "GovernmentBody",
    "InternationalOrganization",
    "Person",
    "Official",
    "Programme",
)
_OWNING = re.compile(
    r"\b(?:shareholders?|stakes?|shareholdings?|sponsors?|owners?|owned|co-owners?|joint venture|equity|holders?|"
    r"ownership|interests?\s+in)\b",
    re.I,
)
_HEADING = re.compile(
    r"\W*(?:main |major |largest )?(?:shareholders?|owners?|ownership|who owns (?:it|what))\W*$", re.I
)
_HAS = (
    r"(?:has|have|had|holds?|held|own(?:s|ed)?|keeps?|kept|takes?|took|taken|bought|buys?|acquire[sd]?|gets?|got|"
    r"possess(?:es|ed)?|commands?|retain(?:s|ed)?|controls?|with|taking|holding|owning|keeping)"
)
_GAP = r"(?:\s(?:already|now|still|also|itself|the other|the remaining|a further|another|just under|only))*\s*$"
_VERB = re.compile(rf"^[^.;:]{{0,45}}?\b{_HAS}\b(?:\s\w+){{0,2}}{_GAP}", re.I)
_OF = re.compile(r"^\s*(?:(?:stake|interest|share|holding|shareholding|equity stake)\s)?(?:of|in)\s(?:the\s)?$", re.I)
_IN_WHICH = re.compile(r"^\s*(?:\([^()]*\))?\s*,\s*(?:in which|of which|in whom)\b", re.I)
_BY = re.compile(r"^\s*of which\b[^.;]{0,45}$", re.I)
_LATER = re.compile(r"\b(?:will|would|to|hopes?|plans?|agreed|wants|aims)\b", re.I)
_OTHER = re.compile(
    r"\b(?:output|production|sales|supply|supplies|exports?|demand|capacity|revenues?|profits?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Stake:
    holder: Held
    held: str
    figure: QuantityMention
    planned: bool = False


def stake_claims(annotated: Annotated, used: set[int]) -> tuple[list[Claim], list[Observation]]:
    """The stakes that a document states; sentences in `used` were read elsewhere."""
    claims: list[Claim] = []
    observations: list[Observation] = []
    under = False
    for line in lines(annotated):
        if line.sentence.kind == "heading":
            under = bool(_HEADING.match(line.text))
        if line.sentence.index in used:
            continue
        for stake in _stakes(annotated, line, under):
            place = Evidence(line.sentence.span, line.text, line.span(stake.figure.span.start, stake.figure.span.end))
            mode: Modality = "Planned" if stake.planned else "Asserted"
            figure = stake.figure.quantity
            claims.append(
                Claim(stake.holder.key, "owns", stake.held, place, mode, quantity=figure, confidence=0.7, frame="stake")
            )
            observations.append(
                Observation(stake.held, "Share", figure, place, mode, None, None, confidence=0.7, frame="stake")
            )
    return claims, observations


def without_rivals(
    claims: list[Claim], figures: list[Observation], stakes: list[Claim]
) -> tuple[list[Claim], list[Observation]]:
    """Claims and observations without those that take a stake's figure for a share of something else."""
    taken = {(c.evidence.sentence.start, c.quantity.value): c.object for c in stakes if c.quantity is not None}

    def rival(start: int, value: float | None, held: str) -> bool:
        return taken.get((start, value), held) != held

    return [
        c
        for c in claims
        if c.property != "owns"
        or c.quantity is None
        or not rival(c.evidence.sentence.start, c.quantity.value, c.object)
    ], [o for o in figures if o.measure != "Share" or not rival(o.evidence.sentence.start, o.quantity.value, o.entity)]


def _stakes(annotated: Annotated, line: Line, under: bool) -> Iterator[_Stake]:
    figures = [m for m in find_quantities(line.text) if m.kind == "percent" and m.quantity.value is not None]
    if not figures:
        return
    names = [n for n in line.names if not n.adjectival]
    inside = list(_in_brackets(line, names, figures))
    yield from inside
    rest = [f for f in figures if not any(f is s.figure for s in inside)]
    if under or _OWNING.search(line.text):
        yield from _listed(annotated, line, names, rest)
    yield from _equated(line, names, rest)
    for figure in rest:
        stake = _relative(line, names, figure) or _direct(line, names, figure) or _bare(line, names, figure)
        if stake is not None:
            yield stake


def _in_brackets(line: Line, names: list[Held], figures: list[QuantityMention]) -> Iterator[_Stake]:
    """'Alrosa (33% the federal government, 25% Sakha)': the bracket behind a firm lists its holders."""
    for bracket in re.finditer(r"\(([^()]*)\)", line.text):
        owner = [n for n in names if n.type in _HELD and 0 <= bracket.start() - n.end <= 1]
        if not owner:
            continue
        for figure in figures:
            if not bracket.start() < figure.span.start < bracket.end():
                continue
            after = [n for n in names if figure.span.end <= n.start < bracket.end() and n.type in _HOLDERS]
            if after and re.fullmatch(
                r"\s*(?:owned by|held by|of)?\s*(?:the\s)?", line.text[figure.span.end : after[0].start]
            ):
                yield _Stake(after[0], owner[0].key, figure)


def _before(names: list[Held], place: int, types: tuple[str, ...]) -> Held | None:
    able = [n for n in names if n.end <= place and n.type in types]
    return max(able, key=lambda n: (n.end, n.end - n.start)) if able else None


def _listed(annotated: Annotated, line: Line, names: list[Held], figures: list[QuantityMention]) -> Iterator[_Stake]:
    """'The sponsors are A, with 46%, B (24%)' and 'interests in C (49%) and D (20%)'."""
    pairs = []
    for figure in figures:
        name = _before(names, figure.span.start, _HOLDERS + _HELD)
        if name is not None and re.fullmatch(
            r"(?:\sof\s[\w\s]{2,20})?(?:,[^,;()]{0,50})?\s?(?:\(|,?\s?with\s(?:about\s)?|\s)",
            line.text[name.end : figure.span.start],
        ):
            pairs.append((name, figure))
    if not pairs:
        return
    opened = re.search(
        r"\b(?:interests?|stakes?|shareholdings?|holdings?)\s+in\s", line.text[: pairs[0][0].start + 1], re.I
    )
    if opened is not None:
        holder = _before(names, opened.start() + 1, _HOLDERS)
        for name, figure in pairs:
            if holder is not None and name.type in _HELD and name.key != holder.key:
                yield _Stake(holder, name.key, figure)
        return
    if len(pairs) < 2:
        return
    first = pairs[0][0].start
    held = _before(names, first, _HELD)
    target = held.key if held is not None else _leading(annotated, {name.key for name, _ in pairs})
    if target is not None:
        yield from (_Stake(name, target, figure) for name, figure in pairs if name.key != target)


def _leading(annotated: Annotated, others: set[str]) -> str | None:
    """The firm or facility of which a document speaks most and first, `others` left out."""
    counts: Counter[str] = Counter()
    for unit in annotated.units:
        weight = 3 if unit.unit.sentence.index < 4 else 1
        counts.update(
            {
                key: weight
                for ref in unit.refs
                for key in ref.keys
                if key not in others and annotated.drafts[key].type in _HELD
            }
        )
    return min(counts, key=lambda key: (-counts[key], key), default=None)


def _relative(line: Line, names: list[Held], figure: QuantityMention) -> _Stake | None:
    """'Terrafame, in which Finland holds 67%' and 'ERG, 40 per cent of which lies with the ministry'."""
    text = line.text
    for held in reversed([n for n in names if n.type in _HELD and n.end <= figure.span.start]):
        between = text[held.end : figure.span.start]
        if (match := _IN_WHICH.match(between)) and not _OTHER.search(between):
            inner = [n for n in names if held.end + match.end() <= n.start < figure.span.start and n.type in _HOLDERS]
            if inner and _VERB.match(text[inner[-1].end : figure.span.start]):
                return _Stake(inner[-1], held.key, figure)
        if re.fullmatch(r"\s*,\s*(?:a\s)?", between) and text[figure.span.end :].lstrip().startswith("of which"):
            after = [n for n in names if n.start >= figure.span.end and n.type in _HOLDERS]
            if (
                after
                and _BY.match(text[figure.span.end : after[0].start])
                and not _OTHER.search(text[figure.span.end : after[0].end])
            ):
                return _Stake(after[0], held.key, figure)
    return None


def _direct(line: Line, names: list[Held], figure: QuantityMention) -> _Stake | None:
    """'Antam keeps 10 per cent of Weda Bay': a share of a firm or mine that someone has."""
    text = line.text
    held = next((n for n in names if n.type in _HELD and _OF.match(text[figure.span.end : n.start])), None)
    if held is None or re.match(r"[’']s?\b|\s+(?:output|production|sales|supply)", text[held.end :]):
        return None
    for holder in reversed(
        [n for n in names if n.type in _HOLDERS and n.end <= figure.span.start and n.key != held.key]
    ):
        between = text[holder.end : figure.span.start]
        if _VERB.match(between):
            return _Stake(holder, held.key, figure, planned=bool(_LATER.search(between)))
    return None


def _equated(line: Line, names: list[Held], figures: list[QuantityMention]) -> Iterator[_Stake]:
    """'De Beers is 85 per cent Anglo American and 15 per cent Botswana'."""
    held: Held | None = None
    for figure in figures:
        before, after = line.text[: figure.span.start], line.text[figure.span.end :]
        if re.search(r"\b(?:is|are|was|remains|being)\s$", before):
            held = _before(names, figure.span.start, _HELD)
        elif not re.search(r"(?:\band|,)\s$", before):
            held = None
        holder = next((n for n in names if n.type in _HOLDERS and 0 < n.start - figure.span.end <= 5), None)
        if held is not None and holder is not None and holder.key != held.key and not after.lstrip().startswith("of"):
            yield _Stake(holder, held.key, figure)


_BARE = re.compile(
    r",?\s(?:the\s)?(?:(?:larg|bigg)est\s)?(?:holder of|owner of|owning|holding|owns|holds)"
    r"(?:\s(?:a further|the remaining|the other|another|about|around|some|just under))?\s$",
    re.I,
)


def _bare(line: Line, names: list[Held], figure: QuantityMention) -> _Stake | None:
    """'Escondida is run by BHP, holder of 57.5%, with Rio Tinto owning a further 30%': a share of the clause's subject."""
    if not re.match(r"\s*(?:[.,;)]|and\b|$)", line.text[figure.span.end :]):
        return None
    holder = _before(names, figure.span.start, _HOLDERS)
    if holder is None or not _BARE.fullmatch(line.text[holder.end : figure.span.start]):
        return None
    held = next((n for n in names if n.type in _HELD), None)
    return _Stake(holder, held.key, figure) if held is not None and held.key != holder.key else None
