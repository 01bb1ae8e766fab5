"""Words of short blocks: hashed words and pairs of words, and the windows over their scores that the trees see. The Rust side is src/model/lexical.rs."""

import numpy as np
from scipy.sparse import csr_matrix

BUCKETS = 1 << 14
SHORT = 14
OFFSETS = (-3, -2, -1, 1, 2)
NEAR, WIDE = 10, 20


def bucket_rows(all_words, short):
    rows, columns = [], []
    for row in np.where(short)[0]:
        words = all_words[row]
        columns += [word % BUCKETS for word in words]
        columns += [((a * 31 + b) & 0xFFFFFFFF) % BUCKETS for a, b in zip(words, words[1:])]
        rows += [row] * (2 * len(words) - 1)
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(all_words), BUCKETS))


def window_features(scores, borders):
    """For each block, within the article between two borders: its score, those of its neighbours, the sums over the NEAR blocks before and after, the least over the WIDE ones."""
    out = np.zeros((len(scores), 1 + len(OFFSETS) + 4), np.float32)
    for first, last in zip(borders, borders[1:]):
        own, rows = scores[first:last], out[first:last]
        count = last - first
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
    return out
