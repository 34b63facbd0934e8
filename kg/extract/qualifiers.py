"""Which time and which figure of a unit belong to a claim.

A figure with an owner of its own ('Russia with 8,700 t', '49 percent by Albemarle', '2,000 kg of platinum') goes to
claims about
that owner and to no others; the rest go to the nearest claim of the same clause whose property admits their kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Figure, Moment
from kg.annotate.wordlist import word_list
from kg.extract.clauses import subjects
from kg.extract.fillers import Filler
from kg.extract.frames import Frame
from kg.records import Modality, Quantity

KINDS: dict[str, tuple[str, ...]] = {
    "produces": ("mass", "percent", "volume", "energy"),
    "mines": ("mass", "percent", "volume"),
    "processes": ("mass", "percent", "volume"),
    "consumes": ("mass", "percent"),
    "exports": ("mass", "percent", "money"),
    "imports": ("mass", "percent", "money"),
    "suppliesTo": ("mass", "percent"),
    "dependsOn": ("percent", "mass"),
    "stockpiles": ("mass", "money"),
    "hasDepositOf": ("mass", "percent"),
    "funds": ("money",),
    "owns": ("percent", "money"),
    "usedIn": ("mass", "percent"),
    "imposes": ("percent", "mass", "money"),
    "hasAgreementWith": ("money",),
    "dominates": ("percent", "mass"),
    "operates": (),
}
_MAX_COST = 16
MATERIALS = frozenset(["ChemicalElement", "Mineral", "Compound", "MaterialGroup", "Product"])
_HOLDERS = frozenset(
    ["Country", "Company", "Place", "Facility", "InternationalOrganization", "Organization", "GovernmentBody"]
)
_LINKS = frozenset(["with", "at", ",", ":", "–", "—", "("])
_ENDS = frozenset([",", ";", ".", ")", "and", "or", "while", ":"])
_GLOBAL = frozenset(["world", "global", "worldwide", "international", "total", "combined"])
CHANGE_WORDS = frozenset(
    word_list(
        "rise fall increase decrease jump drop climb slump surge plunge gain sink growth decline grow slip lose "
        "soar tumble dwindle shrink cut reduce raise lift boost rally slide ease advance retreat widen narrow "
        "reduction cutback hike contract expand lower higher more less fewer up down double triple dip recover "
        "rebound collapse crash swell trim"
    )
)


def figure_for(unit: AnnotatedUnit, trigger: Token, subject: Filler, item: Filler, frame: Frame) -> Quantity | None:
    """The figure that belongs to a claim, or None. A conversion in brackets is passed over."""
    kinds = frame.figures or KINDS.get(frame.property, ())
    best: tuple[int, int] | None = None
    chosen: Figure | None = None
    for number, figure in enumerate(unit.figures):
        if figure.mention.kind not in kinds or figure.mention.parenthetical or not _is_level(unit, figure, frame):
            continue
        bond = _bond(unit, figure, subject, item)
        if bond is None:
            continue
        cost = _cost(unit, figure, trigger, subject, item) - bond
        if cost <= _MAX_COST and (best is None or (cost, number) < best):
            best, chosen = (cost, number), figure
    return chosen.mention.quantity if chosen else None


def _is_level(unit: AnnotatedUnit, figure: Figure, frame: Frame) -> bool:
    """Whether a figure says how much there is, not by how much it changed or how much there was before."""
    if frame.property == "imposes":
        return True
    return not (is_change(unit, figure) or is_earlier(unit, figure) or _is_world_total(unit, figure))


def is_change(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'rose by 12 percent', 'up 5 percent', 'a fall of 90 percent', '12 percent higher': a difference."""
    doc = unit.doc
    before = doc[figure.start - 1] if figure.start else None
    if before is not None and before.lower_ in ("up", "down"):
        return True
    after = doc[figure.end] if figure.end < len(doc) else None
    if after is not None and (
        after.tag_ in ("JJR", "RBR")
        or after.lemma_.lower()
        in ("rise", "increase", "drop", "fall", "jump", "decline", "reduction", "cut", "gain", "surge", "growth")
    ):
        return True
    if before is None:
        return False
    root = doc[figure.start : figure.end].root
    head = root.head
    if before.lower_ == "by" and head == before and figure.mention.kind != "money":
        return any(t.lemma_.lower() in CHANGE_WORDS for t in (head.head, head.head.head))
    if before.lower_ == "of" and head == before:
        return head.head.lemma_.lower() in CHANGE_WORDS and head.head.pos_ == "NOUN"
    if figure.mention.kind not in ("percent", "points", "multiple"):
        return False
    return (
        head.pos_ == "VERB"
        and head.lemma_.lower() in CHANGE_WORDS
        and head.i < figure.start
        and root.dep_ in ("dobj", "npadvmod", "advmod", "nummod", "obl")
        and not _owned_words(unit, figure)
    )


