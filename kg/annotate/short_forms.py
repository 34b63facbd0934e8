"""Materials named by their last word alone: 'the concentrate' of a tin mine, 'carbonate' beside lithium hydroxide.

Comes in: a document's parsed units with their vocabulary matches. Goes out: further matches. The material is the one last
named in full; else that of the element the document names most; a bare ore, concentrate or scrap is one in any case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.annotate.matches import Match
from kg.annotate.wordlist import word_list
from kg.records import Term

_MATERIALS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup")
_FORMS = frozenset(
    word_list(
        "concentrate ore scrap hydroxide carbonate oxide sulfate sulphate sulfide sulphide carbide chloride fluoride "
        "trioxide pentoxide dioxide trisulfide trisulphide sponge matte ingot powder phosphate nitride metal brine"
    )
)
_SPELLINGS = {"sulphate": "sulfate", "sulphide": "sulfide", "trisulphide": "trisulfide"}
# what a bare word is where nothing tells of what
_ANY = {"concentrate": "mineral-concentrate", "ore": "raw-ore", "scrap": "scrap-metal"}
# too common to be taken for anything but what was just named in full
_WEAK = frozenset(["metal", "powder", "ingot", "phosphate", "matte", "sponge", "brine", "oxide"])
_NOT_BEFORE = frozenset(word_list("body bodies grade grades heap sorting dealer yard price rate carrier"))


def short_forms(units: Sequence[Doc], matches: Sequence[list[Match]], terms: Mapping[str, Term]) -> list[list[Match]]:
    """The matches of every unit, with the materials that go by their last word."""
    by_form = _by_form(terms)
    counts = Counter(
        match.term.label
        for found in matches
        for match in found
        if match.term.type in ("ChemicalElement", "MaterialGroup")
    )
    last: dict[str, Term] = {}
    widened = []
    for doc, found in zip(units, matches, strict=True):
        covered = {index: match for match in found for index in range(match.start, match.end)}
        extra = []
        for token in doc:
            form = _form(token)
            match = covered.get(token.i)
            if match is not None and form is None and match.end == token.i + 1:
                form = _SPELLINGS.get(token.lemma_.lower(), token.lemma_.lower())
            if form is None or form not in _FORMS:
                continue
            if match is not None:
                if (
                    match.term.type in ("Mineral", "Compound")
                    and match.end - match.start > 1
                    and match.end == token.i + 1
                ):
                    last[form] = match.term
            elif _is_bare(token, covered):
                term = last.get(form) or _of_leading(form, by_form, counts) or terms.get(_ANY.get(form, ""))
                if term is not None:
                    extra.append(Match(token.i, token.i + 1, term, "label"))
        widened.append(sorted([*found, *extra], key=lambda match: match.start))
    return widened


def _by_form(terms: Mapping[str, Term]) -> dict[str, dict[str, Term]]:
    """For each form the terms that are one, by the word before: 'carbonate' gives lithium -> lithium carbonate."""
    found: dict[str, dict[str, Term]] = {}
    for term in terms.values():
        first, _, form = term.label.rpartition(" ")
        form = _SPELLINGS.get(form, form)
        if term.type in ("Mineral", "Compound") and form in _FORMS and first:
            found.setdefault(form, {})[first] = term
    return found


def _form(token: Token) -> str | None:
    word = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN") or word not in _FORMS or token.text.isupper():
        return None
    return _SPELLINGS.get(word, word)


def _is_bare(token: Token, covered: Mapping[int, Match]) -> bool:
    """Whether a form stands for a material by itself: no material right before it, no noun that it only modifies."""
    before = covered.get(token.i - 1)
    follower = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if before is not None and (before.term.type in _MATERIALS or before.term.type == "Product"):
        return False
    if token.i and token.nbor(-1).text in ("-", "–"):
        return False
    if token.dep_ == "compound" and token.lemma_.lower() not in ("ore", "concentrate"):
        return False
    return follower is None or (follower.lower_ not in _NOT_BEFORE and follower.text != "-")


def _of_leading(form: str, by_form: Mapping[str, Mapping[str, Term]], counts: Counter[str]) -> Term | None:
    """The material of this form whose element the document names most, at least twice."""
    known = by_form.get(form, {})
    fitting = [name for name, count in counts.items() if count > 1 and name in known]
    if form in _WEAK or not fitting:
        return None
    return known[min(fitting, key=lambda name: (-counts[name], name))]
