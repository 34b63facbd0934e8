"""A page to the articles it holds: furniture, bylines and repeats told apart from what was written to be read.

In: a `Page`. Out: an `Article` per article, whose text is paragraphs separated by a blank line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.read.pages import Page
from kg.read.text import normalise
from kg.records import Finding


@dataclass(frozen=True, slots=True)
class Article:
    """The cleaned text of one article and what is known about it; `headline` is also the text's first paragraph."""

    text: str
    headline: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    kind: str = "NewsArticle"


def articles(page: Page) -> Iterator[Article | Finding]:
    """The articles of `page` in their order, or one finding (K112) where it holds none."""
    paragraphs = [line for line in normalise(page.text).split("\n") if line]
    if page.title and paragraphs[:1] != [page.title]:
        paragraphs.insert(0, page.title)
    if not paragraphs:
        yield Finding("K112", "error", "no article text is left on this page", page.where)
        return
    yield Article("\n\n".join(paragraphs), page.title, page.published, page.author, page.publisher, page.url)
