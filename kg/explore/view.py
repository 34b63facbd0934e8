"""A built graph → one HTML page that shows it as a network, with the sentences behind every edge.

In: the folder of a graph and `ViewOptions`. Out: a page that needs no other file and no network. Text of articles is
untrusted: it enters the page as JSON in which no character can end a script, the page's own script shows it as
text only, and the page's policy lets no script run but those written here and no request leave.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import OutputError, UsageError
from kg.explore.layout import place
from kg.explore.network import Statement, Support, ViewOptions, build_network, by_label, documents_of, statements_of
from kg.graph.store import open_store

__all__ = ["ViewOptions", "ViewReport", "write_view"]

_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = ("dom.js", "state.js", "canvas.js", "panel.js", "filters.js", "search.js", "main.js")
_LABELS_UP_TO = 100  # above this many edges, the names of properties overprint one another
_WIDEST_LABEL = 24  # characters in a line of a node's label

# Colours: Okabe and Ito's palette, distinct for the colour-blind; one for each kind of class, told apart by shape.
_PLACES, _BODIES, _FIRMS, _PEOPLE = "#0072B2", "#E69F00", "#D55E00", "#CC79A7"
_MATERIALS, _GOODS, _SITES, _DEEDS = "#009E73", "#56B4E9", "#4D4D4D", "#E3D02B"
_CLASSES = {
    "Country": (_PLACES, "dot"),
    "Place": (_PLACES, "triangle"),
    "InternationalOrganization": (_PLACES, "hexagon"),
    "Official": (_PEOPLE, "star"),
    "Person": (_PEOPLE, "dot"),
    "Office": (_PEOPLE, "square"),
    "GovernmentBody": (_BODIES, "square"),
    "Organization": (_BODIES, "dot"),
    "Company": (_FIRMS, "diamond"),
    "ChemicalElement": (_MATERIALS, "dot"),
    "Mineral": (_MATERIALS, "diamond"),
    "Compound": (_MATERIALS, "hexagon"),
    "MaterialGroup": (_MATERIALS, "square"),
    "Material": (_MATERIALS, "triangle"),
    "Product": (_GOODS, "square"),
    "Application": (_GOODS, "hexagon"),
    "Facility": (_SITES, "triangle"),
    "Programme": (_DEEDS, "star"),
    "Agreement": (_DEEDS, "diamond"),
    "Policy": (_DEEDS, "square"),
    "Event": (_DEEDS, "dot"),
}
_OTHER_CLASS = ("#8A8F94", "dot")
_MODALITIES: dict[str, dict[str, Any]] = {
    "Asserted": {"label": "stated as fact", "color": "#6B7780", "dashes": False},
    "Planned": {"label": "planned", "color": "#0072B2", "dashes": [10, 6]},
    "Possible": {"label": "possible", "color": "#8A5FBF", "dashes": [5, 6]},
    "Negated": {"label": "denied", "color": "#C8102E", "dashes": [2, 5]},
}
_OPTIONS = {
    "physics": {"enabled": False},
    "nodes": {
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
        "font": {"face": "system-ui,sans-serif", "color": "#1B2227", "strokeWidth": 4, "strokeColor": "#FBFBFA"},
        "scaling": {"label": {"drawThreshold": 6}},
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "font": {
            "face": "system-ui,sans-serif",
            "size": 11,
            "color": "#3E4A52",
            "strokeWidth": 4,
            "strokeColor": "#FBFBFA",
        },
        "smooth": False,
        "selectionWidth": 1.5,
        "hoverWidth": 1,
    },
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "tooltipDelay": 100},
}
_POLICY = (
    "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
_INLINE_SCRIPT = re.compile(r"<script(?:\s+type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
_FOREIGN = re.compile(r"<link\b[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>|<center>.*?</center>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What a page shows: numbers of things, edges, sentences and articles; `left_out` things were too many for it.
    `notes` are sentences for the user."""

    out: Path
    nodes: int
    edges: int
    sentences: int
    documents: int
    left_out: int
    notes: tuple[str, ...]


def write_view(folder: Path, out: Path, options: ViewOptions) -> ViewReport:
    """Write the graph in `folder` as a page to the file `out`; a folder that is missing is made.

    The same graph and options give the same bytes. Raises OutputError K401 or K403 where there is no sound graph and
    K404 where the page cannot be written, QueryError for a name or date that is not understood, UsageError K510.
    """
    _check(options)
    graph = build_network(open_store(folder), options)
    report = _report(graph, out, options)
    _write(out, _page(graph, options, report.notes))
    return report


