"""Which figure, time, topic, target and country a claim gets, read by the real model."""

from __future__ import annotations

import pytest

from kg.build import Extractor
from kg.records import Claim, Document, Observation


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    """Rules alone: what the trained readers add is not asked here."""
    return frames_only


def _read(extractor: Extractor, text: str) -> tuple[tuple[Claim, ...], tuple[Observation, ...]]:
    found = extractor(Document("d", text, "d.txt", published="2025-06-15"))
    return found.claims, found.observations


def _value(claims: tuple[Claim, ...], subject: str, item: str) -> set[float | None]:
    return {c.quantity.value for c in claims if c.subject == subject and c.object == item and c.quantity}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Last year China refined 98 percent of the world's gallium and 59 percent of its germanium.",
            {("china", "gallium"): 98, ("china", "germanium"): 59},
        ),
        ("Glencore owns 30 percent of Mutanda.", {("glencore", "mutanda-mine"): 30}),
        ("Chile mined 49,000 tonnes of lithium in 2024.", {("chile", "lithium"): 49000}),
    ],
)
def test_figure_goes_to_its_own_material(extractor: Extractor, text: str, wanted: dict[tuple[str, str], float]) -> None:
    claims, _ = _read(extractor, text)
    for (subject, item), value in wanted.items():
        found = {v for c in claims if c.object.startswith(item[:7]) for v in _value(claims, subject, c.object)}
        assert found == {value}


def test_shares_of_two_owners_stay_apart(extractor: Extractor) -> None:
    claims, _ = _read(extractor, "Talison Lithium is owned 51 percent by Tianqi Lithium and 49 percent by Albemarle.")
    owners = {c.subject: c.quantity.value for c in claims if c.property == "owns" and c.quantity}
    assert owners.get("albemarle-corporation") == 49
    assert owners.get("tianqi-lithium", 51) == 51


def test_world_total_is_nobodys_output(extractor: Extractor) -> None:
    claims, _ = _read(
        extractor, "China accounted for 12 million tonnes of the 27 million tonnes of copper refined in 2024."
    )
    assert 27e6 not in {c.quantity.value for c in claims if c.quantity}


def test_change_is_no_share(extractor: Extractor) -> None:
    claims, observations = _read(extractor, "Chile's output of lithium rose by 12 percent in 2024.")
    assert not [c for c in claims if c.quantity]
    assert {o.measure for o in observations} == {"Change"}


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("In December China banned exports of gallium.", "2024-12"),
        ("China will ban exports of gallium in December.", "2025-12"),
        ("In 2023 China banned exports of gallium.", "2023"),
    ],
)
def test_tense_decides_the_reading_of_a_month(extractor: Extractor, text: str, time: str) -> None:
    claims, _ = _read(extractor, text)
    assert {c.time for c in claims if c.property == "restrictsExportOf"} == {time}


def test_timeline_entry_dates_its_sentences(extractor: Extractor) -> None:
    text = "A timeline\n\nFebruary 4, 2023: Tariffs rise. China bans exports of tungsten.\n\nChina bans exports of tin."
    claims, _ = _read(extractor, text)
    times = {c.object: c.time for c in claims if c.property == "restrictsExportOf"}
    assert times.get("tungsten") == "2023-02-04"
    assert times.get("tin") is None


@pytest.mark.parametrize(
    ("text", "relation", "topic"),
    [
        ("The European Union and Chile signed a lithium agreement in 2023.", "hasAgreementWith", "lithium"),
        ("Glencore signed a contract to supply cobalt to Tesla.", "hasAgreementWith", "cobalt"),
    ],
)
def test_topic_of_a_deal(extractor: Extractor, text: str, relation: str, topic: str) -> None:
    claims, _ = _read(extractor, text)
    assert {c.topic for c in claims if c.property == relation} == {topic}


def test_target_of_a_tariff(extractor: Extractor) -> None:
    claims, _ = _read(extractor, "Washington has imposed a 30 percent tariff on imports of graphite from China.")
    assert {c.target for c in claims if c.property == "imposes"} == {"china"}


def test_office_holder_has_a_state(extractor: Extractor) -> None:
    claims, _ = _read(extractor, "President Gabriel Boric announced a plan in April 2023.")
    assert {c.country for c in claims if c.property == "holdsOffice"} == {"chile"}


def test_confidence_falls_with_distance_and_pronouns(extractor: Extractor) -> None:
    plain, _ = _read(extractor, "Glencore mines cobalt.")
    far, _ = _read(
        extractor, "Glencore grew. It mines, as analysts of several large banks said over the past year, cobalt."
    )
    best = max(c.confidence for c in plain if c.property == "mines")
    assert all(c.confidence < best for c in far if c.property == "mines")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "China mines 60 percent of the world's rare earths, according to the London consultancy Project Blue.",
            "project-blue",
        ),
        ("China mines 60 percent of the world's rare earths, according to a person familiar with the matter.", None),
    ],
)
def test_attribution_of_according_to(extractor: Extractor, text: str, source: str | None) -> None:
    claims, _ = _read(extractor, text)
    assert {c.said_by for c in claims if c.property == "mines"} == {source}
    assert {c.said_by for c in claims if c.property == "locatedIn"} <= {None}


def test_supply_without_a_named_good_is_about_the_only_one_of_the_sentence(extractor: Extractor) -> None:
    claims, _ = _read(extractor, "Chile is Japan's main supplier of lithium.")
    assert {c.topic for c in claims if c.property == "suppliesTo"} == {"lithium"}


def test_what_was_once_owned_is_former(extractor: Extractor) -> None:
    claims, _ = _read(extractor, "Mutanda, once owned by Glencore, produces cobalt.")
    assert {c.status for c in claims if c.property == "owns"} == {"Former"}


def test_time_of_a_comparison_is_not_that_of_the_claim(extractor: Extractor) -> None:
    claims, _ = _read(extractor, "Chile mined 49,000 tonnes of lithium, against 39,000 tonnes in 2021.")
    assert "2021" not in {c.time for c in claims}
