"""The scorer on a small graph and gold of its own: every figure can be counted by hand."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.errors import DataError, InputError, KgError
from kg.evaluate import (
    check_floors,
    evaluate_folder,
    load_floors,
    load_gold,
    main,
    pin_floors,
    read_graph,
    render,
    score,
)
from kg.records import PropertyDefinition, Schema
from kg.scoring.errors import mistakes
from kg.scoring.figures import Evaluation, Ratio, f1
from kg.scoring.gold import Figure, gold_digest
from kg.scoring.report import bands, causes

TEXT = """Norway mines copper. The kingdom exported 40 tonnes of tin in 2024, the ministry said.
Sweden may sign a deal with Norway on zinc. It stores cobalt. Oslo opened Fjell Mine.
"""

GOLD = """
id: north
published: 2025-03-01
publisher: null
entities:
  - {id: no, type: Country, names: [Norway, NO]}
  - {id: se, type: Country, names: [Sweden]}
  - {id: ministry, type: GovernmentBody, names: [trade ministry, ministry]}
  - {id: cu, type: ChemicalElement, names: [copper]}
  - {id: sn, type: ChemicalElement, names: [tin]}
  - {id: zn, type: ChemicalElement, names: [zinc]}
  - {id: co, type: ChemicalElement, names: [cobalt]}
  - {id: fjell, type: Facility, names: [Fjell Mine, Fjell]}
claims:
  - {s: no, p: mines, o: cu, evidence: "Norway mines copper"}
  - {s: no, p: exports, o: sn, time: 2024, source: ministry, quantity: {value: 40, unit: TONNE}, evidence: "40 tonnes"}
  - {s: se, p: hasAgreementWith, o: no, modality: Possible, topic: zn, evidence: "may sign a deal"}
  - {s: se, p: stockpiles, o: co, evidence: "It stores cobalt"}
  - {s: no, p: launched, o: fjell, evidence: "Oslo opened"}
  - {s: no, p: produces, o: cu, optional: true, evidence: "Norway mines copper"}
observations:
  - {entity: sn, measure: Sales, value: 40, unit: TONNE, time: "2024", evidence: "40 tonnes of tin"}
"""

PREFIXES = """
@prefix cm: <https://w3id.org/cmkg/ontology#> .
@prefix cmr: <https://w3id.org/cmkg/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix schema: <https://schema.org/> .
"""

NODES = """
cmr:norway a cm:Country ; rdfs:label "Norway" .
cmr:sweden a cm:Country ; rdfs:label "Kingdom of Sweden" ; skos:altLabel "the Sweden" .
cmr:copper a cm:ChemicalElement ; rdfs:label "Copper" .
cmr:tin a cm:ChemicalElement ; rdfs:label "tin" .
cmr:zinc a cm:ChemicalElement ; rdfs:label "zinc" .
cmr:fjell a cm:Product ; rdfs:label "“Fjell”" .
cmr:ministry a cm:Company ; rdfs:label "trade ministry" .
<https://w3id.org/cmkg/id/doc/n> cm:sourceFile "north.txt" ; schema:mentions cmr:fjell ; nif:isString '''TEXT''' .
"""


def claim(name: str, statement: str, sentence: str, extra: str = "") -> str:
    """A claim node of the document, whose sentence node has the right offsets."""
    subject, relation, object_ = statement.split()
    begin = TEXT.index(sentence)
    return f"""
cmr:{name} a cm:Claim ; rdf:subject cmr:{subject} ; rdf:predicate cm:{relation} ; rdf:object cmr:{object_} ; {extra}
  prov:wasDerivedFrom cmr:{name}-s .
cmr:{name}-s nif:referenceContext <https://w3id.org/cmkg/id/doc/n> ; nif:anchorOf '''{sentence}''' ;
  nif:beginIndex {begin} ; nif:endIndex {begin + len(sentence)} ."""


S1, S2, S3 = TEXT.splitlines()[0].split(". ")[0] + ".", TEXT.splitlines()[0].split(". ")[1], "Sweden may sign a deal"
GRAPH = (
    claim("c1", "norway mines copper", S1, "cm:modality cm:Asserted ; cm:confidence 0.9 ;")
    + claim("c2", "norway mines copper", S2, "cm:modality cm:Planned ; cm:confidence 0.2 ;")
    + claim(
        "c3",
        "norway exports tin",
        S2,
        "cm:modality cm:Asserted ; cm:attributedTo cmr:ministry ; cm:time '2024' ; cm:quantity cmr:q ; "
        "cm:confidence 0.8 ;",
    )
    + claim(
        "c4", "norway hasAgreementWith sweden", S3, "cm:modality cm:Planned ; cm:topic cmr:tin ; cm:confidence 0.7 ;"
    )
    + claim("c5", "sweden mines zinc", S1, "cm:modality cm:Asserted ; cm:confidence 0.1 ; cm:frame 'mine' ;")
    + claim("c6", "sweden adores zinc", S1)
    + "cmr:q qudt:numericValue 40.1 ; qudt:unit unit:TONNE ."
)
OBSERVATION = """
cmr:o1 a cm:Observation ; cm:observedEntity cmr:tin ; cm:measure cm:Production ; cm:quantity cmr:q ;
  prov:wasDerivedFrom cmr:c3-s .
