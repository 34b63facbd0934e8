"""Times are found with their grain, kind and exact span, and resolved against the document's date."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.dates import TimeMention, find_times
from kg.annotate.wordlist import word_list

WEDNESDAY = "2026-02-04"
JUNE = "2025-06-27"
SEPTEMBER = "2025-09-25"

# Document date, sentence, then each expected time as "surface = value kind/future", parted by "|".
FOUND: list[tuple[str, str, str]] = [
    # full dates
    (WEDNESDAY, "It opened on 12 June 2025.", "12 June 2025 = 2025-06-12 date"),
    (WEDNESDAY, "It opened on December 3, 2024.", "December 3, 2024 = 2024-12-03 date"),
    (WEDNESDAY, "LIMA, 3 Dec 2024 -", "3 Dec 2024 = 2024-12-03 date"),
    (WEDNESDAY, "LIMA, Dec. 3, 2024 -", "Dec. 3, 2024 = 2024-12-03 date"),
    (WEDNESDAY, "It opened on the 3rd of May 2019.", "3rd of May 2019 = 2019-05-03 date"),
    (WEDNESDAY, "Updated 2024-11-28 by staff.", "2024-11-28 = 2024-11-28 date"),
    (WEDNESDAY, "On Tuesday, 3 December 2024 it shut.", "Tuesday, 3 December 2024 = 2024-12-03 date"),
    (WEDNESDAY, "It has been shut since 3 December 2024.", "since 3 December 2024 = 2024-12-03 since"),
    (WEDNESDAY, "It must open by May 1, 2027.", "by May 1, 2027 = 2027-05-01 by"),
    # days without a year
    (SEPTEMBER, "It shut on 22 February.", "22 February = 2025-02-22 date/2026-02-22"),
    (SEPTEMBER, "It will open on 16 October.", "16 October = 2024-10-16 date/2025-10-16"),
    (SEPTEMBER, "It will open on October 16.", "October 16 = 2024-10-16 date/2025-10-16"),
    (SEPTEMBER, "Prices peaked on Nov 28.", "Nov 28 = 2024-11-28 date/2025-11-28"),
    (
        SEPTEMBER,
        "It shut on May 16 and March 3.",
        "May 16 = 2025-05-16 date/2026-05-16|March 3 = 2025-03-03 date/2026-03-03",
    ),
    (SEPTEMBER, "It shut on 29 February.", "29 February = 2024-02-29 date/2028-02-29"),
    (SEPTEMBER, "Talks ended on Tuesday, September 23.", "Tuesday, September 23 = 2025-09-23 date"),
    ("2025-11-12", "The tender closes on Friday, Nov. 14.", "Friday, Nov. 14 = 2025-11-14 date"),
    # weekdays
    (WEDNESDAY, "They meet on Wednesday.", "Wednesday = 2026-02-04 date/2026-02-04"),
    (WEDNESDAY, "He unveiled it on Monday.", "Monday = 2026-02-02 date/2026-02-09"),
    (WEDNESDAY, "He spoke Tuesday in Lima.", "Tuesday = 2026-02-03 date/2026-02-10"),
    (WEDNESDAY, "They meet next Tuesday.", "next Tuesday = 2026-02-10 date"),
    (WEDNESDAY, "They meet this coming Friday.", "this coming Friday = 2026-02-06 date"),
    (WEDNESDAY, "They met last Wednesday.", "last Wednesday = 2026-01-28 date"),
    (WEDNESDAY, "They met on Thursday.", "Thursday = 2026-01-29 date/2026-02-05"),
    # relative days, weeks, months, years
    (WEDNESDAY, "It shut yesterday.", "yesterday = 2026-02-03 relative"),
    (WEDNESDAY, "Today it opens.", "Today = 2026-02-04 relative"),
    (WEDNESDAY, "It opens tomorrow.", "tomorrow = 2026-02-05 relative"),
    (WEDNESDAY, "It shut last year.", "last year = 2025 relative"),
    (WEDNESDAY, "It opens later this year.", "later this year = 2026 relative"),
    (WEDNESDAY, "It opens next year.", "next year = 2027 relative"),
    (WEDNESDAY, "It has run since last year.", "since last year = 2025 since"),
    (WEDNESDAY, "It shut late last month.", "late last month = 2026-01 relative"),
    (WEDNESDAY, "It opens next month.", "next month = 2026-03 relative"),
    (JUNE, "It shut last week.", "last week = 2025-06 relative"),
    (WEDNESDAY, "It shut last week and opens this week.", "last week = 2026-01 relative|this week = 2026-02 relative"),
    (WEDNESDAY, "They met over the weekend.", "over the weekend = 2026-01 relative/2026-02"),
    (SEPTEMBER, "They met at the weekend.", "at the weekend = 2025-09 relative/2025-09"),
    (WEDNESDAY, "They made less a year earlier.", "a year earlier = 2025 relative"),
    (WEDNESDAY, "It shut two years ago.", "two years ago = 2024 relative"),
    (WEDNESDAY, "It shut a decade ago.", "a decade ago = 2016 relative"),
    (WEDNESDAY, "It shut 18 months ago.", "18 months ago = 2024-08 relative"),
    (WEDNESDAY, "It shut three days ago.", "three days ago = 2026-02-01 relative"),
    (WEDNESDAY, "It shut two weeks ago.", "two weeks ago = 2026-01 relative"),
    (WEDNESDAY, "It shut last summer.", "last summer = 2025 relative"),
    (SEPTEMBER, "It shut last summer.", "last summer = 2025 relative"),
    (WEDNESDAY, "It ends by the end of the year.", "by the end of the year = 2026 by"),
    # months
    (WEDNESDAY, "A deal was struck in October.", "October = 2025-10 month/2026-10"),
    (WEDNESDAY, "A deal was struck in May.", "May = 2025-05 month/2026-05"),
    (WEDNESDAY, "In March Rio bought it.", "March = 2025-03 month/2026-03"),
    (JUNE, "It shut in June.", "June = 2025-06 month/2025-06"),
    (SEPTEMBER, "He took over last October.", "last October = 2024-10 month"),
    ("2024-12-03", "Curbs came this September.", "this September = 2024-09 month"),
    (SEPTEMBER, "Curbs will come next March.", "next March = 2026-03 month"),
    (WEDNESDAY, "It shut in August 2023.", "August 2023 = 2023-08 month"),
    (WEDNESDAY, "It shut in late August 2023.", "late August 2023 = 2023-08 month"),
    (WEDNESDAY, "Since August 2023 it has been shut.", "Since August 2023 = 2023-08 since"),
    ("2024-12-03", "Prices have risen since January.", "since January = 2024-01 since"),
    (WEDNESDAY, "It must open by June.", "by June = 2025-06 by/2026-06"),
    (WEDNESDAY, "It must open by the end of June 2027.", "by the end of June 2027 = 2027-06 by"),
    (WEDNESDAY, "It ran from March to May.", "March = 2025-03 month/2026-03|May = 2025-05 month/2026-05"),
    (WEDNESDAY, "It shut in November of last year.", "November of last year = 2025-11 month"),
    (WEDNESDAY, "October sales were weak.", "October = 2025-10 month/2026-10"),
    ("2025-02", "It shut in October.", "October = 2024-10 month/2025-10"),
    # years
    (WEDNESDAY, "It opened in 2022.", "2022 = 2022 year"),
    (WEDNESDAY, "None has been mined since 2001.", "since 2001 = 2001 since"),
    (WEDNESDAY, "It must close by 2030.", "by 2030 = 2030 by"),
    (WEDNESDAY, "Waivers last until the end of 2027.", "until the end of 2027 = 2027 by"),
    (WEDNESDAY, "It counts from 2026.", "2026 = 2026 year"),
    (WEDNESDAY, "It opened in late 2024.", "late 2024 = 2024 year"),
    (WEDNESDAY, "It opened in early 2025.", "early 2025 = 2025 year"),
    (WEDNESDAY, "It opened in mid-2024.", "mid-2024 = 2024 year"),
    (WEDNESDAY, "It grew from 2 tonnes in 2019 to 3 tonnes in 2024.", "2019 = 2019 year|2024 = 2024 year"),
    (WEDNESDAY, "She served between 2015 and 2017.", "2015 = 2015 year|2017 = 2017 year"),
    (WEDNESDAY, "She served from 2015 to 2017.", "2015 = 2015 year|2017 = 2017 year"),
    (WEDNESDAY, "Quotas hold in 2026 and 2027.", "2026 = 2026 year|2027 = 2027 year"),
    (WEDNESDAY, "Sources (2020–23): Peru.", "2020–23 = 2023 range"),
    (WEDNESDAY, "Sources for 2020-2023 differ.", "2020-2023 = 2023 range"),
    (WEDNESDAY, "The 2024 report says so.", "2024 = 2024 year"),
    (WEDNESDAY, "Peru's 2023 exports grew.", "2023 = 2023 year"),
    (WEDNESDAY, "It opened in 1959.", "1959 = 1959 year"),
    # fiscal years and quarters
    (WEDNESDAY, "They made less in fiscal 2024.", "fiscal 2024 = 2024 fiscal"),
    (WEDNESDAY, "They plan none for fiscal year 2025.", "fiscal year 2025 = 2025 fiscal"),
    (WEDNESDAY, "They made less in FY2025 and FY24.", "FY2025 = 2025 fiscal|FY24 = 2024 fiscal"),
    (WEDNESDAY, "They made less in the 2024-25 financial year.", "the 2024-25 financial year = 2025 fiscal"),
    ("2025-08-28", "Profit fell in the year to 30 June.", "the year to 30 June = 2025 fiscal/2026"),
    ("2025-08-28", "Profit fell in the year ended June 30, 2024.", "the year ended June 30, 2024 = 2024 fiscal"),
    ("2025-08-28", "Profit fell in the year to June.", "the year to June = 2025 fiscal/2026"),
    ("2025-08-28", "Profit fell in the six months to June.", "the six months to June = 2025 fiscal/2026"),
    ("2025-08-28", "Costs will drop this fiscal year.", "this fiscal year = 2025 fiscal/2026"),
    (WEDNESDAY, "They sold more in the first quarter of 2025.", "the first quarter of 2025 = 2025 quarter"),
    (WEDNESDAY, "They sold more in Q1 2025.", "Q1 2025 = 2025 quarter"),
    (WEDNESDAY, "They sold more in the second half of 2024.", "the second half of 2024 = 2024 quarter"),
    (WEDNESDAY, "They sold more in the third quarter.", "the third quarter = 2025 quarter/2026"),
    (JUNE, "They sold more in the first quarter.", "the first quarter = 2025 quarter/2026"),
    (WEDNESDAY, "They sold more in the first half of last year.", "the first half of last year = 2025 quarter"),
    (WEDNESDAY, "The March quarter was weak.", "The March quarter = 2025 quarter/2026"),
    (WEDNESDAY, "The June quarter of 2024 was weak.", "The June quarter of 2024 = 2024 quarter"),
    (WEDNESDAY, "They sold more last quarter.", "last quarter = 2025 quarter"),
]

NOTHING = [
    "They shipped 2,024 tonnes and 2024 tonnes.",
    "The F-35 was shown at COP28.",
    "It may open and march on.",
    "May they succeed!",
    "In the 2020s and the 1990s prices fell.",
    "It has 1650 seats, 2150 doors and 3000 lamps.",
    "It took over five years and nine months.",
    "He met May at noon, and Mark March too.",
    "They employ 2000 people and more than 1900.",
    "It cost $2024 or 2024%.",
    "The Sunday Times wrote so.",
    "Agenda 2063 is a plan.",
    "On 31 February 2024x nothing.",
    "In 20٣٤ nothing.",
    "Call 555-2024-99.",
]


def shown(text: str, mention: TimeMention) -> str:
    future = f"/{mention.future}" if mention.future else ""
    return f"{text[mention.span.start : mention.span.end]} = {mention.value} {mention.kind}{future}"


@pytest.mark.parametrize(("published", "text", "expected"), FOUND)
def test_a_time_is_resolved_to_its_own_grain(published: str, text: str, expected: str) -> None:
    assert "|".join(shown(text, mention) for mention in find_times(text, published)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_numbers_modals_and_durations_are_no_times(text: str) -> None:
    assert [shown(text, mention) for mention in find_times(text, WEDNESDAY)] == []


def test_without_the_documents_date_only_absolute_times_are_given() -> None:
    text = "On Monday, last year, in October, on 22 May, in Q3 or in the year to June; in 2022 and in June 2024."
    assert [m.value for m in find_times(text, None)] == ["2022", "2024-06"]


def test_a_date_known_to_the_month_resolves_no_weekday() -> None:
    assert [m.value for m in find_times("On Monday and last month.", "2025-01")] == ["2024-12"]


@pytest.mark.parametrize("published", ["", "soon", "2025-13-40", "0000-00-00", "9999-12-31", "0001-01-01"])
def test_an_odd_document_date_raises_nothing(published: str) -> None:
    times = find_times("Monday, next year, last week, 999 centuries ago, 29 February, next weekend, in May", published)
    assert all(mention.value for mention in times)


_PIECES = (
    "in since by until the end of last this next year month week weekend quarter Monday Tuesday May March October"
    " Dec. 3 16 31 2024 2025 2020–23 1999 - / , . ( ) FY Q1 H2 fiscal"
    " first half summer to from and ago two a decade years days today tomorrow"
    " 2024-11-28 29 February early mid-2024 ended 99 centuries s tonnes"
)
PIECES = st.sampled_from([*word_list(_PIECES), "\n"])
DATES = st.one_of(st.none(), st.dates().map(str), st.dates().map(lambda d: str(d)[:7]), st.text(max_size=10))


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)), DATES)
def test_any_text_gives_ordered_disjoint_spans_with_iso_values(text: str, published: str | None) -> None:
    mentions = find_times(text, published)
    assert mentions == find_times(text, published)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        for value in [mention.value, *([mention.future] if mention.future else [])]:
            assert len(value) in {4, 7, 10} and all(part.isdecimal() and part.isascii() for part in value.split("-"))
    for left, right in pairwise(mentions):
        assert left.span.end <= right.span.start
