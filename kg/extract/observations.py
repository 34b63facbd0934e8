"""Figures as observations: from claims that carry one, and from figures beside a noun or verb of measure.

Which measure a figure is follows from the words around it ('reserves of', 'a loan of') and from the claim that it
belongs to;
the observed entity from the figure's own phrase ('of gallium'), from its clause, or from the claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.annotation import Figure, Ref
from kg.annotate.wordlist import word_list
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.clauses import subjects
from kg.extract.measures import measure_of
from kg.extract.modality import modality
from kg.extract.nearest import closest, in_subject, name_before, of_tokens, verb_of
from kg.extract.qualifiers import holder_phrase, is_earlier, moment_for, own_phrase
from kg.extract.triggers import Context
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
_COUNTED = frozenset(
    word_list(
        "country nation state government member element metal mineral company firm party ally partner economy "
        "capital producer signatory"
    )
)
_STAFF = frozenset(word_list("people person worker employee job miner staff man"))
_EMPLOYING = frozenset(word_list("employ employment job workforce payroll staff retrench layoff redundancy strike"))
_GROUPS = frozenset(
    ["group", "set", "family", "class", "list", "collection", "total", "range", "series", "bloc", "number"]
)
# verbs whose subject parts with the money
_GIVING = frozenset(
    word_list(
        "lend give commit pledge invest provide grant put inject buy take award offer pay extend approve announce "
        "back contribute allocate earmark fund finance say promise plough pour arrange"
    )
)


def observations(
    context: Context, found: list[Claim], before: list[Observation] | None = None
) -> Iterator[Observation]:
    """Observations of a unit: one or more for each figure, from its claims where their measure fits, else from its
    words.

    `before` holds the document's observations so far: a figure of a list is measured as the one before it in its
    sentence.
    """
    sentence = context.unit.unit.sentence.span
    last = {o.quantity.unit: o for o in before or [] if o.evidence.sentence == sentence}
    holders: dict[str, list[Claim]] = {}
    for claim in found:
        if claim.quantity is not None:
            holders.setdefault(claim.quantity.text, []).append(claim)
    for figure in context.unit.figures:
        if figure.mention.parenthetical:
            continue
        claims = holders.get(figure.mention.quantity.text, [])
        made = list(_of_claims(context, figure, claims)) or list(
            _free(context, figure, last.get(figure.mention.quantity.unit))
        )
        last.update({o.quantity.unit: o for o in made})
        yield from made


def _of_claims(context: Context, figure: Figure, claims: list[Claim]) -> Iterator[Observation]:
    word = measure_of(context.unit, figure)
    for claim in claims:
        row = _FROM_CLAIM.get(claim.property, {}).get(figure.mention.kind)
        if row is None:
            continue
        measure, side = row
        entity = {"object": claim.object, "subject": claim.subject, "topic": claim.topic}[side]
        if measure == "Production" and (built := _built(context, claim, word)):
            measure, entity = word if word == "Capacity" else measure, built
        elif word == "Demand" and measure == "Share":
            measure = "Demand"
        if entity:
            yield Observation(
                entity,
                measure,
                figure.mention.quantity,
                claim.evidence,
                claim.modality,
                claim.said_by,
                claim.time,
                claim.confidence,
                claim.frame,
            )


def _built(context: Context, claim: Claim, word: str | None) -> str | None:
    """The plant whose output, or the plant or firm whose capacity a figure is, where it is the claim's subject."""
    kind = context.annotated.drafts[claim.subject].type
    planned = kind == "Facility" and claim.modality != "Asserted"
    return claim.subject if planned or (word == "Capacity" and kind in _FIRMS) else None


def _free(context: Context, figure: Figure, last: Observation | None) -> Iterator[Observation]:
    """A figure that belongs to no claim: the measure from the words near it, the entities from its clause."""
    measure = measure_of(context.unit, figure)
    follows = last is not None and (
        measure is None or holder_phrase(context.unit, figure) is not None or is_earlier(context.unit, figure)
    )
    if follows and last is not None and last.measure != "Change" and figure.mention.kind != "count":
        measure = last.measure
    if measure is None:
        return
    unit = context.unit
    token = unit.doc[figure.start : figure.end].root
    mode = modality(token, context.english, context.question)
    said_by = speaker(unit, token, context.english, context.speaker)
    time = moment_for(unit, token, mode)
    found = [] if follows and last is not None and not _own(context, figure) else _entities(context, figure, measure)
    for entity in found or ([last.entity] if follows and last is not None else []):
        yield Observation(
            entity, measure, figure.mention.quantity, evidence(unit, token), mode, said_by, time, 0.4, "figure"
        )


