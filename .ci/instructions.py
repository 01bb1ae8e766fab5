#!/usr/bin/env python3
"""Speed may rise but not fall: counts the instructions that cleaning takes, with valgrind, and compares them with instructions.json.

    instructions.py            print count and level of each input; exit 1 and name what takes over 5 % more
    instructions.py --raise    write the counts into instructions.json as the new levels, whether lower or higher

Unlike time a count does not depend on what else the machine does; it does on the compiler and its settings, so levels are those of `cargo
build --release`. A level is of a path: the command cleans it on one thread. Where valgrind is not at hand nothing is counted.
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = ROOT / ".ci" / "instructions.json"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
PROGRAM = ROOT / TARGET / "release" / "dechaff"
SLACK = 0.05


def instructions_of(path):
    """How many instructions cleaning a path takes."""
    with tempfile.TemporaryDirectory() as out:
        count = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        clean = [PROGRAM, "clean", ROOT / path, "-o", pathlib.Path(out) / "out", "--threads", "1", "--quiet"]
        run = subprocess.run(count + clean, capture_output=True, text=True, errors="replace", check=True)
    return int(re.search(r"Collected\s*:\s*(\d+)", run.stderr)[1])


def main():
    if not shutil.which("valgrind"):
        print("no valgrind: instructions were not counted")
        return 0
    levels = json.loads(LEVELS.read_text(encoding="utf-8"))
    counts = {path: instructions_of(path) for path in levels}
    slow = [path for path, level in levels.items() if counts[path] > level * (1 + SLACK)]
    for path, level in levels.items():
        print(f"{path:34} {counts[path]:>14,} {level:>14,}{'  slower' if path in slow else ''}")
    if "--raise" in sys.argv[1:]:
        LEVELS.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
        return 0
    for path in slow:
        print(f"instructions: {path} takes {counts[path]:,}, the level is {levels[path]:,}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
