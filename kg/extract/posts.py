"""The body behind a post: whose chief executive, chair or analyst someone is.

Comes in: a unit and a title of a person in it. Goes out: the key of a firm or body; and the affiliations that need no title
('Lena Berg of Oslo brokerage Fjord', 'led by Paul Voss'). A title that names no body is of the firm spoken of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, Ref
from kg.annotate.wordlist import word_list
from kg.extract.triggers import Context

PEOPLE = ("Person", "Official")
BODIES = ("Company", "Organization", "GovernmentBody", "InternationalOrganization")
_WIDER = (*BODIES, "Facility", "Programme")
_AT = frozenset(["of", "at", "from", "with"])
# posts that only a body has, so that a bare one is held in the body spoken of
_EXECUTIVE = frozenset(
    word_list(
        "chief chair chairman chairwoman chairperson director manager officer ceo cfo coo superintendent spokesman "
        "spokeswoman spokesperson secretary founder co-founder cofounder boss head president organiser organizer "
        "convenor convener treasurer counsel executive rapporteur secretary-general"
    )
)
_LEADING = frozenset(word_list("chair head lead run manage command direct found co-found oversee steer"))
_ORGANS = frozenset(word_list("board council committee executive management secretariat staff union branch desk"))


@dataclass(frozen=True, slots=True)
class Title:
    """Tokens `start` to `end` are the title of the person at `person`; `head` is its head noun."""

    start: int
    end: int
    head: Token
    person: Ref


def body(context: Context, title: Title) -> str | None:
    """The firm or body that a title names: 'of Lynas', "Lynas's", 'Lynas chief executive', 'X, analyst, Pellworm Bank'."""
    unit = context.unit
    span = range(title.start, title.end)
    tokens = sorted({*_complements(title.head), *(unit.doc[i] for i in span)}, key=lambda t: (t.i not in span, t.i))
    for token in tokens:
        ref = unit.ref_headed(token) or unit.ref_at(token)
        if ref is not None and ref.type in _WIDER and ref is not title.person and len(ref.keys) == 1:
            return ref.keys[0]
    return _whose(context, title) or at_body(context, title.person) or _after_title(context, title)


def _complements(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ in ("poss", "compound", "nmod"):
            yield child
        if child.dep_ == "prep" and child.lower_ in ("of", "at", "for", "with", "in", "from"):
            for item in child.children:
                yield item
                yield from item.conjuncts
                yield from (
                    g for c in item.children if c.dep_ == "prep" and c.lower_ in ("of", "at") for g in c.children
                )


def _whose(context: Context, title: Title) -> str | None:
    """'Nordmalm, whose chief, Ada Lund, …': what the relative clause hangs on."""
    verb = title.head.head
    if not any(child.lower_ == "whose" for child in title.head.children):
        return None
    while verb.dep_ not in ("relcl", "ROOT") and verb.head is not verb:
        verb = verb.head
    ref = context.unit.ref_headed(verb.head) if verb.dep_ == "relcl" else None
    return ref.keys[0] if ref is not None and ref.type in _WIDER else None


def at_body(context: Context, person: Ref) -> str | None:
    """The body behind a person's name and a preposition, whatever kind it is said to be of: 'of Perth broker Hartog Lane'."""
    unit, doc = context.unit, context.unit.doc
    index = person.end
    if index + 1 < len(doc) and doc[index].text == "," and doc[index + 1].lower_ in ("late", "once", "now", "formerly"):
        index += 2
    if index >= len(doc) or doc[index].lower_ not in _AT:
        return None
    for place in range(index + 1, min(index + 7, len(doc))):
        ref = unit.ref_at(place)
        if ref is not None and ref.type in BODIES and ref.start == place and not ref.adjectival:
            return ref.keys[0] if len(ref.keys) == 1 else None
        nationality = ref is not None and ref.type in ("Place", "Country")
        if not nationality and doc[place].pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "VERB"):
            return None
        if nationality and place + 1 < len(doc) and doc[place + 1].pos_ in ("PUNCT", "ADP"):
            return None
    return None


def _after_title(context: Context, title: Title) -> str | None:
    """The body behind a title and a comma in a label without a verb: 'Ada Lund, head of rare metals, Korea Zinc'."""
    unit, doc = context.unit, context.unit.doc
    if title.start < title.person.start or title.end + 1 >= len(doc) or doc[title.end].text not in (",", "–", "—"):
        return None
    ref = unit.ref_at(title.end + 1)
    if ref is None or ref.type not in BODIES or len(ref.keys) != 1 or _is_clause(context):
        return None
    return ref.keys[0] if ref.end == len(doc) or doc[ref.end].pos_ in ("PUNCT", "ADP") else None


def _is_clause(context: Context) -> bool:
    return any(token.tag_ in ("VBZ", "VBD", "VBP", "MD") for token in context.unit.doc)


def bare_body(context: Context, title: Title) -> str | None:
    """The firm of a bare 'Chief executive NAME' or 'its founder, NAME': the one just spoken of, else the document's own."""
    if title.head.lemma_.lower() not in _EXECUTIVE or any(
        t.dep_ == "poss" and t.pos_ != "PRON" for t in title.head.lefts
    ):
        return None
    before = _just_before(context, title)
    return before or main_body(context.annotated)


