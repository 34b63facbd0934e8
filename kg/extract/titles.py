"""Offices and posts beside a person's name: before it, in apposition, after a copula.

Comes in: a unit with its refs. Goes out: holdsOffice claims for public offices, affiliatedWith for posts in firms and bodies. An
office that no list has becomes an entity of the document's drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.entities import normal
from kg.annotate.wordlist import word_list
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.posts import PEOPLE, Title, at_body, bare_body, body, labelled, led_bodies, main_union
from kg.extract.qualifiers import moment_for
from kg.extract.triggers import Context
from kg.records import Claim

_FORMER = frozenset(word_list("former formerly once lately previously ex then late ex- outgoing onetime erstwhile"))
_PUBLIC_HEADS = frozenset(
    word_list(
        "president minister secretary premier chancellor commissioner governor senator ambassador envoy mayor "
        "speaker king queen congressman congresswoman representative treasurer prime undersecretary lawmaker "
        "diplomat prince taoiseach mp mep councillor congressperson reeve alderman secretary-general rep. sen. gov. amb. rep sen gov"
    )
)
_APPOINTING = frozenset(
    word_list(
        "appoint name elect nominate promote install make confirm reappoint choose pick hire recruit designate "
        "tap swear re-elect"
    )
)
_LEAVING = frozenset(word_list("resign retire oust dismiss sack remove fire replace quit depart"))
_POSTED = frozenset(
    word_list(
        "take over serve act work start return join become step step_in continue resign retire oust dismiss "
        "sack remove fire replace quit depart"
    )
)


def title_claims(context: Context) -> Iterator[Claim]:
    """Every office and post that the unit gives a person."""
    for ref in context.unit.refs:
        if ref.type not in PEOPLE or len(ref.keys) != 1:
            continue
        seen: set[int] = set()
        for title in _titles(context, ref):
            if title.head.i not in seen:
                seen.add(title.head.i)
                yield from _claims(context, title)
        yield from _firm_of(context, ref)
    for person, firm, label in labelled(context):
        title = Title(person.start, person.end, context.unit.doc[person.head], person)
        yield _claim(context, title, "affiliatedWith", firm, False, None, label)
    for person, led, verb in led_bodies(context):
        yield _claim(context, Title(verb.i, verb.i + 1, verb, person), "affiliatedWith", led, False, None, None)


def _firm_of(context: Context, ref: Ref) -> Iterator[Claim]:
    """The firm right before a person's name: "Lynas's Amanda Lacaze"."""
    root = context.unit.doc[ref.head]
    for child in root.children:
        firm = context.unit.ref_headed(child) if child.dep_ == "poss" else None
        if (
            firm is not None
            and firm.type in ("Company", "Organization")
            and len(firm.keys) == 1
            and firm.how != "coreference"
        ):
            title = Title(ref.start, ref.end, root, ref)
            yield _claim(context, title, "affiliatedWith", firm.keys[0], False, None, None)
    at = at_body(context, ref)
    if at is not None:
        yield _claim(context, Title(ref.end, ref.end + 1, root, ref), "affiliatedWith", at, False, None, None)


def _titles(context: Context, ref: Ref) -> Iterator[Title]:
    unit = context.unit
    doc = unit.doc
    before = _before(context, ref)
    if before is not None:
        yield before
    root = doc[ref.start : ref.end].root
    heads = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos":
        heads.append(root.head)
        if root.head.dep_ == "pobj":  # "a spokesman for BHP, Peter Jones": the parser hangs the name on the firm
            heads.append(root.head.head.head)
    if root.dep_ == "nsubj" and root.head.lemma_ in ("be", "become", "remain"):
        heads += [child for child in root.head.children if child.dep_ == "attr"]
    heads += _posted(root)
    for head in heads:
        for item in [head, *_joined(head)]:
            if _is_title(context, item) and not ref.start <= item.i < ref.end:
                start, end = _phrase(item)
                yield Title(start, end, item, ref)


