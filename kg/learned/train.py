"""Trains the readers of kg.learned on folders of annotated articles: `python -m kg.learned.train tests/training/read -o kg/learned`.

First the typer of names, then the reader of relations. A document's pairs are read with a typer that never saw that document, so that
the reader learns from names as uncertain as those it will meet. The same articles give the same files on the same machine.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np

from kg.annotate.typing import retype
from kg.build import Extractor
from kg.config import Config
from kg.errors import KgError
from kg.graph.store import check_writable
from kg.learned.examples import NameExample, PairExample, name_examples, pair_examples
from kg.learned.fit import Examples, Settings, fit
from kg.learned.network import Network, save_network
from kg.read import read_documents
from kg.records import Document
from kg.scoring.gold import Gold, load_gold

Task = tuple[Gold, Network | None]
Row = TypeVar("Row")
FOLDS = 4
_RARE = 3  # a class of fewer names is not learned
_KEPT = 0.3  # the share of the pairs with an unsaid end and no relation that are learned from
NAMES = Settings(buckets=1 << 13, hidden=32, epochs=20, batch=32, rate=2e-3, loss_of_words=0.4)
PAIRS = Settings(hidden=96, epochs=8, batch=256)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on the folders named and write types.npz and relations.npz; 2 where gold or output is wrong."""
    parser = argparse.ArgumentParser(prog="python -m kg.learned.train", description="train the readers")
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        check_writable(options.out)
        golds = [gold for folder in options.gold for gold in load_gold(folder)]
    except KgError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    typers = train_types(golds, options.processes)
    save_network(typers[-1], options.out / "types.npz")
    save_network(train_relations(golds, typers, options.processes), options.out / "relations.npz")
    return 0


def fold(gold: Gold) -> int:
    """Which part of the articles a document belongs to."""
    return zlib.crc32(gold.id.encode()) % FOLDS


def train_types(golds: Sequence[Gold], processes: int) -> list[Network]:
    """A typer for each fold, trained on the others, and last one trained on all."""
    found = list(_each(_names, [(gold, None) for gold in golds], processes))
    counts = Counter(example.label for examples in found for example in examples)
    labels = sorted(label for label in counts if counts[label] >= _RARE)
    print(f"names: {sum(counts.values())}", file=sys.stderr)
    networks = []
    for part in range(FOLDS + 1):
        rows = [
            example
            for gold, examples in zip(golds, found, strict=True)
            if fold(gold) != part
            for example in examples
            if example.label in labels
        ]
        networks.append(fit(labels, _name_matrix(rows, labels), True, NAMES))
    return networks


def train_relations(golds: Sequence[Gold], typers: Sequence[Network], processes: int) -> Network:
    """The reader of relations, trained on all documents."""
    found = _each(_pairs, [(gold, typers[fold(gold)]) for gold in golds], processes)
    draw = np.random.default_rng(0)
    rows = [example for examples in found for example in examples]
    rows = [row for row in rows if not row.unsaid or row.stated or draw.random() < _KEPT]
    labels = sorted({name for row in rows for name in row.allowed})
    print(f"pairs: {len(rows)}, stated: {sum(bool(row.stated) for row in rows)}", file=sys.stderr)
    return fit(labels, _pair_matrix(rows, labels), False, PAIRS)


def _name_matrix(rows: Sequence[NameExample], labels: Sequence[str]) -> Examples:
    truth = np.eye(len(labels), dtype=np.float32)[[labels.index(row.label) for row in rows]]
    vectors = np.stack([row.vector for row in rows]).astype(np.float32)
    return Examples([row.words for row in rows], vectors, truth, np.ones_like(truth))


def _pair_matrix(rows: Sequence[PairExample], labels: Sequence[str]) -> Examples:
    column = {label: number for number, label in enumerate(labels)}
    truth = np.zeros((len(rows), len(labels)), np.float32)
    mask = np.zeros_like(truth)
    for number, row in enumerate(rows):
        weight = 1 / _KEPT if row.unsaid and not row.stated else 1.0
        for name in row.allowed:
            mask[number, column[name]] = 0.0 if name in row.elsewhere else weight
        for name in row.stated & column.keys():
            truth[number, column[name]] = 1
            mask[number, column[name]] = 1
    vectors = np.stack([row.vector.astype(np.float32) for row in rows])
    return Examples([row.words for row in rows], vectors, truth, mask)


_extractor: list[Extractor] = []  # one in each process


def _loaded() -> Extractor:
    if not _extractor:
        _extractor.append(Extractor(replace(Config.default(), networks=None)))
    return _extractor[0]


def _names(task: Task) -> list[NameExample]:
    return [example for document in _documents(task[0]) for example in name_examples(_loaded(), document, task[0])]


def _pairs(task: Task) -> list[PairExample]:
    gold, network = task
    typer = partial(retype, network=network) if network is not None else None
    return [
        example
        for document in _documents(gold)
        for example in pair_examples(_loaded(), _loaded().annotated(document, typer), gold)
    ]


def _documents(gold: Gold) -> Iterator[Document]:
    return (item for item in read_documents([gold.text_file]) if isinstance(item, Document))


def _each(work: Callable[[Task], list[Row]], tasks: Sequence[Task], processes: int) -> Iterator[list[Row]]:
    if processes == 1:
        yield from map(work, tasks)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(work, tasks, chunksize=2)


if __name__ == "__main__":
    sys.exit(main())