"""

SCHEMA = Schema(
    classes={
        "Facility": frozenset({"Facility"}),
        "Product": frozenset({"Product"}),
        "Country": frozenset({"Country"}),
        "Company": frozenset({"Company", "Organization"}),
        "GovernmentBody": frozenset({"GovernmentBody", "Organization"}),
        "ChemicalElement": frozenset({"ChemicalElement", "Material"}),
        "Official": frozenset({"Official", "Person"}),
    },
    properties={"launched": PropertyDefinition("launched", "launched", ("Country",), ("Facility",))},
)


@pytest.fixture
def gold_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "north.txt").write_text(TEXT, encoding="utf-8")
    (folder / "north.yaml").write_text(GOLD, encoding="utf-8")
    return folder


def quads(body: str) -> list[ox.Quad]:
    turtle = PREFIXES + NODES.replace("TEXT", TEXT) + body
    return list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


def evaluated(gold_dir: Path, body: str = GRAPH + OBSERVATION) -> Evaluation:
    return score(quads(body), load_gold(gold_dir), SCHEMA)


def test_yaml_words_that_look_like_other_types_stay_names_and_times(gold_dir: Path) -> None:
    gold = load_gold(gold_dir)[0]
    assert gold.entities["no"].names == ("Norway", "NO")
    assert gold.claims[1].time == "2024"
    assert gold.claims[1].quantity == Figure("TONNE", 40.0)
    assert gold.claims[0].quantity is None


def test_claims_are_compared_as_a_set_and_only_with_the_counted_properties(gold_dir: Path) -> None:
    total = evaluated(gold_dir).total
    assert total["claims.precision"] == Ratio(3, 4)
    assert total["claims.recall"] == Ratio(3, 5)
    assert f1(total, "claims") == pytest.approx(2 / 3)


def test_an_optional_claim_is_right_but_not_required(gold_dir: Path) -> None:
    total = evaluated(gold_dir, claim("c1", "norway produces copper", S1)).total
    assert total["claims.precision"] == Ratio(1, 1)
    assert total["claims.recall"] == Ratio(0, 5)


def test_only_symmetric_properties_match_the_other_way_round(gold_dir: Path) -> None:
    body = claim("c1", "norway hasAgreementWith sweden", S3) + claim("c2", "copper mines norway", S1)
    properties = evaluated(gold_dir, body).properties
    assert properties["hasAgreementWith"]["claims.precision"] == Ratio(1, 1)
    assert properties["mines"]["claims.precision"] == Ratio(0, 1)


def test_homonymous_nodes_may_both_stand_for_one_gold_entity(gold_dir: Path) -> None:
    twin = 'cmr:copper-2 a cm:Product ; rdfs:label "Copper" .'
    body = claim("c1", "norway mines copper", S1) + claim("c2", "norway mines copper-2", S1) + twin
    evaluation = evaluated(gold_dir, body)
    assert evaluation.total["claims.precision"] == Ratio(2, 2)
    assert evaluation.total["claims.recall"] == Ratio(1, 5)
    assert "split" in {cause.name for cause in causes(evaluation)}


def test_values_count_over_matched_claims_and_any_repetition_may_be_right(gold_dir: Path) -> None:
    total = evaluated(gold_dir).total
    assert total["modality"] == Ratio(2, 3)
    assert total["attribution.given"] == Ratio(1, 1)
    assert total["attribution.absent"] == Ratio(2, 2)
    assert total["time"] == Ratio(1, 1)
    assert total["quantity"] == Ratio(1, 1)
    assert total["topic"] == Ratio(0, 1)
    assert total["target"] == Ratio(0, 0)


def test_an_entity_that_is_only_mentioned_counts_as_found(gold_dir: Path) -> None:
    total = evaluated(gold_dir).total
    assert total["entities.recall"] == Ratio(5, 6)
    assert total["entities.recall_all"] == Ratio(7, 8)


def test_types_must_be_equal_or_a_subclass_but_persons_and_officials_differ(gold_dir: Path) -> None:
    gold = load_gold(gold_dir)[0]
    body = "cmr:norway a cm:Official ." + GRAPH
    for kind, right in (("Organization", 1), ("GovernmentBody", 0)):
        entities = {"ministry": replace(gold.entities["ministry"], type=kind)}
        total = score(quads(GRAPH), [replace(gold, entities=entities, claims=(), observations=())], SCHEMA).total
        assert total["entities.types"] == Ratio(right, 1)
    person = {"no": replace(gold.entities["no"], type="Person")}
    total = score(quads(body), [replace(gold, entities=person, claims=(), observations=())], SCHEMA).total
    assert total["entities.types"] == Ratio(0, 1)


def test_observations_match_by_entity_value_and_unit_and_the_measure_is_told_apart(gold_dir: Path) -> None:
    total = evaluated(gold_dir).total
    assert total["observations.precision"] == Ratio(1, 1)
    assert total["observations.recall"] == Ratio(1, 1)
    assert total["observations.measure"] == Ratio(0, 1)


def test_evidence_needs_the_gold_words_and_anchors_the_exact_offsets(gold_dir: Path) -> None:
    assert evaluated(gold_dir).total["evidence"] == Ratio(3, 3)
    moved = GRAPH.replace("nif:beginIndex 0", "nif:beginIndex 1", 1)
    assert evaluated(gold_dir, moved).total["anchors"] == Ratio(4, 5)
    other = claim("c1", "norway mines copper", S3)
    assert evaluated(gold_dir, other).total["evidence"] == Ratio(0, 1)


def test_a_text_of_which_the_graph_knows_nothing_scores_nothing(gold_dir: Path) -> None:
    total = evaluated(gold_dir, GRAPH.replace("doc/n", "doc/m")).total
    assert total["claims.precision"] == Ratio(0, 0)
    assert total["claims.recall"] == Ratio(0, 5)


def test_every_mistake_is_listed_with_its_sentence(gold_dir: Path) -> None:
    found = {(m.kind, m.statement): m for m in mistakes(evaluated(gold_dir))}
    assert set(found) == {
        ("missed claim", "Sweden stockpiles cobalt"),
        ("missed claim", "Norway launched Fjell Mine"),
        ("wrong claim", "Kingdom of Sweden mines zinc"),
        ("wrong modality", "Sweden hasAgreementWith Norway"),
        ("wrong topic", "Sweden hasAgreementWith Norway"),
        ("wrong measure", "tin Production 40.1 TONNE"),
        ("missed entity", "cobalt"),
        ("wrong type", "Fjell Mine"),
        ("wrong type", "trade ministry"),
    }
    assert found["missed claim", "Sweden stockpiles cobalt"].sentence == "It stores cobalt."
    wrong = found["wrong claim", "Kingdom of Sweden mines zinc"]
    assert (wrong.detail, wrong.sentence) == ("frame mine, Asserted", S1)


def missed_causes(evaluation: Evaluation) -> dict[str, str]:
    return {e.statement: c.name for c in causes(evaluation) if c.group == "missed claims" for e in c.examples}


def test_missed_claims_are_grouped_by_cause(gold_dir: Path) -> None:
    found = missed_causes(evaluated(gold_dir))
    assert found["Sweden stockpiles cobalt"] == "entity not found"
    assert found["Norway launched Fjell Mine"] == "wrong type"


def test_where_even_the_golds_types_do_not_fit_the_range_is_too_tight(gold_dir: Path) -> None:
    gold = load_gold(gold_dir)[0]
    entities = {**gold.entities, "fjell": replace(gold.entities["fjell"], type="Product")}
    found = missed_causes(score(quads(GRAPH), [replace(gold, entities=entities)], SCHEMA))
    assert found["Norway launched Fjell Mine"] == "range too tight"


def test_causes_tell_coreference_argument_frame_and_predication_apart(gold_dir: Path) -> None:
    cobalt = 'cmr:cobalt a cm:ChemicalElement ; rdfs:label "cobalt" .'
    body = cobalt + claim("c1", "sweden mines copper", S1) + claim("c2", "norway imports cobalt", S2)
    found = missed_causes(evaluated(gold_dir, body))
    assert found["Sweden stockpiles cobalt"] == "coreference"
    assert found["Norway mines copper"] == "argument wrong"
    assert found["Sweden hasAgreementWith Norway"] == "predication missed"
    linked = missed_causes(evaluated(gold_dir, claim("c1", "norway suppliesTo sweden", "Sweden may sign a deal")))
    assert linked["Sweden hasAgreementWith Norway"] == "frame missing"


def test_bands_rank_statements_by_their_best_claim(gold_dir: Path) -> None:
    found = {band.name: band for band in bands(evaluated(gold_dir))}
    assert found["top half"].ratio == Ratio(2, 2)
    assert found["bottom half"].ratio == Ratio(1, 2)
    assert (found["top half"].low, found["top half"].high) == (0.8, 0.9)


def test_both_formats_show_figures_errors_and_causes(gold_dir: Path) -> None:
    evaluation = evaluated(gold_dir)
    data = json.loads(render(evaluation, "json", errors=True, report=True))
    assert data["total"]["claims"] == {
        "precision": 0.75,
        "recall": 0.6,
        "f1": 0.6667,
        "predicted": 4,
        "right": 3,
        "gold": 5,
        "found": 3,
    }
    assert data["documents"]["north"] == data["total"]
    assert data["properties"]["mines"]["claims"]["predicted"] == 2
    assert len(data["errors"]) == len(mistakes(evaluation))
    assert "errors" not in json.loads(render(evaluation, "json"))
    table = render(evaluation, "table", errors=True, report=True)
    assert "0.750 (3/4)" in table
    assert "[north] missed claim: Sweden stockpiles cobalt" in table
    with pytest.raises(KgError, match="K580"):
        render(evaluation, "xml")


def test_a_folder_without_gold_or_without_a_text_is_an_error(gold_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="K180"):
        load_gold(tmp_path / "nothing")
    (gold_dir / "north.txt").unlink()
    with pytest.raises(InputError, match="K181"):
        load_gold(gold_dir)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("s: no, p: mines", "s: nowhere, p: mines", "K281"),
        ("p: mines", "p: mine", "K282"),
        ("value: 40,", "value: forty,", "K283"),
        ("claims:", "claims: x: y", "K280"),
        ("names: [Sweden]", "names: Sweden", "K280"),
    ],
)
def test_a_wrong_gold_file_is_named_with_its_fault(gold_dir: Path, old: str, new: str, code: str) -> None:
    (gold_dir / "north.yaml").write_text(GOLD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=f"{code} .*north.yaml"):
        load_gold(gold_dir)


def test_floors_hold_until_a_figure_falls_and_fall_only_when_allowed(gold_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    good, bad = evaluated(gold_dir), evaluated(gold_dir, claim("c1", "norway mines copper", S1))
    assert pin_floors(good, path) == []
    floors = load_floors(path)
    assert floors.values["claims.f1"] == 0.6666
    assert check_floors(good, floors) == []
    fallen = {finding.message.split()[0] for finding in check_floors(bad, floors)}
    assert {"claims.recall", "claims.f1", "documents.lowest_f1", "time"} <= fallen
    assert "claims.precision" not in fallen
    assert "kept" in pin_floors(bad, path)[0].message
    assert load_floors(path).values["claims.recall"] == 0.6
    assert load_floors(path).values["claims.precision"] == 1.0
    assert pin_floors(bad, path, allow_lower=True)
    assert check_floors(bad, load_floors(path)) == []


def test_a_changed_gold_is_noticed_by_the_floors(gold_dir: Path, tmp_path: Path) -> None:
    pin_floors(evaluated(gold_dir), tmp_path / "floors.toml")
    before = gold_digest(load_gold(gold_dir))
    (gold_dir / "north.txt").write_text(TEXT + "\n", encoding="utf-8")
    assert gold_digest(load_gold(gold_dir)) != before
    findings = check_floors(evaluated(gold_dir), load_floors(tmp_path / "floors.toml"))
    assert [finding.code for finding in findings] == ["K285"]


def test_a_malformed_floors_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    for text in (None, "x = ", "gold_digest = 'a'", "gold_digest = 'a'\n[floors]\n'time' = 'high'"):
        if text is not None:
            path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match="K284"):
            load_floors(path)


def test_a_graph_folder_is_read_and_its_absence_is_an_error(
    gold_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "graph.ttl").write_text(PREFIXES + NODES.replace("TEXT", TEXT) + GRAPH, encoding="utf-8")
    assert score(read_graph(tmp_path), load_gold(gold_dir)).total["claims.precision"] == Ratio(3, 4)
    (tmp_path / "graph.ttl").write_text("no Turtle", encoding="utf-8")
    with pytest.raises(KgError, match="K481"):
        read_graph(tmp_path)
    assert main([str(gold_dir), "--graph", str(gold_dir)]) == 2
    assert "K480" in capsys.readouterr().err


def test_a_folder_is_evaluated_by_building_its_texts_only(gold_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build(paths: list[Path], out: Path, config: Config) -> None:
        built.extend(paths)
        (out / "graph.ttl").write_text(PREFIXES + NODES.replace("TEXT", TEXT) + GRAPH, encoding="utf-8")

    monkeypatch.setitem(sys.modules, "kg.build", SimpleNamespace(build=build))
    monkeypatch.setattr("kg.evaluate.load_ontology", lambda config: SCHEMA)
    (gold_dir / "README.txt").write_text("No gold beside it.", encoding="utf-8")
    evaluation = evaluate_folder(gold_dir, Config.default())
    assert built == [gold_dir / "north.txt"]
    assert evaluation.total == evaluated(gold_dir, GRAPH).total
