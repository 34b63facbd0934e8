"""Names in running text: where they begin and end, and which known thing they are."""

from __future__ import annotations

import pytest

from tests.reading import entity_types, read


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Tungsten West said it would restart the Hemerdon mine.", "Tungsten West", "Company"),
        ("Viridis Mining and Minerals is drilling in Brazil.", "Viridis Mining and Minerals", "Company"),
        ("JS Link will build a magnet plant in Columbus, Georgia.", "JS Link", "Company"),
        ("iMetal Resources acquired the Gowganda West project.", "iMetal Resources", "Company"),
        ("5E Advanced Materials makes boron in California.", "5E Advanced Materials", "Company"),
        ("Lithium Argentina sold its stake.", "Lithium Argentina", "Company"),
        ("J.R. Smith, an analyst at Harwick Research, said prices would fall.", "J.R. Smith", "Person"),
        ("Jean-Luc de la Fontaine, who heads a lithium firm, said so.", "Jean-Luc de la Fontaine", "Person"),
        ("Rustfontein would close, Hendrik van der Merwe said.", "Hendrik van der Merwe", "Person"),
        ("Rep. Alma Torrez asked questions.", "Alma Torrez", "Official"),
        ("MS. CHEN: We have asked for more time.", "CHEN", "Person"),
        ("Macron Metals said it had found tin.", "Macron Metals", "Company"),
        ("The minister met Kang Min-seo, who chairs the board.", "Kang Min-seo", "Person"),
    ],
)
def test_an_unlisted_name_is_found_whole(text: str, name: str, kind: str) -> None:
    assert entity_types(read(text)).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "First, the act of production may seat the company among the leaders.",
        "The price rose to A$12 a kilogram in May.",
        "EXCLUSIVE: The talks failed.",
        "Thank you, Mr. Chairman.",
        "The Act covers 34 materials. The Commission will review it.",
    ],
)
def test_words_with_a_capital_alone_are_no_names(text: str) -> None:
    assert [draft.label for draft in read(text).drafts.values() if draft.named and draft.term is None] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Trump met the ministers.", "Donald Trump"),
        ("The Commission of Ursula von der Leyen met; von der Leyen was content.", "Ursula von der Leyen"),
        ("The U.S. Geological Survey counted the mines.", "US Geological Survey"),
        ("China tightened its rules. The commerce ministry named 28 firms.", "Ministry of Commerce of China"),
        ("China's Ministry of Commerce issued rules.", "Ministry of Commerce of China"),
        ("Teck's Trail smelter makes germanium.", "Teck Resources"),
    ],
)
def test_a_short_or_varied_form_is_the_listed_thing(text: str, label: str) -> None:
    assert label in entity_types(read(text))


def test_a_ministry_whose_country_is_not_clear_stays_open() -> None:
    assert "Ministry of Commerce of China" not in entity_types(read("The commerce ministry of Vietnam named 28 firms."))


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        ("Jordan exports phosphate.", "Jordan", None),
        ("Michael Jordan, an analyst, disagreed.", "Michael Jordan", "Jordan"),
        ("Niger expelled the firm.", "Niger", "Nigeria"),
        ("Nigeria welcomed the firm.", "Nigeria", "Niger"),
        ("The Republic of the Congo pumps oil.", "Republic of the Congo", "Democratic Republic of the Congo"),
        ("Congo mines cobalt.", "Democratic Republic of the Congo", "Republic of the Congo"),
        ("They lead the market.", None, "lead"),
        ("The smelter refines lead and zinc.", "lead", None),
        ("Indium Corporation makes solder.", "Indium Corporation", "indium"),
        ("Chile mines copper.", "Chile", None),
        ("Eric Trump praised it.", "Eric Trump", "Donald Trump"),
        ("Georgia, the Caucasus state, digs manganese.", "Georgia", "State of Georgia"),
        ("Orvela runs a mill in Columbus, Georgia.", "Columbus, Georgia", "Georgia"),
        ("Tin is soft, and tin solder melts soon.", "tin", None),
        ("The Tin Council met in London.", None, "tin"),
        ("Mercury is a toxic metal.", "mercury", None),
        ("Shares of Mercury Minerals rose.", "Mercury Minerals", "mercury"),
        ("Freddie Mercury sang in London.", "Freddie Mercury", "mercury"),
        ("Macron met the minister in Paris.", "Emmanuel Macron", None),
        ("Macron Metals of Canada drilled there.", "Macron Metals", "Emmanuel Macron"),
        ("Lynas Rare Earths (ASX: LYC) fell. LYC then rose.", "LYC", None),
    ],
)
def test_a_homonym_is_only_what_it_means_there(text: str, expected: str | None, absent: str | None) -> None:
    found = entity_types(read(text))
    assert expected is None or expected in found
    assert absent is None or absent not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The firm owns the Kestrel Phase 2 mine.", "Kestrel Phase 2"),
        ("Parliament passed Act No. 88/2025 on stocks.", "Act No. 88/2025"),
    ],
)
def test_a_number_of_its_own_belongs_to_a_name(text: str, name: str) -> None:
    assert name in entity_types(read(text))


def test_a_number_that_counts_belongs_to_no_name() -> None:
    assert "Tesla 3" not in entity_types(read("Tesla 3 years ago bought lithium."))


def test_a_name_known_from_inside_a_sentence_opens_one() -> None:
    kinds = entity_types(read("The mine is owned by Tamarisk. Tamarisk is chaired by Anna Berg."))
    unit = read("The mine is owned by Tamarisk. Tamarisk is chaired by Anna Berg.").units[-1]
    assert "Tamarisk" in kinds
    assert unit.refs[0].start == 0
