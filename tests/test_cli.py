"""The command line: exit codes, what goes to which stream, and one line per error."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

import kg.build
import kg.graph.validate
from kg import __version__
from kg.build import BuildReport
from kg.cli import main
from kg.errors import InputError
from kg.records import Finding

GRAPH = ["--graph", str(Path(__file__).parent / "data" / "explore")]


def test_rows_go_to_standard_output_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "denied", *GRAPH, "--format", "csv", "entity=gallium"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        "subject,property,object,speaker,date,article,source,sentence",
        "China,restrictsExportOf,gallium,Mei Tanaka,2026-01-15,Cobalt brief: a market in motion,brief.md,"
        '"China has not banned exports of gallium, Tanaka said."',
    ]


def test_no_rows_are_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "denied", "entity=Chile", *GRAPH]) == 0
    assert capsys.readouterr().err == "no rows\n"


def test_a_query_comes_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT ?l { cmr:japan rdfs:label ?l }"))
    assert main(["query", "-", "--format", "jsonl", *GRAPH]) == 0
    assert capsys.readouterr().out == '{"l": "Japan"}\n'


def test_the_list_names_every_query_and_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--list"]) == 0
    assert "agreements: Who has, seeks or refuses" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "error K501 kg: "),
        ([], "error K501 kg: "),
        (["query", *GRAPH], "error K501 kg query: name a query"),
        (["query", "counts", "entity", *GRAPH], 'error K501 kg query: "entity" is not key=value'),
        (["query", "counts", "entity=a", "entity=b", *GRAPH], 'error K501 kg query: "entity" is given twice'),
        (["query", "counts", "--fromat", "csv", *GRAPH], "error K501 kg query: "),
        (["query", "counts", "--format", "xml", *GRAPH], "error K501 kg query: argument --format"),
        (["query", "counts", "--timeout", "soon", *GRAPH], "error K501 kg query: argument --timeout: soon is not"),
        (["query", "agrements", *GRAPH], "error K301 query agrements: "),
        (["query", "counts", "--format", "ttl", *GRAPH], "error K310 --format ttl: "),
        (["query", "none.rq", *GRAPH], "error K311 none.rq: cannot be read"),
        (["query", "counts", "--graph", "no/such/folder"], "error K401 no/such/folder: there is no graph here"),
        (["explain", *GRAPH], "error K501 kg explain: "),
        (["explain", "nobody at all", *GRAPH], 'error K305 subject "nobody at all": '),
        (["validate", "--graph", "no/such/folder"], "error K401 no/such/folder: "),
        (["build", "a.txt", "-o", "out", "--processes", "0"], "error K501 kg build: argument --processes"),
        (["explain", "a", "b", "c", "d"], 'error K501 kg explain: "d" is not understood'),
    ],
)
def test_every_mistake_is_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_explain_prints_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Glencore", "owns", *GRAPH]) == 0
    assert "Glencore [owns] 75 percent of Katanga Mining" in capsys.readouterr().out


def test_a_build_with_single_bad_articles_ends_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = Finding("K101", "error", "is empty\x1b[2J", "a.txt")
    report = BuildReport(1, 0, 2, 3, 4, 7, (bad,), tmp_path)
    monkeypatch.setattr(kg.build, "build", lambda *_: report)
    assert main(["build", "a.txt", "b.txt", "-o", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "error K101 a.txt: is empty[2J"
    assert err.splitlines()[1].endswith("without a clear antecedent, of which nothing is stated: 7")


def test_a_build_of_nothing_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> BuildReport:
        raise InputError("K110", "a.txt", "no article could be read.")

    monkeypatch.setattr(kg.build, "build", nothing)
    assert main(["build", "a.txt", "-o", "out"]) == 2
    assert capsys.readouterr().err == "error K110 a.txt: no article could be read.\n"


def test_findings_of_validation_give_exit_code_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding("K410", "error", "a shape is not met", "graph.ttl")]
    monkeypatch.setattr(kg.graph.validate, "validate", lambda *_: found)
    assert main(["validate", *GRAPH]) == 1
    assert capsys.readouterr().out == "error K410 graph.ttl: a shape is not met\n"
    monkeypatch.setattr(kg.graph.validate, "validate", lambda *_: [])
    assert main(["validate", *GRAPH]) == 0


def test_an_interrupt_gives_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> BuildReport:
        raise KeyboardInterrupt

    monkeypatch.setattr(kg.build, "build", interrupted)
    assert main(["build", "a.txt", "-o", "out"]) == 130


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"kg {__version__}\n"


def test_asking_loads_no_language_model_and_a_closed_pipe_is_no_error() -> None:
    program = (
        "import sys; from kg.cli import main\n"
        f"code = main(['query', 'timeline', *{GRAPH!r}])\n"
        "print('spacy' in sys.modules, code, file=sys.stderr)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == "False 0\n"
