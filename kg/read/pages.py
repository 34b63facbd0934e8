"""One function per kind of file: the bytes of a file to the pages it holds.

A page is text with what its file says about it; which lines of the text are the article is decided later
(`clean`). A reader never raises for what an article holds: it yields a `Finding` and goes on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import trafilatura

from kg.read.text import decode, without_tags
from kg.records import Finding


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and what its file declares; `whole` says that the text is one article below `title`.

    `unwrap` allows to join lines that were broken at a fixed width.
    """

    text: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    genre: str | None = None
    id: str | None = None
    where: str = ""
    whole: bool = False
    unwrap: bool = True


Reader = Callable[[bytes, str], Iterator[Page | Finding]]
"""From the bytes of a file and its name to its pages, in the order in which they stand."""

_FEWEST_WORDS = 5
# Without a latest date of our own the answer would depend on the day of the run.
_DATES = {"original_date": True, "extensive_search": True, "max_date": "2100-01-01", "outputformat": "%Y-%m-%d"}
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = {
    "title": ("title", "headline"),
    "published": ("date", "published", "datePublished", "datepublished"),
    "author": ("author", "byline"),
    "publisher": ("publisher", "sitename"),
    "url": ("url",),
    "genre": ("genre",),
    "id": ("id",),
}


def read_text(content: bytes, where: str) -> Iterator[Page | Finding]:
    """Plain text: a page as somebody pasted it."""
    text, finding = decode(content, where)
    if finding:
        yield finding
    if text is not None:
        yield Page(text, where=where)


def read_markdown(content: bytes, where: str) -> Iterator[Page | Finding]:
    """Markdown: front matter between '---' lines (`key: value`) if there is any, then the text."""
    text, finding = decode(content, where)
    if finding:
        yield finding
    if text is None:
        return
    text = text.replace("\r\n", "\n")
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        yield Page(_plain_markdown(text), where=where)
        return
    yield _page(_plain_markdown(text[matter.end() :]), _front_matter(matter[1]), where)


def _front_matter(block: str) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in block.split("\n") if ":" in line and not line.startswith((" ", "#", "-")))
    return {key.strip().lower(): _unquoted(value.strip()) for key, value in pairs}


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _page(text: str, values: Mapping[str, object], where: str) -> Page:
    """The page of `text` with what `values`, of any origin, say about it; blank values do not count."""
    said = {name: _first(values, keys) for name, keys in _KEYS.items()}
    return Page(
        text,
        title=said["title"],
        published=said["published"],
        author=said["author"],
        publisher=said["publisher"],
        url=said["url"],
        genre=said["genre"],
        id=said["id"],
        where=where,
        whole=said["title"] is not None,
    )


def _first(values: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    given = (str(values[key]).strip() for key in keys if isinstance(values.get(key), str | int))
    return next((value for value in given if value), None)


def _plain_markdown(text: str) -> str:
    """Markdown without the marks that are no words: heading signs, emphasis, links, quote signs."""
    text = re.sub(r"^ {0,3}#{1,6} +(.*?)(?: +#+)?$", r"\n\1\n", text, flags=re.MULTILINE)
    text = re.sub(r"!\[[^\[\]\n]*\]\([^()\n]*\)", "", text)
    text = re.sub(r"\[([^\[\]\n]+)\]\([^()\n]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1", text)
    return re.sub(r"^ {0,3}> ?", "", text, flags=re.MULTILINE)


def read_html(content: bytes, where: str) -> Iterator[Page | Finding]:
    """A saved web page: trafilatura finds the article and its metadata, without any network access."""
    text, finding = decode(content, where)
    if finding:
        yield finding
    if text is None:
        return
    found = _extract(text)
    if found is None or not _has_prose(without_tags(str(found.text or ""))):
        message = "no article was found in this HTML; give a page with an article, or its text as .txt"
        yield Finding("K108", "error", message, where)
        return
    fields = {key: without_tags(value) for key, value in _html_fields(found).items()}
    yield replace(_page(without_tags(str(found.text)), fields, where), whole=True, unwrap=False)


def _has_prose(text: str) -> bool:
    """Whether any line is longer than the labels of a menu."""
    return any(len(line.split()) >= _FEWEST_WORDS for line in text.split("\n"))


def _extract(html: str) -> trafilatura.settings.Document | None:
    """What trafilatura finds; None where the markup is beyond it (it raises for some broken pages)."""
    try:
        found = trafilatura.bare_extraction(
            html, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, trafilatura.settings.Document) else None


def _html_fields(found: trafilatura.settings.Document) -> dict[str, str]:
    fields = {
        "title": found.title,
        "date": found.date,
        "author": found.author,
        "publisher": found.sitename,
        "url": found.url,
    }
    return {key: str(value) for key, value in fields.items() if value}


def read_json_lines(content: bytes, where: str) -> Iterator[Page | Finding]:
    """JSON Lines: one object a line, with `text` and optional title, date, author, publisher, url and id."""
    text, finding = decode(content, where)
    if finding:
        yield finding
    if text is None:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _json_page(line, f"{where}:{number}")


def _json_page(line: str, where: str) -> Page | Finding:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply or a number too long")
        return Finding("K107", "error", f"the line is no JSON ({reason}); each line must be one JSON object", where)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not record["text"].strip():
        message = 'the line is no JSON object with a "text"; give {"text": "…", "title": "…", "date": "yyyy-mm-dd"}'
        return Finding("K107", "error", message, where)
    return _page(record["text"], record, where)


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}
"""File extension (lower case, with its dot) to the reader of that kind of file."""
