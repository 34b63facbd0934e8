"""Definite descriptions by class: 'the country', 'the Swiss trader', 'the Perth-based company', 'the two firms'.

Each modifier must fit what it is taken for: a nationality its home, a seat its seat, a region its country.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from kg.annotate.annotation import Draft
from kg.annotate.discourse import Memory, Place, Seen, newest, only
from kg.annotate.entities import normal
from kg.annotate.grammar import clause_subject, restricts, verb_above
from kg.annotate.groups import NUMBERS, several
from kg.annotate.leanings import BODIES, MATERIALS, PEOPLE
from kg.annotate.regions import region_members
from kg.annotate.wordlist import word_list

_DETERMINERS = frozenset(["the", "this", "that", "these", "those", "such", "both", "each", "either", "neither"])
_REACH = 3  # sentences back that a description may reach; one by a noun known for its thing reaches any
_SCENE = ("Company", "Facility", "Programme", "Agreement")  # things that a text is about from end to end
# adjectives that fit whatever of the class was just spoken of: "the embattled miner"
_UNSPECIFIC = frozenset(
    word_list(
        "same new western eastern northern southern central north south latin giant huge small tiny big large "
        "troubled embattled ailing state local silvery rare precious versatile heavy light soft listed "
        "private public vast broad young old poor rich landlocked mineral-rich resource-rich sprawling "
        "struggling ambitious bilateral sweeping controversial key vital critical strategic coveted "
        "cash-strapped debt-laden loss-making state-owned state-controlled state-run family-owned world-class "
        "wide entire long-delayed disputed military-run junta-led island grey gray white toxic magnetic "
        "brittle ductile strong industrial global multinational national international federal nordic named "
        "above-mentioned said current present huge loss fast-growing "
    )
)
_KIN = tuple(
    frozenset(words.split())
    for words in (
        "law act bill regulation legislation directive decree statute code",
        "ban embargo curb restriction halt suspension moratorium prohibition control measure restrictions controls",
        "tariff duty levy tax measure royalty",
        "quota cap limit ceiling measure regime system",
        "subsidy incentive scheme measure",
        "mine pit quarry deposit operation site project asset colliery orebody",
        (
            "plant factory refinery smelter facility works mill complex concentrator site project gigafactory foundry "
            "operation hub"
        ),
        "port terminal harbour railway line corridor project",
        "agreement deal pact accord treaty memorandum contract framework arrangement understanding compact mou offtake",
        (
            "programme program initiative scheme plan strategy project fund partnership package stockpile reserve "
            "coalition"
        ),
    )
)
_RANKS = frozenset(
    ["world's", "world’s", "largest", "biggest", "top", "leading", "'s", "’s", "second-largest", "third-largest"]
)
_SITE_NOUNS = frozenset(["site", "operation", "asset", "project", "facility"])


@dataclass(frozen=True, slots=True)
class Described:
    """A description that may take something up: the types it may be of, and its modifiers as the text writes them."""

    place: Place
    start: int
    kinds: tuple[str, ...]
    modifiers: tuple[str, ...]
    nation: str | None
    material: str | None
    seat: str | None


def description(memory: Memory, place: Place) -> tuple[int, tuple[str, ...] | None] | None:
    """None: no description of something known. (start, None): one without antecedent. (start, keys): resolved."""
    token = place.token
    if token.dep_ in ("attr", "oprd", "appos"):
        return None
    determiner = next((t for t in token.lefts if t.lower_ in _DETERMINERS), None)
    if determiner is None or any(restricts(t, token) for t in token.rights):
        return None
    if (
        any(
            t.dep_ == "prep" and t.lower_ in ("of", "in", "at", "for", "between", "on", "with") and t.i == token.i + 1
            for t in token.rights
        )
        and token.lemma_ != "country"
    ):
        return None
    read = _read(memory, place, determiner)
    if (
        (read.kinds and token.tag_ in ("NNS", "NNPS"))
        or token.lower_ in NUMBERS
        or token.lower_ in ("sides", "parties")
    ):
        return determiner.i, _several(memory, read)
    if determiner.lower_ in ("each", "either", "neither", "both", "such"):
        kinds = (*read.kinds, "Country") if token.lemma_ == "government" else read.kinds
        return determiner.i, several(memory, place, kinds, 2) if kinds and determiner.lower_ not in (
            "both",
            "such",
        ) else None
    keys = _one(memory, read)
    return (determiner.i, keys) if read.kinds or keys else None


def _read(memory: Memory, place: Place, determiner: Token) -> Described:
    unit, token = place.unit, place.token
    nation = material = seat = None
    words = unit.text(determiner.i + 1, token.i) if determiner.i + 1 < token.i else ""
    for index in range(determiner.i + 1, token.i):
        ref = unit.ref_at(index)
        if ref is None or index != ref.start:
            continue
        draft = memory.drafts[ref.keys[0]]
        surface = unit.text(ref.start, ref.end)
        if (
            ref.end < len(unit.doc)
            and unit.doc[ref.end].text == "-"
            and unit.text(ref.end, ref.end + 2) in ("-based", "-headquartered")
        ):
            seat, words = draft.key, words.replace(f"{surface}{unit.text(ref.end, ref.end + 2)}", " ")
        elif draft.type == "Country":
            nation, words = draft.key, words.replace(surface, " ")
        elif draft.type in MATERIALS and draft.term is not None:
            material, words = draft.key, words.replace(surface, " ")
    kinds = _kinds(memory, place)
    modifiers = tuple(w for w in words.lower().replace(",", " ").split() if w not in _DETERMINERS and not w.isdigit())
    return Described(place, determiner.i, kinds, modifiers, nation, material, seat)


def _kinds(memory: Memory, place: Place) -> tuple[str, ...]:
    """The types that a description's noun, or its noun with the word before it, may stand for."""
    token = place.token
    lemma = token.lemma_.lower()
    nouns = memory.english.class_nouns
    before = token.nbor(-1).lower_ if token.i else ""
    kinds = nouns.get(f"{before} {lemma}", ()) or nouns.get(lemma, ())
    if "ChemicalElement" in kinds or ("MaterialGroup" in kinds and "Organization" not in kinds):
        return MATERIALS
    if "Person" in kinds:
        return PEOPLE
    if lemma in ("side", "party") and token.tag_ == "NNS":
        return BODIES
    if lemma in (
        "producer",
        "exporter",
        "supplier",
        "importer",
        "buyer",
        "consumer",
        "rival",
        "partner",
        "neighbour",
        "neighbor",
    ):
        return ("Company", "Country")
    if lemma == "power" and not token.text.istitle():
        return ("Country",)
    return tuple(kinds)


