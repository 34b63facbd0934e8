"""Materials that go by the last word of their name."""

from __future__ import annotations

import pytest

from tests.reading import read


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The plant makes lithium carbonate. The carbonate goes abroad.", "lithium-carbonate"),
        ("Tin is mined here, and tin pays well. The concentrate goes abroad.", "tin-concentrate"),
        ("The concentrate goes abroad.", "mineral-concentrate"),
    ],
)
def test_a_bare_form_is_of_the_material_spoken_of(text: str, key: str) -> None:
    unit = read(text).units[-1]
    assert [ref.keys for ref in unit.refs if unit.text(ref.start, ref.end) in ("carbonate", "concentrate")] == [(key,)]


def test_a_verb_is_no_material() -> None:
    unit = read("The firm will concentrate on copper.").units[0]
    assert [unit.text(ref.start, ref.end) for ref in unit.refs if ref.type == "Mineral"] == []


def test_a_form_behind_another_material_is_left_alone() -> None:
    unit = read("Tin pays, tin concentrate too. It ships spodumene concentrate.").units[-1]
    assert ("tin-concentrate",) not in [ref.keys for ref in unit.refs]
