"""Votes for the type of a name: what its words, its titles, the nouns beside it and the grammar around it show.

Comes in: one mention of an entity. Goes out: votes added to its draft; its own words and explicit nouns weigh most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.annotate.annotation import AnnotatedUnit, Draft
from kg.annotate.english import English
from kg.annotate.names import NameSpan
from kg.annotate.wordlist import word_list

_TAGGER_VOTES = {
    "ORG": ("Company", 2),
    "GPE": ("Place", 3),
    "LOC": ("Place", 3),
    "FAC": ("Facility", 3),
    "PERSON": ("Person", 3),
    "PRODUCT": ("Product", 2),
    "EVENT": ("Event", 2),
    "LAW": ("Policy", 2),
    "WORK_OF_ART": ("Programme", 1),
    "NORP": ("Organization", 1),
}
_FIRST_WORDS = {
    "Project": "Programme",
    "Operation": "Programme",
    "Mount": "Place",
    "Lake": "Place",
    "Port": "Place",
    "Salar": "Facility",
    "Cape": "Place",
    "Fort": "Place",
    "State": "Place",
    "Bank": "GovernmentBody",
    "Ministry": "GovernmentBody",
    "Department": "GovernmentBody",
    "University": "Organization",
    "Institute": "Organization",
    "Yacimientos": "Company",
    "Compagnie": "Company",
    "Companhia": "Company",
    "Société": "Company",
    "PT": "Company",
    "Grupo": "Company",
}
SUFFIX = re.compile(
    r",?\s+(?:Ltd|Limited|Inc|Corp|Corporation|plc|PLC|AG|SA|S\.A|SpA|GmbH|NV|AB|ASA|Co|LLC|Group|Holdings?|Pty)\b\.?$"
)
_PUBLIC_HEADS = frozenset(
    word_list(
        "minister premier secretary governor senator ambassador envoy commissioner chancellor mayor lawmaker "
        "congressman congresswoman diplomat treasurer undersecretary mp politician parliamentarian legislator"
    )
)
_LOCAL_BODIES = re.compile(
    r"\b(?:County|City|Town|Borough|Parish|District|Regional|Municipal|State|Shire|Federation) Council$"
    r"|\b(?:National|State|Security|Federal) Council\b"
)
_FIRM_VERBS = frozenset(
    word_list(
        "produce own operate sell acquire supply sign make manufacture mine export refine process buy invest list "
        "raise develop build ship order drill recycle commission smelt design deliver market source purchase "
        "employ announce plan"
    )
)
_DEAL_NOUNS = frozenset(
    word_list(
        "chief ceo chairman chairwoman shares shareholders founder board shareholder plant factory revenue profit "
        "earnings stock boss management subsidiary investors creditors output refinery smelter customers annual "
        "quarterly operations stake founders headquarters"
    )
)
SITE_NOUNS = frozenset(word_list("project operation development"))
_STAKES = frozenset(
    word_list(
        "stake stakes share shares interest invest invested investing investment holding confidence investor "
        "shareholder position holdings"
    )
)
ORES = frozenset(
    word_list(
        "lithium copper gold nickel cobalt graphite tungsten niobium vanadium uranium tin zinc lead antimony "
        "silver manganese iron phosphate potash rare earth titanium spodumene brine fluorspar scandium gallium "
        "germanium platinum palladium tantalum zircon boron magnesium coal mining mine ore clay earths mineral "
        "minerals metals extraction refining smelting processing"
    )
)
_RUNS = frozenset(word_list("operate run develop mine reopen restart build expand acquire own hold have"))


def vote(draft: Draft, unit: AnnotatedUnit, span: NameSpan, english: English) -> None:
    """Add what this mention shows about the entity's type."""
    if draft.term and draft.term.type not in ("Person", "Official") and span.how != "place":
        for noun, _ in class_nouns_beside(unit, span, english):
            draft.nouns.add(noun)
        return
    doc = unit.doc
    if span.title:
        words = doc[span.title[0] : span.title[1]].text.lower()
        draft.votes[_titled(words, english)] += 6
    for kind, weight in _own_words(doc[span.start : span.end].text, english):
        draft.votes[kind] += weight
    for ent in doc.ents:
        if ent.start <= span.start < ent.end or span.start <= ent.start < span.end:
            kind, weight = _TAGGER_VOTES.get(ent.label_, ("", 0))
            if kind:
                draft.votes[kind] += weight if (ent.start, ent.end) == (span.start, span.end) else 1
    for noun, kinds in class_nouns_beside(unit, span, english):
        draft.nouns.add(noun)
        draft.votes["Company" if noun == "giant" else kinds[0]] += 6
    if shown := _noun_after(doc, span):
        draft.votes[shown] += 6
    before = doc[span.start - 1] if span.start else None
    if (
        before is not None
        and before.text.islower()
        and before.lemma_.lower() in _PUBLIC_HEADS
        and not (before.i and before.nbor(-1).lower_ in _PRIVATE)
    ):
        draft.votes["Official"] += 6
    elif shown := _described(doc[span.start : span.end].root, english):
        draft.votes[shown] += 6
    for kind, weight in _grammar_votes(unit, span, english):
        draft.votes[kind] += weight


