"""Takes the picture that heads the README: the network page of a graph with one statement selected. No test.

python tests/benchmarks/screenshot.py out/graph corpus/network.png China restrictsExportOf gallium
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg.explore.view import ViewOptions, write_view

CHROMIUM = "/usr/bin/chromium"
SELECT = """([subject, property, object]) => {
    const named = label => kg.data.nodes.findIndex(node => node.label === label);
    kg.network.moveTo({ position: kg.network.getPosition(named(subject)), scale: 0.75 });
    const ends = [named(subject), named(object)];
    kg.select("edge", kg.data.edges.findIndex(
        edge => edge.from === ends[0] && edge.to === ends[1] && edge.property === property));
}"""


def take(graph: Path, picture: Path, statement: list[str]) -> None:
    """Writes the page of `graph`, opens it with `statement` (subject, property, object) selected, and saves a picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = write_view(graph, Path(folder) / "network.html", ViewOptions()).out
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1500, "height": 950})
        page.goto(out.as_uri())
        while not page.evaluate("window.kg !== undefined && kg.firstDraw !== null"):
            page.wait_for_timeout(50)
        page.evaluate(SELECT, statement)
        page.wait_for_timeout(1000)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:6])