def _joined(head: Token) -> list[Token]:
    """The further posts of 'chair of Codelco and former finance minister', even where the parser joins them to the firm."""
    objects = [t for child in head.children if child.dep_ == "prep" for t in child.children if t.dep_ == "pobj"]
    return [t for top in (head, *objects) for t in top.conjuncts if t.i > head.i and (top is head or t.pos_ == "NOUN")]


def _posted(root: Token) -> Iterator[Token]:
    """The post that a verb gives a person or ends: 'was named chief executive', 'took over as head', 'resigned as minister'."""
    clauses = [c for c in root.children if c.dep_ == "relcl" and any(g.lower_ == "who" for g in c.children)]
    if root.dep_ in ("nsubj", "nsubjpass", "dobj"):
        clauses.append(root.head)
    for verb in clauses:
        yield from _post_of(verb, root)


def _post_of(verb: Token, root: Token) -> Iterator[Token]:
    if verb.pos_ not in ("VERB", "AUX"):
        return
    base = verb.lemma_.lower()
    if base in ("be", "become", "remain") and verb.dep_ == "relcl":
        yield from (child for child in verb.children if child.dep_ == "attr")
    if base in _APPOINTING:
        yield from (
            child for child in verb.children if child.dep_ in ("oprd", "attr", "dobj", "xcomp") and child != root
        )
    if base in _APPOINTING | _POSTED | {"take", "succeed"}:
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("as", "to"):
                yield from (item for item in child.children if item.dep_ == "pobj")


def _left(head: Token) -> bool:
    """Whether the verb over a post ends it: 'resigned as', 'stepped down as', 'was replaced as'."""
    verb = head.head.head if head.head.pos_ == "ADP" else head.head
    if verb.pos_ != "VERB":
        return False
    down = any(child.dep_ in ("prt", "advmod", "prep") and child.lower_ in ("down", "aside") for child in verb.children)
    return verb.lemma_.lower() in _LEAVING or (verb.lemma_.lower() in ("step", "stand") and down)


def _before(context: Context, ref: Ref) -> Title | None:
    """A title right before the name: 'Interior Secretary', 'EU trade commissioner', 'Chief executive'."""
    doc = context.unit.doc
    office = _office_beside(context, ref)
    many = _shared_title(context, doc[ref.head])
    if office is None and many is not None:
        return Title(many.i, many.i + 1, many, ref)
    if office is not None:
        return Title(office.start, office.end, doc[office.head], ref)
    if ref.start == 0 or not _is_title(context, doc[ref.start - 1]):
        return None
    start = ref.start - 1
    while (
        start > 0
        and (doc[start - 1].dep_ in ("compound", "amod", "nmod", "poss", "case") or doc[start - 1].text == "-")
        and doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "PART", "PUNCT")
    ):
        start -= 1
    return Title(start, ref.start, doc[ref.start - 1], ref)


def _office_beside(context: Context, ref: Ref) -> Ref | None:
    """The office that stands right before a name, or beside it with nothing but a comma and little words between."""
    doc = context.unit.doc
    for office in context.unit.refs:
        if office.type != "Office":
            continue
        if office.end == ref.start or (office.end + 1 == ref.start and doc[office.end].text == ","):
            return office
        between = [t.lower_ for t in doc[ref.end : office.start]] if office.start > ref.end else [""]
        if between[0] in (",", "(", "–", "-") and all(word in _BETWEEN for word in between[1:]):
            return office
    return None


_BETWEEN = frozenset(
    word_list("the a an - s ex mp former then current new newly appointed visiting until last year formerly")
)


def _shared_title(context: Context, name: Token) -> Token | None:
    """The plural title before the first of several names, for those after it: 'Presidents Trump and Xi'."""
    if name.dep_ != "conj":
        return None
    first = context.unit.ref_headed(name.head)
    before = context.unit.doc[first.start - 1] if first is not None and first.type in PEOPLE and first.start else None
    return before if before is not None and before.tag_ in ("NNS", "NNPS") and _is_title(context, before) else None


def _is_title(context: Context, token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    if lemma in _PUBLIC_HEADS or lemma in context.english.firm_roles:
        return True
    words = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]] + [lemma]
    forms = {" ".join(words[-2:]), " ".join(words), "".join(words)}
    return bool(forms & (context.english.firm_roles | context.english.public_titles))


