"""What can go wrong at the command line gives one clear line, the right exit code, and leaves what was there."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from kg.cli import main

GRAPH = ["--graph", str(ROOT / "tests" / "data" / "explore")]
ARTICLE = str(ROOT / "corpus" / "cobalt-quota.md")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line with which the command is refused, with exit code 2 and nothing on standard output."""
    capsys.readouterr()
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "there is no such file or folder"),
        ("empty.txt", b"", "the file is empty"),
        ("blank.md", b" \n\n\t\n", "the file is empty"),
        ("binary.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00", "the file is binary"),
        ("wide.txt", "China mines tungsten.".encode("utf-16"), "the encoding is UTF-16; allowed is UTF-8"),
        ("report.docx", b"PK\x03\x04", ".docx is not read; give one of"),
        ("feed.jsonl", b'{"text": \n', "no article could be read"),
    ],
)
def test_a_lone_article_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    line = refused(capsys, "build", str(tmp_path / name), "-o", str(tmp_path / "graph"))

    assert line.startswith("error K110 ")
    assert said in line


def test_a_folder_without_articles(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")

    assert "the folder holds no file that can be read" in refused(
        capsys, "build", str(tmp_path), "-o", str(tmp_path / "graph")
    )


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy of the ontology, to be spoilt."""
    return Path(shutil.copytree(ROOT / "ontology", tmp_path / "ontology"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("minerals.ttl", b"@prefix cm: <https://w3id", "error K211 "),
        ("minerals.ttl", b"\xff\xfe\x00", "error K211 "),
        ("terms/companies.ttl", b"cmr:acme a cm:Company", "error K211 "),
        ("frames/trade.toml", b"[[frame\n", "error K220 "),
        ("english.toml", b"= 1\n", "error K210 "),
        ("english.toml", None, "error K210 "),
    ],
)
def test_a_data_file_that_cannot_be_read_stops_the_run_before_the_first_article(
    capsys: pytest.CaptureFixture[str], ontology: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    place = ontology / name
    place.unlink()
    if content is not None:
        place.write_bytes(content)

    line = refused(capsys, "build", ARTICLE, "-o", str(tmp_path / "graph"), "--ontology", str(ontology))

    assert line.startswith(said)
    assert name in line
    assert not (tmp_path / "graph" / "graph.ttl").exists()


def test_a_folder_that_is_no_ontology(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments in (
        ["build", ARTICLE, "-o", str(tmp_path / "graph"), "--ontology", str(tmp_path / "none")],
        ["validate", *GRAPH, "--ontology", str(tmp_path / "none")],
    ):
        assert refused(capsys, *arguments).startswith(f"error K210 {tmp_path / 'none'}: no ontology here")


def test_an_output_folder_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    for place in (tmp_path / "file", tmp_path / "file" / "graph"):
        line = refused(capsys, "build", ARTICLE, "-o", str(place))
        assert line.startswith(f"error K402 {place}: cannot write the graph: ")
    line = refused(capsys, "view", *GRAPH, "-o", str(tmp_path / "file" / "page.html"))
    assert line.startswith(f"error K404 {tmp_path / 'file' / 'page.html'}: cannot write the page: ")
    assert (tmp_path / "file").read_text() == "in the way"


def test_an_unknown_query_or_parameter_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Did you mean agreements?" in refused(capsys, "query", "agreement", *GRAPH)
    assert "Did you mean material?" in refused(capsys, "query", "shares", "mineral=lithium", *GRAPH)
    assert "Did you mean Glencore" in refused(capsys, "query", "about", "entity=Glencor", *GRAPH)


@pytest.mark.parametrize("sparql", ["SELECT * WHERE { ?s ?p", "SELEKT ?s {}", "", "SELECT ?s { ?s unknown:p ?o }"])
def test_malformed_sparql_from_a_file_or_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sparql: str
) -> None:
    (tmp_path / "own.rq").write_text(sparql)
    monkeypatch.setattr(sys, "stdin", io.StringIO(sparql))

    assert refused(capsys, "query", str(tmp_path / "own.rq"), *GRAPH).startswith(f"error K307 {tmp_path / 'own.rq'}")
    assert refused(capsys, "query", "-", *GRAPH).startswith("error K307 standard input")


def test_a_damaged_or_missing_graph(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert refused(capsys, "view", "--graph", str(tmp_path), "-o", str(tmp_path / "p.html")).startswith("error K401 ")
    (tmp_path / "graph.ttl").write_text("cmr:a cmr:b")
    for command in (["query", "counts"], ["validate"], ["explain", "China"]):
        assert refused(capsys, *command, "--graph", str(tmp_path)).startswith("error K403 ")


def test_what_evaluation_needs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert refused(capsys, "evaluate", str(tmp_path)).startswith("error K180 ")
    assert "--pin" in refused(capsys, "evaluate", str(tmp_path), "--allow-lower")


def test_a_model_that_is_not_installed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    line = refused(capsys, "build", ARTICLE, "-o", str(tmp_path), "--model", "no_such_model")

    assert line.startswith("error K501 --model: the model 'no_such_model' is not installed")
