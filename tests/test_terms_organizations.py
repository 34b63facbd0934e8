"""The vocabulary of organisations, firms, programmes, facilities, places, offices and people in ontology/terms."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

_FOLDER = Path(__file__).parent.parent / "ontology" / "terms"
_CM = "https://w3id.org/cmkg/ontology#"
_CMR = "https://w3id.org/cmkg/id/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
_PART_OF = "https://schema.org/isPartOf"
_FOLDED = (_SKOS + "prefLabel", _SKOS + "altLabel")
_CLASSES = {
    "agreements": {"Agreement"},
    "companies": {"Company"},
    "facilities": {"Facility", "Place"},
    "offices": {"Office"},
    "organizations": {"GovernmentBody", "InternationalOrganization", "Organization", "Company"},
    "people": {"Official", "Person"},
    "places": {"Place"},
    "policies": {"Policy"},
    "programmes": {"Programme"},
}
_AT_LEAST = {"organizations": 150, "companies": 250, "facilities": 120, "places": 300, "offices": 80, "people": 120}

# Names that two things share on purpose: name -> why. None so far.
_INTENDED_HOMONYMS: dict[str, str] = {}

Facts = dict[str, dict[str, list[str]]]


@cache
def _read(path: Path) -> Facts:
    """Subject → predicate → values of one file; a syntax error fails the test that asked."""
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return facts


def _terms(name: str) -> Facts:
    """The things of one file by their keys."""
    facts = _read(_FOLDER / f"{name}.ttl")
    return {iri.removeprefix(_CMR): said for iri, said in facts.items() if iri.startswith(_CMR)}


def _all_terms() -> Facts:
    """The things of every file in the folder, also those that other tests look after."""
    return {key: said for path in sorted(_FOLDER.glob("*.ttl")) for key, said in _terms(path.stem).items()}


def _matched_forms(said: dict[str, list[str]]) -> set[str]:
    """The names as the matcher compares them: folded, or as written for exact labels."""
    folded = {value.casefold() for name in _FOLDED for value in said.get(name, ())}
    return folded | set(said.get(_CM + "exactLabel", ()))


@pytest.mark.parametrize(("name", "least"), sorted(_AT_LEAST.items()))
def test_a_list_is_as_long_as_an_analyst_needs(name: str, least: int) -> None:
    assert len(_terms(name)) >= least


def test_programmes_agreements_and_laws_together_are_at_least_eighty() -> None:
    assert sum(len(_terms(name)) for name in ("programmes", "agreements", "policies")) >= 80


@pytest.mark.parametrize("name", sorted(_CLASSES))
def test_every_thing_has_one_label_an_allowed_class_and_its_scheme(name: str) -> None:
    for key, said in _terms(name).items():
        assert len(said[_SKOS + "prefLabel"]) == 1, key
        assert len(said[_RDF_TYPE]) == 1, key
        assert said[_RDF_TYPE][0].removeprefix(_CM) in _CLASSES[name], key
        assert said[_SKOS + "inScheme"] == [f"https://w3id.org/cmkg/terms/{name}"], key


@pytest.mark.parametrize("name", sorted(_CLASSES))
def test_every_scheme_names_title_source_and_licence(name: str) -> None:
    scheme = _read(_FOLDER / f"{name}.ttl")[f"https://w3id.org/cmkg/terms/{name}"]
    assert scheme[_DCTERMS + "title"] and scheme[_DCTERMS + "source"] and scheme[_DCTERMS + "license"]


def test_an_iri_is_described_in_one_file_only() -> None:
    origin: dict[str, set[str]] = defaultdict(set)
    for path in sorted(_FOLDER.glob("*.ttl")):
        for iri in _read(path):
            origin[iri].add(path.name)
    assert set(_CLASSES) <= {path.stem for path in _FOLDER.glob("*.ttl")}
    assert {iri: files for iri, files in origin.items() if len(files) > 1} == {}


def test_home_countries_and_parents_are_described_somewhere() -> None:
    known = _all_terms()
    for name in _CLASSES:
        for key, said in _terms(name).items():
            for iri in said.get(_CM + "homeCountry", []) + said.get(_PART_OF, []):
                assert iri.removeprefix(_CMR) in known, f"{key} points to {iri}"


def test_a_home_country_is_a_country_or_the_european_union() -> None:
    countries = _terms("countries")
    for name in _CLASSES:
        for key, said in _terms(name).items():
            assert {iri.removeprefix(_CMR) for iri in said.get(_CM + "homeCountry", ())} <= set(countries), key


def test_no_two_things_answer_to_the_same_name() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in _CLASSES:
        for key, said in _terms(name).items():
            for form in _matched_forms(said):
                owners[form].add(key)
    shared = {form: sorted(keys) for form, keys in owners.items() if len(keys) > 1}
    assert {form: keys for form, keys in shared.items() if form not in _INTENDED_HOMONYMS} == {}


def test_alternative_names_matched_in_any_case_have_at_least_four_letters() -> None:
    for name in _CLASSES:
        for key, said in _terms(name).items():
            for label in said.get(_SKOS + "altLabel", ()):
                assert sum(char.isalnum() for char in label) >= 4, f"{key}: {label}"


def test_no_state_is_also_listed_as_a_place() -> None:
    states = {form for said in _terms("countries").values() for form in _matched_forms(said)}
    places = {key: _matched_forms(said) & states for key, said in _terms("places").items()}
    assert {key: forms for key, forms in places.items() if forms} == {}


def test_external_identifiers_come_with_a_named_source() -> None:
    for name in _CLASSES:
        facts = _read(_FOLDER / f"{name}.ttl")
        sources = " ".join(facts[f"https://w3id.org/cmkg/terms/{name}"][_DCTERMS + "source"])
        if any(_SAME_AS in said for said in facts.values()):
            assert "name-suggestion-index" in sources, name


@pytest.mark.parametrize(
    ("name", "key", "form"),
    [
        ("organizations", "export-import-bank-of-the-united-states", "us exim"),
        ("organizations", "department-of-defense", "pentagon"),
        ("organizations", "ministry-of-commerce-of-china", "chinese commerce ministry"),
        ("companies", "lynas-rare-earths", "Lynas"),
        ("companies", "apple-inc", "Apple"),
        ("programmes", "minerals-security-partnership", "MSP"),
        ("policies", "critical-raw-materials-act", "CRMA"),
        ("facilities", "mountain-pass-mine", "mountain pass"),
        ("offices", "united-states-secretary-of-the-interior", "interior secretary"),
        ("people", "maros-sefcovic", "maros sefcovic"),
    ],
)
def test_usual_short_names_and_spellings_are_listed(name: str, key: str, form: str) -> None:
    assert form in _matched_forms(_terms(name)[key])


def test_a_firm_named_by_an_ordinary_word_is_matched_only_as_written() -> None:
    apple = _terms("companies")["apple-inc"]
    assert "apple" not in {value.casefold() for name in _FOLDED for value in apple.get(name, ())}
