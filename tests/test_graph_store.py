from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_samples import RUN, SCHEMA, copper_wire, tin_note

from kg.errors import OutputError
from kg.graph import store as store_module
from kg.graph.iris import CM, CMR, RDFS
from kg.graph.rdf import to_quads
from kg.graph.resolve import resolve
from kg.graph.store import check_writable, open_store, read_merges, turtle, write_graph
from kg.records import Extraction

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def quads(*extractions: Extraction) -> list[ox.Quad]:
    return list(to_quads(extractions, resolve(extractions, SCHEMA), SCHEMA, RUN))


def built(folder: Path, *extractions: Extraction) -> Path:
    write_graph(quads(*(extractions or (copper_wire(), tin_note()))), folder)
    return folder


def count(store: ox.Store) -> int:
    return int(next(iter(store.query(COUNT)))["n"].value)  # type: ignore[union-attr,arg-type]


def test_both_files_hold_the_same_triples_as_rdflib_reads_them(tmp_path: Path) -> None:
    built(tmp_path)
    lines = {quad.triple for quad in ox.parse(path=tmp_path / "graph.nq")}
    graph = rdflib.Graph().parse(tmp_path / "graph.ttl")
    assert len(graph) > 100
    expected = {(row.subject.value, row.predicate.value, row.object.value) for row in lines}  # type: ignore[union-attr]
    assert {tuple(map(str, row)) for row in graph} == expected


def test_the_bytes_do_not_depend_on_order_or_repetition(tmp_path: Path) -> None:
    found = quads(copper_wire(), tin_note())
    write_graph(found, tmp_path / "a")
    write_graph([*found[::-1], *found], tmp_path / "b")
    for name in ("graph.ttl", "graph.nq"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from graph_samples import *; from kg.graph.rdf import to_quads;"
        "from kg.graph.resolve import resolve; from kg.graph.store import write_graph; x=[copper_wire(), tin_note()];"
        "write_graph(to_quads(x, resolve(x, SCHEMA), SCHEMA, RUN), Path(sys.argv[1]))"
    )
    results = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], env=env, check=True)
        results.add((tmp_path / seed / "graph.ttl").read_bytes() + (tmp_path / seed / "graph.nq").read_bytes())
    assert len(results) == 1


def test_hostile_text_comes_back_as_it_went_in() -> None:
    hostile = 'a "quote" \\ back\\\\slash\n\r\ttab <b> \u2028 \x07 “é” 💎 """ ^^<x>'
    node = ox.NamedNode(CMR + "x")
    written = "".join(turtle([ox.Triple(node, ox.NamedNode(RDFS + "label"), ox.Literal(hostile))]))
    (quad,) = ox.parse(written, ox.RdfFormat.TURTLE)
    assert quad.object.value == hostile  # type: ignore[union-attr]
    assert str(next(iter(rdflib.Graph().parse(data=written)))[2]) == hostile


def test_odd_names_are_written_as_whole_iris() -> None:
    triples = [
        ox.Triple(ox.NamedNode(CMR + name), ox.NamedNode(CM + "mines"), ox.NamedNode(CMR + name))
        for name in ("a-b", "a-", "-a", "a.b", "1a", "doc/x", "")
    ]
    read = {quad.triple for quad in ox.parse("".join(turtle(triples)), ox.RdfFormat.TURTLE)}
    assert read == set(triples)
    assert "cmr:a-b cm:mines cmr:a-b ." in "".join(turtle(triples))


def test_the_store_holds_each_triple_once_by_default_and_by_document_in_named_graphs(tmp_path: Path) -> None:
    store = open_store(built(tmp_path))
    assert count(store) == len(list(ox.parse(path=tmp_path / "graph.ttl")))
    named = f"SELECT ?o WHERE {{ GRAPH <{CMR}doc/note-2> {{ ?s <{CM}mines> ?o }} }}"
    assert [row["o"].value for row in store.query(named)] == [CMR + "tin"]  # type: ignore[union-attr]


def test_an_opened_graph_cannot_be_changed(tmp_path: Path) -> None:
    store = open_store(built(tmp_path))
    with pytest.raises((OSError, RuntimeError)):
        store.add(ox.Quad(ox.NamedNode(CMR + "x"), ox.NamedNode(CM + "mines"), ox.NamedNode(CMR + "y")))


def test_two_readers_and_a_rebuild_do_not_disturb_each_other(tmp_path: Path) -> None:
    first = open_store(built(tmp_path))
    before = count(first)
    built(tmp_path, copper_wire())
    assert count(first) == before
    assert 0 < count(open_store(tmp_path)) < before


@pytest.mark.parametrize("lost", [["store"], ["store", "graph.nq"]])
def test_a_graph_without_its_store_is_read_from_its_text_files(tmp_path: Path, lost: list[str]) -> None:
    expected = count(open_store(built(tmp_path)))
    for name in lost:
        (tmp_path / name).rename(tmp_path / f"lost-{name}")
    assert count(open_store(tmp_path)) == expected


def test_a_broken_store_is_passed_over_for_the_text_files(tmp_path: Path) -> None:
    expected = count(open_store(built(tmp_path)))
    (tmp_path / "store" / "CURRENT").write_text("nonsense", encoding="utf-8")
    assert count(open_store(tmp_path)) == expected


def test_merges_are_kept_beside_the_graph(tmp_path: Path) -> None:
    merges = resolve([copper_wire(), tin_note()], SCHEMA).merges
    write_graph(quads(copper_wire(), tin_note()), tmp_path, merges[::-1])
    assert read_merges(tmp_path) == merges
    with pytest.raises(OutputError, match="K401"):
        read_merges(tmp_path / "nothing")
    with (tmp_path / "merges.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"iri": 1}\n')
    with pytest.raises(OutputError, match=r"K403 .*merges\.jsonl:4"):
        read_merges(tmp_path)


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"K401.*kg build"):
        open_store(tmp_path / "nothing")


def test_a_damaged_graph_is_one_line_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("<http://a/b> nonsense\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"K403 .*graph\.nq:1") as caught:
        open_store(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_a_file_cannot_take_a_graph(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="K402"):
        built(tmp_path / "out")
    with pytest.raises(OutputError, match="K402"):
        built(tmp_path / "out" / "deeper")
    with pytest.raises(OutputError, match="K402"):
        check_writable(tmp_path / "out")


def test_a_folder_that_can_be_written_is_made_and_left_empty(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_failed_run_leaves_the_old_graph_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in ("graph.ttl", "graph.nq")}
    expected = count(open_store(tmp_path))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module, "_write_all", full)
    with pytest.raises(OutputError, match=r"K402.*No space left"):
        built(tmp_path, copper_wire())
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert count(open_store(tmp_path)) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq", "graph.ttl", "merges.jsonl", "store"]


def test_a_move_that_fails_half_way_brings_the_old_graph_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path)
    before = (tmp_path / "graph.ttl").read_bytes()
    expected = count(open_store(tmp_path))
    move = Path.replace

    def sticky(self: Path, target: Path) -> Path:
        if self.name == "graph.nq" and self.parent != tmp_path and "old" not in self.parts:
            raise PermissionError(13, "Permission denied")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", sticky)
    with pytest.raises(OutputError, match="K402"):
        built(tmp_path, copper_wire())
    assert (tmp_path / "graph.ttl").read_bytes() == before
    assert (tmp_path / "graph.nq").is_file()
    assert count(open_store(tmp_path)) == expected
