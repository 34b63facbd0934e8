"""A small network that reads whole sentences: a state for every word, and from the states the relations of pairs of mentions.

Comes in: the words of a document's sentences (Words) and its pairs, a row of positions each (SPOTS). Goes out: a score for each
relation. Every layer lets a word see its neighbours, what governs it and what it governs in the parse. The functions take their array
module, so that numpy reads with the very code that jax trains (kg.learned.fit_encoder).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.learned.network import Array, load_weights

Integers = NDArray[np.int32]
Drop = Callable[[Any, float], Any]  # (values, share left out) -> values; at reading nothing is left out

SEEN = 5  # what a word sees in a layer: its neighbours, itself, what governs it, what it governs
LOSS_OF_WORDS = 0.2  # shares left out at random in training, so that no single value is relied on
LOSS_OF_PAIRS = 0.3
LOSS_OF_HIDDEN = 0.4
_AT_ONCE = 2048  # pairs looked at together, to bound memory
WORD_CODES = 6  # hashed features of a word
PAIR_CODES = 14  # hashed features of a pair; -1 where there are fewer
_WIDTHS = {
    "subject": 6,  # the words of the mention
    "object": 6,
    "subject_anywhere": 6,  # the heads of the entity's first mentions in the document
    "object_anywhere": 6,
    "between": 24,
    "path": 6,  # in the parse
    "top": 1,  # of the path
    "codes": PAIR_CODES,
}
POOLED = ("subject", "object", "subject_anywhere", "object_anywhere", "between", "path", "top")


def _places() -> dict[str, slice]:
    found, at = {}, 0
    for name, width in _WIDTHS.items():
        found[name] = slice(at, at + width)
        at += width
    return found


SPOTS = _places()  # where a row of a pair holds what: positions of words in the document, -1 for none
SPOTS_WIDTH = sum(_WIDTHS.values())


class Words(NamedTuple):
    """The words of a document, its sentences one after the other with an empty word after each.

    `vectors` (words x 300) and `context` (words x 96) of the language model; `codes` (words x WORD_CODES) hashed features;
    `heads`: the position of what governs each word, its own where nothing does.
    """

    vectors: Array
    context: Array
    codes: Integers
    heads: Integers


@dataclass(frozen=True, slots=True)
class Encoder:
    """Trained weights by name; `labels` are the relations."""

    labels: tuple[str, ...]
    weights: Mapping[str, Array]

    def scores(self, words: Words, spots: Integers) -> Array:
        """The log-odds of each relation (columns, as `labels`) for each row of `spots`."""
        if not len(spots):
            return np.zeros((0, len(self.labels)), np.float32)
        states = encode(np, self.weights, words, keep)
        parts = (spots[start : start + _AT_ONCE] for start in range(0, len(spots), _AT_ONCE))
        return np.concatenate([relate(np, self.weights, states, part, keep) for part in parts])


def keep(values: Any, share: float) -> Any:
    """The values as they are: reading leaves nothing out."""
    return values


def encode(xp: Any, weights: Mapping[str, Any], words: Words, drop: Drop) -> Any:
    """A state for each word (words x width)."""
    table = weights["words"]
    states = (
        drop(words.vectors, LOSS_OF_WORDS) @ weights["vectors"]
        + drop(words.context, LOSS_OF_WORDS) @ weights["context"]
    )
    states = drop(states + table[words.codes % len(table)].sum(1) + weights["start"], LOSS_OF_WORDS)
    many = _added(xp, words.heads, xp.ones((len(words.heads), 1), np.float32))
    layer = 0
    while f"layer{layer}" in weights:
        empty = xp.zeros((1, states.shape[1]), np.float32)
        left, right = xp.concatenate([empty, states[:-1]]), xp.concatenate([states[1:], empty])
        governed = _added(xp, words.heads, states) / xp.sqrt(many + np.float32(1e-6))
        seen = xp.concatenate([left, states, right, states[words.heads], governed], -1)
        halves = seen @ weights[f"layer{layer}"] + weights[f"bias{layer}"]
        width = states.shape[1]
        new = states + drop(xp.maximum(halves[:, :width], halves[:, width:]), LOSS_OF_WORDS)
        states = _normal(xp, new) * weights[f"scale{layer}"]
        layer += 1
    return states


def relate(xp: Any, weights: Mapping[str, Any], states: Any, spots: Any, drop: Drop) -> Any:
    """A score for each pair and relation (pairs x labels)."""
    parts = [_pooled(xp, states, spots[:, SPOTS[name]], mean=name.endswith("anywhere")) for name in POOLED]
    codes = spots[:, SPOTS["codes"]]
    table = weights["pairs"]
    told = xp.where((codes >= 0)[..., None], table[codes % len(table)], np.float32(0)).sum(1)
    hidden = drop(xp.concatenate(parts, -1), LOSS_OF_PAIRS) @ weights["hidden"] + weights["hidden_bias"] + told
    return drop(xp.maximum(hidden, 0), LOSS_OF_HIDDEN) @ weights["out"] + weights["out_bias"]


def _added(xp: Any, heads: Any, values: Any) -> Any:
    """The sum of the values of all words that each word governs; a root governs itself too."""
    if xp is np:
        total = np.zeros_like(values)
        np.add.at(total, heads, values)
        return total
    return xp.zeros_like(values).at[heads].add(values)


def _normal(xp: Any, values: Any) -> Any:
    centred = values - values.mean(-1, keepdims=True)
    return centred / xp.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-5))


def _pooled(xp: Any, states: Any, places: Any, mean: bool) -> Any:
    """The greatest (or mean) states at some positions; zeros where there are none."""
    there = (places >= 0)[..., None]
    found = states[xp.maximum(places, 0)]
    if mean:
        return xp.where(there, found, np.float32(0)).sum(1) / xp.maximum(there.sum(1), 1).astype(np.float32)
    greatest = xp.where(there, found, np.float32(-1e4)).max(1)
    return xp.where(there.any(1), greatest, np.float32(0))


@lru_cache(maxsize=4)
def load_encoder(path: Path) -> Encoder | None:
    """The encoder at `path`; None where there is none. Raises DataError (K240) where the file is damaged."""
    return load_weights(path, _encoder)


def _encoder(data: Mapping[str, NDArray[Any]]) -> Encoder:
    weights = {name: data[name].astype(np.float32) for name in data if name not in ("labels", "layers")}
    encoder = Encoder(tuple(str(label) for label in data["labels"]), weights)
    _try(encoder, int(data["layers"]))
    return encoder


def _try(encoder: Encoder, layers: int) -> None:
    """Raise KeyError or ValueError where weights are missing, of a wrong shape or no numbers."""
    for layer in range(layers):
        encoder.weights[f"layer{layer}"]
    scores = encoder.scores(_nothing(), np.full((1, SPOTS_WIDTH), -1, np.int32))
    if scores.shape != (1, len(encoder.labels)) or not all(np.isfinite(w).all() for w in encoder.weights.values()):
        raise ValueError("weights do not fit the labels, or are no numbers")


def _nothing() -> Words:
    """One empty word, to try weights on."""
    codes = np.zeros((1, WORD_CODES), np.int32)
    return Words(np.zeros((1, 300), np.float32), np.zeros((1, 96), np.float32), codes, np.zeros(1, np.int32))


def save_encoder(encoder: Encoder, path: Path) -> None:
    """Write an encoder as half floats."""
    arrays: dict[str, Any] = {name: value.astype(np.float16) for name, value in encoder.weights.items()}
    layers = sum(name.startswith("layer") for name in arrays)
    np.savez_compressed(path, labels=np.array(encoder.labels), layers=np.array(layers), **arrays)
