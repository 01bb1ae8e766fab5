"""Types, and what an import costs."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
CONFIG = str(HERE / "pyproject.toml")


def run(tmp_path: Path, *arguments: str) -> None:
    """Runs elsewhere, so that the package that is installed is looked at."""
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_say_what_there_is(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy does not install here")
    modules = ["dechaff._dechaff", "dechaff.errors", "dechaff.samples"]
    if importlib.util.find_spec("datatrove"):
        modules = ["dechaff"]
    run(tmp_path, "mypy.stubtest", *modules, "--mypy-config-file", CONFIG)


def test_package_tests_and_examples_are_typed(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy does not install here")
    run(tmp_path, "mypy", "--strict", "--config-file", CONFIG, "-p", "dechaff")
    # Each folder is looked at by itself: what lies above the clone is no package of ours, whatever it holds.
    for part in ("tests", "examples", "benches"):
        run(tmp_path, "mypy", "--strict", "--no-namespace-packages", "--config-file", CONFIG, str(HERE / part))


def test_an_import_loads_next_to_nothing() -> None:
    script = """if True:
        import sys
        before = set(sys.modules)
        import dechaff
        new = {name for name in set(sys.modules) - before if not name.startswith("dechaff")}
        assert new <= {"__future__"}, new
    """
    subprocess.run([sys.executable, "-c", script], check=True)