def _just_before(context: Context, title: Title) -> str | None:
    """The only body that stands before a title in its sentence, or else in the sentence before it in the paragraph."""
    units = context.annotated.units
    number = next(i for i, unit in enumerate(units) if unit is context.unit)
    here = context.unit.unit.sentence
    for distance in (0, 1):
        seen = {
            ref.keys
            for unit in units[max(0, number - 6) : number + 1]
            if unit.unit.sentence.index == here.index - distance and unit.unit.sentence.paragraph == here.paragraph
            for ref in unit.refs
            if ref.type in ("Company", "Organization")
            and len(ref.keys) == 1
            and (unit is not context.unit or ref.end <= min(title.start, title.person.start))
        }
        if seen:
            return next(iter(seen))[0] if len(seen) == 1 else None
    return None


def main_body(annotated: Annotated) -> str | None:
    """The firm or body that a document is about: the one it names most, where that clearly leads."""
    return _most_named(annotated, ("Company", "Organization", "GovernmentBody"))


def main_union(annotated: Annotated) -> str | None:
    """The union of states that a document is about, whose bare 'Secretary-General' speaks."""
    return _most_named(annotated, ("InternationalOrganization",))


def _most_named(annotated: Annotated, kinds: tuple[str, ...]) -> str | None:
    counts: Counter[str] = Counter()
    for unit in annotated.units:
        weight = 3 if unit.unit.sentence.kind == "headline" or unit.unit.sentence.index == 0 else 1
        for ref in unit.refs:
            if ref.type in kinds and len(ref.keys) == 1 and annotated.drafts[ref.keys[0]].named:
                counts[ref.keys[0]] += weight
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0] if ranked[0][1] >= 3 else None


_CONTACT = re.compile(
    r"(?:your |press |media |further )?(?:investor relations|investors|media|press|communications|public affairs|enquiries|"
    r"inquiries|contacts?|questions|information)(?: (?:desk|office|relations|contacts?|enquiries))?$",
    re.I,
)


def labelled(context: Context) -> Iterator[tuple[Ref, str, str]]:
    """The people of a line like 'Chief executive: Ada Lund' or 'Media desk: Ada Lund', each with the body and the label."""
    units = context.annotated.units
    number = next(i for i, unit in enumerate(units) if unit is context.unit)
    head = units[number - 1] if number else None
    if head is None or head.unit.aside != "head" or head.unit.sentence.index != context.unit.unit.sentence.index:
        return
    label = head.unit.text.strip().rstrip(":").lower()
    if (label not in context.english.firm_roles or label.endswith("analyst")) and not _CONTACT.fullmatch(label):
        return
    person = next((ref for ref in context.unit.refs if ref.type in PEOPLE and len(ref.keys) == 1), None)
    if person is None or person.start > 5 or _is_clause(context):
        return
    named = [r for r in (*head.refs, *context.unit.refs) if r.type in BODIES and len(r.keys) == 1]
    found = named[0].keys[0] if named else main_body(context.annotated)
    if found is not None:
        yield person, found, label


def led_bodies(context: Context) -> Iterator[tuple[Ref, str, Token]]:
    """Each person who chairs, heads or runs a body, with the body and the verb: "who chairs the firm's board", 'led by'."""
    for ref in context.unit.refs:
        if ref.type not in PEOPLE or len(ref.keys) != 1:
            continue
        root = context.unit.doc[ref.head]
        for verb, thing in _led(root):
            found = _body_of(context, thing)
            if found is not None:
                yield ref, found, verb


def _led(root: Token) -> Iterator[tuple[Token, Token]]:
    """The verbs of leading around a name, each with what is led."""
    verbs = [child for child in root.children if child.dep_ == "relcl" and _has_who(child)]
    if root.dep_ == "nsubj":
        verbs.append(root.head)
    for verb in verbs:
        if verb.lemma_.lower() in _LEADING:
            yield from ((verb, child) for child in verb.children if child.dep_ == "dobj")
    if root.dep_ == "pobj" and root.head.dep_ == "agent" and root.head.head.lemma_.lower() in _LEADING:
        verb = root.head.head
        if verb.dep_ == "acl":
            yield verb, verb.head
        yield from ((verb, child) for child in verb.children if child.dep_ == "nsubjpass")


def _has_who(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ == "who" for child in verb.children)


def _body_of(context: Context, thing: Token) -> str | None:
    """The body that a noun names, or whose organ it is: 'the board of Codelco', "the firm's board", 'the ECX lobby'."""
    tokens = [thing]
    if thing.lemma_.lower() in _ORGANS:
        tokens += [child for child in thing.children if child.dep_ in ("poss", "compound")]
        tokens += [
            g for child in thing.children if child.dep_ == "prep" and child.lower_ == "of" for g in child.children
        ]
    elif thing.pos_ == "NOUN":
        tokens += [child for child in thing.children if child.dep_ == "compound"]
    for token in tokens:
        ref = context.unit.ref_headed(token)
        if ref is not None and len(ref.keys) == 1 and ref.type in (*BODIES, "Facility"):
            return ref.keys[0]
    return None
