#!/usr/bin/env python3
"""Quality may rise but not fall: scores labelled dumps and compares the figures with levels.json.

    ratchet.py            print figure and level of each set; exit 1 and name what fell
    ratchet.py --raise    write better figures into levels.json as the new levels

levels.json maps a set to its levels. In `lost` and `leaked` lower is better, in all others higher. A set is a folder
below ../shared; a name after `:` chooses dumps of it (a set of dumps whose file names match). A set below `dups` is one of
documents, of which it is measured which copies are found, with `:N` among the first N; a `duplicates.json` names articles that
are copies, and others that are not; `repeated:FOLDER` counts the lines of appeals that are learned from repetition alone,
without rules and model.
"""
import collections, fnmatch, gzip, json, os, pathlib, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LEVELS = ROOT / ".ci" / "levels.json"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
PROGRAM = ROOT / TARGET / "release" / "dechaff"
SCORER = SHARED / "bench" / "score_text.py"
COPIES_SCORER = SHARED / "bench" / "score_dups.py"
LOWER_IS_BETTER = {"lost", "leaked", "merged", "body_taken"}
SLACK = 0.002


def gold_of(name, temporary):
    """The folder with the dumps of a set."""
    folder, _, patterns = name.partition(":")
    if not patterns:
        return SHARED / folder
    chosen = temporary / "gold"
    chosen.mkdir()
    for file in sorted((SHARED / folder).iterdir()):
        if any(fnmatch.fnmatch(file.name, pattern) for pattern in patterns.split(",")):
            shutil.copy(file, chosen / file.name)
    return chosen


def figures_of(name):
    """What the scorer says of a set, and what is wrong with the run itself."""
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        gold, out = gold_of(name, temporary), temporary / "out"
        if not any(gold.rglob("*.tsv")):
            return {}, ["there are no labelled dumps"]
        run = subprocess.run([PROGRAM, "clean", gold, "-o", out, "--include", "*.txt", "--keep-duplicates", "--quiet"])
        if not (out / "manifest.json").exists():
            return {}, [f"the run ended with status {run.returncode} and no manifest"]
        failures = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["failures"]
        if run.returncode != (1 if failures else 0):
            return {}, [f"the run ended with status {run.returncode} and {len(failures)} failures"]
        # The scorer's list of kinds is older than that of quotations.
        ledger = out / "ledger.jsonl"
        ledger.write_text(ledger.read_text(encoding="utf-8").replace('"kind":"quote"', '"kind":"other"'), encoding="utf-8")
        score = subprocess.run([sys.executable, SCORER, gold, out, "--json"], capture_output=True, text=True, encoding="utf-8")
        if not score.stdout.strip():
            return {}, [f"the scorer broke down: {score.stderr.strip()[-300:]}"]
        figures = json.loads(score.stdout)
        faults = [] if figures["honest"] is True else [f"not honest: {figures['faults'][:3]}"]
        return figures, faults


def gold_among(ids, gold, into):
    """The clusters among documents with these ids."""
    with open(into, "w", encoding="utf-8") as file:
        for line in gold.read_text(encoding="utf-8").splitlines():
            cluster = [member for member in json.loads(line)["cluster"] if member in ids]
            file.write(json.dumps({"cluster": cluster}) + "\n" if len(cluster) > 1 else "")
    return into


def copies_of(name):
    """What the scorer says of the copies that are found in a set of documents, and what is wrong with the run itself."""
    name, _, first = name.partition(":")
    documents, gold = SHARED / f"{name}.jsonl.gz", SHARED / f"{name}.gold.jsonl"
    with tempfile.TemporaryDirectory() as temporary:
        plain, out = pathlib.Path(temporary) / "documents.jsonl", pathlib.Path(temporary) / "out"
        lines = gzip.decompress(documents.read_bytes()).splitlines(keepends=True)[: int(first) if first else None]
        plain.write_bytes(b"".join(lines))
        gold = gold_among({json.loads(line)["id"] for line in lines}, gold, pathlib.Path(temporary) / "gold.jsonl")
        run = subprocess.run([PROGRAM, "dedup", plain, "-o", out, "--quiet"])
        if run.returncode != 0:
            return {}, [f"the run ended with status {run.returncode}"]
        score = subprocess.run([sys.executable, COPIES_SCORER, out / "clusters.jsonl", gold, "--docs", plain, "--json"], capture_output=True, text=True)
        if not score.stdout.strip():
            return {}, [f"the scorer broke down: {score.stderr.strip()[-300:]}"]
        figures = json.loads(score.stdout)
        return {figure: round(figures[figure], 4) for figure in ("P", "R", "F1")}, []


