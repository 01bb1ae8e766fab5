"""The examples of docstrings and of ``examples/`` run."""

from __future__ import annotations

import doctest
import importlib.util
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dechaff
import dechaff.samples

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))


def docstrings() -> list[tuple[str, str]]:
    found = [("dechaff", dechaff.__doc__ or "")]
    for name in dechaff.__all__:
        thing = getattr(dechaff, name)
        found.append((name, inspect.getdoc(thing) or ""))
        if inspect.isclass(thing):
            members = ((f"{name}.{member}", inspect.getdoc(value) or "") for member, value in vars(thing).items())
            found.extend(members)
    return [(name, text) for name, text in found if ">>>" in text]


@pytest.mark.parametrize(("name", "text"), docstrings())
def test_a_docstring_says_what_happens(name: str, text: str) -> None:
    for package in re.findall(r"import .*\b(pyarrow)\b", text):
        pytest.importorskip(package)
    example = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert not report, "".join(report)


def test_everything_public_has_a_docstring() -> None:
    for name in dechaff.__all__:
        if name != "__version__":
            assert inspect.getdoc(getattr(dechaff, name)), name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(path: Path, tmp_path: Path) -> None:
    needs = re.findall(r"^# Needs: (.*)$", path.read_text(), re.MULTILINE)
    for package in [name for line in needs for name in line.split(", ")]:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} does not install here")
    done = subprocess.run([sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Old quay reopens after storm" in done.stdout, done.stdout
