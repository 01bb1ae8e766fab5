"""Words of blocks: hashed words, with three tables of weights, and the windows over their scores that the trees see. The Rust side is
src/clean/model/lexical.rs: short blocks for text against debris, short blocks for the end of the text, long blocks for text against debris."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import modelfile

BUCKETS = 1 << 14
# Blocks that a table is fitted to, at most.
BLOCKS = 150_000
SHORT = 14
OFFSETS = (-3, -2, -1, 1, 2)
NEAR, WIDE, FAR = 10, 20, 60
REACHES = (8, 30)
SOME_TEXT = 400
NAMES = [
    "keep", "keep@-3", "keep@-2", "keep@-1", "keep@1", "keep@2", "keep-10", "keep+10", "least_keep-20", "least_keep+20",
    "end", "end_best-", "to_end_best", "end_sum-", "end_chars", "end_best+", "end_sum+", "long", "long-8", "long+8", "long-30", "long+30",
]


# The least and greatest value of each feature (the columns of src/clean/model/lexical.rs).
ONE, MANY, TEXT = 16.0, 64.0, 9.0
RANGES = np.array([
    (-ONE, ONE), (-ONE, ONE), (-ONE, ONE), (-ONE, ONE), (-ONE, ONE), (-ONE, ONE), (-MANY, MANY), (-MANY, MANY), (-ONE, ONE), (-ONE, ONE),
    (-ONE, ONE), (0, ONE), (0, FAR), (0, MANY), (0, TEXT), (0, ONE), (0, MANY), (-ONE, ONE), (-ONE, ONE), (-ONE, ONE), (-ONE, ONE), (-ONE, ONE),
], np.float32).T


def bucket_rows(all_words, chosen, pairs):
    """A row for each block with how often it has the words, and the pairs of words, of each bucket; blocks not chosen have none."""
    own = [words if use else words[:0] for words, use in zip(all_words, chosen)]
    sizes = np.array([len(words) for words in own])
    flat = np.concatenate(own).astype(np.uint64)
    rows = np.repeat(np.arange(len(own)), sizes)
    columns = flat % BUCKETS
    if pairs:
        together = rows[1:] == rows[:-1]
        after = ((flat[:-1] * 31 + flat[1:]) & 0xFFFFFFFF) % BUCKETS
        rows, columns = np.concatenate([rows, rows[1:][together]]), np.concatenate([columns, after[together]])
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns.astype(np.int64))), shape=(len(own), BUCKETS))


class Words:
    """The words of all blocks, and what the weights of a model are fitted to. `sides` and `distance` are those of `labels.after_text`."""

    def __init__(self, words, y, w, sides, distance, seed):
        count = np.array([len(own) for own in words])
        self.short, self.long = (count > 0) & (count <= SHORT), count > SHORT
        self.pairs, self.single = bucket_rows(words, self.short, True), bucket_rows(words, self.long, False)
        self.root = np.sqrt(np.maximum(count, 1))
        self.y, self.w, self.sides, self.distance, self.seed = y, w, sides, distance, seed

    def fit(self, rows):
        """The three tables, quantised as the model file holds them."""
        def table(x, chosen, y, strength, **options):
            chosen = rows[chosen[rows]]
            taken = np.random.default_rng(self.seed).permutation(chosen)[:BLOCKS]
            strength, chosen = strength * len(chosen) / len(taken), taken
            weight = options.get("weight", np.ones(len(y)))[chosen]
            model = LogisticRegression(C=strength, max_iter=60, tol=0.01, solver="liblinear", random_state=self.seed)
            return model.fit(x[chosen], y[chosen], sample_weight=weight).coef_[0]
        near_end = np.where((self.sides == 1) & (self.distance >= 12), 0.2, 1.0)
        keep = table(self.pairs, self.short & (self.w > 0), self.y, 0.3)
        end = table(self.pairs, self.short & (self.sides >= 0), self.sides, 0.3, weight=near_end)
        long = table(self.single, self.long & (self.w > 0), self.y, 0.05)
        return modelfile.quantise(np.concatenate([keep, end, 4 * long]))

    def scores(self, tables, rows):
        """Per block the three scores."""
        keep, end, long = np.split(modelfile.dequantise(tables), 3)
        short, single = self.pairs[rows], self.single[rows]
        return np.stack([short @ keep, short @ end, (single @ long) / self.root[rows]], axis=1)


def least_before(own):
    """The least of the WIDE scores before each; 0 where there are none."""
    padded = np.concatenate([np.full(WIDE, np.inf), own])
    least = sliding_window_view(padded, WIDE)[:len(own)].min(axis=1)
    return np.where(np.isinf(least), 0, least)


def keep_windows(own, rows):
    """A block's score, those of its neighbours, the sums over the NEAR blocks before and after, the least over the WIDE ones."""
    count = len(own)
    rows[:, 0] = own
    for column, offset in enumerate(OFFSETS, 1):
        if offset < 0 and count > -offset:
            rows[-offset:, column] = own[:offset]
        elif offset > 0 and count > offset:
            rows[:-offset, column] = own[offset:]
    sums = np.concatenate([[0], np.cumsum(own)])
    at = np.arange(count)
    rows[:, 6] = sums[at] - sums[np.maximum(at - NEAR, 0)]
    rows[:, 7] = sums[np.minimum(at + 1 + NEAR, count)] - sums[at + 1]
    rows[:, 8] = least_before(own)
    rows[:, 9] = least_before(own[::-1])[::-1]


def end_windows(own, text_before, rows):
    """Where the text may have ended; see `ends` of the Rust side."""
    counted = np.where(text_before > SOME_TEXT, np.maximum(own, 0), 0)
    sums = np.cumsum(counted)
    rows[:, 0], rows[:, 3], rows[:, 6] = own, sums, sums[-1] - sums
    best, distance, text = 0.0, FAR, 0.0
    for index, score in enumerate(counted):
        if score > 0 and score >= best:
            best, distance, text = score, 0, text_before[index]
        rows[index, 1], rows[index, 2], rows[index, 4] = best, distance, np.log1p(text_before[index] - text)
        distance = min(distance + 1, FAR)
    rows[:-1, 5] = np.maximum.accumulate(counted[::-1])[::-1][1:]


def long_windows(own, rows):
    """A block's score and the means over the long blocks before and after."""
    count = len(own)
    sums, seen = np.concatenate([[0], np.cumsum(own)]), np.concatenate([[0], np.cumsum(own != 0)])
    mean = lambda first, last: (sums[last] - sums[first]) / np.maximum(seen[last] - seen[first], 1)
    rows[:, 0], at = own, np.arange(count)
    for column, reach in enumerate(REACHES):
        rows[:, 1 + 2 * column] = mean(np.maximum(at - reach, 0), at + 1)
        rows[:, 2 + 2 * column] = mean(at, np.minimum(at + reach + 1, count))


def window_features(scores, text_before, borders):
    """The features named NAMES for each block, within the article between two borders."""
    out = np.zeros((len(scores), len(NAMES)), np.float32)
    for first, last in zip(borders, borders[1:]):
        keep_windows(scores[first:last, 0], out[first:last, :10])
        end_windows(scores[first:last, 1], text_before[first:last], out[first:last, 10:17])
        long_windows(scores[first:last, 2], out[first:last, 17:])
    return np.clip(out, *RANGES)
