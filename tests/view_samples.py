"""Graphs for the tests of the network page, made of records and written as any build writes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_samples import RUN, SCHEMA

from kg.graph.rdf import to_quads
from kg.graph.resolve import resolve
from kg.graph.store import write_graph
from kg.records import Claim, Document, Entity, Evidence, Extraction, Quantity, TextSpan

CHILE = Entity("chile", "Country", "Chile", ("Santiago",), term="chile")
JAPAN = Entity("japan", "Country", "Japan", ("Nihon",), term="japan")
LITHIUM = Entity("lithium", "ChemicalElement", "lithium", ("Li",), term="lithium")
BATTERY = Entity("battery", "Product", "battery", term="battery")
ANDINA = Entity("andina", "Company", "Andina Litio")

FIRST = "Chile 🔋 mined 49,000 tonnes of lithium, Andina Litio said."
SECOND = "It also plans to export lithium to Japan."
THIRD = "Japan will not import lithium, which is used in every battery."
FOURTH = "Chile mines lithium in the north."


def write_folder(extractions: Sequence[Extraction], folder: Path) -> Path:
    """Writes the graph of `extractions` to `folder`."""
    resolution = resolve(extractions, SCHEMA)
    write_graph(to_quads(extractions, resolution, SCHEMA, RUN), folder)
    return folder


def evidence(text: str, sentence: str, trigger: str) -> Evidence:
    """The sentence of `text` with its trigger word."""
    start = text.index(sentence)
    inside = start + sentence.index(trigger)
    return Evidence(TextSpan(start, start + len(sentence)), sentence, TextSpan(inside, inside + len(trigger)))


def lithium_wire() -> Extraction:
    """Four statements of three modalities, two of them of the same pair; an article of 2025."""
    text = f"Lithium in motion\n\n{FIRST} {SECOND}\n\n{THIRD}"
    document = Document(
        "wire",
        text,
        "wire.txt",
        headline="Lithium in motion",
        published="2025-03-04",
        publisher="Ore Daily",
        author="A. Writer",
        url="https://example.org/wire",
    )
    tonnes = Quantity("49,000 tonnes", "TONNE", 49000.0)
    claims = (
        Claim(
            "chile", "mines", "lithium", evidence(text, FIRST, "mined"), said_by="andina", quantity=tonnes, time="2024"
        ),
        Claim("chile", "exports", "lithium", evidence(text, SECOND, "export"), modality="Planned", target="japan"),
        Claim("japan", "imports", "lithium", evidence(text, THIRD, "import"), modality="Negated"),
        Claim("lithium", "usedIn", "battery", evidence(text, THIRD, "used"), confidence=0.9),
    )
    return Extraction(document, (CHILE, JAPAN, LITHIUM, BATTERY, ANDINA), claims=claims)


def lithium_note() -> Extraction:
    """A second document, undated, that states one of the wire's statements again."""
    document = Document("note", FOURTH, "note.md", kind="Report")
    claims = (Claim("chile", "mines", "lithium", evidence(FOURTH, FOURTH, "mines")),)
    return Extraction(document, (CHILE, LITHIUM), claims=claims)


HOSTILE_LABELS = (
    "<img src=x onerror=\"window.__pwned='label'\">",
    "</script><script>window.__pwned='script'</script>",
    '"><svg onload="window.__pwned=\'svg\'">',
    "{{7*7}} <a href=\"javascript:window.__pwned='href'\">x</a> \u2028 --> <!-- ]]>",
)


def hostile() -> Extraction:
    """Names, sentence, headline, publisher and address that would run a script wherever they became markup."""
    sentence = f"{HOSTILE_LABELS[0]} mines {HOSTILE_LABELS[1]} and {HOSTILE_LABELS[2]} too, {HOSTILE_LABELS[3]} said."
    document = Document(
        "hostile",
        sentence,
        "</script><img src=x onerror=alert(1)>.txt",
        headline=HOSTILE_LABELS[1],
        publisher=HOSTILE_LABELS[2],
        author=HOSTILE_LABELS[0],
        url="javascript:window.__pwned='url'",
    )
    kinds = ("Company", "Mineral", "Product", "Organization")
    entities = tuple(
        Entity(f"e{number}", kind, label, (f"alias {label}",))
        for number, (kind, label) in enumerate(zip(kinds, HOSTILE_LABELS, strict=True))
    )
    claims = (
        Claim("e0", "mines", "e1", evidence(sentence, sentence, "mines"), said_by="e3", role=HOSTILE_LABELS[0]),
        Claim("e1", "usedIn", "e2", evidence(sentence, sentence, "mines")),
    )
    return Extraction(document, entities, claims=claims)


def crowd(things: int) -> list[Extraction]:
    """A graph of `things` things and about twice as many statements, with hubs as real ones have, in 20 articles."""
    entities = [
        Entity(f"c{number}", ("Company", "Country", "GovernmentBody", "Organization")[number % 4], f"Thing {number}")
        for number in range(things - 1)
    ] + [Entity("ore", "Mineral", "ore")]
    links = [(number, (number * number) % max(number // 3, 1)) for number in range(1, things - 1)]
    links += [(number, (number * 7) % number) for number in range(2, things - 1)]
    links += [(number, number // 2) for number in range(1, things - 1)]
    links.append((0, things - 1))
    return [_article(number, links[number::20], entities) for number in range(20)]


def _article(number: int, links: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> Extraction:
    sentences = [
        f"{entities[start].label} supplies {entities[end].label}, the survey of part {number} said."
        for start, end in links
    ]
    text = "\n\n".join(dict.fromkeys(sentences))
    claims = tuple(
        Claim(
            entities[start].key,
            "produces" if entities[end].type == "Mineral" else ("hasAgreementWith", "negotiatesWith")[start % 2],
            entities[end].key,
            evidence(text, sentence, "supplies"),
            modality=("Asserted", "Asserted", "Planned", "Possible", "Negated")[(start + end) % 5],
        )
        for (start, end), sentence in zip(links, sentences, strict=True)
    )
    document = Document(
        f"part-{number}", text, f"part-{number}.txt", headline=f"Survey, part {number}", published="2025-01-01"
    )
    used = {end for link in links for end in link}
    return Extraction(document, tuple(entities[place] for place in sorted(used)), claims=claims)
