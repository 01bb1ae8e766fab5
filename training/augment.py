"""Pages made from labelled ones, with the labels that follow from theirs: what the labelled sets hold too little of.

    augment.py DATA MADE [--without SET...] [--seed N]

DATA is the folder of labelled sets (sets.py). MADE/SET/ gets NAME.txt, NAME.tsv and NAME.json of the pages made from a set, MADE/html/SET/ long articles, and
pages with boxes of others, as NAME.html.gz with NAME.json. All parts of a made page come from
pages of one fold of a cross-validation by site, and the JSON names the site of the first as its own.
"""

import argparse
import collections
import functools
import gzip
import html
import json
import pathlib
import random
import re
import textwrap

import boxes
import sets
from labels import EITHER, KEEP, hash_words, line_labels, share_in
from render import FORMS as FORMS_OF_HTML
from scripts import cipher

HEADS = ["Related articles", "More stories", "Read next", "You may also like", "Mehr zum Thema", "Das könnte Sie auch interessieren", "À lire aussi", "Le más reciente",
         "Читайте также", "Другие новости", "Czytaj także", "Διαβάστε ακόμα", "相关新闻", "相关阅读", "関連記事", "Läs också", "Leggi anche", "Leia também"]
THREADS = ["Comments", "{n} comments", "Leave a comment", "Join the discussion", "{n} Kommentare", "Kommentare ({n})", "Комментарии ({n})", "Komentarze ({n})", "Σχόλια ({n})",
           "评论 ({n})", "{n} commentaires", "Comentarios ({n})", "コメント ({n})", ""]
NAMES = "anna_b Birk72 Corvin D. Lund elin Frode Gast Hanna K. igor_s Jun mika Nadia Oskar1 peterw R. Sand tove user4711 Vera W. Zhang 李明 Олег Ольга Γιώργος 太郎".split()
REPLIES = ["Reply", "Antworten", "Ответить", "Odpowiedz", "回复", "Répondre", "Like Reply", ""]
# What a box says that asks for an address or a subscription: of such boxes there are few, and the text below them is lost most.
ASKS = re.compile("newsletter|subscri|sign up|inbox|e-?mail|abonn|anmeld|iscriv|suscr|inscri|подпис|рассыл|subskr|zapisz|prenumer|εγγραφ|订阅|訂閱|电子报|電子報|メルマガ|購読", re.IGNORECASE)
DATED = re.compile(r"\b(19|20)\d\d\b|\d{1,2}[./:]\d{1,2}|\d+ (hours?|minutes?|days?) ago")

# Letters of the longest line of a box that is put amid a text.
LINE_OF_BOX = 300


class Page:
    """The lines of a labelled dump, (text, label) each; a blank line has the label ""."""

    def __init__(self, path):
        labels = line_labels(path.with_suffix(".tsv"))
        self.lines = [(line, labels.get(number, "")) for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1)]
        body = [at for at, (_, label) in enumerate(self.lines) if label == "body"]
        self.site, self.name = sets.site_of(path), path.stem
        self.first, self.last = (body[0], body[-1] + 1) if body else (0, 0)
        self.body = [squeezed(line) for line, label in self.lines if label == "body"]
        self.title = next((squeezed(line) for line, label in self.lines if label == "title"), None)
        self.prose = [line for line in self.body if is_prose(line)]
        self.usual = usual_of(self.body)

    def head(self):
        return self.lines[:self.first]

    def tail(self):
        return self.lines[self.last:]

    @functools.cached_property
    def debris(self):
        """What stands amid the text, and what after it: runs of debris, a list of (line, whether a blank line stands above it) each."""
        amid, after = [[]], [[]]
        for at, (line, label) in enumerate(self.lines[self.first:], self.first):
            runs = amid if at < self.last else after
            if label in KEEP | EITHER or label == "caption" or len(line) > LINE_OF_BOX:
                runs.append([])
            elif label:
                runs[-1].append((squeezed(line), not self.lines[at - 1][1]))
        return [run for run in amid if run], [run for run in after if run]


def usual_of(lines):
    """The words of lines that recur most, or letters where words are not parted: they tell what language it is."""
    text = " ".join(lines).lower()
    words = re.findall(r"[^\W\d_]+", text)
    parts = [letter for word in words for letter in word] if sum(map(len, words)) > 15 * len(words) else words
    return {part for part, _ in collections.Counter(parts).most_common(40)}


def squeezed(line):
    return re.sub(r"\s+", " ", line).strip()


