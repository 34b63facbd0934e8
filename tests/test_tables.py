"""Tables in plain text, data sheets, lists of members and stakes, read from whole small documents."""

from __future__ import annotations

import pytest

from tests.reading import claims_of, extraction_of


def test_columns_between_commas_are_told_by_the_head() -> None:
    read = extraction_of(
        "COBALT\n\n(Data in metric tons)\n\nMine production and reserves:\n\nCountry, 2023, 2024, reserves\n\n"
        "Peru, 100, 120, 9,000\n\nChina, —, 40, NA\n\nWorld total, 500, 560, 20,000"
    )
    found = {str(claim) for claim in read.claims}
    assert "peru mines cobalt [time=2024, quantity=120 TONNE]" in found
    assert "peru hasDepositOf cobalt [quantity=9000 TONNE]" in found
    assert not any(claim.startswith("china hasDepositOf") for claim in found)
    assert {("Reserve", 20000.0), ("Production", 560.0), ("Production", 100.0)} <= {
        (o.measure, o.quantity.value) for o in read.observations
    }


def test_dots_lead_from_a_name_to_its_figure() -> None:
    found = claims_of("Output by company, thousand tonnes of copper\n\nCodelco ........ 1,300\n\nAntofagasta . 600")
    assert "codelco produces copper [quantity=1.3e+06 TONNE]" in found


def test_columns_may_be_materials() -> None:
    found = claims_of("Supply (thousand troy ounces)\n\nPalladium Rhodium\n\nRussia 700 58\n\nZimbabwe 448 38")
    assert "russia produces rhodium [quantity=58000 OZ_TROY]" in found
    assert "zimbabwe produces palladium [quantity=448000 OZ_TROY]" in found


def test_shares_behind_an_imported_material_are_those_of_its_origins() -> None:
    read = extraction_of("Metal imports into Japan, 2024\n\nGallium: 131 t (-12%). China 62%, Germany 14%")
    found = {str(claim) for claim in read.claims}
    assert any(c.startswith("germany suppliesTo japan") and "topic=gallium" in c for c in found)
    assert ("gallium", "Change", 12.0) in {(o.entity, o.measure, o.quantity.value) for o in read.observations}


def test_lines_of_a_countrys_sheet_are_about_the_country() -> None:
    found = claims_of("COUNTRY FILE: KAZAKHSTAN\n\nRhenium: about 500 kg\n\nReserves of chromite: 320 million t")
    assert "kazakhstan produces rhenium [quantity=About 500 KiloGM]" in found
    assert "kazakhstan hasDepositOf chromite [quantity=3.2e+08 TONNE]" in found


def test_a_label_opens_a_list_of_members() -> None:
    text = "The Minerals Security Partnership\n\nMEMBERS. Estonia (in the chair), Japan and the United Kingdom."
    assert "united-kingdom memberOf minerals-security-partnership" in claims_of(text)


def test_a_sentence_that_says_more_than_names_is_no_list() -> None:
    text = "The Minerals Security Partnership\n\nMEMBERS. Estonia and Japan met Chile's envoys to discuss tariffs."
    assert not any("memberOf" in claim for claim in claims_of(text))


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("De Beers is 85% Anglo American and 15% Botswana.", "botswana owns de-beers [quantity=15 PERCENT]"),
        (
            "Escondida is run by BHP, holder of 57.5%, with Rio Tinto owning a further 30%.",
            "rio-tinto owns escondida-mine [quantity=30 PERCENT]",
        ),
        (
            "Boliden, 40 per cent of which lies with Rio Tinto, digs ore.",
            "rio-tinto owns boliden [quantity=40 PERCENT]",
        ),
    ],
)
def test_a_share_of_a_firm_that_someone_has_is_a_stake(text: str, stake: str) -> None:
    assert stake in claims_of(text)


def test_a_share_of_a_firms_output_is_no_stake() -> None:
    assert not [c for c in extraction_of("Chile bought 40 per cent of Codelco's output.").claims if c.frame == "stake"]


def test_a_bracket_behind_a_runner_up_goes_on_with_the_leaders_statement() -> None:
    found = claims_of("Chile mined 5.3 Mt of copper, ahead of Peru (2.4 Mt) and the DRC (2.3 Mt).")
    assert "peru mines copper [quantity=2.4e+06 TONNE]" in found
    assert "democratic-republic-of-the-congo mines copper [quantity=2.3e+06 TONNE]" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hole cut 8.2 per cent zinc.", ("zinc", "Content", 8.2)),
        ("Iridium at $6,000 is dear.", ("iridium", "Price", 6000.0)),
    ],
)
def test_the_form_of_a_figure_tells_its_measure(text: str, expected: tuple[str, str, float]) -> None:
    assert expected in {(o.entity, o.measure, o.quantity.value) for o in extraction_of(text).observations}


def test_the_purity_of_a_product_is_no_share() -> None:
    assert not extraction_of("Scandium oxide, 99.99%, was dear in January.").observations
