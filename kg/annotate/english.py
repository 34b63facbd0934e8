"""The grammar tables of ontology/english.toml as frozen sets; loaded once, passed on whole."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError


@dataclass(frozen=True, slots=True)
class English:
    """Word lists by purpose. `head_types` and `class_nouns` map a noun to the types that it shows."""

    head_types: dict[str, str]
    of_heads: frozenset[str]
    class_nouns: dict[str, tuple[str, ...]]
    facility_nouns: frozenset[str]
    honorifics: frozenset[str]
    public_titles: frozenset[str]
    firm_roles: frozenset[str]
    reporting_verbs: frozenset[str]
    silent_reporting: frozenset[str]
    reporting_nouns: frozenset[str]
    modality: dict[str, frozenset[str]]
    transparent: frozenset[str]


@lru_cache(maxsize=4)
def load_english(folder: Path) -> English:
    """Read `folder`/english.toml. Raises DataError (K210) where it is missing or malformed."""
    path = folder / "english.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise DataError(
            "K210", str(path), f"cannot be read as TOML ({reason}). Restore it or name another --ontology."
        ) from None
    try:
        return _tables(data)
    except (KeyError, TypeError) as reason:
        raise DataError(
            "K210", str(path), f"lacks the table or key {reason}; see the shipped file for its shape."
        ) from None


def _tables(data: dict[str, dict[str, list[str]]]) -> English:
    nouns: dict[str, list[str]] = {}
    for kind, words in data["class_nouns"].items():
        for word in words:
            nouns.setdefault(word, []).append(kind)
    return English(
        head_types={word: kind for kind, words in data["name_heads"].items() for word in words},
        of_heads=frozenset(data["of_heads"]["words"]),
        class_nouns={word: tuple(kinds) for word, kinds in nouns.items()},
        facility_nouns=frozenset(data["facility_nouns"]["words"]),
        honorifics=frozenset(data["honorifics"]["words"]),
        public_titles=frozenset(data["public_titles"]["words"]),
        firm_roles=frozenset(data["firm_roles"]["words"]),
        reporting_verbs=frozenset(data["reporting"]["verbs"]),
        silent_reporting=frozenset(data["reporting"]["silent"]),
        reporting_nouns=frozenset(data["reporting"]["nouns"]),
        modality={name: frozenset(words) for name, words in data["modality"].items()},
        transparent=frozenset(data["transparent"]["words"]),
    )
