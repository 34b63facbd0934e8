"""The command line: parses, calls, prints; no logic of its own.

Data goes to standard output, messages and progress to standard error. Exit codes: 0 done, 1 ran and has findings,
2 the command line, configuration or data is wrong, 130 interrupted. Each command imports what it needs,
so that asking a question does not load the language model.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from kg import __version__
from kg.config import Config
from kg.errors import KgError, UsageError
from kg.progress import message

_GRAPH = Path("out/graph")
_FORMATS = ("table", "csv", "json", "jsonl", "ttl")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError("K501", self.prog, f"{message}. See {self.prog} --help.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code; `arguments` default to those of the process."""
    try:
        options = _parse(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KgError as error:
        message(str(error))
        return error.exit_code
    except BrokenPipeError:
        # the reader (head, less) has gone: nothing is left to say, and Python would complain when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    options, rest = _parser().parse_known_args(arguments)
    # argparse takes positionals in one run only: "agreements --format csv country=Japan" leaves the last one over
    strange = [text for text in rest if text.startswith("-") or options.command != "query"]
    if strange:
        raise UsageError("K501", f"kg {options.command}", f'"{strange[0]}" is not understood. See --help.')
    if options.command == "query":
        options.values += rest
    return options


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kg", description="Read articles on critical minerals into a graph of cited statements.")
    parser.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_build(commands.add_parser("build", help="read articles and write a graph"))
    _add_query(commands.add_parser("query", help="ask a question of the library, or your own in SPARQL"))
    _add_view(commands.add_parser("view", help="write a network page"))
    _add_explain(commands.add_parser("explain", help="print the sentences behind a statement"))
    _add_validate(commands.add_parser("validate", help="check a graph"))
    _add_evaluate(commands.add_parser("evaluate", help="score the extraction on annotated texts"))
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="an article, a folder of articles, or - for stdin")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="folder to write the graph to")
    _add_config(parser)
    parser.set_defaults(run=_build)


def _add_query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", metavar="NAME|FILE|-", help="name in the library, .rq file, or - for stdin")
    parser.add_argument("values", nargs="*", metavar="key=value", help="parameters of the query")
    parser.add_argument("--list", action="store_true", help="list the queries of the library")
    parser.add_argument("--format", choices=_FORMATS, default="table")
    parser.add_argument("--timeout", type=_seconds, default=60.0, metavar="S", help="time limit of your own query")
    _add_graph(parser)
    parser.set_defaults(run=_query)


def _add_view(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.html")
    parser.add_argument("--focus", metavar="NAME", help="show only what is near this entity")
    parser.add_argument("--depth", type=int, default=1, metavar="N", help="steps from the focus (1)")
    parser.add_argument("--property", action="append", default=[], metavar="P", help="show only this relation")
    parser.add_argument("--since", metavar="DATE", help="articles from this date on")
    parser.add_argument("--until", metavar="DATE", help="articles up to this date")
    parser.add_argument("--min-documents", type=int, default=1, metavar="N", help="edges that N articles state (1)")
    parser.add_argument("--max-nodes", type=int, default=1000, metavar="N", help="keep the N best documented (1000)")
    _add_graph(parser)
    parser.set_defaults(run=_view)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("subject", nargs="?", metavar="SUBJECT")
    parser.add_argument("property", nargs="?", metavar="PROPERTY")
    parser.add_argument("object", nargs="?", metavar="OBJECT")
    parser.add_argument("--merges", action="store_true", help="say why names were taken for one entity")
    _add_graph(parser)
    parser.set_defaults(run=_explain)


def _add_validate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ontology", type=Path, metavar="DIR", help="folder with the shapes")
    _add_graph(parser)
    parser.set_defaults(run=_validate)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--errors", action="store_true", help="every missed and wrong claim with its sentence")
    parser.add_argument("--report", action="store_true", help="mistakes by cause, largest first")
    parser.add_argument("--pin", action="store_true", help="write the figures as floors to GOLD_DIR/floors.toml")
    parser.add_argument("--allow-lower", action="store_true", help="with --pin: floors may fall")
    _add_config(parser)
    parser.set_defaults(run=_evaluate)


def _add_graph(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--graph", type=Path, default=_GRAPH, metavar="DIR", help=f"folder of the graph ({_GRAPH})")


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="M", help="spaCy model: a package or a folder")
    parser.add_argument("--ontology", type=Path, metavar="DIR", help="another domain's ontology")
    parser.add_argument("--processes", type=_count, metavar="N", help="processes to read articles with")


def _config(options: argparse.Namespace) -> Config:
    chosen = {name: getattr(options, name, None) for name in ("model", "ontology", "processes")}
    return replace(Config.default(), **{name: value for name, value in chosen.items() if value is not None})


def _seconds(text: str) -> float:
    seconds = float(text) if text.replace(".", "", 1).isdecimal() else 0
    if not 0 < seconds < 1e7:
        raise argparse.ArgumentTypeError(f"{text} is not a time limit in seconds")
    return seconds


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes")
    return int(text)


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)


