"""The candidates for headlines that `dechaff features --titles` prints, with their labels."""

import bisect
import collections
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import numpy as np

import sets
from labels import KEEP, line_spans

FOLD = {0x2018: "'", 0x2019: "'", 0x201c: '"', 0x201d: '"', 0x2013: "-", 0x2014: "-", 0x2026: "..."}


# Sets of which some dumps are taken with their headlines wrapped, and some as the article alone.
SINGLE = {"wcxb", "fundus", "daniel"}
# Bytes of the shortest headline that is wrapped over two lines, and over three.
WRAPPED = (50, 110)
HEADLINES = {"title", "duptitle"}
# The set of dumps of many articles that compose.py makes.
COMPOSED = "composed"


def normalised(title):
    """A headline as headlines are compared: case, white space, typographic quotes and dashes do not count."""
    return re.sub(r"\s+", " ", (title or "").translate(FOLD)).strip().casefold().strip(" .")


@dataclasses.dataclass
class Text:
    """The candidates for the headline of a part of a dump: features, labels (1 the headline, 0 another line, 2 the headline printed elsewhere), and
    whether each has the words of the headline. `wanted` says whether the part has a headline at all, `articles` how many begin in it, `made`
    whether the dump was made from one with a headline on one line."""
    dump: str
    set: str
    fold: int
    spans: list
    x: np.ndarray
    labels: np.ndarray
    right: np.ndarray
    wanted: bool
    articles: int
    made: bool

    @property
    def has_title(self):
        """Whether the headline is among the candidates."""
        return bool(self.right.any())

    @property
    def name(self):
        """The set, and the folder within it."""
        return "/".join([self.set, *self.dump.split("/")[:-1]])


def rows_of(dechaff, folder):
    """The names of the features, and by dump and article of it the bytes and features of each candidate."""
    command = [dechaff, "features", "--titles", folder, "--include", "*.txt", "--model", "none"]
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        columns = next(process.stdout).rstrip("\n").split("\t")[4:]
        for line in process.stdout:
            dump, segment, start, end, rest = line.split("\t", 4)
            found[dump][int(segment)].append((int(start), int(end), np.fromstring(rest, np.float32, sep="\t")))
    return columns, found


def gold_of(path):
    """The lines of a dump that an article has, each with its first and last byte, label and article, and the headline of each article."""
    info = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    titles = {a["article"]: normalised(a.get("title")) for a in info["articles"]}
    labels = {}
    for row in path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            number, label, article = row.split("\t")[:3]
            if article.strip().isdigit():
                labels[int(number)] = (label, int(article))
    return [(s, e, *labels[n]) for n, s, e in line_spans(path.read_bytes()) if n in labels], titles


def texts_of(own, dump, path, segments, fold, made):
    """The labelled candidates of each part of a dump that holds most of an article."""
    raw, (lines, titles) = path.read_bytes(), gold_of(path)
    order = sorted(segments)
    starts = [segments[segment][0][0] for segment in order]
    votes = collections.defaultdict(collections.Counter)
    for start, end, label, article in lines:
        if label in KEEP:
            at = max(bisect.bisect(starts, start) - 1, 0)
            votes[article][order[at]] += end - start
    holds = {article: count.most_common(1)[0][0] for article, count in votes.items()}
    for segment in order:
        rows = segments[segment]
        ours = {article for article, at in holds.items() if at == segment}
        wanted = {titles.get(article) for article in ours} - {"", None}
        x = np.stack([features for *_, features in rows])
        right = np.array([normalised(raw[s:e].decode("utf-8", "replace")) in wanted for s, e, _ in rows])
        heads = [(s, e) for s, e, label, article in lines if label == "title" and article in ours]
        if own.name == COMPOSED and heads:
            # What the dump puts around a headline is taken off when those of all articles are known.
            (first, first_end), (last, last_end) = heads[0], heads[-1]
            stands = np.array([first <= start < first_end and last < end <= last_end for start, end, _ in rows])
            right |= stands
        stands = right & np.array([any(s < end and start < e for s, e in heads) for start, end, _ in rows])
        labels = np.where(stands, 1, np.where(right, 2 if stands.any() else 1, 0))
        yield Text(dump, own.name, fold, [row[:2] for row in rows], x, labels, right, bool(wanted), len(ours), made)


