"""Figures as observations: from claims that carry one, and from figures beside a noun of measure.

Which measure a figure is follows from the property it belongs to, or from the words around it ('reserves of', 'a loan of').
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.claims import Context, evidence
from kg.extract.modality import modality
from kg.extract.attribution import speaker
from kg.extract.qualifiers import moment_for
from kg.annotate.annotation import Figure
from kg.records import Claim, Observation

_MATERIALS = ("Material",)
# property -> {kind of figure: (measure, side of the claim that is observed)}
_FROM_CLAIM = {
    "produces": {"mass": ("Production", "object"), "percent": ("Share", "object")},
    "mines": {"mass": ("Production", "object"), "percent": ("Share", "object")},
    "processes": {"mass": ("Production", "object"), "percent": ("Share", "object")},
    "consumes": {"mass": ("Demand", "object"), "percent": ("Share", "object")},
    "exports": {"mass": ("Sales", "object"), "percent": ("Share", "object")},
    "imports": {"mass": ("Sales", "object"), "percent": ("Share", "object")},
    "suppliesTo": {"mass": ("Sales", "topic"), "percent": ("Share", "topic")},
    "stockpiles": {"mass": ("Reserve", "object"), "money": ("Funding", "subject")},
    "hasDepositOf": {"mass": ("Reserve", "object"), "percent": ("Share", "object")},
    "funds": {"money": ("Funding", "object")},
    "owns": {"percent": ("Share", "object"), "money": ("Price", "object")},
    "usedIn": {"mass": ("Content", "object"), "percent": ("Share", "object")},
    "imposes": {"percent": ("TariffRate", "object"), "mass": ("Capacity", "object")},
    "dominates": {"percent": ("Share", "object"), "mass": ("Production", "object")},
    "hasAgreementWith": {"money": ("Funding", "topic")},
    "dependsOn": {"percent": ("Share", "object")},
}
_WORDS = {
    "Reserve": {"reserve", "reserves", "resource", "resources", "deposit", "stockpile", "inventory"},
    "Price": {"price", "quote", "quoted", "cost", "traded", "fetch", "apiece", "worth"},
    "Capacity": {"capacity", "quota", "nameplate"},
    "Production": {"production", "output", "produce", "mine", "refine", "yield", "extract", "recover"},
    "Demand": {"demand", "consumption", "need", "consume", "use"},
    "Sales": {"sales", "revenue", "sell", "sold", "ship", "shipment", "export", "exports", "imports", "import", "profit", "deliver"},
    "Funding": {"loan", "fund", "invest", "investment", "grant", "finance", "funding", "capital", "raise", "spend", "spending", "contract", "lend", "award"},
    "TariffRate": {"tariff", "duty", "levy", "tax"},
    "Share": {"share", "stake", "percentage", "proportion", "account", "own", "hold", "control"},
    "Change": {"rise", "fall", "increase", "decrease", "jump", "drop", "climb", "slump", "surge", "plunge", "gain", "sink", "growth", "decline", "grow", "double", "slip", "lose", "soar", "tumble", "dwindle"},
}  # fmt: skip
_CHANGE_PREPS = frozenset(["by"])


def observations(context: Context, found: list[Claim]) -> Iterator[Observation]:
    """Observations of a unit: those its claims imply, then those of figures that no claim took."""
    taken = set()
    for claim in found:
        if claim.quantity is None:
            continue
        taken.add(claim.quantity.text)
        observed = _observed(context, claim)
        if observed:
            entity, measure = observed
            yield Observation(entity, measure, claim.quantity, claim.evidence, claim.modality, claim.said_by, claim.time, claim.confidence, claim.frame)  # fmt: skip
    for figure in context.unit.figures:
        if figure.mention.quantity.text not in taken and not figure.mention.parenthetical:
            yield from _free(context, figure)


def _observed(context: Context, claim: Claim) -> tuple[str, str] | None:
    kind = _kind(claim)
    row = _FROM_CLAIM.get(claim.property, {}).get(kind)
    if row is None:
        return None
    measure, side = row
    entity = {"object": claim.object, "subject": claim.subject, "topic": claim.topic}[side]
    return (entity, measure) if entity else None


def _kind(claim: Claim) -> str:
    unit = claim.quantity.unit if claim.quantity else ""
    if unit == "PERCENT":
        return "percent"
    return "money" if unit.startswith("CCY_") else "mass" if unit in ("TONNE", "KiloGM", "GM") else ""


def _free(context: Context, figure: Figure) -> Iterator[Observation]:
    """A figure that belongs to no claim: the measure from the words near it, the entity from its clause."""
    measure = _measure(context, figure)
    entity = _entity(context, figure, measure) if measure else None
    if measure is None or entity is None:
        return
    unit = context.unit
    token = unit.doc[figure.start : figure.end].root
    mode = modality(token, context.english, context.question)
    yield Observation(
        entity,
        measure,
        figure.mention.quantity,
        evidence(unit, token),
        mode,
        speaker(unit, token, context.english, context.speaker),
        moment_for(unit, token, mode),
        0.4,
        "figure",
    )


def _measure(context: Context, figure: Figure) -> str | None:
    kind = figure.mention.kind
    lemmas = _near(context, figure)
    before = context.unit.doc[figure.start - 1].lower_ if figure.start else ""
    if kind in ("percent", "points", "multiple"):
        if before in _CHANGE_PREPS or lemmas & _WORDS["Change"]:
            return "Change"
        for measure in ("TariffRate", "Demand", "Capacity", "Share"):
            if lemmas & _WORDS[measure]:
                return measure
        return "Share" if kind == "percent" else None
    if kind == "money":
        order = ("Price", "Funding", "Sales", "Reserve") if figure.mention.per else ("Funding", "Sales", "Price")
    elif kind == "mass":
        order = ("Reserve", "Capacity", "Sales", "Production", "Demand")
    elif kind == "count":
        return "Count"
    else:
        order = ("Capacity", "Production")
    return next((measure for measure in order if lemmas & _WORDS[measure]), None)


def _near(context: Context, figure: Figure) -> set[str]:
    """The lemmas of the figure's clause within eight words."""
    doc = context.unit.doc
    window = doc[max(0, figure.start - 8) : figure.end + 6]
    return {token.lemma_.lower() for token in window} | {token.lower_ for token in window}