def _phrase(head: Token) -> tuple[int, int]:
    """A title with its own complements: 'coordinating minister for economic affairs', 'head of nuclear fuel research'."""
    start = min(
        (child.left_edge.i for child in head.lefts if child.dep_ in ("compound", "amod", "nmod", "poss", "det")),
        default=head.i,
    )
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == end:
            stops = [t for t in child.subtree if t.dep_ in ("relcl", "appos") or t.text in (",", "from", "who")]
            end = min([t.left_edge.i for t in stops], default=child.right_edge.i + 1)
    return start, end


def _claims(context: Context, title: Title) -> Iterator[Claim]:
    unit = context.unit
    words = list(unit.doc[title.start : title.end])
    former = (
        any(t.lower_ in _FORMER for t in (*_leading(title), *_just_before(title)))
        or _past_copula(title)
        or _left(title.head)
    )
    core = [t for t in words if t.lower_ not in _FORMER and t.dep_ not in ("det", "case", "punct")]
    held_in = body(context, title)
    country = _country(context, title)
    known = unit.ref_at(title.head)
    if (known is not None and known.type == "Office") or _is_public(context, title, held_in):
        office = _of_many(context, title) or _office(context, title, core)
        yield _claim(context, title, "holdsOffice", office, former, country, None)
        if title.head.lower_ == "general" and (union := held_in or main_union(context.annotated)):
            yield _claim(context, title, "affiliatedWith", union, former, None, "Secretary-General")
        return
    role = re.sub(
        r"^(?:the|a|an)\s+",
        "",
        " ".join(
            context.unit.word(t)
            for t in core
            if context.unit.ref_at(t) is None or context.unit.ref_at(t) is title.person or t.pos_ == "NOUN"
        ),
    ).strip()
    target = held_in or bare_body(context, title)
    if target:
        yield _claim(context, title, "affiliatedWith", target, former, None, role or None)
    if (
        held_in
        and title.head.lemma_.lower() in _SPOKESPEOPLE
        and context.annotated.drafts[held_in].type == "GovernmentBody"
    ):
        yield _claim(context, title, "holdsOffice", _office(context, title, core), former, country, None)


def _leading(title: Title) -> list[Token]:
    """The words of a title up to its head and the two before it, where a hyphen or the parser cuts off 'ex-' and 'then'."""
    doc = title.head.doc
    begin = title.start
    while begin > 0 and title.start - begin < 2 and (doc[begin - 1].text == "-" or doc[begin - 1].lower_ in _FORMER):
        begin -= 1
    return list(doc[begin : title.head.i + 1])


def _is_public(context: Context, title: Title, held_in: str | None) -> bool:
    """Whether a title is a public office: no president of a firm, no general secretary of a union."""
    head, doc = title.head, title.head.doc
    lemma = head.lemma_.lower()
    before = doc[head.i - 1].lower_ if head.i else ""
    if lemma == "president":
        after = {t.lower_ for t in doc[head.i + 1 : head.i + 4]}
        owner = next((context.unit.ref_at(t) for t in head.lefts if t.dep_ == "poss"), None)
        foreign = owner is not None and owner.type not in ("Country", "Place", "InternationalOrganization")
        return held_in is None and not foreign and not after & {"ceo", "chief", "coo"}
    if lemma == "general":
        return title.head.i > 1 and doc[head.i - 2].lower_ == "secretary"
    if lemma == "chief":
        return head.i == title.start and head.text == "Chief" and held_in is None and head.i + 1 == title.person.start
    return lemma in _PUBLIC_HEADS and not (lemma == "secretary" and before in _PRIVATE_SECRETARIES)


_SPOKESPEOPLE = frozenset(["spokesman", "spokeswoman", "spokesperson"])
_PRIVATE_SECRETARIES = frozenset(["company", "corporate", "general", "executive", "assistant corporate"])


def _past_copula(title: Title) -> bool:
    verb = title.head.head
    return title.head.dep_ == "attr" and verb.lemma_ == "be" and verb.tag_ == "VBD"


