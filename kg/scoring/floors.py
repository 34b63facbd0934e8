"""Pins the figures of an evaluation as floors that later runs may not fall below.

A floors file is TOML: the digest of the gold files that the figures were measured on, and one floor per figure.
Floors rise with `pin_floors`; they fall only where the caller allows it.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.records import Finding
from kg.scoring.figures import NAMES, Evaluation, f1

# Floors are cut to four decimals; a figure equal to its floor must not fail over the last bit.
_DECIMALS = 10_000
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Floors:
    """The pinned figures (name → lowest allowed value, 0 to 1) and the digest of the gold they were measured on."""

    digest: str
    values: dict[str, float]


def figure_values(evaluation: Evaluation) -> dict[str, float]:
    """Every figure that can be pinned: the totals, both F1, and the lowest claims F1 of a document.

    Figures without a case are left out.
    """
    values: dict[str, float | None] = {name: evaluation.total[name].value for name in NAMES}
    values |= {f"{kind}.f1": f1(evaluation.total, kind) for kind in ("claims", "observations")}
    lowest = [value for figures in evaluation.documents.values() if (value := f1(figures, "claims")) is not None]
    values["documents.lowest_f1"] = min(lowest, default=None)
    return {name: value for name, value in sorted(values.items()) if value is not None}


def load_floors(path: Path) -> Floors:
    """The floors of a file. Raises DataError K284 where it is missing or malformed."""
    if not path.is_file():
        raise DataError("K284", str(path), "no floors file here; write one with 'kg evaluate GOLD --pin'")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise DataError("K284", str(path), f"not readable as TOML: {problem}") from problem
    digest, values = data.get("gold_digest"), data.get("floors")
    if not isinstance(digest, str) or not isinstance(values, dict):
        raise DataError("K284", str(path), "a floors file has gold_digest = '…' and a table [floors]")
    wrong = sorted(name for name, value in values.items() if not isinstance(value, int | float))
    if wrong:
        raise DataError("K284", str(path), f"the floor of {wrong[0]} is no number")
    return Floors(digest, {name: float(value) for name, value in sorted(values.items())})


def check_floors(evaluation: Evaluation, floors: Floors) -> list[Finding]:
    """One error per figure that fell below its floor or is no longer measured, and one where the gold has changed."""
    findings = []
    if evaluation.digest != floors.digest:
        message = "the gold files are not those that the floors were pinned on; pin again with 'kg evaluate GOLD --pin'"
        findings.append(Finding("K285", "error", message, "floors"))
    values = figure_values(evaluation)
    for name, floor in floors.values.items():
        value = values.get(name)
        if value is None or value < floor - _ROUNDING:
            seen = "no longer measured" if value is None else f"{value:.4f}"
            findings.append(Finding("K286", "error", f"{name} is {seen}, its floor {floor:.4f}", "floors"))
    return findings


def pin_floors(evaluation: Evaluation, path: Path, allow_lower: bool = False) -> list[Finding]:
    """Writes the current figures and gold digest to `path`, and returns a warning per floor that was kept or lowered.

    A floor above the current figure is kept, unless `allow_lower`. Raises DataError K284 where the file is malformed.
    """
    old = load_floors(path).values if path.is_file() else {}
    measured = {name: math.floor(value * _DECIMALS) / _DECIMALS for name, value in figure_values(evaluation).items()}
    falling = sorted(name for name, floor in old.items() if measured.get(name, -1.0) < floor)
    kept = {} if allow_lower else {name: old[name] for name in falling}
    _write(path, Floors(evaluation.digest, measured | kept))
    verb = "lowered" if allow_lower else "kept; to lower it add --allow-lower"
    return [
        Finding(
            "K287", "warning", f"{name}: floor {old[name]:.4f}, now {_shown(measured.get(name))}: {verb}", str(path)
        )
        for name in falling
    ]


def _shown(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4f}"


def _write(path: Path, floors: Floors) -> None:
    lines = [
        "# The lowest allowed figures of the evaluation on this folder; written by 'kg evaluate --pin'.",
        f'gold_digest = "{floors.digest}"',
        "",
        "[floors]",
        *(f'"{name}" = {value:.4f}' for name, value in sorted(floors.values.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