def _check(options: ViewOptions) -> None:
    for name, least in (("depth", 0), ("min_documents", 1), ("max_nodes", 1)):
        value = getattr(options, name)
        if value < least:
            flag = "--" + name.replace("_", "-")
            raise UsageError("K510", flag, f"{value} is too small. Give a whole number from {least} up.")


def _report(graph: nx.MultiDiGraph, out: Path, options: ViewOptions) -> ViewReport:
    statements = statements_of(graph)
    left_out = graph.graph["left_out"]
    notes = []
    if left_out:
        notes.append(
            f"{left_out} things with fewer articles or statements are left out: a page shows at most "
            f"{options.max_nodes}. See others with --focus NAME, or more with --max-nodes."
        )
    if not statements:
        notes.append("No statement of this graph matches the options; the page is empty.")
    return ViewReport(
        out=out,
        nodes=len(graph),
        edges=len(statements),
        sentences=len({(support.document, support.begin) for found in statements for support in found.supports}),
        documents=len(graph.graph["articles"]),
        left_out=left_out,
        notes=tuple(notes),
    )


def _write(out: Path, page: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(page.encode("utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("K404", str(out), f"cannot write the page: {reason}; choose another file with -o") from None


def _page(graph: nx.MultiDiGraph, options: ViewOptions, notes: Sequence[str]) -> str:
    """pyvis' page without its foreign parts, with our head, data and script."""
    numbers = {node: number for number, node in enumerate(by_label(graph))}
    statements = statements_of(graph)
    drawn = _FOREIGN.sub("", _draw(graph, numbers, statements))
    title = _title(graph)
    data = {
        "title": title,
        "filters": _filters_said(options),
        "notes": notes,
        "focus": numbers.get(graph.graph["focus"]),
        "labelsUpTo": _LABELS_UP_TO,
        **_tables(graph, numbers, statements),
    }
    style = (_ASSETS / "view.css").read_text(encoding="utf-8")
    script = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    head = f"<title>{html.escape(title)}</title>\n<meta name='viewport' content='width=device-width,initial-scale=1'>\n"
    tail = f'<script type="application/json" id="kg-data">{_embedded(data)}</script>\n'
    tail += f'<script>(function () {{\n"use strict";\n{script}\n}})();</script>\n</body>'
    page = "<!DOCTYPE html>\n" + drawn.lstrip().replace("<html>", '<html lang="en">', 1)
    page = page.replace("</head>", f"{head}<style>{style}</style>\n</head>", 1)
    before, _, after = page.rpartition("</body>")
    return _with_policy((before + tail + after).replace("\r\n", "\n").replace("\r", "\n"))


def _with_policy(page: str) -> str:
    """`page` with a policy that lets only its own scripts run, each named by its digest, and nothing be fetched."""
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in _INLINE_SCRIPT.findall(page))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
    policy = _POLICY.format(hashes=hashes)
    meta = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace('<meta charset="utf-8">', meta, 1)


def _embedded(data: object) -> str:
    """JSON that can stand in a script element: no character of it means anything to HTML or ends a script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _title(graph: nx.MultiDiGraph) -> str:
    focus = graph.graph["focus"]
    return f"{graph.nodes[focus]['label']} and what is said of it" if focus else "What the articles say"


def _filters_said(options: ViewOptions) -> str:
    """The options in words, for the head of the page."""
    said = [f"within {options.depth} step{'s' * (options.depth != 1)}"] if options.focus is not None else []
    said += [f"only {', '.join(_words(name) for name in sorted(options.properties))}"] if options.properties else []
    said += [f"since {options.since}"] if options.since else []
    said += [f"until {options.until}"] if options.until else []
    said += [f"in at least {options.min_documents} articles"] if options.min_documents > 1 else []
    return " · ".join(said)


def _words(name: str) -> str:
    """`restrictsExportOf` → "restricts export of"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.partition(":")[2] or name).lower()


def _draw(graph: nx.MultiDiGraph, numbers: dict[str, int], statements: Sequence[Statement]) -> str:
    from pyvis.network import Network  # takes a second to import: only where a page is drawn

    network = Network(directed=True, cdn_resources="in_line", height="100%", width="100%", bgcolor="#FBFBFA")
    network.set_options(json.dumps(_OPTIONS))
    links = [(numbers[found.subject], numbers[found.object]) for found in statements]
    for (node, number), (x, y) in zip(numbers.items(), place(len(numbers), links), strict=True):
        network.add_node(number, **_node_look(graph.nodes[node]), x=x, y=y)
    bends = _bends(links)
    for number, (found, link) in enumerate(zip(statements, links, strict=True)):
        network.add_edge(*link, id=number, **_edge_look(found), smooth=bends[number])
    return str(network.generate_html())


def _node_look(data: dict[str, Any]) -> dict[str, Any]:
    color, shape = _CLASSES.get(data["type"], _OTHER_CLASS)
    weight = math.sqrt(data["documents"])
    label = textwrap.fill(textwrap.shorten(data["label"], 3 * _WIDEST_LABEL, placeholder="…"), _WIDEST_LABEL)
    size = min(7 + 5 * weight, 32)
    return {
        "label": label or " ",
        "shape": shape,
        "size": round(size * (0.85 if shape == "square" else 1), 1),
        "color": _paint(color),
        "font": {"size": round(min(12 + 2.5 * weight, 26))},
    }


def _paint(color: str) -> dict[str, Any]:
    edge = _darker(color)
    strong = {"background": color, "border": "#111111"}
    return {"background": color, "border": edge, "highlight": strong, "hover": strong}


def _darker(color: str) -> str:
    parts = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * 0.68):02x}" for part in parts)


