from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import RUN, SCHEMA, copper_wire, tin_note
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.graph.iris import CM, CMR, RDF, digest_iri
from kg.graph.rdf import Run, dropped, to_quads
from kg.graph.resolve import resolve
from kg.graph.store import turtle
from kg.records import Claim, Extraction, Quantity

GOLDEN = Path(__file__).parent / "golden" / "graph.ttl"


def quads(*extractions: Extraction) -> list[ox.Quad]:
    return list(to_quads(extractions, resolve(extractions, SCHEMA), SCHEMA, RUN))


def text(*extractions: Extraction) -> str:
    return "".join(turtle(quad.triple for quad in quads(*extractions)))


def values(found: list[ox.Quad], predicate: str) -> list[str]:
    return sorted({quad.object.value for quad in found if quad.predicate.value == predicate})


def with_claims(*claims: Claim) -> Extraction:
    return replace(copper_wire(), claims=claims, observations=(), open_claims=())


def test_the_graph_of_the_samples_is_the_golden_file() -> None:
    assert text(copper_wire(), tin_note()) == GOLDEN.read_text(encoding="utf-8")


def test_every_node_is_an_iri() -> None:
    for quad in quads(copper_wire(), tin_note()):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)


@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_and_statements_does_not_change_a_byte(random: object) -> None:
    extractions = [copper_wire(), tin_note()]
    shuffled = [
        replace(item, entities=item.entities[::-1], claims=tuple(reversed(item.claims))) for item in extractions
    ]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert text(*shuffled) == text(*extractions)


def test_what_a_document_says_stands_in_its_graph_and_entities_in_theirs() -> None:
    found = quads(copper_wire(), tin_note())
    graphs = {quad.graph_name.value for quad in found}
    assert graphs == {CMR + "doc/wire-1", CMR + "doc/note-2", CMR + "graph/entities"}
    mines = {quad.graph_name.value for quad in found if quad.predicate.value == CM + "mines"}
    assert mines == {CMR + "doc/wire-1", CMR + "doc/note-2"}


@pytest.mark.parametrize("modality", ["Planned", "Possible", "Negated"])
def test_only_an_asserted_claim_puts_its_triple_in_the_graph(modality: str) -> None:
    claim = copper_wire().claims[0]
    assert values(quads(with_claims(claim)), CM + "mines") == [CMR + "copper"]
    other = quads(with_claims(replace(claim, modality=modality)))  # type: ignore[arg-type]
    assert values(other, CM + "mines") == []
    assert values(other, CM + "modality") == [CM + modality]


def test_a_subproperty_is_stated_as_it_was_said() -> None:
    assert values(quads(copper_wire()), CM + "produces") == []


def test_an_open_claim_states_no_predicate() -> None:
    found = quads(replace(copper_wire(), claims=(), observations=()))
    assert values(found, RDF + "predicate") == []
    assert values(found, CM + "predicateText") == ["thanked"]


def test_equal_claims_of_two_frames_are_one_claim_of_the_higher_confidence() -> None:
    claim = copper_wire().claims[0]
    twice = quads(with_claims(replace(claim, frame="other", confidence=0.2), claim))
    assert values(twice, CM + "confidence") == ["0.9"]
    assert values(twice, CM + "frame") == ["mine"]


def test_claims_that_differ_in_a_qualifier_are_two() -> None:
    claim = copper_wire().claims[0]
    more = replace(claim, time="2019", quantity=Quantity("5 tonnes", "TONNE", 5.0))
    found = quads(with_claims(claim, more))
    assert len(values(found, RDF + "type")) > 0
    assert len({quad.subject.value for quad in found if quad.object == ox.NamedNode(CM + "Claim")}) == 2
    assert len({quad.subject.value for quad in found if quad.object == ox.NamedNode(CM + "Quantity")}) == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.7e9, "1700000000"), (0.1, "0.1"), (5.3e-7, "0.00000053"), (-3.0, "-3"), (0.0, "0"), (1e22, "1" + "0" * 22)],
)
def test_a_figure_is_a_decimal_without_exponent(value: float, written: str) -> None:
    claim = replace(copper_wire().claims[0], quantity=Quantity("n", "NUM", value))
    (number,) = {
        quad.object for quad in quads(with_claims(claim)) if quad.predicate.value.endswith("qudt/numericValue")
    }
    assert isinstance(number, ox.Literal)
    assert (number.value, number.datatype.value.rpartition("#")[2]) == (written, "decimal")


