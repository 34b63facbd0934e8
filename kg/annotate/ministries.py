"""Ministries that a text names without their country: 'the commerce ministry' in a report on China.

Comes in: a document's parsed units with their vocabulary matches. Goes out: further matches. The country is the one
last mentioned, or the one that the document mentions most; where neither has such a ministry, the name stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.annotate.matches import Match
from kg.records import Term

_HEADS = re.compile(r"\b(?:ministry|department|secretariat|customs|treasury|central bank|parliament|cabinet)\b", re.I)


class Ministries:
    """The names of government bodies without their country; built once with the vocabulary."""

    def __init__(self, nlp: Language, terms: Iterable[Term]) -> None:
        everything = {term.key: term for term in terms}
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._owners: dict[str, dict[str, Term]] = {}
        for term in sorted(everything.values(), key=lambda term: term.key):
            country = everything.get(term.country or "")
            if term.type == "GovernmentBody" and country is not None:
                for name in (term.label, *term.labels):
                    if (short := without_country(name, country)) and _HEADS.search(short):
                        self._owners.setdefault(short.lower(), {}).setdefault(country.key, term)
        names = sorted(self._owners)
        for name, doc in zip(names, map(nlp.make_doc, names), strict=True):
            self._matcher.add(name, [doc])

    def widen(self, units: Iterable[tuple[Doc, list[Match]]]) -> list[list[Match]]:
        """The matches of every unit, with the ministries whose country the document makes clear."""
        pairs = list(units)
        counts = Counter(match.term.key for _, matches in pairs for match in matches if match.term.type == "Country")
        most = min(counts, key=lambda key: (-counts[key], key), default=None)
        widened, last = [], None
        for doc, matches in pairs:
            found = list(self._read(doc, matches, last, most))
            covered = {index for match in found for index in range(match.start, match.end)}
            kept = [match for match in matches if not covered.intersection(range(match.start, match.end))]
            widened.append(sorted([*kept, *found], key=lambda match: match.start))
            countries = [match.term.key for match in matches if match.term.type == "Country"]
            last = countries[-1] if countries else last
        return widened

    def _read(self, doc: Doc, matches: list[Match], last: str | None, most: str | None) -> Iterator[Match]:
        spans = sorted(self._matcher(doc, as_spans=True), key=lambda span: (span.start - span.end, span.start))
        taken: set[int] = set()
        for span in spans:
            around = [match for match in matches if match.start < span.end and span.start < match.end]
            if taken.intersection(range(span.start, span.end)) or any(
                m.term.type != "Country" and m.end - m.start >= span.end - span.start for m in around
            ):
                continue
            owners = self._owners[span.text.lower()]
            beside = _beside(matches, span.start, span.end, doc)
            before = [match.term.key for match in matches if match.term.type == "Country" and match.end <= span.start]
            wanted = [beside] if beside else [before[-1] if before else last, most]
            term = next((owners[key] for key in wanted if key in owners), None)
            if term is not None:
                taken.update(range(span.start, span.end))
                yield Match(span.start, span.end, term, "label")


def _beside(matches: list[Match], start: int, end: int, doc: Doc) -> str | None:
    """The country right before or after a name: "Vietnam's Ministry of …", 'the Ministry of … of Vietnam'."""
    for match in matches:
        between = doc[match.end : start].text.lower() if match.end <= start else doc[end : match.start].text.lower()
        if match.term.type == "Country" and between in ("", "'s", "’s", "'", "of", "of the", "in"):
            return match.term.key
    return None


def without_country(name: str, country: Term) -> str | None:
    """A body's name without its country: 'Chinese Commerce Ministry' gives 'Commerce Ministry'; else None."""
    for word in (*country.demonyms, country.label, *country.labels, *country.exact_labels):
        for lead in (f"{word}'s ", f"{word}’s ", f"{word} "):
            if name.casefold().startswith(lead.casefold()):
                return name[len(lead) :]
        for tail in (f" of {word}", f" of the {word}"):
            if name.casefold().endswith(tail.casefold()):
                return name[: -len(tail)]
    return None