def _entities(context: Context, figure: Figure, measure: str) -> list[str]:
    """The keys of what a figure observes, [] where nothing fits."""
    kind = figure.mention.kind
    if measure == "Count":
        return _counted(context, figure)
    own = _own(context, figure)
    if measure == "Share":
        return _keys(own) or _shared(context, figure)
    if measure == "Change":
        return _first(
            in_subject(context, figure, (*_MATERIAL, *_FIRMS)) or name_before(context, figure, (*_MATERIAL, *_FIRMS))
        ) or _topic(context)
    if measure == "Content":
        behind = [r for r in context.unit.refs if r.start == figure.end and context.schema.is_a(r.type, _MATERIAL)]
        return (
            _keys(behind[:1])
            or _keys(own)
            or _first(
                in_subject(context, figure, ("Facility", "Product"))
                or closest(context, figure, (*_MATERIAL, "Facility"))
            )
        )
    if measure == "TariffRate":
        return _first(closest(context, figure, ("Policy",)))
    if measure == "Price":
        return _priced(context, figure)
    if measure == "Funding":
        return _first(_funded(context, figure))
    if measure == "Sales" and kind == "money":
        return _first(in_subject(context, figure, ("Company",)) or closest(context, figure, ("Company",)))
    if measure == "Capacity":
        return _first(_bearer(context, figure)) or _keys(own)
    if measure == "Sales" and kind == "count":
        return _first(closest(context, figure, ("Product",)))
    if measure == "Reserve" and not own and _is_ore(context, figure):
        return _first(
            in_subject(context, figure, ("Facility",)) or closest(context, figure, ("Facility",), before=True)
        )
    return (
        _keys([ref for ref in own if context.schema.is_a(ref.type, (*_MATERIAL, "Product"))])
        or _first(closest(context, figure, _MATERIAL, clause=True))
        or _topic(context)
    )


def _is_ore(context: Context, figure: Figure) -> bool:
    """'13.8 million tonnes at 0.2 per cent', 'tonnes of ore': what lies in a deposit, not one of its metals."""
    after = [t.lower_ for t in context.unit.doc[figure.end : figure.end + 3]]
    return after[:2] == ["of", "ore"] or after[:1] in (["grading"], ["at"])


def _priced(context: Context, figure: Figure) -> list[str]:
    """What a price is paid for: a share of a firm, a firm taken over, else a material or product by weight or piece."""
    near = {t.lemma_.lower() for t in context.unit.doc[max(0, figure.start - 6) : figure.end + 3]}
    if near & {"share", "acquire", "acquisition", "takeover", "buyout"}:
        return _first(closest(context, figure, _FIRMS, before=True))
    goods = (*_MATERIAL, "Product")
    return _first(in_subject(context, figure, goods) or closest(context, figure, goods, before=True)) or _topic(context)


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
    inside = [
        r
        for r in context.unit.refs
        if phrase[0] <= r.start < phrase[1] and not r.adjectival and context.schema.is_a(r.type, types)
    ]
    inside = [r for r in inside if not (r.end < len(doc) and doc[r.end].lower_ in ("'s", "’s")) or len(inside) == 1]
    kinds = {context.schema.is_a(ref.type, _MATERIAL) for ref in inside[:1]}
    return [r for r in inside if context.schema.is_a(r.type, _MATERIAL) in kinds and not _inside_other(r, inside)]


def _inside_other(ref: Ref, others: list[Ref]) -> bool:
    return any(
        o is not ref and o.start <= ref.start and ref.end <= o.end and o.end - o.start > ref.end - ref.start
        for o in others
    )


def _shared(context: Context, figure: Figure) -> list[str]:
    """The thing of which a bare 'N percent' is a share: a firm after 'stake in', else the material of the clause."""
    unit = context.unit
    near = {t.lemma_.lower() for t in unit.doc[max(0, figure.start - 5) : figure.end + 5]}
    owning = near & {"stake", "shareholding", "interest", "shareholder", "own", "equity", "holding"}
    held = near & {"hold", "by"} and any(context.schema.is_a(r.type, _FIRMS) for r in unit.refs)
    if owning or (held and holder_phrase(unit, figure) is not None):
        after = [
            r
            for r in unit.refs
            if figure.end <= r.start < figure.end + 6 and context.schema.is_a(r.type, _FIRMS) and not r.adjectival
        ]
        return _keys(after[:1]) or _first(_owned(context, figure))
    return _first(closest(context, figure, _MATERIAL, clause=True)) or _topic(context)


