"""The vocabulary of states, materials, products, applications and events in ontology/terms."""

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
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
_DCTERMS = "http://purl.org/dc/terms/"
_NAMES = [_SKOS + "prefLabel", _SKOS + "altLabel"] + [_CM + name for name in ("exactLabel", "demonym", "metonym")]
_FILES = ["applications", "compounds", "countries", "elements", "events", "groups", "minerals", "products"]

# Labels that two things may share on purpose; none so far.
_INTENDED_HOMONYMS: frozenset[str] = frozenset()

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


def _all() -> Facts:
    return {key: said for name in _FILES for key, said in _terms(name).items()}


def _names(said: dict[str, list[str]]) -> set[str]:
    return {value for name in _NAMES for value in said.get(name, ())}


def _of_class(name: str) -> int:
    return sum(_CM + name in said[_RDF_TYPE] for said in _all().values())


def test_an_iri_is_described_in_one_file_only() -> None:
    origin: dict[str, set[str]] = defaultdict(set)
    paths = sorted(_FOLDER.glob("*.ttl"))
    assert len(paths) >= len(_FILES)
    for path in paths:
        for iri in _read(path):
            origin[iri].add(path.name)
    assert {iri: files for iri, files in origin.items() if len(files) > 1} == {}


@pytest.mark.parametrize("name", _FILES)
def test_every_thing_has_one_class_one_label_and_its_scheme(name: str) -> None:
    for key, said in _terms(name).items():
        assert len(said[_SKOS + "prefLabel"]) == 1, key
        assert len(said[_RDF_TYPE]) == 1, key
        assert said[_SKOS + "inScheme"] == [f"https://w3id.org/cmkg/terms/{name}"], key


@pytest.mark.parametrize("name", _FILES)
def test_every_scheme_names_title_source_and_licence(name: str) -> None:
    scheme = _read(_FOLDER / f"{name}.ttl")[f"https://w3id.org/cmkg/terms/{name}"]
    assert scheme[_DCTERMS + "title"] and scheme[_DCTERMS + "source"] and scheme[_DCTERMS + "license"]


@pytest.mark.parametrize("name", _FILES)
def test_an_identifier_of_wikidata_comes_with_its_source(name: str) -> None:
    scheme = _read(_FOLDER / f"{name}.ttl")[f"https://w3id.org/cmkg/terms/{name}"]
    general = any("Wikidata" in source for source in scheme[_DCTERMS + "source"])
    identified = {key: said for key, said in _terms(name).items() if said.get(_SAME_AS)}
    assert [key for key, said in identified.items() if not (general or said.get(_DCTERMS + "source"))] == []


def test_no_two_things_share_an_identifier_of_wikidata() -> None:
    identifiers = [value for said in _all().values() for value in said.get(_SAME_AS, ())]
    assert len(identifiers) == len(set(identifiers)) == 198 + 118


def test_a_label_names_one_thing_only() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for key, said in _all().items():
        for label in _names(said):
            owners[label.casefold()].add(key)
    shared = {label: keys for label, keys in owners.items() if len(keys) > 1 and label not in _INTENDED_HOMONYMS}
    assert shared == {}


def test_short_labels_are_matched_only_as_written() -> None:
    short = [label for said in _all().values() for label in said.get(_SKOS + "altLabel", ()) if len(label) < 4]
    assert short == []


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("Country", 197),
        ("ChemicalElement", 118),
        ("Mineral", 150),
        ("Compound", 120),
        ("MaterialGroup", 40),
        ("Event", 20),
    ],
)
def test_the_vocabulary_is_as_large_as_promised(name: str, least: int) -> None:
    assert _of_class(name) >= least


def test_there_are_two_hundred_products_and_applications() -> None:
    assert _of_class("Product") + _of_class("Application") >= 200


def test_states_have_both_iso_codes_and_elements_their_symbols() -> None:
    for key, said in _terms("countries").items():
        if key != "european-union":
            assert sorted(len(code) for code in said[_SKOS + "notation"]) == [2, 3], key
    symbols = {said[_SKOS + "notation"][0] for said in _terms("elements").values()}
    assert len(symbols) == 118


@pytest.mark.parametrize("word", ["Chad", "Jordan", "Niger", "Turkey", "Mali", "Guinea", "Oman", "Togo", "Georgia"])
def test_a_state_named_like_a_word_or_person_is_matched_only_as_written(word: str) -> None:
    assert word in _terms("countries")[word.lower()][_CM + "exactLabel"]


@pytest.mark.parametrize("symbol", ["In", "As", "At", "I", "He", "No", "Be", "Am", "Co", "C", "W", "Li", "Ho"])
def test_a_symbol_that_is_also_a_word_or_name_is_not_matched(symbol: str) -> None:
    assert not any(symbol in _names(said) for said in _terms("elements").values())


@pytest.mark.parametrize("word", ["lead", "tin", "mercury", "iron", "carbon"])
def test_an_element_that_is_also_a_common_word_is_marked(word: str) -> None:
    assert _terms("elements")[word][_CM + "ambiguousWord"] == ["true"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Congo", "democratic-republic-of-the-congo"),
        ("Congo (Brazzaville)", "republic-of-the-congo"),
        ("Korea", "south-korea"),
        ("Brussels", "european-union"),
        ("The Hague", "netherlands"),
        ("La Paz", "bolivia"),
        ("U.S.", "united-states"),
        ("Nigerien", "niger"),
        ("Nigerian", "nigeria"),
        ("sulphur", "sulfur"),
        ("aluminium", "aluminum"),
        ("APT", "ammonium-paratungstate"),
        ("bastnäsite", "bastnaesite"),
        ("rare-earth elements", "rare-earths"),
        ("fibre-optic cables", "fiber-optic-cable"),
    ],
)
def test_a_name_that_could_mean_several_things_has_the_owner_decided_on(text: str, key: str) -> None:
    assert [found for found, said in _all().items() if text in _names(said)] == [key]


@pytest.mark.parametrize("capital", ["Singapore", "Luxembourg", "Monaco", "Guatemala City", "Panama City", "Victoria"])
def test_a_capital_named_like_its_country_or_another_place_is_no_metonym(capital: str) -> None:
    assert not any(capital in said.get(_CM + "metonym", ()) for said in _terms("countries").values())


@pytest.mark.parametrize(
    ("group", "size"),
    [
        ("rare-earths", 17),
        ("magnetic-rare-earths", 4),
        ("platinum-group-metals", 6),
        ("united-states-critical-minerals-list", 60),
        ("european-union-critical-raw-materials-list", 34),
        ("european-union-strategic-raw-materials-list", 17),
    ],
)
def test_a_settled_group_has_all_its_members_and_each_is_described(group: str, size: int) -> None:
    members = {iri.removeprefix(_CMR) for iri in _terms("groups")[group][_SKOS + "member"]}
    assert len(members) == size
    assert members <= _all().keys()


def test_light_and_heavy_rare_earths_divide_the_rare_earths_but_scandium() -> None:
    groups = _terms("groups")
    light, heavy, every = (
        set(groups[name][_SKOS + "member"]) for name in ("light-rare-earths", "heavy-rare-earths", "rare-earths")
    )
    assert light & heavy == set()
    assert every - light - heavy == {_CMR + "scandium"}


def test_the_group_critical_minerals_is_none_of_the_official_lists() -> None:
    assert _SKOS + "member" not in _terms("groups")["critical-minerals"]
