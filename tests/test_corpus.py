"""The project's own articles and their annotations are complete, consistent and inside the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.graph.ontology import load_schema
from kg.records import Schema

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
ARTICLES = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
GOLD = sorted((CORPUS / "gold").glob("*.yaml"))
SHARED = [path for path in GOLD if (CORPUS / f"{path.stem}.md").exists()]  # annotated articles of the corpus itself
OFF_DOMAIN = sorted((CORPUS / "off-domain").glob("*.txt"))
FIELDS = ["title", "date", "author", "publisher", "sources", "genre"]
MEASURES = {"Production", "Share", "Content", "Reserve", "Price", "Sales", "Funding", "Count", "TariffRate", "Change"}
MEASURES |= {"Capacity", "Demand"}
REFERENCES = ("s", "o", "entity", "source", "topic", "target", "origin", "country")


def parts(path: Path) -> tuple[dict[str, str], str]:
    """The front matter, in its order, and the body of an article."""
    start, matter, body = path.read_text(encoding="utf8").split("---\n", 2)
    assert start == ""
    return dict(line.split(": ", 1) for line in matter.splitlines()), body.strip() + "\n"


def annotation(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf8"))
    return loaded


def rows(path: Path) -> list[dict[str, Any]]:
    gold = annotation(path)
    found: list[dict[str, Any]] = [*gold["claims"], *gold["observations"]]
    return found


def names(path: Path) -> str:
    return path.stem


def test_the_corpus_has_enough_articles_of_different_genres() -> None:
    genres = {parts(path)[0]["genre"] for path in ARTICLES}

    assert len(ARTICLES) >= 13
    assert len(genres) >= 8


@pytest.mark.parametrize("path", ARTICLES, ids=names)
def test_an_article_has_whole_front_matter_and_the_right_length(path: Path) -> None:
    matter, body = parts(path)

    assert list(matter) == FIELDS
    assert all(matter.values())
    assert (matter["author"], matter["publisher"]) == ("project", "project")
    assert date.fromisoformat(matter["date"])
    assert 250 <= len(body.split()) <= 600


def test_the_readme_lists_every_article() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf8")

    assert [path.name for path in ARTICLES if readme.count(f"`{path.name}`") < 2] == []


def test_enough_articles_are_annotated() -> None:
    assert len(GOLD) >= 8
    assert len(SHARED) >= 8
    assert {path.stem for path in GOLD} == {path.stem for path in (CORPUS / "gold").glob("*.txt")}


@pytest.mark.parametrize("path", SHARED, ids=names)
def test_an_annotated_text_is_its_article(path: Path) -> None:
    matter, body = parts(CORPUS / f"{path.stem}.md")
    gold = annotation(path)
    published = date.fromisoformat(matter["date"])
    day = f"{published.day} {published:%B %Y}"

    assert path.with_suffix(".txt").read_text(encoding="utf8") == f"{matter['title']}\n\n{day}\n\n{body}"
    assert (gold["id"], gold["headline"]) == (path.stem, matter["title"])
    assert str(gold["published"]) == matter["date"]


@pytest.mark.parametrize("path", GOLD, ids=names)
def test_annotated_entities_are_unique_typed_and_in_use(path: Path, schema: Schema) -> None:
    entities = annotation(path)["entities"]
    ids = [entity["id"] for entity in entities]
    used = {row[key] for row in rows(path) for key in REFERENCES if key in row}

    assert sorted(set(ids)) == sorted(ids)
    assert {entity["type"] for entity in entities} <= set(schema.classes)
    assert all(entity["names"] for entity in entities)
    assert used == set(ids)


@pytest.mark.parametrize("path", GOLD, ids=names)
def test_annotated_statements_use_the_vocabulary(path: Path, schema: Schema) -> None:
    gold = annotation(path)

    assert {claim["p"] for claim in gold["claims"]} <= set(schema.properties)
    assert {row["measure"] for row in gold["observations"]} <= MEASURES
    assert {row.get("modality", "Asserted") for row in rows(path)} <= {"Asserted", "Planned", "Possible", "Negated"}
    assert {row.get("optional", True) for row in rows(path)} == {True}
    assert list(bad_figures(rows(path))) == []


@pytest.mark.parametrize("path", GOLD, ids=names)
def test_evidence_stands_within_one_line_of_the_text(path: Path) -> None:
    lines = path.with_suffix(".txt").read_text(encoding="utf8").splitlines()

    assert [row["evidence"] for row in rows(path) if not any(row["evidence"] in line for line in lines)] == []


@pytest.mark.parametrize("path", GOLD, ids=names)
def test_no_statement_is_annotated_twice_alike(path: Path) -> None:
    found = [(claim["s"], claim["p"], claim["o"], claim["evidence"]) for claim in annotation(path)["claims"]]

    assert sorted(set(found)) == sorted(found)


@pytest.mark.parametrize("path", GOLD, ids=names)
def test_an_annotation_is_rich_enough_to_measure_with(path: Path) -> None:
    claims = annotation(path)["claims"]

    assert len(claims) >= 35
    assert sum(not claim.get("optional", False) for claim in claims) >= 20


def test_paragraphs_outside_the_domain_are_short_and_many() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf8").split()) for path in OFF_DOMAIN}

    assert len(lengths) >= 12
    assert {name: words for name, words in lengths.items() if not 80 <= words <= 150} == {}


def test_paragraphs_outside_the_domain_hold_traps() -> None:
    text = " ".join(path.read_text(encoding="utf8") for path in OFF_DOMAIN)

    assert [
        word
        for word in ("lead", "tin", "gold medal", "Georgia", "Turkey", "charge", "mine", "iron")
        if word not in text
    ] == []


def test_hostile_articles_carry_their_traps() -> None:
    page, plain = (
        (CORPUS / "hostile" / name).read_text(encoding="utf8")
        for name in ("hostile-gallium.html", "hostile-graphite.txt")
    )

    for text in (page, plain):
        assert [
            trap for trap in ("</script>", "onerror=", "../../etc", "DROP", "javascript:") if trap not in text
        ] == []
    assert "\u202e" in plain


def bad_figures(statements: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Figures without a unit, with neither a value nor a range, or with an unknown comparator."""
    for row in statements:
        figure = row.get("quantity", row if "measure" in row else None)
        if figure is None:
            continue
        measured = "value" in figure or ("min" in figure and "max" in figure)
        known = figure.get("comparator", "Exactly") in {"Exactly", "About", "AtLeast", "AtMost"}
        if not (measured and known and figure.get("unit")):
            yield row


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema(ROOT / "ontology")
