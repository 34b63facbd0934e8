"""Statements that lines of figures and series make, read from whole small documents."""

from __future__ import annotations

import pytest

from tests.reading import claims_of, extraction_of


def test_figures_under_a_heading_take_its_unit_year_and_material() -> None:
    found = claims_of("Lithium\n\nMine production in 2024 (tonnes)\n\nChile: 49,000\n\nAustralia: 88,000")
    assert "chile mines lithium [time=2024, quantity=49000 TONNE]" in found
    assert "australia mines lithium [time=2024, quantity=88000 TONNE]" in found


def test_figures_behind_a_stem_are_read_in_one_sentence() -> None:
    found = claims_of("COBALT\n\nReserves: Peru, 2.1 million t; Mexico, 400,000 t.")
    assert "peru hasDepositOf cobalt [quantity=2.1e+06 TONNE]" in found
    assert "mexico hasDepositOf cobalt [quantity=400000 TONNE]" in found


def test_import_sources_are_those_of_the_sheets_own_country() -> None:
    text = "NIOBIUM\n\nDomestic use: Mills in the United States used it.\n\nImport sources (2020–23): Brazil, 66%; Canada, 26%."
    assert any(c.startswith("united-states imports niobium") and "origin=brazil" in c for c in claims_of(text))


@pytest.mark.parametrize("gap", ["\t", " | ", "   "])
def test_columns_of_a_table_have_a_stem_each(gap: str) -> None:
    rows = [("Country", "Mine production 2024", "Reserves"), ("Indonesia", "28,000 t", "640,000 t")]
    found = claims_of("Cobalt figures\n\n" + "\n".join(gap.join(row) for row in rows))
    assert "indonesia mines cobalt [time=2024, quantity=28000 TONNE]" in found
    assert "indonesia hasDepositOf cobalt [quantity=640000 TONNE]" in found


def test_years_in_a_tables_head_give_the_last_for_the_claim_and_all_for_observations() -> None:
    read = extraction_of(
        "Tungsten\n\nWorld mine production (metric tons)\n\nCountry\t2023\t2024\n\nVietnam\t3,500\t3,400"
    )
    assert "vietnam mines tungsten [time=2024, quantity=3400 TONNE]" in {str(c) for c in read.claims}
    assert {(o.quantity.value, o.time) for o in read.observations} == {(3500.0, "2023"), (3400.0, "2024")}


def test_rows_without_a_stem_say_nothing() -> None:
    assert not claims_of("Lithium\n\nResults\n\nChile: 3\n\nFrance: 1")


def test_a_bracket_after_a_name_is_its_figure() -> None:
    found = claims_of("Russia (80,000 kg) and South Africa (70,000 kg) were the main producers of palladium.")
    assert "russia produces palladium [quantity=80000 KiloGM]" in found
    assert "south-africa produces palladium [quantity=70000 KiloGM]" in found


def test_respectively_pairs_first_with_first() -> None:
    found = claims_of("Ruthenium and iridium are used in electronics and crucibles, respectively.")
    assert {c.split(" [")[0] for c in found} == {"ruthenium usedIn electronics", "iridium usedIn crucible"}


def test_a_series_goes_on_with_the_statement_before() -> None:
    found = claims_of(
        "Kazakhstan mined 39 per cent of the world's uranium. Canada came next with 20 per cent, then Namibia with 12."
    )
    assert "canada mines uranium [quantity=20 PERCENT]" in found
    assert "namibia mines uranium [quantity=12 PERCENT]" in found


def test_a_figure_of_something_else_goes_on_with_nothing() -> None:
    found = claims_of("Chile mined 49,000 tonnes of lithium. Argentina came second with 4 lawyers.")
    assert not any(c.startswith("argentina") for c in found)


def test_the_speaker_of_a_label_is_the_source_until_the_next() -> None:
    text = (
        "MS. HALE: China exports uranium to Japan.\n\nMR. BOYD: Chile exports lithium to France.\n\nMS. HALE: Thanks."
    )
    said = {(c.object, c.said_by) for c in extraction_of(text).claims if c.property == "exports"}
    assert said == {("uranium", "hale"), ("lithium", "boyd")}
