#!/usr/bin/env python3
"""Measures how `dechaff` grows with what it reads: time, memory, and what it puts on disk meanwhile.

    python3 benches/many.py target/release/dechaff small 300000 3000000 [-- --memory 512M]
    python3 benches/many.py target/release/dechaff text 10M 100M 1000M

Pages (text, html) are cleaned, documents (jsonl, small) compared, all made up by corpus.py, so many or so many megabytes (M), on one thread. What follows -- are
options of the command. Prints a table; exponents are by the seconds of the user, and by all.
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from measure import run

CORPUS = pathlib.Path(__file__).with_name("corpus.py")


def measure(program, kind, size, options, folder):
    """Megabytes that were read, records, the share of copies that were folded, and what it cost."""
    much = ["--megabytes", size[:-1]] if size.endswith("M") else ["--documents", size]
    corpus, out = folder / "corpus", folder / "out"
    subprocess.run([sys.executable, CORPUS, *much, "--kind", kind, corpus], check=True)
    pages = kind in ("text", "html")
    command, path = ("clean", corpus / "pages") if pages else ("dedup", corpus / "documents.jsonl")
    cost = run([program, command, path, "-o", out, "--threads", "1", "--quiet", *options])
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    megabytes = manifest["bytes"] / 1e6
    if pages:
        return megabytes, manifest["inputs"], "–", cost
    with open(corpus / "truth.jsonl", "rb") as truth:
        copies = sum(1 for _ in truth)
    return megabytes, manifest["articles"], f"{manifest['copies'] / copies:.3f}", cost


def main(program, kind, *arguments):
    at = arguments.index("--") if "--" in arguments else len(arguments)
    sizes, options = arguments[:at], arguments[at + 1:]
    print("| MB | records | user, s | system, s | MB/s | peak memory, MB | on disk meanwhile, MB | copies folded | exponent: user, all |\n|---|---|---|---|---|---|---|---|---|")
    before = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            megabytes, records, folded, cost = measure(program, kind, size, options, pathlib.Path(folder))
        power = "–"
        if before:
            more = math.log(records / before[0])
            user, both = (math.log(now / then) / more for now, then in ((cost.user, before[1].user), (cost.seconds, before[1].seconds)))
            power = f"{user:.2f}, {both:.2f}"
        figures = [f"{megabytes:.0f}", f"{records:,}", f"{cost.user:.1f}", f"{cost.system:.1f}", f"{megabytes / cost.seconds:.1f}", f"{cost.memory / 1e6:.0f}",
                   f"{cost.spilled / 1e6:.0f}", folded, power]
        print(f"| {' | '.join(figures)} |", flush=True)
        before = records, cost


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
