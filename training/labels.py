"""Labels of blocks: the labelled lines of a dump, brought to the blocks that `dechaff features` prints."""

import collections
import csv
import pathlib

import numpy as np

KEEP = {"title", "body"}
EITHER = {"meta", "caption", "note", "?"}


def line_labels(tsv):
    """Line number -> label, of a .tsv with a row per non-blank line."""
    labels = {}
    for row in tsv.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            number, label = row.split("\t")[:2]
            labels[int(number)] = label
    return labels


def line_spans(raw):
    """(number, start, end) of each line, in bytes."""
    start = 0
    for number, line in enumerate(raw.split(b"\n"), 1):
        yield number, start, start + len(line)
        start += len(line) + 1


def block_label(parts):
    """(share kept, characters scored) of a block from its (label, characters) parts."""
    kept = scored = 0.0
    for label, chars in parts:
        if label in EITHER:
            continue
        if "+" in label:
            kept, scored = kept + 0.75 * chars, scored + chars
        else:
            kept, scored = kept + chars * (label in KEEP), scored + chars
    return (kept / scored if scored else 0.5), scored


def read_features(path):
    """Columns, and per dump the rows (segment, start, end, features) of `dechaff features`."""
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        columns = next(rows)[5:]
        dumps = collections.defaultdict(lambda: ([], []))
        for dump, segment, start, end, words, *values in rows:
            places, features = dumps[dump]
            places.append((int(segment), int(start), int(end), [int(w) for w in words.split()]))
            features.append(np.array(values, dtype=np.float32))
    return columns, {dump: (places, np.stack(features)) for dump, (places, features) in dumps.items()}


def labels_of(folder, dump, places):
    """(share kept, characters scored) for each block of a labelled dump. White space counts as it is scored: squeezed."""
    txt = pathlib.Path(folder) / dump
    labels, raw = line_labels(txt.with_suffix(".tsv")), txt.read_bytes()
    spans = [(s, e, labels[n]) for n, s, e in line_spans(raw) if n in labels]
    result, first = [], 0
    for _, start, end, _ in places:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        parts = []
        for s, e, label in spans[first:]:
            if s >= end:
                break
            parts.append((label, len(" ".join(raw[max(s, start):min(e, end)].decode("utf-8", "replace").split()))))
        result.append(block_label(parts))
    return np.array(result, dtype=np.float32)


def segment_labels(txt, segments, places):
    """(kept or not, characters) for each block that holds one of the page's labelled segments; blocks without a label weigh nothing."""
    raw = txt.read_bytes()
    flat = lambda text: " ".join(text.split())
    good, bad = ([flat(s) for s in segments.get(key, [])] for key in ("with_in_text", "without_in_text"))
    result = []
    for _, start, end, _ in places:
        text = flat(raw[start:end].decode("utf-8", "replace"))
        inside = lambda group: any(s in text or (len(text) > 25 and text in s) for s in group)
        kept, dropped = inside(good), inside(bad)
        result.append((float(kept), float(min(len(text), 300)) if kept != dropped else 0.0))
    return np.array(result, dtype=np.float32).reshape(-1, 2)


def after_text(labels, borders):
    """For each block whether it stands behind its article's text (1), in it (0) or neither is known (-1); the text is the stretch that holds
    most kept characters less those of debris. And how many blocks behind."""
    sides, distance = np.full(len(labels), -1), np.zeros(len(labels), int)
    for first, last in zip(borders, borders[1:]):
        share, chars = labels[first:last].T
        sums = np.concatenate([[0], np.cumsum(chars * (2 * share - 1))])
        end = int(np.argmax(sums - np.minimum.accumulate(sums)))
        start = int(np.argmin(sums[:end + 1]))
        if start < end:
            sides[first + start:first + end] = 0
            sides[first + end:last] = 1
            distance[first + end:last] = np.arange(last - first - end)
    return sides, distance
