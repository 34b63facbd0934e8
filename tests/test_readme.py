"""Every command of the README runs, and prints what stands below it. To write the outputs anew:

python tests/test_readme.py OUT

with the folder of a `make demo`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
# what makes an environment is not run inside one; the session's `demo` runs that target
INSTALLING = {"make demo", "make test", "pip install ."}


@dataclass(frozen=True)
class Shown:
    """A command of the README, and the output below it ('' where none is shown)."""

    command: str
    output: str


def shown(block: str) -> list[Shown]:
    """The commands of one block: '$ ' starts one, '> ' goes on with it, the rest is output."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0].append(line[2:])
        else:
            found[-1][1].append(line)
    return [Shown("\n".join(command), "".join(f"{line}\n" for line in output)) for command, output in found]


def run(command: str, out: Path) -> tuple[int, str]:
    """Exit code and output of a command, run in the project with `out` for `out/`; no spaces at ends of lines."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.replace("out/", f"{out}/"),
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = done.stdout.replace(f"{out}/", "out/").splitlines()
    return done.returncode, "".join(f"{line.rstrip()}\n" for line in lines)


COMMANDS = [item for block in BLOCK.findall(README.read_text(encoding="utf-8")) for item in shown(block)]


def test_the_readme_opens_with_the_picture_and_the_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    picture = re.search(r"!\[[^]]+\]\(([^)]+)\)", text)

    assert picture is not None
    assert (ROOT / picture[1]).read_bytes().startswith(b"\x89PNG")
    assert text.index(picture[0]) < text.index("$ make demo") < text.index("$ pip install .")
    assert [item.command for item in COMMANDS[:3]] == ["make demo", "make test", "pip install ."]
    assert len(COMMANDS) >= 9
    assert sum(bool(item.output) for item in COMMANDS) >= 5


def test_what_installs_is_there_to_be_run() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert {item.command for item in COMMANDS} >= INSTALLING
    assert [target for target in ("demo", "test") if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
    assert project["project"]["scripts"] == {"kg": "kg.cli:main"}
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"ontology": "kg/_data/ontology", "queries": "kg/_data/queries"}


def test_the_demo_validates_answers_three_questions_and_says_where_all_is(demo: tuple[Path, str]) -> None:
    out, said = demo

    assert f"0 findings: {out}/graph" in said
    assert len(re.findall(r"^[- ]+$", said, re.MULTILINE)) == 3  # the rule below the head of a table
    assert said.splitlines()[-1].startswith(f"The graph is in {out}/graph/graph.ttl, the network page in {out}/")
    assert {path.name for path in out.iterdir()} == {"graph", "network.html"}


@pytest.mark.parametrize(
    "item", [item for item in COMMANDS if item.command not in INSTALLING], ids=lambda item: item.command.split("\n")[0]
)
def test_a_command_of_the_readme_does_what_is_shown(item: Shown, demo: tuple[Path, str]) -> None:
    code, output = run(item.command, demo[0])

    assert code == 0, output
    if item.output:
        assert output == item.output


def refresh(out: Path) -> None:
    """Writes the present outputs into the README, but for the counts that `build` and `view` end with."""

    def rewritten(block: re.Match[str]) -> str:
        lines = []
        for item in shown(block[0]):
            output = "" if item.command in INSTALLING else run(item.command, out)[1]
            silent = not item.output and re.search(r"kg (?:build|view)", item.command)
            lines += [f"$ {item.command}".replace("\n", "\n> "), *([] if silent else output.splitlines())]
        return "".join(f"{line}\n" for line in lines)

    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(rewritten, text), encoding="utf-8")


if __name__ == "__main__":
    refresh(Path(sys.argv[1]).resolve())
