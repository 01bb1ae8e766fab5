#!/usr/bin/env python3
"""dechaff and its peers side by side on made-up corpora, as whole commands on one thread; compare.sh calls it, and installs the peers.

    compare.py PROGRAM CORPORA RUNS           prints the tables; CORPORA holds what corpus.py wrote of each kind
    compare.py --peer NAME KIND CORPUS OUT    what a peer does, from reading files to writing what it found
"""
import collections
import html
import importlib.util
import json
import pathlib
import re
import statistics
import sys
import tempfile

import peers
from measure import run

# What the rules of C4 (Raffel and others 2020) ask of a line and of a page; sentences that pages repeat are left in.
C4_MARKS, C4_WORDS, C4_SENTENCES = (".", "!", "?", '"', "”"), 5, 3
C4_LINES = ("javascript", "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")


def c4(page):
    kept = [line for line in map(str.strip, page.split("\n"))
            if line.endswith(C4_MARKS) and not line.endswith("...") and len(line.split()) >= C4_WORDS and not any(words in line.lower() for words in C4_LINES)]
    text = "\n".join(kept)
    bad = "lorem ipsum" in text.lower() or "{" in text
    return "" if bad or len(re.findall(r"[.!?]+", text)) < C4_SENTENCES else text


def justext(page):
    import justext

    paragraphs = justext.justext(page.encode(), justext.get_stoplist("English"), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def justext_of_lines(page):
    """jusText knows only HTML: each line becomes a paragraph."""
    return justext("".join(f"<p>{html.escape(line)}</p>\n" for line in page.split("\n") if line.strip()))


def trafilatura(page):
    import trafilatura

    return trafilatura.extract(page) or ""


def resiliparse(page):
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(page, main_content=True)


CLEANERS = {"text": {"C4 line rules": c4, "jusText": justext_of_lines}, "html": {"jusText": justext, "trafilatura": trafilatura, "resiliparse": resiliparse}}
DOCUMENTS = "jsonl", "small"
FINDERS = {"rensa": peers.rensa_pairs, "datasketch": peers.datasketch_pairs, "gaoya": peers.gaoya_pairs}
# The setting that was best for all three on edited news (docs/near-duplicates.md).
WORDS, THRESHOLD = 5, 0.5


def is_there(name):
    return name == "C4 line rules" or importlib.util.find_spec(name.lower()) is not None


def clean_by(name, kind, corpus, out):
    clean = CLEANERS[kind][name]
    with open(out, "w", encoding="utf-8") as file:
        for path in sorted((corpus / "pages").rglob(f"*.{'txt' if kind == 'text' else kind}")):
            text = clean(path.read_text(encoding="utf-8"))
            file.write(json.dumps({"page": str(path.relative_to(corpus / "pages")), "text": text}) + "\n")


def dedup_by(name, corpus, out):
    ids, texts = zip(*((line["id"], line["text"]) for line in lines(corpus / "documents.jsonl")))
    with open(out, "w", encoding="utf-8") as file:
        for cluster in peers.clusters(FINDERS[name](texts, WORDS, THRESHOLD)):
            file.write(json.dumps({"cluster": [ids[text] for text in cluster]}) + "\n")


def lines(path):
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def word_f1(corpus, kind, kept):
    """The mean over pages; headline and byline may be kept or not. `kept` gives pages and texts."""
    of, scores = collections.defaultdict(list), []
    for page, text in kept:
        of[f"pages/{page}"].append(text)
    for truth in lines(corpus / "truth.jsonl"):
        page = (corpus / truth["page"]).read_text(encoding="utf-8").split("\n")
        if kind == "html":
            page = [html.unescape(re.sub("<[^>]*>", " ", line)) for line in page]
        article, either = (words("\n".join(page[line - 1] for line in truth[which])) for which in ("article", "either"))
        found = words("\n".join(of[truth["page"]]))
        right, wrong, lost = (bag.total() for bag in (found & article, found - article - either, article - found))
        scores.append(2 * right / (2 * right + wrong + lost))
    return statistics.mean(scores)


def pair_f1(corpus, clusters):
    original = {line["id"]: line["copy_of"] for line in lines(corpus / "truth.jsonl")}
    wanted = sum(pairs(copies + 1) for copies in collections.Counter(original.values()).values())
    found = right = 0
    for cluster in clusters:
        found += pairs(len(cluster))
        right += sum(map(pairs, collections.Counter(original.get(text, text) for text in cluster).values()))
    return 2 * right / (found + wanted)


def pairs(count):
    return count * (count - 1) // 2


def dechaff(program, kind, corpus, out):
    """Its command, and how what it found is scored."""
    if kind in DOCUMENTS:
        score = lambda: pair_f1(corpus, (line["cluster"] for line in lines(out / "clusters.jsonl")))
        command = "dedup", corpus / "documents.jsonl"
    else:
        score = lambda: word_f1(corpus, kind, ((line["provenance"]["dump"], line["text"]) for line in lines(out / "articles.jsonl")))
        command = "clean", corpus / "pages"
    return [program, *command, "-o", out, "--threads", "1", "--quiet", "--force"], score


def peer(name, kind, corpus, out):
    command = [sys.executable, __file__, "--peer", name, kind, corpus, out]
    if kind in DOCUMENTS:
        return command, lambda: pair_f1(corpus, (line["cluster"] for line in lines(out)))
    return command, lambda: word_f1(corpus, kind, ((line["page"], line["text"]) for line in lines(out)))


def table(program, kind, corpus, runs, folder):
    names = list(CLEANERS.get(kind, FINDERS))
    tools = {"dechaff": dechaff(program, kind, corpus, folder / f"{kind}-dechaff")}
    tools |= {name: peer(name, kind, corpus, folder / f"{kind}-{name}") for name in names if is_there(name)}
    costs = collections.defaultdict(list)
    # In turn, so that what else the machine does meets all of them.
    for _ in range(runs):
        for name, (command, _) in tools.items():
            costs[name].append(run(command))
    read = corpus / "documents.jsonl" if kind in DOCUMENTS else corpus / "pages"
    size = sum(path.stat().st_size for path in [read, *read.rglob("*")] if path.is_file()) / 1e6
    for name, (_, score) in tools.items():
        seconds, memory = (statistics.median(getattr(cost, of) for cost in costs[name]) for of in ("seconds", "memory"))
        measure = "pairs" if kind in DOCUMENTS else "words"
        print(f"| {kind}, {size:.0f} MB | {name} | {size / seconds:.1f} | {memory / 1e6:.0f} | {score():.3f} of {measure} |", flush=True)
    return [name for name in names if name not in tools]


def main(program, corpora, runs):
    print("| corpus | tool | MB/s | peak memory, MB | F1 |\n|---|---|---|---|---|")
    missing = set()
    with tempfile.TemporaryDirectory() as folder:
        for kind in (*CLEANERS, *DOCUMENTS):
            missing.update(table(program, kind, pathlib.Path(corpora, kind), int(runs), pathlib.Path(folder)))
    if missing:
        print(f"\nNot installed, so left out: {', '.join(sorted(missing))}.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        name, kind, corpus, out = sys.argv[2:]
        dedup_by(name, pathlib.Path(corpus), out) if kind in DOCUMENTS else clean_by(name, kind, pathlib.Path(corpus), out)
    elif len(sys.argv) == 4:
        main(*sys.argv[1:])
    else:
        sys.exit(__doc__)
