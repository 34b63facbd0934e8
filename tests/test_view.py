"""The network page without a browser: what is shown, what is cut, what is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from view_samples import FIRST, crowd, hostile, lithium_note, lithium_wire, write_folder

from kg.errors import OutputError, QueryError, UsageError
from kg.explore.layout import place
from kg.explore.network import Statement, build_network, statements_of
from kg.explore.view import ViewOptions, ViewReport, write_view
from kg.graph.store import open_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two articles on lithium."""
    return write_folder([lithium_wire(), lithium_note()], tmp_path_factory.mktemp("lithium"))


def shown(folder: Path, **options: Any) -> set[str]:
    """The statements shown under `options`, as "Chile mines lithium", with their modality where not asserted."""
    graph = build_network(open_store(folder), ViewOptions(**options))
    label = graph.nodes(data="label")

    def text(statement: Statement) -> str:
        extra = "" if statement.modality == "Asserted" else f" ({statement.modality})"
        return f"{label[statement.subject]} {statement.property} {label[statement.object]}{extra}"

    return {text(statement) for statement in statements_of(graph)}


def embedded(page: Path) -> dict[str, Any]:
    """The data that the page carries."""
    found = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', page.read_text(encoding="utf-8"))
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_every_statement_is_shown_with_its_modality(folder: Path) -> None:
    assert shown(folder) == {
        "Chile mines lithium",
        "Chile exports lithium (Planned)",
        "Japan imports lithium (Negated)",
        "lithium usedIn battery",
    }


def test_sentences_of_two_articles_support_one_edge(folder: Path) -> None:
    graph = build_network(open_store(folder), ViewOptions(properties=("mines",)))
    (statement,) = statements_of(graph)
    assert [support.document.rpartition("/")[2] for support in statement.supports] == ["note", "wire"]
    wire = statement.supports[1]
    assert (wire.before, wire.trigger) == ("Chile 🔋 ", "mined")
    assert wire.before + wire.trigger + wire.after == FIRST
    assert (wire.speaker, wire.quantity, wire.time) == ("Andina Litio", "49,000 tonnes", "2024")


def test_number_of_documents_counts_what_is_shown(folder: Path) -> None:
    graph = build_network(open_store(folder), ViewOptions())
    counts = {data["label"]: data["documents"] for _, data in graph.nodes(data=True)}
    assert counts == {"Chile": 2, "lithium": 2, "Japan": 1, "battery": 1}


def test_focus_keeps_what_is_within_the_steps_in_either_direction(folder: Path) -> None:
    assert shown(folder, focus="battery") == {"lithium usedIn battery"}
    assert len(shown(folder, focus="battery", depth=2)) == 4
    assert shown(folder, focus="battery", depth=0) == set()


def test_focus_is_found_by_another_name_of_it(folder: Path) -> None:
    assert shown(folder, focus="Nihon") == {"Japan imports lithium (Negated)"}


def test_unknown_focus_names_the_nearest(folder: Path) -> None:
    with pytest.raises(QueryError, match="Did you mean lithium") as caught:
        shown(folder, focus="litium")
    assert caught.value.code == "K305"


def test_only_the_properties_asked_for_are_shown(folder: Path) -> None:
    assert shown(folder, properties=("cm:exports", "usedIn")) == {
        "Chile exports lithium (Planned)",
        "lithium usedIn battery",
    }


def test_unknown_property_is_refused(folder: Path) -> None:
    with pytest.raises(QueryError, match="K305"):
        shown(folder, properties=("digs",))


@pytest.mark.parametrize(
    ("bounds", "count"),
    [
        ({"since": "2025"}, 4),
        ({"since": "2025-03-04", "until": "2025-03-04"}, 4),
        ({"since": "2025-04"}, 0),
        ({"until": "2025-03"}, 4),
        ({"until": "2024"}, 0),
    ],
)
def test_dates_bound_the_articles_inclusively(folder: Path, bounds: dict[str, str], count: int) -> None:
    assert len(shown(folder, **bounds)) == count


def test_article_without_a_date_is_within_no_bounds(folder: Path) -> None:
    graph = build_network(open_store(folder), ViewOptions(since="1900"))
    assert [article.source_file for article in graph.graph["articles"].values()] == ["wire.txt"]


@pytest.mark.parametrize("value", ["yesterday", "2025-13", "25", "2025-3-4"])
def test_malformed_date_is_refused(folder: Path, value: str) -> None:
    with pytest.raises(QueryError, match="K304 --until"):
        shown(folder, until=value)


