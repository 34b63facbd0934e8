"""Figures as observations: from claims that carry one, and from figures beside a noun or verb of measure.

Which measure a figure is follows from the words around it ('reserves of', 'a loan of') and from the claim that it belongs to;
the observed entity from the figure's own phrase ('of gallium'), from its clause, or from the claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Figure, Ref
from kg.extract.attribution import speaker
from kg.extract.claims import Context, evidence
from kg.extract.measures import measure_of
from kg.extract.modality import modality
from kg.extract.predication import subjects
from kg.extract.qualifiers import is_change, moment_for, own_phrase
from kg.records import Claim, Observation

_MATERIAL = ("Material",)
_FIRMS = ("Company", "Facility")
# property -> {kind of figure: (measure, side of the claim that is observed)}
_OUTPUT = {"mass": ("Production", "object"), "percent": ("Share", "object")}
_TRADE = {"mass": ("Sales", "object"), "percent": ("Share", "object")}
_FROM_CLAIM = {
    "produces": _OUTPUT,
    "mines": _OUTPUT,
    "processes": _OUTPUT,
    "dominates": _OUTPUT,
    "consumes": {"mass": ("Demand", "object"), "percent": ("Demand", "object")},
    "exports": _TRADE,
    "imports": _TRADE,
    "suppliesTo": {"mass": ("Sales", "topic"), "percent": ("Share", "topic")},
    "stockpiles": {"mass": ("Reserve", "object"), "money": ("Funding", "subject")},
    "hasDepositOf": {"mass": ("Reserve", "object"), "percent": ("Share", "object")},
    "funds": {"money": ("Funding", "object")},
    "owns": {"percent": ("Share", "object"), "money": ("Price", "object")},
    "usedIn": {"mass": ("Content", "object"), "percent": ("Share", "subject")},
    "imposes": {"percent": ("TariffRate", "object"), "mass": ("Capacity", "object")},
    "hasAgreementWith": {"money": ("Funding", "topic")},
}
_COUNTED = frozenset("country nation state government member element metal mineral company firm mine project party ally partner economy capital producer".split())  # fmt: skip
_GROUPS = frozenset("group set family class list collection total range series bloc number".split())
_SOLD = frozenset("sell ship deliver make produce build register".split())


def observations(context: Context, found: list[Claim]) -> Iterator[Observation]:
    """Observations of a unit: one or more for each figure, from its claims where their measure fits, else from its words."""
    holders: dict[str, list[Claim]] = {}
    for claim in found:
        if claim.quantity is not None:
            holders.setdefault(claim.quantity.text, []).append(claim)
    for figure in context.unit.figures:
        if figure.mention.parenthetical:
            continue
        claims = holders.get(figure.mention.quantity.text, [])
        made = list(_of_claims(context, figure, claims))
        yield from made or _free(context, figure)


def _of_claims(context: Context, figure: Figure, claims: list[Claim]) -> Iterator[Observation]:
    word = measure_of(context.unit, figure)
    for claim in claims:
        row = _FROM_CLAIM.get(claim.property, {}).get(figure.mention.kind)
        if row is None:
            continue
        measure, side = row
        entity = {"object": claim.object, "subject": claim.subject, "topic": claim.topic}[side]
        if word == "Capacity" and measure == "Production":
            measure, entity = "Capacity", _built(context, claim) or entity
        elif word == "Demand" and measure == "Share":
            measure = "Demand"
        if entity:
            yield Observation(entity, measure, figure.mention.quantity, claim.evidence, claim.modality, claim.said_by, claim.time, claim.confidence, claim.frame)  # fmt: skip


def _built(context: Context, claim: Claim) -> str | None:
    """The plant or firm whose capacity a figure is, where it is the claim's subject."""
    draft = context.annotated.drafts.get(claim.subject)
    return claim.subject if draft is not None and draft.type in _FIRMS else None


def _free(context: Context, figure: Figure) -> Iterator[Observation]:
    """A figure that belongs to no claim: the measure from the words near it, the entities from its clause."""
    measure = measure_of(context.unit, figure)
    if measure is None:
        return
    unit = context.unit
    token = unit.doc[figure.start : figure.end].root
    mode = modality(token, context.english, context.question)
    said_by = speaker(unit, token, context.english, context.speaker)
    time = moment_for(unit, token, mode)
    for entity in _entities(context, figure, measure):
        yield Observation(entity, measure, figure.mention.quantity, evidence(unit, token), mode, said_by, time, 0.4, "figure")  # fmt: skip


