"""Types of names that no list has, from all their mentions."""

from __future__ import annotations

import pytest

from tests.reading import entity_types, read


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Amanda Lacaze said Lynas would expand.", "Amanda Lacaze", "Person"),
        ("Naura makes chip tools.", "Naura", "Company"),
        ("The drugmaker Pellar uses bismuth.", "Pellar", "Company"),
        ("The town council of Kirkenes rejected it.", "Kirkenes", "Place"),
        ("Devon County Council approved the plan.", "Devon County Council", "GovernmentBody"),
        ("Aurelio Batista, the mines minister, announced the plan.", "Aurelio Batista", "Official"),
        ("Former treasury secretary Lena Hardt joined a bank.", "Lena Hardt", "Official"),
        ("The Defence Minerals Act was passed.", "Defence Minerals Act", "Policy"),
        ("He told the Neue Zeit newspaper.", "Neue Zeit", "Organization"),
        ("The ore goes to a smelter in Thompson Falls, Montana.", "Thompson Falls", "Place"),
        ("Traders in London and Oslo were calm.", "Oslo", "Place"),
        ("Critical Metals Corp owns Tanbreez. Critical Metals said it would drill.", "Critical Metals", "Company"),
        ("Mineral Resources, the Perth miner, sold half.", "Mineral Resources", "Company"),
    ],
)
def test_type_is_what_the_mentions_show(text: str, name: str, kind: str) -> None:
    assert entity_types(read(text)).get(name) == kind


def test_a_surname_and_initials_join_the_full_name() -> None:
    found = read("Mia Olsen leads the Federation of Ore Traders (FOT). Olsen said FOT would sue.")
    assert {draft.label for draft in found.drafts.values() if draft.named} == {"Mia Olsen", "Federation of Ore Traders"}