def test_a_figure_that_is_no_number_is_left_out() -> None:
    claim = replace(copper_wire().claims[0], quantity=Quantity("n", "NUM", float("inf")))
    assert values(quads(with_claims(claim)), "http://qudt.org/schema/qudt/numericValue") == []


@pytest.mark.parametrize(
    ("time", "datatype"),
    [("2024", "gYear"), ("2024-05", "gYearMonth"), ("2024-05-06", "date"), ("2024-Q1", "gYearMonth")],
)
def test_a_time_is_typed_by_its_length(time: str, datatype: str) -> None:
    found = quads(with_claims(replace(copper_wire().claims[0], time=time)))
    (literal,) = {quad.object for quad in found if quad.predicate.value == CM + "time"}
    assert isinstance(literal, ox.Literal)
    assert literal.datatype.value.rpartition("#")[2] == datatype


def test_qualifiers_that_name_entities_become_links() -> None:
    claim = replace(copper_wire().claims[1], topic="copper", target="lunda", origin="chile", country="chile", role="x")
    found = quads(with_claims(replace(claim, status="Former")))
    assert values(found, CM + "topic") == [CMR + "copper"]
    assert values(found, CM + "target") == [CMR + "lunda-metals-ltd"]
    assert values(found, CM + "origin") == values(found, CM + "country") == [CMR + "chile"]
    assert values(found, CM + "role") == ["x"] and values(found, CM + "status") == [CM + "Former"]


def test_a_statement_about_an_entity_that_is_not_there_is_left_out_and_reported() -> None:
    broken = with_claims(copper_wire().claims[0], replace(copper_wire().claims[1], object="nobody"))
    resolution = resolve([broken], SCHEMA)
    (finding,) = dropped([broken], resolution, SCHEMA)
    assert (finding.code, finding.where) == ("K190", "wire-1") and "1 statements" in finding.message
    assert values(quads(broken), RDF + "predicate") == [CM + "mines"]
    assert dropped([copper_wire()], resolve([copper_wire()], SCHEMA), SCHEMA) == []


def test_a_claim_between_things_of_the_wrong_types_is_left_out_and_reported() -> None:
    broken = with_claims(copper_wire().claims[0], replace(copper_wire().claims[1], property="hosts"))
    resolution = resolve([broken], SCHEMA)
    (finding,) = dropped([broken], resolution, SCHEMA)
    assert (finding.code, finding.severity) == ("K192", "info") and finding.message.startswith("1 claims")
    assert values(quads(broken), RDF + "predicate") == [CM + "mines"]


def test_a_speaker_or_qualifier_that_is_not_there_is_left_out_and_reported() -> None:
    broken = with_claims(replace(copper_wire().claims[1], said_by="nobody", topic="nothing", target="tin"))
    (finding,) = dropped([broken], resolve([broken], SCHEMA), SCHEMA)
    assert finding.code == "K191" and finding.message.startswith("2 speakers or qualifiers")
    found = quads(broken)
    assert values(found, CM + "attributedTo") == values(found, CM + "topic") == []
    assert values(found, CM + "target") == [CMR + "tin"]


def test_a_relation_that_the_ontology_lacks_is_an_error_with_the_nearest() -> None:
    with pytest.raises(DataError, match=r"K212.*cm:minds.*Did you mean mines\?"):
        quads(with_claims(replace(copper_wire().claims[0], property="minds")))


def test_the_run_is_the_same_resource_for_the_same_options_only() -> None:
    assert RUN.iri == Run("0.1.0", "test model 1.0", "processes=1").iri != Run("0.1.0", "test model 1.0").iri


def test_digests_keep_their_parts_apart() -> None:
    assert digest_iri("x", "ab", "c") != digest_iri("x", "a", "bc")
    assert digest_iri("x", "1") != digest_iri("x", None, "1")
