"""Which countries an adjective of a region fits: 'the Andean nation', 'the West African country', 'the Nordic firm'."""

from __future__ import annotations

_REGIONS: dict[str, str] = {
    "andean": "bolivia peru ecuador colombia chile argentina",
    "baltic": "estonia latvia lithuania",
    "balkan": "serbia bosnia-and-herzegovina albania kosovo north-macedonia montenegro bulgaria croatia",
    "nordic": "norway sweden finland denmark iceland",
    "scandinavian": "norway sweden denmark",
    "gulf": "saudi-arabia united-arab-emirates qatar kuwait bahrain oman",
    "sahelian": "niger mali burkina-faso chad mauritania",
    "caribbean": "cuba jamaica dominican-republic haiti trinidad-and-tobago",
    "alpine": "austria switzerland",
    "iberian": "spain portugal",
    "central asian": "kazakhstan uzbekistan kyrgyzstan tajikistan turkmenistan",
    "southeast asian": (
        "indonesia malaysia vietnam thailand philippines myanmar laos cambodia singapore brunei timor-leste"
    ),
    "east asian": "china japan south-korea north-korea taiwan mongolia",
    "south asian": "india pakistan bangladesh sri-lanka nepal afghanistan",
    "west african": (
        "guinea ghana niger nigeria mali burkina-faso senegal cote-divoire ivory-coast sierra-leone liberia togo benin "
        "gambia guinea-bissau"
    ),
    "east african": "kenya tanzania uganda rwanda burundi ethiopia malawi mozambique madagascar",
    "central african": "democratic-republic-of-the-congo republic-of-the-congo gabon cameroon central-african-republic",
    "southern african": "south-africa zimbabwe zambia namibia botswana mozambique angola malawi lesotho eswatini",
    "north african": "morocco algeria tunisia egypt libya",
    "south american": "chile argentina bolivia peru brazil colombia ecuador guyana suriname paraguay uruguay venezuela",
    "central american": "panama guatemala honduras nicaragua costa-rica el-salvador",
    "north american": "united-states canada mexico",
    "middle eastern": "saudi-arabia united-arab-emirates qatar iran iraq israel jordan oman turkey",
    "eastern european": "ukraine poland romania serbia hungary belarus moldova bulgaria",
}
_WIDER: dict[str, tuple[str, ...]] = {
    "african": ("west african", "east african", "central african", "southern african", "north african"),
    "asian": ("central asian", "southeast asian", "east asian", "south asian", "gulf"),
    "latin american": ("south american", "central american", "caribbean"),
    "arab": ("gulf", "north african"),
}
_EUROPE = (
    "germany france united-kingdom italy netherlands belgium poland czech-republic czechia slovakia hungary romania "
    "greece ireland luxembourg slovenia"
)
_EUROPEAN = ("nordic", "baltic", "balkan", "alpine", "iberian", "eastern european")


def region_members(words: str) -> frozenset[str]:
    """The keys of the countries that a region's adjective fits; empty where the words name no region known here."""
    words = words.lower().replace("-", " ").replace("south east ", "southeast ")
    if words == "european":
        parts = [_EUROPE, *(_REGIONS[name] for name in _EUROPEAN)]
    elif words in _WIDER:
        parts = [_REGIONS[name] for name in _WIDER[words]]
    else:
        parts = [_REGIONS.get(words, "")]
    return frozenset(" ".join(parts).split())
