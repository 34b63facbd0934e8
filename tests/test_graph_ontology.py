from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import ONTOLOGY, SCHEMA

from kg.errors import DataError
from kg.graph.iris import CM, RDFS, SKOS
from kg.graph.iris import SCHEMA as SCHEMA_ORG
from kg.graph.ontology import load_schema, load_terms

CONTRACT_CLASSES = """Country Place Person Official Office Organization GovernmentBody Company InternationalOrganization
Material ChemicalElement Mineral Compound MaterialGroup Product Application Facility Programme Agreement Policy
Event"""
CONTRACT_PROPERTIES = """holdsOffice affiliatedWith memberOf partOf locatedIn alliedWith rivalOf hasAgreementWith
negotiatesWith participatesIn leads hosts launched imposes restrictsExportOf funds owns operates produces mines
processes consumes exports imports suppliesTo dependsOn dominates stockpiles hasDepositOf explores includes usedIn"""

HEAD = """@prefix cm: <https://w3id.org/cmkg/ontology#> .
@prefix cmr: <https://w3id.org/cmkg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> .
"""


def terms_folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "terms").mkdir()
    for name, text in files.items():
        (tmp_path / "terms" / f"{name}.ttl").write_text(HEAD + text, encoding="utf-8")
    return tmp_path


def error_of(folder: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        load_terms(folder, SCHEMA)
    return caught.value


def test_the_ontology_has_every_class_and_relation_of_the_contract_and_only_these_relations() -> None:
    assert set(CONTRACT_CLASSES.split()) | {"Entity"} == set(SCHEMA.classes)
    assert sorted(CONTRACT_PROPERTIES.split()) == sorted(SCHEMA.properties)


def test_a_class_knows_all_its_ancestors() -> None:
    assert SCHEMA.classes["Official"] == {"Official", "Person", "Entity"}
    assert SCHEMA.is_a("Company", ("Organization",))
    assert not SCHEMA.is_a("Organization", ("Company",))


def test_a_relation_knows_its_ends_its_parents_and_whether_it_is_symmetric() -> None:
    mines = SCHEMA.properties["mines"]
    assert mines.parents == ("produces",)
    assert "Country" in mines.domain and mines.range == ("Material",)
    symmetric = {name for name, definition in SCHEMA.properties.items() if definition.symmetric}
    assert symmetric == {"alliedWith", "rivalOf", "hasAgreementWith", "negotiatesWith"}


def test_every_term_of_the_ontology_is_labelled_defined_and_of_this_namespace() -> None:
    said: dict[str, set[str]] = {}
    for quad in ox.parse(path=ONTOLOGY / "minerals.ttl"):
        assert not isinstance(quad.object, ox.BlankNode)
        said.setdefault(str(quad.subject), set()).add(quad.predicate.value)
    ours = {subject: predicates for subject, predicates in said.items() if subject.startswith(f"<{CM}")}
    assert len(ours) >= len(CONTRACT_CLASSES.split()) + len(CONTRACT_PROPERTIES.split())
    for subject, predicates in ours.items():
        assert {RDFS + "label", SKOS + "definition"} <= predicates, subject


def test_every_relation_has_an_example_a_domain_and_a_range() -> None:
    said: dict[str, set[str]] = {}
    for quad in ox.parse(path=ONTOLOGY / "minerals.ttl"):
        said.setdefault(str(quad.subject), set()).add(quad.predicate.value)
    for name in CONTRACT_PROPERTIES.split():
        assert {SKOS + "example", RDFS + "domain", RDFS + "range"} <= said[f"<{CM}{name}>"], name
        assert SCHEMA.properties[name].domain and SCHEMA.properties[name].range
    assert SCHEMA_ORG + "domainIncludes" in said[f"<{CM}mines>"]


def test_a_term_carries_all_that_its_file_says_in_sorted_order(tmp_path: Path) -> None:
    folder = terms_folder(
        tmp_path,
        a="""<https://w3id.org/cmkg/terms/a> a skos:ConceptScheme .
        cmr:xandria a cm:Country ; skos:prefLabel "Xandria" ; cm:demonym "Xandrian" ; cm:metonym "Port X" .""",
        b="""cmr:ore-co a cm:Company ; skos:prefLabel "Ore Co" ; skos:altLabel "Ore Company", "Ore & Co" ;
            cm:exactLabel "ORE" ; cm:homeCountry cmr:xandria ; schema:isPartOf cmr:ore-group ;
            cm:classNoun "trader", "miner" ; owl:sameAs <http://www.wikidata.org/entity/Q1> ;
            cm:ambiguousWord true ; skos:inScheme <https://w3id.org/cmkg/terms/b> .
        cmr:ore-group a cm:Company ; skos:prefLabel "Ore Group" ; skos:member cmr:ore-co .""",
    )
    assert [term.key for term in load_terms(folder, SCHEMA)] == ["ore-co", "ore-group", "xandria"]
    company, group, xandria = load_terms(folder, SCHEMA)
    assert company.labels == ("Ore & Co", "Ore Company")
    assert (company.exact_labels, company.nouns) == (("ORE",), ("miner", "trader"))
    assert (company.country, company.part_of) == ("xandria", "ore-group")
    assert company.same_as == ("http://www.wikidata.org/entity/Q1",)
    assert company.ambiguous and not group.ambiguous
    assert group.members == ("ore-co",)
    assert (xandria.type, xandria.demonyms, xandria.metonyms) == ("Country", ("Xandrian",), ("Port X",))


def test_a_syntax_error_names_the_file_and_the_line(tmp_path: Path) -> None:
    error = error_of(terms_folder(tmp_path, bad='cmr:x a cm:Country ;\n  skos:prefLabel "X .\n'))
    assert error.code == "K211"
    assert re.search(r"bad\.ttl:[78]$", error.where)


def test_a_terms_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (terms_folder(tmp_path) / "terms" / "folder.ttl").mkdir()
    assert error_of(tmp_path).code == "K210"


def test_a_thing_in_two_files_is_an_error_at_the_second(tmp_path: Path) -> None:
    thing = 'cmr:x a cm:Country ; skos:prefLabel "X" .'
    error = error_of(terms_folder(tmp_path, a=thing, b="\n" + thing))
    assert error.code == "K213" and error.where.endswith("b.ttl:7") and "a.ttl" in error.message


def test_an_unknown_class_is_answered_with_the_nearest(tmp_path: Path) -> None:
    error = error_of(terms_folder(tmp_path, a='cmr:x a cm:Compny ; skos:prefLabel "X" .'))
    assert error.code == "K214" and "Did you mean Company?" in error.message and error.where.endswith("a.ttl:6")


@pytest.mark.parametrize(
    ("said", "code", "part"),
    [
        ('skos:prefLabel "X"', "K214", "no class"),
        ('a cm:Company, cm:Country ; skos:prefLabel "X"', "K214", "Company, Country"),
        ("a cm:Country", "K216", "prefLabel"),
        ('a cm:Country ; skos:prefLabel "X", "Y"', "K216", "prefLabel"),
        ('a cm:Country ; skos:prefLabel "X" ; skos:altLable "Y"', "K216", "Did you mean altLabel?"),
        ('a cm:Country ; skos:prefLabel "X" ; owl:sameAs "Q1"', "K216", "write an IRI"),
        ('a cm:Company ; skos:prefLabel "X" ; cm:homeCountry "china"', "K216", "write an IRI"),
        ('a cm:Company ; skos:prefLabel "X" ; cm:homeCountry cmr:y', "K215", "cmr:y"),
        ('a cm:Company ; skos:prefLabel "X" ; schema:isPartOf cmr:y', "K215", "cmr:y"),
        ('a cm:MaterialGroup ; skos:prefLabel "X" ; skos:member cmr:xx', "K215", "Did you mean x?"),
        ('a cm:Country ; skos:prefLabel "X" ; skos:note [ skos:altLabel "Y" ]', "K216", "blank node"),
    ],
)
def test_each_slip_in_a_terms_file_has_its_message(tmp_path: Path, said: str, code: str, part: str) -> None:
    error = error_of(terms_folder(tmp_path, a=f"cmr:x {said} ."))
    assert error.code == code
    assert part in error.message


def test_a_thing_may_name_its_class_and_an_ancestor(tmp_path: Path) -> None:
    folder = terms_folder(tmp_path, a='cmr:x a cm:Organization, cm:Company ; skos:prefLabel "X" .')
    assert load_terms(folder, SCHEMA)[0].type == "Company"


def test_a_folder_without_an_ontology_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="K210"):
        load_schema(tmp_path)


