"""Parts of the command that tasks of Ray do, as docs/scale.md has it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = os.environ.get("DECHAFF_COMMAND")

pytestmark = pytest.mark.skipif(not COMMAND, reason="DECHAFF_COMMAND does not name the command")


def test_tasks_that_do_parts_write_what_one_process_does(tmp_path: Path) -> None:
    ray = pytest.importorskip("ray", reason="ray does not install here")
    once = subprocess.run([str(COMMAND), "clean", "-q", str(ROOT / "samples"), "-o", str(tmp_path / "once")])
    assert once.returncode == 0
    code = re.search(r"```python\n(import subprocess\n.*?)```", (ROOT / "docs" / "scale.md").read_text(), re.DOTALL)
    assert code is not None
    here = {"/shared/dumps": ROOT / "samples", "/shared/out": tmp_path / "out", '"dechaff"': f'"{COMMAND}"', "num_cpus=4": "num_cpus=1", "PARTS = 64": "PARTS = 3"}
    text = code[1]
    for shown, meant in here.items():
        assert shown in text
        text = text.replace(shown, str(meant))
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        exec(text, {})
    finally:
        ray.shutdown()
    for name in ("articles.jsonl", "ledger.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "once" / name).read_bytes()
