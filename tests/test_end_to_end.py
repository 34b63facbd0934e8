"""From articles to graph, answers and page with the real model: what must hold whatever the extraction finds."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import ROOT, Build

from kg.cli import main
from kg.graph.iris import CM, ENTITIES_GRAPH, NIF, PROV, RDF, SCHEMA
from kg.graph.ontology import load_schema
from kg.records import Schema

CORPUS = ROOT / "corpus"
ARTICLES = [CORPUS / name for name in ("us-minerals-diplomacy.md", "cobalt-quota.md", "platinum-facts.md")]
HOSTILE = sorted((CORPUS / "hostile").iterdir())
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CHROMIUM = Path("/usr/bin/chromium")

Facts = dict[str, dict[str, set[str]]]


def read_facts(folder: Path) -> Facts:
    """subject → predicate → objects of a graph folder."""
    facts: Facts = defaultdict(lambda: defaultdict(set))
    for quad in ox.parse(path=folder / "graph.ttl", format=ox.RdfFormat.TURTLE):
        facts[quad.subject.value][quad.predicate.value].add(quad.object.value)
    return facts


def one(values: set[str]) -> str:
    (value,) = values
    return value


def of_class(facts: Facts, name: str) -> list[dict[str, set[str]]]:
    return [said for said in facts.values() if name in said.get(RDF + "type", ())]


@pytest.fixture(scope="module")
def small(build_graph: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of three articles."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    assert build_graph(ARTICLES, folder).documents == len(ARTICLES)
    return folder


@pytest.fixture(scope="module")
def facts(demo: tuple[Path, str]) -> Facts:
    """What the graph of the whole corpus says."""
    return read_facts(demo[0] / "graph")


@pytest.fixture(scope="module")
def hostile(build_graph: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the hostile articles."""
    folder = tmp_path_factory.mktemp("hostile") / "graph"
    report = build_graph(HOSTILE, folder)
    assert report.documents == len(HOSTILE) == 2
    assert report.claims > 0
    return folder


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema(ROOT / "ontology")


def test_the_bytes_depend_neither_on_the_order_of_the_articles_nor_on_the_hash_seed(
    small: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "kg.cli", "build", *map(str, reversed(ARTICLES)), "-o", str(tmp_path)]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "4242"}, check=True, capture_output=True)

    for name in ("graph.ttl", "graph.nq", "merges.jsonl"):
        assert (tmp_path / name).read_bytes() == (small / name).read_bytes(), name


def test_several_processes_write_the_same_bytes(small: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "build", *map(str, ARTICLES), "-o", str(tmp_path), "--processes", "2"]
    subprocess.run(command, check=True, capture_output=True)

    assert (tmp_path / "graph.ttl").read_bytes() == (small / "graph.ttl").read_bytes()


def test_validation_finds_nothing(small: Path, hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["validate", "--graph", str(folder)]) for folder in (small, hostile)] == [0, 0], capsys.readouterr()


def test_there_is_a_named_graph_for_each_document_and_one_for_entities(small: Path) -> None:
    quads = list(ox.parse(path=small / "graph.nq", format=ox.RdfFormat.N_QUADS))
    documents = {quad.subject.value for quad in quads if quad.predicate.value == SCHEMA + "headline"}

    assert len(documents) == len(ARTICLES)
    assert {quad.graph_name.value for quad in quads} == {*documents, ENTITIES_GRAPH}
    contexts = [quad for quad in quads if quad.predicate.value == NIF + "referenceContext"]
    assert len(contexts) > 20
    assert [quad for quad in contexts if quad.object != quad.graph_name] == []
    turtle = set(ox.parse(path=small / "graph.ttl", format=ox.RdfFormat.TURTLE))
    assert {quad.triple for quad in quads} == {quad.triple for quad in turtle}


def test_every_sentence_stands_at_its_offsets_in_its_document(facts: Facts) -> None:
    sentences = of_class(facts, NIF + "Sentence")

    assert len(sentences) > 200
    for said in sentences:
        text = one(facts[one(said[NIF + "referenceContext"])][NIF + "isString"])
        begin, end = (int(one(said[NIF + name])) for name in ("beginIndex", "endIndex"))
        assert text[begin:end] == one(said[NIF + "anchorOf"])


def test_every_statement_cites_a_sentence_with_its_trigger_in_it(facts: Facts) -> None:
    claims = of_class(facts, CM + "Claim") + of_class(facts, CM + "Observation")

    assert len(claims) > 200
    for said in claims:
        sentence = facts[one(said[PROV + "wasDerivedFrom"])]
        if CM + "trigger" in said:
            start = int(one(said[CM + "triggerBegin"])) - int(one(sentence[NIF + "beginIndex"]))
            words = one(said[CM + "trigger"])
            assert one(sentence[NIF + "anchorOf"])[start : start + len(words)] == words


def test_every_claim_fits_the_domain_and_range_of_its_property(facts: Facts, schema: Schema) -> None:
    misfits = []
    for said in of_class(facts, CM + "Claim"):
        subject, name, value = (one(said[RDF + part]) for part in ("subject", "predicate", "object"))
        definition = schema.properties[name.removeprefix(CM)]
        for node, allowed in ((subject, definition.domain), (value, definition.range)):
            types = {kind.removeprefix(CM) for kind in facts[node][RDF + "type"]}
            if not any(schema.is_a(kind, allowed) for kind in types):
                misfits.append((subject, name, value, types))

    assert misfits == []


