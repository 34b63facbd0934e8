"""What a pronoun must be for its verb, its predicate or what it possesses: 'it is refined', 'its price'."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.english import English
from kg.annotate.grammar import verb_above
from kg.annotate.wordlist import word_list

MATERIALS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup")
BODIES = ("Country", "Company", "GovernmentBody", "Organization", "InternationalOrganization")
MEASURES = ("Policy", "Agreement")
SITES = ("Facility",)
PEOPLE = ("Person", "Official")
THINGS = (*BODIES, *SITES, "Programme", *MEASURES, *MATERIALS, "Place")

_HANDLED = frozenset(
    word_list(
        "use mine refine process produce extract separate smelt recover recycle alloy export import consume "
        "need contain make sell buy ship account supply hold stockpile require take carry transport haul burn "
        "roast leach melt store obtain "
    )
)
_ACTS = frozenset(
    word_list(
        "say want plan hope aim ask sign announce lend pay depend rely employ promise threaten impose launch "
        "refuse export import sell buy own operate mine refine agree seek acquire invest expect warn offer "
        "intend decide negotiate accuse join accept reject propose fund finance borrow hire tell call "
        "consider deny buy purchase push urge pledge vow add believe wish try bid "
    )
)
_MAKES = frozenset(["produce", "process", "make", "store", "recycle", "separate", "smelt"])
_RULES = frozenset(
    word_list(
        "apply cover expire enter lapse require oblige exempt stipulate enshrine provide allow ban forbid prohibit "
    )
)
_BUILT = frozenset(
    [
        "build",
        "open",
        "close",
        "reopen",
        "shut",
        "mothball",
        "idle",
        "expand",
        "restart",
        "commission",
        "flood",
        "drain",
        "construct",
    ]
)
_OF_FIRMS = frozenset(
    word_list(
        "share shareholder ceo profit revenue subsidiary board headquarters founder dividend stock investor "
        "customer earnings creditor chairman loss bankruptcy workforce "
    )
)
_OF_STATES = frozenset(
    word_list(
        "citizen soil border coast parliament currency army territory economy lawmaker voter ally "
        "constitution population minister government capital "
    )
)
_OF_SITES = frozenset(["construction", "owner", "operator", "expansion", "restart", "closure"])
_OF_MATERIALS = frozenset(
    [
        "price",
        "refining",
        "extraction",
        "property",
        "melting",
        "use",
        "density",
        "conductivity",
        "scarcity",
        "atomic",
        "recycling",
    ]
)
_GRIPS = frozenset(["control", "dominate", "corner", "monopolise", "monopolize"])


def subject_leaning(token: Token, english: English) -> tuple[str, ...]:
    """The types that a subject pronoun may have by its verb and predicate; all where these are silent."""
    verb = token.head
    lemma = verb.lemma_.lower()
    if token.dep_ == "nsubjpass":
        if lemma in _HANDLED:
            return (
                MATERIALS
                if lemma in ("use", "mine", "refine", "extract", "smelt", "alloy", "consume", "recover", "roast")
                else (*MATERIALS, *SITES, "Programme")
            )
        return (*SITES, "Programme", "Place", "Company") if lemma in _BUILT else THINGS
    if lemma in ("be", "remain", "become"):
        return _predicate(verb, english)
    for child in verb.children:
        if lemma == "take" and child.dep_ == "dobj" and child.lemma_ == "effect":
            return MEASURES
    if lemma in _ACTS:
        return (*BODIES, "Programme") if lemma in ("buy", "sell", "pay", "lend", "fund", "invest", "aim") else BODIES
    if lemma in _MAKES:
        return (*BODIES, *SITES, "Programme", "Place")
    return (*MEASURES, "Programme", *BODIES) if lemma in _RULES else THINGS


def _predicate(verb: Token, english: English) -> tuple[str, ...]:
    attr = next((c for c in verb.children if c.dep_ == "attr"), None)
    if attr is None:
        return THINGS
    kinds = english.class_nouns.get(attr.lemma_.lower(), ())
    if "ChemicalElement" in kinds:
        return MATERIALS
    if "Company" in kinds and attr.lemma_.lower() in (
        "producer",
        "supplier",
        "maker",
        "exporter",
        "refiner",
        "processor",
        "rival",
        "partner",
    ):
        return (*BODIES, *SITES)
    if attr.lemma_.lower() in ("exporter", "importer", "consumer", "buyer", "customer", "member", "ally", "user"):
        return BODIES
    return tuple(kind for kind in THINGS if kind in kinds) or THINGS


def possessor_leaning(token: Token) -> tuple[str, ...]:
    """The types that 'its' may have by what it possesses: 'its shares', 'its soil', 'its price'."""
    noun = token.head
    lemma = noun.lemma_.lower()
    if lemma in _OF_FIRMS:
        return ("Company", "Organization", "GovernmentBody", "Facility")
    if lemma in _OF_STATES:
        return ("Country", "InternationalOrganization", "Place")
    if lemma in _OF_SITES:
        return (*SITES, "Programme", "Company", "Product")
    if lemma == "price" or (lemma in _OF_MATERIALS and verb_above(noun).lemma_.lower() in _GRIPS):
        return (*MATERIALS, "Product")
    return THINGS


def object_leaning(token: Token) -> tuple[str, ...]:
    """The types that an object pronoun should have by its verb: materials to be refined, sites to be reopened."""
    lemma = _governor(token)
    if (
        token.dep_ == "pobj"
        and token.head.lower_ in ("from", "at", "in", "with", "to", "on", "into")
        and lemma not in ("make", "produce", "extract", "obtain", "account")
    ):
        return tuple(kind for kind in THINGS if kind not in MATERIALS)
    if lemma in _HANDLED:
        return MATERIALS
    if lemma in _BUILT or lemma in ("operate", "run", "develop"):
        return (*SITES, "Programme")
    if lemma in ("ratify", "renew", "terminate", "lift", "impose", "extend", "repeal", "enact", "revoke", "suspend"):
        return MEASURES
    return THINGS


def _governor(token: Token) -> str:
    head = token.head
    while head.pos_ in ("ADP", "NOUN", "PRON", "NUM", "DET", "ADJ") and head.dep_ != "ROOT":
        head = head.head
    return str(head.lemma_.lower())
