"""Products and applications that no list has, made where a statement of use or making asks for one.

'Bismuth is used in shotgun pellets' names a product that deserves a node, while a text full of plural nouns does not
deserve one for each. So the phrase becomes an entity only as the filler of a role, and only where its head may be a
thing or a trade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.english import English
from kg.annotate.entities import normal
from kg.annotate.vocabulary import plural
from kg.annotate.wordlist import word_list
from kg.extract.fillers import Filler, expand

# what is too vague or too abstract to be a product, whatever the sentence says of it
_VAGUE = frozenset(
    word_list(
        "thing way part number time world country company demand role growth people future use user application "
        "product good item material metal mineral element commodity form kind type variety range sector field "
        "area industry economy market process purpose example case hand order sense place end year month day "
        "decade percent power energy security supply chain business project plan investment price cost money cash "
        "fund deal agreement effect impact risk need lot bit half third majority rest goal aim target transition "
        "shift change climate environment society life home job work worker labour capacity output production "
        "technology equipment system solution sale export import trade stock share reserve resource source amount "
        "volume quantity level rate force name line side point question problem issue fact idea reason result "
        "matter service region state government nation city town law policy rule measure tariff quota ban license "
        "licence permit war peace alloy compound ore concentrate oxide scrap waste powder content portion "
        "fraction feature property quality strength advantage alternative substitute replacement option choice "
        "set group class category member array host component ingredient input feedstock ton tonne kilogram pound "
        "ounce dollar cent euro yuan today tomorrow customer buyer consumer client producer supplier maker "
        "manufacturer miner refiner analyst investor expert official partner player giant other one some many "
        "most each several everything something anything nothing it they them this that these those which what "
        "goods products equivalent standard generation development advance progress innovation research design "
        "step stage"
    )
)
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ship|ism|ance|ence|hood|dom|cy|al|ure)$")
_CONCRETE = frozenset(
    word_list(
        "ammunition munition munitions equipment instrument pigment appliance ambulance aviation construction "
        "insulation desalination telecommunication agriculture horticulture metal furniture battery cement "
        "garment ornament chemical medical pharmaceutical fertiliser jewellery surgery petrochemical signal "
        "crystal missile sculpture armament automation refrigeration transportation navigation aquaculture "
        "semiconduction implement pavement ligament filament fragrance"
    )
)
_TRADES = re.compile(
    r"(?:making|manufacturing|manufacture|refining|processing|polishing|drilling|welding|plating|casting|printing|brewing|farming|tanning|dyeing|lighting|imaging|machining|mining|building|packaging|brazing|soldering|galvanising|galvanizing|smelting|medicine|surgery|dentistry|electronics|optics|aerospace|aviation|agriculture|metallurgy|photography|catalysis|ceramics|jewellery|jewelry|construction|healthcare|cosmetics)$"
)
_FIELD_HEADS = frozenset(
    ["industry", "sector", "field", "business", "trade", "production", "manufacture", "manufacturing"]
)
_MAKERS = re.compile(r"(?:makers?|builders?|smiths?|refiners?|mills?|foundries)$")
_SKIPPED = frozenset(
    word_list(
        "other such new certain various many several some most all more further different additional modern "
        "advanced common everyday key critical vital important major big small large own numerous countless "
        "high-tech sophisticated specialised specialized special traditional typical ordinary popular certain "
        "so-called lucrative latest"
    )
)
# plurals in -ers and -ors are people unless they are these
_DEVICES = frozenset(
    word_list(
        "converter laser transistor sensor reactor motor filter boiler heater cooler capacitor semiconductor "
        "conductor superconductor inductor resistor detector connector projector rotor generator roller fastener "
        "fertiliser fertilizer wafer printer computer lighter trailer mixer container fiber powder rubber paper "
        "polymer damper tanker fighter bomber freezer charger inverter electrolyser electrolyzer amplifier "
        "speaker scanner razor mirror elevator radiator injector cylinder primer liner stabiliser stabilizer "
        "transformer transponder booster launcher cutter hammer router server helicopter meter timer cooker dryer "
        "washer concentrator compressor collector accelerator incinerator sprinkler silencer starter alternator "
        "actuator thruster pacemaker blender tweezer holder burner shaver trimmer locker ladder feeder "
        "semi-conductor microprocessor processor monitor"
    )
)
# verbs that say of too many things that they are somewhere: they make no product out of a word
_LOOSE_VERBS = frozenset(word_list("find put value feed flow serve improve power include need require"))


def wants(property_name: str, trigger: Token, role: str) -> bool:
    """Whether a statement is so clearly one of use that what fills its role may be made an entity."""
    if property_name != "usedIn":
        return False
    loose = trigger.lemma_.lower() in _LOOSE_VERBS and trigger.pos_ in ("VERB", "AUX")
    return not (loose and role not in ("into",)) and role not in ("agent", "self", "governor")


def demanded(
    unit: AnnotatedUnit,
    drafts: dict[str, Draft],
    tokens: Iterable[Token],
    english: English,
    siblings: bool,
    trades_only: bool = False,
) -> list[Filler]:
    """New entities for those of the role's tokens, and of what is listed with them, that have none.

    `siblings`: listed things stand beside, so a bare singular may pass too. `trades_only`: industries and makers only.
    """
    found = []
    for token in tokens:
        for item, _ in expand(token):
            if filler := _make(unit, drafts, item, english, siblings, trades_only):
                found.append(filler)
    return found


def _make(
    unit: AnnotatedUnit, drafts: dict[str, Draft], token: Token, english: English, siblings: bool, trades_only: bool
) -> Filler | None:
    if (known := unit.ref_headed(token)) is not None and known.type in ("Product", "Application"):
        return Filler(known.keys[0], known.type, token.i, 1)
    if token.pos_ != "NOUN" or unit.ref_at(token) is not None or token.i in unit.original:
        return None
    start = _start(unit, token)
    bare = start == token.i
    kind = _kind(token, bare)
    if kind is None or (trades_only and kind != "Application") or not _may_be(token, english, bare, siblings, kind):
        return None
    names = _names(unit, token, start)
    key = f"{kind.lower()} {normal(unit.text(start, token.i) + ' ' + token.lemma_)}"
    draft = drafts.get(key)
    if draft is None:
        draft = drafts[key] = Draft(key, names[0], how="ondemand")
        draft.votes[kind] += 10
    draft.names.update(names)
    unit.refs.append(Ref(start, token.i + 1, token.i, (key,), kind, "ondemand"))
    return Filler(key, kind, token.i, 1)


def _kind(token: Token, bare: bool) -> str | None:
    """Product or Application by the head; None for a bare 'industry', which says nothing of which."""
    lemma = token.lemma_.lower()
    if lemma in _FIELD_HEADS:
        return None if bare else "Application"
    if _TRADES.search(token.lower_) or _MAKERS.search(token.lower_):
        return "Application"
    return "Product"


def _may_be(token: Token, english: English, bare: bool, siblings: bool, kind: str) -> bool:
    lemma = token.lemma_.lower()
    if kind == "Application":
        return lemma not in ("maker", "builder", "mill", "refiner", "mining", "processing", "making") or not bare
    if (
        lemma in _VAGUE
        or lemma in english.class_nouns
        or lemma in english.transparent
        or token.like_num
        or token.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL")
    ):
        return False
    if (_ABSTRACT.search(lemma) and lemma not in _CONCRETE) or not lemma.isalpha() or len(lemma) < 3:
        return False
    if (
        lemma.endswith(("er", "or", "ist", "ian", "ee", "man", "woman"))
        and lemma not in _DEVICES
        and token.tag_ == "NNS"
    ):
        return False
    if lemma.endswith(("ing", "er", "or", "ist", "man", "ee")) and token.tag_ == "NN" and bare and not siblings:
        return False
    # a bare mass noun or singular may be anything; a plural, a compound or a listed thing is a thing
    return token.tag_ == "NNS" or not bare or siblings or lemma in _CONCRETE


def _start(unit: AnnotatedUnit, token: Token) -> int:
    """Where the phrase begins: with its compounds and telling adjectives, without articles, quantities and ranks."""
    start = token.i
    for child in reversed(list(token.lefts)):
        inside = unit.ref_at(child)
        plain = (
            child.dep_ in ("compound", "amod", "nmod", "punct") and child.lower_ not in _SKIPPED and not child.like_num
        )
        if (
            not plain
            or child.right_edge.i != start - 1
            or child.tag_ in ("JJR", "JJS")
            or (inside is not None and inside.adjectival)
        ):
            break
        if (child.dep_ == "punct" and child.text != "-") or (
            child.left_edge.i in unit.original and child.dep_ == "nmod"
        ):
            break
        start = child.left_edge.i
    return start


def _names(unit: AnnotatedUnit, token: Token, start: int) -> list[str]:
    """The phrase and its forms without adjectives, each in the singular and the plural; the most telling first."""
    last = unit.text(token.i, token.i + 1)
    singular = token.lemma_.lower() if token.tag_ == "NNS" else last
    several = last if token.tag_ == "NNS" else plural(last)
    prefixes = [unit.text(start, token.i)] if start < token.i else [""]
    first = unit.doc[start]
    if start < token.i and first.dep_ == "amod":
        prefixes.append(unit.text(start + 1, token.i) if start + 1 < token.i else "")
    names = []
    for prefix in prefixes:
        lead = prefix if not prefix or prefix.endswith("-") else prefix + " "
        forms = (last, singular, several) if len(prefix) > 0 or prefix is prefixes[0] else ()
        names += [lead + form for form in forms]
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))
