from __future__ import annotations

import pytest
from graph_samples import SCHEMA, copper_wire, tin_note
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.iris import CMR
from kg.graph.names import fold, is_abbreviation, is_generic_body, is_name, normal_form, slug
from kg.graph.resolve import Resolution, compatible, resolve
from kg.records import Document, Entity, Extraction


def doc(name: str, *entities: Entity) -> Extraction:
    return Extraction(Document(name, "", f"{name}.txt"), entities)


def named(label: str, kind: str, *alt_labels: str, key: str = "x", term: str | None = None) -> Entity:
    return Entity(key, kind, label, alt_labels, term=term)


def one(*entities: Entity, reserved: tuple[str, ...] = ()) -> Resolution:
    """Each entity in a document of its own, resolved."""
    return resolve([doc(f"d{number}", entity) for number, entity in enumerate(entities)], SCHEMA, reserved)


def iris(*entities: Entity) -> list[str]:
    return [iri.removeprefix(CMR) for _, iri in sorted(one(*entities).iris.items())]


def test_entities_of_one_known_term_are_one_node_with_all_their_names() -> None:
    found = one(
        named("China", "Country", "Beijing", term="china"), named("China", "Country", "the Asian power", term="china")
    )
    (node,) = found.nodes.values()
    assert (node.iri, node.label, node.alt_labels) == (CMR + "china", "China", ("Beijing", "the Asian power"))
    assert node.documents == ("d0", "d1")
    assert [merge.rule for merge in found.merges] == ["known term"]


@pytest.mark.parametrize(
    ("one_name", "other_name", "kind"),
    [
        ("Lunda Metals", "LUNDA METALS LTD.", "Company"),
        ("Lunda Metals AG", "Lunda Metals Inc", "Company"),
        ("Société Minière", "Societe Miniere SA", "Company"),
        ("the Lunda Pact", "Lunda Pact", "Agreement"),
        ("Pea-Ridge mine", "Pea Ridge Mine", "Facility"),
        ("Ana Sousa", "ANA SOUSA", "Person"),
        ("infrared lenses", "Infrared lens", "Product"),
        ("flow battery", "flow batteries", "Product"),
        ("glass", "glasses", "Compound"),
    ],
)
def test_spellings_of_one_name_merge_across_documents(one_name: str, other_name: str, kind: str) -> None:
    found = one(named(one_name, kind), named(other_name, kind))
    assert len(found.nodes) == 1
    assert [merge.rule for merge in found.merges] == ["same name"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (named("Georgia", "Country", term="georgia"), named("Georgia", "Place", term="georgia-us-state")),
        (named("Niger", "Country", term="niger"), named("Nigeria", "Country", term="nigeria")),
        (named("Niger", "Country"), named("Nigeria", "Country")),
        (named("Indium Corporation", "Company"), named("indium", "ChemicalElement", term="indium")),
        (named("Mercury", "Company"), named("mercury", "ChemicalElement", term="mercury")),
        (named("Jordan", "Country", term="jordan"), named("Jordan", "Person")),
        (
            named("Democratic Republic of the Congo", "Country", "Congo", term="democratic-republic-of-the-congo"),
            named("Republic of the Congo", "Country", term="republic-of-the-congo"),
        ),
        (named("Lead", "Company"), named("lead", "ChemicalElement", term="lead")),
        (named("Tin", "Company"), named("tin", "ChemicalElement", term="tin")),
        (named("Chile", "Country", term="chile"), named("Chile Lithium", "Company")),
        (named("Emmanuel Macron", "Official", "Macron", term="emmanuel-macron"), named("Macron", "Company")),
        (named("George", "Person"), named("George", "Person")),
        (named("Sousa", "Official"), named("Ana Sousa", "Official", "Sousa")),
        (named("Metal AG", "Product"), named("Metal", "Product")),
        (named("Geological Survey", "GovernmentBody"), named("Geological Survey", "GovernmentBody")),
        (named("Central Bank", "GovernmentBody"), named("central bank", "GovernmentBody")),
        (named("Ministry of Mines", "GovernmentBody"), named("Ministry of Mines", "GovernmentBody")),
    ],
)
def test_homonyms_stay_two(first: Entity, second: Entity) -> None:
    found = one(first, second)
    assert len(found.nodes) == 2
    assert found.merges == ()


