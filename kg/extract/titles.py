"""Offices and posts beside a person's name: before it, in apposition, after a copula.

Comes in: a unit with its refs. Goes out: holdsOffice claims for public offices, affiliatedWith for posts in firms and bodies. An
office that no list has becomes an entity of the document's drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.entities import normal
from kg.annotate.wordlist import word_list
from kg.extract.attribution import speaker
from kg.extract.claims import evidence
from kg.extract.qualifiers import moment_for
from kg.extract.triggers import Context
from kg.records import Claim

_PEOPLE = ("Person", "Official")
_BODIES = ("Company", "Organization", "GovernmentBody", "InternationalOrganization", "Facility", "Programme", "Country")
_FORMER = frozenset(
    [
        "former",
        "formerly",
        "once",
        "lately",
        "previously",
        "ex",
        "then",
        "late",
        "ex-",
        "outgoing",
        "onetime",
        "erstwhile",
    ]
)
_PUBLIC_HEADS = frozenset(
    word_list(
        "president minister secretary premier chancellor commissioner governor senator ambassador envoy mayor "
        "speaker king queen congressman congresswoman representative treasurer prime undersecretary lawmaker "
        "diplomat prince taoiseach mp mep councillor congressperson"
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


@dataclass(frozen=True, slots=True)
class _Title:
    """Tokens `start` to `end` are the title of the person at `person`; `head` is its head noun."""

    start: int
    end: int
    head: Token
    person: Ref


def title_claims(context: Context) -> Iterator[Claim]:
    """Every office and post that the unit gives a person."""
    for ref in context.unit.refs:
        if ref.type not in _PEOPLE or len(ref.keys) != 1:
            continue
        seen: set[int] = set()
        for title in _titles(context, ref):
            if title.head.i not in seen:
                seen.add(title.head.i)
                yield from _claims(context, title)
        yield from _firm_of(context, ref)


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
            title = _Title(ref.start, ref.end, root, ref)
            yield _claim(context, title, "affiliatedWith", firm.keys[0], False, None, None)


def _titles(context: Context, ref: Ref) -> Iterator[_Title]:
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
                yield _Title(start, end, item, ref)


def _joined(head: Token) -> list[Token]:
    """The further posts of 'chair of Codelco and former finance minister', even where the parser joins them to the firm."""
    objects = [t for child in head.children if child.dep_ == "prep" for t in child.children if t.dep_ == "pobj"]
    return [t for top in (head, *objects) for t in top.conjuncts if t.i > head.i and (top is head or t.pos_ == "NOUN")]


def _posted(root: Token) -> Iterator[Token]:
    """The post that a verb gives a person or ends: 'was named chief executive', 'took over as head', 'resigned as minister'."""
    verb = root.head
    if verb.pos_ != "VERB" or root.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return
    base = verb.lemma_.lower()
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


def _before(context: Context, ref: Ref) -> _Title | None:
    """A title right before the name: 'Interior Secretary', 'EU trade commissioner', 'Chief executive'."""
    doc = context.unit.doc
    office = next((o for o in context.unit.refs if o.type == "Office" and o.end == ref.start), None)
    many = _shared_title(context, doc[ref.head])
    if office is None and many is not None:
        return _Title(many.i, many.i + 1, many, ref)
    if office is not None:
        return _Title(office.start, office.end, doc[office.head], ref)
    if ref.start == 0 or not _is_title(context, doc[ref.start - 1]):
        return None
    start = ref.start - 1
    while (
        start > 0
        and (doc[start - 1].dep_ in ("compound", "amod", "nmod", "poss", "case") or doc[start - 1].text == "-")
        and doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "PART", "PUNCT")
    ):
        start -= 1
    return _Title(start, ref.start, doc[ref.start - 1], ref)


def _shared_title(context: Context, name: Token) -> Token | None:
    """The plural title before the first of several names, for those after it: 'Presidents Trump and Xi'."""
    if name.dep_ != "conj":
        return None
    first = context.unit.ref_headed(name.head)
    before = context.unit.doc[first.start - 1] if first is not None and first.type in _PEOPLE and first.start else None
    return before if before is not None and before.tag_ in ("NNS", "NNPS") and _is_title(context, before) else None


def _is_title(context: Context, token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    if lemma in _PUBLIC_HEADS or lemma in context.english.firm_roles:
        return True
    two = f"{token.nbor(-1).lower_} {lemma}" if token.i else lemma
    return two in context.english.firm_roles or two in context.english.public_titles


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


def _claims(context: Context, title: _Title) -> Iterator[Claim]:
    unit = context.unit
    words = list(unit.doc[title.start : title.end])
    former = (
        any(t.lower_ in _FORMER for t in (*_leading(title), *_just_before(title)))
        or _past_copula(title)
        or _left(title.head)
    )
    core = [t for t in words if t.lower_ not in _FORMER and t.dep_ not in ("det", "case", "punct")]
    body = _body(context, title)
    country = _country(context, title)
    known = unit.ref_at(title.head)
    if (known is not None and known.type == "Office") or _is_public(title.head, body):
        office = _of_many(context, title) or _office(context, title, core)
        yield _claim(context, title, "holdsOffice", office, former, country, None)
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
    target = body or _default_body(context)
    if target:
        yield _claim(context, title, "affiliatedWith", target, former, None, role or None)


def _leading(title: _Title) -> list[Token]:
    """The words of a title up to its head and the two before it, where a hyphen or the parser cuts off 'ex-' and 'then'."""
    doc = title.head.doc
    begin = title.start
    while begin > 0 and title.start - begin < 2 and (doc[begin - 1].text == "-" or doc[begin - 1].lower_ in _FORMER):
        begin -= 1
    return list(doc[begin : title.head.i + 1])


def _is_public(head: Token, body: str | None) -> bool:
    lemma = head.lemma_.lower()
    if lemma == "president":
        return body is None
    return lemma in _PUBLIC_HEADS and not (
        lemma in ("secretary", "representative") and body is not None and head.nbor(-1).lower_ in ("company",)
    )


def _past_copula(title: _Title) -> bool:
    verb = title.head.head
    return title.head.dep_ == "attr" and verb.lemma_ == "be" and verb.tag_ == "VBD"


def _body(context: Context, title: _Title) -> str | None:
    """The firm or body of a post: 'of Lynas', 'at Bartle', "Lynas's", 'Lynas chief executive'."""
    unit = context.unit
    span = range(title.start, title.end)
    candidates: list[Token] = []
    for child in title.head.children:
        if child.dep_ in ("poss", "compound", "nmod"):
            candidates.append(child)
        if child.dep_ == "prep" and child.lower_ in ("of", "at", "for", "with", "in", "from"):
            for item in child.children:
                candidates += [
                    item,
                    *item.conjuncts,
                    *(g for c in item.children if c.dep_ == "prep" and c.lower_ in ("of", "at") for g in c.children),
                ]
    candidates += [unit.doc[i] for i in span]
    for token in sorted(set(candidates), key=lambda t: (t.i not in span, t.i)):
        ref = unit.ref_headed(token) or unit.ref_at(token)
        if ref is not None and ref.type in _BODIES and ref.type != "Country" and ref is not title.person:
            return ref.keys[0]
    right = unit.doc[title.person.end : title.person.end + 3]
    for token in right:
        if token.lower_ in ("of", "at", "from"):
            ref = unit.ref_at(min(token.i + 1, len(unit.doc) - 1)) or unit.ref_at(min(token.i + 2, len(unit.doc) - 1))
            if ref is not None and ref.type in _BODIES[:4]:
                return ref.keys[0]
    return None


def _default_body(context: Context) -> str | None:
    """A bare 'Chief executive NAME' in a firm's own report: the firm of the headline or first sentence."""
    for unit in context.annotated.units[:3]:
        for ref in unit.refs:
            if ref.type == "Company":
                return ref.keys[0]
    return None


