#!/usr/bin/env python3
"""Writes a made-up corpus of any size whose truth is known. The same arguments give the same bytes.

    python3 benches/corpus.py --megabytes 100 --kind text OUT
    python3 benches/corpus.py --documents 10000000 --kind small OUT

text, html   pages of forty sites, OUT/pages/NNNNN/NNNNNNN.txt or .html: menus, appeals, teasers, links and legal lines around an article.
             OUT/truth.jsonl: {"page", "article": numbers of its lines, "either": those of headline and byline}; in HTML a line is an element.
jsonl        OUT/documents.jsonl: {"id", "text"} of some 2.8 KB. One in ten is a copy of an earlier one: whole, or with a word changed, its end
             cut, letters misread or a sentence added. One in fifty is made from a form that others share but for names and numbers, and is no copy.
             OUT/truth.jsonl: {"id", "copy_of", "edit"}.
small        the same, of some 270 bytes.
"""
import argparse
import html
import itertools
import json
import pathlib
import random

NOUNS = """harbour bridge council engineer school river market library station valley museum farmer teacher doctor village factory
orchard railway garden theatre hospital ferry lighthouse quarry mill tower forest island teacher crew budget survey report plan team meeting road
winter storm tide storehouse boat roof wall meadow ticket letter record vote rule kitchen workshop family season harvest""".split()
VERBS = """opened closed repaired measured painted sold visited counted planned moved carried followed changed joined studied described
rebuilt checked reached crossed offered watched praised delayed answered""".split()
ADJECTIVES = """old new narrow wide quiet early late small large northern southern local public heavy wooden broken modern careful
unusual common dry cold green grey bright cheap rare""".split()
CLAUSES = """the {a} {n} of {p} {v} a {n} near the {n}|{p} {p} {v} the {n} and what was left of the {a} {n}|{d} {n}s in {p} {v} their {n}
most of the {n} was {a}, so {p} {v} it again|nobody at the {n} had {v} the {a} {n} for {d} years|a {n} that {p} {v} became part of the {n}
they {v} the {n} with {d} {n}s from {p}|the {n} has been {a} since {p} {v} it in the {n}|in {p} the {n} {v} more than {d} {n}s
it was the {a} {n} which {v} {p} and its {n}|all of the {n}s that were {v} by {p} {p} are {a}|the {n} and the {n} {v} each other at {p}
what {p} called a {a} {n} was a {n} with {d} {n}s|those who {v} the {n} of {p} found it {a} and {a}|there were {d} {a} {n}s on the {n}
an {a} {n} from {p} had {v} about {d} of them|{p} wants to see the {n} {v} by the {n}|for {d} days the {n} of {p} was as {a} as the {n}""".replace("\n", "|").split("|")
JOINTS = ". |. |. |. |, and |, but |; |, because |, while |, although |. Then |. At the same time, |. In the end "
# The share of clauses with a word that no other has: a language has always more of them.
UNHEARD = 0.5
MISREAD = str.maketrans("olsen", "0I5cu")

MENUS = ["Home", "News", "Sport", "Weather", "Business", "Culture", "Opinion", "Video", "Podcasts", "Jobs", "Archive", "About us", "Contact", "Log in", "Subscribe",
         "Search", "Sections", "Travel", "Science", "Health", "Local", "World"]
APPEALS = ["We use cookies to give you the best experience on our website. By continuing you accept our use of cookies.",
           "Sign up for our newsletter and get the best stories in your inbox every morning.",
           "Independent journalism needs your support. Please consider making a donation today.",
           "Subscribe now for just £1 a week and read all our stories without limits.",
           "Download our app for the latest news on the go.", "Follow us on Facebook, Twitter and Instagram for more stories like this."]
SHARES = ["Share", "Tweet", "Email", "Print", "Save", "Copy link", "Share on Facebook", "Comments (12)", "Listen to this article"]
LEGAL = ["All rights reserved. This material may not be published, broadcast, rewritten or redistributed.", "Terms of use | Privacy policy | Cookie settings",
         "The publisher is not responsible for the content of external sites."]
MONTHS = "January February March April May June July August September October November December".split()