def test_two_full_names_in_one_document_stay_two_and_take_no_third() -> None:
    georges = doc("a", named("George Roe", "Person", key="g1"), named("George Roe", "Person", key="g2"))
    found = resolve([georges, doc("b", named("George Roe", "Person"))], SCHEMA)
    assert len(found.nodes) == 3
    assert found.merges == ()


def test_a_description_stays_in_its_document() -> None:
    plant = Entity("p", "Facility", "the plant at Oak Hill", named=False)
    found = resolve([doc("a b", plant), doc("c", plant)], SCHEMA)
    assert sorted(found.nodes) == [CMR + "doc/a%20b/e/plant-at-oak-hill", CMR + "doc/c/e/plant-at-oak-hill"]


def test_two_descriptions_of_equal_words_in_one_document_are_two_nodes() -> None:
    plants = (Entity("p1", "Facility", "a plant", named=False), Entity("p2", "Facility", "a plant", named=False))
    assert sorted(resolve([doc("a", *plants)], SCHEMA).nodes) == [CMR + "doc/a/e/plant", CMR + "doc/a/e/plant-2"]


def test_a_known_person_of_general_type_joins_the_official() -> None:
    found = one(named("Ana Sousa", "Person"), named("Ana Sousa", "Person"), named("Ana Sousa", "Official"))
    (node,) = found.nodes.values()
    assert node.type == "Official"


def test_a_general_type_joins_the_most_frequent_specific_one() -> None:
    company, body = named("Orano", "Company"), named("Orano", "GovernmentBody")
    found = one(company, company, body, named("Orano", "Organization"))
    assert sorted((node.type, len(node.documents)) for node in found.nodes.values()) == [
        ("Company", 3),
        ("GovernmentBody", 1),
    ]
    assert sorted(found.nodes) == [CMR + "orano-company", CMR + "orano-governmentbody"]


def test_a_name_joins_the_known_thing_that_bears_it_in_another_document() -> None:
    known = named("Lynas", "Company", "Lynas Rare Earths", "the miner", term="lynas")
    found = one(known, named("Lynas Rare Earths Ltd", "Organization"))
    assert set(found.iris.values()) == {CMR + "lynas"}
    assert [(merge.rule, merge.labels) for merge in found.merges] == [("other name", ("Lynas Rare Earths Ltd",))]
    assert next(iter(found.nodes.values())).label == "Lynas"


def test_a_lower_case_name_joins_its_known_thing() -> None:
    assert iris(named("lithium", "ChemicalElement", term="lithium"), named("Lithium", "ChemicalElement")) == [
        "lithium",
        "lithium",
    ]


def test_a_site_may_be_called_by_its_bare_name_where_only_one_site_bears_it() -> None:
    mine, bare = named("Oak Hill mine", "Facility"), named("Oak Hill", "Facility")
    assert iris(mine, bare) == ["oak-hill-mine", "oak-hill-mine"]
    assert len(one(mine, named("Oak Hill refinery", "Facility"), bare).nodes) == 3
    assert len(one(mine, named("Oak Hill", "Place")).nodes) == 2


def test_a_firm_may_be_called_by_a_name_that_one_document_gives_it() -> None:
    assert iris(named("Lunda Metals", "Company", "Lunda"), named("Lunda", "Organization")) == ["lunda-metals"] * 2
    assert len(one(named("Lunda Pact", "Agreement", "Lunda"), named("Lunda", "Agreement")).nodes) == 2


def test_an_abbreviation_joins_the_one_compatible_thing_that_defines_it() -> None:
    fund = named("Mineral Reserve Fund", "Programme", "MRF")
    found = one(fund, named("MRF", "Programme"))
    assert set(found.iris.values()) == {CMR + "mineral-reserve-fund"}
    assert [merge.rule for merge in found.merges] == ["abbreviation"]


def test_an_abbreviation_with_two_bearers_or_another_type_joins_none() -> None:
    fund, firm = named("Mineral Reserve Fund", "Programme", "MRF"), named("Mount Royal Foundry", "Programme", "MRF")
    assert len(one(fund, firm, named("MRF", "Programme")).nodes) == 3
    assert len(one(fund, named("MRF", "Person")).nodes) == 2