def _entities(context: Context, figure: Figure, measure: str) -> list[str]:
    """The keys of what a figure observes, [] where nothing fits."""
    unit, kind = context.unit, figure.mention.kind
    if measure == "Count":
        return _counted(context, figure)
    own = _own(context, figure)
    if measure == "Share":
        return _keys(own) or _shared(context, figure)
    if measure == "Change":
        return _first(_subject(context, figure, (*_MATERIAL, *_FIRMS)) or _before(context, figure, (*_MATERIAL, *_FIRMS)))
    if measure == "TariffRate":
        return _first(_closest(context, figure, ("Policy",)))
    if measure == "Price":
        return _first(_closest(context, figure, (*_MATERIAL, "Product") if figure.mention.per else _FIRMS, before=True)) or _topic(context)
    if measure == "Funding":
        return _first(_funded(context, figure))
    if measure == "Sales" and kind == "money":
        return _first(_subject(context, figure, ("Company",)) or _closest(context, figure, ("Company",)))
    if measure == "Capacity":
        return _first(_bearer(context, figure)) or _keys(own)
    if measure == "Sales" and kind == "count":
        return _first(_closest(context, figure, ("Product",)))
    return _keys([ref for ref in own if context.schema.is_a(ref.type, (*_MATERIAL, "Product"))]) or _first(_closest(context, figure, _MATERIAL, clause=True)) or _topic(context)  # fmt: skip


def _keys(refs: list[Ref]) -> list[str]:
    return list(dict.fromkeys(ref.keys[0] for ref in refs))


def _first(ref: Ref | None) -> list[str]:
    return [ref.keys[0]] if ref is not None else []


def _topic(context: Context) -> list[str]:
    return [context.unit.topic] if context.unit.topic else []


def _own(context: Context, figure: Figure) -> list[Ref]:
    """What stands in the figure's own 'of' phrase, countries and the possessors of the rest left out."""
    phrase = own_phrase(context.unit, figure)
    if phrase is None:
        return []
    doc = context.unit.doc
    types = (*_MATERIAL, "Product", "Company", "Facility", "Organization", "Application")
    inside = [r for r in context.unit.refs if phrase[0] <= r.start < phrase[1] and not r.adjectival and context.schema.is_a(r.type, types)]  # fmt: skip
    inside = [r for r in inside if not (r.end < len(doc) and doc[r.end].lower_ in ("'s", "’s")) or len(inside) == 1]
    kinds = {context.schema.is_a(ref.type, _MATERIAL) for ref in inside[:1]}
    return [r for r in inside if context.schema.is_a(r.type, _MATERIAL) in kinds and not _inside_other(r, inside)]


def _inside_other(ref: Ref, others: list[Ref]) -> bool:
    return any(o is not ref and o.start <= ref.start and ref.end <= o.end and o.end - o.start > ref.end - ref.start for o in others)


def _shared(context: Context, figure: Figure) -> list[str]:
    """The thing of which a bare 'N percent' is a share: a firm after 'stake in', else the material of the clause."""
    unit = context.unit
    near = {t.lemma_.lower() for t in unit.doc[max(0, figure.start - 5) : figure.end + 5]}
    if near & {"stake", "shareholding", "interest", "shareholder", "own", "equity", "holding"}:
        after = [r for r in unit.refs if figure.end <= r.start < figure.end + 6 and context.schema.is_a(r.type, _FIRMS) and not r.adjectival]
        return _keys(after[:1]) or _first(_owned(context, figure))
    return _first(_closest(context, figure, _MATERIAL, clause=True)) or _topic(context)


def _owned(context: Context, figure: Figure) -> Ref | None:
    """What is owned in 'is owned 51 percent by' and 'bought a stake of 20 percent in X'."""
    verb = _verb(context.unit.doc[figure.start : figure.end].root)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if passive and (ref := _of_tokens(context, subjects(verb), _FIRMS)) is not None:
        return ref
    return _closest(context, figure, _FIRMS, before=False)