def _build(options: argparse.Namespace) -> int:
    from kg.build import build
    from kg.progress import progress_bar

    with progress_bar("reading") as progress:
        report = build(options.paths, options.out, _config(options), progress)
    for finding in report.findings:
        message(str(finding))
    if report.unresolved:
        message(
            f"pronouns and descriptions without a clear antecedent, of which nothing is stated: {report.unresolved}"
        )
    message(
        f"{report.documents} documents ({report.copies} copies), {report.claims} claims, "
        f"{report.observations} figures, {report.entities} entities: {report.folder}"
    )
    return 0


def _query(options: argparse.Namespace) -> int:
    from kg.explore.query import list_queries, query_lines, read_any, run_any
    from kg.explore.tables import write_table

    library = Config.default().queries
    if options.list:
        _print(query_lines(list_queries(library)))
        return 0
    if options.query is None:
        raise UsageError("K501", "kg query", "name a query, a file or -. See kg query --list.")
    query, known = read_any(options.query, library)
    table = run_any(options.graph, query, _values(options.values), None if known else options.timeout)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    _write_exactly(write_table(table, options.format, width))
    if options.format == "table" and not table.rows:
        message("no rows")
    return 0


def _write_exactly(pieces: Iterable[str]) -> None:
    # CSV has line ends of its own, which text mode would change on Windows
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(newline="", encoding="utf-8")
    _print(pieces)


def _values(texts: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError("K501", "kg query", f'"{text}" is not key=value, such as country=China.')
        if name in values:
            raise UsageError("K501", "kg query", f'"{name}" is given twice.')
        values[name] = value
    return values


def _view(options: argparse.Namespace) -> int:
    from kg.explore.view import ViewOptions, write_view

    wanted = ViewOptions(
        focus=options.focus,
        depth=options.depth,
        properties=tuple(options.property),
        since=options.since,
        until=options.until,
        min_documents=options.min_documents,
        max_nodes=options.max_nodes,
    )
    report = write_view(options.graph, options.out, wanted)
    for note in report.notes:
        message(note)
    message(f"{report.nodes} things, {report.edges} edges, {report.sentences} sentences: {report.out}")
    return 0


def _explain(options: argparse.Namespace) -> int:
    from kg.explore.explain import explain, explain_merges, render
    from kg.graph.store import open_store

    store = open_store(options.graph)
    if options.merges:
        _print(explain_merges(store, options.graph, options.subject))
        return 0
    if options.subject is None:
        raise UsageError("K501", "kg explain", "name a SUBJECT, or ask for --merges. See kg explain --help.")
    found = [
        render(item, sys.stdout.isatty()) for item in explain(store, options.subject, options.property, options.object)
    ]
    _print(["\n".join(found)])
    if not found:
        message("no sentence of this graph says so")
    return 0


def _validate(options: argparse.Namespace) -> int:
    from kg.graph.validate import validate

    findings = validate(options.graph, _config(options).ontology / "shapes.ttl")
    _print(f"{finding}\n" for finding in findings)
    message(f"{len(findings)} findings: {options.graph}")
    return 1 if findings else 0


def _evaluate(options: argparse.Namespace) -> int:
    from kg.evaluate import evaluate_folder, pin_floors, render

    if options.allow_lower and not options.pin:
        raise UsageError("K501", "kg evaluate", "--allow-lower is of use with --pin only.")
    evaluation = evaluate_folder(options.gold, _config(options))
    _print([render(evaluation, options.format, errors=options.errors, report=options.report).rstrip("\n") + "\n"])
    if options.pin:
        for finding in pin_floors(evaluation, options.gold / "floors.toml", options.allow_lower):
            message(str(finding))
    return 0


if __name__ == "__main__":
    sys.exit(main())
