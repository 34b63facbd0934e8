"""Reads a gold folder (pairs NAME.yaml and NAME.txt) into frozen records.

Every scalar stays the string that the file holds, because YAML would otherwise read the country code NO as
false and 2024-05-16 as a date; only the figures of quantities become numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import DataError, InputError, nearest

# The relations that count, as the graph contract lists them: an ontology may define more, which are not scored.
# fmt: off
PROPERTIES = frozenset(
    {
        "holdsOffice", "affiliatedWith", "memberOf", "partOf", "locatedIn", "alliedWith", "rivalOf",
        "hasAgreementWith", "negotiatesWith", "participatesIn", "leads", "hosts", "launched", "imposes",
        "restrictsExportOf", "funds", "owns", "operates", "produces", "mines", "processes", "consumes",
        "exports", "imports", "suppliesTo", "dependsOn", "dominates", "stockpiles", "hasDepositOf", "explores",
        "includes", "usedIn",
    }
)
# fmt: on
SYMMETRIC = frozenset({"alliedWith", "rivalOf", "hasAgreementWith", "negotiatesWith"})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit (QUDT local name): `value`, or `minimum` and `maximum` of a range."""

    unit: str
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None

    def __str__(self) -> str:
        number = f"{self.value:g}" if self.value is not None else f"{_bound(self.minimum)}..{_bound(self.maximum)}"
        return f"{number} {self.unit}"


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing of a gold file; `names` are all forms under which a graph may know it, the canonical one first."""

    id: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A statement that the text makes; entities by gold id. None where the gold gives no value."""

    subject: str
    property: str
    object: str
    evidence: str
    modality: str = "Asserted"
    source: str | None = None
    time: str | None = None
    status: str | None = None
    quantity: Figure | None = None
    topic: str | None = None
    target: str | None = None
    country: str | None = None
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.subject} {self.property} {self.object}"


@dataclass(frozen=True, slots=True)
class GoldObservation:
    """A figure about an entity that the text gives."""

    entity: str
    measure: str
    quantity: Figure
    evidence: str
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.entity} {self.measure} {self.quantity}"


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document: its text as a reader receives it and what that text states."""

    id: str
    text_file: Path
    text: str
    digest: str
    entities: dict[str, GoldEntity]
    claims: tuple[GoldClaim, ...]
    observations: tuple[GoldObservation, ...]


def load_gold(folder: Path) -> list[Gold]:
    """All gold documents of `folder`, sorted by name.

    Raises InputError K180 where the folder holds no .yaml file, K181 where a text is missing, and DataError
    K280 to K283 where a file is malformed, names an unknown entity or property, or gives no number for a figure.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InputError("K180", str(folder), "no gold file NAME.yaml in this folder; give a folder of gold pairs")
    return [_read_gold(path) for path in paths]


def gold_digest(golds: list[Gold]) -> str:
    """One hexadecimal SHA-256 over all gold files and their texts, whatever their order."""
    joined = "\n".join(f"{gold.text_file.name} {gold.digest}" for gold in sorted(golds, key=lambda g: g.text_file.name))
    return hashlib.sha256(joined.encode()).hexdigest()


def _read_gold(path: Path) -> Gold:
    text_file = path.with_suffix(".txt")
    if not text_file.is_file():
        raise InputError("K181", str(path), f"its text {text_file.name} is missing; put it beside the gold file")
    raw = path.read_bytes()
    data = _parse(path, raw)
    entities = {e.id: e for e in (_entity(path, row) for row in _rows(path, data, "entities"))}
    claims = tuple(_claim(path, row, entities) for row in _rows(path, data, "claims"))
    observations = tuple(_observation(path, row, entities) for row in _rows(path, data, "observations"))
    text_bytes = text_file.read_bytes()
    return Gold(
        id=path.stem,
        text_file=text_file,
        text=text_bytes.decode("utf-8", errors="replace"),
        digest=hashlib.sha256(raw + b"\0" + text_bytes).hexdigest(),
        entities=entities,
        claims=claims,
        observations=observations,
    )


