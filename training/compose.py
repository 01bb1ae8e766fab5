#!/usr/bin/env python3
"""Dumps of several articles in many forms, and dumps of one article that look like several, made from labelled pages: to train and measure splitting.

    compose.py DATA OUT [--count N] [--single N] [--seed N] [--forms a,b,…]

DATA is the folder of labelled sets (sets.py). OUT/FORM/ gets NAME.txt, NAME.tsv and NAME.json of N dumps of each form in all, OUT/one-FORM/ those of one article. All parts
of a dump come from pages of one language and of one fold of a cross-validation by site, which its JSON names.
"""

import argparse
import collections
import copy
import json
import pathlib
import random
import re
import textwrap

import briefs
import forms
import hard
import runin
import sets
import singles
import voices
from briefs import APPEALS
from augment import Page, is_prose, squeezed
from hard import LOOSE, SENTENCE
from labels import line_labels
from style import INTROS, NAV, Style, subtitle, title_of
from words import stems

FORMS = forms.FORMS | briefs.FORMS | runin.FORMS | voices.FORMS
ONES = singles.ONES | hard.ONES
LISTED = {"contents", "maildigest", "newsletter", "rules", "numbered", "twolevel", "mixed", "countedbriefs", "pictureheads", "sectioned", "explained", "bolded", "counted", "sizes", "boxed"}
GREETED = {"newsletter", "mixed", "numbered", "press", "countedbriefs", "pictureheads", "sectioned", "explained", "bolded", "sourced", "kicker", "linked", "underheads", "twolevel", "contents", "bracketlead", "picturelead", "placelead", "countries", "counted"}
GREETINGS = ["Welcome to this week's letter. Below you find what we read, wrote and argued about since Monday.", "Guten Morgen, hier ist, was heute wichtig wird.", "{} stories today.",
             "This is the news in brief, sent to you each morning by four people who get up too early.", "Bonjour à tous, voici ce qu'il faut savoir ce matin avant de partir au bureau.",
             "Доброе утро! Мы собрали для вас главное за неделю, чтобы вы не читали всё подряд.", "The week was long, and so is this letter. We begin at the harbour and end, as always, at the mill."]
PARTINGS = ["That is all for today. Write to us if we missed something, and we will look at it before the next letter goes out.", "Bis morgen, und bleiben Sie trocken: der Regen soll laut Wetterdienst noch drei Tage dauern.",
            "Was this letter sent to you by a friend? Then ask for one of your own at the address below.", "C'est tout pour cette semaine, nous nous retrouvons lundi avec les nouvelles du port.",
            "Help us to write this letter: we need readers who tell us what happens in their street."]
# Dumps of this share have articles about like things, as those of one society, trade or club are.
OF_ONE_FIELD = 0.4
# And of this share of these names of the first stand in all others, as that of the society does.
OF_ONE_HOUSE = 0.5
NAMES = 3
NAME = re.compile(r"\b[^\W\d_]{4,}\b")
# What stands above the list of parts of one text, and how many such dumps have one.
LISTS = ["Contents", "Table of contents", "On this page", "In this guide", "In this article", "Jump to", "Inhalt", "Auf dieser Seite", "Inhaltsverzeichnis", "Sommaire", "Dans cet article", "Índice", "Sommario", "Содержание", "Spis treści", "目录", ""]
LISTING = 0.15
LEAST_PROSE = 2
# How many dumps of these forms there are for one of another.
MANY = {"mixed": 6, "bare": 8}


class Source:
    """An article to compose with: headline (or none), paragraphs, subheadings, the lines around it."""

    def __init__(self, path, own):
        page = Page(path)
        self.language = json.loads(path.with_suffix(".json").read_text(encoding="utf-8")).get("language") or "en"
        self.language = self.language.split("-")[0]
        self.fold, self.title, self.prose = sets.fold_of(page.site), page.title, [squeezed(p) for p in page.prose]
        self.body = [b for b in page.body if b]
        self.sub = [b for b in page.body if 2 <= len(b.split()) <= 8 and b[-1] not in ".,;:"]
        self.stems = set(stems(" ".join(self.prose)))
        self.head = [squeezed(line) for line, label in page.head() if label not in ("title", "body") and len(line) < 160]
        self.tail = [squeezed(line) for line, label in page.tail() if label not in ("title", "body") and len(line) < 160]
        if self.title and not 2 <= len(self.title.split()) <= 20 and not (self.language in ("zh", "ja") and len(self.title) < 50):
            self.title = None