def wrapped(line):
    """A headline over two lines, or three if it is long, broken between words; none where it has too few."""
    words, parts = line.split(b" "), 2 if len(line) < WRAPPED[1] else 3
    width, lines = len(line) / parts * 1.15, [b""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(b"")
        lines[-1] += (b" " if lines[-1] else b"") + word
    return lines if len(lines) > 1 else None


def wrap_headlines(folder, made):
    """Writes every third dump of a folder with its long headlines wrapped, and its labels beside it."""
    for path in sorted(folder.rglob("*.tsv"))[::3]:
        raw = path.with_suffix(".txt").read_bytes().split(b"\n")
        rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row.strip() and not row.startswith("#")]
        added, labels, changed = 0, [], False
        for number, label, *rest in rows:
            at = int(number) + added
            lines = wrapped(raw[at - 1].rstrip()) if label in HEADLINES and len(raw[at - 1]) >= WRAPPED[0] else None
            if lines:
                raw[at - 1:at] = lines
            for extra in range(len(lines or [None])):
                labels.append("\t".join([str(at + extra), label, *rest]))
            added, changed = added + len(lines or [None]) - 1, changed or bool(lines)
        if changed:
            target = made / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.with_suffix(".txt").write_bytes(b"\n".join(raw))
            target.write_text("\n".join(labels) + "\n", encoding="utf-8")
            shutil.copy(path.with_suffix(".json"), target.with_suffix(".json"))


def bare_articles(folder, made):
    """Writes every other dump of a folder as it comes out when it is cleaned: its headline and text alone, an empty line between paragraphs; each tenth of them
    without the headline."""
    for at, path in enumerate(sorted(folder.rglob("*.tsv"))[1::2]):
        raw = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace").split("\n")
        rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row.strip() and not row.startswith("#")]
        kept = [(raw[int(number) - 1].strip(), label) for number, label, article, *_ in rows if label in KEEP and article == "1"]
        title = next((row for row in kept if row[1] == "title"), None)
        body = [row for row in kept if row[1] == "body"]
        if not title or len(body) < 3:
            continue
        rows = body if at % 10 == 0 else [title, *body]
        target = made / f"bare-{path.relative_to(folder)}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".txt").write_text("".join(f"{line}\n\n" for line, _ in rows), encoding="utf-8")
        target.write_text("".join(f"{2 * place + 1}\t{label}\t1\n" for place, (_, label) in enumerate(rows)), encoding="utf-8")
        info = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for article in info["articles"]:
            article["title"] = article.get("title") if rows[0] is title else None
        target.with_suffix(".json").write_text(json.dumps(info), encoding="utf-8")


def composed(dechaff, folder):
    """The parts of composed dumps that hold one article or none."""
    own, texts = sets.Set(COMPOSED), []
    _, found = rows_of(dechaff, folder)
    for dump, segments in sorted(found.items()):
        path = folder / dump
        fold = int(sets.site_of(path))
        texts += [text for text in texts_of(own, dump, path, segments, fold, made=True) if text.articles < 2]
    return texts


def load(dechaff, root, without=()):
    """The names of the features, and the parts of the dumps of all sets whose headlines are known; those that were made of them too."""
    columns, texts = [], []
    for own in sets.chosen(without):
        if own.name == sets.SEGMENTS:
            continue
        with tempfile.TemporaryDirectory() as made:
            if own.name in SINGLE:
                wrap_headlines(root / own.text, pathlib.Path(made))
                bare_articles(root / own.text, pathlib.Path(made))
            for folder in (root / own.text, pathlib.Path(made)):
                columns, found = rows_of(dechaff, folder)
                for dump, segments in sorted(found.items()):
                    path = folder / dump
                    if path.with_suffix(".tsv").exists() and path.with_suffix(".json").exists():
                        fold = sets.fold_of(sets.site_of(root / own.text / dump.removeprefix("bare-")))
                        texts += texts_of(own, dump, path, segments, fold, made=folder != root / own.text)
    return columns, texts
