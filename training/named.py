"""What the scorers of authors and of publishers are trained with alike: pages of HTML that name them, printed as text in several forms; the names in these
that the program looks at; and what becomes of each page by a cross-validation over sites."""

import collections
import dataclasses
import pathlib
import re
import subprocess
import tempfile

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import render
import sets

SEED = 7
TREES = 200
PARAMETERS = dict(depth=modelfile.DEPTH, learning_rate=0.06, border_count=64, l2_leaf_reg=8, leaf_estimation_iterations=3, random_seed=SEED,
                  thread_count=2, verbose=False, allow_writing_files=False)
FORMS = {"line": render.one_a_line, "copied": render.copied, "lynx": render.lynx}
# The forms whose figures stand in training/README.md: that of the set, and what a browser copies.
MEASURED = {"set", "copied"}
# How `dechaff features` ends: well, or with pages that hold nothing.
ENDS = {0, 1}
# What a label says of a candidate: it is another's name, the right one, or a part of that.
WRONG, RIGHT, SOME = 0, 1, 2


def normalised(name):
    return re.sub(r"\W+", " ", name or "").casefold().strip()


@dataclasses.dataclass
class Source:
    """A page of HTML: its set, its name, the fold of its site, what is to be found on it, its source, and the text that its set has of it."""
    set: str
    name: str
    fold: int
    gold: object
    html: str
    text: pathlib.Path | None

    def forms(self):
        for form, lines in FORMS.items():
            yield form, "\n".join(line for own, _ in lines(self.html) for line in own)
        if self.text and self.text.exists():
            yield "set", self.text.read_text(encoding="utf-8", errors="replace")


@dataclasses.dataclass
class Page:
    """The candidates of a page in one form: features and labels, and what the page is: `kind` says whether it prints what is to be found."""
    set: str
    form: str
    fold: int
    kind: str
    x: np.ndarray
    labels: np.ndarray


def load(dechaff, option, columns_before, sources, kind_of, label_of):
    """The names of the features, and the pages in all forms. `option` makes the program print candidates, the name behind so many other columns;
    `kind_of(gold, words)` says what a page is that prints these words, `label_of(name, gold)` which label a name has."""
    with tempfile.TemporaryDirectory() as folder:
        known = {}
        for source in sources:
            for form, shown in source.forms():
                dump = f"{source.set}-{form}-{source.name}.txt"
                pathlib.Path(folder, dump).write_text(shown, encoding="utf-8")
                known[dump] = (source.set, form, source.fold, kind_of(source.gold, f" {normalised(shown)} "), source.gold)
        found = collections.defaultdict(list)
        with subprocess.Popen([dechaff, "features", option, folder], stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            columns = next(process.stdout).rstrip("\n").split("\t")[columns_before:]
            for line in process.stdout:
                dump, *_, name, rest = line.split("\t", columns_before)
                found[dump].append((name, np.fromstring(rest, np.float32, sep="\t")))
        if process.returncode not in ENDS:
            raise SystemExit(f"{dechaff} features {option} ended with status {process.returncode}")
    pages = []
    for dump, (*page, gold) in known.items():
        rows = [(x, label_of(name, gold)) for name, x in found[dump]]
        pages.append(Page(*page, np.array([x for x, _ in rows], np.float32).reshape(-1, len(columns)), np.array([label for _, label in rows], int)))
    print(f"{len(pages)} pages, {sum(len(page.labels) for page in pages)} candidates, {len(columns)} features", flush=True)
    return columns, pages


@dataclasses.dataclass
class Task:
    """What is trained: what the right name weighs against others, what pages of each kind weigh, what is said of labels, and what the program makes of
    the odds and of what rules find."""
    right: float
    kinds: dict
    outcomes: list
    decide: object

    def train(self, pages, trees):
        def weights(page):
            return np.array([1.0, self.right, 0.0])[page.labels] * self.kinds[page.kind] / len(FORMS)
        x, y, w = (np.concatenate(parts) for parts in zip(*((page.x, page.labels == RIGHT, weights(page)) for page in pages)))
        return CatBoostClassifier(**PARAMETERS, iterations=trees).fit(Pool(x[w > 0], y[w > 0].astype(int), weight=w[w > 0]))

    def cross_validate(self, columns, pages, trees):
        """Prints for each set and form, and for the forms that are no renderings of ours, what becomes of the pages of each kind, by rules and with a
        scorer that saw no page of the site."""
        found = collections.defaultdict(collections.Counter)
        for fold in range(sets.FOLDS):
            scorer = self.train([page for page in pages if page.fold != fold], trees)
            for page in (page for page in pages if page.fold == fold):
                told = np.flatnonzero(page.x[:, columns.index("told")])
                by_rules = told[0] if len(told) else OTHER if page.x[:, columns.index("others_told")].any() else NOBODY
                chosen = self.decide(scorer.predict_proba(page.x)[:, 1], by_rules) if len(page.x) else by_rules
                rules, outcome = (self.outcomes[page.labels[at]] if at >= 0 else AS_SAID[at] for at in (by_rules, chosen))
                found[f"{page.set}/{page.form}"][page.kind, outcome] += 1
                if page.form in MEASURED:
                    found["all by rules"][page.kind, rules] += 1
                    found["all"][page.kind, outcome] += 1
        for name, counts in sorted(found.items()):
            print(name, "  ".join(f"{kind}: " + " ".join(f"{outcome} {n}" for (k, outcome), n in sorted(counts.items()) if k == kind) for kind in self.kinds))


# What rules find that is no candidate: a name, or none.
OTHER, NOBODY = -1, -2
AS_SAID = {OTHER: "others", NOBODY: "nobody"}


def options(parser):
    """The options that both scripts have."""
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("model")
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--trees", type=int, default=TREES)
    return parser.parse_args()


def run(arguments, task, columns, pages):
    if arguments.cv:
        task.cross_validate(columns, pages, arguments.trees)
    if arguments.model != "none":
        modelfile.write_trees(arguments.model, task.train(pages, arguments.trees))


def pages_of(root, without):
    """The pages of HTML of all sets that are used: set, path, name, fold, and where the set has its text."""
    for own in [*sets.chosen(without), *(own for own in sets.NAMED if own.name not in without)]:
        for page in sorted((root / own.html).glob("*.html.gz")) if own.html else []:
            name = page.name.split(".")[0]
            yield own.name, page, name, sets.fold_of(sets.site_of(page)), root / own.text / f"{name}.txt" if own.text else None
