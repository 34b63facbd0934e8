"""Trains the readers of kg.learned on folders of annotated articles: `python -m kg.learned.train tests/training/read -o kg/learned`.

First the typer of names, then the readers of relations (of pairs, of sentences), modality, topics, times and figures. A
document is read with a typer that never saw it, so that these learn from names as uncertain as those they will meet. The
same articles give the same files on the same machine.
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
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.annotate.typing import retype
from kg.build import Extractor
from kg.config import Config
from kg.errors import KgError
from kg.extract.moods import MODALITIES
from kg.graph.store import check_writable
from kg.learned.encoder import SPOTS_WIDTH
from kg.learned.examples import (
    DocumentExamples,
    LabelExample,
    PairExample,
    document_examples,
    name_examples,
)
from kg.learned.fit import Examples, Settings, fit
from kg.learned.fit_encoder import Lesson, Sizes, fit_encoder
from kg.learned.network import Array, Network
from kg.learned.networks import Networks, save_networks
from kg.read import read_documents
from kg.records import Document
from kg.scoring.gold import Gold, load_gold

Task = tuple[Gold, Network | None]
Row = TypeVar("Row")
FOLDS = 4
MEASURES = (
    "Capacity",
    "Change",
    "Content",
    "Count",
    "Demand",
    "Funding",
    "Price",
    "Production",
    "Reserve",
    "Sales",
    "Share",
    "TariffRate",
)
_RARE = 3  # a class of fewer names is not learned
_KEPT = 0.3  # the share of the pairs with an unsaid end and no relation that are learned from
NAMES = Settings(buckets=1 << 13, hidden=32, epochs=20, batch=32, rate=2e-3, loss_of_words=0.4)
PAIRS = Settings(hidden=96, epochs=8, batch=256)
SENTENCES = Sizes()
MOODS = Settings(buckets=1 << 12, hidden=24, epochs=10, batch=64)
TOPICS = Settings(buckets=1 << 12, hidden=24, epochs=10, batch=64)
TIMES = Settings(buckets=1 << 12, hidden=24, epochs=8, batch=128)
FIGURES = Settings(buckets=1 << 12, hidden=32, epochs=10, batch=64)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on the folders named and write a file for each reader; 2 where gold or output is wrong."""
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
    found = train_on_documents(golds, typers, options.processes)
    save_networks(found, options.out)
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
        truth = _one_of(labels, [row.label for row in rows])
        networks.append(fit(labels, _rows(rows, truth), True, NAMES))
    return networks


def train_on_documents(golds: Sequence[Gold], typers: Sequence[Network], processes: int) -> Networks:
    """All readers but the typer, trained on all documents."""
    tasks: list[Task] = [(gold, typers[fold(gold)]) for gold in golds]
    found = [examples for part in _each(_examples, tasks, processes) for examples in part]
    pairs = [row for examples in found for row in examples.pairs]
    moods = [row for examples in found for row in examples.moods]
    topics = [row for examples in found for row in examples.topics]
    times = [row for examples in found for row in examples.times]
    figures = [row for examples in found for row in examples.figures if not row.unsure]
    print(f"pairs: {len(pairs)}, stated: {sum(bool(row.stated) for row in pairs)}", file=sys.stderr)
    print(
        f"claims: {len(moods)}, matters: {len(topics)}, times: {len(times)}, figures: {len(figures)}", file=sys.stderr
    )
    labels = sorted({name for row in pairs for name in row.allowed})
    return Networks(
        types=typers[-1],
        relations=fit(labels, _pair_matrix(pairs, labels), False, PAIRS) if pairs else None,
        sentences=fit_encoder(labels, [_lesson(examples, labels) for examples in found], SENTENCES) if pairs else None,
        moods=_fit(MODALITIES, moods, [row.label for row in moods], MOODS, exclusive=True),
        topics=_fit(("topic",), topics, ["topic" if row.right else None for row in topics], TOPICS),
        times=_fit(("time",), times, ["time" if row.right else None for row in times], TIMES),
        figures=_fit(MEASURES, figures, [row.measure for row in figures], FIGURES),
    )


def _fit(
    labels: Sequence[str],
    rows: Sequence[_Taught],
    values: Sequence[str | None],
    settings: Settings,
    exclusive: bool = False,
) -> Network | None:
    """A network that gives each row its value, where not exclusive maybe none of the labels; None without rows."""
    return fit(labels, _rows(rows, _one_of(labels, values)), exclusive, settings) if rows else None


class _Taught(Protocol):
    @property
    def words(self) -> NDArray[np.uint32]: ...
    @property
    def vector(self) -> NDArray[np.float16]: ...


def _rows(rows: Sequence[_Taught], truth: Array, mask: Array | None = None) -> Examples:
    vectors = np.stack([row.vector.astype(np.float32) for row in rows])
    return Examples([row.words for row in rows], vectors, truth, np.ones_like(truth) if mask is None else mask)


def _one_of(labels: Sequence[object], values: Sequence[object]) -> Array:
    return np.array([[value == label for label in labels] for value in values], dtype=np.float32)


def _pair_matrix(rows: Sequence[PairExample], labels: Sequence[str]) -> Examples:
    return _rows(rows, *_cells(rows, labels))


def _lesson(examples: DocumentExamples, labels: Sequence[str]) -> Lesson:
    spots = [row.spots for row in examples.pairs]
    stacked = np.stack(spots) if spots else np.zeros((0, SPOTS_WIDTH), np.int32)
    return Lesson(examples.words, stacked, *_cells(examples.pairs, labels))


def _cells(rows: Sequence[PairExample], labels: Sequence[str]) -> tuple[Array, Array]:
    """What is true of each pair, and how much each relation of it counts."""
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
    return truth, mask


_extractor: list[Extractor] = []  # one in each process


def _loaded() -> Extractor:
    if not _extractor:
        _extractor.append(Extractor(replace(Config.default(), networks=None)))
    return _extractor[0]


def _names(task: Task) -> list[LabelExample]:
    return [example for document in _documents(task[0]) for example in name_examples(_loaded(), document, task[0])]


def _examples(task: Task) -> list[DocumentExamples]:
    gold, network = task
    typer = partial(retype, network=network) if network is not None else None
    draw = np.random.default_rng(zlib.crc32(gold.id.encode()))
    found = []
    for document in _documents(gold):
        examples = document_examples(_loaded(), _loaded().annotated(document, typer), gold)
        examples.pairs = [row for row in examples.pairs if not row.unsaid or row.stated or draw.random() < _KEPT]
        found.append(examples)
    return found


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
