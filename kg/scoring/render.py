"""Writes an evaluation as a table for people or as JSON for programs; both in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.errors import UsageError
from kg.scoring.errors import Mistake, mistakes
from kg.scoring.figures import NAMES, Evaluation, Figures, Ratio, f1
from kg.scoring.report import Band, Cause, bands, causes

_SINGLE = [name for name in NAMES if not name.startswith(("claims.", "observations."))]
_SHORT = {
    "entities.recall": "ent",
    "entities.types": "type",
    "modality": "mod",
    "attribution.given": "said",
    "attribution.absent": "unsaid",
    "time": "time",
    "quantity": "qty",
    "topic": "topic",
    "observations.recall": "obs R",
    "evidence": "evid",
}
_CLAIM_SHORT = {name: head for name, head in _SHORT.items() if not name.startswith(("entities.", "observations."))}


def render(evaluation: Evaluation, fmt: str, *, errors: bool = False, report: bool = False) -> str:
    """The evaluation as text, without a final line break.

    `fmt` is 'table' or 'json'; `errors` adds every mistake with its sentence, `report` the mistakes grouped by cause
    and the precision by band of confidence. Raises UsageError K580 for another format.
    """
    if fmt == "json":
        return json.dumps(_as_json(evaluation, errors, report), indent=2, sort_keys=True, ensure_ascii=False)
    if fmt != "table":
        raise UsageError("K580", "--format", f"{fmt} is no format of an evaluation; give table or json")
    parts = [_overview(evaluation.total), _grid("document", evaluation.documents, evaluation.total, _SHORT)]
    parts.append(_grid("property", evaluation.properties, evaluation.total, _CLAIM_SHORT))
    if report:
        parts += [_cause_table(causes(evaluation)), _band_table(bands(evaluation))]
    if errors:
        parts.append(_mistake_list(mistakes(evaluation)))
    return "\n\n".join(parts)


def _as_json(evaluation: Evaluation, errors: bool, report: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "total": _figures_json(evaluation.total),
        "documents": {name: _figures_json(figures) for name, figures in evaluation.documents.items()},
        "properties": {name: _figures_json(figures) for name, figures in evaluation.properties.items()},
        "gold_digest": evaluation.digest,
    }
    if errors:
        data["errors"] = [_mistake_json(mistake) for mistake in mistakes(evaluation)]
    if report:
        data["causes"] = [_cause_json(cause) for cause in causes(evaluation)]
        data["bands"] = [
            {"band": b.name, "from": b.low, "to": b.high, **_ratio_json(b.ratio)} for b in bands(evaluation)
        ]
    return data


def _figures_json(figures: Figures) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for kind in ("claims", "observations"):
        precision, recall = figures[f"{kind}.precision"], figures[f"{kind}.recall"]
        data[kind] = {
            "precision": _round(precision.value),
            "recall": _round(recall.value),
            "f1": _round(f1(figures, kind)),
            "predicted": precision.of,
            "right": precision.right,
            "gold": recall.of,
            "found": recall.right,
        }
    data["observations"]["measure"] = _ratio_json(figures["observations.measure"])
    for name in _SINGLE:
        group, _, rest = name.partition(".")
        if rest:
            data.setdefault(group, {})[rest] = _ratio_json(figures[name])
        else:
            data[group] = _ratio_json(figures[name])
    return data


def _ratio_json(ratio: Ratio) -> dict[str, Any]:
    return {"value": _round(ratio.value), "right": ratio.right, "of": ratio.of}


def _mistake_json(mistake: Mistake) -> dict[str, Any]:
    names = ("document", "kind", "statement", "detail", "sentence")
    return {name: getattr(mistake, name) for name in names}


def _cause_json(cause: Cause) -> dict[str, Any]:
    examples = [f"{e.document}: {e.statement}: {e.sentence}" for e in cause.examples]
    return {
        "group": cause.group,
        "cause": cause.name,
        "count": cause.count,
        "share": _round(cause.share),
        "examples": examples,
    }


def _overview(total: Figures) -> str:
    lines = []
    for kind in ("claims", "observations"):
        precision, recall = total[f"{kind}.precision"], total[f"{kind}.recall"]
        lines.append(f"{kind:<22} precision {_cell(precision)}  recall {_cell(recall)}  F1 {_share(f1(total, kind))}")
    rows = [[name, _cell(total[name])] for name in [*_SINGLE, "observations.measure"]]
    return "\n".join([*lines, *(f"{name:<22} {cell}" for name, cell in rows)])


def _grid(title: str, parts: Mapping[str, Figures], total: Figures, columns: Mapping[str, str]) -> str:
    head = [title, "P", "R", "F1", "pred", "right", "gold", "found", *columns.values()]
    rows = [_grid_row(name, figures, columns) for name, figures in sorted(parts.items())]
    return _table([head, *rows, _grid_row("total", total, columns)])


def _grid_row(name: str, figures: Figures, columns: Iterable[str]) -> list[str]:
    precision, recall = figures["claims.precision"], figures["claims.recall"]
    shares = [_share(precision.value), _share(recall.value), _share(f1(figures, "claims"))]
    counts = [str(n) for n in (precision.of, precision.right, recall.of, recall.right)]
    return [name, *shares, *counts, *(_share(figures[key].value) for key in columns)]


def _cause_table(found: Sequence[Cause]) -> str:
    blocks = []
    for group in dict.fromkeys(cause.group for cause in found):
        members = [cause for cause in found if cause.group == group]
        rows = [[group, "count", "share"], *([c.name, str(c.count), _share(c.share)] for c in members)]
        examples = [
            f"  {c.name}: [{e.document}] {e.statement}\n      {e.sentence}" for c in members for e in c.examples
        ]
        blocks.append("\n".join([_table(rows), *examples]))
    return "\n\n".join(blocks)


def _band_table(found: Iterable[Band]) -> str:
    rows = [[b.name, f"{b.low:.2f}–{b.high:.2f}", _cell(b.ratio)] for b in found]
    return _table([["confidence", "range", "precision"], *rows])


def _mistake_list(found: Iterable[Mistake]) -> str:
    lines = []
    for m in found:
        lines.append(f"[{m.document}] {m.kind}: {m.statement}" + (f" ({m.detail})" if m.detail else ""))
        if m.sentence:
            lines.append(f"    {m.sentence}")
    return "\n".join(lines)


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _cell(ratio: Ratio) -> str:
    return f"{_share(ratio.value)} ({ratio.right}/{ratio.of})"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
