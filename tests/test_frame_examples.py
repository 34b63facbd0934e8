"""Every example of every frame, read by the real model: what a frame promises is what the reader finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotate import annotate
from kg.build import Extractor
from kg.config import Config
from kg.extract.extract import extract
from kg.extract.frames import load_frames
from kg.graph.ontology import load_schema
from kg.records import Document

_ONTOLOGY = Config.default().ontology
_EXAMPLES = [
    (frame.id, frame.property, text, gives)
    for frame in load_frames(_ONTOLOGY, load_schema(_ONTOLOGY)).frames
    for text, gives in frame.examples
]


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    return frames_only


def _statements(extractor: Extractor, text: str) -> set[str]:
    """What the reader finds in a text, under every name that a thing has there; symmetric statements both ways."""
    document = Document("example", text, "example.txt", published="2025-06-15")
    annotated = annotate(document, extractor._nlp, extractor._vocabulary, extractor.english)
    found = extract(annotated, extractor.frames, extractor.schema, extractor.english)
    names = {key: {draft.label, *draft.names} for key, draft in annotated.drafts.items()}
    pairs = [(c.property, c.subject, c.object) for c in found.claims]
    pairs += [(p, o, s) for p, s, o in pairs if extractor.schema.properties[p].symmetric]
    return {f"{a} cm:{p} {b}" for p, s, o in pairs for a in names[s] for b in names[o]}


def test_every_frame_file_has_examples() -> None:
    files = sorted(path.name for path in Path(_ONTOLOGY, "frames").glob("*.toml"))
    assert len(files) >= 5
    assert len(_EXAMPLES) >= 150


@pytest.mark.parametrize(
    ("frame", "name", "text", "gives"), _EXAMPLES, ids=[f"{e[0]}-{n}" for n, e in enumerate(_EXAMPLES)]
)
def test_example_gives_what_the_frame_promises(
    extractor: Extractor, frame: str, name: str, text: str, gives: str
) -> None:
    found = _statements(extractor, text)
    if gives:
        assert gives in found
    else:
        assert not [statement for statement in found if f" cm:{name} " in statement]
