"""A small network over hashed words and a dense vector, run with numpy alone.

Comes in: for each row the features that hold of it (strings) and a vector. Goes out: a probability for each label. One hidden
layer, with a straight path from the words beside it. The file is a .npz of half floats; kg.learned.train writes it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError

Array = NDArray[np.float32]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of a trained network. `exclusive`: the labels exclude each other (their probabilities sum to 1)."""

    labels: tuple[str, ...]
    exclusive: bool
    words: Array  # buckets x hidden
    dense: Array  # vector x hidden
    bias: Array
    out: Array  # hidden x labels
    direct: Array  # buckets x labels
    out_bias: Array
    mean: Array
    scale: Array

    def probabilities(self, rows: Sequence[Iterable[str]], vectors: Array) -> Array:
        """One row of label probabilities per row of features."""
        scores = self.scores(rows, vectors)
        return softmax(scores) if self.exclusive else logistic(scores)

    def scores(self, rows: Sequence[Iterable[str]], vectors: Array) -> Array:
        """The same before the last function."""
        if not len(rows):
            return np.zeros((0, len(self.labels)), np.float32)
        hidden = (vectors - self.mean) / self.scale @ self.dense + self.bias
        straight = np.tile(self.out_bias, (len(rows), 1))
        for number, row in enumerate(rows):
            places = buckets(row, len(self.words))
            hidden[number] += self.words[places].sum(0)
            straight[number] += self.direct[places].sum(0)
        return np.asarray(np.maximum(hidden, 0) @ self.out + straight, dtype=np.float32)


def code(word: str) -> int:
    """A number for a word, the same on every machine."""
    return zlib.crc32(word.encode())


def codes(row: Iterable[str]) -> NDArray[np.uint32]:
    """A number for each distinct word of a row, sorted; the same on every machine."""
    return np.array(sorted({code(word) for word in row}), dtype=np.uint32)


def buckets(row: Iterable[str], size: int) -> list[int]:
    """The buckets that a row's words fall into, sorted and distinct."""
    return sorted({code(word) % size for word in row})


def logistic(scores: Array) -> Array:
    """1 / (1 + e^-x), element by element."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


def softmax(scores: Array) -> Array:
    """Row by row e^x over the sum of e^x."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), dtype=np.float32)


@lru_cache(maxsize=8)
def load_network(path: Path) -> Network | None:
    """The network at `path`; None where there is none. Raises DataError (K240) where the file is damaged."""
    return load_weights(path, _network)


def load_weights(path: Path, make: Callable[[Mapping[str, NDArray[Any]]], Made]) -> Made | None:
    """What `make` makes of the arrays of a file, or None without a file. Raises DataError (K240) where it cannot."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as data:
            return make(data)
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as reason:
        raise DataError("K240", str(path), f"is no trained reader ({reason}). Restore the shipped file.") from None


def _network(data: Mapping[str, NDArray[Any]]) -> Network:
    floats = {name: data[name].astype(np.float32) for name in _WEIGHTS}
    return Network(tuple(str(label) for label in data["labels"]), bool(data["exclusive"]), **floats)


_WEIGHTS = ("words", "dense", "bias", "out", "direct", "out_bias", "mean", "scale")


def save_network(network: Network, path: Path) -> None:
    """Write a network as half floats."""
    arrays = {name: getattr(network, name).astype(np.float16) for name in _WEIGHTS}
    np.savez_compressed(path, labels=np.array(network.labels), exclusive=np.array(network.exclusive), **arrays)
