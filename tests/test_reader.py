"""Pairs of mentions, the claims read from them, and the types of names that no list has."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import kg.build
from kg.annotate.annotation import Annotated, Draft
from kg.annotate.typing import is_unknown, retype
from kg.build import Extractor
from kg.config import Config
from kg.errors import InputError
from kg.extract.pair_features import Looker
from kg.extract.pairs import Pair, pairs
from kg.extract.reader import READ, read_claims
from kg.extract.things import Things, find_things
from kg.learned.encoder import Integers, Words
from kg.learned.network import Array
from kg.records import Claim, Document, Term
from tests.reading import read

ENGLISH = Extractor(replace(Config.default(), networks=None))


class Certain:
    """A network that is as certain of one label as it is told, whatever it is shown."""

    def __init__(self, label: str, chance: float = 1.0) -> None:
        self.labels = (label, "none")
        self.chance = chance

    def scores(self, rows: list[list[str]], vectors: Array) -> Array:
        assert len(rows) == len(vectors)
        score = np.log(self.chance + 1e-9) - np.log(1 - self.chance + 1e-9)
        return np.tile(np.array([score, -20], dtype=np.float32), (len(rows), 1))


def found_pairs(text: str) -> list[Pair]:
    annotated = read(text)
    looker = Looker(annotated.drafts, [], ENGLISH.frames)
    found = list(pairs(annotated, Things(), frozenset()))
    for pair in found:
        looker.look(pair)
    return found


def _read_claims(annotated: Annotated, network: Certain, sentences: Sentences | None = None) -> list[Claim]:
    tables = (ENGLISH.frames, ENGLISH.schema, ENGLISH.english)
    things = find_things(annotated, ENGLISH.english, ENGLISH.frames)
    return read_claims(annotated, [], {}, tables, things, (network, sentences), frozenset())  # type: ignore[arg-type]


def claims(text: str, network: Certain) -> list[Claim]:
    return _read_claims(read(text), network)


def ends(pair: Pair) -> tuple[str, str, str]:
    return pair.subject.key, pair.item.key, pair.how


def test_two_mentions_of_a_sentence_make_a_pair_each_way_round() -> None:
    found = {ends(pair) for pair in found_pairs("Chile mines copper.")}
    assert ("chile", "copper", "unit") in found
    assert ("copper", "chile", "unit") in found


def test_what_the_sentence_before_spoke_of_is_carried_over_as_either_end() -> None:
    found = {ends(pair) for pair in found_pairs("Chile mines copper. Smelters in Japan wait.")}
    assert ("copper", "japan", "subject") in found
    assert ("japan", "copper", "object") in found


def test_nothing_is_carried_into_a_sentence_that_mentions_it() -> None:
    found = {ends(pair) for pair in found_pairs("Chile mines copper. Chile waits for Japan.")}
    assert ("chile", "japan", "subject") not in found
    assert ("chile", "japan", "unit") in found


def test_a_pair_sees_the_words_between_and_the_triggers_of_the_frames() -> None:
    pair = next(p for p in found_pairs("Chile mines copper.") if ends(p) == ("chile", "copper", "unit"))
    assert any(word.startswith("between=mine") for word in pair.words)
    assert "mines" in pair.flags["unit"]


def test_a_read_claim_has_evidence_and_says_that_it_was_read() -> None:
    claim = next(c for c in claims("Chile and copper go together.", Certain("mines")) if c.subject == "chile")
    assert (claim.property, claim.object, claim.frame) == ("mines", "copper", READ)
    assert claim.evidence.text == "Chile and copper go together."


def test_a_doubtful_relation_is_not_stated() -> None:
    assert claims("Chile and copper go together.", Certain("mines", 0.1)) == []


def test_a_relation_that_the_types_forbid_is_not_stated() -> None:
    assert all(c.subject == "chile" for c in claims("Chile and copper go together.", Certain("mines")))


def test_a_denial_is_read_as_one() -> None:
    claim = next(c for c in claims("Chile does not love copper.", Certain("mines")) if c.subject == "chile")
    assert claim.modality == "Negated"


def test_a_symmetric_relation_is_stated_once() -> None:
    found = claims("Chile and Japan are close.", Certain("alliedWith"))
    assert len(found) == 1


@pytest.mark.parametrize(("how", "unknown"), [("name-open", True), ("name-place", False), ("name-firm", False)])
def test_only_names_whose_type_the_text_must_show_are_typed(how: str, unknown: bool) -> None:
    assert is_unknown(Draft("k", "K", how=how)) is unknown


def test_a_listed_name_keeps_its_type() -> None:
    draft = Draft("tin", "tin", Term("tin", "ChemicalElement", "tin"))
    draft.votes["Company"] = 1
    retype({"tin": draft}, {}, Certain("Place"))  # type: ignore[arg-type]
    assert draft.type == "ChemicalElement"


def test_an_article_that_trips_the_reader_is_a_finding_and_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise IndexError("too far")

    monkeypatch.setattr("kg.build.annotate", trip)
    done = ENGLISH(Document("d", "Chile mines copper.", "d.txt"))
    assert [finding.code for finding in done.findings] == ["K195"]
    assert done.claims == ()


def test_common_nouns_are_things_with_their_compounds_but_without_articles() -> None:
    things = find_things(read("The metal goes into the door hinges and a thimble."), ENGLISH.english, ENGLISH.frames)
    assert {draft.label for draft in things.drafts.values()} == {"door hinges", "thimble"}


def test_a_thing_enters_the_document_only_when_something_is_stated_of_it() -> None:
    annotated = read("Magnesium goes into spindle hubs.")
    assert not list(_read_claims(annotated, Certain("usedIn", 0.1)))
    assert "thing spindle hubs" not in annotated.drafts
    found = list(_read_claims(annotated, Certain("usedIn")))
    assert ("magnesium", "thing spindle hubs") in {(c.subject, c.object) for c in found}
    assert "thing spindle hubs" in annotated.drafts


def test_where_no_article_can_be_read_an_older_graph_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise IndexError("too far")

    article = tmp_path / "a.txt"
    article.write_text("Chile mines copper.", encoding="utf8")
    monkeypatch.setattr(kg.build, "Extractor", lambda _: ENGLISH)
    kg.build.build([article], tmp_path / "out", Config.default())
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    monkeypatch.setattr("kg.build.annotate", trip)
    with pytest.raises(InputError, match="K196"):
        kg.build.build([article], tmp_path / "out", Config.default())
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


class Sentences:
    """An encoder that gives every pair and relation one score."""

    def __init__(self, score: float) -> None:
        self.score = score

    def scores(self, words: Words, spots: Integers) -> Array:
        return np.full((len(spots), 2), self.score, dtype=np.float32)


@pytest.mark.parametrize(("score", "expected"), [(4.0, 0.95), (0.0, 0.73), (-4.0, None)])
def test_two_readers_meet_halfway_between_their_odds(score: float, expected: float | None) -> None:
    network = Certain("mines", 1 / (1 + math.exp(-2.0)))
    found = _read_claims(read("Chile has long mined the metal called lithium."), network, Sentences(score))
    confidences = {claim.confidence for claim in found if (claim.subject, claim.object) == ("chile", "lithium")}
    assert confidences == ({expected} if expected else set())


@pytest.mark.parametrize(("link", "mode"), [("with", "Asserted"), ("without", "Negated"), ("instead of", "Negated")])
def test_what_a_thing_is_made_without_is_denied(link: str, mode: str) -> None:
    found = claims(f"Engineers now build batteries {link} cobalt.", Certain("usedIn"))
    assert {claim.modality for claim in found if claim.subject == "cobalt"} == {mode}