def is_prose(line):
    return (len(line.split()) >= 20 or len(line) >= 60 and ord(line[len(line) // 2]) > 0x3000) and line[-1:] in '.!?"”»。！？」'


def spaced(lines, label, gap=True):
    return [row for line in lines for row in ([(line, label), ("", "")] if gap else [(line, label)])]


def long(chance, pages, size):
    """The bodies of several pages as one article, as long as `size` characters, alone or within the chrome of the first."""
    form, lines, chars = chance.random(), [], 0
    for page in pages:
        own = page.prose if form < 0.5 else page.body
        lines += own
        chars += sum(map(len, own))
        if chars > size:
            break
    rows = spaced(lines, "body", chance.random() < 0.7)
    head = [(pages[0].title, "title"), ("", "")] if pages[0].title else []
    return pages[0].head() + rows + pages[0].tail() if chance.random() < 0.6 else head + rows


def bare(chance, pages):
    """The article alone, as it comes out when a page was cleaned."""
    gap = chance.random() < 0.8
    return ([(pages[0].title, "title"), ("", "")] if pages[0].title else []) + spaced(pages[0].body, "body", gap)


def cut(chance, pages):
    """The page with the first paragraphs of its article alone."""
    page, left = pages[0], chance.choice([1, 2, 2, 3])
    rows = []
    for line, label in page.lines:
        if label == "body":
            if left <= 0:
                continue
            left -= is_prose(squeezed(line))
        rows.append((line, label))
    return rows


def undated(_, pages):
    """The page without short lines that hold a date."""
    return [(line, label) for line, label in pages[0].lines if label in KEEP or len(line.split()) > 10 or not DATED.search(line)]


def second(chance, pages):
    """Stories of other pages after the text, under a heading that says so."""
    rows = [("", ""), (chance.choice(HEADS), "related"), ("", "")]
    for page in pages[1:chance.choice([2, 3, 4])]:
        rows += spaced([page.title] if page.title else [], "related") + spaced(page.body[:chance.choice([1, 2, 4, 8])], "related", chance.random() < 0.7)
    return pages[0].lines[:pages[0].last] + rows + pages[0].tail()


def thread(chance, pages):
    """A thread of comments after the text."""
    paragraphs = [line for page in pages[1:] for line in page.body if 30 < len(line) < 500]
    chance.shuffle(paragraphs)
    count, gap, reply, when = chance.randint(3, 20), chance.random() < 0.5, chance.choice(REPLIES), chance.choice(["{d}.{m}.2019 {h}:{n}", "{h} hours ago", "2021-{m:02}-{d:02}", "{d} May 2014 at {h}:{n}"])
    rows = [("", ""), (chance.choice(THREADS).format(n=count), "comments")]
    for at in range(min(count, len(paragraphs))):
        moment = when.format(d=chance.randint(1, 28), m=chance.randint(1, 12), h=chance.randint(1, 23), n=chance.randint(10, 59))
        entry = [chance.choice(NAMES), moment, paragraphs[at], reply] if chance.random() < 0.95 else [paragraphs[at]]
        rows += spaced([line for line in entry if line], "comments", gap)
    return pages[0].lines[:pages[0].last] + rows + pages[0].tail()


def wrapped(chance, pages):
    """The page with its lines wrapped, with a blank line between two lines of the page or none."""
    width, gap, indent = chance.choice([66, 72, 72, 80]), chance.random() < 0.6, chance.choice(["", "", "   "])
    rows = []
    for line, label in pages[0].lines:
        if label:
            rows += [(part, label) for part in textwrap.wrap(squeezed(line), width, initial_indent=indent, subsequent_indent=indent)]
        if gap or not label:
            rows.append(("", ""))
    return rows


def dense(_, pages):
    """The page without blank lines, and without indentation."""
    return [(line.strip(), label) for line, label in pages[0].lines if label]


def loose(_, pages):
    """The page with a blank line after every line."""
    return spaced([], "") + [row for line, label in pages[0].lines if label for row in ((line.strip(), label), ("", ""))]


def captioned(chance, pages):
    """The page with captions of other pages between its paragraphs, some of them printed twice as a picture's text and below it."""
    captions = [squeezed(line) for page in pages[1:] for line, label in page.lines if label == "caption"]
    chance.shuffle(captions)
    twice, often, rows = chance.random() < 0.3, chance.choice([0.1, 0.2, 0.4]), []
    for at, (line, label) in enumerate(pages[0].lines):
        above, above_label = pages[0].lines[at - 1]
        ends = not above_label or above_label == "body" and is_prose(squeezed(above))
        if label == "body" and at > pages[0].first and ends and captions and chance.random() < often:
            rows += spaced([captions.pop()] * (1 + twice), "caption", not above_label)
        rows.append((line, label))
    return rows


def box_of(chance, pages):
    """One to eight lines of debris of one of the pages, of what stands amid its text or after it."""
    asks = chance.random() < 0.3
    for page in chance.sample(pages, len(pages)):
        amid, after = page.debris
        runs = amid if amid and (not after or chance.random() < 0.5) else after
        if asks:
            runs = [run for run in amid + after if any(ASKS.search(line) for line, _ in run)]
        if runs:
            run = chance.choice(runs)
            starts = [at for at, (line, apart) in enumerate(run) if (ASKS.search(line) if asks else apart or not at)]
            first = max(0, chance.choice(starts) - (asks and chance.choice([0, 0, 1]))) if len(run) > 8 else 0
            return [line for line, _ in run[first:first + chance.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8])]]
    return []


def boxed(chance, pages):
    """The page, or its article alone, with boxes of others amid its paragraphs: what these have amid and after their own, in the page's language where there are such."""
    page = pages[0]
    alike = sorted(pages[1:], key=lambda other: -len(page.usual & other.usual))[:20]
    rows = page.lines if chance.random() < 0.75 else bare(chance, pages)
    places = []
    for at, (_, label) in enumerate(rows):
        before = [row for row in rows[max(0, at - 2):at] if row[1]][-1:]
        if label == "body" and before and before[0][1] == "body" and (not rows[at - 1][1] or is_prose(squeezed(before[0][0]))):
            places.append(at)
    every = chance.choice([1, 2, 2, 3, 4, 0, 0, 0])
    first = chance.randrange(every) if every else 0
    chosen = set(places[first::every] if every else chance.sample(places, min(len(places), chance.choice([1, 1, 2, 3]))))
    same, loose = chance.random() < 0.4, chance.random() < 0.4
    box, made = box_of(chance, alike), []
    for at, row in enumerate(rows):
        if at in chosen:
            apart = not rows[at - 1][1]
            made += spaced(box, "box", loose and apart) + ([("", "")] if apart and not loose else [])
            box = box if same else box_of(chance, alike)
        made.append(row)
    return made


def foreign(chance, pages):
    """The page in a language and a script that no labelled page has."""
    other = cipher(chance)
    return [(other(line), label) for line, label in pages[0].lines]


# How a page is made, of how many pages, and for how many of a set's pages (a share).
FORMS = {
    "bare": (bare, 1, 0.25), "cut": (cut, 1, 0.08), "undated": (undated, 1, 0.06), "second": (second, 4, 0.06), "thread": (thread, 6, 0.06),
    "captioned": (captioned, 400, 0.06), "boxed": (boxed, 400, 0.3), "foreign": (foreign, 1, 0.14), "wrapped": (wrapped, 1, 0.08), "dense": (dense, 1, 0.06), "loose": (loose, 1, 0.04),
    "long50": (lambda chance, pages: long(chance, pages, 50_000), 60, 0.03), "long200": (lambda chance, pages: long(chance, pages, 200_000), 200, 0.01),
    "long1000": (lambda chance, pages: long(chance, pages, 1_000_000), 1000, 0.002),
}


def page_of_html(chance, pages, size):
    """(source, text) of a plain page of HTML with the bodies of several pages as its article."""
    lines, chars, title = [], 0, pages[0].title or pages[0].body[0][:60]
    for page in pages:
        lines += page.prose
        chars += sum(map(len, page.prose))
        if chars > size:
            break
    date = chance.choice(["", "", "<p class=\"byline\">By Ada Birch, 12 May 2021</p>", "<div><time>2019-03-07</time></div>"])
    menu = "".join(f"<a href=\"/{at}\">{html.escape(squeezed(line))}</a> " for at, (line, label) in enumerate(pages[0].head()[:30]) if label)
    foot = "".join(f"<li>{html.escape(squeezed(line))}</li>" for line, label in pages[0].tail()[-20:] if label)
    box = chance.choice(["article", "main", "div class=\"content\"", "div"])
    text = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)
    return (f"<html><head><title>{html.escape(title)}</title></head><body><nav>{menu}</nav><{box}><h1>{html.escape(title)}</h1>{date}\n{text}</{box.split()[0]}>"
            f"<footer><ul>{foot}</ul></footer></body></html>"), "\n".join(lines)


