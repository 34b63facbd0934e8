"""Gathers the names of a document into entities, and decides what type each is from all its mentions.

Longest names first; a shorter name joins a longer one as its surname, its first words, its initials or the
abbreviation in brackets after it. Votes for a type come from the name's own words, the statistical tagger, titles,
class nouns beside it ('the battery maker CATL') and the grammar around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.english import English
from kg.annotate.names import NameSpan
from kg.annotate.typing import Typer
from kg.annotate.votes import SUFFIX, class_nouns_beside, said_of_itself, vote
from kg.annotate.wordlist import word_list
from kg.records import Term

_FIRM_NOUNS = frozenset(
    word_list(
        "miner company firm producer trader refiner developer explorer carmaker automaker manufacturer maker "
        "supplier steelmaker chipmaker conglomerate startup processor recycler"
    )
)


def normal(name: str) -> str:
    """A name folded for comparison: case, accents, punctuation, article and possessive dropped."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’]s$|^(?:the|a|an)\s+", "", plain.strip())
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", " ", plain)).strip()


def gather(
    named: list[tuple[AnnotatedUnit, NameSpan]], text: str, english: English, typer: Typer | None = None
) -> dict[str, Draft]:
    """Turn name spans into drafts and put a Ref for each into its unit; `typer` types names that no list has."""
    firms = _firms_of_other_names(named, english)
    named = [(unit, _as_meant(unit, span, firms)) for unit, span in named]
    surfaces = _surfaces(named)
    owners = _owners(surfaces, _abbreviations(text))
    drafts: dict[str, Draft] = {}
    mentions: dict[str, list[tuple[AnnotatedUnit, NameSpan]]] = {}
    for unit, span in named:
        surface = unit.text(span.start, span.end)
        owner = owners.get(normal(surface), normal(surface)) if span.term is None else None
        term = span.term if span.term is not None else surfaces_term(surfaces, owner)
        if span.how == "place":
            key, term = f"place {normal(surface)}", None
        else:
            key = term.key if term else (owner or normal(surface))
        if not key:
            continue
        draft = drafts.setdefault(key, _new_draft(key, surface, term, span))
        draft.names[_clean(surface)] += 1
        vote(draft, unit, span, english)
        mentions.setdefault(key, []).append((unit, span))
        head = _head(unit, span)
        unit.refs.append(Ref(span.start, span.end, head, (key,), "", span.how, span.how == "demonym"))
    for key, full in _label_candidates(surfaces, owners).items():
        if key in drafts and drafts[key].term is None:
            drafts[key].label = full
    if typer is not None:
        typer(drafts, mentions)
    return drafts


_LOOKALIKES = ("Place", "MaterialGroup", "Mineral", "Compound", "ChemicalElement")
_TOWN_BEFORE = frozenset(["in", "near", "outside"])


def _firms_of_other_names(named: list[tuple[AnnotatedUnit, NameSpan]], english: English) -> frozenset[str]:
    """Names of places and materials that are a firm's in this text: 'Antofagasta, the Chilean miner'."""
    found = set()
    for unit, span in named:
        surface = _clean(unit.text(span.start, span.end))
        if span.term is None or span.term.type == "Company":
            if shorter := SUFFIX.sub("", surface):
                found.add(normal(shorter))
        elif span.term.type in _LOOKALIKES and surface.istitle():
            kinds = [
                kind for noun, kinds in class_nouns_beside(unit, span, english) if noun in _FIRM_NOUNS for kind in kinds
            ]
            head = unit.doc[span.start : span.end].root
            speaks = head.dep_ == "nsubj" and said_of_itself(head.head, english) == "it" and span.term.type != "Place"
            if "Company" in kinds or speaks:
                found.add(normal(surface))
    return frozenset(found)


def _as_meant(unit: AnnotatedUnit, span: NameSpan, firms: frozenset[str]) -> NameSpan:
    """A span without the term that its words do not mean here: a firm's name, or the town of a plant."""
    if span.term is None:
        return span
    surface = _clean(unit.text(span.start, span.end))
    before = unit.doc[span.start - 1].lower_ if span.start else ""
    if span.term.type in _LOOKALIKES and surface.istitle() and normal(surface) in firms and before not in _TOWN_BEFORE:
        return replace(span, term=None, how="firm")
    if (
        span.term.type == "Facility"
        and before in _TOWN_BEFORE
        and not re.search(r"[a-z]", surface.rsplit(" ", 1)[-1][:1])
    ):
        follow = unit.doc[span.end + 1] if span.end + 1 < len(unit.doc) and unit.doc[span.end].text == "," else None
        if follow is not None and follow.text[:1].isupper():
            return replace(span, how="place")
    return span


