"""The model file: a header, the lexical weights, the borders of the features, the trees. All numbers little-endian; read by src/clean/model/file.rs."""

import json
import pathlib
import struct
import tempfile

import numpy as np

MAGIC = b"dechaff2"
SCALE = 32.0
DEPTH = 6
NEVER = (0, 255)
# Features, weights of words, trees and the scale of the weights; and the bytes of the leaves of a tree, with the share of rows of each.
HEAD = "<IIIf"
LEAVES = 2 * 4 * (1 << DEPTH)


def quantise(weights):
    return np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8)


def dequantise(weights):
    return weights.astype(np.float32) / SCALE


def dump(classifier):
    """What CatBoost writes of a classifier."""
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work) / "model.json"
        classifier.save_model(str(path), format="json")
        return json.loads(path.read_text(encoding="utf-8"))


def spread(values):
    """The leaves of a tree of fewer levels, as those of one of DEPTH levels whose last questions are always answered with no."""
    return np.concatenate([values, np.zeros((1 << DEPTH) - len(values))])


def trees_of(classifier):
    """The trees of a classifier as the file holds them: how many, and the bytes of the borders of all features and of the trees."""
    model = dump(classifier)
    borders = [[] for _ in classifier.feature_names_]
    for tree in model["oblivious_trees"]:
        for split in tree["splits"]:
            borders[split["float_feature_index"]].append(np.float32(split["border"]))
    borders = [sorted(set(own)) for own in borders]
    scale, (bias,) = model["scale_and_bias"]
    packed = b"".join(struct.pack("<B", len(own)) + np.array(own, np.float32).tobytes() for own in borders)
    for number, tree in enumerate(model["oblivious_trees"]):
        questions = [(s["float_feature_index"], borders[s["float_feature_index"]].index(np.float32(s["border"]))) for s in tree["splits"]]
        for feature, above in questions + [NEVER] * (DEPTH - len(questions)):
            packed += struct.pack("<HB", feature, above)
        leaves = np.array(tree["leaf_values"]) * scale + (bias if number == 0 else 0)
        shares = np.array(tree["leaf_weights"]) / sum(tree["leaf_weights"])
        packed += spread(leaves).astype(np.float32).tobytes() + spread(shares).astype(np.float32).tobytes()
    return len(model["oblivious_trees"]), packed


def write(path, lexical, classifier, features):
    """`features` are those of the Rust side; those of the words follow them."""
    count, trees = trees_of(classifier)
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack(HEAD, features, len(lexical), count, 1 / SCALE) + lexical.tobytes() + trees)


def section(classifier):
    """Trees with the number of columns that they see, and their own number, in front."""
    count, trees = trees_of(classifier)
    return struct.pack("<II", len(classifier.feature_names_), count) + trees


def write_trees(path, classifier):
    """A file of trees alone."""
    pathlib.Path(path).write_bytes(MAGIC + section(classifier))


def add_html(path, classifier, words):
    """Adds trees for pages of HTML to a model file with `words` features of words, in place of those that it has."""
    with open(path, "rb") as model:
        bytes = model.read()
    features, buckets, trees, _ = struct.unpack_from(HEAD, bytes, len(MAGIC))
    end = len(MAGIC) + struct.calcsize(HEAD) + buckets
    for _ in range(features + words):
        end += 1 + 4 * bytes[end]
    end += trees * (DEPTH * struct.calcsize("<HB") + LEAVES)
    with open(path, "wb") as out:
        out.write(bytes[:end] + section(classifier))


class Model:
    """A model file, taken apart: what stands before the borders, these and the trees, and what stands behind them."""

    def __init__(self, head, borders, trees, tail):
        self.head, self.borders, self.trees, self.tail = head, borders, trees, tail

    @classmethod
    def read(cls, path, words):
        """A file with `words` features of words."""
        file = pathlib.Path(path).read_bytes()
        features, buckets, count, scale = struct.unpack_from(HEAD, file, len(MAGIC))
        at = len(MAGIC) + struct.calcsize(HEAD)
        return cls.parse((features, buckets, scale, file[at:at + buckets]), features + words, count, file[at + buckets:])

    @classmethod
    def parse(cls, head, columns, count, file):
        """The borders of so many columns, so many trees, and the rest."""
        at, borders, trees, size = 0, [], [], struct.calcsize("<HB")
        for _ in range(columns):
            borders.append(np.frombuffer(file, np.float32, file[at], at + 1))
            at += 1 + 4 * file[at]
        for _ in range(count):
            questions = [struct.unpack_from("<HB", file, at + size * level) for level in range(DEPTH)]
            trees.append((questions, file[at + size * DEPTH:at + size * DEPTH + LEAVES]))
            at += size * DEPTH + LEAVES
        return cls(head, borders, trees, file[at:])

    def of_html(self):
        """The trees for HTML, which stand behind those of the text, as a model."""
        columns, count = struct.unpack_from("<II", self.tail)
        return Model.parse((columns, 0, 1 / SCALE, b""), columns, count, self.tail[struct.calcsize("<II"):])

    def odds(self, x):
        """The log-odds of rows."""
        bins = [np.searchsorted(own, x[:, feature]) for feature, own in enumerate(self.borders)]
        total = np.zeros(len(x))
        for questions, leaves in self.trees:
            leaf = sum((bins[feature] > above).astype(int) << level for level, (feature, above) in enumerate(questions))
            total += np.frombuffer(leaves, np.float32, 1 << DEPTH)[leaf]
        return total

    def add(self, classifier):
        """Adds the trees of a classifier that began with these log-odds."""
        with tempfile.TemporaryDirectory() as work:
            path = pathlib.Path(work) / "model"
            write(path, np.zeros(0, np.int8), classifier, self.head[0])
            other = Model.read(path, len(self.borders) - self.head[0])
        both = [np.unique(np.concatenate(pair)) for pair in zip(self.borders, other.borders)]
        place = lambda old, feature, above: above if above >= len(old[feature]) else int(np.searchsorted(both[feature], old[feature][above]))
        self.trees = [([(feature, place(model.borders, feature, above)) for feature, above in questions], leaves) for model in (self, other) for questions, leaves in model.trees]
        self.borders = both

    def packed(self):
        """The bytes of borders and trees."""
        borders = b"".join(struct.pack("<B", len(own)) + own.astype(np.float32).tobytes() for own in self.borders)
        return borders + b"".join(b"".join(struct.pack("<HB", *question) for question in questions) + leaves for questions, leaves in self.trees)

    def write(self, path, html=None):
        """Writes the file, with other trees for HTML if there are such."""
        features, buckets, scale, lexical = self.head
        tail = struct.pack("<II", html.head[0], len(html.trees)) + html.packed() if html else self.tail
        pathlib.Path(path).write_bytes(MAGIC + struct.pack(HEAD, features, buckets, len(self.trees), scale) + lexical + self.packed() + tail)
