"""The trained readers: the network itself, how it is fitted, and that the shipped files can be read."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from kg.config import Config
from kg.errors import DataError
from kg.learned.fit import Examples, Settings, fit
from kg.learned.network import Network, buckets, codes, load_network, save_network
from kg.learned.networks import load_networks

SMALL = Settings(buckets=64, hidden=8, epochs=60, batch=8, rate=1e-2, loss_of_words=0.0, loss_of_hidden=0.0)


def examples() -> Examples:
    """Rows of two kinds that a word tells apart; the vector says nothing."""
    rows = [codes(["metal"]), codes(["town"])] * 20
    truth = np.array([[1, 0], [0, 1]] * 20, dtype=np.float32)
    return Examples(rows, np.zeros((40, 3), np.float32), truth, np.ones_like(truth))


def fitted(exclusive: bool = True) -> Network:
    return fit(("Mineral", "Place"), examples(), exclusive, SMALL)


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_fitted_network_tells_apart_what_its_examples_tell_apart(exclusive: bool) -> None:
    chances = fitted(exclusive).probabilities([["metal"], ["town"]], np.zeros((2, 3), np.float32))
    assert chances[0, 0] > 0.8 > 0.2 > chances[0, 1]
    assert chances[1, 1] > 0.8 > 0.2 > chances[1, 0]


def test_exclusive_labels_share_one_certainty() -> None:
    chances = fitted().probabilities([["metal"], ["unseen"]], np.zeros((2, 3), np.float32))
    assert np.allclose(chances.sum(1), 1, atol=1e-5)


def test_the_same_examples_and_seed_give_the_same_network() -> None:
    assert np.array_equal(fitted().words, fitted().words)


def test_a_masked_label_is_not_learned() -> None:
    given = examples()
    blind = Examples(given.rows, given.vectors, given.truth, given.mask * np.array([1, 0], dtype=np.float32))
    chances = fit(("Mineral", "Place"), blind, False, SMALL).probabilities([["town"]], np.zeros((1, 3), np.float32))
    assert chances[0, 1] < 0.5


def test_a_network_is_the_same_after_writing_and_reading_but_for_half_floats(tmp_path: Path) -> None:
    network = fitted()
    save_network(network, tmp_path / "n.npz")
    again = load_network(tmp_path / "n.npz")
    assert again is not None
    assert again.labels == network.labels
    rows, vectors = [["metal"], ["town"]], np.zeros((2, 3), np.float32)
    assert np.allclose(again.probabilities(rows, vectors), network.probabilities(rows, vectors), atol=0.01)


@pytest.mark.parametrize("content", [b"no network", b"", b"PK\x03\x04 cut short"])
def test_a_damaged_network_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "n.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match="K240"):
        load_network(path)


def test_a_missing_network_is_none(tmp_path: Path) -> None:
    assert load_network(tmp_path / "none.npz") is None


def test_no_rows_give_no_chances() -> None:
    assert fitted().probabilities([], np.zeros((0, 3), np.float32)).shape == (0, 2)


def test_words_fall_into_the_same_buckets_in_any_order_and_once() -> None:
    assert buckets(["b", "a", "a"], 1000) == buckets(["a", "b"], 1000)


def test_the_shipped_readers_load_and_stay_small() -> None:
    folder = Config.default().networks
    assert folder is not None
    found = load_networks(folder)
    for item in fields(found):
        assert getattr(found, item.name) is not None, item.name
        assert (folder / f"{item.name}.npz").stat().st_size < 5_000_000, item.name