def test_an_ontology_without_entities_or_relations_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(HEAD + 'cmr:x skos:prefLabel "X" .', encoding="utf-8")
    with pytest.raises(DataError, match="K210"):
        load_schema(tmp_path)


def test_a_domain_that_no_class_defines_is_answered_with_the_nearest(tmp_path: Path) -> None:
    text = (ONTOLOGY / "minerals.ttl").read_text(encoding="utf-8")
    broken = text.replace("schema:rangeIncludes cm:Company,", "schema:rangeIncludes cm:Compani,", 1)
    assert broken != text
    (tmp_path / "o.ttl").write_text(broken, encoding="utf-8")
    with pytest.raises(DataError, match=r"K212.*cm:Compani.*Did you mean Company\?"):
        load_schema(tmp_path)


def test_an_extension_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text((ONTOLOGY / "minerals.ttl").read_text(encoding="utf-8"), encoding="utf-8")
    extra = HEAD.replace("owl:", "rdfs:").replace("http://www.w3.org/2002/07/owl#", RDFS)
    more = """cm:Ship a <http://www.w3.org/2002/07/owl#Class> ; rdfs:subClassOf cm:Product .
    cm:carries a cm:Relation ; rdfs:label "carries" ; rdfs:domain cm:Ship ; rdfs:range cm:Material ."""
    (tmp_path / "b.ttl").write_text(extra + more, encoding="utf-8")
    schema = load_schema(tmp_path)
    assert schema.classes["Ship"] == {"Ship", "Product", "Entity"}
    assert schema.properties["carries"].domain == ("Ship",)