def _parse(path: Path, raw: bytes) -> Row:
    try:
        data = yaml.load(raw, Loader=yaml.BaseLoader)  # BaseLoader builds strings, lists and mappings only
    except yaml.YAMLError as problem:
        raise DataError("K280", str(path), f"not readable as YAML: {' '.join(str(problem).split())}") from problem
    if not isinstance(data, dict):
        raise DataError("K280", str(path), "a gold file is a mapping with entities, claims and observations")
    return data


def _rows(path: Path, data: Row, key: str) -> list[Row]:
    rows = data.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataError("K280", str(path), f"'{key}' must be a list of mappings such as {{id: china, …}}")
    return rows


def _need(path: Path, row: Row, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise DataError("K280", str(path), f"'{key}' is missing in {dict(row)}")
    return value


def _entity(path: Path, row: Row) -> GoldEntity:
    names = row.get("names")
    if not isinstance(names, list) or not names:
        raise DataError("K280", str(path), f"entity {row.get('id')} has no list of names")
    return GoldEntity(_need(path, row, "id"), _need(path, row, "type"), tuple(str(name) for name in names))


def _claim(path: Path, row: Row, entities: Mapping[str, GoldEntity]) -> GoldClaim:
    relation = _need(path, row, "p")
    if relation not in PROPERTIES:
        hint = nearest(relation, sorted(PROPERTIES))
        raise DataError("K282", str(path), f"unknown property {relation}.{hint}")
    quantity = row.get("quantity")
    return GoldClaim(
        subject=_reference(path, row, "s", entities),
        property=relation,
        object=_reference(path, row, "o", entities),
        evidence=_need(path, row, "evidence"),
        modality=_text(row, "modality") or "Asserted",
        source=_optional_reference(path, row, "source", entities),
        time=_text(row, "time"),
        status=_text(row, "status"),
        quantity=_figure(path, quantity) if isinstance(quantity, dict) else None,
        topic=_optional_reference(path, row, "topic", entities),
        target=_optional_reference(path, row, "target", entities),
        country=_optional_reference(path, row, "country", entities),
        optional=_flag(row, "optional"),
    )


def _observation(path: Path, row: Row, entities: Mapping[str, GoldEntity]) -> GoldObservation:
    return GoldObservation(
        entity=_reference(path, row, "entity", entities),
        measure=_need(path, row, "measure"),
        quantity=_figure(path, row),
        evidence=_need(path, row, "evidence"),
        optional=_flag(row, "optional"),
    )


def _reference(path: Path, row: Row, key: str, entities: Mapping[str, GoldEntity]) -> str:
    name = _need(path, row, key)
    if name not in entities:
        hint = nearest(name, sorted(entities))
        raise DataError("K281", str(path), f"'{key}: {name}' names no entity of this file.{hint}")
    return name


def _optional_reference(path: Path, row: Row, key: str, entities: Mapping[str, GoldEntity]) -> str | None:
    return _reference(path, row, key, entities) if _text(row, key) else None


def _figure(path: Path, row: Row) -> Figure:
    figure = Figure(
        unit=_need(path, row, "unit"),
        value=_number(path, row, "value"),
        minimum=_number(path, row, "min"),
        maximum=_number(path, row, "max"),
    )
    if figure.value is None and figure.minimum is None and figure.maximum is None:
        raise DataError("K283", str(path), f"a quantity needs 'value' or 'min' and 'max': {dict(row)}")
    return figure


def _number(path: Path, row: Row, key: str) -> float | None:
    text = _text(row, key)
    if text is None:
        return None
    try:
        return float(text.replace("_", ""))
    except ValueError:
        raise DataError("K283", str(path), f"'{key}: {text}' is no number; write it as 1700000000 or 1.5") from None


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value not in ("", "null", "~") else None


def _flag(row: Row, key: str) -> bool:
    return str(row.get(key, "")).lower() in ("true", "yes")


def _bound(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
