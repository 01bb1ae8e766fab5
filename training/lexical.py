"""Words of blocks: hashed words, with three tables of weights, and the windows over their scores that the trees see. The Rust side is
src/clean/model/lexical.rs: short blocks for text against debris, short blocks for the end of the text, long blocks for text against debris."""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import modelfile

BUCKETS = 1 << 14
SHORT = 14
OFFSETS = (-3, -2, -1, 1, 2)
NEAR, WIDE, FAR = 10, 20, 60
REACHES = (8, 30)
SOME_TEXT = 400
NAMES = [
    "keep", "keep@-3", "keep@-2", "keep@-1", "keep@1", "keep@2", "keep-10", "keep+10", "least_keep-20", "least_keep+20",
    "end", "end_best-", "to_end_best", "end_sum-", "end_chars", "end_best+", "end_sum+", "long", "long-8", "long+8", "long-30", "long+30",
]


def bucket_rows(all_words, chosen, pairs):
    """A row for each block with how often it has the words, and the pairs of words, of each bucket."""
    rows, columns = [], []
    for row in np.where(chosen)[0]:
        words = all_words[row]
        own = [word % BUCKETS for word in words]
        if pairs:
            own += [((a * 31 + b) & 0xFFFFFFFF) % BUCKETS for a, b in zip(words, words[1:])]
        columns += own
        rows += [row] * len(own)
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(all_words), BUCKETS))


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
            weight = options.get("weight", np.ones(len(y)))[chosen]
            model = LogisticRegression(C=strength, max_iter=60, solver="liblinear", random_state=self.seed)
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
    for index in range(count):
        rows[index, 8] = min(own[max(0, index - WIDE):index], default=0)
        rows[index, 9] = min(own[index + 1:index + 1 + WIDE], default=0)


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
    return out
