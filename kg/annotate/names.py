"""Proper names that no list has: where they begin and end, by capitals, joiners and titles.

Comes in: a parsed unit and its vocabulary matches. Goes out: name spans, each with the matched term where the span
is exactly one. What type a name has is decided later, from all its mentions (kg.annotate.typing).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.annotate.english import English
from kg.annotate.matches import Match
from kg.annotate.name_joins import is_numbered_name, is_second_syllable, number_of_act
from kg.annotate.offices import cut_offices, office_spans
from kg.annotate.wordlist import CALENDAR, word_list
from kg.records import Term

_PARTICLES = frozenset(word_list("de da do del della di du des la le van von der den ter bin al el dos das zu"))
_OPENING_PARTICLES = frozenset(["von", "van", "der", "bin", "al", "el", "ter"])
# a word in capitals before a colon that says what an article is, not who speaks
_KICKERS = frozenset(
    word_list(
        "EXCLUSIVE UPDATE BREAKING ANALYSIS EXPLAINER FACTBOX INTERVIEW OPINION FEATURE LIVE WATCH READ NOTE "
        "SOURCE PHOTO FILE TIMELINE COLUMN INSIGHT FOCUS CORRECTED REFILE BRIEF GRAPHIC ADVISORY POLL PREVIEW "
        "WRAPUP COMMENT PODCAST VIDEO ALSO SEE SUBJECT RE TABLE BOX CAPTION QUESTION ANSWER SUMMARY CONTACT ABOUT "
        "NEW YES NO OK TBC TBD"
    )
)
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_SHORT_TITLES = frozenset(word_list("MS MR MRS DR SEN REP GEN GOV PROF Sen Rep Gov Ms Mr Mrs Dr Prof Gen"))
_LIGHT = ("DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "VERB", "INTJ", "PART", "NUM", "PUNCT", "SYM")
_SPLIT_COUNTRIES = frozenset(["united-states", "european-union", "united-kingdom"])


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `end` are a name; `term` where it is a known one; `how` as in Match, or 'open'."""

    start: int
    end: int
    term: Term | None
    how: str
    title: tuple[int, int] | None = None


def names_within(docs: Iterable[Doc]) -> frozenset[str]:
    """The words that a document writes with a capital inside its sentences, and nowhere without."""
    capital: set[str] = set()
    small: set[str] = set()
    for doc in docs:
        small.update(token.text for token in doc if token.is_lower)
        capital.update(
            t.text for t in doc if t.i and t.pos_ in ("PROPN", "NOUN") and t.text.istitle() and not _opens(t)
        )
    return frozenset(word for word in capital if word.lower() not in small and len(word) > 3)


def name_spans(
    doc: Doc, matches: list[Match], english: English, title_case: bool, within: frozenset[str] = frozenset()
) -> list[NameSpan]:
    """The names of a unit in order, never overlapping. In a title-case headline only known terms count.

    A word of `within` (see names_within) is a name at the beginning of a sentence too.
    """
    if title_case:
        return [NameSpan(m.start, m.end, m.term, m.how) for m in matches]
    offices = office_spans(doc, matches)
    found = [NameSpan(start, end, None, "office") for start, end in offices]
    covered = {index for start, end in offices for index in range(start, end)}
    matches = [match for match in matches if not covered.intersection(range(match.start, match.end))]
    runs = [part for run in _sequences(doc, english, matches, within) for part in cut_offices(*run, offices)]
    for start, end, title in runs:
        inside = [m for m in matches if m.start < end and start < m.end]
        for span in _divide(doc, start, end, inside, english):
            found.append(replace(span, title=title) if title and span.start == start else span)
        covered.update(range(start, end))
    for match in matches:
        if not covered & set(range(match.start, match.end)):
            found.append(NameSpan(match.start, match.end, match.term, match.how))
    return _without_overlap(found)


