"""Small hand-made extractions that the graph tests share."""

from __future__ import annotations

from pathlib import Path

from kg.graph.ontology import load_schema
from kg.graph.rdf import Run
from kg.records import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Observation,
    OpenClaim,
    Publication,
    Quantity,
    TextSpan,
)

ONTOLOGY = Path(__file__).parent.parent / "ontology"
SHAPES = ONTOLOGY / "shapes.ttl"
SCHEMA = load_schema(ONTOLOGY)
RUN = Run("0.1.0", "test model 1.0", "processes=1")

CHILE = Entity("chile", "Country", "Chile", ("Santiago", "Chilean"), ("http://www.wikidata.org/entity/Q298",), "chile")
COPPER = Entity("copper", "ChemicalElement", "copper", term="copper")
TIN = Entity("tin", "ChemicalElement", "tin", ("the metal",), term="tin")


def span(text: str, words: str) -> TextSpan:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return TextSpan(start, start + len(words))


def evidence(text: str, sentence: str, trigger: str) -> Evidence:
    """The sentence with its trigger, found in the document's text."""
    place = span(text, sentence)
    inside = span(sentence, trigger)
    return Evidence(place, sentence, TextSpan(place.start + inside.start, place.start + inside.end))


def copper_wire() -> Extraction:
    """A report with every kind of statement: asserted, planned, denied, open, a figure and a range."""
    first = "Chile mined about 5.30 million tonnes of copper in 2024, the ministry said."
    second = "Chile plans to export tin, and it will not import copper."
    third = "Lunda Metals thanked “Chile”\tfor between 2 and 3.5 percent."
    text = f"Copper day\n\n{first} {second}\n\n{third}"
    document = Document(
        "wire-1",
        text,
        "wire.txt",
        headline="Copper day",
        published="2025-03-04",
        author="A. Writer",
        publisher="The Daily \\ Ore",
        url="https://example.org/1",
        copies=(Publication("copy.txt", "Second Paper", "2025-03-05", "https://example.org/2"),),
    )
    ministry = Entity("ministry", "GovernmentBody", "the ministry", named=False, found_by="definite")
    lunda = Entity("lunda", "Company", "Lunda Metals Ltd", ("Lunda Metals", "LM"), found_by="company-suffix")
    about = Quantity("about 5.30 million tonnes", "TONNE", 5300000.0, comparator="About")
    between = Quantity("between 2 and 3.5 percent", "PERCENT", minimum=2.0, maximum=3.5)
    claims = (
        Claim(
            "chile",
            "mines",
            "copper",
            evidence(text, first, "mined"),
            said_by="ministry",
            time="2024",
            quantity=about,
            confidence=0.9,
            frame="mine",
        ),
        Claim("chile", "exports", "tin", evidence(text, second, "export"), modality="Planned", frame="export"),
        Claim("chile", "imports", "copper", evidence(text, second, "import"), modality="Negated", frame="import"),
    )
    return Extraction(
        document,
        entities=(CHILE, COPPER, TIN, ministry, lunda),
        claims=claims,
        observations=(Observation("lunda", "Share", between, evidence(text, third, "between"), time="2024-05"),),
        open_claims=(OpenClaim("lunda", "thanked", "chile", evidence(text, third, "thanked")),),
    )


def tin_note() -> Extraction:
    """A second document about the same things, in other words."""
    sentence = "LUNDA METALS operates a mine in Chile and mines tin."
    text = f"{sentence}"
    lunda = Entity("company", "Organization", "Lunda Metals", ("its owner",))
    mine = Entity("mine", "Facility", "a mine in Chile", named=False)
    claims = (
        Claim("company", "operates", "mine", evidence(text, sentence, "operates")),
        Claim("company", "mines", "tin", evidence(text, sentence, "mines"), confidence=0.25),
        Claim("mine", "locatedIn", "chile", evidence(text, sentence, "in"), confidence=1.0),
    )
    return Extraction(Document("note-2", text, "note.md", kind="Report"), (CHILE, TIN, lunda, mine), claims=claims)