def test_only_what_some_claim_asserts_is_a_triple_of_its_own(facts: Facts, schema: Schema) -> None:
    stated = {
        (subject, CM + name, value)
        for subject, said in facts.items()
        for name in schema.properties
        for value in said.get(CM + name, ())
    }
    by_modality = defaultdict(set)
    for said in of_class(facts, CM + "Claim"):
        subject, name, value = (one(said[RDF + part]) for part in ("subject", "predicate", "object"))
        turned = {(value, name, subject)} if schema.properties[name.removeprefix(CM)].symmetric else set()
        by_modality[one(said[CM + "modality"])] |= {(subject, name, value), *turned}

    assert set(by_modality) == {CM + name for name in ("Asserted", "Planned", "Possible", "Negated")}
    assert len(stated) > 100
    assert stated <= by_modality[CM + "Asserted"]
    assert (by_modality[CM + "Negated"] - by_modality[CM + "Asserted"]) & stated == set()


def test_a_wire_copy_is_recorded_once_and_adds_no_claim(build_graph: Build, tmp_path: Path) -> None:
    text = ARTICLES[1].read_text(encoding="utf-8")
    copy = tmp_path / "paper.md"
    copy.write_text(text.replace("publisher: project", "publisher: The Morning Paper").replace("the", "this", 2))

    alone = build_graph([ARTICLES[1]], tmp_path / "alone")
    both = build_graph([copy, ARTICLES[1]], tmp_path / "both")

    assert (both.documents, both.copies) == (1, 1)
    assert (both.claims, both.observations) == (alone.claims, alone.observations)
    (publication,) = of_class(read_facts(tmp_path / "both"), CM + "Publication")
    assert one(publication[CM + "sourceFile"]) in ("paper.md", ARTICLES[1].name)


def test_a_bad_article_stops_no_other(loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00")
    (tmp_path / "wide.txt").write_bytes("China mines tungsten.".encode("utf-16"))
    (tmp_path / "undated.md").write_text("---\ntitle: Tin\ndate: 2025-13-45\n---\n\nIndonesia mines tin.\n")
    paths = [tmp_path / "missing.txt", tmp_path, ARTICLES[1]]

    assert main(["build", *map(str, paths), "-o", str(tmp_path / "graph")]) == 0

    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert [line.split()[1] for line in lines if line.startswith(("error", "warning"))][:5] == [
        "K101",
        "K102",
        "K103",
        "K106",
        "K104",
    ]
    assert lines[-1].startswith("2 documents (0 copies)")
    files = {one(said[CM + "sourceFile"]) for said in of_class(read_facts(tmp_path / "graph"), NIF + "Context")}
    assert files == {ARTICLES[1].name, "undated.md"}


def test_an_article_comes_from_standard_input(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Tungsten\n\n3 March 2025\n\nChina mines tungsten.\n"))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert main(["build", "-", "-o", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["explain", "China", "mines", "tungsten", "--graph", str(tmp_path)]) == 0
    assert "China [mines] tungsten." in capsys.readouterr().out


def outputs(graph: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the program prints of a graph, for every entity and by every query without a required parameter."""
    capsys.readouterr()
    said = []
    for name in ("documents", "entities", "figures", "timeline", "shares", "restrictions", "quotes", "weakest"):
        for form in ("table", "csv", "json"):
            assert main(["query", name, "--graph", str(graph), "--format", form]) == 0
            said.append(capsys.readouterr().out)
    for label in ("China", "antimony", "graphite", "Syrah Resources"):
        assert main(["explain", label, "--graph", str(graph)]) == 0
        said.append(capsys.readouterr().out)
    return said


def test_nothing_of_a_hostile_article_steers_the_terminal(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = outputs(hostile, capsys)

    assert any("Balama" in text for text in said)
    # a line of CSV ends in CR LF
    assert [found for text in said if (found := UNSAFE.findall(text.replace("\r\n", "\n")))] == []


def test_no_markup_of_a_hostile_article_reaches_the_page(hostile: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["view", "--graph", str(hostile), "-o", str(page)]) == 0

    text = page.read_text(encoding="utf-8")
    assert "window.pwned" in text
    assert re.findall(r"<(?:img|svg/|script)[^>]*pwned|<a href=.javascript:|</script><script>window", text) == []


@pytest.mark.skipif(not CHROMIUM.exists() and "CI" not in os.environ, reason="Chromium is not installed")
def test_a_page_of_hostile_articles_runs_nothing_and_asks_for_nothing(hostile: Path, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    page_file = tmp_path / "page.html"
    assert main(["view", "--graph", str(hostile), "-o", str(page_file)]) == 0
    asked: list[str] = []
    troubles: list[str] = []

    def shut(dialog: Any) -> None:
        troubles.append(dialog.message)
        dialog.dismiss()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", shut)
        page.goto(page_file.as_uri())
        count = page.evaluate("kg.data.nodes.length")
        for number in range(count):  # every panel with its sentences
            page.evaluate("number => kg.select('node', number)", number)
        taken = page.evaluate("[window.pwned === undefined, document.querySelectorAll('img, iframe').length]")
        browser.close()
    assert count > 5
    assert taken == [True, 0]
    assert asked == [page_file.as_uri()]
    assert troubles == []