def _owned_words(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'cut 5 percent of its output' changes a part, still a difference; 'lost 5 percent of X' names what is lost."""
    return figure.end < len(unit.doc) and unit.doc[figure.end].lower_ == "of"


def is_earlier(unit: AnnotatedUnit, figure: Figure) -> bool:
    """Whether a figure is the first of 'from A to B' or 'to B from A': what there was before."""
    doc = unit.doc
    if figure.start == 0 or doc[figure.start - 1].lower_ != "from":
        return False
    verb = doc[figure.start - 1].head
    others = [f for f in unit.figures if f is not figure and f.mention.kind == figure.mention.kind and f.start > 0]
    return verb.lemma_.lower() in CHANGE_WORDS and any(doc[f.start - 1].lower_ == "to" for f in others)


def _is_world_total(unit: AnnotatedUnit, figure: Figure) -> bool:
    """'Global output rose to 290,000 t', 'of the 27 Mt refined': a sum that is no single holder's."""
    if figure.mention.kind == "percent":
        return False
    doc = unit.doc
    before = [t.lower_ for t in doc[max(0, figure.start - 3) : figure.start]]
    if (before[-1:] == ["the"] and "of" in before[:-1]) or any(word in _GLOBAL for word in before):
        return True
    verb = _clause(doc[figure.start : figure.end].root)
    for subject in subjects(verb):
        if any(
            child.lower_ in _GLOBAL or (child.dep_ == "poss" and child.lower_ == "world") for child in subject.children
        ):
            return True
    return False


def _bond(unit: AnnotatedUnit, figure: Figure, subject: Filler, item: Filler) -> int | None:
    """How strongly a figure is tied to a claim: 0 tied to nobody, more where tied to it, None where to another."""
    bond = 0
    phrase = own_phrase(unit, figure)
    if phrase is not None and item.type in MATERIALS | _HOLDERS:
        kinds = {ref.type for ref in unit.refs if phrase[0] <= ref.start < phrase[1] and not ref.adjectival}
        if phrase[0] <= item.token < phrase[1]:
            bond += 12
        elif phrase[0] <= subject.token < phrase[1]:
            bond += 6
        elif (kinds & MATERIALS and item.type in MATERIALS) or (
            kinds & _HOLDERS and item.type in ("Company", "Facility")
        ):
            return None
    holder = holder_phrase(unit, figure)
    if holder is not None:
        tied = [f for f in (subject, item) if holder[0] <= f.token < holder[1]]
        if not tied:
            return None
        bond += 12
    return bond


def own_phrase(unit: AnnotatedUnit, figure: Figure) -> tuple[int, int] | None:
    """The tokens of the figure's own 'of' phrase, 'of gallium and germanium', up to the next figure or clause."""
    doc = unit.doc
    if figure.end >= len(doc) or doc[figure.end].lower_ != "of":
        return None
    stop = min((f.start for f in unit.figures if f.start > figure.end), default=len(doc))
    seen = False
    for token in doc[figure.end + 1 : stop]:
        inside = any(ref.start <= token.i < ref.end and not ref.adjectival for ref in unit.refs)
        if (
            token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "PRON")
            and token.lower_ not in ("of", "its", "their")
            and not inside
        ):
            stop = token.i
            break
        if token.text in (";", ":", "–", "—") or (token.text == "," and not (seen and _lists(unit, token))):
            stop = token.i
            break
        seen = seen or inside
    return (figure.end + 1, stop) if seen else None


