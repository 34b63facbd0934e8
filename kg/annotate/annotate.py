"""The annotation of one document: sentences, parses, names, figures, times and references.

Comes in: a Document. Goes out: an Annotated. The order of the steps is fixed here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.annotation import Annotated, AnnotatedUnit, Draft, Figure, Moment, Ref
from kg.annotate.coreference import Resolver
from kg.annotate.dates import TimeMention, find_times
from kg.annotate.descriptions import describe, named_facilities
from kg.annotate.english import English
from kg.annotate.entities import gather
from kg.annotate.identity import identify
from kg.annotate.masking import Piece, mask, shift
from kg.annotate.names import NameSpan, name_spans, names_within
from kg.annotate.offices import settle_offices
from kg.annotate.pipeline import parse
from kg.annotate.quantities import QuantityMention, find_quantities
from kg.annotate.segments import sentences, units
from kg.annotate.short_forms import short_forms
from kg.annotate.timelines import entry_dates
from kg.annotate.topics import set_topics
from kg.annotate.typing import Typer
from kg.annotate.vocabulary import Vocabulary
from kg.records import Document


def annotate(
    document: Document, nlp: Language, vocabulary: Vocabulary, english: English, typer: Typer | None = None
) -> Annotated:
    """Read one document. Deterministic: the same document gives the same annotation. `typer`: see kg.annotate.typing."""
    protected = frozenset(_bracketed_names(document.text, vocabulary))
    parts = [unit for sentence in sentences(document) for unit in units(sentence, protected)]
    docs = parse(nlp, [unit.text for unit in parts])
    annotated = [AnnotatedUnit(unit, doc) for unit, doc in zip(parts, docs, strict=True)]
    named: list[tuple[AnnotatedUnit, NameSpan]] = []
    matches = vocabulary.ministries.widen((unit.doc, vocabulary.matches(unit.doc)) for unit in annotated)
    matches = short_forms([unit.doc for unit in annotated], matches, vocabulary.terms)
    within = names_within(unit.doc for unit in annotated if not _is_title_case(unit))
    for unit, known in zip(annotated, matches, strict=True):
        spans = name_spans(unit.doc, known, english, _is_title_case(unit), within)
        named += [(unit, span) for span in spans]
    figures = [find_quantities(unit.unit.text) for unit in annotated]
    measured = {id(unit): found for unit, found in zip(annotated, figures, strict=True)}
    named = [(unit, span) for unit, span in named if not _is_unit(unit, span, measured[id(unit)])]
    drafts = gather(named, document.text, english, typer)
    settle_offices(drafts)
    for unit, date in zip(annotated, entry_dates(parts, document.published), strict=True):
        unit.entry_date = date
    moments = [find_times(unit.unit.text, unit.entry_date or document.published) for unit in annotated]
    _parse_again(annotated, drafts, figures, moments, nlp)
    for unit in annotated:
        named_facilities(unit, drafts, english)
        describe(unit, drafts, english)
    _types(annotated, drafts)
    for unit in annotated:
        identify(unit, drafts)
    resolver = Resolver(drafts, english)
    resolver.read(annotated)
    _types(annotated, drafts)
    set_topics(document, annotated, drafts)
    return Annotated(document, annotated, drafts, vocabulary.terms, resolver.unresolved)


def _bracketed_names(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Spans inside brackets that are part of a known name: the 'Kinshasa' of 'Congo (Kinshasa)'."""
    names = [
        name
        for term in vocabulary.terms.values()
        for name in (term.label, *term.labels, *term.exact_labels)
        if "(" in name
    ]
    for name in sorted(set(names)):
        for match in re.finditer(re.escape(name), text):
            open_bracket = match.start() + name.index("(")
            yield open_bracket + 1, match.start() + name.index(")")


def _is_title_case(unit: AnnotatedUnit) -> bool:
    """Whether a heading writes most of its words with capitals, so that capitals show no names."""
    if unit.unit.sentence.kind not in ("headline", "heading"):
        return False
    words = [token for token in unit.doc if token.is_alpha and len(token) > 3]
    return len(words) > 3 and sum(token.text[0].isupper() for token in words) > 0.7 * len(words)


def _is_unit(unit: AnnotatedUnit, span: NameSpan, figures: list[QuantityMention]) -> bool:
    """Whether what looks like a name is the end of a figure: the 'Mt' of '5.3 Mt', 'R1.7 billion'."""
    first, last = unit.doc[span.start], unit.doc[span.end - 1]
    start, end = first.idx, last.idx + len(last.text)
    return any(
        m.kind in ("mass", "money", "energy", "percent") and m.span.start <= start and end <= m.span.end
        for m in figures
    )


def _parse_again(
    annotated: list[AnnotatedUnit],
    drafts: dict[str, Draft],
    figures: list[list[QuantityMention]],
    moments: list[list[TimeMention]],
    nlp: Language,
) -> None:
    """Parse every unit with stand-ins for its names and figures, and move its references over."""
    masked = [mask(unit, drafts, found) for unit, found in zip(annotated, figures, strict=True)]
    docs = parse(nlp, [made[0].text for made in masked if made is not None])
    for number, (unit, made) in enumerate(zip(annotated, masked, strict=True)):
        pieces = made[1] if made is not None else []
        old_text, old_doc = unit.unit.text, unit.doc
        if made is not None:
            unit.unit, unit.doc = made[0], next(docs)
            unit.refs = [moved for ref in unit.refs if (moved := _moved(ref, old_doc, unit, pieces)) is not None]
            _originals(unit, old_text, pieces)
        for mention in figures[number]:
            if span := _tokens(unit.doc, shift(mention.span.start, pieces), shift(mention.span.end, pieces)):
                unit.figures.append(Figure(*span, mention))
        for moment in moments[number]:
            if span := _tokens(unit.doc, shift(moment.span.start, pieces), shift(moment.span.end, pieces)):
                unit.moments.append(Moment(*span, moment))


def _moved(ref: Ref, old: Doc, unit: AnnotatedUnit, pieces: list[Piece]) -> Ref | None:
    last = old[ref.end - 1]
    span = _tokens(unit.doc, shift(old[ref.start].idx, pieces), shift(last.idx + len(last.text), pieces))
    if span is None:
        return None
    head = unit.doc[span[0] : span[1]].root.i
    return replace(ref, start=span[0], end=span[1], head=int(head))


def _originals(unit: AnnotatedUnit, text: str, pieces: list[Piece]) -> None:
    """The text's own words at the first token of every stand-in; its other tokens show nothing."""
    for piece in pieces:
        start = shift(piece.start, pieces)
        span = _tokens(unit.doc, start, start + len(piece.text))
        if span is not None:
            unit.original.update(dict.fromkeys(range(*span), ""))
            unit.original[span[0]] = text[piece.start : piece.end]


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    if end <= start:
        return None
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else None


def _types(annotated: list[AnnotatedUnit], drafts: dict[str, Draft]) -> None:
    for unit in annotated:
        unit.refs.sort(key=lambda ref: (ref.start, -ref.end))
        for ref in unit.refs:
            ref.type = drafts[ref.keys[0]].type