def _owned(context: Context, figure: Figure) -> Ref | None:
    """What is owned in 'is owned 51 percent by' and 'bought a stake of 20 percent in X'."""
    verb = verb_of(context.unit.doc[figure.start : figure.end].root)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if passive and (ref := of_tokens(context, subjects(verb), _FIRMS)) is not None:
        return ref
    agents = {ref.start for t in subjects(verb) if (ref := context.unit.ref_headed(t)) is not None}
    rest = [
        r
        for r in context.unit.refs
        if r.start not in agents and context.schema.is_a(r.type, _FIRMS) and not r.adjectival
    ]
    return min(rest, key=lambda r: (abs(r.start - figure.end), r.start), default=None)


def _counted(context: Context, figure: Figure) -> list[str]:
    """Members of a group, countries at a meeting, firms on a list, devices sold; other plurals count for nothing."""
    unit = context.unit
    span = figure.mention.measured
    if span is None:
        return []
    doc = unit.doc
    noun = next((t for t in doc[figure.end : figure.end + 5] if t.tag_ in ("NNS", "NNPS")), None)
    if noun is None or (noun.lemma_.lower() not in _COUNTED | _STAFF and unit.ref_at(noun) is None):
        return []
    lemma = noun.lemma_.lower()
    before = doc[max(0, figure.start - 6) : figure.start]
    listed = context.unit.ref_at(noun)
    if (
        listed is not None
        and listed.type == "MaterialGroup"
        and listed.end - listed.start > 1
        and listed.start == figure.end
    ):
        return [listed.keys[0]]
    if lemma in ("element", "metal", "mineral"):
        if any(t.lemma_.lower() in _GROUPS for t in before):
            return _first(
                in_subject(context, figure, ("MaterialGroup",)) or name_before(context, figure, ("MaterialGroup",))
            )
        return []
    if lemma in _STAFF and ({t.lemma_.lower() for t in doc} & _EMPLOYING):
        return _first(closest(context, figure, _FIRMS))
    joined = [t for t in before if t.lower_ in ("of", "with", "among", "by", "from", "attract", "between", "to")]
    if not joined and noun.dep_ not in ("nsubj", "pobj"):
        return []
    if lemma not in _COUNTED:
        return []
    wanted: tuple[str, ...] = ("Policy",) if lemma in ("company", "firm") else ("Event",)
    if lemma in ("member", "party", "partner", "signatory"):
        wanted = ("Event", "InternationalOrganization", "Programme", "Agreement")
    return _first(closest(context, figure, wanted))


def _funded(context: Context, figure: Figure) -> Ref | None:
    """Who or what money goes to: the plant it modifies, what 'in' or 'for' names, else whoever raises or spends it."""
    unit, doc = context.unit, context.unit.doc
    types = ("Facility", "Programme", "Company", "Agreement")
    after = doc[figure.end] if figure.end < len(doc) else None
    if after is not None and (ref := unit.ref_at(after)) is not None and context.schema.is_a(ref.type, types):
        return ref
    for token in doc[figure.end : figure.end + 8]:
        if token.pos_ in ("VERB", "AUX") and token.lower_ not in ("build", "finance", "develop", "fund", "expand"):
            break
        near = unit.ref_at(token)
        if near is not None and context.schema.is_a(near.type, types) and not near.adjectival and not _gives(doc, near):
            return near
    verb = verb_of(doc[figure.start : figure.end].root)
    if verb.lemma_.lower() not in _GIVING:
        return of_tokens(context, subjects(verb), types) or closest(context, figure, types, before=True)
    agents = {
        r.start
        for t in subjects(verb)
        for c in (t, *t.conjuncts)
        if (r := unit.ref_headed(c) or unit.ref_at(c)) is not None
    }
    rest = [
        r
        for r in unit.refs
        if r.start not in agents and context.schema.is_a(r.type, types) and not r.adjectival and not _gives(doc, r)
    ]
    return min(rest, key=lambda r: (abs(r.start - figure.end), r.start), default=None)


def _gives(doc: object, ref: Ref) -> bool:
    """Whether a name after a sum is that of the giver: 'a loan from the bank'."""
    before = doc[ref.start - 1]  # type: ignore[index]
    before = before.nbor(-1) if before.lower_ in ("the", "a", "an") and before.i else before
    return before.lower_ in ("from", "by")


def _bearer(context: Context, figure: Figure) -> Ref | None:
    """The plant, quota or firm whose capacity a figure is."""
    unit = context.unit
    quota = any(
        t.lemma_.lower() in ("quota", "cap", "ceiling") for t in unit.doc[max(0, figure.start - 8) : figure.end + 4]
    )
    types = ("Policy",) if quota else _FIRMS
    return in_subject(context, figure, types) or closest(context, figure, types, before=True)
