"""Which words WordNet would add to the frames: for every frame, the synonyms that two or more of its words share; for every
property, the nouns derived from its verbs ('export' gives 'exporter', 'exportation').

Usage: python tests/benchmarks/lexical_breadth.py [DICT_FOLDER]
Reads the data files of WordNet 3.0 (Princeton University, WordNet licence: free use with attribution) as the Debian package
`wordnet-base` installs them. Nothing of WordNet is in the project: a person reads the list and decides.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from kg.config import Config
from kg.extract.frames import Frame, load_frames
from kg.graph.ontology import load_schema

FOLDER = Path("/usr/share/wordnet")
PARTS = {"verbs": "verb", "nouns": "noun", "agents": "noun", "adjectives": "adj"}


def synsets(folder: Path, part: str) -> dict[str, list[frozenset[str]]]:
    """For each lemma its synonym sets, most frequent sense first (at most three senses)."""
    members = {line.split(" ")[0]: frozenset(_members(line)) for line in _lines(folder / f"data.{part}")}
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for line in _lines(folder / f"index.{part}"):
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


def derived_nouns(folder: Path) -> dict[str, set[str]]:
    """For each verb the nouns that WordNet derives from it, in any sense."""
    nouns = {line.split(" ")[0]: _members(line) for line in _lines(folder / "data.noun")}
    found: dict[str, set[str]] = defaultdict(set)
    for line in _lines(folder / "data.verb"):
        members = _members(line)
        fields = line.split(" | ")[0].split()
        first = 5 + 2 * len(members)
        for at in range(first, first + 4 * int(fields[first - 1]), 4):
            sign, offset, part, ends = fields[at : at + 4]
            if sign == "+" and part == "n":
                source, target = int(ends[:2], 16), int(ends[2:], 16)
                found[members[source - 1]].add(nouns[offset][target - 1])
    return found


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="latin-1").splitlines() if not line.startswith("  ")]


def _members(line: str) -> list[str]:
    fields = line.split(" ")
    return [fields[4 + 2 * i].replace("_", " ").lower() for i in range(int(fields[3], 16))]


def unlisted_nouns(frames: Iterable[Frame], derived: dict[str, set[str]]) -> dict[str, list[str]]:
    """For each property the nouns derived from its verbs that none of its frames lists."""
    verbs: dict[str, set[str]] = defaultdict(set)
    listed: dict[str, set[str]] = defaultdict(set)
    for frame in frames:
        verbs[frame.property] |= set(frame.verbs)
        listed[frame.property] |= {*frame.nouns, *frame.agents}
    found = {name: {noun for verb in verbs[name] for noun in derived.get(verb, ())} - listed[name] for name in verbs}
    return {name: sorted(nouns) for name, nouns in sorted(found.items()) if nouns}


def main() -> int:
    """Print a line per frame and kind of word, and per property, that WordNet would widen."""
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
    for name, nouns in unlisted_nouns(frames, derived_nouns(folder)).items():
        print(f"{name} nouns of its verbs: {', '.join(nouns)}")
    print(f"{total} words in {len(frames)} frames")
    return 0


if __name__ == "__main__":
    sys.exit(main())