# The share of the pages of HTML that are rendered.
RENDERED = 0.2
# Characters of the long pages of HTML, and for how many of a set's pages (a share).
LONG_HTML = {"long20": (20_000, 0.02), "long60": (60_000, 0.03), "long200": (200_000, 0.01), "long1000": (1_000_000, 0.002)}


def by_fold(pages):
    folds = collections.defaultdict(list)
    for page in pages:
        folds[sets.fold_of(page.site)].append(page)
    return folds


def made_of(pages, chance):
    """(name, site, lines) of the pages made from those of a set."""
    folds = by_fold(pages)
    for fold in sorted(folds):
        own = folds[fold]
        for form, (make, several, share) in FORMS.items():
            wanted = share * len(own)
            for number in range(int(wanted) + (chance.random() < wanted % 1)):
                first = chance.choice(own)
                others = [page for page in chance.sample(own, len(own)) if page is not first][:several - 1]
                rows = make(chance, [first, *others])
                if any(label in KEEP for _, label in rows):
                    yield f"{form}-{fold}-{number}-{first.name}", first.site, rows


def html_of(pages, chance):
    """(name, site, title, source, text) of the long pages of HTML made from those of a set; parts of one are of one fold."""
    folds = by_fold(pages)
    for fold in sorted(folds):
        own = folds[fold]
        for form, (size, share) in LONG_HTML.items():
            wanted = share * len(own)
            for number in range(int(wanted) + (chance.random() < wanted % 1)):
                mixed = chance.sample(own, len(own))
                yield f"{form}-{fold}-{number}", mixed[0].site, mixed[0].title, *page_of_html(chance, mixed, size)