def _counted(context: Context, figure: Figure) -> list[str]:
    """Members of a group, countries at a meeting, firms on a list, devices sold; other plurals count for nothing."""
    unit = context.unit
    span = figure.mention.measured
    if span is None:
        return []
    doc = unit.doc
    noun = next((t for t in doc[figure.end : figure.end + 5] if t.tag_ in ("NNS", "NNPS")), None)
    if noun is None or noun.lemma_.lower() not in _COUNTED:
        return []
    before = doc[max(0, figure.start - 6) : figure.start]
    lemma = noun.lemma_.lower()
    if lemma in ("element", "metal", "mineral"):
        if any(t.lemma_.lower() in _GROUPS for t in before):
            return _first(_subject(context, figure, ("MaterialGroup",)) or _before(context, figure, ("MaterialGroup",)))
        return []
    holders = ("Event", "Policy", "Programme", "Agreement")
    joined = [t for t in before if t.lower_ in ("of", "with", "among", "by", "from", "attract", "between", "to")]
    if not joined and noun.dep_ not in ("nsubj", "pobj"):
        return []
    wanted = ("Policy",) if lemma in ("company", "firm") else holders[:1] if lemma not in ("mine", "project") else holders[2:3]
    return _first(_closest(context, figure, wanted))


def _funded(context: Context, figure: Figure) -> Ref | None:
    """Who or what money goes to: the plant it modifies, what 'in', 'for' or 'to' names, else whoever raises or spends it."""
    unit, doc = context.unit, context.unit.doc
    types = ("Facility", "Programme", "Company", "Agreement", "Organization")
    after = doc[figure.end] if figure.end < len(doc) else None
    if after is not None and (ref := unit.ref_at(after)) is not None and context.schema.is_a(ref.type, types):
        return ref
    for token in doc[figure.end : figure.end + 8]:
        if token.pos_ in ("VERB", "AUX") and token.lower_ not in ("build", "finance", "develop", "fund", "expand"):
            break
        near = unit.ref_at(token)
        if near is not None and context.schema.is_a(near.type, types) and not near.adjectival and not _gives(doc, near):
            return near
    verb = _verb(doc[figure.start : figure.end].root)
    return _of_tokens(context, subjects(verb), types) or _closest(context, figure, types, before=True)


def _gives(doc: object, ref: Ref) -> bool:
    """Whether a name after a sum is that of the giver: 'a loan from the bank'."""
    before = doc[ref.start - 1]  # type: ignore[index]
    before = before.nbor(-1) if before.lower_ in ("the", "a", "an") and before.i else before
    return before.lower_ in ("from", "by", "of")


def _bearer(context: Context, figure: Figure) -> Ref | None:
    """The plant, quota or firm whose capacity a figure is."""
    unit = context.unit
    quota = any(t.lemma_.lower() in ("quota", "cap", "ceiling") for t in unit.doc[max(0, figure.start - 8) : figure.end + 4])
    types = ("Policy",) if quota else _FIRMS
    return _subject(context, figure, types) or _closest(context, figure, types, before=True)


def _verb(token: Token) -> Token:
    while token.dep_ != "ROOT" and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def _subject(context: Context, figure: Figure, types: tuple[str, ...]) -> Ref | None:
    """What the subject of the figure's clause names, by itself, through 'of' or through its possessor."""
    verb = _verb(context.unit.doc[figure.start : figure.end].root)
    return _of_tokens(context, subjects(verb), types)


def _of_tokens(context: Context, tokens: list[Token], types: tuple[str, ...]) -> Ref | None:
    for token in tokens:
        for item in (token, *[t for t in token.subtree if t != token and t.dep_ in ("poss", "compound", "pobj", "amod", "nmod")]):
            ref = context.unit.ref_headed(item) or context.unit.ref_at(item)
            if ref is not None and not ref.adjectival and context.schema.is_a(ref.type, types):
                return ref
    return None


def _before(context: Context, figure: Figure, types: tuple[str, ...]) -> Ref | None:
    refs = [r for r in context.unit.refs if r.end <= figure.start and not r.adjectival and context.schema.is_a(r.type, types)]
    return refs[-1] if refs else None


def _closest(
    context: Context, figure: Figure, types: tuple[str, ...], before: bool = False, clause: bool = False
) -> Ref | None:
    """The nearest fitting name; `before` prefers those in front, `clause` asks for the figure's own clause."""
    unit = context.unit
    own = _verb(unit.doc[figure.start : figure.end].root)
    best: tuple[int, int] | None = None
    found: Ref | None = None
    for ref in unit.refs:
        if ref.adjectival or not context.schema.is_a(ref.type, types):
            continue
        if clause and _verb(unit.doc[ref.head]) != own and abs(ref.head - figure.start) > 6:
            continue
        gap = ref.start - figure.end + (4 if before else 0) if ref.start >= figure.end else figure.start - ref.end + (0 if before else 2)
        if best is None or (gap, ref.start) < best:
            best, found = (gap, ref.start), ref
    return found


