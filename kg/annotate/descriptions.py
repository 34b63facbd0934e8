"""Things described rather than named: 'a plant in Gebeng', 'the Trump administration', 'a minimum price'.

Comes in: a unit whose names are known. Goes out: refs to description entities (scoped to the document) and to
facilities named by a bare name and a noun ('the Eagle mine').
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.english import English
from kg.annotate.entities import normal
from kg.annotate.votes import ORES, SITE_NOUNS
from kg.annotate.wordlist import word_list

_INDIVIDUATED = ("Facility", "Policy", "Agreement", "Event", "Programme")
_NO_NAME = (
    "Country",
    "Company",
    "ChemicalElement",
    "Mineral",
    "Compound",
    "MaterialGroup",
    "Product",
    "Application",
    "Person",
    "Official",
    "Office",
)
_MODIFIERS = ("compound", "amod", "nmod", "nummod", "poss")
_VAGUE = frozenset(
    word_list(
        "other such same own new further more several many most some any first second third last next few certain "
        "similar different various all both another previous former recent existing additional main major big "
        "large small"
    )
)
_PARTS = frozenset(["of", "in", "at", "on", "for", "to", "with"])
_PRESS = frozenset(
    word_list(
        "operation operations line works site control measure rule order review plan project scheme package push "
        "venture reserve site state visit strike talks vote well dam prospect"
    )
)


def named_facilities(unit: AnnotatedUnit, drafts: dict[str, Draft], english: English) -> None:
    """Widen 'Eagle' to 'Eagle mine', and each of 'the Kamoto and Mutanda mines', to the name of a facility."""
    doc = unit.doc
    for ref in sorted(unit.refs, key=lambda ref: ref.start):
        draft = drafts.get(ref.keys[0])
        if draft is None or ref.adjectival or ref.how == "demonym" or not _may_be_site(draft):
            continue
        noun_end = _facility_noun(unit, ref.end, english)
        if noun_end:
            if doc[noun_end - 1].tag_ == "NNS":
                _make_listed(unit, ref, drafts, doc[noun_end - 1])
            _make_facility(unit, ref, draft, noun_end, drafts)


def _may_be_site(draft: Draft) -> bool:
    """Whether a facility may bear the name: one whose kind nothing but a guess of the tagger has settled."""
    return draft.type not in _NO_NAME or (
        draft.term is None and draft.named and max(draft.votes.values(), default=0) < 6
    )


def _make_listed(unit: AnnotatedUnit, last: Ref, drafts: dict[str, Draft], noun: Token) -> None:
    """Each name listed before 'the A, B and C mines' is a facility too."""
    end = last.start
    while True:
        before = next(
            (ref for ref in unit.refs if ref.end < end and unit.doc[ref.end : end].text in ("and", ",", ", and", "&")),
            None,
        )
        draft = drafts.get(before.keys[0]) if before else None
        if before is None or draft is None or not _may_be_site(draft):
            return
        if draft.term is None:
            draft.votes["Facility"] += 8
        draft.names[f"{draft.label} {noun.lemma_}"] += 1
        end = before.start


def _facility_noun(unit: AnnotatedUnit, start: int, english: English) -> int:
    """The end of a facility noun that begins at token `start`, or 0."""
    for length in (2, 1):
        words = unit.doc[start : start + length].text.lower()
        if start + length <= len(unit.doc) and words in english.facility_nouns:
            return start + length
    return 0


def _make_facility(unit: AnnotatedUnit, ref: Ref, draft: Draft, end: int, drafts: dict[str, Draft]) -> None:
    noun = unit.text(ref.end, end)
    if draft.term is not None and draft.term.type != "Facility":
        if draft.term.type != "Place":
            return
        key = f"{draft.key} {normal(noun)}"
        made = drafts.setdefault(key, Draft(key, f"{unit.text(ref.start, ref.end)} {noun}", how="name-facility"))
        made.votes["Facility"] += 10
        made.names[made.label] += 1
        unit.refs.append(Ref(ref.start, end, _root(unit, ref.start, end), (key,), "", "open"))
        return
    draft.votes["Facility"] += 8
    draft.names[f"{unit.text(ref.start, ref.end)} {_singular(unit, end)}"] += 1
    ref.end = end
    ref.head = _root(unit, ref.start, end)


def _singular(unit: AnnotatedUnit, end: int) -> str:
    token = unit.doc[end - 1]
    return str(token.lemma_.lower() if token.tag_ == "NNS" else token.text)


def _root(unit: AnnotatedUnit, start: int, end: int) -> int:
    return int(unit.doc[start:end].root.i)


def describe(unit: AnnotatedUnit, drafts: dict[str, Draft], english: English) -> None:
    """Add a ref for every noun phrase whose head is a class noun of an individuated type."""
    for token in unit.doc:
        noun = token.pos_ in ("NOUN", "PROPN") or _is_works(unit, token, drafts)
        if not noun or unit.ref_at(token) is not None or unit.is_repeated(token):
            continue
        if token.dep_ == "compound" and token.head.pos_ in ("NOUN", "PROPN"):
            continue
        if _administration(unit, token, drafts):
            continue
        found = _class_of(unit, token, english)
        if found:
            _add(unit, token, found, drafts)


_WORKS = ("works", "steelworks", "ironworks", "saltworks", "brickworks")


def _is_works(unit: AnnotatedUnit, token: Token, drafts: dict[str, Draft]) -> bool:
    """'the zinc works in Hobart': the noun that a tagger takes for a verb, between what opens a phrase and a place."""
    doc = unit.doc
    if token.lower_ not in _WORKS or token.i < 2 or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ not in _SITED:
        return False
    place, made = unit.ref_at(token.i + 2), unit.ref_at(token.i - 1)
    if made is None or drafts[made.keys[0]].type not in ("ChemicalElement", "Mineral", "Compound", "MaterialGroup"):
        return False
    opener = next(
        (t for t in reversed(doc[max(0, token.i - 4) : token.i]) if t.pos_ not in ("NOUN", "ADJ", "PROPN")), None
    )
    return place is not None and opener is not None and (opener.pos_ in ("DET", "PRON") or opener.dep_ == "case")


_SITED = frozenset(["in", "at", "near", "outside"])


def _is_sited(unit: AnnotatedUnit, token: Token) -> bool:
    """Whether a place stands right behind a noun, or its owner before it: 'a line at Yeosu', "Nyrstar's works"."""
    doc = unit.doc
    if token.i + 2 < len(doc) and doc[token.i + 1].lower_ in _SITED and doc[token.i + 2].text[:1].isupper():
        return unit.ref_at(token.i + 2) is not None
    return token.lower_ in _WORKS and any(t.dep_ == "poss" or t.lower_ == "a" for t in token.lefts)


def _class_of(unit: AnnotatedUnit, token: Token, english: English) -> str | None:
    """The type of a description's head noun; compounds ('trade war', 'price floor') come before the bare noun."""
    lemma = token.lower_ if token.lower_ in _WORKS else token.lemma_.lower()
    if lemma in _WORKS or (lemma in ("line", "operation", "site") and _is_sited(unit, token)):
        return "Facility" if list(token.lefts) or _is_sited(unit, token) else None
    lefts = [t for t in token.lefts if t.dep_ in ("compound", "amod")]
    if lefts:
        kinds = english.class_nouns.get(f"{lefts[-1].text.lower()} {lemma}", ())
        wanted = [kind for kind in kinds if kind in _INDIVIDUATED]
        if wanted:
            return wanted[0]
    kinds = english.class_nouns.get(lemma, ())
    wanted = [kind for kind in kinds if kind in _INDIVIDUATED]
    if lemma in SITE_NOUNS and any(t.lower_ in ORES for left in lefts for t in left.subtree):
        return "Facility"
    if not wanted or (lemma in _PRESS and not lefts):
        return None
    return wanted[0]


