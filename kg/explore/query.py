"""Questions in SPARQL → tables: the library of `.rq` files, files of the user's own, and text from standard input.

A file says what it is in comment lines at its head:

    # title: Who restricts what
    # description: Export bans and curbs, and against whom they are aimed.
    # param country (optional) entity: the restricting country
    # param since (optional, default 2020) date: earliest date of the article

The value of a parameter is bound to the variable of its name, never pasted into the text, so it cannot change the
query. The variable must stand in the SELECT line; it is left out of the answer. An optional parameter that is not
given stays unbound: write it as the variable of a pattern (`?claim rdf:subject ?country`), or test it with
`FILTER(COALESCE(?x = ?country, true))`. BOUND(?country) does not work: the engine decides it before values are bound.

Reads only: updates and SERVICE are refused. Queries run on the default graph.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, QueryError, nearest
from kg.explore.names import CM, PREFIXES, find_entity, find_in_ontology
from kg.explore.tables import Cell, Iri, Table
from kg.graph.store import open_store

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
KINDS = ("entity", "property", "class", "modality", "date", "text", "integer")
MODALITIES = ("Asserted", "Planned", "Possible", "Negated")

_HEADER = re.compile(r"#\s*(title|description|param)\b:?\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s+\((required|optional)(?:,\s*default\s+([^)]*))?\)\s+(\w+)\s*:\s*(.+)")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NUMERIC = re.compile(r"(?:decimal|integer|double|float|\w*[iI]nt|long|short|byte|nonNegativeInteger)$")
_QUOTED = re.compile(  # comments, IRIs, strings, variables, local names and escapes: what holds no keyword
    r"""\#[^\r\n]* | <[^<>"{}|^`\\\x00-\x20]*> | \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3}
    | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*' | [?$@]\w+ | :[\w.:-]* | \\.""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a query takes: `kind` is one of KINDS, `default` its text form where there is one."""

    name: str
    required: bool
    kind: str
    description: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query with its header. `where` is the file it came from, for messages."""

    name: str
    text: str
    where: str
    title: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()


def list_queries(folder: Path) -> Iterator[Query]:
    """The queries of a library folder, by name."""
    for path in sorted(folder.glob("*.rq")):
        yield read_query(path)


def read_query(path: Path) -> Query:
    """The query of a file. Raises QueryError K311 if it cannot be read and K312 if its header is malformed."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise QueryError("K311", str(path), f"cannot be read ({reason}). Give a UTF-8 text file.") from None
    return parse_query(path.stem, text, str(path))


def find_query(name: str, folder: Path) -> Query:
    """The query of the library with this name; else QueryError K301 with the nearest name."""
    names = sorted(path.stem for path in folder.glob("*.rq"))
    if name not in names:
        hint = nearest(name, names) or f" Known: {', '.join(names) or 'none'}."
        raise QueryError("K301", f"query {name}", f"there is no query of this name.{hint}")
    return read_query(folder / f"{name}.rq")


def read_any(name: str, library: Path) -> tuple[Query, bool]:
    """The query that a user names, and whether it is the library's own: its name there, a file, or - for stdin.

    Raises QueryError K301 for an unknown name, K311 for a file that cannot be read.
    """
    if name == "-":
        try:
            return parse_query("-", sys.stdin.read(), "standard input"), False
        except UnicodeDecodeError:
            raise QueryError("K311", "standard input", "is not UTF-8 text.") from None
    path = Path(name)
    if (library / f"{name}.rq").is_file() or not (path.suffix or len(path.parts) > 1 or path.is_file()):
        return find_query(name, library), True
    return read_query(path), False


def run_any(folder: Path, query: Query, values: Mapping[str, str], seconds: float | None) -> Table:
    """The answer of `query` on the graph in `folder`: in this process, or in one that is stopped after `seconds`."""
    return (
        run_query(open_store(folder), query, values)
        if seconds is None
        else run_with_limit(folder, query, values, seconds)
    )


