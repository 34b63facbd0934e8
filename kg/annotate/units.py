"""Units and currencies by their spellings: constant tables, named as in QUDT."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.wordlist import word_list


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `kind` of quantity, QUDT `name`, and the `factor` from the spelling to it ("kt" is 1000 TONNE).

    `per` is the implied denominator of spellings such as "tpa".
    """

    kind: str
    name: str
    factor: float = 1.0
    per: str | None = None


_TONNE = Unit("mass", "TONNE")
_PERCENT = Unit("percent", "PERCENT")
_POINTS = Unit("points", "PERCENT")


def _spell(unit: Unit, spellings: str) -> dict[str, Unit]:
    return {spelling.strip(): unit for spelling in spellings.split("|")}


# The ounce of metals is the troy ounce.
# Matched without regard to case; a blank stands for a blank or a hyphen.
UNIT_WORDS: dict[str, Unit] = {
    **_spell(_PERCENT, "%|percent|per cent|pct|pc|％"),
    **_spell(_POINTS, "percentage points|percentage point|% points|percent points"),
    **_spell(Unit("points", "PERCENT", 0.01), "basis points|basis point|bps"),
    **_spell(_TONNE, "tonnes|tonne|tons|ton|metric tons|metric ton|metric tonnes|metric tonne"),
    **_spell(Unit("mass", "TON_SHORT"), "short tons|short ton"),
    **_spell(Unit("mass", "TON_LONG"), "long tons|long ton"),
    **_spell(Unit("mass", "TONNE", 1e3), "kilotonnes|kilotonne|kilotons|kiloton"),
    **_spell(Unit("mass", "TONNE", 1e6), "megatonnes|megatonne|megatons|megaton"),
    **_spell(Unit("mass", "KiloGM"), "kilograms|kilogram|kilogrammes|kilogramme|kilos|kilo|kgs"),
    **_spell(Unit("mass", "GM"), "grams|gram|grammes|gramme"),
    **_spell(Unit("mass", "MilliGM"), "milligrams|milligram"),
    **_spell(Unit("mass", "LB"), "pounds|pound|lbs|lb"),
    **_spell(Unit("mass", "OZ_TROY"), "ounces|ounce|troy ounces|troy ounce|oz"),
    **_spell(Unit("mass", "CARAT"), "carats|carat"),
    **_spell(Unit("energy", "KiloW"), "kilowatts|kilowatt"),
    **_spell(Unit("energy", "MegaW"), "megawatts|megawatt"),
    **_spell(Unit("energy", "GigaW"), "gigawatts|gigawatt"),
    **_spell(Unit("energy", "KiloW-HR"), "kilowatt hours|kilowatt hour|kwh"),
    **_spell(Unit("energy", "MegaW-HR"), "megawatt hours|megawatt hour|mwh"),
    **_spell(Unit("energy", "GigaW-HR"), "gigawatt hours|gigawatt hour|gwh"),
    **_spell(Unit("energy", "TeraW-HR"), "terawatt hours|terawatt hour|twh"),
    **_spell(Unit("length", "M"), "metres|metre|meters|meter"),
    **_spell(Unit("length", "KiloM"), "kilometres|kilometre|kilometers|kilometer|km|kms"),
    **_spell(Unit("length", "MI"), "miles|mile"),
    **_spell(Unit("length", "FT"), "feet"),
    **_spell(Unit("length", "CentiM"), "centimetres|centimetre|centimeters|centimeter"),
    **_spell(Unit("length", "MilliM"), "millimetres|millimetre|millimeters|millimeter"),
    **_spell(Unit("area", "HA"), "hectares|hectare"),
    **_spell(Unit("area", "AC"), "acres|acre"),
    **_spell(
        Unit("area", "KiloM2"), "square kilometres|square kilometre|square kilometers|square kilometer|sq km|km²|km2"
    ),
    **_spell(Unit("area", "M2"), "square metres|square metre|square meters|square meter|sq m|m²|m2"),
    **_spell(Unit("area", "MI2"), "square miles|square mile|sq mi"),
    **_spell(Unit("volume", "L"), "litres|litre|liters|liter"),
    **_spell(Unit("volume", "GAL_US"), "gallons|gallon"),
    **_spell(Unit("volume", "BBL"), "barrels|barrel|bbl"),
    **_spell(Unit("volume", "BBL", per="DAY"), "bpd|b/d"),
    **_spell(Unit("volume", "M3"), "cubic metres|cubic metre|cubic meters|cubic meter|m³|m3"),
    **_spell(Unit("mass", "TONNE", per="YR"), "tpa|tpy|t/y|t/yr"),
    **_spell(Unit("mass", "TONNE", 1e3, per="YR"), "ktpa|ktpy"),
    **_spell(Unit("mass", "TONNE", 1e6, per="YR"), "mtpa|mtpy"),
    **_spell(Unit("mass", "TONNE", per="DAY"), "tpd|t/d"),
    **_spell(Unit("money", "CCY_USD"), "us dollars|us dollar|american dollars|usd"),
    **_spell(Unit("money", "CCY_AUD"), "australian dollars|australian dollar|aud"),
    **_spell(Unit("money", "CCY_CAD"), "canadian dollars|canadian dollar|cad"),
    **_spell(Unit("money", "CCY_"), "dollars|dollar"),
    **_spell(Unit("money", "CCY_", 0.01), "cents|cent"),
    **_spell(Unit("money", "CCY_EUR"), "euros|euro|eur"),
    **_spell(Unit("money", "CCY_GBP"), "pounds sterling|pound sterling|british pounds|gbp"),
    **_spell(Unit("money", "CCY_CNY"), "yuan|renminbi|rmb|cny"),
    **_spell(Unit("money", "CCY_JPY"), "yen|jpy"),
    **_spell(Unit("money", "CCY_INR"), "rupees|rupee|inr"),
    **_spell(Unit("money", "CCY_IDR"), "rupiah|idr"),
    **_spell(Unit("money", "CCY_ZAR"), "rand|zar"),
    **_spell(Unit("money", "CCY_KZT"), "tenge|kzt"),
    **_spell(Unit("money", "CCY_RUB"), "roubles|rouble|rubles|ruble|rub"),
    **_spell(Unit("money", "CCY_MYR"), "ringgit|myr"),
    **_spell(Unit("money", "CCY_BRL"), "reais|brl"),
    **_spell(Unit("money", "CCY_SEK"), "swedish kronor|swedish kronas|swedish crowns|kronor|sek"),
    **_spell(Unit("money", "CCY_NOK"), "norwegian kroner|norwegian crowns|nok"),
    **_spell(Unit("money", "CCY_CHF"), "swiss francs|swiss franc|francs|chf"),
    **_spell(Unit("money", "CCY_KRW"), "won|krw"),
    **_spell(Unit("money", "CCY_ZMW"), "kwacha|zmw"),
}