def _administration(unit: AnnotatedUnit, token: Token, drafts: dict[str, Draft]) -> bool:
    """'the Biden administration', "Joe Biden's administration", 'the government of Javier Milei'."""
    if token.lower_ not in ("administration", "government"):
        return False
    for holder in _holders(token):
        ref = unit.ref_at(holder)
        draft = drafts.get(ref.keys[0]) if ref else None
        if ref is None or draft is None or draft.type not in ("Person", "Official"):
            continue
        surname = draft.label.split()[-1]
        key = f"{normal(surname)} {token.lower_}"
        made = drafts.setdefault(key, Draft(key, f"{surname} {token.lower_}", how="administration", named=True))
        made.votes["GovernmentBody"] += 10
        start = min(ref.start, token.i)
        made.names.update(
            [
                f"{draft.label} {token.lower_}",
                f"{token.lower_} of {draft.label}",
                unit.text(start, max(ref.end, token.i + 1)),
            ]
        )
        unit.refs.append(Ref(token.i, token.i + 1, token.i, (key,), "", "administration"))
        return True
    return False


def _holders(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("poss", "compound", "nmod"):
            yield child
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (grandchild for grandchild in child.children if grandchild.dep_ == "pobj")


def _add(unit: AnnotatedUnit, token: Token, kind: str, drafts: dict[str, Draft]) -> None:
    start = _phrase_start(token)
    words = unit.text(start, token.i + 1)
    names = _forms(unit, token, start)
    definite = any(
        child.lower_ in ("the", "this", "that", "these", "those", "its", "their", "his", "her") for child in token.lefts
    )
    telling = _telling(unit, token, start, names)
    definite = definite or any(child.dep_ == "poss" for child in token.lefts)
    key = _taken_up(drafts, kind, token, telling, definite) or _description_key(kind, token, telling)
    draft = drafts.get(key)
    if draft is None:
        draft = drafts[key] = Draft(
            key, names[0], named=False, how="definite" if definite and len(words.split()) == 1 else "description"
        )
        draft.votes[kind] += 5
    draft.names.update(names)
    if kind == "Facility":
        draft.names.update(_fuller_forms(unit, token, start, names))
    draft.nouns.add(token.lemma_.lower())
    unit.refs.append(Ref(start, token.i + 1, token.i, (key,), "", draft.how))


def _telling(unit: AnnotatedUnit, token: Token, start: int, names: list[str]) -> frozenset[str]:
    """The words that tell one ban or plant from another: modifiers, complement, and whose it is."""
    words = {normal(unit.word(t)) for t in unit.doc[start : token.i]}
    words.update(normal(names[-1]).split() if len(names[-1].split()) > 2 else ())
    for child in token.lefts:
        ref = unit.ref_at(child) if child.dep_ == "poss" else None
        if ref is not None:
            words.update(ref.keys[0].split())
    return frozenset(words - _LITTLE - {"", normal(token.text), token.lemma_.lower()})


_LITTLE = frozenset(word_list("of in at on for to with the a an and s its their his her"))


def _description_key(kind: str, token: Token, telling: frozenset[str]) -> str:
    return " ".join([kind.lower(), normal(token.text), *sorted(telling)])


def _taken_up(drafts: dict[str, Draft], kind: str, token: Token, telling: frozenset[str], definite: bool) -> str | None:
    """The described thing that a definite phrase takes up: the same head, nothing said of it that contradicts."""
    if not definite:
        return None
    head = [kind.lower(), normal(token.text)]
    known = [key for key, draft in drafts.items() if not draft.named and key.split()[:2] == head]
    for key in reversed(known):
        before = frozenset(key.split()[2:])
        if telling <= before:
            return key
    return None


def _phrase_start(token: Token) -> int:
    """Where the describing part of the phrase begins: articles, quantities and vague adjectives are left out."""
    start = token.i
    if token.pos_ == "VERB":
        while (
            start
            and token.doc[start - 1].pos_ in ("NOUN", "ADJ", "PROPN")
            and token.doc[start - 1].lower_ not in _VAGUE
        ):
            start -= 1
        return start
    for child in reversed(list(token.lefts)):
        plain = child.dep_ in _MODIFIERS and child.lower_ not in _VAGUE and child.dep_ not in ("poss", "nummod")
        if not plain or child.right_edge.i != start - 1:
            break
        if child.text == "-" and child.i and not child.whitespace_ and not child.nbor(-1).whitespace_:
            start = child.i
            continue
        if child.text in ("-", "$") or child.like_num or child.lower_ in ("percent", "million", "billion", "%"):
            break
        start = child.left_edge.i
    return start


def _forms(unit: AnnotatedUnit, token: Token, start: int) -> list[str]:
    """The surface forms of a description, the one with its complement last: 'plant', 'plant in Gebeng'."""
    base = unit.text(start, token.i + 1)
    names = [base]
    if start < token.i and not re.match(r"^\W", unit.text(token.i, token.i + 1)):
        names.append(token.text)
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _PARTS and child.i == token.i + 1:
            ends = [t for t in child.children if t.dep_ == "pobj"]
            if ends:
                stop = max(t.i for t in ends[0].subtree if t.i <= ends[0].i) + 1
                names.append(unit.text(start, stop))
    if len(names) < 3 and (sited := _sited_form(unit, token, start)):
        names.append(sited)
    return names


def _sited_form(unit: AnnotatedUnit, token: Token, start: int) -> str | None:
    """'smelter at Odda', whatever the parser hangs the place on."""
    if token.i + 2 >= len(unit.doc) or unit.doc[token.i + 1].lower_ not in _SITED:
        return None
    place = unit.ref_at(token.i + 2)
    if place is None or place.start != token.i + 2 or not unit.doc[token.i + 2].text[:1].isupper():
        return None
    return unit.text(start, place.end)


def _fuller_forms(unit: AnnotatedUnit, token: Token, start: int, names: list[str]) -> Iterator[str]:
    """The description with its owner or number: "Materion's plant in Ohio", 'second plant', 'three French works'."""
    whole = names[-1] if len(names[-1].split()) > len(names[0].split()) else names[0]
    counted = [t for t in token.lefts if t.i < start and (t.dep_ == "nummod" or t.lower_ in _VAGUE)]
    if counted and all(t.dep_ in ("nummod", "amod") for t in token.lefts if counted[0].i < t.i < start):
        yield unit.text(counted[0].i, token.i + 1)
        yield f"{unit.text(counted[0].i, start)} {whole}"
    for child in token.lefts:
        ref = unit.ref_at(child) if child.dep_ == "poss" else None
        if ref is not None and child.pos_ == "PROPN" and ref.end + 1 == start:
            yield unit.text(ref.start, token.i + 1)
            yield f"{unit.text(ref.start, start)} {whole}"
