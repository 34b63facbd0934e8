"""Paths to documents: the reading stage.

In: files, folders and standard input. Out: one `Document` per article and one `Finding` for whatever stood in
the way. A bad article never stops the others, and nothing here goes to the network. The codes:

| code | severity | what was seen |
|---|---|---|
| K101 | error | a path that does not exist |
| K102 | error | an empty file |
| K103 | error | a binary file |
| K104 | error | an encoding that cannot be read |
| K105 | warning | text that is not UTF-8, read as Windows-1252 |
| K106 | warning | a publication date that is none; the document is kept without it |
| K107 | error | a broken line of JSON Lines (`file:line`) |
| K108 | error | an HTML page without an article |
| K109 | error | a file of a kind that no reader reads, or a folder without any readable file |
| K110 | info | a publication date that gives only the month; the document is dated to its first day |
| K111 | info | a second file with the same name and content, which is read once |
| K112 | error | a page of which nothing is left without its furniture |
| K113 | error | a file that the system does not let us read |
| K114 | info | a dateline without a year, which the named weekday gives |
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.read.clean import Article, articles
from kg.read.pages import READERS, Page, Reader
from kg.read.text import slug
from kg.records import Document, Finding

_STANDARD_INPUT = "-"
_STDIN_NAME = "stdin"


def read_documents(
    paths: Sequence[Path | str], *, readers: Mapping[str, Reader] = READERS
) -> Iterator[Document | Finding]:
    """The documents of all `paths`, and a finding for each that cannot be read.

    A folder is read recursively, sorted by path; in it, hidden files and kinds that `readers` lacks are passed
    over. "-" is standard input, as plain text. A file given twice is read once. Ids depend on file names
    and contents only, never on the order of `paths`.
    """
    found: list[Path | Finding] = []
    for given in dict.fromkeys(str(path) for path in paths):
        found += _expand(given, readers)
    files = _once([path for path in found if isinstance(path, Path)])
    shared = _shared_stems(files, readers)
    seen: dict[str, Path] = {}
    yield from (finding for finding in found if isinstance(finding, Finding))
    for path in files:
        yield from _read_file(path, readers, shared, seen)


def _expand(path: str, readers: Mapping[str, Reader]) -> list[Path | Finding]:
    """The files that `path` stands for, or the finding that says why there are none."""
    if path == _STANDARD_INPUT:
        return [Path(path)]
    place = Path(path)
    if place.is_dir():
        return _folder(place, readers)
    if not place.exists():
        return [Finding("K101", "error", "there is no such file or folder; check the path", path)]
    if place.suffix.lower() not in readers:
        return [Finding("K109", "error", f"{place.suffix or 'no extension'} is not read; {_allowed(readers)}", path)]
    return [place]


def _folder(folder: Path, readers: Mapping[str, Reader]) -> list[Path | Finding]:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in readers and path.is_file())
    visible = [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    if not visible:
        message = f"the folder holds no file that can be read; {_allowed(readers)}"
        return [Finding("K109", "error", message, str(folder))]
    return list(visible)


def _allowed(readers: Mapping[str, Reader]) -> str:
    return f"give one of {', '.join(sorted(readers))}"


def _once(files: Sequence[Path]) -> list[Path]:
    """Each file once, however its path was spelled, in the order of first naming."""
    return list({path.resolve(): path for path in reversed(files)}.values())[::-1]


def _stem(path: Path) -> str:
    """The part of a document's id that comes from the name of its file."""
    if str(path) == _STANDARD_INPUT:
        return _STDIN_NAME
    return slug(path.stem) or f"document-{_digest(path.stem.encode('utf-8', 'surrogateescape'))}"


def _shared_stems(files: Sequence[Path], readers: Mapping[str, Reader]) -> frozenset[str]:
    """The stems that would not give unique ids: of several files, or what another file's later articles get.

    A second article of `a.txt` is `a-2`, as is the first of `a-2.txt`; so both kinds of stem are marked.
    """
    counts = Counter(_stem(path) for path in files)
    prefixes = {
        stem: [stem[:at] for at, character in enumerate(stem) if character == "-" and stem[:at] in counts]
        for stem in counts
    }
    return frozenset(stem for stem, number in counts.items() if number > 1 or prefixes[stem])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _read_file(
    path: Path, readers: Mapping[str, Reader], shared: frozenset[str], seen: dict[str, Path]
) -> Iterator[Document | Finding]:
    where = _STDIN_NAME if str(path) == _STANDARD_INPUT else str(path)
    try:
        content = sys.stdin.buffer.read() if str(path) == _STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        yield Finding("K113", "error", f"the file cannot be read ({error.strerror}); check its permissions", where)
        return
    name = where if where == _STDIN_NAME else path.name.encode("utf-8", "replace").decode()
    stem = _stem(path)
    if stem in shared:
        stem = f"{stem}-{_digest(name.encode() + bytes(1) + content)}"
    if stem in seen:
        message = f"same name and content as {seen[stem]}; it is read once"
        yield Finding("K111", "info", message, where)
        return
    seen[stem] = path
    reader = readers.get(path.suffix.lower(), READERS[".txt"])
    yield from _documents(reader(content, where), name, stem)


def _documents(pages: Iterator[Page | Finding], name: str, stem: str) -> Iterator[Document | Finding]:
    """The documents of one file; their ids are `stem`, `stem-2`, … or `stem-<id>` where the file gives ids."""
    taken: set[str] = set()
    for page in pages:
        if isinstance(page, Finding):
            yield page
            continue
        for article in articles(page):
            if isinstance(article, Finding):
                yield article
            else:
                yield _document(article, name, _free_id(stem, page.id, taken))


def _free_id(stem: str, given: str | None, taken: set[str]) -> str:
    """An id that no earlier document of the file has; it is entered in `taken`."""
    base = f"{stem}-{slug(given)}" if given and slug(given) else stem
    number, candidate = 1, base
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    taken.add(candidate)
    return candidate


def _document(article: Article, name: str, identifier: str) -> Document:
    return Document(
        id=identifier,
        text=article.text,
        source_file=name,
        headline=article.headline,
        published=article.published,
        author=article.author,
        publisher=article.publisher,
        url=article.url,
        kind=article.kind,
    )