def _several(memory: Memory, read: Described) -> tuple[str, ...] | None:
    """'the two countries', 'both metals', 'such elements', 'the companies': a group of that class and size."""
    token = read.place.token
    lefts = [t.lower_ for t in token.lefts]
    size = next((NUMBERS[word] for word in lefts if word in NUMBERS), NUMBERS.get(token.lower_, 0))
    if token.lower_ in ("sides", "parties"):
        size = size or 2
    others = [w for w in read.modifiers if w not in NUMBERS and w not in _UNSPECIFIC and not region_members(w)]
    if others or read.seat or read.material:
        return None
    kinds = read.kinds
    keys = several(memory, read.place, kinds, size, reach=2)
    if keys is None and set(kinds) & set(MATERIALS):
        group = next((c for c in memory.back(read.place, 2, ("MaterialGroup",)) if c.subject or size == 0), None)
        return group.keys if group is not None and size == 0 else None
    if (
        keys
        and not size
        and token.lower_ not in ("sides", "parties")
        and not set(kinds) & set(MATERIALS)
        and "both" not in lefts
        and len(keys) > 4
    ):
        return None
    if keys and read.nation:
        return keys if all(memory.drafts[key].country == read.nation for key in keys) else None
    return keys


def _one(memory: Memory, read: Described) -> tuple[str, ...] | None:
    place = read.place
    lemma = place.token.lemma_.lower()
    headed = [
        c for c in memory.back(place, 10**6, _NAMED) if len(c.keys) == 1 and _is_called(memory.drafts[c.keys[0]], lemma)
    ]
    pool = [c for c in memory.back(place, _REACH, read.kinds) if len(c.keys) == 1]
    pool = _not_own_subject(place, [c for c in pool if _fits_noun(memory.drafts[c.keys[0]], lemma)])
    headed = _not_own_subject(place, [c for c in headed if _fits(memory, c, read)])
    demonstrative = place.unit.doc[read.start].lower_ in ("this", "that")
    near = [c for c in headed if c.sentence >= place.unit.unit.sentence.index - _REACH]
    if near or only(headed):
        chosen = near or headed
        return chosen[0].keys if not _split(chosen) else None
    fitting = [c for c in pool if _fits(memory, c, read)]
    marked = bool(read.nation or read.seat or any(region_members(w) for w in _region_words(read)))
    if not read.kinds or _is_unknown_modifier(read):
        return None
    if marked and only(fitting):
        return fitting[0].keys
    return _by_prominence(memory, read, fitting, demonstrative) or _scene(memory, read)


_NAMED = (*BODIES, "Facility", "Programme", "Agreement", "Policy", "Event", "Place", "Person", "Official")


def _is_called(draft: Draft, lemma: str) -> bool:
    """Whether a noun is known for a thing: the last word of its name, or a noun that the text or the lists gave it."""
    if draft.type in ("Country", "Place") and lemma not in (
        "island",
        "territory",
        "province",
        "region",
        "city",
        "town",
        "kingdom",
        "capital",
        "state",
    ):
        return False
    names = [normal(name) for name in (draft.label, *draft.names)]
    heads = {words[-1] for name in names for words in (name.split(), name.split(" of ")[0].split()) if words}
    if draft.named and draft.type != "Company" and lemma in heads and len(draft.label.split()) > 1:
        return True
    if lemma in ("company", "firm", "group", "giant", "official", "body", "organisation", "organization"):
        return False
    return lemma in draft.nouns or any(lemma == noun.split()[-1] for noun in draft.nouns)


