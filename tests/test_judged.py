"""What the trained readers judge of claims and figures: modality, topics, times, and of what a figure tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from kg.build import Extractor
from kg.config import Config
from kg.extract.choice import likeliest
from kg.extract.extract import extract
from kg.extract.figure_reader import READ, look_at_figures, read_observations
from kg.extract.moods import MODALITIES, with_moods
from kg.extract.placed import placed
from kg.extract.things import Things
from kg.extract.times import with_times
from kg.extract.topics import Candidate, Matters, with_topics
from kg.learned.network import Array
from kg.records import Claim, Observation
from tests.reading import read

RULES = Extractor(replace(Config.default(), networks=None))


class Judge:
    """A network that gives each row of words the chances that a function finds for them."""

    exclusive = False

    def __init__(self, labels: tuple[str, ...], judge: Callable[[list[str]], list[float]]) -> None:
        self.labels = labels
        self.judge = judge

    def probabilities(self, rows: list[list[str]], vectors: Array) -> Array:
        assert len(rows) == len(vectors)
        return np.array([self.judge(row) for row in rows], dtype=np.float32)


def rules(text: str) -> tuple[list[Claim], list[Observation]]:
    found = extract(read(text), RULES.frames, RULES.schema, RULES.english)
    return list(found.claims), list(found.observations)


def moods(text: str, mood: str, chance: float) -> set[str]:
    judge = Judge(MODALITIES, lambda _: [chance if mode == mood else 0.0 for mode in MODALITIES])
    return {claim.modality for claim in with_moods(read(text), rules(text)[0], judge)}  # type: ignore[arg-type]


def test_the_modality_that_the_network_is_sure_of_is_taken() -> None:
    assert moods("Chile mines copper.", "Planned", 0.9) == {"Planned"}


def test_a_modality_of_which_the_network_is_not_sure_stays_the_grammars() -> None:
    assert moods("Chile mines copper.", "Planned", 0.4) == {"Asserted"}


def test_a_denial_stays_a_denial_unless_the_network_is_all_but_certain() -> None:
    assert moods("Chile does not mine copper.", "Asserted", 0.9) == {"Negated"}


DEAL = "China mines tungsten. Japan and Chile signed an agreement on lithium."


def candidates(text: str) -> dict[str, Candidate]:
    annotated, (claims, _) = read(text), rules(text)
    matters = Matters(annotated, claims, Things())
    item = next(item for _, item in placed(annotated, claims) if item.claim.property == "hasAgreementWith")
    return {candidate.value: candidate for candidate in matters.candidates(item)}


def test_a_deal_may_be_about_the_things_of_its_sentence_and_of_those_before() -> None:
    found = candidates(DEAL)
    assert found["lithium"].mention is not None
    assert found["tungsten"].mention is None and "before1" in found["tungsten"].signs


def test_the_parties_of_a_deal_are_not_its_topic() -> None:
    assert not {"japan", "chile"} & candidates(DEAL).keys()


@pytest.mark.parametrize(("chance", "topic"), [(0.9, "tungsten"), (0.1, None)])
def test_the_likeliest_candidate_is_the_topic_where_it_is_likely(chance: float, topic: str | None) -> None:
    judge = Judge(("topic",), lambda words: [chance if any(w.startswith("where=before1") for w in words) else 0.02])
    annotated, (claims, _) = read(DEAL), rules(DEAL)
    deals = [c for c in with_topics(annotated, claims, Things(), judge) if c.property == "hasAgreementWith"]  # type: ignore[arg-type]
    assert {deal.topic for deal in deals} == {topic}


FIGURE = "Chile mines copper. The Andina works stand at 90,000 tonnes."


def figures(text: str, judge: Judge) -> list[Observation]:
    annotated, (claims, _) = read(text), rules(text)
    tables = (RULES.frames, RULES.english)
    return list(read_observations(annotated, (claims, []), {}, tables, judge, frozenset()))  # type: ignore[arg-type]


def test_a_figure_is_paired_with_the_things_of_its_sentence_and_of_the_one_before() -> None:
    annotated = read(FIGURE)
    pairs = {
        (item.pair.subject.key, item.pair.how)
        for item in look_at_figures(annotated, ([], []), RULES.frames, frozenset())
    }
    assert ("copper", "subject") in pairs
    assert any(how == "unit" for _, how in pairs)


def test_a_figure_tells_of_its_likeliest_entity_alone() -> None:
    judge = Judge(("Capacity", "Share"), lambda words: [0.9, 0.1] if "s=Facility" in words else [0.6, 0.1])
    (found,) = figures(FIGURE, judge)
    assert (found.measure, found.quantity.value, found.frame) == ("Capacity", 90_000, READ)


def test_a_figure_of_which_the_network_is_not_sure_tells_of_nothing() -> None:
    assert figures(FIGURE, Judge(("Capacity",), lambda _: [0.3])) == []


def test_a_figure_that_a_rule_has_read_is_not_read_again() -> None:
    text = "Chile has copper reserves of 190 million tonnes."
    annotated, (claims, observations) = read(text), rules(text)
    assert observations
    judge = Judge(("Reserve",), lambda words: [0.9 if "ruled=Reserve|this" in words else 0.0])
    tables = (RULES.frames, RULES.english)
    found = read_observations(annotated, (claims, observations), {}, tables, judge, frozenset())  # type: ignore[arg-type]
    assert [(o.measure, o.confidence) for o in found] == [(o.measure, 0.9) for o in observations]


def test_an_observation_that_the_network_all_but_rules_out_is_dropped() -> None:
    text = "Chile has copper reserves of 190 million tonnes."
    annotated, (claims, observations) = read(text), rules(text)
    judge = Judge(("Reserve",), lambda _: [0.01])
    tables = (RULES.frames, RULES.english)
    assert not read_observations(annotated, (claims, observations), {}, tables, judge, frozenset())  # type: ignore[arg-type]


TIMED = "Chile banned exports of copper in 2021. Peru mines zinc."


def times(text: str, chance: float) -> set[str | None]:
    judge = Judge(("time",), lambda words: [chance if "where=before1" in words else 0.02])
    annotated, (claims, _) = read(text), rules(text)
    return {c.time for c in with_times(annotated, claims, judge) if c.property == "mines"}  # type: ignore[arg-type]


def test_a_time_of_the_sentence_before_holds_on_where_the_network_finds_it_likely() -> None:
    assert times(TIMED, 0.9) == {"2021"}


def test_a_time_of_the_sentence_before_does_not_hold_on_of_itself() -> None:
    assert times(TIMED, 0.05) == {None}


def test_the_rules_choice_stays_unless_another_is_much_likelier() -> None:
    assert likeliest("a", {"a": 0.3, "b": 0.4}) == "a"
    assert likeliest("a", {"a": 0.3, "b": 0.7}) == "b"
    assert likeliest("a", {"a": 0.01, "b": 0.1}) is None
