"""Scores a built graph against a gold folder: precision, recall, F1 and the other figures of the graph contract.

A graph (quads) and gold records come in, an `Evaluation` goes out; nothing is changed. `python -m kg.evaluate GOLD
--graph DIR` scores a graph that was built before.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.config import Config
from kg.errors import KgError, OutputError
from kg.records import Schema
from kg.scoring.figures import Evaluation, add, claim_figures, document_figures
from kg.scoring.floors import check_floors, load_floors, pin_floors
from kg.scoring.gold import Gold, gold_digest, load_gold
from kg.scoring.matching import match_document
from kg.scoring.predicted import read_predictions
from kg.scoring.render import render

__all__ = [
    "Evaluation",
    "check_floors",
    "evaluate_folder",
    "load_floors",
    "load_gold",
    "load_ontology",
    "pin_floors",
    "read_graph",
    "render",
    "score",
]


def score(quads: Iterable[ox.Quad], golds: list[Gold], schema: Schema | None = None) -> Evaluation:
    """Compares a graph (a store, or any quads; graph names are ignored) with gold documents.

    With `schema`, a subclass of the gold's type counts as right and errors of type can be told apart.
    """
    predictions = read_predictions(quads, [gold.text_file.name for gold in golds])
    matches = tuple(match_document(gold, predictions[gold.text_file.name]) for gold in golds)
    documents = {match.gold.id: document_figures(match, schema) for match in matches}
    named = {s.relation for match in matches for s in match.statements}
    named |= {s.relation for match in matches for s in match.found}
    properties = {name: add(claim_figures(match, name.__eq__) for match in matches) for name in sorted(named)}
    return Evaluation(add(documents.values()), documents, properties, matches, gold_digest(golds), schema)


def evaluate_folder(gold_dir: Path, config: Config) -> Evaluation:
    """Builds the texts of a gold folder into a temporary graph and scores it.

    Raises what `load_gold` raises, and what building raises where nothing can be built.
    """
    golds = load_gold(gold_dir)
    # Imported here because only this function needs the language model behind it.
    from kg.build import build

    with tempfile.TemporaryDirectory(prefix="kg-evaluate-") as out:
        build([gold.text_file for gold in golds], Path(out), config)
        return score(read_graph(Path(out)), golds, load_ontology(config))


def read_graph(folder: Path) -> ox.Store:
    """The graph that `kg build` left in `folder`. Raises OutputError K480 (none there) or K481 (malformed)."""
    path = next((folder / name for name in ("graph.nq", "graph.ttl") if (folder / name).is_file()), None)
    if path is None:
        raise OutputError("K480", str(folder), "no graph.nq or graph.ttl in this folder; build a graph into it first")
    store = ox.Store()
    try:
        store.bulk_load(path=path)
    except SyntaxError as problem:
        raise OutputError("K481", str(path), f"not readable as RDF: {problem}; build the graph again") from problem
    return store


def load_ontology(config: Config) -> Schema:
    """The classes and properties of the configured ontology."""
    from kg.graph.ontology import load_schema

    return load_schema(config.ontology)


def main(arguments: list[str] | None = None) -> int:
    """Scores a graph folder and prints the figures; 2 where gold or graph is wrong."""
    parser = argparse.ArgumentParser(prog="python -m kg.evaluate", description="score a built graph against gold")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--graph", type=Path, required=True)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args(arguments)
    try:
        golds = load_gold(options.gold)
        evaluation = score(read_graph(options.graph), golds, load_ontology(Config.default()))
    except KgError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    print(render(evaluation, options.format, errors=options.errors, report=options.report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
