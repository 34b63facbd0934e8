"""Training: from annotated articles to the two files that the program reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kg.learned.train as train
from kg.build import Extractor
from kg.learned.examples import document_examples, name_examples
from kg.learned.networks import load_networks
from kg.read import read_documents
from kg.records import Document
from kg.scoring.gold import Gold, load_gold

ROOT = Path(__file__).resolve().parent.parent
TEXT = """Orvela digs tin at Brackmoor in Cornwall since 2024.

The firm sells the metal to Japan.

Cornwall has tin reserves of 900 tonnes.
"""
GOLD = """id: small
published: 2025-01-02
entities:
  - {id: orvela, type: Company, names: [Orvela]}
  - {id: tin, type: ChemicalElement, names: [tin]}
  - {id: cornwall, type: Place, names: [Cornwall]}
  - {id: japan, type: Country, names: [Japan]}
claims:
  - {s: orvela, p: mines, o: tin, time: "2024", evidence: digs tin}
  - {s: orvela, p: suppliesTo, o: japan, evidence: sells the metal to Japan}
observations:
  - {entity: tin, measure: Reserve, value: 900, unit: TONNE, evidence: reserves of 900 tonnes}
"""


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf8")
    (tmp_path / "small.yaml").write_text(GOLD, encoding="utf8")
    return load_gold(tmp_path)[0]


def document(gold: Gold) -> Document:
    return next(item for item in read_documents([gold.text_file]) if isinstance(item, Document))


def test_the_examples_of_names_are_those_that_no_list_has_with_the_class_of_the_gold(
    frames_only: Extractor, gold: Gold
) -> None:
    labels = [example.label for example in name_examples(frames_only, document(gold), gold)]
    assert labels == ["Company"]


def test_a_pair_is_stated_in_the_sentence_of_the_evidence_and_elsewhere_in_others(
    frames_only: Extractor, gold: Gold
) -> None:
    rows = document_examples(frames_only, frames_only.annotated(document(gold), None), gold).pairs
    stated = [row for row in rows if "mines" in row.stated]
    assert stated
    assert all(not row.unsaid for row in stated)
    assert not any("mines" in row.stated & row.elsewhere for row in rows)


def test_training_writes_every_file_and_they_can_be_read(
    tmp_path: Path, gold: Gold, frames_only: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "_extractor", [frames_only])
    monkeypatch.setattr(train, "_RARE", 1)
    monkeypatch.setattr(train, "FOLDS", 1)
    monkeypatch.setattr(train, "fold", lambda _: -1)
    small = {"buckets": 64, "hidden": 4, "epochs": 1}
    monkeypatch.setattr(train, "NAMES", replace(train.NAMES, **small))
    for name in ("PAIRS", "MOODS", "TOPICS", "TIMES", "FIGURES"):
        monkeypatch.setattr(train, name, replace(getattr(train, name), **small))
    monkeypatch.setattr(train, "SENTENCES", replace(train.SENTENCES, width=8, hidden=8, epochs=1))
    out = tmp_path / "out"
    out.mkdir()
    assert train.main([str(gold.text_file.parent), "-o", str(out)]) == 0
    found = load_networks(out)
    types, relations = found.types, found.relations
    assert types is not None and types.labels == ("Company",)
    assert relations is not None and {"mines", "suppliesTo"} <= set(relations.labels)
    assert all(getattr(found, name) is not None for name in ("sentences", "moods", "topics", "times", "figures"))


@pytest.mark.parametrize("blocked", ["gold", "out"])
def test_what_is_missing_or_cannot_be_written_is_one_line_before_any_training(
    tmp_path: Path, gold: Gold, capsys: pytest.CaptureFixture[str], blocked: str
) -> None:
    articles = tmp_path / "nothing" if blocked == "gold" else gold.text_file.parent
    out = gold.text_file if blocked == "out" else tmp_path / "out"
    assert train.main([str(articles), "-o", str(out)]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("error K")
    assert "\n" not in said


def test_the_command_of_the_readme_names_articles_and_a_folder_that_are_there() -> None:
    command = next(
        line
        for line in (ROOT / "README.md").read_text("utf8").splitlines()
        if "-m kg.learned.train " in line and "-o" in line
    )
    words = command.split("-m kg.learned.train ")[1].split()
    assert load_gold(ROOT / words[0])
    assert (ROOT / words[words.index("-o") + 1]).is_dir()
