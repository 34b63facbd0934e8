"""Writes a graph to a folder and opens it again.

A graph folder holds `graph.ttl` (every triple once), `graph.nq` (the same in a named graph per document, and one for
the descriptions of entities), `merges.jsonl` (why entities became one node) and `store/`, an Oxigraph database for
queries. The text files are sorted and have the same bytes for the same statements. In the store the *default graph*
holds the whole of `graph.ttl`, so that a plain query sees every triple once, and the named graphs stand beside it for
`GRAPH ?document { … }`.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OutputError
from kg.graph.iris import PREFIXES, RDF, XSD
from kg.graph.resolve import Merge

TURTLE = "graph.ttl"
QUADS = "graph.nq"
STORE = "store"
MERGES = "merges.jsonl"

_NAME = re.compile(r"[A-Za-z](?:[\w-]*\w)?", re.ASCII)
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_TYPED = re.compile(r'"((?:[^"\\]|\\.)*)"\^\^<(.*)>', re.DOTALL)
_BARE = {XSD + "integer": re.compile(r"[+-]?\d+"), XSD + "decimal": re.compile(r"[+-]?\d+\.\d+")}


def write_graph(quads: Iterable[ox.Quad], folder: Path, merges: Iterable[Merge] = ()) -> None:
    """Replace the graph in `folder`, and the account of its merges.

    All is built beside the old graph and moved into place at the end, so that a run that fails leaves the old one
    whole. Raises OutputError K402 where the folder cannot be written.
    """
    unique = sorted(set(quads), key=str)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".kg-", dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        _write_all(unique, sorted(merges), work)
        _swap(work, folder)
    except (OSError, RuntimeError) as error:  # the database reports a full disk as either
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check_writable(folder: Path) -> None:
    """Raise OutputError K402 now, before the articles are read, if `write_graph` could not write to `folder`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kg-", dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from None


def open_store(folder: Path) -> ox.Store:
    """The graph in `folder`, for reading only; from its text files, in memory, where it has no usable store.

    Raises OutputError: K401 there is no graph, K403 its files are damaged.
    """
    if (folder / STORE).is_dir():
        try:
            return ox.Store.read_only(str(folder / STORE))
        except (OSError, RuntimeError):
            pass  # a store of another version or half copied; the text files hold the same graph
    for name in (QUADS, TURTLE):
        if (folder / name).is_file():
            return _load(folder / name)
    raise OutputError("K401", str(folder), "there is no graph here; build one with: kg build PATH -o DIR")


def read_merges(folder: Path) -> tuple[Merge, ...]:
    """Why entities of the graph in `folder` became one node, sorted. Raises OutputError K401 where nothing says so,
    K403 where the file is damaged."""
    path = folder / MERGES
    if not path.is_file():
        raise OutputError("K401", str(folder), f"there is no {MERGES} here; build the graph with: kg build PATH -o DIR")
    merges = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            merges.append(Merge(row["iri"], row["rule"], tuple(row["labels"]), tuple(row["documents"])))
        except (ValueError, KeyError, TypeError):
            message = "is damaged; build the graph again with: kg build PATH -o DIR"
            raise OutputError("K403", f"{path}:{number}", message) from None
    return tuple(merges)


def turtle(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Sorted Turtle, one chunk for each subject: `a` first, then the other predicates and their objects in order."""
    for prefix, space in PREFIXES.items():
        yield f"@prefix {prefix}: <{space}> .\n"
    rows = sorted({_row(triple) for triple in triples})
    for subject, group in groupby(rows, key=lambda row: row[0]):
        lines = []
        for predicate, same in groupby(group, key=lambda row: row[2]):
            objects = ", ".join(_object(row[3]) for row in same)
            lines.append(f"{'a' if predicate == RDF + 'type' else _short(predicate)} {objects}")
        yield f"\n{_short(subject)} " + " ;\n    ".join(lines) + " .\n"


def _row(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """A triple as the strings by which it is sorted; rdf:type comes before the other predicates."""
    predicate = triple.predicate.value
    return str(triple.subject)[1:-1], predicate != RDF + "type", predicate, str(triple.object)


@lru_cache(maxsize=4096)  # predicates, classes and frequent entities come back again and again
def _short(iri: str) -> str:
    """A prefixed name where the rest of the IRI is a plain word, else the IRI in brackets."""
    for prefix, space in _BY_LENGTH:
        if iri.startswith(space) and _NAME.fullmatch(iri, len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return f"<{iri}>"


def _object(text: str) -> str:
    """An object as N-Triples writes it, shortened: prefixed names, bare integers and decimals."""
    if text.startswith("<"):
        return _short(text[1:-1])
    typed = _TYPED.fullmatch(text) if text.endswith(">") else None
    if typed is None:
        return text
    lexical, datatype = typed.groups()
    bare = _BARE.get(datatype)
    return lexical if bare and bare.fullmatch(lexical) else f'"{lexical}"^^{_short(datatype)}'


def _write_all(quads: list[ox.Quad], merges: list[Merge], work: Path) -> None:
    with (work / MERGES).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(merge), ensure_ascii=False) + "\n" for merge in merges)
    with (work / TURTLE).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(quad.triple for quad in quads))
    with (work / QUADS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{quad} .\n" for quad in quads)
    store = ox.Store(str(work / STORE))
    store.bulk_extend(_with_default(quads))
    store.flush()


def _with_default(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Each quad in its own graph and in the default graph."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _swap(work: Path, folder: Path) -> None:
    """Move the new graph into place, the old one aside; where a move fails, the old one comes back."""
    old = work / "old"
    old.mkdir()
    try:
        for name in (STORE, MERGES, TURTLE, QUADS):
            if (folder / name).exists():
                (folder / name).replace(old / name)
            (work / name).replace(folder / name)
    except OSError:
        for kept in old.iterdir():
            if (folder / kept.name).exists():
                (folder / kept.name).replace(work / f"new-{kept.name}")
            kept.replace(folder / kept.name)
        raise


def _load(path: Path) -> ox.Store:
    store = ox.Store()
    syntax = ox.RdfFormat.N_QUADS if path.name == QUADS else ox.RdfFormat.TURTLE
    try:
        store.bulk_extend(_with_default(ox.parse(path=path, format=syntax)))
    except SyntaxError as error:
        message = f"is damaged: {error.msg}; build the graph again with: kg build PATH -o DIR"
        raise OutputError("K403", f"{path}:{error.lineno or 1}", message) from None
    except OSError as error:
        raise OutputError("K403", str(path), f"cannot be read: {error.strerror or error}") from None
    return store


def _unwritable(folder: Path, error: OSError | RuntimeError) -> OutputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return OutputError("K402", str(folder), f"cannot write the graph: {reason}; choose another folder with -o")
