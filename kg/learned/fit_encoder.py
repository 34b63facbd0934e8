"""Fits a kg.learned.encoder.Encoder. Used by kg.learned.train alone: needs jax, which the program itself does not.

Deterministic for a seed on the same machine. A step is a document; cells whose `mask` is 0 say nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kg.learned.encoder import POOLED, SEEN, Encoder, Integers, Words, encode, relate
from kg.learned.network import Array

_ROUND = (256, 512)  # words and pairs are filled up to multiples of these, so that few shapes are compiled
_WARM = 200  # steps over which the rate rises
_SCALE = 30.0  # divides the summed loss of a document: about the number of its claims
_LAST = 0.05  # of the rate is left at the end


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document: its words, its pairs and what is true of them; `truth` and `mask` are pairs x labels."""

    words: Words
    spots: Integers
    truth: Array
    mask: Array


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes and rates of a fit; `most` pairs of a document are seen in a step."""

    width: int = 96
    layers: int = 2
    hidden: int = 128
    word_codes: int = 1 << 12
    pair_codes: int = 1 << 11
    epochs: int = 14
    rate: float = 2e-3
    decay: float = 1e-4
    most: int = 1024
    seed: int = 0


def fit_encoder(labels: Sequence[str], lessons: Sequence[Lesson], sizes: Sizes) -> Encoder:
    """An encoder that gives `truth` for the lessons, by Adam with dropout and weight decay."""
    lessons = [lesson for lesson in lessons if len(lesson.spots)]
    draw = np.random.default_rng(sizes.seed)
    weights = {name: jnp.asarray(value) for name, value in _start(draw, lessons[0].words, len(labels), sizes).items()}
    state = weights, *({name: jnp.zeros_like(value) for name, value in weights.items()} for _ in range(2))
    key = jax.random.PRNGKey(sizes.seed)
    total, step = sizes.epochs * len(lessons), 0
    for epoch in range(sizes.epochs):
        lost = 0.0
        for number in draw.permutation(len(lessons)):
            step += 1
            key, here = jax.random.split(key)
            rate = sizes.rate * min(1.0, step / _WARM) * (1 - (1 - _LAST) * step / total)
            lesson = _filled(lessons[number], draw, sizes.most)
            rows = lesson.spots, lesson.truth, lesson.mask
            state, loss = _updated(state, lesson.words, rows, here, rate, step, sizes.decay)
            lost += float(loss)
        print(f"sentences: epoch {epoch + 1} of {sizes.epochs}, loss {lost / len(lessons):.3f}", file=sys.stderr)
    return Encoder(tuple(labels), {name: np.asarray(value) for name, value in state[0].items()})


def _start(draw: np.random.Generator, words: Words, labels: int, sizes: Sizes) -> dict[str, Array]:
    def spread(rows: int, columns: int, by: float) -> Array:
        return (draw.standard_normal((rows, columns)) * by).astype(np.float32)

    width, seen, pooled = sizes.width, SEEN * sizes.width, len(POOLED) * sizes.width
    found = {
        "vectors": spread(words.vectors.shape[1], width, words.vectors.shape[1] ** -0.5),
        "context": spread(words.context.shape[1], width, words.context.shape[1] ** -0.5),
        "words": spread(sizes.word_codes, width, 0.1),
        "start": np.zeros(width, np.float32),
        "pairs": spread(sizes.pair_codes, sizes.hidden, 0.1),
        "hidden": spread(pooled, sizes.hidden, pooled**-0.5),
        "hidden_bias": np.zeros(sizes.hidden, np.float32),
        "out": spread(sizes.hidden, labels, 0.1),
        "out_bias": np.full(labels, -3, np.float32),
    }
    for layer in range(sizes.layers):
        found[f"layer{layer}"] = spread(seen, 2 * width, seen**-0.5)
        found[f"bias{layer}"] = np.zeros(2 * width, np.float32)
        found[f"scale{layer}"] = np.ones(width, np.float32)
    return found


def _filled(lesson: Lesson, draw: np.random.Generator, most: int) -> Lesson:
    """A lesson of at most `most` pairs, drawn anew each time, filled up to a round size."""
    count = len(lesson.spots)
    chosen = np.sort(draw.permutation(count)[:most]) if count > most else np.arange(count)
    words, pairs = (-(-n // by) * by for n, by in zip((len(lesson.words.heads), len(chosen)), _ROUND, strict=True))
    heads = np.arange(words, dtype=np.int32)
    heads[: len(lesson.words.heads)] = lesson.words.heads
    vectors, context, codes, _ = (_longer(array, words, 0) for array in lesson.words)
    filled = Words(vectors, context, codes, heads)
    spots = _longer(lesson.spots[chosen], pairs, -1)
    return Lesson(filled, spots, _longer(lesson.truth[chosen], pairs, 0), _longer(lesson.mask[chosen], pairs, 0))


def _longer(array: Any, rows: int, value: int) -> Any:
    found = np.full((rows, *array.shape[1:]), value, array.dtype)
    found[: len(array)] = array
    return found


def _loss(weights: dict[str, Any], words: Words, rows: tuple[Any, Any, Any], key: Any) -> Any:
    """The masked cross-entropy of a document."""
    spots, truth, mask = rows
    keys: Iterator[Any] = iter(jax.random.split(key, 16))

    def drop(values: Any, share: float) -> Any:
        return values * jax.random.bernoulli(next(keys), 1 - share, values.shape) / (1 - share)

    scores = relate(jnp, weights, encode(jnp, weights, words, drop), spots, drop)
    entropy = jnp.maximum(scores, 0) - scores * truth + jnp.log1p(jnp.exp(-jnp.abs(scores)))
    return (entropy * mask).sum() / _SCALE


@jax.jit
def _updated(state: Any, words: Words, rows: tuple[Any, Any, Any], key: Any, rate: Any, step: Any, decay: Any) -> Any:
    """One step of Adam."""
    weights, first, second = state
    loss, slopes = jax.value_and_grad(_loss)(weights, words, rows, key)
    first = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, first, slopes)
    second = jax.tree.map(lambda old, new: 0.999 * old + 0.001 * new * new, second, slopes)

    def moved(weight: Any, mean: Any, square: Any) -> Any:
        move = mean / (1 - 0.9**step) / (jnp.sqrt(square / (1 - 0.999**step)) + 1e-8)
        return weight - rate * (move + decay * weight)

    return (jax.tree.map(moved, weights, first, second), first, second), loss
