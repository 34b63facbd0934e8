"""Frames: how English says each relation. Data in ontology/frames/*.toml; loaded and checked here.

A frame names a property, the words that say it by kind (verbs, event nouns, agent nouns, adjectives, suffixes, prepositions,
possession, demonyms), and which roles fill subject, object and qualifiers. Types come from the property's domain and range.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import DataError, nearest
from kg.records import Schema

WORD_KINDS = ("verbs", "nouns", "agents", "adjectives", "suffixes", "preps")
_ROLES_BY_KIND = {
    "verbs": (("agent",), ("patient",)),
    "nouns": (("agent", "compound", "by"), ("of", "for", "compound")),
    "agents": (("self",), ("of", "for", "compound", "with", "to")),
    "adjectives": (("self",), ("in", "of", "on", "for", "to")),
    "suffixes": (("prefix",), ("head",)),
    "preps": (("governor",), ("object",)),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a property.

    `through`: nouns of which one must stand between trigger and object ('ban *exports* of'). `requires`: words of which one must
    stand in the trigger's phrase. `blocked`: words that forbid the frame there. `mutual`: the parties may all stand in one role.
    `default_object`: "topic" takes the section's material where the text names none but gives a figure. `time` False: the relation
    is no event, and takes no date. `appositive`: two phrases for one thing side by side, roles `first` and `second`. `named`: only a
    subject with a name of its own will do. `passive`: only a verb in the passive says it. `strict`: only what the parser hung on the trigger itself. `loose`: the nearest fitting entity will do where no role has one.
    """

    id: str
    property: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    preps: tuple[str, ...] = ()
    possessive: bool = False
    demonym: bool = False
    appositive: bool = False
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    mutual: bool = False
    default_object: str = ""
    modality: str = ""
    status: str = ""
    time: bool = True
    loose: bool = False
    strict: bool = False
    named: bool = False
    passive: bool = False
    figures: tuple[str, ...] = ()
    qualifiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    confidence: float = 0.7
    examples: tuple[tuple[str, str], ...] = ()

    def roles(self, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(roles of the subject, roles of the object) for a trigger of the given kind."""
        default = _ROLES_BY_KIND[kind]
        return self.subject or default[0], self.object or default[1]


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames, indexed by kind and word; `special` holds those without words (possession, demonyms)."""

    frames: tuple[Frame, ...]
    by_word: dict[tuple[str, str], tuple[Frame, ...]]
    possessive: tuple[Frame, ...]
    demonym: tuple[Frame, ...]
    appositive: tuple[Frame, ...]

    def of(self, kind: str, word: str) -> tuple[Frame, ...]:
        """The frames that a word of a kind may trigger."""
        return self.by_word.get((kind, word), ())


@lru_cache(maxsize=4)
def _read_all(folder: Path) -> tuple[tuple[Path, dict[str, Any]], ...]:
    rows = []
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
            raise DataError(
                "K220", str(path), f"cannot be read as TOML ({reason}). Correct it or take it out."
            ) from None
        rows += [(path, row) for row in data.get("frame", [])]
    return tuple(rows)


def load_frames(ontology: Path, schema: Schema) -> FrameSet:
    """Read ontology/frames/*.toml. Raises DataError: K220 unreadable, K221 unknown key or property, K222 id used twice."""
    frames = []
    seen: dict[str, Path] = {}
    for path, row in _read_all(ontology / "frames"):
        frame = _frame(row, path, schema)
        if frame.id in seen:
            raise DataError(
                "K222", str(path), f'frame id "{frame.id}" is used in {seen[frame.id].name} too. Give each its own.'
            )
        seen[frame.id] = path
        frames.append(frame)
    by_word: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames:
        for kind in WORD_KINDS:
            for word in getattr(frame, kind):
                by_word.setdefault((kind, word), []).append(frame)
    return FrameSet(
        tuple(frames),
        {key: tuple(value) for key, value in by_word.items()},
        tuple(frame for frame in frames if frame.possessive),
        tuple(frame for frame in frames if frame.demonym),
        tuple(frame for frame in frames if frame.appositive),
    )


def _frame(row: dict[str, Any], path: Path, schema: Schema) -> Frame:
    allowed = [item.name for item in fields(Frame)]
    for key in row:
        if key not in allowed:
            raise DataError(
                "K221", str(path), f'frame "{row.get("id")}" has the unknown key "{key}".{nearest(key, allowed)}'
            )
    name = str(row.get("property", "")).removeprefix("cm:")
    if name not in schema.properties:
        raise DataError(
            "K221",
            str(path),
            f'frame "{row.get("id")}" names cm:{name}, which minerals.ttl does not define.{nearest(name, sorted(schema.properties))}',
        )
    for kind in ("subject_types", "object_types"):
        for value in row.get(kind, ()):
            if value not in schema.classes:
                raise DataError(
                    "K221",
                    str(path),
                    f'frame "{row.get("id")}" names the class {value}, which minerals.ttl does not define.{nearest(value, sorted(schema.classes))}',
                )
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    values["property"] = name
    values["qualifiers"] = {key.removeprefix("cm:"): tuple(value) for key, value in row.get("qualifiers", {}).items()}
    values["examples"] = tuple((str(item["text"]), str(item.get("gives", ""))) for item in row.get("examples", []))
    try:
        return Frame(**values)
    except TypeError as reason:
        raise DataError("K221", str(path), f'frame "{row.get("id")}": {reason}') from None
