"""The reader of whole sentences: its arrays, its arithmetic under both array modules, how it is fitted and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

import kg.learned.encoder as encoder_module
from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.config import Config
from kg.errors import DataError
from kg.extract.pair_features import Looker
from kg.extract.pair_spots import Spots, words_of_document
from kg.extract.pairs import Pair, pairs
from kg.extract.things import Things
from kg.learned.encoder import (
    SPOTS,
    SPOTS_WIDTH,
    WORD_CODES,
    Encoder,
    Integers,
    Words,
    encode,
    keep,
    load_encoder,
    relate,
    save_encoder,
)
from kg.learned.fit_encoder import Lesson, Sizes, _filled, fit_encoder
from kg.learned.network import Array, logistic
from kg.learned.networks import load_networks
from tests.reading import extractor, read

SMALL = Sizes(width=8, hidden=8, layers=1, word_codes=64, pair_codes=64, epochs=150, rate=1e-2)
TEXT = "The firm grew.\n\nChile supplies lithium to Japan, which China does not sell it."


def looked(annotated: Annotated) -> list[Pair]:
    known = extractor()
    looker = Looker(annotated.drafts, [], known.frames)
    found = list(pairs(annotated, Things(), frozenset()))
    for pair in found:
        looker.look(pair)
    return found


def sentence(*codes: int) -> Words:
    """Words that differ in one code each; the first governs the others."""
    rows = np.array([[code] * WORD_CODES for code in codes], np.int32)
    count = len(codes)
    return Words(np.zeros((count, 300), np.float32), np.zeros((count, 96), np.float32), rows, np.zeros(count, np.int32))


def between(*places: int) -> Integers:
    """A pair of which nothing is known but the words between."""
    row = np.full((1, SPOTS_WIDTH), -1, np.int32)
    row[0, SPOTS["between"]][: len(places)] = places
    return row


@lru_cache(maxsize=1)
def fitted() -> Encoder:
    """An encoder that has seen word 3 between two mentions where they are related and word 4 where not."""
    one, no = np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32)
    lessons = [Lesson(sentence(1, 3, 2), between(1), one, one), Lesson(sentence(1, 4, 2), between(1), no, one)]
    return fit_encoder(["mines"], lessons, SMALL)


def chance(encoder: Encoder, *codes: int) -> float:
    return float(logistic(encoder.scores(sentence(*codes), between(1)))[0, 0])


def test_a_fitted_encoder_tells_apart_what_its_lessons_tell_apart() -> None:
    encoder = fitted()
    assert chance(encoder, 1, 3, 2) > 0.8 > 0.2 > chance(encoder, 1, 4, 2)


def test_the_same_lessons_and_seed_give_the_same_encoder() -> None:
    once, again = fitted(), fitted.__wrapped__()
    assert all(np.array_equal(once.weights[name], again.weights[name]) for name in once.weights)


def test_a_masked_cell_is_not_learned() -> None:
    one, no = np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32)
    lessons = [Lesson(sentence(1, 3, 2), between(1), one, no)] * 2
    assert chance(fit_encoder(["mines"], lessons, SMALL), 1, 3, 2) < 0.5


def shipped() -> Encoder:
    networks = Config.default().networks
    assert networks is not None
    encoder = load_networks(networks).sentences
    assert encoder is not None
    return encoder


def arrays(text: str) -> tuple[Words, Integers]:
    annotated = read(text)
    return words_of_document(annotated, Things()), Spots(annotated, Things()).rows(looked(annotated))


def test_both_array_modules_give_the_same_scores() -> None:
    words, spots = arrays(TEXT)
    weights = {name: jnp.asarray(value) for name, value in shipped().weights.items()}
    states = encode(jnp, weights, Words(*map(jnp.asarray, words)), keep)
    scores: Array = np.asarray(relate(jnp, weights, states, jnp.asarray(spots), keep))
    assert np.allclose(scores, shipped().scores(words, spots), atol=1e-3)


def test_pairs_are_scored_alike_one_by_one_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    words, spots = arrays(TEXT)
    whole = shipped().scores(words, spots)
    monkeypatch.setattr(encoder_module, "_AT_ONCE", 1)
    assert np.allclose(shipped().scores(words, spots), whole, atol=1e-4)


def test_a_pair_without_any_place_has_a_finite_score() -> None:
    scores = shipped().scores(arrays(TEXT)[0], np.full((1, SPOTS_WIDTH), -1, np.int32))
    assert np.isfinite(scores).all()


def test_no_pairs_give_no_rows() -> None:
    encoder = shipped()
    assert encoder.scores(arrays(TEXT)[0], np.zeros((0, SPOTS_WIDTH), np.int32)).shape == (0, len(encoder.labels))


def _written(unit: AnnotatedUnit) -> list[str]:
    """The words of the text: the parse has stand-ins for names."""
    return [unit.original.get(token.i, token.text) for token in unit.doc]


def test_spots_point_to_the_words_of_the_mentions_and_between_them() -> None:
    annotated = read(TEXT)
    texts = [word for unit in annotated.units for word in (*_written(unit), "")]
    pair = next(p for p in looked(annotated) if (p.subject.key, p.item.key) == ("chile", "japan") and p.how == "unit")
    row = Spots(annotated, Things()).rows([pair])[0]

    def words(name: str) -> list[str]:
        return [texts[place] for place in row[SPOTS[name]] if place >= 0 and texts[place]]

    assert words("subject") == words("subject_anywhere") == ["Chile"]
    assert words("object") == ["Japan"]
    assert words("between") == ["supplies", "lithium", "to"]
    assert words("top") == ["supplies"]


def test_of_many_words_between_those_at_both_ends_are_kept() -> None:
    filler = " ".join(["small"] * 40)
    annotated = read(f"Chile sells, in {filler} bags of cloth, the lithium.")
    pair = next(p for p in looked(annotated) if (p.subject.key, p.item.key, p.how) == ("chile", "lithium", "unit"))
    row = Spots(annotated, Things()).rows([pair])[0]
    places = row[SPOTS["between"]]
    assert len(pair.between) > len(places)
    assert (places[0], places[-1]) == (pair.between[0].i, pair.between[-1].i)


def test_of_a_pair_whose_subject_was_named_before_both_mentions_are_pointed_to_and_nothing_between() -> None:
    annotated = read("Orvela digs tin.\n\nChile welcomed that.")
    pair = next(p for p in looked(annotated) if p.how == "subject" and p.item.key == "chile")
    row = Spots(annotated, Things()).rows([pair])[0]
    first, second = annotated.units[0], annotated.units[1]
    assert row[SPOTS["object"]][0] == len(first.doc) + 1
    assert row[SPOTS["subject"]][0] < len(first.doc) < row[SPOTS["top"]][0] <= len(first.doc) + len(second.doc)
    assert (row[SPOTS["between"]] == -1).all()
    assert (row[SPOTS["codes"]] >= 0).sum() == 6 + len(pair.signs)


def test_the_words_of_a_document_are_governed_within_their_sentence_and_kept_apart_by_an_empty_one() -> None:
    annotated = read(TEXT)
    words = words_of_document(annotated, Things())
    ends = np.cumsum([len(unit.doc) + 1 for unit in annotated.units])
    assert len(words.heads) == ends[-1]
    assert not words.vectors[ends - 1].any()
    assert [words.heads[end - 1] for end in ends] == [end - 1 for end in ends]
    inside = np.searchsorted(ends, words.heads, side="right")
    assert np.array_equal(inside, np.searchsorted(ends, np.arange(len(words.heads)), side="right"))


def test_an_encoder_is_the_same_after_writing_and_reading_but_for_half_floats(tmp_path: Path) -> None:
    encoder = fitted()
    save_encoder(encoder, tmp_path / "e.npz")
    again = load_encoder(tmp_path / "e.npz")
    assert again is not None
    assert again.labels == encoder.labels
    assert chance(again, 1, 3, 2) == pytest.approx(chance(encoder, 1, 3, 2), abs=0.02)


def _without(encoder: Encoder, name: str) -> Encoder:
    return replace(encoder, weights={key: value for key, value in encoder.weights.items() if key != name})


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: _without(whole, "out"),
        lambda whole: replace(whole, labels=("mines", "owns")),
        lambda whole: replace(whole, weights={**whole.weights, "start": whole.weights["start"] * np.nan}),
        lambda whole: replace(whole, weights={**whole.weights, "hidden": whole.weights["hidden"][1:]}),
    ],
    ids=["missing", "labels", "no-numbers", "shape"],
)
def test_a_damaged_encoder_is_one_clear_error(tmp_path: Path, damage: Callable[[Encoder], Encoder]) -> None:
    save_encoder(damage(fitted()), tmp_path / "e.npz")
    with pytest.raises(DataError, match="K240"):
        load_encoder(tmp_path / "e.npz")


def test_an_encoder_that_lost_a_layer_is_one_clear_error(tmp_path: Path) -> None:
    save_encoder(fitted(), tmp_path / "e.npz")
    with np.load(tmp_path / "e.npz") as data:
        np.savez(tmp_path / "less.npz", **{name: data[name] for name in data.files if name != "layer0"})
    with pytest.raises(DataError, match="K240"):
        load_encoder(tmp_path / "less.npz")


def test_a_file_that_is_no_encoder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "e.npz").write_bytes(b"no weights")
    with pytest.raises(DataError, match="K240"):
        load_encoder(tmp_path / "e.npz")


def test_a_lesson_filled_up_to_a_round_size_scores_alike() -> None:
    words, spots = arrays(TEXT)
    cells = np.zeros((len(spots), 1), np.float32)
    filled = _filled(Lesson(words, spots, cells, cells), np.random.default_rng(0), 1000)
    assert len(filled.spots) > len(spots)
    assert not filled.mask.any()
    assert np.allclose(
        shipped().scores(filled.words, filled.spots)[: len(spots)], shipped().scores(words, spots), atol=1e-4
    )


def test_of_many_pairs_a_lesson_draws_some() -> None:
    words, spots = arrays(TEXT)
    cells = np.ones((len(spots), 1), np.float32)
    assert _filled(Lesson(words, spots, cells, cells), np.random.default_rng(0), 3).mask.sum() == 3


def test_readers_of_other_relations_do_not_go_together(tmp_path: Path) -> None:
    networks = Config.default().networks
    assert networks is not None
    (tmp_path / "relations.npz").write_bytes((networks / "relations.npz").read_bytes())
    save_encoder(fitted(), tmp_path / "sentences.npz")
    with pytest.raises(DataError, match="different relations"):
        load_networks(tmp_path)


@pytest.mark.parametrize("alone", ["relations.npz", "sentences.npz"])
def test_a_reader_of_relations_does_not_go_alone(tmp_path: Path, alone: str) -> None:
    networks = Config.default().networks
    assert networks is not None
    (tmp_path / alone).write_bytes((networks / alone).read_bytes())
    with pytest.raises(DataError, match="one is missing"):
        load_networks(tmp_path)
