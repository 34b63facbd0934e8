"""Posts and offices of people, as sentences give them: who holds what, where, and whether still."""

from __future__ import annotations

import pytest

from kg.build import Extractor
from kg.records import Claim, Document


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    """Rules alone: what the trained readers add is not asked here."""
    return frames_only


def _posts(extractor: Extractor, text: str) -> tuple[list[Claim], dict[str, set[str]]]:
    found = extractor(Document("d", text, "d.txt", published="2025-06-15"))
    names = {entity.key: {entity.label, *entity.alt_labels} for entity in found.entities}
    return [c for c in found.claims if c.property in ("holdsOffice", "affiliatedWith")], names


@pytest.mark.parametrize(
    ("text", "person", "post"),
    [
        ("Amanda Lacaze, chief executive of Lynas, disagreed.", "Amanda Lacaze", "Lynas"),
        ("Lynas's Amanda Lacaze said prices rose.", "Amanda Lacaze", "Lynas"),
        ("Maria Lopez was named chief executive of Codelco.", "Maria Lopez", "Codelco"),
        ("Maria Lopez takes over as chief executive of Codelco.", "Maria Lopez", "Codelco"),
        ("Maria Lopez was appointed energy minister on Monday.", "Maria Lopez", "energy minister"),
        ("Secretary of State Marco Rubio flew home.", "Marco Rubio", "Secretary of State"),
        ("Anna Berg, MP for Kiruna, objected.", "Anna Berg", "MP for Kiruna"),
        ("Gabriel Boric, the outgoing president of Chile, spoke.", "Gabriel Boric", "president of Chile"),
        ("Maria Lopez, who chairs the board of Codelco, agreed.", "Maria Lopez", "Codelco"),
        ("Codelco, led by Maria Lopez, agreed.", "Maria Lopez", "Codelco"),
        ("Maria Lopez of London brokerage Codelco agreed.", "Maria Lopez", "Codelco"),
        ("Maria Lopez, who took over as secretary for mining, agreed.", "Maria Lopez", "secretary for mining"),
        ("Councillor Maria Lopez agreed.", "Maria Lopez", "Councillor"),
        ("In conversation: Maria Lopez, head of rare metals, Codelco", "Maria Lopez", "Codelco"),
    ],
)
def test_post_beside_or_given_by_a_verb(extractor: Extractor, text: str, person: str, post: str) -> None:
    claims, names = _posts(extractor, text)
    assert any(person in names[c.subject] and post in names[c.object] for c in claims)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Maria Lopez resigned as chief executive of Codelco.", "Former"),
        ("Maria Lopez stepped down as energy minister.", "Former"),
        ("Ex-president Michelle Bachelet agreed.", "Former"),
        ("Maria Lopez serves as energy minister.", None),
    ],
)
def test_post_that_has_ended_is_former(extractor: Extractor, text: str, status: str | None) -> None:
    claims, _ = _posts(extractor, text)
    assert {c.status for c in claims} == {status}


def test_shared_title_gives_each_person_the_office_of_their_state(extractor: Extractor) -> None:
    claims, names = _posts(extractor, "Presidents Donald Trump and Xi Jinping met in Busan.")
    held = {(min(names[c.subject], key=len), c.object) for c in claims}
    assert {key for _, key in held} == {"president-of-the-united-states", "president-of-china"}


def test_two_posts_joined_by_and(extractor: Extractor) -> None:
    claims, _ = _posts(extractor, "Maria Lopez, chair of Codelco and former finance minister, agreed.")
    assert {(c.property, c.status) for c in claims} == {("affiliatedWith", None), ("holdsOffice", "Former")}


def test_a_person_who_only_acts_gets_no_post(extractor: Extractor) -> None:
    claims, _ = _posts(extractor, "Maria Lopez took the train to Leeds and named her cat Pablo.")
    assert claims == []