def query_lines(queries: Iterable[Query]) -> Iterator[str]:
    """The list of queries for a reader: name, title, and a line for each parameter."""
    for query in queries:
        yield f"{query.name}: {query.title}\n"
        for parameter in query.parameters:
            default = f", default {parameter.default}" if parameter.default else ""
            need = "required" if parameter.required else "optional"
            yield f"    {parameter.name}=… ({need}{default}) {parameter.kind}: {parameter.description}\n"


def parse_query(name: str, text: str, where: str) -> Query:
    """Reads the header of a query; lines that are no header are left alone."""
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _HEADER.fullmatch(line.strip())
        if match and match[1] == "param":
            parameters.append(_parse_parameter(match[2], f"{where}:{number}"))
        elif match:
            said.setdefault(match[1], match[2].strip())
    return Query(name, text, where, said.get("title", ""), said.get("description", ""), tuple(parameters))


def run_query(store: ox.Store, query: Query, values: Mapping[str, str]) -> Table:
    """The answer of `query` with parameter `values` as a user wrote them.

    Rows stand in the order of the query's ORDER BY, or sorted where it has none. Raises QueryError: K302 unknown
    parameter, K303 missing parameter, K304 malformed value, K305 unknown name, K306 ambiguous name, K307 malformed
    SPARQL, K309 a query that would write or leave this graph.
    """
    _check_reads_only(query)
    bound: dict[ox.Variable, Term] = {ox.Variable(name): term for name, term in _bind(store, query, values)}
    try:
        result = store.query(query.text, substitutions=bound, prefixes=PREFIXES)
        return _tabulate(result, query)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise _malformed(query, error) from None