def test_a_description_is_no_name_by_which_another_document_could_mean_a_thing() -> None:
    known = named("Lynas", "Company", "the miner", term="lynas")
    assert len(one(known, named("the miner", "Company")).nodes) == 2


def test_the_slug_of_a_known_term_is_never_taken() -> None:
    assert list(one(named("Cobalt", "Company"), reserved=("cobalt",)).nodes) == [CMR + "cobalt-company"]


def test_a_node_takes_a_full_name_rather_than_its_frequent_abbreviation() -> None:
    fund, short = named("Mineral Reserve Fund", "Programme", "MRF"), named("MRF", "Programme")
    (node,) = one(fund, short, short, short).nodes.values()
    assert (node.label, node.alt_labels) == ("Mineral Reserve Fund", ("MRF",))


LABELS = ["Orano", "Orano SA", "ORN", "Ana Sousa", "Sousa", "the plant", "Lynas", "Energy Ministry"]
KINDS = ["Company", "Organization", "Person", "Official", "Facility", "GovernmentBody"]
ENTITIES = st.builds(
    Entity,
    st.just("x"),
    st.sampled_from(KINDS),
    st.sampled_from(LABELS),
    st.lists(st.sampled_from([*LABELS, "it"]), max_size=2).map(tuple),
    term=st.sampled_from([None, None, "orano", "lynas"]),
    named=st.booleans(),
)


@given(st.lists(st.lists(ENTITIES, max_size=3), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_documents_and_entities_does_not_matter(groups: list[list[Entity]], random: object) -> None:
    def numbered(entities: list[Entity]) -> tuple[Entity, ...]:
        return tuple(
            Entity(f"e{index}", e.type, e.label, e.alt_labels, term=e.term, named=e.named)
            for index, e in enumerate(entities)
        )

    documents = [doc(f"d{index}", *numbered(entities)) for index, entities in enumerate(groups)]
    shuffled = [Extraction(item.document, item.entities[::-1]) for item in documents]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = resolve(documents, SCHEMA), resolve(shuffled, SCHEMA)
    assert first == second
    assert list(first.nodes) == list(second.nodes)
    assert set(first.iris.values()) == set(first.nodes)
    assert len(first.iris) == sum(len(group) for group in groups)


def test_the_samples_merge_as_explained() -> None:
    merges = [str(merge) for merge in resolve([copper_wire(), tin_note()], SCHEMA).merges]
    assert merges == [
        f"{CMR}chile: Chile (known term; 2 documents)",
        f"{CMR}lunda-metals-ltd: Lunda Metals, Lunda Metals Ltd (same name; 2 documents)",
        f"{CMR}tin: tin (known term; 2 documents)",
    ]


def test_types_are_compatible_when_one_is_above_the_other() -> None:
    assert compatible("Person", "Official", SCHEMA) and compatible("Company", "Organization", SCHEMA)
    assert not compatible("Company", "GovernmentBody", SCHEMA)


def test_normal_forms_and_slugs() -> None:
    assert fold("  S.A. Mühle–Straße’s ") == "sa muhle strasses"
    assert normal_form("AG", firm=True) == "ag"
    assert normal_form("bus", kind=True) != normal_form("bush", kind=True)
    assert normal_form("magnets", kind=True) == normal_form("magnet", kind=True) != normal_form("magnetite", kind=True)
    assert normal_form("The Ore Co., Ltd", firm=True) == "ore"
    assert slug("Ørsted & Sønner") == "orsted-sonner"
    assert slug("中国") == "u4e2du56fd"
    assert slug("!") == "thing"


def test_names_descriptions_abbreviations_and_generic_bodies_are_told_apart() -> None:
    assert is_name("Lynas Rare Earths") and not is_name("its parent") and not is_name("miner") and not is_name(" ")
    assert is_abbreviation("EXIM") and is_abbreviation("U.S.") and not is_abbreviation("Exim")
    assert is_generic_body("Ministry of Energy and Mines") and not is_generic_body("Peru's energy ministry")
