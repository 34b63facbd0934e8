"""Copies of one text in several files: one document is kept, the others become its further publications.

A wire report that ten papers print is one piece of evidence, not ten. Candidates come from MinHash over shingles of
five words (A. Broder, On the resemblance and containment of documents, 1997); each is then compared exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rensa import RMinHash, RMinHashLSH

from kg.records import Document, Publication

_SHINGLE_WORDS = 5
_LEAST_JACCARD = 0.8
_PERMUTATIONS = 128
_BANDS = 32  # of four rows: a pair at 0.8 is missed once in ten million times
_MORE_FIGURES = 2
_OTHER_FIGURES = 0.2  # a price report of the same mould with other figures is another report


def merge_copies(documents: Iterable[Document]) -> list[Document]:
    """`documents` sorted by id, near-identical texts merged into one; the result does not depend on their order.

    Texts are copies when the Jaccard index of their five-word shingles, headlines apart, is at least 0.8
    and they give the same figures but for a fifth; copies of copies belong together. Of a group the longest text
    that has a date stays, with the smallest id; the others stand in its `copies`, sorted.
    """
    ordered = sorted(documents, key=lambda document: (document.id, document.source_file, document.text))
    groups: dict[int, list[Document]] = {}
    for at, root in enumerate(_roots(ordered)):
        groups.setdefault(root, []).append(ordered[at])
    return sorted((_merged(group) for group in groups.values()), key=lambda document: document.id)


def _roots(documents: Sequence[Document]) -> list[int]:
    """For each document the number of the first one that it is, over others, a copy of."""
    root = list(range(len(documents)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for one, two in _candidates(documents):
        first, second = sorted((find(one), find(two)))
        if first != second and _is_copy(documents[one], documents[two]):
            root[second] = first
    return [find(at) for at in range(len(documents))]


def _candidates(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the greater first, whose signatures agree in a band."""
    index = RMinHashLSH(threshold=_LEAST_JACCARD, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for at, document in enumerate(documents):
        signature = RMinHash(num_perm=_PERMUTATIONS, seed=1)
        signature.update(sorted(_shingles(document)))
        yield from ((at, earlier) for earlier in sorted(index.query(signature)))
        index.insert(at, signature)


def _is_copy(one: Document, two: Document) -> bool:
    shingles, others = _shingles(one), _shingles(two)
    if len(shingles & others) < _LEAST_JACCARD * len(shingles | others):
        return False
    return _same_figures(_figures(one), _figures(two))


def _same_figures(figures: frozenset[str], others: frozenset[str]) -> bool:
    """Whether at most a fifth of the figures differ, or one text merely has up to two more ("3 December")."""
    different = len(figures ^ others)
    added = figures <= others or others <= figures
    return different <= max(_MORE_FIGURES if added else 0, _OTHER_FIGURES * len(figures | others))


def _body(document: Document) -> str:
    """The text without its headline, which every paper words anew."""
    return document.text.removeprefix(document.headline or "").strip() or document.text


def _shingles(document: Document) -> frozenset[str]:
    words = re.findall(r"\w+", _body(document).casefold())
    last = max(1, len(words) - _SHINGLE_WORDS + 1)
    return frozenset(" ".join(words[start : start + _SHINGLE_WORDS]) for start in range(last))


def _figures(document: Document) -> frozenset[str]:
    return frozenset(re.findall(r"\d+(?:[.,]\d+)*", _body(document)))


def _merged(group: Sequence[Document]) -> Document:
    kept = min(group, key=lambda document: (document.published is None, -len(document.text), document.id))
    others = [document for document in group if document is not kept]
    copies = {copy for document in group for copy in document.copies} | {_publication(document) for document in others}
    return replace(kept, copies=tuple(sorted(copies, key=_publication_key))) if copies else kept


def _publication(document: Document) -> Publication:
    return Publication(document.source_file, document.publisher, document.published, document.url)


def _publication_key(publication: Publication) -> tuple[str, str, str, str]:
    return (
        publication.source_file,
        publication.publisher or "",
        publication.published or "",
        publication.url or "",
    )
