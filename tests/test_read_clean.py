"""What is kept of pasted pages, and what their small print says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read import Page, read_documents
from kg.read.clean import Article, articles
from kg.read.dateline import byline, dateline, find_date, name_line, person_name, small_print
from kg.read.furniture import is_cross_head, is_furniture, opens_comments, opens_teasers
from kg.records import Document, Finding

DATA = Path(__file__).parent / "data" / "read"
BODY = "Tin is mined on the island of Bangka in Indonesia."


def read(name: str) -> list[Document]:
    return [item for item in read_documents([DATA / name]) if isinstance(item, Document)]


def clean(text: str) -> Article:
    (article,) = [item for item in articles(Page(text)) if isinstance(item, Article)]
    return article


def test_a_page_with_two_agency_reports_is_two_documents() -> None:
    first, second = read("two-agency-reports.txt")
    assert (first.id, second.id) == ("two-agency-reports", "two-agency-reports-2")
    assert (first.author, second.author) == ("Marta Van-Daalen", "Pilar Quiroz")
    assert {document.publisher for document in (first, second)} == {"DPA"}
    assert {document.published for document in (first, second)} == {"2025-03-09"}
    assert (first.headline, second.headline) == ("Tin smelters on the island ask for time", None)


def test_repeats_captions_and_cross_heads_of_agency_pages_are_told_apart() -> None:
    first, second = read("two-agency-reports.txt")
    assert first.text.split("\n\n") == [
        "Tin smelters on the island ask for time",
        "A dredge works off the coast near the harbour of Mentok, where tin has been won for centuries",
        "Smelters on the Indonesian island of Bangka want another year before a new licence for tin exports "
        "takes effect.",
        "The ministry in Jakarta has refused so far, an official said.",
        "Traders in Singapore reckon that a third of the island’s smelters could close.",
    ]
    assert second.text.split("\n\n") == [
        "Solder takes about half of the world's tin",
        "Tin holds electronics together, but hardly anybody stockpiles it.",
        "About half of all tin goes into solder for circuit boards.",
        "Tinplate for food cans comes next.",
    ]


def test_a_saved_page_loses_its_furniture_and_nothing_else() -> None:
    (document,) = read("saved-page.txt")
    assert document.text.split("\n\n") == [
        "Portugal reopens an old tungsten mine",
        "Lorries wait at the gate of the Borralha mine on Monday.",
        "Tungsten is being dug again at Borralha in northern Portugal, thirty-nine years after the mine was shut.",
        "The operator hopes to ship 900 tonnes of concentrate next year, it said on Tuesday.",
        "What is planned",
        "• A second shaft, to be sunk by 2027.",
        "• A laboratory shared with the University of Minho.",
    ]
    assert (document.publisher, document.published, document.author) == ("Baltic Metals Observer", "2025-05-14", None)


def test_a_brief_names_its_institute_author_and_kind() -> None:
    (document,) = read("policy-brief.txt")
    assert (document.kind, document.publisher) == ("Report", "Northern Minerals Institute")
    assert (document.author, document.published) == ("Ilse Kranz", "2025-03-03")
    assert document.text.split("\n\n") == [
        "Sharing the brine: rules for lithium water",
        "Main points",
        "• Brine wells lower the water table.",
        "• Two ministries share the oversight – neither has the staff.",
        "Who decides?",
        "Licences are granted by the regional government within ninety days.",
        "– Publish the pumping data.",
        "– Train inspectors together.",
        "About the author: Ilse Kranz is a fellow of the Northern Minerals Institute.",
    ]


def test_an_interview_keeps_every_question_and_names_the_interviewer() -> None:
    (document,) = read("interview.txt")
    assert (document.headline, document.author) == ("“Nobody wants to be the last buyer”", "Wanda Ilves")
    assert document.published == "2025-04-08"
    assert document.text.split("\n\n")[2:] == [
        "Q: Is samarium scarce?",
        "A: Not in the ground. It is scarce outside China.",
        "Q: Will that change?",
        "A: No.",
        "The conversation has been shortened.",
    ]


def test_hard_wrapped_lines_are_joined_and_the_dateline_goes() -> None:
    (document,) = read("wrapped.txt")
    assert (document.publisher, document.published) == ("Reuters", "2025-07-04")
    assert document.text.split("\n\n") == [
        "Zambia plans a cobalt refinery",
        "Zambia wants to refine its own cobalt sulphate near Kitwe, the mines ministry said on Friday, and has asked "
        "two banks for a loan of $120 million towards a first line with medium-term contracts.",
        "• The plant would take ore from four mines, all of which now send it abroad.",
        "• Work could begin in 2026.",
        "Officials gave no name of a builder.",
    ]


def test_one_paragraph_a_line_stays_so() -> None:
    text = "Tin is mined on the island of Bangka.\nLead is mined in the valley.\nZinc comes from the hills, mostly."
    assert clean(text).text.split("\n\n") == text.split("\n")


def test_a_question_can_be_the_headline() -> None:
    assert clean(f"Who will mine the world's tin after the ban?\n\n{BODY}").headline == (
        "Who will mine the world's tin after the ban?"
    )


def test_running_text_has_no_headline() -> None:
    article = clean(f"{BODY} It is sold abroad.\n\nLead is mined too, officials say.")
    assert article.headline is None and article.text.startswith(BODY)


def test_headings_in_title_case_are_no_authors() -> None:
    article = clean(f"Island tin in trouble again\n\nKey Findings\n{BODY}")
    assert article.author is None and "Key Findings" in article.text


def test_a_dateline_without_year_is_dated_by_its_weekday() -> None:
    head = "Tin rests\n\n* Ban runs to 2026\n\nBy Ann Lee\n\n"
    text = f"{head}OSLO, Nov 10 (Fjord Wire) - Buyers held back on Monday.\n{BODY}"
    items = list(articles(Page(text)))
    (article,) = [item for item in items if isinstance(item, Article)]
    assert (article.published, article.author, article.publisher) == ("2025-11-10", "Ann Lee", "Fjord Wire")
    assert article.text.split("\n\n") == ["Tin rests", "• Ban runs to 2026", "Buyers held back on Monday.", BODY]
    assert [item.code for item in items if isinstance(item, Finding)] == ["K114"]


def test_a_house_that_the_text_names_again_is_a_masthead() -> None:
    text = (
        f"OSTRAND VALE\nMetals | 3 May 2025\n\nCopper waits for its rock\nNia Holm, CFA | nia@ostrand.example\n\n{BODY}"
    )
    article = clean(f"{text}\n\nOstrand Vale AS is supervised in Oslo.")
    assert (article.headline, article.publisher) == ("Copper waits for its rock", "Ostrand Vale")
    assert (article.author, article.published) == ("Nia Holm", "2025-05-03")


def test_a_table_keeps_its_head_and_rows() -> None:
    text = f"{BODY}\n\nCountry | Mine output\nPeru | 31,000\nChina | 69,000"
    assert clean(text).text.split("\n\n")[1:] == ["Country | Mine output", "Peru | 31,000", "China | 69,000"]


def test_an_article_below_the_comments_is_not_lost() -> None:
    text = f"{BODY}\n\nComments (1)\nx: lies.\nBy Reuters\n3 May 2025\nLead is mined in the deep valley."
    first, second = [item for item in articles(Page(text)) if isinstance(item, Article)]
    assert first.text == BODY
    assert (second.text, second.publisher) == ("Lead is mined in the deep valley.", "Reuters")


def test_month_only_series_line_gives_publisher_and_report() -> None:
    article = clean(f"TIN NOTES 2025\nAnnual review of the Island Survey, May 2025\n\nTIN\n{BODY}")
    assert (article.headline, article.publisher) == ("TIN NOTES 2025", "Island Survey")
    assert (article.published, article.kind) == ("2025-05-01", "Report")
    assert article.text.split("\n\n")[1:] == ["TIN", BODY]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("February 4, 2026", "2026-02-04"),
        ("Feb 4, 2026", "2026-02-04"),
        ("12 June 2025", "2025-06-12"),
        ("23rd Sept. 2025", "2025-09-23"),
        ("2025-09-23T10:00:00Z", "2025-09-23"),
        ("Wed, 04 Feb 2026 10:00:00 GMT", "2026-02-04"),
        ("March 2025", "2025-03-01"),
    ],
)
def test_dates_are_read(text: str, iso: str) -> None:
    found = find_date(text)
    assert found is not None and found.iso == iso


@pytest.mark.parametrize("text", ["31 February 2025", "yesterday", "2025-13-40", "03/04/2025", "ſep 3, 2025", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("paragraph", "rest", "agency", "iso"),
    [
        ("BEIJING, Dec 3, 2024 (Meridian) - Exports fell.", "Exports fell.", "Meridian", "2024-12-03"),
        ("GENEVA, 25 September 2025 – Talks go on.", "Talks go on.", None, "2025-09-25"),
        ("PERTH, Western Australia, 28 August 2025 — Profit fell.", "Profit fell.", None, "2025-08-28"),
        ("KINSHASA (Reuters) -Exports fell.", "Exports fell.", "Reuters", None),
        ("LA PAZ, May 3 (AFP) -- Lithium waits.", "Lithium waits.", "AFP", None),
        ("OTTAWA — Ministers met.", "Ministers met.", None, None),
    ],
)
def test_datelines_open_a_body(paragraph: str, rest: str, agency: str | None, iso: str | None) -> None:
    found = dateline(paragraph)
    assert found is not None
    assert (paragraph[found.length :], found.agency) == (rest, agency)
    assert (found.published.iso if found.published else None) == iso


@pytest.mark.parametrize(
    "paragraph",
    [
        "CATL - the battery maker - will build a plant.",
        "CATL – which owns part of the mine – will build a plant.",
        "CO-OPERATION grows.",
        "SQM and Codelco (a state company) – once rivals – signed.",
        "NATO ally Denmark – and others – refused.",
    ],
)
def test_names_in_capitals_are_no_datelines(paragraph: str) -> None:
    assert dateline(paragraph) is None


@pytest.mark.parametrize(
    ("line", "author", "publisher"),
    [
        ("By AFP", None, "AFP"),
        ("By Meridian Newswire", None, "Meridian Newswire"),
        ("By Ann Lee", "Ann Lee", None),
        ("BY ANN LEE", "Ann Lee", None),
        ("By Ann Lee and Bob de Wit, Reuters", "Ann Lee and Bob de Wit", "Reuters"),
        ("By our Kinshasa bureau", None, None),
    ],
)
def test_bylines_name_people_and_houses(line: str, author: str | None, publisher: str | None) -> None:
    found = byline(line)
    assert found is not None and (found.author, found.publisher) == (author, publisher)


@pytest.mark.parametrize(
    "line", ["By 2030 Chile will double its output.", "By contrast, Peru sells ore.", "By and large"]
)
def test_sentences_with_by_are_no_bylines(line: str) -> None:
    assert byline(line) is None


@pytest.mark.parametrize(
    "line", ["The ban of 3 May 2025 stands", "Chile | 49,000 | 2024", "Cobalt: what 3 May 2025 changed"]
)
def test_lines_with_other_words_are_no_small_print(line: str) -> None:
    assert small_print(line) is None


def test_surnames_in_capitals_are_written_as_usual() -> None:
    assert person_name("Jean-Luc O'NEIL-DUPONT") == "Jean-Luc O'Neil-Dupont"
    assert name_line("Ana LIMA") == "Ana Lima"
    assert name_line("Chinese smelters") is None


@pytest.mark.parametrize(
    "line",
    [
        "Home | News | Markets",
        "Sign in Subscribe",
        "☰ Menu",
        "Share on Facebook | Share on X | Print",
        "Read more: Ten things about tin",
        "ADVERTISEMENT",
        "Advertisement - continue reading below",
        "Most read | Newsletter | Cookie settings",
        "We use cookies to improve your experience.",
        "Copyright AFP/File Some ONE",
        "© 2025 The Miner. All rights reserved.",
        "No comments:",
        "Post a Comment",
        "Sign up for our daily newsletter",
        "› Smelter in Galicia changes hands",
        "Metals › Tin",
        "* * *",
    ],
)
def test_page_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law protects the database.",
        "Powered by lithium, the ferry crosses daily.",
        "We ship ore to China and copper to Japan.",
        "Reserves: Chile, 9 million t; Peru, 2 million t.",
        "Live trade in cobalt stopped.",
        "Peru | 31,000 | 12",
        "Key points",
        "A: No.",
        "Sources: a bureau of statistics.",
        "Sponsored by Australia, the resolution passed.",
        "Subscribers to the fund are Japan and Korea.",
    ],
)
def test_text_is_not_taken_for_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_headings_of_lists_that_are_no_text() -> None:
    assert opens_comments("COMMENTS (3)") and opens_comments("2 Comments") and not opens_comments("Comments were few.")
    assert opens_teasers("RELATED") and opens_teasers("You may also like") and not opens_teasers("Related metals")
    assert is_cross_head("– Fighter jets, golf clubs –") and not is_cross_head("– Publish the data.")