def _without_overlap(found: list[NameSpan]) -> list[NameSpan]:
    chosen: list[NameSpan] = []
    taken: set[int] = set()
    for span in sorted(found, key=lambda span: (span.start - span.end, span.start)):
        if not taken & set(range(span.start, span.end)):
            taken |= set(range(span.start, span.end))
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def _sequences(doc: Doc, english: English, matches: list[Match], within: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words with the joiners that proper names contain."""
    known = {i for m in matches for i in range(m.start, m.end)}
    known |= {t.i for t in doc if t.text[:1].isupper() and (t.text in within or _is_strange_pair(t)) and _opens(t)}
    index = 0
    while index < len(doc):
        if not _is_capital(doc[index], known) and not _particle_opens(doc, index):
            index += 1
            continue
        end = index + 1
        while end < len(doc) and doc[end - 1].text in _PARTICLES:
            end += 1
        while (step := _joins(doc, index, end, english, known)) > 0:
            end += step
        yield index, end
        index = end


def _is_capital(token: Token, known: set[int]) -> bool:
    text = token.text
    numbered = (
        re.fullmatch(r"\d{1,2}[A-Z][a-z]*", text) and token.i + 1 < len(token.doc) and token.nbor(1).text[:1].isupper()
    )
    if not text[:1].isupper() and not re.match(r"^[a-z]{1,2}[A-Z]", text) and not numbered:
        return False
    if token.lower_ in CALENDAR or text in ("I", "Q", "A") or any(c in "$€£¥%" for c in text):
        return False
    if re.match(r"[RDI]-[A-Z]", text):  # party and state of a member of Congress
        return False
    if (
        text in _KICKERS
        and token.i not in known
        and (token.i == 0 or (token.i + 1 < len(token.doc) and token.nbor(1).text == ":"))
    ):
        return False
    if not _opens(token):
        return token.pos_ not in ("PRON", "DET") or token.ent_type_ != "" or text.isupper()
    if token.i in known or numbered:
        return True
    if token.is_stop or token.pos_ in _LIGHT:
        return False
    return token.pos_ == "PROPN" or token.ent_type_ in ("PERSON", "ORG", "GPE", "FAC", "PRODUCT", "LOC", "NORP")


def _is_strange_pair(token: Token) -> bool:
    """Whether two words with capitals begin with one that no dictionary has: 'Oddvar Lium'."""
    follower = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return follower is not None and follower.text.istitle() and token.text.istitle() and not token.has_vector


def _particle_opens(doc: Doc, index: int) -> bool:
    """Whether a surname begins here with a particle in lower case: 'von der Leyen' without her first name."""
    if doc[index].text not in _OPENING_PARTICLES:
        return False
    end = index
    while end < len(doc) and doc[end].text in _PARTICLES:
        end += 1
    return end < len(doc) and doc[end].text[:1].isupper() and doc[end].lower_ not in CALENDAR


def _opens(token: Token) -> bool:
    """Whether a word would have its capital anyway: first in the unit, or after a colon, quote or heading mark."""
    if token.i == 0:
        return True
    before = token.nbor(-1)
    return before.text in (":", "“", '"', "‘", "'", "•", "–", "—", "|") and not before.text_with_ws.endswith("s ")


def _joins(doc: Doc, start: int, end: int, english: English, known: set[int]) -> int:
    """How many tokens after `end` go on with the name that began at `start`; 0 where it stops."""
    if end >= len(doc):
        return 0
    token, last = doc[end], doc[end - 1]
    if _is_capital(token, known) and not _breaks(last, token):
        return 1
    if (particles := _particles(doc, end)) > 0:
        return particles
    if token.text == "." and (_INITIAL.fullmatch(last.text) or last.text in _SHORT_TITLES) and not last.whitespace_:
        return 2 if end + 1 < len(doc) and _is_capital(doc[end + 1], known) else 0
    if token.text == "-" and is_second_syllable(doc, end, start):
        return 2
    if numbered := number_of_act(doc, end):
        return numbered
    follower = doc[end + 1] if end + 1 < len(doc) else None
    if follower is None or not follower.text[:1].isupper() or not last.text[:1].isupper():
        return _number_after(doc, end)
    if token.text in ("of", "for", "on", "to") and last.text in english.of_heads and follower.lower_ not in CALENDAR:
        return 2
    if token.text == "and":
        inside = doc[start:end]
        heads = [t for t in inside if t.text in ("of", "for", "on")]
        body = any(t.text in english.of_heads - {"Secretary", "Minister"} for t in inside)
        titles = english.public_titles | english.firm_roles
        # "Bank of Japan and Vice President …", "University of Tokyo and Toyota" are two names each
        apart = follower.i in known or any(t.lower_ in titles or t.lower_ == "vice" for t in doc[end + 1 : end + 4])
        return 2 if heads and body and not apart and follower.text not in english.of_heads else 0
    if token.text in ("&", "–", "-") and not token.whitespace_ and token.text != "&":
        return 2
    if token.text == "&":
        return 2
    if token.text == "the" and doc[end - 1].text in ("of", "for"):
        return 2
    if token.text in ("e", "y"):
        return 2
    return 0


def _particles(doc: Doc, end: int) -> int:
    """The length of 'van der Merwe' after a capitalised first name; 0 where no particle stands there."""
    index = end
    while index < len(doc) and doc[index].text in _PARTICLES:
        index += 1
    if index == end or index >= len(doc) or not doc[end - 1].text[:1].isupper():
        return 0
    return index - end + 1 if doc[index].text[:1].isupper() and doc[index].lower_ not in CALENDAR else 0


def _number_after(doc: Doc, end: int) -> int:
    """'F-35', 'Minuteman-3': a hyphen and a number go on with the name."""
    if is_numbered_name(doc, end):
        return 1
    token = doc[end]
    follower = doc[end + 1] if end + 1 < len(doc) else None
    if token.text == "-" and follower is not None and follower.text[:1].isdigit() and not token.whitespace_:
        return 2 if not doc[end - 1].whitespace_ else 0
    return 0


def _breaks(last: Token, token: Token) -> bool:
    return last.text in (",", ".", ":", ";") or token.text in ("The",)


def _divide(doc: Doc, start: int, end: int, inside: list[Match], english: English) -> Iterator[NameSpan]:
    """Cut a run of capitals at titles, demonyms and known names."""
    exact = [m for m in inside if m.start <= start and m.end >= end]
    if exact:
        yield NameSpan(exact[0].start, exact[0].end, exact[0].term, exact[0].how)
        return
    title = _title(doc, start, end, inside, english)
    if title:
        if title[0] > start:
            yield from _divide(doc, start, title[0], [m for m in inside if m.end <= title[0]], english)
        office = next((m for m in inside if (m.start, m.end) == title and m.term.type == "Office"), None)
        if office:
            yield NameSpan(office.start, office.end, office.term, "label")
        if title[1] < end:
            rest = [m for m in inside if m.start >= title[1]]
            for span in _divide(doc, title[1], end, rest, english):
                yield NameSpan(span.start, span.end, span.term, span.how, title if span.start == title[1] else None)
        return
    first = next((m for m in inside if m.start == start), None)
    if first and first.end < end and _splits_off(doc, first, end, english):
        yield NameSpan(first.start, first.end, first.term, first.how)
        yield from _divide(doc, first.end, end, [m for m in inside if m.start >= first.end], english)
        return
    if not _is_title_alone(doc, start, end, inside, english):
        yield from _whole_or_parts(doc, start, end, inside, english)


def _is_title_alone(doc: Doc, start: int, end: int, inside: list[Match], english: English) -> bool:
    """'Mr Chairman', 'the Minister': a title that names nobody."""
    words = doc[start:end].text.lower().rstrip(".")
    if not inside and words in english.public_titles | english.firm_roles | english.honorifics:
        return True
    # "the Act", "the Commission", "the Company" take up what was named before
    lone = end - start == 1 and start > 0 and doc[start - 1].lower_ in ("the", "this", "that", "our", "its")
    return lone and not inside and english.head_types.get(doc[start].text, "Place") != "Place"


def _splits_off(doc: Doc, first: Match, end: int, english: English) -> bool:
    """'Swiss Glencore' and 'US Congressional Research Service' lose their country, 'China Northern' does not."""
    if first.how == "demonym":
        return not (end - first.end == 1 and doc[end - 1].text in english.head_types)
    return first.term.key in _SPLIT_COUNTRIES and first.term.label != doc[first.start : first.end].text


def _whole_or_parts(doc: Doc, start: int, end: int, inside: list[Match], english: English) -> Iterator[NameSpan]:
    if _side_by_side(doc, start, end, inside):
        yield from (NameSpan(match.start, match.end, match.term, match.how) for match in inside)
        return
    if (
        inside
        and inside[0].term.type in ("Person", "Official")
        and inside[0].end < end
        and doc[end - 1].text in english.head_types
    ):
        yield NameSpan(start, end, None, "open")
        return
    strong = [
        m
        for m in inside
        if m.term.type
        not in ("Place", "Country", "ChemicalElement", "Mineral", "MaterialGroup", "Product", "Application", "Compound")
        and m.how in ("label", "exact")
    ]
    suffix_only = strong and all(
        doc[i].text in english.head_types or doc[i].text in (".", "-", "&")
        for i in range(start, end)
        if not any(m.start <= i < m.end for m in strong)
    )
    if len(strong) == 1 and suffix_only:
        yield NameSpan(start, end, strong[0].term, "label")
        return
    if strong and not _is_one_entity(doc, start, end):
        for match in inside:
            yield NameSpan(match.start, match.end, match.term, match.how)
        return
    if (
        not strong
        and inside
        and all(m.term.type == "Place" or m.how == "demonym" for m in inside)
        and doc[end - 1].text not in english.head_types
        and inside[-1].end == end
        and len(inside) > 1
    ):
        for match in inside:
            yield NameSpan(match.start, match.end, match.term, match.how)
        return
    yield NameSpan(start, end, None, "open")


def _side_by_side(doc: Doc, start: int, end: int, inside: list[Match]) -> bool:
    """Whether a run is known names with nothing but hyphens between: 'the US-Japan agreement'."""
    covered = {index for match in inside for index in range(match.start, match.end)}
    apart = all(a.end < b.start for a, b in pairwise(inside))
    return (
        bool(inside)
        and (apart or (_all_of_a_kind(inside) and not _is_firm_of_materials(doc, start, end, inside)))
        and all(index in covered or doc[index].text in ("-", "–", "/") for index in range(start, end))
    )


def _all_of_a_kind(inside: list[Match]) -> bool:
    """Not so 'Lithium Argentina', a firm: a material does not stand beside a country."""
    materials = [match.term.type in ("ChemicalElement", "Mineral", "Compound", "MaterialGroup") for match in inside]
    return all(materials) or not any(materials)


def _is_firm_of_materials(doc: Doc, start: int, end: int, inside: list[Match]) -> bool:
    """'Mercury Minerals': in running text a material and "minerals" would be in lower case."""
    return len(inside) == 2 and end - start == 2 and doc[end - 1].text in _FIRM_NOUNS and doc[start].is_title


def _is_one_entity(doc: Doc, start: int, end: int) -> bool:
    return any(
        ent.start <= start and ent.end >= end and ent.label_ in ("ORG", "FAC", "LAW", "PERSON", "EVENT")
        for ent in doc.ents
    )


_FIRM_NOUNS = frozenset(["Minerals", "Metals", "Resources", "Materials"])
_ABBREVIATED = frozenset(["sen", "rep", "gov", "hon", "amb"])
_OPENING_NOUNS = frozenset(
    [
        "miner",
        "trader",
        "developer",
        "explorer",
        "producer",
        "refiner",
        "smelter",
        "carmaker",
        "automaker",
        "chipmaker",
        "steelmaker",
        "metals company",
        "rival",
        "analyst",
        "geologist",
        "economist",
        "investor",
        "drugmaker",
        "consultancy",
        "manufacturer",
        "supplier",
        "broker",
        "billionaire",
        "activist",
        "author",
        "newspaper",
    ]
)


def _title(doc: Doc, start: int, end: int, inside: list[Match], english: English) -> tuple[int, int] | None:
    """The first office or honorific inside a run of capitals, with at least one word of name after or before it."""
    offices = [(m.start, m.end) for m in inside if m.term.type == "Office"]
    if offices:
        return max(offices, key=lambda span: (span[1] - span[0], -span[0]))
    if start == 0 and end - start > 1 and doc[0].lower_ in _OPENING_NOUNS and not any(m.start == 0 for m in inside):
        return 0, 1
    titles = english.public_titles | english.firm_roles | english.honorifics
    for first in range(start, end):
        for last in range(end, first, -1):
            words = doc[first:last].text.lower().rstrip(".")
            if (
                (words in titles or words in _ABBREVIATED)
                and last < end
                and (first == start or doc[first].lower_ not in ("head", "fellow", "partner", "member", "general"))
            ):
                begin = (
                    first - 1
                    if first > start and words in ("secretary", "minister", "commissioner") and first - 1 == start
                    else first
                )
                return begin, last
    return None
