from __future__ import annotations

from pathlib import Path

import pytest
from graph_samples import RUN, SCHEMA, SHAPES, copper_wire, tin_note

from kg.errors import DataError, OutputError
from kg.graph.rdf import to_quads
from kg.graph.resolve import resolve
from kg.graph.store import write_graph
from kg.graph.validate import validate


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    extractions = [copper_wire(), tin_note()]
    write_graph(to_quads(extractions, resolve(extractions, SCHEMA), SCHEMA, RUN), tmp_path)
    return tmp_path


def damaged(folder: Path, old: str, new: str) -> list[str]:
    """The findings after one change to graph.ttl, as 'CODE message'."""
    path = folder / "graph.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [f"{finding.code} {finding.message}" for finding in validate(folder, SHAPES)]


def test_a_built_graph_is_sound(graph: Path) -> None:
    assert validate(graph, SHAPES) == []


DAMAGE = [
    ("    cm:modality cm:Planned ;\n", "", "K410 claim cmr:claim/", "has no modality"),
    ("cm:modality cm:Planned", "cm:modality cm:Planned, cm:Negated", "K410 claim", "has more than one modality"),
    ("cm:modality cm:Planned", "cm:modality cm:Maybe", "K410 claim", "must be one of cm:Asserted"),
    ("cm:confidence 0.9", "cm:confidence 1.9", "K410 claim", "must be an xsd:decimal from 0 to 1"),
    ("rdf:object cmr:tin ;", "", "K410 claim", "has no object"),
    ("rdf:subject cmr:chile ;", "rdf:subject cmr:chile, cmr:tin ;", "K410 claim", "has more than one subject"),
    ("    rdf:predicate cm:exports ;\n", "", "K410 claim", "has no predicate"),
    ("prov:wasDerivedFrom", "prov:was", "K410 claim", "has no sentence"),
    ("prov:wasGeneratedBy", "prov:was", "K410 claim", "has no run"),
    ("cm:measure cm:Share", "cm:measure cm:Size", "K410 observation", "has the measure"),
    ("nif:referenceContext", "nif:context", "K410 sentence cmr:doc/", "has no document"),
    ("    nif:beginIndex 12 ;\n", "", "K410 sentence", "has no begin"),
    ("cm:sourceFile", "cm:file", "K410 document cmr:doc/", "has no source file"),
    ("nif:isString", "nif:string", "K410 document", "has no text"),
    ('    rdfs:label "copper"', '    rdfs:lable "copper"', "K410 entity cmr:copper", "has no label"),
    ('cm:text "about 5.30 million tonnes"', "cm:comment 1", "K410 quantity", "has no text"),
    ("qudt:unit unit:TONNE", "qudt:unit cmr:tonne", "K410 quantity", "must be a QUDT unit"),
    ('qudt:numericValue "5300000"^^xsd:decimal ;', "", "K415 quantity", "needs either one value"),
    ("cm:maxValue 3.5 ;", "", "K415 quantity", "needs either one value"),
    ("cm:maxValue 3.5", "cm:maxValue 1.5", "K410 quantity", "not above the maximum"),
    ('cm:time "2024"^^xsd:gYear', 'cm:time "lately"', "K410 claim", "must be an xsd:gYear"),
    ("nif:beginIndex 12", "nif:beginIndex 11", "K411 sentence", "its document has"),
    ('cm:trigger "export"', 'cm:trigger "exports"', "K411 claim", "has the trigger 'exports'"),
    ("cm:mines cmr:copper", "cm:mines cmr:copper, cmr:tin", "K412 cmr:chile cm:mines cmr:tin", "no asserted claim"),
    ("cm:mines cmr:tin ;", "", "K413 claim", "asserts cmr:lunda-metals-ltd cm:mines cmr:tin"),
    ("cmr:copper a cm:ChemicalElement", "cmr:copper a cm:Person", "K414 claim", "the object of cm:mines is a Person"),
    ("rdf:predicate cm:exports", "rdf:predicate cm:sells", "K414 claim", "cm:sells, which the ontology does not"),
]


@pytest.mark.parametrize(("old", "new", "start", "part"), DAMAGE)
def test_each_kind_of_damage_is_found_and_said_in_a_sentence(
    graph: Path, old: str, new: str, start: str, part: str
) -> None:
    found = damaged(graph, old, new)
    assert [message for message in found if message.startswith(start) and part in message], found


def test_nodes_from_elsewhere_are_named_too(graph: Path) -> None:
    path = graph / "graph.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "\n_:b a cm:Quantity .\n", encoding="utf-8")
    found = [finding.message for finding in validate(graph, SHAPES)]
    assert [message for message in found if message.endswith("has no unit") and message.startswith("<")]


def test_a_symmetric_claim_may_stand_in_either_direction(graph: Path) -> None:
    path = graph / "graph.ttl"
    text = path.read_text(encoding="utf-8").replace("rdf:predicate cm:exports", "rdf:predicate cm:hasAgreementWith")
    text = text.replace("cm:modality cm:Planned", "cm:modality cm:Asserted")
    path.write_text(text + "\ncmr:tin cm:hasAgreementWith cmr:chile .\n", encoding="utf-8")
    codes = [finding.code for finding in validate(graph, SHAPES)]
    assert "K412" not in codes


def test_findings_are_sorted_and_name_the_file(graph: Path) -> None:
    damaged(graph, "cm:modality cm:Planned ;", "")
    damaged(graph, "cm:confidence 0.9", "cm:confidence 1.9")
    found = validate(graph, SHAPES)
    assert len(found) == 2 and found == sorted(found, key=lambda finding: (finding.code, finding.message))
    assert {finding.where for finding in found} == {str(graph / "graph.ttl")}


def test_a_graph_without_its_turtle_file_is_validated_from_what_is_there(graph: Path) -> None:
    (graph / "graph.ttl").unlink()
    assert validate(graph, SHAPES) == []


def test_no_graph_and_broken_files_are_errors_of_one_line(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="K401"):
        validate(tmp_path / "nothing", SHAPES)
    (graph / "graph.ttl").write_text("cmr:x", encoding="utf-8")
    with pytest.raises(OutputError, match=r"K403.*not valid Turtle"):
        validate(graph, SHAPES)


def test_shapes_that_cannot_be_read_are_an_error(graph: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "minerals.ttl").write_bytes((SHAPES.parent / "minerals.ttl").read_bytes())
    (folder / "shapes.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(DataError, match="K211"):
        validate(graph, folder / "shapes.ttl")