class Words:
    """Draws sentences. Few words are common and many are rare, as in any language."""

    def __init__(self, draw):
        self.draw, self.random = draw, draw.random
        onsets, vowels, ends = "b br d dr f g gr h k l m n p pl r s st t tr v w", "a e i o u ai ea oa", "n r l t s m d"
        self.syllables = [onset + vowel for onset in onsets.split() for vowel in vowels.split()]
        made = sorted({"".join(draw.choices(self.syllables, k=draw.randint(2, 3))) + draw.choice(ends.split()) for _ in range(80000)})
        draw.shuffle(made)
        tables = {"n": NOUNS + made[:20000], "v": VERBS + [word + "ed" for word in made[20000:26000]],
                  "a": ADJECTIVES + [word + "ish" for word in made[26000:31000]], "p": [word.capitalize() for word in made[31000:51000]]}
        # By the logarithm of its rank: the second is drawn half as often as the first.
        self.tables = {slot: [words[int(len(words) ** draw.random()) - 1] for _ in range(1 << 16)] for slot, words in tables.items()}
        self.tables["d"] = [str(draw.randint(2, 400)) for _ in range(1 << 10)]
        self.clauses, self.joints = [self.shape(clause) for clause in CLAUSES], JOINTS.split("|")

    def shape(self, pattern):
        """The pattern with %s for each slot, and the words for each."""
        parts = pattern.split("{")
        return "%s".join([parts[0], *(part[2:] for part in parts[1:])]), [self.tables[part[0]] for part in parts[1:]]

    def form(self, count):
        """The shape of so many clauses in which only names and numbers are left open."""
        pattern = ". ".join(self.pick(CLAUSES) for _ in range(count)) + "."
        for slot in "nva":
            while f"{{{slot}}}" in pattern:
                pattern = pattern.replace(f"{{{slot}}}", self.pick(self.tables[slot]), 1)
        return self.shape(pattern)

    def fill(self, shape):
        random = self.random
        words = [table[int(random() * len(table))] for table in shape[1]]
        if random() < UNHEARD:
            words[int(random() * len(words))] = "".join([self.pick(self.syllables) for _ in range(3)])
        return shape[0] % tuple(words)

    def pick(self, options):
        return options[int(self.random() * len(options))]

    def sentences(self, count):
        """So many clauses, joined to sentences."""
        text = self.headline()
        for _ in range(count - 1):
            joint = self.pick(self.joints)
            text += joint + (self.headline() if joint == ". " else self.fill(self.pick(self.clauses)))
        return text + "."

    def headline(self):
        clause = self.fill(self.pick(self.clauses))
        return clause[0].upper() + clause[1:]

    def name(self):
        return f"{self.pick(self.tables['p'])} {self.pick(self.tables['p'])}"


def site(words):
    """What all pages of a site share."""
    draw = words.draw
    return {"name": f"The {words.pick(words.tables['p'])} {draw.choice(['Herald', 'Post', 'Gazette', 'Courier', 'Times'])}", "menu": draw.sample(MENUS, draw.randint(6, 16)),
            "appeals": draw.sample(APPEALS, 3), "shares": draw.sample(SHARES, draw.randint(2, 6)), "legal": draw.sample(LEGAL, 2),
            "teasers": [words.headline() for _ in range(30)], "blank": draw.random() < 0.6, "frame": draw.choice(["article", "main", "div"])}


def page(words, site):
    """Lines of a page: what a line is, and its text."""
    draw = words.draw
    yield from (("menu", item) for item in [site["name"], *site["menu"]])
    yield "appeal", site["appeals"][0]
    yield "crumbs", f"Home > {draw.choice(site['menu'])}"
    yield "headline", words.headline()
    yield "byline", f"By {words.name()}, {draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(2009, 2025)}"
    yield from (("share", item) for item in site["shares"])
    for number in range(draw.choice([3, 4, 5, 6, 8, 10, 14, 20])):
        if number and draw.random() < 0.12:
            yield "subhead", words.headline()
        if draw.random() < 0.06:
            yield "link", f"Read more: {words.headline()}"
        if number == 2 and draw.random() < 0.5:
            yield "appeal", site["appeals"][1]
        text = words.sentences(draw.randint(2, 8))
        yield "text", f"“{text[:-1]},” said {words.name()} of the {words.pick(NOUNS)}." if draw.random() < 0.15 else text
    yield "appeal", site["appeals"][2]
    yield "label", draw.choice(["Related stories", "Most read", "More from this section", "You may also like"])
    for _ in range(draw.randint(3, 8)):
        yield "link", draw.choice(site["teasers"])
        if draw.random() < 0.4:
            yield "teaser", words.sentences(1)[:-1] + "..."
    yield from (("menu", item) for item in site["menu"][:6])
    yield from (("legal", line) for line in [f"© 2025 {site['name']}", *site["legal"]])


ARTICLE, EITHER = {"text", "subhead"}, {"headline", "byline"}
ELEMENTS = {"menu": '<li class="nav-item"><a href="/{n}">{}</a></li>', "headline": "<h1>{}</h1>", "subhead": "<h2>{}</h2>", "text": "<p>{}</p>",
            "byline": '<p class="byline">{}</p>', "link": '<p><a href="/story/{n}">{}</a></p>', "teaser": '<p class="summary">{}</p>', "label": "<h3>{}</h3>",
            "share": '<button class="share">{}</button>', "appeal": '<div class="box"><p>{}</p></div>', "crumbs": '<nav class="crumbs">{}</nav>',
            "legal": '<p class="small">{}</p>'}


