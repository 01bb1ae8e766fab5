#!/usr/bin/env python3
"""Runs dechaff and other finders of near-duplicates on labelled sets, and prints one table for docs/near-duplicates.md.

    python3 -m venv venv && venv/bin/pip install -r benches/requirements.txt
    venv/bin/python benches/peers.py target/release/dechaff SCORER SET...

A SET is a path without its ending: SET.jsonl holds {"id", "text"} a line, SET.gold.jsonl what SCORER (score_dups.py) compares with.
Everything runs in a process of its own with one thread. Each peer runs with four settings (single words or runs of five, threshold 0.5
or 0.7; 128 permutations; candidates are kept if their estimated similarity reaches the threshold); the best F1 is printed with its setting.

Speed is the set's bytes by user and system time, the least of five runs for dechaff, one run for a peer. For dechaff that is the whole
program; for a peer it begins with all texts in memory and ends with clusters. Memory is the peak of the process above the texts: for a
peer above the peak before its first call; for dechaff, which keeps the file in memory, by how much more than the file the peak grows
when the set is followed by three copies of it in other letters (shifted in the alphabet, so that no text is a copy of one before).
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

PERMUTATIONS = 128
SETTINGS = [(words, threshold) for words in (1, 5) for threshold in (0.5, 0.7)]
# Bands of so many rows that candidates of the threshold are likely to be found.
BANDS = {0.5: 32, 0.7: 16}


def shingles(text, words):
    tokens = text.lower().split()
    return {" ".join(tokens[at:at + words]) for at in range(max(1, len(tokens) - words + 1))}


def datasketch_pairs(texts, words, threshold):
    from datasketch import MinHash, MinHashLSH

    index, sketches = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text, words)])
        yield from ((other, number) for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= threshold)
        index.insert(number, sketch)
        sketches.append(sketch)


def rensa_pairs(texts, words, threshold):
    from rensa import RMinHash, RMinHashLSH

    index, sketches = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=BANDS[threshold]), []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(list(shingles(text, words)))
        yield from ((other, number) for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= threshold)
        index.insert(number, sketch)
        sketches.append(sketch)


def gaoya_pairs(texts, words, threshold):
    from gaoya.minhash import MinHashStringIndex

    bands = BANDS[threshold]
    index = MinHashStringIndex(32, threshold, bands, PERMUTATIONS // bands, PERMUTATIONS, "word", True, (words, words))
    for number, text in enumerate(texts):
        yield from ((other, number) for other in index.query(text))
        index.insert_document(number, text)


PEERS = {"rensa": rensa_pairs, "datasketch": datasketch_pairs, "gaoya": gaoya_pairs}


def clusters(pairs):
    """What hangs together through pairs."""
    parent = {}

    def root(text):
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for a, b in pairs:
        a, b = root(a), root(b)
        parent[max(a, b)] = min(a, b)
    found = {}
    for text in sorted(parent):
        found.setdefault(root(text), []).append(text)
    return [texts for texts in found.values() if len(texts) > 1]


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def run_peer(name, words, threshold, documents, out):
    """In a process of its own: prints seconds, and bytes a document."""
    ids, texts = [], []
    with open(documents, encoding="utf-8") as file:
        for line in map(json.loads, file):
            ids.append(line["id"])
            texts.append(line["text"])
    list(PEERS[name](texts[:1], words, threshold))
    seconds, memory = used()
    found = clusters(PEERS[name](texts, words, threshold))
    seconds, memory = [after - before for after, before in zip(used(), (seconds, memory))]
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"cluster": [ids[text] for text in texts]}) + "\n" for texts in found)
    print(json.dumps([seconds, memory / len(texts)]))


def run_dechaff(program, documents, out):
    pid = os.posix_spawn(program, [program, "dedup", documents, "-o", out, "--force", "--quiet", "-j", "1"], os.environ)
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, f"dechaff ended with {status}"
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def write_fourfold(documents, fourfold):
    """The set, and three times more with other letters. Gives the number of documents."""
    small, large = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    written = 0
    with open(fourfold, "w", encoding="utf-8") as out:
        for shift in (0, 5, 11, 17):
            other = str.maketrans(small + large, small[shift:] + small[:shift] + large[shift:] + large[:shift])
            # Line by line: what this process holds would count as the peak of the programs that it starts.
            with open(documents, encoding="utf-8") as file:
                for line in map(json.loads, file):
                    copy = {"id": f"{line['id']}-{shift}", "text": line["text"].translate(other)}
                    out.write(json.dumps(copy, ensure_ascii=False) + "\n")
                    written += 1
    return written


def dechaff_row(program, scorer, dups, folder):
    documents, fourfold, out = f"{dups}.jsonl", f"{folder}/fourfold.jsonl", f"{folder}/out"
    more = write_fourfold(documents, fourfold) * 3 / 4
    of_fourfold = min(run_dechaff(program, fourfold, out)[1] for _ in range(2)) - os.path.getsize(fourfold)
    runs = [run_dechaff(program, documents, out) for _ in range(5)]
    of_set = min(memory for _, memory in runs) - os.path.getsize(documents)
    each = (of_fourfold - of_set) / more
    return row("dechaff", "-", f"{out}/clusters.jsonl", min(seconds for seconds, _ in runs), each, scorer, dups)[1]


def row(name, setting, found, seconds, each, scorer, dups):
    documents = f"{dups}.jsonl"
    score = json.loads(subprocess.check_output([sys.executable, scorer, found, f"{dups}.gold.jsonl", "--docs", documents, "--json"]))
    speed = os.path.getsize(documents) / 1e6 / seconds
    figures = " | ".join(f"{score[figure]:.3f}" for figure in ("P", "R", "F1"))
    return score["F1"], f"| {pathlib.Path(dups).name} | {name} | {setting} | {figures} | {score['largest_pred']} | {speed:.1f} | {each:.0f} |"


def main(program, scorer, *sets):
    print("| set | finder | setting | P | R | F1 | largest cluster | MB/s | bytes a document |\n|---|---|---|---|---|---|---|---|---|")
    for dups in sets:
        documents = f"{dups}.jsonl"
        with tempfile.TemporaryDirectory() as folder:
            print(dechaff_row(program, scorer, dups, folder), flush=True)
            for name in PEERS:
                rows = []
                for words, threshold in SETTINGS:
                    command = [sys.executable, __file__, "--peer", name, str(words), str(threshold), documents, f"{folder}/found"]
                    environment = os.environ | {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
                    seconds, each = json.loads(subprocess.check_output(command, env=environment))
                    rows.append(row(name, f"{words} word{'s'[:words - 1]}, {threshold}", f"{folder}/found", seconds, each, scorer, dups))
                    print(rows[-1][1], file=sys.stderr, flush=True)
                print(max(rows)[1], flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        name, words, threshold, documents, out = sys.argv[2:]
        run_peer(name, int(words), float(threshold), documents, out)
    elif len(sys.argv) > 3:
        main(*sys.argv[1:])
    else:
        sys.exit(__doc__)
