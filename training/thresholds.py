#!/usr/bin/env python3
"""What each number that the stages decide by is worth: text F1 on dumps that the model has not seen, with the number halved and doubled.

    thresholds.py CV SCORER TABLE --dechaff target/release/dechaff [--html] SET...

CV is the folder that `train.py --cv` wrote; its first fold is used. SETs are folders of labelled dumps, SCORER prints text_f1 as JSON for `GOLD OUT --json`. TABLE is written
as Markdown, the numbers that matter most first. With --html the SETs are pages, SCORER prints `F1 0.9` for `GOLD OUT`, and the numbers are those that only pages have; these are left out
without it.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def numbers(value, at=()):
    """The places of all numbers that are not zero, with their values."""
    if isinstance(value, dict):
        for name, field in value.items():
            yield from numbers(field, (*at, name))
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and value:
        yield at, value


def nested(at, value):
    for name in reversed(at):
        value = {name: value}
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cv", type=pathlib.Path)
    parser.add_argument("scorer")
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("sets", nargs="+", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--html", action="store_true")
    arguments = parser.parse_args()
    held_out = {pathlib.Path(line).resolve() for line in (arguments.cv / ("0.html.txt" if arguments.html else "0.txt")).read_text(encoding="utf-8").splitlines()}
    defaults = json.loads(subprocess.run([arguments.dechaff, "thresholds"], check=True, capture_output=True).stdout)
    with tempfile.TemporaryDirectory() as work:
        gold, out, file = pathlib.Path(work) / "gold", pathlib.Path(work) / "out", pathlib.Path(work) / "changed.json"
        gold.mkdir()
        for folder in arguments.sets:
            for dump in sorted(held_out):
                if dump.is_relative_to(folder.resolve()):
                    for part in dump.parent.glob(dump.name.split(".")[0] + ".*"):
                        shutil.copy(part, gold / part.name)

        def f1(changed):
            file.write_text(json.dumps(changed), encoding="utf-8")
            command = [arguments.dechaff, "clean", gold, "-o", out, "-q", "--force", "--keep-duplicates", "--include", "*.html.gz" if arguments.html else "*.txt", "--model", arguments.cv / "0.model", "--thresholds", file]
            subprocess.run(command, check=True)
            score = [sys.executable, arguments.scorer, gold, out] + ([] if arguments.html else ["--json"])
            said = subprocess.run(score, check=True, capture_output=True, text=True).stdout
            return float(re.search(r"F1 ([\d.]+)", said)[1]) if arguments.html else json.loads(said)["text_f1"]

        usual, rows = f1({}), []
        for at, value in numbers(defaults):
            if at[-1] == "most_share" or (at[0] == "html") != arguments.html:
                continue
            half, double = value / 2, value * 2
            if isinstance(value, int):
                half, double = round(half), round(double)
            rows.append((at, value, f1(nested(at, half)) - usual, f1(nested(at, double)) - usual))
            print(".".join(at), rows[-1][1:], flush=True)
    rows.sort(key=lambda row: (-abs(row[2]) - abs(row[3]), row[0]))
    lines = [f"| {'.'.join(at)} | {value:g} | {half * 1e4:+.0f} | {double * 1e4:+.0f} |" for at, value, half, double in rows]
    arguments.table.write_text("\n".join(["| number | value | halved | doubled |", "|---|---|---|---|", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