def _entity(context: Context, figure: Figure, measure: str) -> str | None:
    unit = context.unit
    if measure == "Count":
        span = figure.mention.measured
        refs = [ref for ref in unit.refs if ref.start >= figure.start and ref.start <= figure.end + 3 and not ref.adjectival]
        return refs[0].keys[0] if span and refs else None
    if measure in ("Production", "Reserve", "Demand", "Share", "Capacity", "Sales") and figure.mention.kind in ("mass", "percent"):
        material = _closest(context, figure, ("Material",))
        return material or unit.topic
    if measure in ("Funding",):
        return _closest(context, figure, ("Programme", "Facility", "Company", "Agreement", "Country"))
    if measure == "Price":
        return _closest(context, figure, ("Material", "Product", "Company"))
    if measure == "TariffRate":
        return _closest(context, figure, ("Policy",))
    return _closest(context, figure, ("Material", "Company", "Programme", "Facility", "Country"))


def _closest(context: Context, figure: Figure, types: tuple[str, ...]) -> str | None:
    best: tuple[int, int] | None = None
    found: str | None = None
    for ref in context.unit.refs:
        if ref.adjectival or not context.schema.is_a(ref.type, types):
            continue
        gap = ref.start - figure.end if ref.start >= figure.end else (figure.start - ref.end) + 2
        if best is None or (gap, ref.start) < best:
            best, found = (gap, ref.start), ref.keys[0]
    return found
