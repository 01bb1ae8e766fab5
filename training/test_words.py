"""Checks that training sees the words that dechaff sees: those of tests/tables/words.tsv, which a test in Rust writes."""

import pathlib
import sys

from words import hash_words

table = pathlib.Path(__file__).parent.parent / "tests/tables/words.tsv"
faults = []
for line in table.read_text(encoding="utf-8").splitlines()[1:]:
    text, hashes = line.split("\t")
    if hash_words(text) != [int(number) for number in hashes.split()]:
        faults.append(text)
sys.exit(f"other words than dechaff sees: {faults}" if faults else 0)
