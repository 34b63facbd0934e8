"""The date of an article among other words near its top."""

from __future__ import annotations

import pytest

from kg.read.dateline import dateline
from kg.read.headdate import head_date

_BODY = "The company said that its plant would open before the end of the year, and that it had hired sixty people."


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("PORT ELGIN, Va. (Sept. 18, 2025) – The agency buys tin.", "2025-09-18"),
        ("Libreville, 30 June 2026. – The president signed.", "2026-06-30"),
        ("Zug (Switzerland), 2 December 2025 – Tin is dear.", "2025-12-02"),
        ("SANTIAGO, Chile, January 19, 2026 /WIRELINE/ -- Tin is dear.", "2026-01-19"),
        ("Goromonzi, Zimbabwe, Thursday 12 March 2026: The plant opened.", "2026-03-12"),
        ("Reviewed 6 February 2026 by Ann Lee   Rate this page", "2026-02-06"),
        ("Sheet last edited: 13 May 2026 (editor: A. Lee)", "2026-05-13"),
        ("10 October 2025 – with Ann Lee in Rotterdam", "2025-10-10"),
        ("Keynote by Ann Lee, Victoria Falls, 30 September 2025", "2025-09-30"),
        ("Oslo | 14.03.2025", "2025-03-14"),
    ],
)
def test_date_near_the_top(line: str, date: str) -> None:
    found = head_date(["A headline about tin", line, _BODY])
    assert found is not None
    assert found.iso == date


@pytest.mark.parametrize(
    "lines",
    [
        ["Timeline", "3 July 2023: Beijing acts.", "4 July 2024: Beijing acts again."],
        ["A headline", "As the firm said, concentrate will not cross the border as of 1 January 2027 or later."],
        ["A headline", _BODY, "The mine closed in May. The last ore left on Friday, 3 May 2019"],
    ],
)
def test_other_dates_say_nothing_about_the_article(lines: list[str]) -> None:
    assert head_date(lines) is None


def test_year_of_a_dateline_is_not_before_the_latest_past_year_of_the_text() -> None:
    text = "SEOUL, June 3 (Wire) -- A group warned on Wednesday of a lack of helium."
    found = dateline(text, text + " Exports rose in 2024, after a curb in 2019.")
    assert found is not None
    assert found.published is not None
    assert found.published.iso == "2026-06-03"
