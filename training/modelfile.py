"""The model file: a header, the lexical weights, the trees. All numbers little-endian; read by src/model/file.rs."""

import struct

import numpy as np

MAGIC = b"dechaff1"
SCALE = 32.0


def quantise(weights):
    return np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8)


def dequantise(weights):
    return weights.astype(np.float32) / SCALE


def flatten(node, nodes, leaves):
    """Appends a tree's nodes; returns a node's number, or minus one less a leaf's."""
    if "leaf_value" in node:
        leaves.append(node["leaf_value"])
        return -len(leaves)
    number = len(nodes)
    nodes.append(None)
    left = flatten(node["left_child"], nodes, leaves)
    right = flatten(node["right_child"], nodes, leaves)
    nodes[number] = (node["split_feature"], left, right, node["threshold"], node["internal_value"])
    return number


def write(path, lexical, booster, features):
    trees = []
    for tree in booster.dump_model()["tree_info"]:
        nodes, leaves = [], []
        flatten(tree["tree_structure"], nodes, leaves)
        if nodes:
            trees.append((nodes, leaves))
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<IIIf", features, len(lexical), len(trees), 1 / SCALE))
        out.write(lexical.tobytes())
        for nodes, leaves in trees:
            out.write(struct.pack("<HH", len(nodes), len(leaves)))
            for feature, left, right, threshold, value in nodes:
                out.write(struct.pack("<Hhhff", feature, left, right, np.float32(threshold), value))
            out.write(np.array(leaves, np.float32).tobytes())
