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
from kg.extract.attribution import speaker
from kg.extract.claims import Context, evidence
from kg.extract.qualifiers import moment_for
from kg.records import Claim

_PEOPLE = ("Person", "Official")
_BODIES = ("Company", "Organization", "GovernmentBody", "InternationalOrganization", "Facility", "Programme", "Country")
_FORMER = frozenset(["former", "ex", "then", "late", "ex-", "outgoing", "onetime", "erstwhile"])
_PUBLIC_HEADS = frozenset("president minister secretary premier chancellor commissioner governor senator ambassador envoy mayor speaker king queen congressman congresswoman representative treasurer prime undersecretary lawmaker diplomat prince taoiseach".split())  # fmt: skip


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
    if root.dep_ == "pobj" and root.head.lower_ == "by":
        heads += []
    for head in heads:
        for item in [head, *[t for t in head.conjuncts if t.i > head.i]]:
            if _is_title(context, item) and not ref.start <= item.i < ref.end:
                start, end = _phrase(item)
                yield _Title(start, end, item, ref)


def _before(context: Context, ref: Ref) -> _Title | None:
    """A title right before the name: 'Interior Secretary', 'EU trade commissioner', 'Chief executive'."""
    doc = context.unit.doc
    if ref.start == 0 or not _is_title(context, doc[ref.start - 1]):
        office = context.unit.ref_at(ref.start - 1) if ref.start else None
        if office is None or office.type != "Office":
            return None
        return _Title(office.start, office.end, doc[office.end - 1], ref)
    start = ref.start - 1
    while start > 0 and (doc[start - 1].dep_ in ("compound", "amod", "nmod", "poss", "case") or doc[start - 1].text == "-") and doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "PART", "PUNCT"):  # fmt: skip
        start -= 1
    return _Title(start, ref.start, doc[ref.start - 1], ref)


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
    start = min((child.left_edge.i for child in head.lefts if child.dep_ in ("compound", "amod", "nmod", "poss", "det")), default=head.i)
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == end:
            stops = [t for t in child.subtree if t.dep_ in ("relcl", "appos") or t.text in (",", "from", "who")]
            end = min([t.left_edge.i for t in stops], default=child.right_edge.i + 1)
    return start, end


def _claims(context: Context, title: _Title) -> Iterator[Claim]:
    unit = context.unit
    words = [t for t in unit.doc[title.start : title.end]]
    former = any(t.lower_ in _FORMER for t in words) or _past_copula(title)
    core = [t for t in words if t.lower_ not in _FORMER and t.dep_ not in ("det", "case", "punct")]
    body = _body(context, title)
    country = _country(context, title)
    if _is_public(title.head, body):
        office = _office(context, title, core)
        yield _claim(context, title, "holdsOffice", office, former, country, None)
        return
    role = re.sub(r"^(?:the|a|an)\s+", "", " ".join(context.unit.word(t) for t in core if context.unit.ref_at(t) is None or context.unit.ref_at(t) is title.person or t.pos_ == "NOUN")).strip()  # fmt: skip
    target = body or _default_body(context)
    if target:
        yield _claim(context, title, "affiliatedWith", target, former, None, role or None)


def _is_public(head: Token, body: str | None) -> bool:
    lemma = head.lemma_.lower()
    if lemma == "president":
        return body is None
    return lemma in _PUBLIC_HEADS and not (lemma in ("secretary", "representative") and body is not None and head.nbor(-1).lower_ in ("company",))


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
                candidates += [item, *item.conjuncts, *(g for c in item.children if c.dep_ == "prep" and c.lower_ in ("of", "at") for g in c.children)]  # fmt: skip
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


def _office(context: Context, title: _Title, core: list[Token]) -> str:
    unit = context.unit
    known = next((ref for ref in unit.refs if ref.type == "Office" and title.start <= ref.start and ref.end <= title.end), None)
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
    bare = [t for t in core if (ref := unit.ref_at(t)) is None or ref.type not in ("Country", "InternationalOrganization")]
    plain = " ".join(unit.word(t) for t in bare if t.text not in ("'s", "’s")).replace(" - ", "-")
    whole = re.sub(r"^(?:the|a|an|former|then)\s+", "", unit.text(title.start, title.end), flags=re.I)
    return [name for name in dict.fromkeys([plain or whole, whole]) if name]


def _claim(
    context: Context, title: _Title, name: str, target: str, former: bool, country: str | None, role: str | None
) -> Claim:
    trigger = title.head
    return Claim(
        subject=title.person.keys[0],
        property=name,
        object=target,
        evidence=evidence(context.unit, trigger),
        said_by=speaker(context.unit, trigger, context.english, None) if trigger.dep_ == "attr" else None,
        time=moment_for(context.unit, trigger, "Asserted") if trigger.dep_ == "attr" else None,
        status="Former" if former else None,
        country=country,
        role=role,
        confidence=0.85,
        frame=f"title-{'office' if name == 'holdsOffice' else 'post'}",
    )
