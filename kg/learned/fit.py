"""Fits a kg.learned.network.Network. Used by kg.learned.train alone: needs scipy, which the program itself does not.

Deterministic for a seed. Rows whose `mask` is 0 for a label say nothing about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from kg.learned.network import Array, Network, logistic, softmax


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of features (kg.learned.network.codes) with what is true of them: `truth` and `mask` are rows x labels."""

    rows: Sequence[NDArray[np.uint32]]
    vectors: Array
    truth: Array
    mask: Array


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes and rates of a fit; `loss_of_words` is the share of inputs left out at random in each step."""

    buckets: int = 1 << 14
    hidden: int = 96
    epochs: int = 10
    batch: int = 256
    rate: float = 1e-3
    loss_of_words: float = 0.3
    loss_of_hidden: float = 0.4
    decay: float = 1e-5
    seed: int = 0


def fit(labels: Sequence[str], examples: Examples, exclusive: bool, settings: Settings) -> Network:
    """A network that gives `truth` for the examples, by Adam with dropout."""
    draw = np.random.default_rng(settings.seed)
    matrix = _matrix(examples.rows, settings.buckets)
    mean, scale = examples.vectors.mean(0), examples.vectors.std(0) + 1e-2
    vectors = ((examples.vectors - mean) / scale).astype(np.float32)
    weights = _start(draw, settings, vectors.shape[1], len(labels))
    moments = {key: (np.zeros_like(value), np.zeros_like(value)) for key, value in weights.items()}
    step = 0
    for epoch in range(settings.epochs):
        order = draw.permutation(matrix.shape[0])
        rate = settings.rate * (1 - epoch / settings.epochs)
        for begin in range(0, len(order), settings.batch):
            chosen = order[begin : begin + settings.batch]
            words = _thinned(matrix[chosen], draw, settings.loss_of_words)
            dense = _dropped(vectors[chosen], draw, settings.loss_of_words)
            slopes = _slopes(
                weights, words, dense, examples.truth[chosen], examples.mask[chosen], exclusive, draw, settings
            )
            step += 1
            _adam(weights, moments, slopes, rate, step, settings.decay)
    return Network(tuple(labels), exclusive, **weights, mean=mean, scale=scale)


def _matrix(rows: Sequence[NDArray[np.uint32]], size: int) -> sparse.csr_matrix:
    places = [np.unique(row % size).astype(np.int64) for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    count = int(ends[-1])
    return sparse.csr_matrix((np.ones(count, np.float32), np.concatenate(places), ends), shape=(len(rows), size))


def _start(draw: np.random.Generator, settings: Settings, width: int, labels: int) -> dict[str, Array]:
    def small(rows: int, columns: int, spread: float) -> Array:
        return (draw.standard_normal((rows, columns)) * spread).astype(np.float32)

    return {
        "words": small(settings.buckets, settings.hidden, 0.05),
        "dense": small(width, settings.hidden, 0.03),
        "bias": np.zeros(settings.hidden, np.float32),
        "out": small(settings.hidden, labels, 0.1),
        "direct": np.zeros((settings.buckets, labels), np.float32),
        "out_bias": np.full(labels, -2, np.float32),
    }


def _thinned(words: sparse.csr_matrix, draw: np.random.Generator, loss: float) -> sparse.csr_matrix:
    thinned = words.copy()
    thinned.data = thinned.data * (draw.random(len(thinned.data)) > loss).astype(np.float32) / (1 - loss)
    return thinned


def _dropped(values: Array, draw: np.random.Generator, loss: float) -> Array:
    return np.asarray(values * (draw.random(values.shape) > loss) / (1 - loss), dtype=np.float32)


def _slopes(
    weights: dict[str, Array],
    words: sparse.csr_matrix,
    dense: Array,
    truth: Array,
    mask: Array,
    exclusive: bool,
    draw: np.random.Generator,
    settings: Settings,
) -> dict[str, Array]:
    """The gradient of the mean cross-entropy for one batch."""
    before = words @ weights["words"] + dense @ weights["dense"] + weights["bias"]
    keep = (draw.random(before.shape) > settings.loss_of_hidden).astype(np.float32) / (1 - settings.loss_of_hidden)
    hidden = np.maximum(before, 0) * keep
    scores = hidden @ weights["out"] + words @ weights["direct"] + weights["out_bias"]
    wrong = ((softmax(scores) if exclusive else logistic(scores)) - truth) * mask / len(truth)
    back = wrong @ weights["out"].T * keep * (before > 0)
    turned = words.T.tocsr()
    return {
        "out": hidden.T @ wrong,
        "out_bias": wrong.sum(0),
        "dense": dense.T @ back,
        "bias": back.sum(0),
        "words": turned @ back,
        "direct": turned @ wrong,
    }


def _adam(
    weights: dict[str, Array],
    moments: dict[str, tuple[Array, Array]],
    slopes: dict[str, Array],
    rate: float,
    step: int,
    decay: float,
) -> None:
    for key, slope in slopes.items():
        first, second = moments[key]
        slope = slope + decay * weights[key]
        first += 0.1 * (slope - first)
        second += 0.001 * (slope * slope - second)
        weights[key] -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