def _edge_look(statement: Statement) -> dict[str, Any]:
    style = _MODALITIES.get(statement.modality, _MODALITIES["Asserted"])
    color = style["color"]
    return {
        "dashes": style["dashes"],
        "color": {"color": color, "highlight": color, "hover": color},
        "width": round(min(1.2 + 0.9 * math.log2(len(documents_of(statement)) or 1), 5), 1),
    }


def _bends(links: Sequence[tuple[int, int]]) -> list[object]:
    """How each edge is bent, so that those between the same two things lie side by side: the vis-network option
    `smooth`. Two edges in opposite directions bend alike to lie apart, so a bend is reckoned from the lower node."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(links):
        groups[min(start, end), max(start, end)].append(number)
    bends: list[object] = [False] * len(links)
    for (low, _), members in groups.items():
        for slot, number in enumerate(members):
            bend = (slot - (len(members) - 1) / 2) * min(0.38, 1.2 / len(members))
            bend = bend if links[number][0] == low else -bend
            if bend:
                kind = "curvedCW" if bend > 0 else "curvedCCW"
                bends[number] = {"enabled": True, "type": kind, "roundness": round(abs(bend), 3)}
    return bends


def _tables(graph: nx.MultiDiGraph, numbers: dict[str, int], statements: Sequence[Statement]) -> dict[str, object]:
    """What the page's script looks things up in; things, articles and statements by their number."""
    articles = graph.graph["articles"]
    places = {document: number for number, document in enumerate(articles)}
    kinds = {data["type"] for _, data in graph.nodes(data=True)}
    order = [*(name for name in _CLASSES if name in kinds), *sorted(kinds - set(_CLASSES))]
    return {
        "classes": {name: _class_look(name) for name in order},
        "modalities": _MODALITIES,
        "properties": {name: _words(name) for name in sorted({found.property for found in statements})},
        "documents": [_without_nothing(asdict(article)) for article in articles.values()],
        "nodes": [_node_data(graph.nodes[node], number) for node, number in numbers.items()],
        "edges": [
            {
                "id": number,
                "from": numbers[found.subject],
                "to": numbers[found.object],
                "property": found.property,
                "modality": found.modality,
                "supports": list(_supports_data(found.supports, places)),
            }
            for number, found in enumerate(statements)
        ],
    }


def _class_look(name: str) -> dict[str, str]:
    color, shape = _CLASSES.get(name, _OTHER_CLASS)
    return {"label": _words(name), "color": color, "border": _darker(color), "shape": shape}


def _node_data(data: dict[str, Any], number: int) -> dict[str, Any]:
    names = ("label", "type", "aliases", "same_as", "documents")
    return {"id": number, **_without_nothing({name: data[name] for name in names})}


def _supports_data(supports: Iterable[Support], places: dict[str, int]) -> Iterator[dict[str, Any]]:
    for support in supports:
        yield {**_without_nothing(asdict(support)), "document": places[support.document]}


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    """What is known; a missing field is left out rather than written as null or ''."""
    return {name: value for name, value in values.items() if value not in (None, "", ())}
