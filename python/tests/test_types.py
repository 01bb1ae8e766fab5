"""Types, and what an import costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=PACKAGE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_say_what_there_is() -> None:
    pytest.importorskip("mypy", reason="mypy does not install here")
    run("-m", "mypy.stubtest", "dechaff", "--ignore-missing-stub", "--mypy-config-file", "pyproject.toml")


def test_package_and_tests_are_typed() -> None:
    pytest.importorskip("mypy", reason="mypy does not install here")
    run("-m", "mypy", "--strict", "--follow-imports=silent", "dechaff", "tests", "examples", "benches")


def test_an_import_loads_next_to_nothing() -> None:
    script = """if True:
        import sys
        before = set(sys.modules)
        import dechaff
        new = {name for name in set(sys.modules) - before if not name.startswith("dechaff")}
        assert new <= {"__future__"}, new
    """
    subprocess.run([sys.executable, "-c", script], check=True)
