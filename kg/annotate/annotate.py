"""The annotation of one document: sentences, parses, names, figures, times and references.

Comes in: a Document. Goes out: an Annotated. The order of the steps is fixed here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.annotation import Annotated, AnnotatedUnit, Draft, Figure, Moment
from kg.annotate.coreference import Resolver
from kg.annotate.dates import find_times
from kg.annotate.descriptions import describe, named_facilities
from kg.annotate.english import English
from kg.annotate.entities import gather
from kg.annotate.names import NameSpan, name_spans
from kg.annotate.pipeline import parse
from kg.annotate.quantities import find_quantities
from kg.annotate.segments import sentences, units
from kg.annotate.topics import set_topics
from kg.annotate.vocabulary import Vocabulary
from kg.records import Document


def annotate(document: Document, nlp: Language, vocabulary: Vocabulary, english: English) -> Annotated:
    """Read one document. Deterministic: the same document gives the same annotation."""
    protected = frozenset(_bracketed_names(document.text, vocabulary))
    parts = [unit for sentence in sentences(document) for unit in units(sentence, protected)]
    docs = parse(nlp, [unit.text for unit in parts])
    annotated = [AnnotatedUnit(unit, doc) for unit, doc in zip(parts, docs, strict=True)]
    named: list[tuple[AnnotatedUnit, NameSpan]] = []
    for unit in annotated:
        spans = name_spans(unit.doc, vocabulary.matches(unit.doc), english, _is_title_case(unit))
        named += [(unit, span) for span in spans]
    drafts = gather(named, document.text, english)
    for unit in annotated:
        _figures(unit)
        _moments(unit, document.published)
        named_facilities(unit, drafts, english)
        describe(unit, drafts, english)
    resolver = Resolver(drafts, english)
    resolver.read(annotated)
    _finish(annotated, drafts)
    set_topics(document, annotated, drafts)
    return Annotated(document, annotated, drafts, vocabulary.terms, resolver.unresolved)


def _bracketed_names(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Spans inside brackets that are part of a known name: the 'Kinshasa' of 'Congo (Kinshasa)'."""
    names = [name for term in vocabulary.terms.values() for name in (term.label, *term.labels, *term.exact_labels) if "(" in name]
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


def _figures(unit: AnnotatedUnit) -> None:
    for mention in find_quantities(unit.unit.text):
        span = _tokens(unit.doc, mention.span.start, mention.span.end)
        if span:
            unit.figures.append(Figure(*span, mention))


def _moments(unit: AnnotatedUnit, published: str | None) -> None:
    for mention in find_times(unit.unit.text, published):
        span = _tokens(unit.doc, mention.span.start, mention.span.end)
        if span:
            unit.moments.append(Moment(*span, mention))


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else None


def _finish(annotated: list[AnnotatedUnit], drafts: dict[str, Draft]) -> None:
    for unit in annotated:
        unit.refs.sort(key=lambda ref: (ref.start, -ref.end))
        for ref in unit.refs:
            ref.type = drafts[ref.keys[0]].type


