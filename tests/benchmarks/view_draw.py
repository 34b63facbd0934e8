"""Prints how long the network page takes to write and, in headless Chromium, to draw first. No test.

python tests/benchmarks/view_draw.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, sync_playwright
from view_samples import crowd, write_folder

from kg.explore.view import ViewOptions, write_view

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def measure(things: int, browser: Browser, folder: Path) -> None:
    """One line for a graph of this many things."""
    graph = write_folder(crowd(things), folder / str(things))
    started = time.perf_counter()
    report = write_view(graph, folder / f"{things}.html", ViewOptions())
    written = time.perf_counter() - started
    page = browser.new_context(offline=True).new_page()
    started = time.perf_counter()
    page.goto(report.out.as_uri())
    while not page.evaluate("window.kg !== undefined && window.kg.firstDraw !== null"):
        page.wait_for_timeout(10)
    seen, drawn = time.perf_counter() - started, page.evaluate("window.kg.firstDraw") / 1000
    print(
        f"{report.nodes} things, {report.edges} statements, {report.out.stat().st_size / 1e6:.2f} MB: written in "
        f"{written:.2f} s, first drawn {drawn:.2f} s after the page was asked for (seen from outside: {seen:.2f} s)"
    )


def main() -> None:
    """200 and 1,000 things."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for things in (200, 1000):
            measure(things, browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
