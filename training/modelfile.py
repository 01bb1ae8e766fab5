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
        out.write(MAGIC + struct.pack("<IIIf", features, len(lexical), count, 1 / SCALE) + lexical.tobytes() + trees)


def add_html(path, classifier, columns, words):
    """Adds trees for pages of HTML, which see `columns`, to a model file with `words` features of words, in place of those that it has."""
    with open(path, "rb") as model:
        bytes = model.read()
    features, buckets, trees, _ = struct.unpack_from("<IIIf", bytes, len(MAGIC))
    end = len(MAGIC) + struct.calcsize("<IIIf") + buckets
    for _ in range(features + words):
        end += 1 + 4 * bytes[end]
    end += trees * (DEPTH * struct.calcsize("<HB") + 2 * 4 * (1 << DEPTH))
    count, trees = trees_of(classifier)
    with open(path, "wb") as out:
        out.write(bytes[:end] + struct.pack("<II", columns, count) + trees)


def write_alone(path, classifier, columns):
    """Trees that stand alone, over `columns` features."""
    count, trees = trees_of(classifier)
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<II", columns, count) + trees)