# Matched in the written case: "Mt" is a million tonnes, "mt" and "MT" are metric tons.
UNIT_SYMBOLS: dict[str, Unit] = {
    **_spell(_TONNE, "t|mt|MT"),
    **_spell(Unit("mass", "TONNE", 1e3), "kt|Kt"),
    **_spell(Unit("mass", "TONNE", 1e6), "Mt"),
    **_spell(Unit("mass", "KiloGM"), "kg|Kg|KG"),
    **_spell(Unit("mass", "GM"), "g"),
    **_spell(Unit("mass", "MilliGM"), "mg"),
    **_spell(Unit("mass", "OZ_TROY", 1e3), "koz"),
    **_spell(Unit("mass", "OZ_TROY", 1e6), "Moz"),
    **_spell(Unit("mass", "LB", 1e6), "Mlb|Mlbs"),
    **_spell(Unit("mass", "CARAT"), "ct|cts"),
    **_spell(Unit("energy", "KiloW"), "kW"),
    **_spell(Unit("energy", "MegaW"), "MW|MWe"),
    **_spell(Unit("energy", "GigaW"), "GW|GWe"),
    **_spell(Unit("length", "MilliM"), "mm"),
    **_spell(Unit("length", "CentiM"), "cm"),
    **_spell(Unit("length", "FT"), "ft"),
    **_spell(Unit("area", "HA"), "ha"),
    **_spell(Unit("volume", "L"), "L"),
}

_CODES = "USD AUD CAD EUR GBP JPY CNY INR ZAR KZT MYR BRL SEK NOK CHF KRW"
# "CCY_" is the dollar of the document.
CURRENCY_PREFIXES: dict[str, str] = {
    "$": "CCY_",
    "US$": "CCY_USD",
    "U.S.$": "CCY_USD",
    "A$": "CCY_AUD",
    "AU$": "CCY_AUD",
    "C$": "CCY_CAD",
    "CA$": "CCY_CAD",
    "Can$": "CCY_CAD",
    "HK$": "CCY_HKD",
    "NZ$": "CCY_NZD",
    "S$": "CCY_SGD",
    "NT$": "CCY_TWD",
    "R$": "CCY_BRL",
    "€": "CCY_EUR",
    "£": "CCY_GBP",
    "¥": "CCY_JPY",
    "CN¥": "CCY_CNY",
    "₹": "CCY_INR",
    "Rs": "CCY_INR",
    "Rs.": "CCY_INR",
    "₩": "CCY_KRW",
    "₽": "CCY_RUB",
    "₸": "CCY_KZT",
    "RM": "CCY_MYR",
    "R": "CCY_ZAR",
    "Rmb": "CCY_CNY",
    "RMB": "CCY_CNY",
    "Rp": "CCY_IDR",
    **{code: f"CCY_{code}" for code in word_list(_CODES)},
}

# What a price or rate is counted by: "$39,000 a ton", "tonnes per year".
DENOMINATORS: dict[str, str] = {
    **dict.fromkeys(["t", "ton", "tonne", "mt", "metric ton", "metric tonne"], "TONNE"),
    **dict.fromkeys(["kg", "kilogram", "kilogramme", "kilo"], "KiloGM"),
    **dict.fromkeys(["g", "gram", "gramme"], "GM"),
    **dict.fromkeys(["lb", "pound"], "LB"),
    **dict.fromkeys(["oz", "ounce", "troy ounce"], "OZ_TROY"),
    **dict.fromkeys(["carat"], "CARAT"),
    **dict.fromkeys(["barrel", "bbl"], "BBL"),
    **dict.fromkeys(["litre", "liter"], "L"),
    **dict.fromkeys(["year", "yr", "annum"], "YR"),
    **dict.fromkeys(["month"], "MO"),
    **dict.fromkeys(["week"], "WK"),
    **dict.fromkeys(["day"], "DAY"),
    **dict.fromkeys(["hour"], "HR"),
    **dict.fromkeys(["mwh", "megawatt-hour", "megawatt hour"], "MegaW-HR"),
    **dict.fromkeys(["kwh", "kilowatt-hour", "kilowatt hour"], "KiloW-HR"),
    **dict.fromkeys(["share", "unit", "vehicle", "car"], "NUM"),
    **dict.fromkeys(["hectare"], "HA"),
    **dict.fromkeys(["km", "kilometre", "kilometer"], "KiloM"),
}