def stories_of(name):
    """Which groups of copies come together whole, and how many pairs come together that must not."""
    wanted = json.loads((SHARED / name).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([PROGRAM, "clean", (SHARED / name).parent, "-o", out, "--include", "*.txt", "--quiet"], check=True)
        story = {}
        for line in (pathlib.Path(out) / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            place = json.loads(line)["provenance"]
            for article in [place] + place["copies"]:
                story[pathlib.Path(article["dump"]).stem, article["article"]] = place["dump"], place["article"]
    one_story = lambda group: len({story.get((a["dump"], a["article"]), a["dump"] + "?") for a in group}) == 1
    groups = wanted.get("groups", wanted.get("duplicates", []))
    near = [pair["pair"] if isinstance(pair, dict) else pair for pair in wanted["near_misses"]]
    return {"groups": sum(map(one_story, groups)), "merged": sum(map(one_story, near))}, []


def repeated_of(name):
    """Labelled lines of appeals, and of text, more than half of which is taken for repeated."""
    folder, counts = SHARED / name.partition(":")[2], collections.Counter()
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([PROGRAM, "clean", folder, "-o", out, "--include", "*.txt", "--quiet", "--rules", "none", "--model", "none"], check=True)
        for line in (pathlib.Path(out) / "ledger.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            spans = [(s["start"], s["end"]) for s in record["spans"] if s["kind"] == "repeated"]
            dump = folder / record["dump"]
            starts, lines = [0], dump.read_bytes().split(b"\n")
            for text in lines:
                starts.append(starts[-1] + len(text) + 1)
            for row in dump.with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
                number, _, label = row.partition("\t")
                label = label.split("\t")[0]
                if number.isdigit() and label in ("donation", "body"):
                    start, end = starts[int(number) - 1], starts[int(number)] - 1
                    taken = sum(max(0, min(end, e) - max(start, s)) for s, e in spans)
                    counts[label] += taken * 2 > end - start
    return {"appeals": counts["donation"], "body_taken": counts["body"]}, []


def measure_of(name):
    kinds = {"dups/": copies_of, "repeated:": repeated_of}
    found = [measure for prefix, measure in kinds.items() if name.startswith(prefix)]
    return found[0] if found else stories_of if name.endswith("duplicates.json") else figures_of


def fell(figure, value, level):
    if value is None:
        return True
    return value > level + SLACK if figure in LOWER_IS_BETTER else value < level - SLACK


def main():
    levels = json.loads(LEVELS.read_text(encoding="utf-8"))
    faults = []
    print(f"{'set':34} {'figure':18} {'now':>8} {'level':>8}")
    for name, wanted in levels.items():
        figures, wrong = measure_of(name)(name)
        faults += [f"{name}: {fault}" for fault in wrong]
        for figure, level in wanted.items() if figures else ():
            value = figures.get(figure)
            down = fell(figure, value, level)
            print(f"{name:34} {figure:18} {value if value is not None else '-':>8} {level:>8}{'  fell' if down else ''}")
            if down:
                faults.append(f"{name}: {figure} fell to {value}, the level is {level}")
            elif not wrong:
                wanted[figure] = min(level, value) if figure in LOWER_IS_BETTER else max(level, value)
    if "--raise" in sys.argv[1:]:
        rows = [f"  {json.dumps(name)}: {json.dumps(wanted)}" for name, wanted in levels.items()]
        LEVELS.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    for fault in faults:
        print(f"ratchet: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
