"""Rows of an answer → text: an aligned table, CSV, JSON, JSON Lines or Turtle.

Texts of articles are untrusted: control characters and marks that turn the reading direction never reach the output.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.explore.names import compact
from kg.graph.store import turtle

FORMATS = ("table", "csv", "json", "jsonl", "ttl")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NARROWEST = 8


class Iri(str):
    """A cell that names a node, so that a table can shorten it."""

    __slots__ = ()


Cell = Iri | str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of an answer; `triples` holds them for CONSTRUCT and DESCRIBE, else None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    triples: tuple[ox.Triple, ...] | None = None


def plain(text: str) -> str:
    """`text` without terminal control characters; line ends and tabs stay."""
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    """`text` without control characters, every run of white space as one space."""
    return " ".join(plain(text).split())


def write_table(table: Table, output: str, width: int | None = None) -> Iterator[str]:
    """The answer in format `output`, in pieces to be written as they stand (line ends included).

    `width` is that of the terminal, in characters: wide cells of a table are shortened to it; None keeps them whole.
    Raises QueryError K310 for Turtle where the query gave rows instead of triples.
    """
    if output == "csv":
        return _csv(table)
    if output == "json":
        return iter([json.dumps(list(_records(table)), ensure_ascii=False, indent=2) + "\n"])
    if output == "jsonl":
        return (json.dumps(record, ensure_ascii=False) + "\n" for record in _records(table))
    if output == "ttl":
        return _turtle(table)
    return _aligned(table, width)


def _csv(table: Table) -> Iterator[str]:
    # RFC 4180: lines end in CR LF, an unbound cell is empty
    for row in (table.columns, *table.rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([_text(cell) for cell in row])
        yield line.getvalue()


def _records(table: Table) -> Iterator[dict[str, object]]:
    for row in table.rows:
        yield {column: _json(cell) for column, cell in zip(table.columns, row, strict=True)}


def _json(cell: Cell) -> object:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return plain(cell) if isinstance(cell, str) else cell


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return plain(str(cell))


def _turtle(table: Table) -> Iterator[str]:
    if table.triples is None:
        raise QueryError("K310", "--format ttl", "this query gives rows, not triples. Take table, csv, json or jsonl.")
    yield from turtle(table.triples)


def _aligned(table: Table, width: int | None) -> Iterator[str]:
    rows = [[one_line(compact(cell) if isinstance(cell, Iri) else _text(cell)) for cell in row] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(table.columns, *rows, strict=True)]
    widths = _fitted(widths, width) if width else widths
    numeric = [any(_is_number(row[at]) for row in table.rows) for at in range(len(table.columns))]
    yield _line(list(table.columns), widths, numeric)
    yield "  ".join("-" * size for size in widths) + "\n"
    for row in rows:
        yield _line(row, widths, numeric)


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    shown = [cell if len(cell) <= size else cell[: size - 1] + "…" for cell, size in zip(cells, widths, strict=True)]
    padded = [
        cell.rjust(size) if right else cell.ljust(size)
        for cell, size, right in zip(shown, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip() + "\n"


def _fitted(widths: list[int], total: int) -> list[int]:
    fitted = list(widths)
    while fitted and sum(fitted) + 2 * (len(fitted) - 1) > total and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)
