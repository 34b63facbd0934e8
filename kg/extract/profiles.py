"""Lines of a data sheet: 'Owner: …', 'Head office: …', 'Output: …', 'Gallium: 15 t' on a page about one country, firm or mine.

Comes in: an annotated document. Goes out: claims about the page's own subject, which a heading near its top names, and
those of lists of lenders with their sums.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotate.annotation import Annotated
from kg.annotate.quantities import QuantityMention, find_quantities
from kg.extract.rows import MATERIALS, Held, Line, lines
from kg.records import Claim, Evidence, Modality, Observation

_FIRMS = ("Company", "Facility", "Organization", "Programme")
_PEOPLE = ("Person", "Official")
_PLACES = ("Country", "Place")
_OWNERS = ("Company", "Country", "Organization", "GovernmentBody", "Person", "Official", "InternationalOrganization")
_LINE = re.compile(r"(?:[•●▪◦*·‣›◆■○–—-]\s*)?(?P<key>[^:.;\n]{2,45}):\s+(?=\S)")
_TOP = 14  # how many lines may stand above the first line of the sheet
# (words of the key, property, whether the page's subject is the claim's subject, types of the other end)
_KEYS: tuple[tuple[re.Pattern[str], str, bool, tuple[str, ...]], ...] = tuple(
    (
        re.compile(rf"(?:(?:main|largest|principal|chief|lead|current|key|majority|major)\s+)*(?:{words})$", re.I),
        name,
        straight,
        types,
    )
    for words, name, straight, types in (
        ("operators?|promoters?|developers?|operated by|run by|project owner", "operates", False, _OWNERS),
        ("owners?|owned by|shareholders?|ownership|parent|parent company|holders?", "owns", False, _OWNERS),
        (
            "country|location|located|site|region|province|state|place|head ?office|headquarters|headquartered|hq|seat",
            "locatedIn",
            True,
            _PLACES,
        ),
        (
            "(?:chief )?executive|ceo|chair(?:man|woman|person)?|managing director|president|founder|chief executive "
            "officer|general manager|director",
            "affiliatedWith",
            False,
            _PEOPLE,
        ),
        ("customers?|buyers?|offtakers?|off-takers?|clients?|markets?", "suppliesTo", True, ("Company", "Country")),
        ("capital|capital city", "locatedIn", False, _PLACES),
        (
            "outputs?|production|products?|metals?|commodit(?:y|ies)|minerals?|nameplate|nameplate capacity|makes",
            "produces",
            True,
            (*MATERIALS, "Product"),
        ),
        ("(?:reserves?|resources?|deposits?)(?: of .+)?", "hasDepositOf", True, MATERIALS),
        ("lenders?|funders?|funding|financing|backers?", "funds", False, _OWNERS),
        ("subsidiar(?:y|ies)|units?", "partOf", False, _FIRMS),
    )
)
_LATER = re.compile(r"\b(?:from|by|due|planned|plan|target(?:ed)?|as of)\b", re.I)
_NONE = re.compile(r"\s*(?:none|nil|zero|no)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line with a key; `begin` is where its value starts."""

    line: Line
    key: str
    begin: int

    @property
    def value(self) -> str:
        return self.line.text[self.begin :]


def profile_claims(annotated: Annotated, used: set[int]) -> tuple[list[Claim], list[Observation]]:
    """What the document's lines with keys state; `used` holds sentences read elsewhere."""
    found = lines(annotated)
    entries = [entry for line in found if line.sentence.index not in used and (entry := _entry(line)) is not None]
    claims: list[Claim] = []
    observations: list[Observation] = []
    known = [entry for entry in entries if _is_known(entry)]
    if known and (subject := _subject(annotated, found, known[0].line)) is not None:
        for entry in entries:
            for claim in _of_entry(annotated, subject, entry):
                claims.append(claim)
                observations += _observed(annotated, claim)
    for claim in _lenders(annotated, entries):
        claims.append(claim)
        observations += _observed(annotated, claim)
    return claims, observations


def _entry(line: Line) -> _Entry | None:
    match = _LINE.match(line.text)
    return _Entry(line, match["key"].strip(), match.end()) if match and len(match["key"].split()) <= 5 else None


def _is_known(entry: _Entry) -> bool:
    return any(pattern.match(entry.key) for pattern, *_ in _KEYS) or bool(entry.line.of_type(MATERIALS, 0, entry.begin))


def _subject(annotated: Annotated, found: list[Line], first: Line) -> str | None:
    """The country, firm or facility that is a heading above the first line of the sheet; the one named most often."""
    counts = Counter(key for unit in annotated.units for ref in unit.refs for key in ref.keys)
    able: list[str] = []
    for line in [line for line in found if line.sentence.index < first.sentence.index][:_TOP]:
        title = re.sub(r"^[^:]*:\s*", "", line.text).strip()
        if line.sentence.kind not in ("heading", "headline") or re.search(r"\w\.\w", title):
            continue
        for name in line.names:
            kind = annotated.drafts[name.key].type
            if kind in (*_FIRMS[:2], *_PLACES) and name.end - name.start >= 0.7 * len(title) and not name.adjectival:
                able.append(name.key)
    return min(able, key=lambda key: (-counts[key], key), default=None)


def _evidence(entry: _Entry, start: int, end: int) -> Evidence:
    return Evidence(entry.line.sentence.span, entry.line.text, entry.line.span(start, end))


