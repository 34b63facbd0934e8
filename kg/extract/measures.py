"""Which measure a figure is, from the words around it: production, share, price, funding and so on.

Comes in: a figure of a parsed unit. Goes out: the contract's name of the measure, or None where the words name none.
Words
that govern the figure count before words that merely stand near.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Figure
from kg.extract.qualifiers import is_change

_WORDS: dict[str, frozenset[str]] = {
    measure: frozenset(words.split())
    for measure, words in {
        "Reserve": "reserve reserves resource resources deposit stockpile inventory stock stocks stockpiles buffer hold "
        "house store grade grading",
        "Price": "price quote cost trade fetch apiece bid offer average benchmark spot futures acquire acquisition "
        "takeover buyout",
        "Capacity": "capacity quota nameplate throughput cap ceiling",
        "Production": "production output produce mine refine yield extract recover make supply process smelt win obtain "
        "haul reclaim recycle manufacture churn cast turn raise harvest",
        "Demand": "demand consumption need consume use consumer require requirement",
        "Sales": "sale sales revenue revenues sell ship shipment export exports import imports profit deliver delivery "
        "earnings turnover loss income ebitda buy purchase",
        "Funding": "loan fund funds invest investment grant finance financing funding raise spend spending contract "
        "lend award subsidy support capital expenditure capex budget placement credit guarantee package worth commit "
        "pledge provide allocate earmark inject aid pour put",
        "Content": "grade grading contain content assay",
        "TariffRate": "tariff duty levy tax royalty surcharge",
        "Share": "share stake percentage proportion account own hold control interest represent comprise",
    }.items()
}
_ORDER = {
    "percent": ("TariffRate", "Capacity", "Demand", "Content", "Share"),
    "money": ("Funding", "Sales", "Price"),
    "mass": ("Reserve", "Capacity", "Sales", "Production", "Demand"),
    "volume": ("Capacity", "Production"),
    "energy": ("Capacity", "Production"),
}
_GOODS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup", "Product")
_TAKEOVER = frozenset(["acquire", "acquisition", "takeover", "buyout", "bid", "share", "purchase", "buy", "bought"])
_SOLD = frozenset(["sell", "ship", "deliver"])


def measure_of(unit: AnnotatedUnit, figure: Figure) -> str | None:
    """The measure of a figure, None where no word near it says one."""
    kind = figure.mention.kind
    if kind == "count":
        return "Sales" if _is_sold(unit, figure) else "Count"
    if kind in ("points", "multiple"):
        return "Change" if is_change(unit, figure) and kind == "points" else None
    if is_change(unit, figure):
        return "Change"
    if kind == "percent" and _is_purity(unit, figure):
        return None
    if kind == "percent" and _is_grade(unit, figure):
        return "Content"
    if kind == "money" and figure.mention.per and figure.mention.per not in ("YR", "MO", "DAY"):
        return "Price"
    order = _ORDER.get(kind, ())
    if kind == "money" and (figure.mention.quantity.value or 0) >= 1e6 and not _near(unit, figure) & _TAKEOVER:
        order = ("Funding", "Sales")  # no price by weight is in millions
    governing = [token.lemma_.lower() for token in _governors(unit, figure)]
    for word in governing:
        for measure in order:
            if word in _WORDS[measure]:
                return measure
    near = _near(unit, figure)
    found = next((measure for measure in order if near & _WORDS[measure]), None)
    return found or _by_form(unit, figure)


def _by_form(unit: AnnotatedUnit, figure: Figure) -> str | None:
    """The measure that no word names: 'half of', 'iridium at $6,000', 'a $94 million factory', '60 tonnes a year'."""
    kind, mention = figure.mention.kind, figure.mention
    if kind == "percent":
        return "Share" if _is_part(unit, figure) else None
    if kind == "money":
        before = unit.doc[figure.start - 1].lower_ if figure.start else ""
        if (mention.quantity.value or 0) >= 1e6:
            built = [r for r in unit.refs if r.start <= figure.end < r.end and r.type in ("Facility", "Programme")]
            return "Funding" if built else None
        named = unit.ref_at(figure.start - 2) if figure.start > 1 else None
        return "Price" if before == "at" and named is not None and named.type in _GOODS else None
    return "Production" if kind == "mass" and mention.per == "YR" else None


def _is_purity(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'99.95 per cent pure', 'Scandium oxide, 99.99%': how clean a product is, a share of nothing."""
    near = {t.lower_ for t in unit.doc[max(0, figure.start - 2) : figure.end + 2]}
    value = figure.mention.quantity.value or 0
    return bool(near & {"pure", "purity"}) or (99.5 <= value < 100 and value != int(value))


def _is_grade(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'8.2 per cent zinc': a share with a material right behind it is what an ore or alloy holds of it."""
    ref = unit.ref_at(figure.end) if figure.end < len(unit.doc) else None
    if ref is None or ref.type not in _GOODS[:-1] or ref.adjectival or ref.start != figure.end:
        return False
    after = unit.doc[ref.end] if ref.end < len(unit.doc) else None
    return after is None or (after.pos_ not in ("NOUN", "PROPN", "ADJ") and after.text not in ("'s", "’s", "-"))


def _governors(unit: AnnotatedUnit, figure: Figure) -> Iterator[Token]:
    """The noun that a figure measures ('of demand', 'tariff of'), then what it hangs on, up to the verb."""
    doc = unit.doc
    root = doc[figure.start : figure.end].root
    if figure.mention.kind == "percent":
        for child in root.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                yield from (item for item in child.children if item.dep_ == "pobj")
    token = root
    for _ in range(4):
        if token.dep_ == "ROOT":
            return
        token = token.head
        if token.pos_ not in ("ADP", "PUNCT"):
            yield token
        if token.pos_ in ("VERB", "AUX"):
            yield from (
                child for child in token.children if child.dep_ in ("nsubj", "nsubjpass") and child.i < figure.start
            )
            return


def _near(unit: AnnotatedUnit, figure: Figure) -> set[str]:
    """The lemmas within a few words of a figure, to the next figure at most."""
    others = [f for f in unit.figures if f is not figure]
    low = max([0, figure.start - 7, *(f.end for f in others if f.end <= figure.start)])
    high = min([len(unit.doc), figure.end + 5, *(f.start for f in others if f.start >= figure.end)])
    window = unit.doc[low:high]
    return {token.lemma_.lower() for token in window} | {token.lower_ for token in window}


def _is_part(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'60 percent of …', and figures of a list of shares: 'Canada came next with 24 per cent'."""
    doc = unit.doc
    if figure.end < len(doc) and doc[figure.end].lower_ == "of":
        return True
    return figure.start > 0 and doc[figure.start - 1].lower_ in ("with", "or", "at", "as", "took", "take", ",", "to")


def _is_sold(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'1.24 billion devices sold', 'sold two million cars'."""
    near = unit.doc[max(0, figure.start - 2) : figure.end + 4]
    return (
        figure.mention.quantity.value is not None
        and figure.mention.quantity.value >= 1000
        and any(t.lemma_.lower() in _SOLD for t in near)
    )
