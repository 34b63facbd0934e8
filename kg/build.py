"""Runs the stages over a stream of documents: read, annotate, extract, resolve, write. The only file that knows the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from kg import __version__
from kg.annotate.annotate import annotate
from kg.annotate.annotation import Annotated
from kg.annotate.english import English, load_english
from kg.annotate.pipeline import load_model
from kg.annotate.typing import Typer, retype
from kg.annotate.vocabulary import Vocabulary
from kg.config import Config
from kg.errors import InputError
from kg.extract.extract import extract
from kg.extract.frames import FrameSet, load_frames
from kg.graph.ontology import load_schema, load_terms
from kg.graph.rdf import Run, dropped, to_quads
from kg.graph.resolve import resolve
from kg.graph.store import check_writable, write_graph
from kg.learned.networks import load_networks
from kg.read import merge_copies, read_documents
from kg.records import Document, Extraction, Finding, Schema

Progress = Callable[[int, int], None]
UNREAD = "K195"  # an article that tripped the reader


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: how many documents, claims and nodes, and what was wrong with single articles.

    `unresolved`: pronouns and descriptions ("the minister") without a clear antecedent, from which nothing was stated.
    """

    documents: int
    copies: int
    claims: int
    observations: int
    entities: int
    unresolved: int
    findings: tuple[Finding, ...]
    folder: Path


class Extractor:
    """The per-document phase, bytes to plain records; loaded once, used for any number of documents."""

    def __init__(self, config: Config) -> None:
        self.schema: Schema = load_schema(config.ontology)
        self.terms = load_terms(config.ontology, self.schema)
        self.english: English = load_english(config.ontology)
        self.frames: FrameSet = load_frames(config.ontology, self.schema)
        self._nlp = load_model(config.model)
        self._vocabulary = Vocabulary(self._nlp, self.terms)
        self._networks = load_networks(config.networks)
        types = self._networks.types
        self._typer: Typer | None = partial(retype, network=types) if types is not None else None

    def __call__(self, document: Document) -> Extraction:
        """Everything that one document says; where reading fails, nothing but the document and a finding (K195)."""
        try:
            return self._read(document)
        except Exception as reason:  # one article that trips the reader must not cost the others
            seen = " ".join(f"{type(reason).__name__}: {reason}".split())
            message = f"the article could not be read ({seen}); it is in the graph without claims. Please report it."
            return Extraction(document, findings=(Finding(UNREAD, "error", message, document.source_file),))

    def _read(self, document: Document) -> Extraction:
        return extract(self.annotated(document, self._typer), self.frames, self.schema, self.english, self._networks)

    def annotated(self, document: Document, typer: Typer | None) -> Annotated:
        """One document's names, references, figures and times; `typer` types the names that no list has."""
        return annotate(document, self._nlp, self._vocabulary, self.english, typer)


def build(paths: Sequence[Path | str], out: Path, config: Config, progress: Progress | None = None) -> BuildReport:
    """Read `paths`, extract, and write the graph into `out`.

    Raises InputError K110 where no article could be found, K196 where none could be read, DataError before the first article where a data file is
    wrong, OutputError where `out` cannot be written; what was built before stays as it was.
    """
    check_writable(out)
    documents, findings = _read(paths)
    if not documents:
        seen = "; ".join(f"{f.where}: {f.message}" for f in findings[:3])
        raise InputError(
            "K110",
            ", ".join(map(str, paths)),
            f"no article could be read ({seen or 'nothing found'}). Give .txt, .md, .html or .jsonl files, a folder of them, or -.",
        )
    extractor = Extractor(config)
    extractions = list(_extract(documents, extractor, config, progress))
    _check_some_read(extractions)
    resolution = resolve(extractions, extractor.schema, reserved=[term.key for term in extractor.terms])
    run = Run(__version__, config.model, f"ontology={config.ontology.name}")
    write_graph(to_quads(extractions, resolution, extractor.schema, run), out, resolution.merges)
    findings += [*dropped(extractions, resolution, extractor.schema), *(f for e in extractions for f in e.findings)]
    return BuildReport(
        documents=len(documents),
        copies=sum(len(document.copies) for document in documents),
        claims=sum(len(extraction.claims) for extraction in extractions),
        observations=sum(len(extraction.observations) for extraction in extractions),
        entities=len(resolution.nodes),
        unresolved=sum(sum(extraction.unresolved.values()) for extraction in extractions),
        findings=tuple(findings),
        folder=out,
    )


def _check_some_read(extractions: Sequence[Extraction]) -> None:
    """Raise InputError (K196) where not one article could be read, before an older graph gives way to an empty one."""
    unread = [finding for extraction in extractions for finding in extraction.findings if finding.code == UNREAD]
    if unread and len(unread) == len(extractions):
        raise InputError("K196", unread[0].where, f"no article could be read; the first: {unread[0].message}")


def _read(paths: Sequence[Path | str]) -> tuple[list[Document], list[Finding]]:
    items = list(read_documents(paths))
    findings = [item for item in items if isinstance(item, Finding)]
    documents = merge_copies(item for item in items if isinstance(item, Document))
    return sorted(documents, key=lambda document: document.id), findings


def _extract(
    documents: Sequence[Document], extractor: Extractor, config: Config, progress: Progress | None
) -> Iterator[Extraction]:
    """Read every document, in order; in `config.processes` processes where that is more than one."""
    if config.processes > 1:
        yield from _extract_apart(documents, config, progress)
        return
    for number, document in enumerate(documents, start=1):
        yield extractor(document)
        if progress:
            progress(number, len(documents))


_loaded: list[Extractor] = []  # one in each worker, loaded when it starts


def _start(config: Config) -> None:
    _loaded[:] = [Extractor(config)]


def _run(document: Document) -> Extraction:
    return _loaded[0](document)


def _extract_apart(documents: Sequence[Document], config: Config, progress: Progress | None) -> Iterator[Extraction]:
    """Workers are spawned, not forked: the model's threads do not survive a fork."""
    with get_context("spawn").Pool(config.processes, _start, (config,)) as pool:
        for number, extraction in enumerate(pool.imap(_run, documents, chunksize=4), start=1):
            yield extraction
            if progress:
                progress(number, len(documents))