def _titled(words: str, english: English) -> str:
    """What a title before a name shows: an office, a kind of firm ("Miner Kestrel Tin"), or just a person."""
    kinds = english.class_nouns.get(words, ("Person",))
    if "Company" in kinds or is_maker(words):
        return "Company"
    return "Official" if _is_public(words, english) else "Person"


def _is_public(words: str, english: English) -> bool:
    if words in english.firm_roles:
        return words == "president"
    return words.rstrip(".") in ("sen", "rep", "gov", "amb", "hon") or any(
        re.search(rf"\b{title}\b", words) for title in english.public_titles
    )


def _own_words(name: str, english: English) -> Iterator[tuple[str, int]]:
    words = re.findall(r"[\w.’'-]+", name)
    if not words:
        return
    if words[0] in _FIRST_WORDS and len(words) > 1:
        yield _FIRST_WORDS[words[0]], 6
    of = next((i for i, word in enumerate(words) if i and word in ("of", "for", "on")), 0)
    head = words[of - 1] if of else words[-1]
    if _LOCAL_BODIES.search(name):
        yield "GovernmentBody", 8
    if head in english.head_types and len(words) > 1:
        yield english.head_types[head], 6
    elif SUFFIX.search(name):
        yield "Company", 8
    elif name.isupper() and len(words) == 1:
        yield "Company", 1
    if re.fullmatch(r"[A-Z]+-?\d+[A-Z]?", name):
        yield "Product", 3


