"""Labels of blocks: the labelled lines of a dump, brought to the blocks that `dechaff features` prints."""

import collections
import re

import numpy as np

from words import hash_words

KEEP = {"title", "body"}
# Lines that a set's text may or may not hold. Captions are none of them: most sets leave them out of the text.
EITHER = {"meta", "note", "?"}
# What a character of a caption weighs: there are few, and they read like text.
CAPTION = 4.0


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
        chars *= CAPTION if label == "caption" else 1.0
        if "+" in label:
            kept, scored = kept + 0.75 * chars, scored + chars
        else:
            kept, scored = kept + chars * (label in KEEP), scored + chars
    return (kept / scored if scored else 0.5), scored


def labels_of(txt, block_spans):
    """(share kept, characters scored) for each block of a labelled dump. White space counts as it is scored: squeezed."""
    labels, raw = line_labels(txt.with_suffix(".tsv")), txt.read_bytes()
    spans = [(s, e, labels[n]) for n, s, e in line_spans(raw) if n in labels]
    result, first = [], 0
    for start, end in block_spans:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        parts = []
        for s, e, label in spans[first:]:
            if s >= end:
                break
            parts.append((label, len(" ".join(raw[max(s, start):min(e, end)].decode("utf-8", "replace").split()))))
        result.append(block_label(parts))
    return np.array(result, dtype=np.float32)


def segment_labels(txt, segments, block_spans):
    """(kept or not, characters) for each block that holds one of the page's labelled segments; blocks without a label weigh nothing."""
    raw = txt.read_bytes()
    flat = lambda text: " ".join(text.split())
    good, bad = ([flat(s) for s in segments.get(key, [])] for key in ("with_in_text", "without_in_text"))
    result = []
    for start, end in block_spans:
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


RUN = 4


def share_in(blocks, gold):
    """(share of its words that stand in the gold text, words) of each block of a page. What stands there in runs of RUN words, or makes up a
    line, counts; of blocks with the same words no more than the gold text has, those first that stand amid more of it."""
    lines = [tuple(hash_words(line)) for line in re.split(r"[\n|\t]", gold)]
    whole = collections.Counter(line for line in lines if line)
    every = [word for line in lines for word in line]
    runs = {tuple(every[i:i + RUN]) for i in range(len(every) - RUN + 1)}
    shares = []
    for words in blocks:
        covered = np.zeros(len(words), bool)
        for i in range(len(words) - RUN + 1):
            if tuple(words[i:i + RUN]) in runs:
                covered[i:i + RUN] = True
        shares.append(1.0 if tuple(words) in whole else float(covered.mean()) if words else 0.0)
    sizes = np.array([len(words) for words in blocks])
    copies = collections.defaultdict(list)
    for at, words in enumerate(blocks):
        if shares[at] > 0.5:
            copies[tuple(words)].append(at)
    kept = np.array(shares) * sizes
    around = lambda at: kept[max(0, at - 4):at + 5].sum() - kept[at]
    for words, places in copies.items():
        for extra in sorted(places, key=around, reverse=True)[max(1, whole[words]):]:
            shares[extra] = 0.0
    return np.stack([shares, 6.0 * sizes], axis=1) if blocks else np.zeros((0, 2))


def segment_words_labels(blocks, good, bad):
    """(kept or not, characters) for each block that holds a labelled segment, or a good part of one; blocks without a label weigh nothing."""
    def holds(words, segment):
        part, whole = (words, segment) if len(words) < len(segment) else (segment, words)
        return len(part) >= min(5, len(segment)) and any(whole[i:i + len(part)] == part for i in range(len(whole) - len(part) + 1))
    result = []
    for words in blocks:
        kept, dropped = (any(segment and holds(words, segment) for segment in group) for group in (good, bad))
        result.append((float(kept), float(min(6 * len(words), 300)) if kept != dropped else 0.0))
    return np.array(result, dtype=np.float32).reshape(-1, 2)
