"""Questions: the library, parameters, errors, and the formats of answers."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.errors import KgError, QueryError
from kg.explore.query import Query, find_query, list_queries, parse_query, read_any, run_query, run_with_limit
from kg.explore.tables import Cell, Iri, Table, write_table

FOLDER = Path(__file__).parent / "data" / "explore"
LIBRARY = Config.default().queries
QUERIES = list(list_queries(LIBRARY))
REQUIRED = {"subject": "China", "entity": "gallium"}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.load(path=FOLDER / "graph.ttl")
    return found


def ask(store: ox.Store, name: str, **values: str) -> list[dict[str, Cell]]:
    table = run_query(store, find_query(name, LIBRARY), values)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def adhoc(store: ox.Store, text: str, **values: str) -> Table:
    return run_query(store, parse_query("own", text, "own.rq"), values)


def code_of(call: object, *arguments: object, **values: str) -> str:
    with pytest.raises(QueryError) as caught:
        call(*arguments, **values)  # type: ignore[operator]
    return str(caught.value)


def test_the_library_holds_at_least_eighteen_questions() -> None:
    assert len(QUERIES) >= 18


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_question_is_described_and_answers_on_the_sample_graph(store: ox.Store, query: Query) -> None:
    assert query.title and query.description
    table = run_query(store, query, {p.name: REQUIRED[p.name] for p in query.parameters if p.required})
    assert table.rows
    assert not {p.name for p in query.parameters} & set(table.columns)
    assert table.triples is not None or not isinstance(table.rows[0][0], Iri)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rows_do_not_depend_on_the_order_of_loading(store: ox.Store, query: Query) -> None:
    quads = sorted(store, key=str)
    random.Random(7).shuffle(quads)
    other = ox.Store()
    other.extend(quads)
    values = {p.name: REQUIRED[p.name] for p in query.parameters if p.required}
    assert run_query(other, query, values).rows == run_query(store, query, values).rows


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_optional_parameter_restricts_the_answer(store: ox.Store, query: Query) -> None:
    absent = {"entity": "Chile", "modality": "Possible", "date": "2999", "text": "0", "property": "usedIn"}
    required = {p.name: REQUIRED[p.name] for p in query.parameters if p.required}
    everything = run_query(store, query, required)
    for parameter in query.parameters:
        if not parameter.required and parameter.kind in absent:
            value = "1000" if parameter.name == "until" else absent[parameter.kind]
            rows = run_query(store, query, required | {parameter.name: value}).rows
            assert len(rows) < len(everything.rows), parameter.name


def test_agreements_tell_had_sought_and_refused_apart(store: ox.Store) -> None:
    standing = {(row["party"], row["partner"]): row["standing"] for row in ask(store, "agreements")}
    assert standing["Japan", "Australia"] == "Asserted"
    assert standing["United States", "Indonesia"] == "Planned"
    assert standing["India", "China"] == "Negated"


def test_an_alias_an_article_and_either_side_find_the_agreement(store: ox.Store) -> None:
    for name in ("Japan", "tokyo", "the Japan", "cmr:japan", "https://w3id.org/cmkg/id/japan", "Canberra"):
        assert [row["topicName"] for row in ask(store, "agreements", country=name)] == ["rare earths"]


def test_an_unset_parameter_does_not_restrict(store: ox.Store) -> None:
    assert len(ask(store, "agreements")) == 4
    assert len(ask(store, "agreements", modality="planned")) == 1


def test_shares_come_with_their_speaker(store: ox.Store) -> None:
    rows = ask(store, "shares", material="rare earths", property="processes")
    assert [(row["value"], row["speaker"]) for row in rows] == [(90, "Doug Burgum"), (85, "Northgate Research")]


def test_restrictions_name_their_target(store: ox.Store) -> None:
    rows = ask(store, "restrictions", country="Beijing", target="US")
    assert [(row["what"], row["against"], row["modality"]) for row in rows] == [
        ("gallium", "United States", "Asserted")
    ]


def test_disagreements_show_both_figures_and_a_denial(store: ox.Store) -> None:
    rows = ask(store, "disagreements")
    assert [(row["subject"], row["says"]) for row in rows] == [
        ("China", "85 percent"),
        ("China", "90 percent"),
        ("China", "denied"),
        ("China", "stated"),
        ("cobalt", "$48,000"),
        ("cobalt", "$52,000"),
    ]


def test_supply_chain_goes_from_element_through_product_to_maker(store: ox.Store) -> None:
    rows = ask(store, "supply-chain", material="Nd")
    assert ("permanent magnet", "F-35", "Lockheed Martin") in {
        (row["firstStep"], row["product"], row["maker"]) for row in rows
    }


def test_ownership_follows_the_chain(store: ox.Store) -> None:
    rows = ask(store, "ownership", company="Glencore plc")
    assert [(row["through"], row["owned"]) for row in rows] == [
        ("Glencore", "Katanga Mining"),
        ("Katanga Mining", "Kamoto Copper Company"),
    ]


def test_a_facility_is_found_by_the_country_its_place_lies_in(store: ox.Store) -> None:
    assert {row["facility"] for row in ask(store, "facilities", country="US")} == {"Mountain Pass mine"}


def test_timeline_ends_with_the_day_asked_for(store: ox.Store) -> None:
    assert {str(row["when"])[:4] for row in ask(store, "timeline", since="2025", until="2025")} == {"2025"}


def test_a_second_publication_of_a_text_is_listed(store: ox.Store) -> None:
    assert [row["copy"] for row in ask(store, "documents", since="2026-02")] == ["pact-copy.txt"]


@pytest.mark.parametrize("hostile", ['" } DROP ALL', "> } INSERT DATA { <a:a> <a:b> <a:c> }", "<a b>", "x' ; .\n# "])
def test_a_hostile_value_is_only_an_unknown_name(store: ox.Store, hostile: str) -> None:
    before = len(store)
    with pytest.raises(QueryError) as caught:
        ask(store, "about", entity=hostile)
    assert caught.value.code in ("K304", "K305")
    assert len(store) == before


def test_a_hostile_text_value_is_compared_not_run(store: ox.Store) -> None:
    assert ask(store, "figures", measure='Price" || "a" = "a') == []


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("agreements", {"contry": "x"}, 'K302 query agreements: there is no parameter "contry". Did you mean country?'),
        ("evidence", {}, "K303 query evidence: a parameter is missing. Add subject=…"),
        ("agreements", {"country": "Burgam"}, "K305 query agreements, country: nothing in this graph is called"),
        ("agreements", {"country": "Congo"}, 'K306 query agreements, country: "Congo" stands for cmr:congo ('),
        ("agreements", {"country": "Georgia"}, "K306"),
        ("agreements", {"country": "cmr:nowhere"}, "K305 query agreements, country: cmr:nowhere is not in this graph"),
        ("agreements", {"modality": "sure"}, "K304 query agreements, modality: "),
        ("timeline", {"since": "2026-13"}, "K304 query timeline, since: "),
        ("shares", {"property": "eats"}, 'K305 query shares, property: no property "eats" is used'),
        ("entities", {"class": "Dragon"}, 'K305 query entities, class: no class "Dragon" is used'),
    ],
)
def test_a_wrong_parameter_is_one_clear_line(store: ox.Store, name: str, values: dict[str, str], said: str) -> None:
    message = code_of(ask, store, name, **values)
    assert message.startswith("error " + said)
    assert "\n" not in message


def test_an_unknown_query_names_the_nearest() -> None:
    assert code_of(find_query, "agrements", LIBRARY) == (
        "error K301 query agrements: there is no query of this name. Did you mean agreements?"
    )


def test_malformed_sparql_says_file_and_line(store: ox.Store) -> None:
    message = code_of(adhoc, store, "SELECT ?s {\n ?s ?p ?o .\n FILTR(?s) }")
    assert message.startswith("error K307 own.rq:3:")
    assert "\n" not in message


def test_a_parameter_outside_the_select_line_is_named(store: ox.Store) -> None:
    text = "# param x (required) text: a word\nSELECT ?s { ?s rdfs:label ?x }"
    assert "K307 own.rq: parameter ?x does not stand in the SELECT line" in code_of(adhoc, store, text, x="China")


def test_a_malformed_header_says_its_line() -> None:
    assert code_of(parse_query, "own", "# title: a\n# param x optional entity", "own.rq").startswith(
        "error K312 own.rq:2"
    )
    assert "K312" in code_of(parse_query, "own", "# param x (optional) thing: a", "own.rq")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://localhost/x> { ?s ?p ?o } }",
        "SELECT * { service silent <http://localhost/x> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://localhost/x>{} }",
        "SELECT * { # it's\r SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s cm:a\\#b ?o . SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a' . SERVICE ?x { ?s ?p 'b' } }",
        "DROP ALL",
        "# a note\nPREFIX x: <http://example.org/a#b>\nLOAD <http://localhost/x>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
    ],
)
def test_what_writes_or_leaves_the_graph_is_refused(store: ox.Store, text: str) -> None:
    assert "error K309 own.rq: " in code_of(adhoc, store, text)


def test_the_word_service_in_a_text_comment_or_name_is_no_service(store: ox.Store) -> None:
    text = 'SELECT ?service { # a service\n ?service rdfs:label ?l FILTER(?l = "service" || ?l = "Japan") }'
    assert len(adhoc(store, text).rows) == 1


def test_default_values_of_parameters_are_used(store: ox.Store) -> None:
    text = "# param x (optional, default Japan) entity: a\nSELECT ?l ?x { ?x rdfs:label ?l }"
    assert adhoc(store, text).rows == (("Japan",),)
    assert adhoc(store, text, x="US").rows == (("United States",),)


def test_rows_without_an_order_are_sorted(store: ox.Store) -> None:
    rows = adhoc(store, "SELECT ?l { ?x a cm:Country ; rdfs:label ?l }").rows
    assert rows == tuple(sorted(rows))


def test_ask_gives_one_row(store: ox.Store) -> None:
    assert adhoc(store, "ASK { cmr:japan ?p ?o }") == Table(("answer",), ((True,),))


def test_a_query_without_end_is_stopped() -> None:
    endless = parse_query("own", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "own.rq")
    with pytest.raises(
        QueryError, match=r"error K308 own.rq: stopped after 1 s\. Narrow the query, or raise --timeout\."
    ):
        run_with_limit(FOLDER, endless, {}, 1)


def test_errors_and_answers_come_back_from_the_limited_process(tmp_path: Path) -> None:
    own = parse_query("own", "SELECT ?l { cmr:japan rdfs:label ?l }", "own.rq")
    assert run_with_limit(FOLDER, own, {}, 60).rows == (("Japan",),)
    with pytest.raises(KgError, match="error K401 "):
        run_with_limit(tmp_path, own, {}, 60)


def test_a_file_that_is_missing_or_no_text_is_one_line(tmp_path: Path) -> None:
    binary = tmp_path / "binary.rq"
    binary.write_bytes(b"\xff\xfe\x00")
    assert code_of(read_any, str(tmp_path / "none.rq"), LIBRARY).endswith(
        "cannot be read (No such file or directory). Give a UTF-8 text file."
    )
    assert "K311" in code_of(read_any, str(binary), LIBRARY)


def test_csv_is_exact() -> None:
    table = Table(
        ("name", "n", "node"), (('a "b", c\nd', None, Iri("https://w3id.org/cmkg/id/x")), ("=é\x1b[31m", 5, None))
    )
    text = "".join(write_table(table, "csv"))
    assert text == 'name,n,node\r\n"a ""b"", c\nd",,https://w3id.org/cmkg/id/x\r\n=é[31m,5,\r\n'
    assert list(csv.reader(io.StringIO(text, newline="")))[1][0] == 'a "b", c\nd'


def test_json_keeps_numbers_truth_and_nothing(store: ox.Store) -> None:
    table = adhoc(
        store,
        "SELECT ?i ?d ?b ?n ?t { VALUES (?i ?d ?b ?n ?t) "
        "{ (10000000000 0.5 true UNDEF '7') (1 1.0e10 false UNDEF 'é') } }",
    )
    assert json.loads("".join(write_table(table, "json"))) == [
        {"i": 1, "d": 10000000000, "b": False, "n": None, "t": "é"},
        {"i": 10000000000, "d": 0.5, "b": True, "n": None, "t": "7"},
    ]
    assert [json.loads(line)["i"] for line in write_table(table, "jsonl")] == [1, 10000000000]


def test_large_figures_are_written_out(store: ox.Store) -> None:
    table = adhoc(store, "SELECT ?d ?e { VALUES (?d ?e) { (1.5e12 0.10) } }")
    assert list(write_table(table, "csv"))[1] == "1500000000000,0.1\r\n"


def test_table_shortens_names_and_cells_only_for_a_terminal() -> None:
    table = Table(
        ("node", "text"), ((Iri("https://w3id.org/cmkg/id/x"), "a long\nsentence\x1b]0;x\x07 of many words"),)
    )
    assert list(write_table(table, "table"))[2] == "cmr:x  a long sentence]0;x of many words\n"
    assert all(len(line) <= 31 for line in write_table(table, "table", 30))
    assert "…" in list(write_table(table, "table", 30))[2]


def test_turtle_is_for_triples_only(store: ox.Store) -> None:
    table = run_query(store, find_query("network", LIBRARY), {"entity": "cobalt"})
    again = ox.Store()
    again.load("".join(write_table(table, "ttl")), format=ox.RdfFormat.TURTLE)
    assert len(again) == len(table.rows)
    assert "K310 --format ttl" in code_of(
        lambda: list(write_table(adhoc(store, "SELECT ?s { ?s a cm:Country }"), "ttl"))
    )
