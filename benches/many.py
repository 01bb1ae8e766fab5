#!/usr/bin/env python3
"""Measures `dechaff dedup` on many small documents: time, and memory.

    python3 benches/many.py target/release/dechaff [--memory SIZE] 300000 3000000

Documents are made up: 40 words of 4,000, one in five a copy of an earlier one with a word changed or the last ones cut. Prints for each size
processor seconds, the peak of memory, and the share of copies that were folded; then by what power of the size the time grows, and by how much memory for each document more.
"""
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

LETTERS = "abcdefghijklmnoprstuvw"


def documents(count):
    """The texts, and whether each is a copy."""
    draw = random.Random(7)
    words = ["".join(draw.choices(LETTERS, k=draw.randint(3, 9))) for _ in range(4000)]
    recent = []
    for _ in range(count):
        if recent and draw.random() < 0.2:
            text = list(draw.choice(recent))
            if draw.random() < 0.5:
                text[draw.randrange(len(text))] = draw.choice(words)
            else:
                del text[-3:]
            yield text, True
        else:
            text = draw.choices(words, k=40)
            recent.append(text)
            del recent[:-5000]
            yield text, False


def measure(program, options, count, folder):
    """Processor seconds, bytes of memory, and the share of copies that were folded."""
    path, copies = folder / "documents.jsonl", 0
    with open(path, "w", encoding="utf-8") as file:
        for number, (text, is_copy) in enumerate(documents(count)):
            copies += is_copy
            file.write(json.dumps({"id": f"d{number}", "text": " ".join(text)}) + "\n")
    process = subprocess.Popen([program, "dedup", path, "-o", folder / "out", "--force", "--quiet", "--threads", "1", *options])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{program} ended with status {status}")
    folded = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))["copies"]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, folded / copies


def main(program, *arguments):
    options, counts = (arguments[:2], arguments[2:]) if arguments[0] == "--memory" else ((), arguments)
    measured = []
    for count in map(int, counts):
        with tempfile.TemporaryDirectory() as folder:
            seconds, memory, folded = measure(program, options, count, pathlib.Path(folder))
        measured.append((count, seconds, memory))
        print(f"{count:>10} documents  {seconds:8.1f} s  {memory / 1e6:7.0f} MB  {folded:.3f} of the copies folded", flush=True)
    for (few, before, low), (many, after, high) in zip(measured, measured[1:]):
        power, each = math.log(after / before) / math.log(many / few), (high - low) / (many - few)
        print(f"{few} to {many}: time grows by the power of {power:.2f}, memory by {each:.0f} bytes a document")


if __name__ == "__main__":
    main(*sys.argv[1:])
