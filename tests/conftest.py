"""What slow tests share: the language model, a way to build with it, and the graph of `make demo`, each made once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

import kg.build
from kg.build import BuildReport, Extractor
from kg.config import Config

ROOT = Path(__file__).resolve().parent.parent

# "thorough" is for a change to what the properties test: HYPOTHESIS_PROFILE=thorough make test
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

Build = Callable[[Sequence[Path | str], Path], BuildReport]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The per-document phase with the real model."""
    return Extractor(Config.default())


@pytest.fixture(scope="session")
def frames_only() -> Extractor:
    """The per-document phase without its trained readers, for tests of one frame or rule."""
    return Extractor(replace(Config.default(), networks=None))


@pytest.fixture
def loaded(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds in this process take the extractor that is there instead of loading one."""
    monkeypatch.setattr(kg.build, "Extractor", lambda _: extractor)


@pytest.fixture(scope="session")
def build_graph(extractor: Extractor) -> Build:
    """`kg.build.build` with the default configuration, without loading the model again."""

    def run(paths: Sequence[Path | str], out: Path) -> BuildReport:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kg.build, "Extractor", lambda _: extractor)
            return kg.build.build(paths, out, Config.default())

    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that `make demo` filled, and all it said; it runs in the environment of the tests."""
    out = tmp_path_factory.mktemp("demo") / "out"
    # -o: the environment is up to date, whatever the times of the files say
    command = ["make", "--no-print-directory", "-o", f"{sys.prefix}/bin/kg", "demo", f"VENV={sys.prefix}", f"OUT={out}"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return out, done.stdout