def sources(root, without):
    found = []
    for own in sets.chosen(without):
        if own.name in (sets.SEGMENTS, "debian", "mailman", "feeds", "seeds"):
            continue
        for path in sorted((root / own.text).rglob("*.txt")):
            if "multi" in path.parts or not path.with_suffix(".tsv").exists():
                continue
            if len(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["articles"]) == 1:
                source = Source(path, own)
                if len(source.prose) >= LEAST_PROSE:
                    found.append(source)
    return found


def bare(rng, pool):
    """An article alone, with its own subheadings, as it comes out when a page was cleaned."""
    s, a = Style(rng, pool[0].language), rng.choice(pool)
    s.gap, s.wrap = rng.random() < .8, s.wrap and rng.random() < .5
    body = a.body[:rng.randint(4, 80)]
    if rng.random() < .5:
        at = rng.sample(range(1, len(body)), min(len(body) - 1, rng.choice([1, 1, 2, 3]))) if len(body) > 2 else []
        body = [line for n, text in enumerate(body) for line in ([subtitle(s, text).upper() if s.order < .3 else subtitle(s, text)] if n in at else []) + [text]]
    lines = ([(a.title, "title", 1)] if a.title and rng.random() < .9 else []) + [(text, "body", 1) for text in body]
    return laid_out(s, lines), [headline_in(s, a, [line[:2] for line in lines[:1]])]


def headline_in(s, a, head):
    """The headline that a head prints, without what this dump puts around it; none where it prints none."""
    line = next((text.strip() for text, label in head if label == "title"), None)
    if line is None or a.title and squeezed(a.title).casefold() in squeezed(line).casefold():
        return line and a.title
    return line.removeprefix(s.mark)


def thread(s, others):
    """Comments below an article."""
    lines = [("", ""), (s.rng.choice(["Comments", f"{s.rng.randint(2, 90)} comments", "Kommentare", "Leave a comment", "Комментарии"]), "comments")]
    for other in others:
        said = s.rng.choice(other.prose)
        lines += [("", ""), (s.nick(), "comments"), (s.date(), "comments"), (" ".join(said.split()[:s.rng.randint(6, 50)]), "comments"), ("Reply", "comments")]
    return lines


def related(s, others):
    """Other stories below an article."""
    lines = [("", ""), (s.rng.choice(["Related articles", "More stories", "Read next", "Mehr zum Thema", "À lire aussi", "Читайте также"]), "related")]
    for other in others:
        lines += [("", ""), (other.title or other.prose[0][:60], "related")] + ([(s.date(), "related")] if s.order < .5 else []) + ([(" ".join(other.prose[0].split()[:s.rng.randint(10, 40)]) + "…", "related")] if s.width > 66 else [])
    return lines


def laid_out(s, lines):
    """Lines as they are printed: (text, label, article)."""
    out = []
    for at, (text, label, article) in enumerate(lines):
        if label == "gap" or not text:
            out.append(("", "", None))
            continue
        pieces = [text]
        if s.two_lines and label == "title" and len(text.split()) > 4:
            pieces = textwrap.wrap(text, s.rng.randint(18, 34))
        elif s.wrap and label != "chrome":
            pieces = textwrap.wrap(text, s.width, drop_whitespace=True) or [text]
        if text.startswith("\f"):
            pieces[0] = "\f" + pieces[0].strip()
        out += [(piece, "nav" if label == "chrome" else label, article) for piece in pieces]
        if s.gap or s.wrap and len(text) > 200 or s.wrap and label == "title":
            after = lines[at + 1][1] if at + 1 < len(lines) else ""
            if s.tight and article and label != "body" and after in ("meta", "title") and (label == "meta" or s.tight > 1):
                continue
            out.append(("", "", None))
    return out