def surfaces_term(surfaces: dict[str, tuple[str, Term | None]], owner: str | None) -> Term | None:
    """The known term that the owner of a shorter name is grounded in, if any."""
    return surfaces[owner][1] if owner in surfaces else None


def _clean(surface: str) -> str:
    return re.sub(r"['’]s?$", "", surface.strip(" .,;:“”\"'")).strip()


def _new_draft(key: str, surface: str, term: Term | None, span: NameSpan) -> Draft:
    label = term.label if term else _clean(surface)
    draft = Draft(key, label, term, how="name-" + span.how if term is None else "term")
    if span.how in ("place", "firm"):
        draft.votes["Place" if span.how == "place" else "Company"] += 20
    if term:
        draft.nouns.update(term.nouns)
        draft.country = term.country
    return draft


def _surfaces(named: Iterable[tuple[AnnotatedUnit, NameSpan]]) -> dict[str, tuple[str, Term | None]]:
    """Every normal form seen, with its longest spelling and its term."""
    found: dict[str, tuple[str, Term | None]] = {}
    for unit, span in named:
        if span.how in ("demonym", "place"):
            continue
        surface = _clean(unit.text(span.start, span.end))
        form = normal(surface)
        if form and (form not in found or span.term is not None):
            found[form] = (surface, span.term)
    return found


def _abbreviations(text: str) -> dict[str, str]:
    """Abbreviations that the text explains: 'Democratic Republic of Congo (DRC)' gives drc -> the full name."""
    found = {}
    for match in re.finditer(
        r"((?:[A-ZÀ-Ý][\w’'&.-]*[ -](?:(?:of|for|and|the|de|da|e|on|y)\s+)*){1,9}?"
        r"[A-ZÀ-Ý]?[\w’'-]+)\s+\(([A-Z][\w&-]{1,9}?)s?\)",
        text,
    ):
        found[normal(match[2])] = normal(match[1])
    return found


def _owners(surfaces: dict[str, tuple[str, Term | None]], explained: dict[str, str]) -> dict[str, str]:
    """For each open name the longer name that it is a form of, or itself."""
    longest = sorted(surfaces, key=lambda form: (-len(form.split()), -len(form), form))
    owners: dict[str, str] = {}
    for form in longest:
        spelled, term = surfaces[form]
        if term is not None:
            owners[form] = form
            continue
        full = explained.get(form)
        if full:
            match = next((other for other in longest if full.endswith(other) or other == full), None)
            if match and match != form:
                owners[form] = owners.get(match, match)
                continue
        owner = next(
            (o for o in longest if o != form and len(o) > len(form) and _is_form_of(form, spelled, o, surfaces[o])),
            None,
        )
        owners[form] = owners.get(owner, owner) if owner else form
    return owners


def _is_form_of(form: str, spelled: str, other: str, entry: tuple[str, Term | None]) -> bool:
    """Whether `form` is a surname, a beginning, or the initials of the name `other`."""
    long_spelled, term = entry
    words, others = form.split(), other.split()
    if term and term.type in (
        "Country",
        "Place",
        "ChemicalElement",
        "Mineral",
        "MaterialGroup",
        "Product",
        "Application",
        "Compound",
        "Office",
    ):
        return False
    if spelled.isupper() and len(words) == 1 and len(form) >= 3:
        initials = "".join(word[0] for word in re.findall(r"\b[A-ZÀ-Ý]\w*", long_spelled)).casefold()
        if initials == form:
            return True
    if len(words) >= len(others):
        return False
    if others[: len(words)] == words and not (len(words) == 1 and len(words[0]) < 3):
        return len(others) <= len(words) + 3 and not (term and term.type in ("GovernmentBody",) and len(words) == 1)
    # "Burgum" for "Doug Burgum": two or three words of name, none of them a word of firms
    return len(words) == 1 and others[-1] == form and len(others) in (2, 3, 4) and _could_be_person(long_spelled, term)


def _could_be_person(spelled: str, term: Term | None) -> bool:
    if term:
        return term.type in ("Person", "Official")
    return not re.search(
        r"\b(?:of|and|for|the|Ltd|Inc|Group|Mine|Project|River|Bank|Resources|Act|Mining|Lithium|Energy)\b", spelled
    )


def _label_candidates(surfaces: dict[str, tuple[str, Term | None]], owners: dict[str, str]) -> dict[str, str]:
    return {form: surfaces[form][0] for form in surfaces if owners.get(form, form) == form}


def _head(unit: AnnotatedUnit, span: NameSpan) -> int:
    return int(unit.doc[span.start : span.end].root.i)