def _fits_noun(draft: Draft, lemma: str) -> bool:
    """Whether a noun may be said of a thing whose own nouns are known: a tariff is no ban, a mine no refinery."""
    if draft.type not in ("Facility", "Policy", "Agreement", "Programme"):
        return True
    own = {word for name in (draft.label, *draft.names, *draft.nouns) for word in normal(name).split()}
    kin = [words for words in _KIN if own & words]
    if draft.type == "Facility" and (not kin or lemma in _SITE_NOUNS):
        return True
    return (
        lemma in own
        or any(lemma in words for words in kin)
        or (draft.type == "Policy" and lemma in ("measure", "policy", "rule", "step"))
    )


def _fits(memory: Memory, seen: Seen, read: Described) -> bool:
    """Whether nothing that a description says speaks against a thing."""
    draft = memory.drafts[seen.keys[0]]
    home = draft.key if draft.type == "Country" else draft.country
    if read.nation and home != read.nation:
        return False
    if read.seat and not _is_seated(memory, draft, read.seat):
        return False
    regions = [members for word in _region_words(read) if (members := region_members(word))]
    if regions and not any(home in members for members in regions):
        return False
    return not _strange(draft, read)


def _is_seated(memory: Memory, draft: Draft, seat: str) -> bool:
    known = memory.seats.get(draft.key)
    place = memory.drafts[seat]
    country = place.key if place.type == "Country" else place.country or (place.term.part_of if place.term else None)
    return known == seat or (known is None and draft.country is not None and country == draft.country)


def _region_words(read: Described) -> Iterable[str]:
    words = list(read.modifiers)
    pairs = [f"{a} {b}" for a, b in pairwise(words) if region_members(f"{a} {b}")]
    return pairs or words


def _strange(draft: Draft, read: Described) -> bool:
    """Whether a modifier is left that neither its names nor its nouns hold, and that does not fit just any."""
    known = " ".join([*draft.names, *draft.nouns, draft.label]).casefold()
    return any(not _is_plain(word, read) and word not in known for word in read.modifiers)


def _is_plain(word: str, read: Described) -> bool:
    if word in _UNSPECIFIC or word in NUMBERS or word.endswith(("nation", "-member", "-country", "-strong", "-")):
        return True
    return word in _RANKS or any(word in region.split() and region_members(region) for region in _region_words(read))


def _is_unknown_modifier(read: Described) -> bool:
    """A material before a noun tells firms and states by what they make; it makes other things others."""
    return read.material is not None and not set(read.kinds) & {"Company", "Country"}


def _not_own_subject(place: Place, pool: list[Seen]) -> list[Seen]:
    """An object is not what its own subject is."""
    if place.token.dep_ in ("nsubj", "nsubjpass", "poss"):
        return pool
    subject = clause_subject(verb_above(place.token))
    ref = place.unit.ref_at(subject) if subject is not None else None
    return [c for c in pool if ref is None or ref.adjectival or c.keys != ref.keys]


def _split(chosen: list[Seen]) -> bool:
    """Whether two things by the same noun stand equally near: 'a mine in Chile and a mine in Peru'."""
    last = chosen[0]
    rivals = {c.keys for c in chosen if c.sentence == last.sentence}
    return len(rivals) > 1 and not last.subject


def _by_prominence(memory: Memory, read: Described, fitting: list[Seen], demonstrative: bool) -> tuple[str, ...] | None:
    """The subject of the latest sentence that mentions any, else the only one there."""
    now = read.place.unit.unit.sentence.index
    recent = [c for c in fitting if c.sentence >= now - 1] or [c for c in fitting if c.sentence >= now - 2]
    if demonstrative and recent:
        return recent[0].keys if not recent[0].joined else None
    if recent and all(c.joined for c in newest(recent)) and only(newest(recent)) is None:
        return None
    single = [c for c in recent if not c.joined]
    subjects = [c for c in single if c.subject]
    if subjects:
        return subjects[0].keys
    return only(recent) or (
        only(newest(recent)) if set(read.kinds) & {*MATERIALS, "Facility", "Policy", "Agreement"} else None
    )


def _scene(memory: Memory, read: Described) -> tuple[str, ...] | None:
    """The one thing of the class that the text is about, where it clearly leads: 'the company' of a release."""
    if read.modifiers or read.nation or read.material or read.place.unit.doc[read.start].lower_ != "the":
        return None
    kinds = [kind for kind in read.kinds if kind in _SCENE]
    lemma = read.place.token.lemma_.lower()
    keys = {
        c.keys[0]
        for c in memory.seen
        if len(c.keys) == 1 and c.type in kinds and _fits_noun(memory.drafts[c.keys[0]], lemma)
    }
    ranked = sorted((-memory.counts[key], key) for key in keys if memory.drafts[key].named)
    if not ranked or -ranked[0][0] < 3:
        return None
    second = -ranked[1][0] if len(ranked) > 1 else 0
    return (ranked[0][1],) if -ranked[0][0] >= 2 * second else None
