"""Finds the known things of ontology/terms in parsed units, longest match first.

A name written with a capital matches only where the text has one; a symbol or an ambiguous word only as written; a
capital city stands for its government unless the grammar says that it is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from kg.annotate.matches import Match
from kg.annotate.ministries import Ministries
from kg.annotate.wordlist import word_list
from kg.records import Term

_PLURAL_TYPES = frozenset(
    word_list("Product Application Mineral Compound MaterialGroup Facility Policy Agreement Office Event")
)
_PLACE_BEFORE = frozenset(["in", "at", "near", "outside", "around", "through", "via"])
_PLACE_AFTER = frozenset(
    word_list(
        "consultancy based office headquarters think research stock exchange suburb judge trader traders broker "
        "brokers dealer dealers lawyer court listing listed market markets prices bullion data warehouse "
        "warehouses trading time fix investor investors fund analyst analysts airport correspondent bureau "
        "newsroom residents street metal"
    )
)
_MATERIAL_NEIGHBOURS = frozenset(
    word_list(
        "ore ores mine mines mining smelter smelting refinery concentrate concentrates metal metals price prices "
        "market production output exports imports battery batteries producer producers supply reserves deposit "
        "deposits project scrap oxide alloy alloys solder content recycling miner miners ingot ingots"
    )
)
_NOT_MATERIAL_AFTER = frozenset(word_list("medal medals medalist rush standard lining foil fist curtain lady"))


# people whom articles name by one word without saying who they are
_MONONYMS = frozenset(
    word_list(
        "Trump Biden Obama Vance Rubio Bessent Lutnick Burgum Hegseth Yellen Blinken Raimondo Putin Lavrov Xi "
        "Macron Zelensky Zelenskyy Zelenskiy Starmer Sunak Merz Scholz Habeck Meloni Orban Orbán Frederiksen "
        "Erdogan Erdoğan Carney Trudeau Sheinbaum Lula Milei Boric Maduro Modi Takaichi Ishiba Kishida Prabowo "
        "Widodo Jokowi Albanese Tshisekedi Kagame Hichilema Mnangagwa Ramaphosa Mantashe Tinubu Tokayev "
        "Mirziyoyev Netanyahu Dombrovskis Sefcovic Šefčovič Sejourne Séjourné Kallas Musk"
    )
) | {"von der Leyen"}


class Vocabulary:
    """A matcher over all known terms; built once for a model."""

    def __init__(self, nlp: Language, terms: Iterable[Term]) -> None:
        self.terms = {term.key: term for term in terms}
        self._lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._owners: dict[tuple[bool, str], list[tuple[str, str, str]]] = {}
        self._capital_forms: dict[str, bool] = {}
        for term in sorted(self.terms.values(), key=lambda term: term.key):
            for text, exact, how in _forms(term):
                self._owners.setdefault((exact, text if exact else text.lower()), []).append((term.key, how, text))
        self._add(nlp, self._lower, exact=False)
        self._add(nlp, self._exact, exact=True)
        self.ministries = Ministries(nlp, self.terms.values())

    def _add(self, nlp: Language, matcher: PhraseMatcher, exact: bool) -> None:
        texts = [text for is_exact, text in self._owners if is_exact is exact]
        # tokenized as written: the tokenizer keeps "U.S." whole, but not "u.s."
        written = [self._owners[exact, text][0][2] for text in texts]
        for text, doc in zip(texts, map(nlp.make_doc, written), strict=True):
            matcher.add(text, [doc])

    def matches(self, doc: Doc) -> list[Match]:
        """The matches of a doc, longest first come and never overlapping, in order."""
        found = [match for span, exact in self._spans(doc) for match in self._read(doc, span, exact)]
        found.sort(key=lambda match: (match.start - match.end, match.how == "place", match.start, match.term.key))
        taken: set[int] = set()
        chosen = []
        for match in found:
            if not taken.intersection(range(match.start, match.end)):
                taken.update(range(match.start, match.end))
                chosen.append(match)
        return sorted(chosen, key=lambda match: match.start)

    def _possessor(self, doc: Doc, span: Span) -> int:
        """How many tokens of a name are its owner: "Teck's" of "Teck's Trail smelter", who is a name of his own."""
        mark = next((t.i for t in span[:-1] if t.text in ("'s", "’s", "'", "’")), None)
        if mark is None:
            return 0
        owner = doc[span.start : mark].text
        keys = self._owners.get((True, owner), []) + self._owners.get((False, owner.lower()), [])
        owners = [
            key
            for key, how, _ in keys
            if how != "demonym" and self.terms[key].type in ("Company", "Country", "InternationalOrganization")
        ]
        return mark + 1 - span.start if owners else 0

    def _spans(self, doc: Doc) -> Iterator[tuple[Span, bool]]:
        for matcher, exact in ((self._lower, False), (self._exact, True)):
            for span in matcher(doc, as_spans=True):
                yield span, exact

    def _read(self, doc: Doc, span: Span, exact: bool) -> Iterator[Match]:
        for key, how, written in self._owners.get((exact, span.label_ if exact else span.label_.lower()), []):
            term = self.terms[key]
            if not exact and not _case_fits(written, span.text):
                continue
            if term.ambiguous and not _is_material(span):
                continue
            if how == "demonym" and span[-1].pos_ not in ("ADJ", "PROPN", "NOUN"):
                continue
            start = span.start + self._possessor(doc, span)
            yield Match(start, span.end, term, "place" if how == "metonym" and _is_place(span) else how)


def _forms(term: Term) -> Iterator[tuple[str, bool, str]]:
    """(text, matched exactly, how) of every form of a term."""
    seen: set[str] = set()
    for text in (term.label, *term.labels):
        if text in term.exact_labels:
            continue
        for form in _variants(text, term.type):
            if form.lower() not in seen:
                seen.add(form.lower())
                yield form, False, "label"
    if term.type in ("Person", "Official"):
        names = " ".join((term.label, *term.labels))
        for name in sorted(_MONONYMS - {*term.exact_labels}):
            if re.search(rf"(?:^|\s){re.escape(name)}(?:\s|$)", names):
                yield name, True, "exact"
    for how, texts in (("exact", term.exact_labels), ("demonym", term.demonyms), ("metonym", term.metonyms)):
        for text in texts:
            yield text, True, how


def _variants(text: str, kind: str) -> Iterator[str]:
    """A name with and without accents or hyphens; a common noun also in the plural."""
    yield text
    if text[:1].isupper():
        return
    bases = [text]
    if "-" in text:
        bases.append(text.replace("-", " "))
    elif text.count(" ") == 1 and kind in ("Product", "Compound", "MaterialGroup", "Application", "Mineral"):
        bases.append(text.replace(" ", "-"))
    for base in bases:
        yield base
        if kind in _PLURAL_TYPES and not base.endswith("s"):
            yield plural(base)


def plural(noun: str) -> str:
    """The regular English plural of a noun or noun phrase that ends in its head."""
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def _case_fits(written: str, seen: str) -> bool:
    """'apple' is no company; 'Gallium' at the start of a sentence is the element."""
    if not any(character.isupper() for character in written):
        return True
    return seen[:1].isupper() or not written[:1].isupper()


def _is_place(span: Span) -> bool:
    """'in Washington', 'Washington-based', 'the London consultancy': the city, not the government."""
    doc = span.doc
    before = doc[span.start - 1].lower_ if span.start else ""
    after = [token.lower_ for token in doc[span.end : span.end + 2]]
    if span.start > 1 and before in ("and", "or", ",") and doc[span.start - 2].text[:1].isupper():
        # "in London and Oslo"
        first = span.start - 2
        while first > 0 and doc[first - 1].text[:1].isupper():
            first -= 1
        if first and doc[first - 1].lower_ in _PLACE_BEFORE:
            return True
    if before in _PLACE_BEFORE and not (before == "in" and after[:1] == ["'s"]):
        return True
    return bool(_PLACE_AFTER & set(after)) and after[:1] != ["'s"]


def _is_material(span: Span) -> bool:
    """Whether an ambiguous word (lead, tin, mercury) is a material here."""
    doc, token = span.doc, span[-1]
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    before = doc[span.start - 1].lower_ if span.start else ""
    if after in _MATERIAL_NEIGHBOURS:
        return True
    if after in _NOT_MATERIAL_AFTER or before in ("the", "a", "his", "her", "their", "its", "early"):
        return False
    return before in (
        "of",
        "and",
        "or",
        ",",
        "as",
        "refined",
        "for",
        "including",
        "mines",
        "produces",
    ) or token.dep_ in (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "conj",
        "compound",
    )