def _country(context: Context, title: Title) -> str | None:
    for index in range(title.start, title.end):
        ref = context.unit.ref_at(index)
        if ref is not None and ref.type in ("Country", "InternationalOrganization"):
            return ref.keys[0]
    if title.start > 0:
        ref = context.unit.ref_at(title.start - 1)
        if ref is not None and ref.adjectival:
            return ref.keys[0]
    return None


def _just_before(title: Title) -> list[Token]:
    """The word or two before a title: 'then still deputy minister', 'once chief technologist'."""
    doc = title.head.doc
    before = [doc[i] for i in range(max(0, title.start - 2), title.start)]
    return [t for t in before if t.pos_ == "ADV" and t.dep_ in ("advmod", "amod", "nmod")]


def _of_many(context: Context, title: Title) -> str | None:
    """The office of each of 'Presidents A and B': that of the state which the person is known to serve."""
    if title.head.tag_ not in ("NNS", "NNPS"):
        return None
    drafts, terms = context.annotated.drafts, context.annotated.terms
    person = drafts[title.person.keys[0]]
    state = person.country or (person.term.country if person.term else None)
    word = title.head.lemma_.lower().removesuffix("s")
    fitting = sorted(
        key
        for key, term in terms.items()
        if state and term.type == "Office" and term.country == state and term.label.lower().split(" of ")[0] == word
    )
    if not fitting:
        return None
    draft = drafts.setdefault(fitting[0], Draft(fitting[0], terms[fitting[0]].label, terms[fitting[0]], how="title"))
    draft.names[draft.label] += 1
    return fitting[0]


def _office(context: Context, title: Title, core: list[Token]) -> str:
    unit = context.unit
    known = next(
        (ref for ref in unit.refs if ref.type == "Office" and title.start <= ref.start and ref.end <= title.end), None
    )
    names = _office_names(unit, title, core)
    if known is not None:
        context.annotated.drafts[known.keys[0]].names.update(names)
        return known.keys[0]
    key = "office " + normal(names[0])
    draft = context.annotated.drafts.setdefault(key, Draft(key, names[0], how="title"))
    draft.votes["Office"] += 10
    draft.names.update(names)
    return key


def _office_names(unit: AnnotatedUnit, title: Title, core: list[Token]) -> list[str]:
    """The office without the country that holds it, then as written."""
    seats = ("Country", "InternationalOrganization", "Place")
    bare = [t for t in core if (ref := unit.ref_at(t)) is None or ref.type not in seats]
    plain = " ".join(unit.word(t) for t in bare if t.text not in ("'s", "’s")).replace(" - ", "-")
    plain = re.sub(r"^-\s*|\s+(?:of|for|and)$", "", plain)
    whole = re.sub(_NO_OFFICE, "", unit.text(title.start, title.end), flags=re.I)
    full = _ABBREVIATED.get(plain.lower().rstrip("."))
    return [name for name in dict.fromkeys([plain or whole, whole, full]) if name]


_ABBREVIATED = {"rep": "representative", "sen": "senator", "gov": "governor", "amb": "ambassador"}


_NO_OFFICE = r"^(?:(?:the|a|an|former|then|outgoing|ex|onetime|late|erstwhile|newly|new|visiting|our|its|his|her|their)\s+|(?:ex|then)?-\s*)+"


def _claim(
    context: Context, title: Title, name: str, target: str, former: bool, country: str | None, role: str | None
) -> Claim:
    trigger = title.head
    return Claim(
        subject=title.person.keys[0],
        property=name,
        object=target,
        evidence=evidence(context.unit, trigger),
        said_by=speaker(context.unit, trigger, context.english, context.speaker)
        if trigger.dep_ == "attr"
        else context.speaker,
        time=moment_for(context.unit, trigger, "Asserted") if trigger.dep_ == "attr" else None,
        status="Former" if former else None,
        country=country,
        role=role,
        confidence=0.85,
        frame=f"title-{'office' if name == 'holdsOffice' else 'post'}",
    )
