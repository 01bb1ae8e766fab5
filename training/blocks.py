"""What `dechaff features` prints of a folder, read into arrays."""

import dataclasses
import subprocess
import tempfile

import numpy as np


@dataclasses.dataclass
class Blocks:
    """The blocks of one dump: the article of the dump that each stands in, its bytes, its words (hashed), the characters of text before it,
    its features."""
    segments: np.ndarray
    spans: np.ndarray
    words: list
    text_before: np.ndarray
    features: np.ndarray


def read(path):
    """The names of the features, and the blocks of each dump."""
    dumps, numbers = {}, lambda text, kind, sep: np.fromstring(text, dtype=kind, sep=sep)
    with open(path, encoding="utf-8", newline="") as lines:
        columns = next(lines).rstrip("\n").split("\t")[6:]
        for line in lines:
            dump, segment, start, end, words, rest = line.split("\t", 5)
            dumps.setdefault(dump, []).append((int(segment), int(start), int(end), numbers(words, np.uint32, " "), numbers(rest, np.float32, "\t")))
    return columns, {dump: of_rows(rows) for dump, rows in dumps.items()}


def of_rows(rows):
    segments, starts, ends, words, values = zip(*rows)
    values = np.stack(values)
    return Blocks(np.array(segments), np.stack([starts, ends], axis=1), list(words), values[:, 0], values[:, 1:])


def features_of(dechaff, folder, *options, include="*.txt"):
    """The same for a folder of dumps."""
    with tempfile.NamedTemporaryFile(suffix=".tsv") as out:
        subprocess.run([dechaff, "features", folder, "--include", include, *options], stdout=out, check=False)
        return read(out.name)