def run_with_limit(folder: Path, query: Query, values: Mapping[str, str], seconds: float) -> Table:
    """`run_query` on the graph in `folder`, in a process of its own that is stopped after `seconds` (K308)."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(theirs, folder, query, dict(values)), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise QueryError("K308", query.where, f"stopped after {seconds:g} s. Narrow the query, or raise --timeout.")
        return _received(ours, query)
    finally:
        child.kill()
        child.join()


def _answer(pipe: Connection, folder: Path, query: Query, values: dict[str, str]) -> None:
    try:
        pipe.send(run_query(open_store(folder), query, values))
    except KgError as error:
        pipe.send((type(error), error.code, error.where, error.message))


def _received(pipe: Connection, query: Query) -> Table:
    try:
        answer: Any = pipe.recv()
    except EOFError:
        raise QueryError("K308", query.where, "the query ended early (out of memory?). Narrow it.") from None
    if isinstance(answer, Table):
        return answer
    kind, *message = answer
    raise kind(*message)


def _parse_parameter(text: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(text.strip())
    if not match or match[4] not in KINDS:
        raise QueryError(
            "K312",
            where,
            f'"param {text}" is not understood. Write: param NAME (required|optional, default …) KIND: text, '
            f"where KIND is one of {', '.join(KINDS)}.",
        )
    default = match[3].strip() if match[3] else None
    return Parameter(match[1], match[2] == "required", match[4], match[5], default)


def _check_reads_only(query: Query) -> None:
    bare = _QUOTED.sub(lambda match: ":" if match[0].startswith(":") else " ", query.text).upper()
    words = [word for word in re.findall(r"[\w.-]+:?", bare) if word not in ("PREFIX", "BASE") and word[-1] != ":"]
    # anywhere, not as a word of its own: a parser that reads "1SERVICE<x>" would see the keyword
    found = "SERVICE" if "SERVICE" in bare else next(iter(words), "")
    if found == "SERVICE" or found in _UPDATES:
        raise QueryError("K309", query.where, f"{found} is not run: a query only reads this graph. Use SELECT.")


def _bind(store: ox.Store, query: Query, values: Mapping[str, str]) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    known = [parameter.name for parameter in query.parameters]
    for name in values:
        if name not in known:
            allowed = nearest(name, known) or f" It takes {', '.join(known) or 'no parameters'}."
            raise QueryError("K302", f"query {query.name}", f'there is no parameter "{name}".{allowed}')
    for parameter in query.parameters:
        text = values.get(parameter.name, parameter.default)
        if text is not None:
            yield parameter.name, _term(store, parameter, text, f"query {query.name}, {parameter.name}")
        elif parameter.required:
            wanted = f"{parameter.name}=… ({parameter.kind}: {parameter.description})"
            raise QueryError("K303", f"query {query.name}", f"a parameter is missing. Add {wanted}.")


def _term(store: ox.Store, parameter: Parameter, text: str, where: str) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "entity":
        return find_entity(store, text, where)
    if parameter.kind in ("property", "class"):
        return find_in_ontology(store, text, parameter.kind, where)
    if parameter.kind == "modality":
        return _modality(text, where)
    if parameter.kind == "date" and not _DATE.fullmatch(text):
        raise QueryError("K304", where, f'"{text}" is not a date. Write 2026, 2026-02 or 2026-02-04.')
    if parameter.kind == "integer":
        if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
            raise QueryError("K304", where, f'"{text}" is not a whole number.')
        return ox.Literal(int(text))
    return ox.Literal(text)


def _modality(text: str, where: str) -> ox.NamedNode:
    for name in MODALITIES:
        if text.removeprefix("cm:").casefold() == name.casefold():
            return ox.NamedNode(CM + name)
    raise QueryError("K304", where, f'"{text}" is not a modality. Take one of {", ".join(MODALITIES)}.')


def _tabulate(result: Any, query: Query) -> Table:
    if isinstance(result, ox.QuerySolutions):
        hidden = {parameter.name for parameter in query.parameters}
        names = [variable.value for variable in result.variables]
        shown = [at for at, name in enumerate(names) if name not in hidden]
        rows: Iterable[tuple[Cell, ...]] = (tuple(_cell(row[at]) for at in shown) for row in result)
        ordered = re.search(r"\bORDER\s+BY\b", query.text, re.IGNORECASE)
        return Table(tuple(names[at] for at in shown), tuple(rows if ordered else sorted(rows, key=_sort_key)))
    if isinstance(result, ox.QueryBoolean):
        return Table(("answer",), ((bool(result),),))
    triples = tuple(sorted(set(result), key=str))
    cells = tuple((_cell(triple.subject), _cell(triple.predicate), _cell(triple.object)) for triple in triples)
    return Table(("subject", "predicate", "object"), cells, triples)


def _cell(term: Any) -> Cell:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    if term.datatype.value == PREFIXES["xsd"] + "boolean":
        return term.value in ("true", "1")
    return _number(term) if _NUMERIC.search(term.datatype.value) else term.value


def _number(term: ox.Literal) -> Cell:
    try:
        number = Decimal(term.value)
    except InvalidOperation:
        return term.value
    return number if number.is_finite() else term.value


def _sort_key(row: tuple[Cell, ...]) -> tuple[tuple[bool, Decimal, str], ...]:
    return tuple(
        (cell is not None, cell, "")
        if isinstance(cell, Decimal)
        else (cell is not None, Decimal(0), "" if cell is None else str(cell))
        for cell in row
    )


def _malformed(query: Query, error: Exception) -> QueryError:
    message = _first_line(error)
    hidden = re.search(r"does not contains? variable (\?\w+)", message)
    if hidden:
        return QueryError(
            "K307", query.where, f"parameter {hidden[1]} does not stand in the SELECT line. Add it there."
        )
    place = re.match(r"error at (\d+):(\d+):\s*(.*)", message)
    if not place:
        return QueryError("K307", query.where, f"the query cannot be run: {_shortened(message)}.")
    line = (query.text.splitlines() or [""])[min(int(place[1]), query.text.count("\n") + 1) - 1 :][:1]
    seen = " ".join(line)[int(place[2]) - 1 :][:30]
    at = f'at "{seen}"' if seen else "at the end of the line"
    where = f"{query.where}:{place[1]}:{place[2]}"
    return QueryError("K307", where, f"the SPARQL is malformed {at}: {_shortened(place[3])}.")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip()


def _shortened(message: str) -> str:
    message = message.rstrip(".")
    return message if len(message) <= 160 else message[:157] + "…"