def as_text(lines, site):
    for kind, text in lines:
        yield kind, text
        if site["blank"] or kind in ARTICLE:
            yield "blank", ""


def as_html(lines, site):
    lines = list(lines)
    first = next(at for at, (kind, _) in enumerate(lines) if kind == "headline")
    last = max(at for at, (kind, _) in enumerate(lines) if kind == "text")
    title = html.escape(lines[first][1])
    yield "tag", f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {site["name"]}</title><link rel="stylesheet" href="/main.css">'
    yield "tag", "<script>window.layer = window.layer || []; function push() { layer.push(arguments) } push('page', 'view')</script></head><body>"
    for at, (kind, text) in enumerate(lines):
        if at == first:
            yield "tag", f'<{site["frame"]} class="content">'
        yield kind, ELEMENTS[kind].format(html.escape(text, quote=False), n=at)
        if at == last:
            yield "tag", f"</{site['frame']}><aside>"
    yield "tag", "</aside></body></html>"


def write_pages(words, kind, enough, out):
    sites, form = [site(words) for _ in range(40)], {"text": as_text, "html": as_html}[kind]
    ending = {"text": "txt", "html": "html"}[kind]
    size = 0
    with open(out / "truth.jsonl", "w", encoding="utf-8") as truth:
        for number in itertools.count():
            if enough(number, size):
                return
            path = f"pages/{number // 1000:05}/{number:07}.{ending}"
            if number % 1000 == 0:
                (out / path).parent.mkdir(parents=True)
            of = words.pick(sites)
            lines = list(form(page(words, of), of))
            text = "\n".join(line for _, line in lines).encode() + b"\n"
            (out / path).write_bytes(text)
            size += len(text)
            article, either = ([at for at, (kind, _) in enumerate(lines, 1) if kind in kinds] for kinds in (ARTICLE, EITHER))
            truth.write(json.dumps({"page": path, "article": article, "either": either}) + "\n")


def edited(words, text):
    """A copy, and what was done to it."""
    edit = words.pick(["whole", "word", "cut", "misread", "longer"])
    parts = text.split(" ")
    if edit == "word":
        parts[int(words.random() * len(parts))] = words.pick(words.tables["n"])
    elif edit == "cut":
        del parts[-max(1, len(parts) // 20):]
    elif edit == "misread":
        for _ in range(max(1, len(parts) // 20)):
            at = int(words.random() * len(parts))
            parts[at] = parts[at].translate(MISREAD)
    elif edit == "longer":
        parts.append(words.sentences(1))
    return " ".join(parts), edit


def documents(words, clauses):
    """Texts without end; for each what it is a copy of, by number, and how."""
    originals, forms = [], []
    for number in itertools.count():
        chance = words.random()
        if chance < 0.1 and originals:
            of, text = words.pick(originals)
            text, edit = edited(words, text)
            yield text, of, edit
            continue
        if chance < 0.12:
            # Some twenty of each form, among all others.
            if not forms or words.random() < 0.05:
                forms = [words.form(clauses[1]), *forms[:3]]
            yield words.fill(words.pick(forms)), None, None
            continue
        text = words.sentences(words.draw.randint(*clauses))
        if len(originals) < 20000:
            originals.append((number, text))
        else:
            originals[int(words.random() * len(originals))] = number, text
        yield text, None, None


def write_documents(words, kind, enough, out):
    size = 0
    with open(out / "documents.jsonl", "w", encoding="utf-8") as file, open(out / "truth.jsonl", "w", encoding="utf-8") as truth:
        for number, (text, of, edit) in enumerate(documents(words, {"jsonl": (16, 64), "small": (3, 4)}[kind])):
            if enough(number, size):
                return
            line = json.dumps({"id": f"d{number}", "text": text}) + "\n"
            file.write(line)
            size += len(line)
            if edit:
                truth.write(f'{{"id": "d{number}", "copy_of": "d{of}", "edit": "{edit}"}}\n')


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    much = options.add_mutually_exclusive_group(required=True)
    much.add_argument("--megabytes", type=float)
    much.add_argument("--documents", type=int, help="so many pages or documents")
    options.add_argument("--kind", choices=["text", "html", "jsonl", "small"], required=True)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("out", type=pathlib.Path)
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)

    def enough(number, size):
        return number >= given.documents if given.documents is not None else size >= given.megabytes * 1e6

    write = write_pages if given.kind in ("text", "html") else write_documents
    write(Words(random.Random(f"{given.kind} {given.seed}")), given.kind, enough, given.out)


if __name__ == "__main__":
    main()
