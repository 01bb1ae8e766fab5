#!/usr/bin/env python3
"""Measures what `dechaff clean --index` finds again of what an earlier run has seen, for docs/near-duplicates.md.

    python3 benches/index.py target/release/dechaff SET...

A SET is a path without its ending: SET.jsonl holds {"id", "text"} a line, SET.gold.jsonl {"cluster": [id, …], "ops": {id: edit}}.

Articles: one text of each cluster and two thirds of the others are cleaned with a new index, the rest with the same index after that. R: of the
texts of the second run of whose cluster one is in the index those that are known by it, also through a copy of their own run; P: of the texts that are
known those that are known by one of their cluster; both also by edit. Paragraphs: some of 100 to 900 bytes of known texts are edited, put amid texts of the
second run, and looked for with `--paragraphs mark`. One is named wrongly if under half of its letters stand, in runs of eight, in the article that is named.
"""
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

MISREAD = {"o": "0", "l": "1", "i": "l", "s": "5", "e": "c", "h": "b", "n": "u", "m": "rn", "c": "e", "u": "n"}


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def squeezed(text):
    return [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def clean(program, folder, name, texts, *more):
    """Cleans texts, {id: paragraphs}, with the index of the folder: its articles, copies of earlier ones, and for each the id of the text."""
    path, out = folder / f"{name}.jsonl", folder / name
    path.write_text("".join(json.dumps({"id": id, "text": "\n\n".join(text)}) + "\n" for id, text in texts.items()), encoding="utf-8")
    command = [program, "clean", path, "-o", out, "--index", folder / "index", "--rules", "none", "--model", "none", "--quiet", *more]
    subprocess.run(command, check=True)
    ids = list(texts)
    return lines(out / "articles.jsonl"), lines(out / "copies.jsonl"), lambda place: ids[int(place["record"]) - 1]


def articles(program, first, second, cluster, edits):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        known, _, text_of = clean(program, folder, "first", first)
        size = (folder / "index").stat().st_size / len(known)
        of_id = {article["id"]: text_of(article["provenance"]) for article in known}
        seen = {text_of(place) for article in known for place in [article["provenance"], *article["provenance"]["copies"]]}
        found, copies, text_of = clean(program, folder, "second", second)
    by, read = collections.defaultdict(set), set()
    for copy in copies:
        by[text_of(copy)].add(of_id.get(copy["id"]))
        read.add(text_of(copy))
    for article in found:
        for place in [article["provenance"], *article["provenance"]["copies"]]:
            read.add(text_of(place))
            if article.get("supersedes"):
                by[text_of(place)].add(of_id.get(article["supersedes"]))
    indexed = {cluster[text] for text in seen if text in cluster}
    right = {text for text, others in by.items() if text in cluster and any(cluster.get(other) == cluster[text] for other in others)}
    wanted = [text for text in second if text in read and cluster.get(text) in indexed]
    print(f"P {len(right) / len(by):.3f} R {sum(text in right for text in wanted) / len(wanted):.3f} of {len(wanted)}, {size:.0f} bytes an article")
    of_edit = collections.defaultdict(list)
    for text in wanted:
        of_edit[str(edits.get(text) or re.sub("[-_].*", "", text))].append(text in right)
    for edit, hits in sorted(of_edit.items(), key=lambda item: -len(item[1]))[:14]:
        print(f"    {edit}: {sum(hits) / len(hits):.2f} of {len(hits)}")


def edited(draw, words):
    """Each edit by its name."""

    def other_words(count):
        def change(text):
            parts = text.split()
            places = [place for place, word in enumerate(parts) if word.isalpha() and len(word) > 3]
            for place in draw.sample(places, min(count, len(places))):
                parts[place] = draw.choice(words)
            return " ".join(parts)

        return change

    def misread(text):
        return "".join(MISREAD[c] if c in MISREAD and draw.random() < 0.06 else c for c in text)

    return {
        "the same": lambda text: text,
        "one word": other_words(1),
        "three words": other_words(3),
        "misread": misread,
        "other marks": lambda text: text.replace('"', "»").replace("'", "’").replace(", ", " – "),
        "nine words more": lambda text: f"{text} {' '.join(draw.sample(words, 9))}.",
    }


def bare(text):
    return re.sub("[^a-z0-9]", "", text.lower())


def share(paragraph, text):
    covered = [False] * len(paragraph)
    for at in range(len(paragraph) - 7):
        if paragraph[at:at + 8] in text:
            covered[at:at + 8] = [True] * 8
    return sum(covered) / max(1, len(covered))


def paragraphs(program, first, hosts):
    draw = random.Random(5)
    all_of = [p for text in first.values() if len(text) > 1 for p in text if 100 <= len(p) <= 900 and len(p.split()) > 12]
    chosen = draw.sample(all_of, min(len(hosts), len(all_of)))
    edits = edited(draw, [word for p in chosen for word in p.split() if word.isalpha() and len(word) > 4])
    put, second = {}, {}
    for number, (host, paragraph) in enumerate(zip(hosts, chosen)):
        edit = list(edits)[number % len(edits)]
        put[host] = edit, edits[edit](paragraph), bare(paragraph)
        middle = len(hosts[host]) // 2
        second[host] = [*hosts[host][:middle], put[host][1], *hosts[host][middle:]]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        known, _, _ = clean(program, folder, "first", first)
        found, _, text_of = clean(program, folder, "second", second, "--paragraphs", "mark")
    known = {article["id"]: bare(article["text"]) for article in known}
    everything = "|".join(known.values())
    hits, named, wrong = collections.defaultdict(list), 0, 0
    for article in found:
        edit, paragraph, before = put[text_of(article["provenance"])]
        parts = article["text"].split("\n\n")
        repeats = {repeat["paragraph"]: repeat["id"] for repeat in article["provenance"].get("repeats", []) if repeat.get("id")}
        named += len(repeats)
        wrong += sum(share(bare(parts[place]), known.get(id, "")) < 0.5 for place, id in repeats.items())
        if paragraph in parts and before in everything:
            hits[edit].append(parts.index(paragraph) in repeats)
    print("  paragraphs:", ", ".join(f"{edit} {sum(hits[edit]) / len(hits[edit]):.3f} of {len(hits[edit])}" for edit in edits), f"; {wrong} of {named} named wrongly")


def main(program, *sets):
    for dups in sets:
        texts = {line["id"]: squeezed(line["text"]) for line in lines(f"{dups}.jsonl")}
        gold = lines(f"{dups}.gold.jsonl")
        cluster = {text: number for number, line in enumerate(gold) for text in line["cluster"]}
        edits = {text: edit for line in gold for text, edit in (line.get("ops") or {}).items()}
        alone = [text for text in texts if text not in cluster]
        chosen = {line["cluster"][0] for line in gold} | {text for place, text in enumerate(alone) if place % 3 < 2}
        first = {text: texts[text] for text in texts if text in chosen}
        second = {text: texts[text] for text in texts if text not in chosen}
        print(pathlib.Path(dups).name, end=": ")
        articles(program, first, second, cluster, edits)
        hosts = {text: texts[text] for text in alone if text not in chosen}
        if len(hosts) > 300:
            paragraphs(program, first, hosts)


if __name__ == "__main__":
    main(*sys.argv[1:])
