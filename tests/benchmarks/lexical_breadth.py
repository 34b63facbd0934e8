"""Which words WordNet would add to the frames: for every frame, the synonyms that two or more of its words share.

Usage: python tests/benchmarks/lexical_breadth.py [DICT_FOLDER]
Reads the data files of WordNet 3.0 (Princeton University, WordNet licence: free use with attribution) as the Debian package
`wordnet-base` installs them. Nothing of WordNet is in the project: a person reads the list and decides.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from kg.config import Config
from kg.extract.frames import Frame, load_frames
from kg.graph.ontology import load_schema

FOLDER = Path("/usr/share/wordnet")
PARTS = {"verbs": "verb", "nouns": "noun", "agents": "noun", "adjectives": "adj"}


def synsets(folder: Path, part: str) -> dict[str, list[frozenset[str]]]:
    """For each lemma its synonym sets, most frequent sense first (at most three senses)."""
    members: dict[str, frozenset[str]] = {}
    for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" ")
        count = int(fields[3], 16)
        members[fields[0]] = frozenset(fields[4 + 2 * i].replace("_", " ").lower() for i in range(count))
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split()
        senses = fields[-int(fields[2]) :]
        found[fields[0].replace("_", " ")] = [members[offset] for offset in senses[:3] if offset in members]
    return found


def missing(frame: Frame, kind: str, lexicon: dict[str, list[frozenset[str]]]) -> list[str]:
    """Words that stand in a synonym set with at least two words of the frame, and are not listed."""
    words = set(getattr(frame, kind))
    counts: Counter[str] = Counter()
    for word in words:
        for synonym in {s for group in lexicon.get(word, []) for s in group} - words:
            counts[synonym] += 1
    return sorted(word for word, count in counts.items() if count >= 2)


def main() -> int:
    """Print a line per frame and kind of word that WordNet would widen."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (folder / "data.verb").is_file():
        print(f"no WordNet data in {folder}; install the Debian package wordnet-base or name a folder", file=sys.stderr)
        return 2
    config = Config.default()
    frames = load_frames(config.ontology, load_schema(config.ontology)).frames
    lexicons = {part: synsets(folder, part) for part in set(PARTS.values())}
    total = 0
    for frame in frames:
        for kind, part in PARTS.items():
            words = missing(frame, kind, lexicons[part])
            total += len(words)
            if words:
                print(f"{frame.id} ({frame.property}) {kind}: {', '.join(words)}")
    print(f"{total} words in {len(frames)} frames")
    return 0


if __name__ == "__main__":
    sys.exit(main())