def framed(s, rng, pool, lines):
    """With the lines of a page around."""
    if rng.random() < .7:
        frame = rng.choice(pool)
        head, tail = frame.head[-rng.randint(3, 60):] if rng.random() < .5 else frame.head[:rng.randint(3, 90)], frame.tail[:rng.randint(3, 90)]
    else:
        head, tail = rng.sample(NAV, rng.randint(0, 8)), rng.sample(NAV, rng.randint(0, 6))
    around = lambda texts: [(text, "nav", None) if text else ("", "", None) for text in texts]
    name = [("", "", None), (s.site, "nav", None)] if rng.random() < .5 else []
    return around(head) + name + [("", "", None)] + lines + [("", "", None)] + around(tail) + ([("© 2031 " + s.site, "legal", None)] if rng.random() < .5 else [])


def shortened(rng, text):
    """A few sentences of a text: the least that is one still, or up to 60 words."""
    limit, taken, begin = rng.choice([12, 20, 30, 45, 60]), [], 0
    sentences = [x for x in SENTENCE.split(text) if x]
    if rng.random() < .3:
        begin = rng.randrange(len(sentences))
    for sentence in sentences[begin:]:
        is_unspaced = ord(text[len(text) // 2]) > 0x3000
        words = sum(map(len, taken)) / 2 if is_unspaced else sum(len(x.split()) for x in taken)
        if words >= 12 and words + len(sentence.split()) > limit:
            break
        taken.append(sentence)
        if words > limit:
            break
    short = " ".join(taken)
    return short if is_prose_of(short) else text


def is_prose_of(text):
    return len(text.split()) >= 12 or len(text) >= 30 and ord(text[len(text) // 2]) > 0x3000


def alike(rng, pool, count):
    """Articles about like things: one, and those that share most of its stems with it, the rarer the more."""
    texts = collections.Counter(stem for a in pool for stem in a.stems)
    first = rng.choice(pool)
    near = lambda a: sum(1 / texts[stem] for stem in a.stems & first.stems) / (len(a.stems) + 20) ** .5
    others = sorted((a for a in pool if a is not first), key=near, reverse=True)[:count + 3]
    if rng.random() < OF_ONE_HOUSE:
        names = names_of(first)[:rng.randint(1, NAMES)]
        others = [renamed(a, names) for a in others]
    return rng.sample([first, *others], count)


def names_of(a):
    """The words that an article has most often within its sentences and writes with a capital there."""
    words = [word for text in a.prose for word in NAME.findall(text)[1:]]
    lower = {word for word in words if word.islower()}
    counts = collections.Counter(word for word in words if word[0].isupper() and word.lower() not in lower)
    return [word for word, _ in counts.most_common(NAMES)]


def renamed(a, names):
    """An article with other names in the place of those that it has most often."""
    others = dict(zip(names_of(a), names))
    if not others:
        return a
    own = copy.copy(a)
    exchanged = lambda text: NAME.sub(lambda found: others.get(found[0], found[0]), text)
    own.title, own.prose, own.body, own.sub = a.title and exchanged(a.title), *(list(map(exchanged, texts)) for texts in (a.prose, a.body, a.sub))
    return own


def several(rng, pool, form):
    """A dump of several articles: its lines, the articles."""
    s = Style(rng, pool[0].language)
    s.vary(rng.choice(APPEALS))
    make = FORMS[form]
    titled = [a for a in pool if a.title]
    choice = titled if len(titled) >= 6 and form not in ("dates", "none", "symbols", "authorpage") else pool
    most = {"none": 5, "plain": 12, "letters": 12}.get(form, 40)
    count = min(rng.choice([2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12, 16, 24, 40]), len(choice), most)
    chosen = alike(rng, choice, count) if rng.random() < OF_ONE_FIELD else rng.sample(choice, count)
    lines, printed = [], []
    has_list = form == "contents" or form in LISTED and rng.random() < .5
    if has_list:
        lines.append((rng.choice(INTROS), "nav", None))
        mark = rng.choice(["* ", "- ", "• ", "", "{n}. ", "  "])
        page = rng.choice(["", "", "", " {dots} {page}", "  {page}", ", p. {page}"])
        entry = lambda n, a: mark.format(n=n) + (a.title or a.prose[0][:40]) + page.format(dots="." * rng.randint(5, 40), page=n * 4 - 1)
        lines += [(entry(n, a), "nav", None) for n, a in enumerate(chosen, 1)] + [("", "gap", None)]
    is_letter = form in GREETED and rng.random() < .4
    if is_letter:
        lines.append((rng.choice(GREETINGS).format(count), "newsletter", None))
    is_short = (form in briefs.FORMS or form in runin.FORMS) and form != "reader" and rng.random() < .75 or form != "none" and rng.random() < .3
    size = rng.choice([1, 1, 2, 2, 3, 5])
    if form in ("maildigest", "labelled"):
        s.tight = 2
    if form == "maildigest":
        lines = [(text, "nav", None) for text in (["Send harbour-talk mailing list submissions to", "harbour-talk@lists.example.org", "To subscribe or unsubscribe via the World Wide Web, visit",
                 "https://lists.example.org/listinfo/harbour-talk", "When replying, please edit your Subject line so it is more specific", "Today's Topics:"] if rng.random() < .5 else [])] + lines
        lines += [("", "gap", None)] + ([("-" * 70, "nav", None)] if rng.random() < .5 else [])
    for n, a in enumerate(chosen, 1):
        s.lead = s.second = s.trail = ""
        s.lines = 99
        above, below = make(s, a, n, count)
        printed.append(a.title if form == "maildigest" else headline_in(s, a, above))
        k = rng.randint(max(2 if form == "none" else 1, size - 2), size + 2)
        start = rng.randrange(0, max(1, len(a.prose) - k + 1)) if rng.random() < .25 else 0
        texts = s.regrouped(a.prose[start:start + k * max(s.joined, 1)])
        if form in ("briefs", "capslead", "inlinenumbers", "forum", "dateline") and rng.random() < .5:
            texts = texts[:1]
        if is_short:
            texts = [shortened(rng, text) for text in texts[:rng.choice([1, 1, 1, 2])]]
        texts = texts[:s.lines]
        if form == "explained" and len(texts) < 2:
            texts = [*texts, shortened(rng, a.prose[-1])]
        if s.trail or s.ends:
            s.trail += s.behind(n)
            texts = [*texts[:-1], texts[-1] + s.trail]
        if s.lead:
            texts = [s.lead + texts[0], *texts[1:]]
        if s.second and len(texts) > 1:
            texts[1] = s.second + texts[1]
        body = []
        if form == "maildigest":
            said = rng.choice(pool)
            if rng.random() < .4:
                texts = [*texts, *a.prose[start + k:start + k + rng.randint(0, 12)]]
            if rng.random() < .4:
                body.append((f"On {s.date()}, {s.name()} wrote:", "?"))
                body += [("> " + piece, "?") for piece in textwrap.wrap(rng.choice(said.prose), 68)[:rng.randint(1, 9)]]
        for at, text in enumerate(texts):
            if a.sub and at == 2 and rng.random() < .5:
                body.append((rng.choice(a.sub), "body"))
            body.append((text, "body"))
        foot = [(s.footer(), "nav")] if s.has_foot and form not in ("none", "symbols") else []
        above = s.adorned(above)
        foot += [(s.printed, "nav")] if s.printed else []
        lines += [(text, label, None if label in ("nav", "gap", "share", "?") else n) for text, label in above + body + below + foot]
        if not s.gap and form not in ("none",) and rng.random() < .8:
            lines.append(("", "gap", None))
    if is_letter and rng.random() < .5:
        head = [(rng.choice(["See you soon", "Until next week", "Zum Schluss", "À bientôt", "One more thing", "Before you go"]), "newsletter", None)] if rng.random() < .6 else []
        lines += head + [(rng.choice(PARTINGS), "newsletter", None)]
    if form == "maildigest":
        lines.append((rng.choice(["End of Harbour-talk Digest, Vol 12, Issue 4", "_______________________________________________", "End of digest"]), "nav", None))
        return laid_out(s, lines), printed
    return framed(s, rng, pool, laid_out(s, lines)), printed


def one(rng, pool, form):
    """A dump of one article that looks like several."""
    s = Style(rng, pool[0].language)
    s.heads = [head for source in pool for head in source.sub]
    s.vary("")
    long = [a for a in pool if len(a.prose) >= 5] or pool
    a = rng.choice(long)
    lines = [(title_of(s, a, 1), "title", 1)] if rng.random() < .9 else []
    if rng.random() < .6:
        lines.append((s.date() + (f" by {s.name()}" if rng.random() < .5 else ""), "meta", 1))
    begin = rng.choice([0, 1, 1, 2])
    lines += [(p, "body", 1) for p in a.prose[:begin]]
    n = 0
    heads = []
    size = rng.choice([1, 1, 1, 2, 3])
    texts = a.prose[begin:begin + 60]
    if form in LOOSE and rng.random() < .4:
        texts = [rng.choice(rng.choice(pool).prose) for _ in range(rng.randint(4, 24))]
    texts = s.regrouped(texts)
    if rng.random() < (.6 if form in hard.ONES else .3):
        texts = [shortened(rng, text) for text in texts]
    if rng.random() < .25:
        texts = texts[:rng.randint(2, 5)]
    for at, p in enumerate(texts):
        if at % size:
            lines.append((p, "body", 1))
            continue
        n += 1
        part = ONES[form](s, p, n)
        heads += [text for text, label in part[:1] if len(part) > 1 and label == "body" and len(text) < 90]
        lines += [(text, label, None if label in ("nav", "?", "ad") else 1) for text, label in s.adorned(part)]
    if len(heads) > 2 and rng.random() < LISTING:
        mark = rng.choice(["* ", "- ", "• ", "", "", "  "])
        at = next((at for at, (text, _, _) in enumerate(lines) if text == heads[0]), 0)
        lines[at:at] = [(rng.choice(LISTS), "nav", None), *((mark + head, "nav", None) for head in heads), ("", "gap", None)]
    below = []
    others = rng.sample(pool, min(len(pool), rng.randint(2, 8)))
    if rng.random() < .25:
        below = thread(s, others)
    elif rng.random() < .3:
        below = related(s, others)
    return framed(s, rng, pool, laid_out(s, lines) + [(text, label, None) for text, label in below]), [headline_in(s, a, [line[:2] for line in lines[:1]])]


def write(folder, name, lines, titles, fold):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.with_suffix(".txt").write_text("\n".join(text for text, _, _ in lines) + "\n", encoding="utf-8")
    rows = [f"{at}\t{label}\t{article or '-'}\n" for at, (text, label, article) in enumerate(lines, 1) if text.strip()]
    path.with_suffix(".tsv").write_text("".join(rows), encoding="utf-8")
    articles = [{"article": n, "title": title, "published": None, "source": None, "authors": []} for n, title in enumerate(titles, 1)]
    path.with_suffix(".json").write_text(json.dumps({"url": None, "site": str(fold), "articles": articles}, ensure_ascii=False), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--single", type=int, default=60)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--forms")
    parser.add_argument("--without", nargs="*", default=[])
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    pools = collections.defaultdict(list)
    for source in sources(arguments.data, arguments.without):
        pools[source.language, source.fold].append(source)
    pools = {key: pool for key, pool in sorted(pools.items()) if len(pool) >= 4}
    # Each language as often as the root of its pages says.
    keys, weights = list(pools), [len(pool) ** 0.5 for pool in pools.values()]
    wanted = arguments.forms.split(",") if arguments.forms else [*FORMS, *ONES, "bare"]
    for form in wanted:
        count = arguments.count if form in FORMS else arguments.single
        count *= MANY.get(form, 1)
        for at in range(count):
            key = rng.choices(keys, weights)[0]
            if form == "bare":
                lines, titles = bare(rng, pools[key])
            else:
                lines, titles = several(rng, pools[key], form) if form in FORMS else one(rng, pools[key], form)
            folder = form if form in FORMS else f"one-{form}"
            write(arguments.out / folder, f"{form}-{at:04}", lines, titles, key[1])
    print(sum(map(len, pools.values())), "articles;", {key: len(pool) for key, pool in pools.items()})


if __name__ == "__main__":
    main()
