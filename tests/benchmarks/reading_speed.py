"""Prints how many words a second are read, with the real model, in one process. No test.

python tests/benchmarks/reading_speed.py
"""

from __future__ import annotations

import platform
import time
from pathlib import Path

from kg.annotate.pipeline import load_model
from kg.build import Extractor
from kg.config import Config
from kg.read import read_documents
from kg.records import Document

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
ROUNDS = 3


def main() -> None:
    """One line for the parser alone and one for all of the per-document phase; the best of three rounds of CPU time."""
    config = Config.default()
    nlp, extractor = load_model(config.model), Extractor(config)
    paths = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
    documents = [item for item in read_documents(paths) if isinstance(item, Document)]
    words = sum(len(document.text.split()) for document in documents)
    texts = [line for document in documents for line in document.text.splitlines() if line]
    parsing, whole = [], []
    for _ in range(ROUNDS):
        started = time.process_time()
        list(nlp.pipe(texts))
        parsing.append(time.process_time() - started)
        started = time.process_time()
        for document in documents:
            extractor(document)
        whole.append(time.process_time() - started)
    version = f"Python {platform.python_version()}, {words} words"
    print(f"{version}: parser {words / min(parsing):,.0f} words/s, all of reading {words / min(whole):,.0f} words/s")


if __name__ == "__main__":
    main()