def rendered(page, form):
    """The lines of a page of HTML as a tool prints it, labelled by the runs of words that they share with its text; None where much of the text is missing."""
    gold = json.loads(page.with_name(page.name.replace(".html.gz", ".json")).read_text(encoding="utf-8"))
    parts = FORMS_OF_HTML[form](gzip.decompress(page.read_bytes()).decode("utf-8", "replace"))
    words = [hash_words(plain) for _, plain in parts]
    shares, wanted = share_in(words, gold["text"] + "\n" + (gold.get("title") or ""))[:, 0], len(hash_words(gold["text"]))
    if sum(len(own) for own, share in zip(words, shares) if share > 0.6) < 0.9 * wanted:
        return None
    label = lambda share: "body" if share > 0.6 else "other" if share < 0.3 else "?"
    return [(line, label(share)) for (lines, _), share in zip(parts, shares) for line in lines]


def renderings_of(folder, chance):
    """(name, site, lines) of some pages of HTML of a set, each in one form."""
    for page in sorted(folder.glob("*.html.gz")):
        form = chance.choice(sorted(FORMS_OF_HTML))
        if chance.random() < RENDERED:
            rows = rendered(page, form)
            if rows:
                yield f"{form}-{page.name.removesuffix('.html.gz')}", sets.site_of(page), rows


def write(folder, name, site, rows):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text("\n".join(line for line, _ in rows) + "\n", encoding="utf-8")
    (folder / f"{name}.tsv").write_text("".join(f"{number}\t{label}\t1\n" for number, (line, label) in enumerate(rows, 1) if label and line.strip()), encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps({"site": site}), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    for own in sets.chosen(arguments.without):
        # Pages with several articles, and those with but some labels, are not taken apart.
        if own.name in (sets.SEGMENTS, "debian", "mailman", "feeds"):
            continue
        found = (Page(path) for path in sorted((arguments.data / own.text).rglob("*.txt")) if path.with_suffix(".tsv").exists() and "multi" not in path.parts)
        pages = [page for page in found if len(page.prose) >= 3]
        for name, site, rows in made_of(pages, random.Random(f"{arguments.seed} {own.name}")):
            write(arguments.made / own.name, name, site, rows)
        for name, site, rows in renderings_of(arguments.data / own.html, random.Random(f"{arguments.seed} {own.name}")) if own.html else ():
            write(arguments.made / own.name, name, site, rows)
        boxed_html = boxes.made_of(arguments.data / own.html, random.Random(f"{arguments.seed} {own.name}"), usual_of) if own.html else []
        for name, site, title, source, text in [*html_of(pages, random.Random(f"{arguments.seed} {own.name}")), *boxed_html]:
            folder = arguments.made / "html" / own.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.html.gz").write_bytes(gzip.compress(source.encode(), mtime=0))
            (folder / f"{name}.json").write_text(json.dumps({"site": site, "title": title, "text": text}), encoding="utf-8")


if __name__ == "__main__":
    main()
