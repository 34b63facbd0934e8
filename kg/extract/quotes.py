"""Quotations that run over several sentences: who speaks in the sentences that name nobody.

Comes in: an annotated document. Goes out: for each sentence that lies wholly inside quotation marks the key of the
one who is named as its speaker before or after the marks, or in the quotation before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.english import English
from kg.annotate.segments import Sentence
from kg.extract.viewpoints import speaker_of
from kg.records import TextSpan

_CURLY = re.compile(r"“[^“”]*(?:”|$)")
_STRAIGHT = re.compile(r"\"[^\"]*(?:\"|$)")


def quote_speakers(annotated: Annotated, english: English) -> dict[int, str]:
    """The speaker of each sentence (by index) that is quoted as a whole."""
    found: dict[int, str] = {}
    running: tuple[int, str] | None = None
    for number, sentences in _paragraphs(annotated):
        spans = list(_quotations(annotated.document.text, sentences[0][0].span.start, sentences[-1][0].span.end))
        for span in spans:
            inside = [s for s, _ in sentences if s.span.start >= span.start - 1 and s.span.end <= span.end + 1]
            key = _named(span, spans, sentences, english)
            if key is None and running is not None and running[0] >= number - 1 and inside:
                key = running[1]
            if key is not None:
                running = (number, key)
                found.update({sentence.index: key for sentence in inside})
    return found


def _paragraphs(annotated: Annotated) -> Iterator[tuple[int, list[tuple[Sentence, list[AnnotatedUnit]]]]]:
    grouped: dict[int, dict[int, tuple[Sentence, list[AnnotatedUnit]]]] = {}
    for unit in annotated.units:
        sentence = unit.unit.sentence
        parts = grouped.setdefault(sentence.paragraph, {})
        parts.setdefault(sentence.index, (sentence, []))[1].append(unit)
    for number, parts in grouped.items():
        yield number, list(parts.values())


def _quotations(text: str, start: int, end: int) -> Iterator[TextSpan]:
    paragraph = text[start:end]
    for form in (_CURLY, _STRAIGHT):
        for match in form.finditer(paragraph):
            if match.end() > match.start():
                yield TextSpan(start + match.start(), start + match.end())


def _named(
    span: TextSpan,
    spans: list[TextSpan],
    sentences: list[tuple[Sentence, list[AnnotatedUnit]]],
    english: English,
) -> str | None:
    """The subject of a reporting verb outside the marks, in the sentences that the quotation touches or just before."""
    touched = [n for n, (s, _) in enumerate(sentences) if s.span.start < span.end and s.span.end > span.start]
    if not touched:
        return None
    order = [touched[-1], touched[0]]
    before = touched[0] - 1
    if before >= 0 and sentences[before][0].text.rstrip().endswith(":"):
        order.append(before)
    for number in order:
        for unit in sentences[number][1]:
            for token in unit.doc:
                if token.pos_ != "VERB" or token.lemma_.lower() not in english.reporting_verbs:
                    continue
                place = unit.span(token.i, token.i + 1).start
                if any(one.start <= place < one.end for one in spans):
                    continue
                ref = speaker_of(unit, token)
                if ref is not None:
                    return ref.keys[0]
    return None