def _lists(unit: AnnotatedUnit, comma: Token) -> bool:
    """Whether a comma stands between names of one list."""
    after = unit.ref_at(comma.i + 1) if comma.i + 1 < len(unit.doc) else None
    return after is not None and after.type in MATERIALS


def holder_phrase(unit: AnnotatedUnit, figure: Figure) -> tuple[int, int] | None:
    """The tokens that name whose a figure is: 'Russia with 8,700 t', 'Brazil, 66 percent;', '49 percent by X'."""
    return _holder_before(unit, figure) or _holder_after(unit, figure)


def _holder_before(unit: AnnotatedUnit, figure: Figure) -> tuple[int, int] | None:
    doc = unit.doc
    if figure.start < 2 or (figure.end < len(doc) and doc[figure.end].lower_ in ("apiece", "each", "respectively")):
        return None
    link = doc[figure.start - 1]
    if link.lower_ in ("a", "an", "the", "just", "only") and figure.start > 2:
        link = link.nbor(-1)
    if link.lower_ not in _LINKS or link.i == 0:
        return None
    listed = figure.end >= len(doc) or doc[figure.end].lower_ in _ENDS
    if link.lower_ not in ("with", "at") and not listed:
        return None
    before = _name_before(unit, link.i)
    if before is None:
        return None
    ref = unit.ref_at(before)
    return (ref.start, ref.end) if ref is not None and ref.type in _HOLDERS and not ref.adjectival else None


def _name_before(unit: AnnotatedUnit, index: int) -> int | None:
    """The token of the name right before a link, past an apposition: 'Sopamin, a Nigerien state company, with'."""
    if unit.ref_at(index - 1) is not None:
        head = unit.doc[index - 1]
        return head.head.i if head.dep_ == "appos" and unit.ref_at(head.head) is not None else index - 1
    if unit.doc[index - 1].text == ",":
        for token in reversed(unit.doc[max(0, index - 8) : index - 1]):
            if token.dep_ == "appos":
                return int(token.head.i)
            if token.pos_ in ("VERB", "AUX"):
                return None
    return None


def _holder_after(unit: AnnotatedUnit, figure: Figure) -> tuple[int, int] | None:
    doc = unit.doc
    if figure.end >= len(doc) or doc[figure.end].lower_ not in ("by", "from") or is_earlier(unit, figure):
        return None
    stop = min((f.start for f in unit.figures if f.start > figure.end), default=len(doc))
    stop = min([stop, *(t.i for t in doc[figure.end + 1 : stop] if t.text in (";", ",") or t.pos_ in ("VERB", "AUX"))])
    named = any(ref.type in _HOLDERS and figure.end < ref.start < stop for ref in unit.refs if not ref.adjectival)
    others = [f for f in unit.figures if f is not figure and f.mention.kind == figure.mention.kind]
    return (figure.end + 1, stop) if named and others else None


def _cost(unit: AnnotatedUnit, figure: Figure, trigger: Token, subject: Filler, item: Filler) -> int:
    """How far a figure stands from the claim's words; another clause counts as eight words."""
    places = [item.token] if item.distance < 3 else [trigger.i]
    if item.token < trigger.i or subject.token > trigger.i:
        places.append(subject.token)
    near = min(_gap(figure, place) for place in places)
    near = min(near, _gap(figure, trigger.i) + 1)
    clause = _clause(unit.doc[min(figure.end - 1, len(unit.doc) - 1)])
    return near + (0 if clause in (_clause(trigger), trigger) else 8)


def _gap(figure: Figure, index: int) -> int:
    if index < figure.start:
        return figure.start - index
    return max(0, index - figure.end + 1)