def test_statements_of_too_few_articles_are_left_out(folder: Path) -> None:
    assert shown(folder, min_documents=2) == {"Chile mines lithium"}


def test_best_documented_things_are_kept_and_the_cut_is_told(folder: Path, tmp_path: Path) -> None:
    report = write_view(folder, tmp_path / "page.html", ViewOptions(max_nodes=2))
    assert shown(folder, max_nodes=2) == {"Chile mines lithium", "Chile exports lithium (Planned)"}
    assert (report.nodes, report.left_out) == (2, 2)
    assert report.notes[0].startswith("2 things")
    assert embedded(report.out)["notes"] == list(report.notes)


def test_focus_is_kept_however_little_is_said_of_it(folder: Path) -> None:
    graph = build_network(open_store(folder), ViewOptions(focus="battery", depth=2, max_nodes=2))
    assert "battery" in {label for _, label in graph.nodes(data="label")}


def test_report_counts_what_the_page_shows(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "page.html"
    assert write_view(folder, out, ViewOptions()) == ViewReport(
        out=out, nodes=4, edges=4, sentences=4, documents=2, left_out=0, notes=()
    )


def test_page_of_no_statements_says_so(folder: Path, tmp_path: Path) -> None:
    report = write_view(folder, tmp_path / "page.html", ViewOptions(since="2030"))
    assert (report.nodes, report.edges) == (0, 0)
    assert "No statement" in report.notes[0]


def test_same_graph_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    other = write_folder([lithium_note(), lithium_wire()], tmp_path / "other")
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for graph, page in zip((folder, other), pages, strict=True):
        write_view(graph, page, ViewOptions())
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_page_names_no_other_file_and_no_other_host(folder: Path, tmp_path: Path) -> None:
    page = write_view(folder, tmp_path / "page.html", ViewOptions()).out.read_text(encoding="utf-8")
    markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert "cdn" not in markup
    assert not re.search(r"\b(src|href)\s*=", markup)
    assert "<link" not in markup
    assert markup.count("<meta http-equiv") == 1


def test_policy_allows_only_the_scripts_of_the_page(folder: Path, tmp_path: Path) -> None:
    page = write_view(folder, tmp_path / "page.html", ViewOptions()).out.read_text(encoding="utf-8")
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    scripts = next(part for part in found[1].split("; ") if part.startswith("script-src"))
    assert re.fullmatch(r"script-src( 'sha256-[A-Za-z0-9+/=]+')+", scripts)
    assert "default-src 'none'" in found[1]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_text_of_articles_cannot_end_a_script(folder: Path, tmp_path: Path) -> None:
    graph = write_folder([hostile()], tmp_path / "graph")
    report = write_view(graph, tmp_path / "page.html", ViewOptions(focus=hostile().entities[2].label, depth=2))
    page = report.out.read_text(encoding="utf-8")
    assert "<img" not in page
    assert "<svg" not in page
    harmless = write_view(folder, tmp_path / "harmless.html", ViewOptions()).out.read_text(encoding="utf-8")
    assert page.lower().count("script>") == harmless.lower().count("script>")
    assert "\u2028" not in page
    labels = {node["label"] for node in embedded(report.out)["nodes"]}
    assert hostile().entities[0].label in labels


def test_folder_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="K404"):
        write_view(folder, tmp_path / "file" / "page.html", ViewOptions())


def test_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="K401"):
        write_view(tmp_path, tmp_path / "page.html", ViewOptions())


@pytest.mark.parametrize("wrong", [{"depth": -1}, {"min_documents": 0}, {"max_nodes": 0}])
def test_number_that_is_too_small_is_refused(folder: Path, tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="K510"):
        write_view(folder, tmp_path / "page.html", ViewOptions(**wrong))  # type: ignore[arg-type]


def test_things_do_not_lie_on_one_another(tmp_path: Path) -> None:
    graph = build_network(open_store(write_folder(crowd(60), tmp_path)), ViewOptions())
    numbers = {node: number for number, node in enumerate(sorted(graph))}
    places = place(len(numbers), [(numbers[start], numbers[end]) for start, end in graph.edges()])
    gaps = [abs(x - u) + abs(y - v) for n, (x, y) in enumerate(places) for u, v in places[:n]]
    assert len(places) == 60
    assert min(gaps) > 40


def test_parts_without_a_link_stand_apart() -> None:
    places = place(5, [(0, 1), (1, 2), (3, 4)])
    assert max(y for _, y in places[:3]) < min(y for _, y in places[3:])
    assert place(0, []) == []
    assert len(set(place(3, []))) == 3
