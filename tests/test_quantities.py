"""Quantities are found with value, unit, comparator and exact span; other numbers are left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.quantities import QuantityMention, find_quantities
from kg.annotate.units import DENOMINATORS
from kg.annotate.wordlist import word_list

# Sentence, then each expected quantity as "surface = reading", parted by "|".
FOUND: list[tuple[str, str]] = [
    # percentages
    ("Chad holds 60 percent of the deposit.", "60 percent = 60 PERCENT percent"),
    ("Chad holds 60 per cent of it.", "60 per cent = 60 PERCENT percent"),
    ("Shares lost 4.5% on the day.", "4.5% = 4.5 PERCENT percent"),
    ("The ore is 98.8 pc pure.", "98.8 pc = 98.8 PERCENT percent"),
    ("Margins slid by 3 percentage points.", "3 percentage points = 3 PERCENT points"),
    ("Rates rose 25 basis points.", "25 basis points = 0.25 PERCENT points"),
    ("A 19-per-cent duty applies.", "19-per-cent = 19 PERCENT percent"),
    ("Ten percent of the ore is lost.", "Ten percent = 10 PERCENT percent"),
    (
        "It mines some 60 percent of the ore and processes around 90.",
        "some 60 percent = About 60 PERCENT percent|around 90 = About 90 PERCENT percent",
    ),
    ("Peru had 24 per cent, then Chile with 12.", "24 per cent = 24 PERCENT percent|12 = 12 PERCENT percent"),
    (
        "The grades were 60, 70 and 80 percent.",
        "60 = 60 PERCENT percent|70 = 70 PERCENT percent|80 percent = 80 PERCENT percent",
    ),
    # shares
    ("About half of the zinc is exported.", "About half = About 50 PERCENT percent"),
    ("Half the world's boron comes from here.", "Half = 50 PERCENT percent"),
    ("It bought half of its rival plus one share.", "half = AtLeast 50 PERCENT percent"),
    ("Roughly two-thirds of the tin is smelted there.", "Roughly two-thirds = About 66.7 PERCENT percent"),
    ("A third of the ore is waste.", "A third = 33.3 PERCENT percent"),
    ("They hold three-quarters of the capacity.", "three-quarters = 75 PERCENT percent"),
    ("Nine-tenths of demand is Asian.", "Nine-tenths = 90 PERCENT percent"),
    ("A tenth of that amount is held back.", "A tenth = 10 PERCENT percent"),
    ("Sales climbed by a quarter to 40 tonnes.", "a quarter = 25 PERCENT percent|40 tonnes = 40 TONNE mass"),
    ("Output fell by a fifth.", "a fifth = 20 PERCENT percent"),
    ("Some one-half of it is lost.", "Some one-half = About 50 PERCENT percent"),
    ("Nine out of ten atoms are stable.", "Nine out of ten = 90 PERCENT percent"),
    ("Prices are up a third this year.", "a third = 33.3 PERCENT percent"),
    # masses
    ("The mine made 220,000 tonnes.", "220,000 tonnes = 220000 TONNE mass"),
    ("It shipped 300 t last year.", "300 t = 300 TONNE mass"),
    (
        "Reserves: Peru, 6.0 million t; Chad, 640,000 t.",
        "6.0 million t = 6e+06 TONNE mass|640,000 t = 640000 TONNE mass",
    ),
    ("The deposit holds 2.5 Mt of ore.", "2.5 Mt = 2.5e+06 TONNE mass"),
    ("Stocks stood at 12 kt.", "12 kt = 12000 TONNE mass"),
    ("They moved 5m tonnes of ore.", "5m tonnes = 5e+06 TONNE mass"),
    ("They moved 3 thousand tonnes.", "3 thousand tonnes = 3000 TONNE mass"),
    ("It sold 40 metric tons of tin.", "40 metric tons = 40 TONNE mass"),
    ("It sold 40 short tons of tin.", "40 short tons = 40 TON_SHORT mass"),
    ("The part weighs 12 kilograms.", "12 kilograms = 12 KiloGM mass"),
    ("The part weighs 12kg.", "12kg = 12 KiloGM mass"),
    ("Each phone has about three grams of it.", "about three grams = About 3 GM mass"),
    ("It needs up to one tonne of steel.", "up to one tonne = AtMost 1 TONNE mass"),
    ("It needs up to a kilogram of steel.", "up to a kilogram = AtMost 1 KiloGM mass"),
    ("Traders hold half a million tonnes.", "half a million tonnes = 500000 TONNE mass"),
    ("They dug one and a half tonnes of ore.", "one and a half tonnes = 1.5 TONNE mass"),
    ("They dug 2½ tonnes of ore.", "2½ tonnes = 2.5 TONNE mass"),
    ("They dug a hundred thousand tonnes.", "a hundred thousand tonnes = 100000 TONNE mass"),
    ("They dug two hundred and fifty thousand tonnes.", "two hundred and fifty thousand tonnes = 250000 TONNE mass"),
    ("Some 23\u202f270 tonnes were sold.", "Some 23\u202f270 tonnes = About 23270 TONNE mass"),
    ("The plant recovered 63 million kg.", "63 million kg = 6.3e+07 KiloGM mass"),
    ("A 3,000-tonne plant is planned.", "3,000-tonne = 3000 TONNE mass"),
    ("They own 5 ounces of rhodium and 9 carats of diamond.", "5 ounces = 5 OZ_TROY mass|9 carats = 9 CARAT mass"),
    # money
    ("The bank gave a $10 billion loan.", "$10 billion = 1e+10 CCY_USD money"),
    ("The bank gave a $500-million loan.", "$500-million = 5e+08 CCY_USD money"),
    ("The agency lends $553m to the line.", "$553m = 5.53e+08 CCY_USD money"),
    ("It cost $3.4bn.", "$3.4bn = 3.4e+09 CCY_USD money"),
    ("Profit fell to A$8.0 million.", "A$8.0 million = 8e+06 CCY_AUD money"),
    ("A US$970 million plant is due.", "US$970 million = 9.7e+08 CCY_USD money"),
    ("A C$40m stake changed hands.", "C$40m = 4e+07 CCY_CAD money"),
    ("The fund is worth €2 billion.", "€2 billion = 2e+09 CCY_EUR money"),
    ("The fund is worth 2 billion euros.", "2 billion euros = 2e+09 CCY_EUR money"),
    ("The fund is worth £2 million.", "£2 million = 2e+06 CCY_GBP money"),
    (
        "They owe 3.5 million yuan ($490,000).",
        "3.5 million yuan = 3.5e+06 CCY_CNY money|$490,000 = 490000 CCY_USD money (conversion)",
    ),
    ("They owe 300 billion tenge.", "300 billion tenge = 3e+11 CCY_KZT money"),
    ("They owe RM5 million.", "RM5 million = 5e+06 CCY_MYR money"),
    ("They owe USD 5 million.", "USD 5 million = 5e+06 CCY_USD money"),
    ("They owe 5 million US dollars.", "5 million US dollars = 5e+06 CCY_USD money"),
    ("A firm signed under a $258 million contract.", "$258 million = 2.58e+08 CCY_USD money"),
    ("The state gave more than $59 million.", "more than $59 million = AtLeast 5.9e+07 CCY_USD money"),
    ("The metal cost $39,000 a ton.", "$39,000 = 39000 CCY_USD money per TONNE"),
    ("The metal cost $12.50/lb.", "$12.50 = 12.5 CCY_USD money per LB"),
    ("The metal cost $700 per kilogram.", "$700 = 700 CCY_USD money per KiloGM"),
    ("It costs 50 cents a pound.", "50 cents = 0.5 CCY_USD money per LB"),
    ("Shares cost A$13.25 apiece.", "A$13.25 = 13.25 CCY_AUD money per NUM"),
    ("Profit was $84 million a year earlier.", "$84 million = 8.4e+07 CCY_USD money"),
    ("A plant makes 3,000 tonnes a year.", "3,000 tonnes = 3000 TONNE mass per YR"),
    ("A plant makes 20,000 tpa.", "20,000 tpa = 20000 TONNE mass per YR"),
    # counts
    ("A meeting of more than 50 countries began.", "more than 50 = AtLeast 50 NUM count of countries"),
    ("A set of 17 metallic elements.", "17 = 17 NUM count of elements"),
    ("It blacklisted some 140 Chinese companies.", "some 140 = About 140 NUM count of companies"),
    ("They sold 1.24 billion devices.", "1.24 billion = 1.24e+09 NUM count of devices"),
    ("It grew to two dozen countries.", "two dozen = 24 NUM count of countries"),
    ("They own three mines in Peru.", "three = 3 NUM count of mines"),
    ("Another 11 countries will join.", "11 = 11 NUM count of countries"),
    ("A 27-nation bloc met.", "27 = 27 NUM count of nation"),
    ("A 50-plus countries club.", "50-plus = AtLeast 50 NUM count of countries"),
    ("Some 4,000 people work there.", "Some 4,000 = About 4000 NUM count of people"),
    ("At least five of the mines are idle.", "At least five = AtLeast 5 NUM count of mines"),
    ("They run two to three mines.", "two to three = 2..3 NUM count of mines"),
    # other units
    ("A 300 MW plant covers 12 hectares.", "300 MW = 300 MegaW energy|12 hectares = 12 HA area"),
    ("A 40 GWh factory.", "40 GWh = 40 GigaW-HR energy"),
    ("The line runs 1,300 km to the coast.", "1,300 km = 1300 KiloM length"),
    ("They pump 2 million barrels a day.", "2 million barrels = 2e+06 BBL volume per DAY"),
    ("They store 900 litres of acid.", "900 litres = 900 L volume"),
    ("The area of 80 square kilometres is leased.", "80 square kilometres = 80 KiloM2 area"),
    # comparators
    ("It uses nearly 40 tonnes.", "nearly 40 tonnes = About 40 TONNE mass"),
    ("It uses close to 40 tonnes.", "close to 40 tonnes = About 40 TONNE mass"),
    ("It uses ~40 tonnes.", "~40 tonnes = About 40 TONNE mass"),
    ("Output was estimated at 300 t.", "estimated at 300 t = About 300 TONNE mass"),
    ("It uses over 40 tonnes.", "over 40 tonnes = AtLeast 40 TONNE mass"),
    ("It uses no less than 40 tonnes.", "no less than 40 tonnes = AtLeast 40 TONNE mass"),
    ("It uses 40 tonnes or more.", "40 tonnes or more = AtLeast 40 TONNE mass"),
    ("It uses no more than 40 tonnes.", "no more than 40 tonnes = AtMost 40 TONNE mass"),
    ("It uses as much as 40 tonnes.", "as much as 40 tonnes = AtMost 40 TONNE mass"),
    ("It uses less than 40 tonnes.", "less than 40 tonnes = AtMost 40 TONNE mass"),
    ("It uses upwards of 40 tonnes.", "upwards of 40 tonnes = AtLeast 40 TONNE mass"),
    # ranges, changes and conversions
    ("A motor holds between 1.2 and 3.5 kilograms.", "between 1.2 and 3.5 kilograms = 1.2..3.5 KiloGM mass"),
    ("A duty of 25-30 percent.", "25-30 percent = 25..30 PERCENT percent"),
    ("Losses of 5 to 10 tonnes.", "5 to 10 tonnes = 5..10 TONNE mass"),
    ("Duties range from 10 to 20 percent.", "from 10 to 20 percent = 10..20 PERCENT percent"),
    ("It would cost $2-3 billion.", "$2-3 billion = 2e+09..3e+09 CCY_USD money"),
    ("It would cost $2 billion to $3 billion.", "$2 billion to $3 billion = 2e+09..3e+09 CCY_USD money"),
    ("A pit of 2-3 million tonnes.", "2-3 million tonnes = 2e+06..3e+06 TONNE mass"),
    ("The duty rose from 17 to 19 per cent.", "17 = 17 PERCENT percent|19 per cent = 19 PERCENT percent"),
    (
        "The stake was cut from 40 percent to 30 percent.",
        "40 percent = 40 PERCENT percent|30 percent = 30 PERCENT percent",
    ),
    (
        "It increased from 220 tonnes in 2019 to 390 tonnes in 2024.",
        "220 tonnes = 220 TONNE mass|390 tonnes = 390 TONNE mass",
    ),
    (
        "It holds more than 400 kilograms (880 pounds) of it.",
        "more than 400 kilograms = AtLeast 400 KiloGM mass|880 pounds = 880 LB mass (conversion)",
    ),
    ("It made 220,000 t, or 76%, in all.", "220,000 t = 220000 TONNE mass|76% = 76 PERCENT percent"),
    ("Chad (75,000 kg) and Mali (72,000 kg) led.", "75,000 kg = 75000 KiloGM mass|72,000 kg = 72000 KiloGM mass"),
    ("It lost 40 tonnes (12%).", "40 tonnes = 40 TONNE mass|12% = 12 PERCENT percent"),
    ("It would cost $1.2bn-$1.5bn.", "$1.2bn-$1.5bn = 1.2e+09..1.5e+09 CCY_USD money"),
    ("A 2.5-million-tonne-a-year plant.", "2.5-million-tonne = 2.5e+06 TONNE mass per YR"),
    ("It owns 49% plus one share.", "49% = AtLeast 49 PERCENT percent"),
    ("They own 15 of the 19 cobalt mines.", "15 = 15 NUM count of mines|19 = 19 NUM count of mines"),
    ("It lifts output from 5,000 to 8,000 tonnes.", "5,000 = 5000 TONNE mass|8,000 tonnes = 8000 TONNE mass"),
    (
        "They paid R150 million (about $8.2 million).",
        "R150 million = 1.5e+08 CCY_ZAR money|about $8.2 million = About 8.2e+06 CCY_USD money (conversion)",
    ),
    ("They paid Rs 1,200 crore.", "Rs 1,200 crore = 1.2e+10 CCY_INR money"),
    # multiples
    ("Prices soared tenfold.", "tenfold = 10 NUM multiple"),
    ("Output doubled.", "doubled = 2 NUM multiple"),
    ("They are about 10 times stronger.", "about 10 times = About 10 NUM multiple"),
]

NOTHING = [
    "In 2024 production stopped.",
    "The plant opened on 30 June 2025.",
    "Results for Q3 2024 and fiscal 2024 are due.",
    "Section 232 applies to the F-35 and to COP28.",
    "Brief No. 41 went to the G7.",
    "A Boeing 787 landed, crews worked 24/7 since 9/11.",
    "The lease runs for 30 years.",
    "A nine-month pause and a one-year reprieve followed.",
    "The first half was weak, and half a year was lost.",
    "In the second quarter a third plant opened.",
    "Dozens of materials are on the list.",
    "No such deal exists and one may never come about.",
    "The meeting starts at 10:30 on May 16.",
    "Phase 2 workers arrived.",
    "The 1990s and 2020s differ.",
    "A 45-year-old man was 45 years old.",
    "The 5th and 22nd shafts are closed.",
    "Half of the year was lost; a quarter of an hour too.",
    "He was sold by a third company.",
    "The top 10 miners met.",
    "The code is 123456789012345678901234 tonnes.",
    "٣٤ tonnes",
    "Vision 2030 projects are under way.",
]


def shown(text: str, mention: QuantityMention) -> str:
    per = f" per {mention.per}" if mention.per else ""
    noun = f" of {text[mention.measured.start : mention.measured.end]}" if mention.measured else ""
    conversion = " (conversion)" if mention.parenthetical else ""
    return f"{mention.quantity.text} = {mention.quantity} {mention.kind}{per}{noun}{conversion}"


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_quantity_is_read_with_its_unit_comparator_and_kind(text: str, expected: str) -> None:
    assert "|".join(shown(text, mention) for mention in find_quantities(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_dates_durations_and_parts_of_names_are_no_quantities(text: str) -> None:
    assert [shown(text, mention) for mention in find_quantities(text)] == []


def test_a_bare_dollar_is_that_of_the_document() -> None:
    (mention,) = find_quantities("They paid $5 million.", dollar="CCY_AUD")
    assert mention.quantity.unit == "CCY_AUD"


def test_values_are_exact_despite_decimal_scales() -> None:
    assert [m.quantity.value for m in find_quantities("$1.7 billion, 6.7 Mt and 0.29 million t")] == [
        1.7e9,
        6.7e6,
        290e3,
    ]


_PIECES = (
    "5 1,700 2.5 two a half third quarter dozen million bn % per cent percent tonnes t kg $ US$ € £ m - – to from"
    " between and of by about more than up to ( ) , . / plus 2024 June F- COP mines years rose fell with"
    " 12 in out one share [ ] + ~ ½ ²"
)
PIECES = st.sampled_from([*word_list(_PIECES), "\n"])


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_gives_ordered_exact_disjoint_spans(text: str) -> None:
    mentions = find_quantities(text)
    assert mentions == find_quantities(text)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.quantity.text == text[mention.span.start : mention.span.end]
        assert (mention.quantity.value is None) == (mention.quantity.minimum is not None)
        assert mention.measured is None or mention.span.end <= mention.measured.start < mention.measured.end <= len(
            text
        )
    for left, right in pairwise(mentions):
        assert left.span.end <= right.span.start


@pytest.mark.parametrize("gap", [" ", "-", "\u00a0"])
@pytest.mark.parametrize("unit", sorted(DENOMINATORS))
def test_what_a_price_is_counted_by_may_be_written_with_hyphens(unit: str, gap: str) -> None:
    found = find_quantities(f"It costs 5 dollars per {unit.replace(' ', gap)} now.")
    assert [mention.quantity.unit for mention in found] == ["CCY_USD"]
    assert found[0].per == DENOMINATORS[unit]