def _clause(token: Token) -> Token:
    while token.dep_ != "ROOT" and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def moment_for(unit: AnnotatedUnit, trigger: Token, mode: Modality) -> str | None:
    """The time of a claim: one in the trigger's clause, else one in front that its clause shares, else the only one."""
    moments = [moment for moment in unit.moments if not _is_compared(unit, moment)]
    own = [moment for moment in moments if _governs(trigger, unit.doc[moment.start])]
    own = own or _shared(unit, moments, trigger)
    if not own:
        verbs = [t for t in unit.doc if t.pos_ == "VERB" and t.dep_ not in ("amod", "acl", "xcomp")]
        own = [m for m in moments if len(moments) == 1 and len(verbs) <= 2 and not _in_relative(unit, m, trigger)]
    if not own:
        return unit.entry_date
    nearest = min(own, key=lambda moment: (abs(moment.start - trigger.i), moment.start))
    return reading(unit, nearest, mode)


_COMPARING = frozenset(["against", "compared", "versus", "vs", "than"])


def _is_compared(unit: AnnotatedUnit, moment: Moment) -> bool:
    """Whether a time belongs to what a figure is held against: 'against 53 billion in 2021', '7 percent up on 2017'."""
    doc = unit.doc
    if (
        moment.start >= 2
        and doc[moment.start - 1].lower_ in ("on", "from")
        and doc[moment.start - 2].lower_ in ("up", "down")
    ):
        return True
    for token in reversed(doc[max(0, moment.start - 7) : moment.start]):
        if token.lower_ in _COMPARING:
            return True
        if token.text in (",", ";", ":") or (token.pos_ in ("VERB", "AUX") and token.lower_ not in _COMPARING):
            return False
    return False


def _shared(unit: AnnotatedUnit, moments: list[Moment], trigger: Token) -> list[Moment]:
    """Times of the clause around the trigger, and one in front of a sentence whose clauses are joined."""
    clause = _clause(trigger)
    around = {clause}
    if clause.dep_ in ("xcomp", "ccomp", "conj", "advcl", "pcomp", "aux") or clause.head.lower_ in ("to", "of"):
        around.add(_clause(clause.head) if clause.head != clause else clause)
    found = [m for m in moments if _clause(unit.doc[m.start]) in around]
    own = [m for m in found if _clause(unit.doc[m.start]) == clause]
    if own:
        return own
    # a time behind the first of two joined verbs is that verb's own
    first = clause.head if clause.dep_ == "conj" else None
    return [m for m in found if first is None or m.start < first.i or _clause(unit.doc[m.start]) != first]


def _in_relative(unit: AnnotatedUnit, moment: Moment, trigger: Token) -> bool:
    """Whether a time stands in a relative or participial clause that does not hold the trigger."""
    return any(
        clause.dep_ in ("relcl", "acl") and trigger.i not in {t.i for t in clause.subtree} and clause != trigger
        for clause in _clauses(unit.doc[moment.start])
    )


def _clauses(token: Token) -> Iterator[Token]:
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            yield above


def reading(unit: AnnotatedUnit, moment: Moment, mode: Modality) -> str:
    """A phrase without a year lies ahead under 'will', behind under a verb in the past, else as the claim does."""
    future = moment.mention.future
    if not future:
        return moment.mention.value
    tense = _tense(_clause(unit.doc[moment.start]))
    lead = unit.doc[moment.start - 1].lower_ if moment.start else unit.doc[moment.start].lower_
    begins = lead in ("from", "until", "till")  # "from December 1, exporters need a licence"
    ahead = tense == "future" or (tense != "past" and (mode == "Planned" or begins))
    return future if ahead else moment.mention.value


def _tense(verb: Token) -> str:
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & {"will", "shall", "'ll", "’ll", "to"}:
        return "future"
    if verb.tag_ in ("VBD", "VBN") and not helpers & {"would", "could", "may", "might", "is", "are", "be"}:
        return "past"
    return "past" if helpers & {"was", "were", "had", "has", "have"} else ""


def _governs(trigger: Token, token: Token) -> bool:
    """Whether a time stands under the trigger with no other clause between."""
    for _ in range(8):
        if token == trigger:
            return True
        if token.dep_ == "ROOT" or (token.pos_ in ("VERB", "AUX") and token != trigger):
            return False
        token = token.head
    return False