def _of_entry(annotated: Annotated, subject: str, entry: _Entry) -> Iterator[Claim]:
    for pattern, name, straight, types in _KEYS:
        if pattern.match(entry.key):
            yield from _related(annotated, subject, entry, name, straight, types)
            return
    named = [n for n in entry.line.of_type(MATERIALS, 0, entry.begin) if n.end - n.start >= 0.7 * len(entry.key)]
    if named and annotated.drafts[subject].type == "Country":
        yield from _made(annotated, subject, entry, named[0])


def _related(
    annotated: Annotated, subject: str, entry: _Entry, name: str, straight: bool, types: tuple[str, ...]
) -> Iterator[Claim]:
    """The claims of a line whose key names a relation; a list gives one for each of its names."""
    begin = 0 if name == "hasDepositOf" else entry.begin
    others = [n for n in _tops(entry.line, begin) if n.type in types and n.key != subject and not n.adjectival]
    if name == "owns" and any(n.type not in _PLACES for n in others):
        others = [n for n in others if n.type not in _PLACES]
    if name in ("locatedIn", "affiliatedWith"):
        others = others[:1]
    for other in others:
        ends = (subject, other.key) if straight else (other.key, subject)
        figure = _figure(entry, other, len(others) == 1)
        mode: Modality = "Planned" if figure and _LATER.search(entry.value) and name == "produces" else "Asserted"
        quantity = figure.quantity if figure and _suits(name, figure.kind) else None
        place = _evidence(entry, other.start, other.end)
        yield Claim(ends[0], name, ends[1], place, mode, quantity=quantity, confidence=0.7, frame="profile")


def _tops(line: Line, begin: int) -> list[Held]:
    """The names of a line from a character on, those inside brackets left out."""
    depth = [m.span() for m in re.finditer(r"\([^()]*\)", line.text)]
    return [n for n in line.names if n.start >= begin and not any(a <= n.start < b for a, b in depth)]


def _suits(name: str, kind: str) -> bool:
    wanted = {"owns": ("percent",), "produces": ("mass", "percent"), "hasDepositOf": ("mass",), "funds": ("money",)}
    return kind in wanted.get(name, ())


def _figure(entry: _Entry, other: Held, alone: bool) -> QuantityMention | None:
    """The figure right behind a name, or the only one of a line with one name."""
    found = [m for m in find_quantities(entry.line.text) if m.span.start >= entry.begin]
    near = [m for m in found if other.end <= m.span.start <= other.end + 4]
    return near[0] if near else (found[0] if alone and len(found) == 1 else None)


def _made(annotated: Annotated, subject: str, entry: _Entry, item: Held) -> Iterator[Claim]:
    """'Titanium sponge: 14,000 t' on a country's sheet is its output."""
    masses = [m for m in find_quantities(entry.value) if m.kind == "mass"]
    none = _NONE.match(entry.value) is not None
    if len(masses) != 1 and not none:
        return
    base = Claim(subject, "produces", item.key, _evidence(entry, item.start, item.end), confidence=0.7, frame="profile")
    if none:
        yield replace(base, modality="Negated")
        return
    before = entry.value[: masses[0].span.start]
    year = re.search(r"\bin ((?:19|20)\d\d)\b", entry.value)
    mode: Modality = "Planned" if re.search(r"\bplan", entry.value[len(before) :]) else "Asserted"
    yield replace(base, quantity=masses[0].quantity, modality=mode, time=year[1] if year else None)


def _lenders(annotated: Annotated, entries: list[_Entry]) -> Iterator[Claim]:
    """At least three lines of a body and a sum: each pays into what the document speaks of most."""
    rows = [
        (entry, names, sums[0]) for entry in entries if (names := _payers(entry)) and len(sums := _sums(entry)) == 1
    ]
    if len(rows) < 3:
        return
    payers = {name.key for _, names, _ in rows for name in names}
    counts = Counter(
        ref.keys[0]
        for unit in annotated.units
        for ref in unit.refs
        if annotated.drafts[ref.keys[0]].type in ("Facility", "Company") and ref.keys[0] not in payers
    )
    target = min(counts, key=lambda key: (-counts[key], key), default=None)
    if target is None:
        return
    for entry, names, money in rows:
        for name in names:
            place = _evidence(entry, name.start, name.end)
            yield Claim(name.key, "funds", target, place, quantity=money.quantity, confidence=0.6, frame="profile")


def _payers(entry: _Entry) -> list[Held]:
    return [n for n in entry.line.of_type(_OWNERS, 0, entry.begin) if not n.adjectival]


def _sums(entry: _Entry) -> list[QuantityMention]:
    return [m for m in find_quantities(entry.value) if m.kind == "money" and not m.parenthetical]


_MEASURES = {"produces": "Production", "hasDepositOf": "Reserve", "owns": "Share", "funds": "Funding"}


def _observed(annotated: Annotated, claim: Claim) -> Iterator[Observation]:
    measure = _MEASURES.get(claim.property)
    if claim.quantity is None or measure is None:
        return
    entity = claim.object
    if measure == "Production" and annotated.drafts[claim.subject].type == "Facility" and claim.modality == "Planned":
        entity, measure = claim.subject, "Capacity"
    yield Observation(
        entity, measure, claim.quantity, claim.evidence, claim.modality, None, claim.time, claim.confidence, "profile"
    )