def _country(context: Context, title: _Title) -> str | None:
    for index in range(title.start, title.end):
        ref = context.unit.ref_at(index)
        if ref is not None and ref.type in ("Country", "InternationalOrganization"):
            return ref.keys[0]
    if title.start > 0:
        ref = context.unit.ref_at(title.start - 1)
        if ref is not None and ref.adjectival:
            return ref.keys[0]
    return None


def _just_before(title: _Title) -> list[Token]:
    """The word or two before a title: 'then still deputy minister', 'once chief technologist'."""
    doc = title.head.doc
    before = [doc[i] for i in range(max(0, title.start - 2), title.start)]
    return [t for t in before if t.pos_ == "ADV" and t.dep_ in ("advmod", "amod", "nmod")]


def _of_many(context: Context, title: _Title) -> str | None:
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


def _office(context: Context, title: _Title, core: list[Token]) -> str:
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


def _office_names(unit: AnnotatedUnit, title: _Title, core: list[Token]) -> list[str]:
    """The office without the country that holds it, then as written."""
    bare = [
        t for t in core if (ref := unit.ref_at(t)) is None or ref.type not in ("Country", "InternationalOrganization")
    ]
    plain = " ".join(unit.word(t) for t in bare if t.text not in ("'s", "’s")).replace(" - ", "-")
    plain = re.sub(r"^-\s*|\s+(?:of|for|and)$", "", plain)
    whole = re.sub(_NO_OFFICE, "", unit.text(title.start, title.end), flags=re.I)
    return [name for name in dict.fromkeys([plain or whole, whole]) if name]


_NO_OFFICE = r"^(?:(?:the|a|an|former|then|outgoing|ex|onetime|late|erstwhile|newly|new)\s+|(?:ex|then)?-\s*)+"


def _claim(
    context: Context, title: _Title, name: str, target: str, former: bool, country: str | None, role: str | None
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
