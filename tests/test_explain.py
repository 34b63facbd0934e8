"""Explanations: which sentences, the trigger, and merges."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OutputError, QueryError
from kg.explore.explain import explain, explain_merges, render

FOLDER = Path(__file__).parent / "data" / "explore"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.load(path=FOLDER / "graph.ttl")
    return found


def test_each_supporting_sentence_is_shown_with_its_trigger_and_speaker(store: ox.Store) -> None:
    first, second = explain(store, "Beijing", "processes", "the rare earth elements")
    assert render(first) == (
        "China processes rare earths\n"
        "  China [processes] 85 percent of rare earths, according to Northgate Research.\n"
        "  Asserted, says Northgate Research; quantity 85 percent\n"
        "  Beijing tightens its grip on gallium, curbs.html, 2025-12-03\n"
        "  frame frame-processes, confidence 0.8\n"
    )
    assert second.speaker == "Doug Burgum"
    assert "\x1b[1mprocesses\x1b[0m" in render(second, terminal=True)


def test_qualifiers_and_modality_are_told(store: ox.Store) -> None:
    denied, stated = sorted(
        explain(store, "China", "restrictsExportOf", "gallium"), key=lambda item: item.modality, reverse=True
    )
    assert (denied.modality, denied.speaker) == ("Negated", "Mei Tanaka")
    assert stated.qualifiers == (("time", "2024-12-03"), ("target", "United States"))


def test_a_subject_alone_brings_statements_figures_and_open_statements(store: ox.Store) -> None:
    assert {item.property for item in explain(store, "cobalt")} >= {"mines", "exports", "Price"}
    assert "praised" in {item.property for item in explain(store, "Glencore plc")}
    assert [item.object for item in explain(store, "nickel")] == ["between 2.2 and 2.4 million tonnes"]


def test_a_symmetric_statement_is_found_from_either_end(store: ox.Store) -> None:
    assert list(explain(store, "Australia", "hasAgreementWith", "Japan")) == list(
        explain(store, "Japan", "cm:hasAgreementWith", "Australia")
    )


def test_an_article_without_headline_and_date_is_named_by_its_file(store: ox.Store) -> None:
    (found,) = explain(store, "MP Materials")
    assert (found.article, found.date) == ("magnets.txt", "")


@pytest.mark.parametrize("names", [("nobody",), ("China", "eats"), ("China", "mines", "nothing at all")])
def test_unknown_names_are_query_errors(store: ox.Store, names: tuple[str, ...]) -> None:
    with pytest.raises(QueryError, match="error K305 "):
        list(explain(store, *names))


def test_control_characters_of_an_article_do_not_reach_the_terminal(store: ox.Store) -> None:
    (found,) = explain(store, "MP Materials")
    changed = type(found)(
        **{name: getattr(found, name) for name in found.__slots__}
        | {"sentence": "MP\x1b[2J \nruns", "trigger": (8, 12)}
    )
    assert "MP[2J [runs]" in render(changed)


def test_merges_are_told_one_a_line(store: ox.Store, tmp_path: Path) -> None:
    rows = [
        {
            "iri": "https://w3id.org/cmkg/id/glencore",
            "rule": "term",
            "labels": ["Glencore", "Glencore plc"],
            "documents": ["a"],
        },
        {
            "iri": "https://w3id.org/cmkg/id/japan",
            "rule": "term",
            "labels": ["Japan", "Tokyo"],
            "documents": ["a", "b"],
        },
    ]
    (tmp_path / "merges.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert len(list(explain_merges(store, tmp_path))) == 2
    assert list(explain_merges(store, tmp_path, "Tokyo")) == ["cmr:japan: Japan, Tokyo (term; a, b)\n"]


def test_a_graph_without_recorded_merges_says_so(store: ox.Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="error K401 "):
        list(explain_merges(store, tmp_path))