def class_nouns_beside(unit: AnnotatedUnit, span: NameSpan, english: English) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Class nouns right before the name ('trading house Sojitz') or in apposition or predication to it."""
    doc = unit.doc
    for length in (3, 2, 1):
        begin = span.start - length
        words = doc[max(begin, 0) : span.start].text.lower()
        if begin >= 0 and words in english.class_nouns and doc[span.start - 1].text[:1].islower():
            yield words, english.class_nouns[words]
            break
        if begin >= 0 and length == 1 and is_maker(words):
            yield words, ("Company",)
    head = doc[span.start : span.end].root
    for token in _predicated(head):
        noun = _class_noun(token, english)
        if noun and not (span.start <= token.i < span.end):
            yield noun, english.class_nouns[noun]


def _predicated(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and child.i > head.i:
            yield child
    if head.dep_ == "appos" and head.head.pos_ == "NOUN" and head.head.i < head.i:
        yield head.head  # "Its chief executive, Don Turvey,"
    if head.dep_ == "nsubj" and head.head.lemma_ in ("be", "become", "remain"):
        for child in head.head.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN":
                yield child


_PRIVATE = frozenset(["company", "union", "alliance", "association", "party", "group", "corporate", "board", "club"])
_AFTER = {
    **dict.fromkeys(
        [
            "newspaper",
            "daily",
            "magazine",
            "broadcaster",
            "union",
            "unions",
            "charity",
            "website",
            "think",
            "lobby",
            "faculty",
            "institute",
            "university",
            "foundation",
            "blog",
            "newsletter",
        ],
        "Organization",
    ),
    **dict.fromkeys(
        [
            "province",
            "region",
            "desert",
            "basin",
            "peninsula",
            "valley",
            "county",
            "river",
            "district",
            "coast",
            "archipelago",
            "prefecture",
            "oblast",
            "islands",
        ],
        "Place",
    ),
    **dict.fromkeys(
        ["programme", "program", "initiative", "fund", "scheme", "strategy", "partnership", "stockpile", "roadmap"],
        "Programme",
    ),
    **dict.fromkeys(["summit", "conference", "forum", "ministerial", "expo", "fair"], "Event"),
    **dict.fromkeys(["act", "law", "bill", "regulation", "directive", "decree", "ordinance"], "Policy"),
    **dict.fromkeys(["agreement", "treaty", "pact", "accord", "memorandum"], "Agreement"),
    **dict.fromkeys(
        [
            "shares",
            "shareholders",
            "stock",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "executives",
            "executive",
            "subsidiary",
            "boss",
            "chief",
            "group",
        ],
        "Company",
    ),
}


def _noun_after(doc: Doc, span: NameSpan) -> str | None:
    """What a class noun right behind a name shows: 'the Neue Zeit newspaper'."""
    return _AFTER.get(doc[span.end].text) if span.end < len(doc) else None


def _described(head: Token, english: English) -> str | None:
    """What beside-standing posts, sites and makers show: 'the mines minister', 'a niobium project', 'a drugmaker'."""
    for token in _predicated(head):
        lemma = token.lemma_.lower()
        around = {t.lower_ for t in token.lefts}
        if lemma in _PUBLIC_HEADS:
            return "Official"
        if lemma in english.firm_roles:
            return "Person"
        if lemma in SITE_NOUNS and (around & ORES or any(t.lower_ in ("in", "near") for t in token.rights)):
            return "Facility"
        if is_maker(lemma):
            return "Company"
    return None


def is_maker(noun: str) -> bool:
    """Whether a noun names a kind of firm by what it makes: 'toolmaker', 'drugmaker'."""
    return (
        len(noun) > 7
        and noun.endswith(("maker", "builder", "miner"))
        and noun not in ("policymaker", "lawmaker", "filmmaker", "peacemaker", "bodybuilder")
    )


def _class_noun(token: Token, english: English) -> str | None:
    """The class noun headed by a token, with its compounds where those make a known one."""
    compounds = [child.text.lower() for child in token.lefts if child.dep_ in ("compound", "amod")]
    lemma = token.lemma_.lower()
    for size in range(len(compounds), -1, -1):
        noun = " ".join([*compounds[len(compounds) - size :], lemma])
        if noun in english.class_nouns:
            return noun
    return None


_CIVIC = frozenset(
    word_list(
        "council mayor residents resident district province region town city village port outskirts suburb municipality"
    )
)


def said_of_itself(verb: Token, english: English) -> str | None:
    """The pronoun that a speaker is taken up by in his own words: 'Naura said it would'."""
    if verb.lemma_ not in english.reporting_verbs:
        return None
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp")), None)
    subject = (
        next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None) if clause is not None else None
    )
    return subject.lower_ if subject is not None and subject.lower_ in ("it", "he", "she") else None


def _grammar_votes(unit: AnnotatedUnit, span: NameSpan, english: English) -> Iterator[tuple[str, int]]:
    doc = unit.doc
    head = doc[span.start : span.end].root
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    follow = doc[span.end + 1] if span.end + 1 < len(doc) else None
    two_before = doc[span.start - 2].lower_ if span.start > 1 else ""
    if before == "at" and two_before in (
        "based",
        "located",
        "plant",
        "mine",
        "smelter",
        "refinery",
        "factory",
        "works",
        "site",
    ):
        yield "Place", 4
    if before in ("in", "near", "around", "outside") and doc[span.start].text[:1].isupper():
        stake = span.start > 1 and doc[span.start - 2].lower_ in _STAKES
        yield ("Company", 3) if stake else ("Place", 4 if after not in ("'s", "’s") else 2)
    if (
        after == ","
        and follow is not None
        and follow.ent_type_ == "GPE"
        and before in ("in", "at", "near", "from", "of")
    ):
        yield "Place", 3
    if after in ("'s", "’s") and follow is not None and follow.lower_ in _DEAL_NOUNS:
        yield "Company", 4
    if head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_ in _FIRM_VERBS:
        yield "Company", 2 if span.end - span.start > 1 else 3
    if head.dep_ == "nsubj" and (pronoun := said_of_itself(head.head, english)):
        yield ("Person" if pronoun in ("he", "she") else "Company"), 4
    if after == "," and follow is not None and follow.lower_ == "who":
        yield "Person", 6
    if before == "at" and after in ("in", ",") and follow is not None and follow.ent_type_ == "GPE":
        yield "Facility", 3
    if (after in _CIVIC and before not in ("the",)) or (
        before == "of" and span.start > 1 and doc[span.start - 2].lower_ in _CIVIC
    ):
        yield "Place", 4
    if head.dep_ == "nsubj" and head.head.lemma_ in english.reporting_verbs and span.end - span.start in (2, 3):
        yield "Person", 1
    if head.dep_ == "dobj" and head.head.lemma_ in _RUNS and before not in ("the",):
        yield "Facility", 2
    if before in ("mr", "mrs", "ms", "dr", "mr.", "dr.", "ms."):
        yield "Person", 6
