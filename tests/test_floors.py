"""The figures on the project's own annotated articles never fall below those that were pinned."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg.build
from kg.build import Extractor
from kg.config import Config
from kg.evaluate import check_floors, evaluate_folder, load_floors

GOLD = Path(__file__).resolve().parent.parent / "corpus" / "gold"


def test_no_figure_falls_below_its_floor(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.build, "Extractor", lambda _: extractor)

    fallen = check_floors(evaluate_folder(GOLD, Config.default()), load_floors(GOLD / "floors.toml"))

    assert [str(finding) for finding in fallen] == []


def test_the_floors_cover_every_kind_of_figure() -> None:
    names = set(load_floors(GOLD / "floors.toml").values)

    assert names >= {"claims.f1", "claims.precision", "claims.recall", "documents.lowest_f1", "observations.f1"}
    assert names >= {"entities.recall", "evidence", "modality", "quantity", "time"}
