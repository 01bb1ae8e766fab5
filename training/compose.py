#!/usr/bin/env python3
"""Dumps of several articles in many forms, and dumps of one article that look like several, made from labelled pages: to train and measure splitting.

    compose.py DATA OUT [--count N] [--single N] [--seed N] [--forms a,b,…]

DATA is the folder of labelled sets (sets.py). OUT/FORM/ gets NAME.txt, NAME.tsv and NAME.json of N dumps of each form in all, OUT/one-FORM/ those of one article. All parts
of a dump come from pages of one language and of one fold of a cross-validation by site, which its JSON names.
"""

import argparse
import collections
import json
import pathlib
import random
import textwrap

import sets
from augment import Page, is_prose, squeezed
from labels import line_labels

FIRST = "Ada Bo Cora Dag Eli Fay Gus Hal Ida Jon Kai Lea Mia Ned Ola Pia Rex Sue Tom Una Vic Wes Yan Zoe Marta Pavel Nina Igor Léa Hugo Søren Åse Jürgen Ines".split()
LAST = "Abbot Birch Crane Dahl Eskil Frost Grant Holm Isak Jarl Kemp Lund Marsh Nord Ostby Pike Quist Rand Sten Tarn Ueda Voss Wick Kowalski Petrova Moreau Sørensen Müller".split()
TOWNS = "Elmsworth|Port Alder|Newmarsh|Claymont|Norrby|Ferry Cross|Lunden|Westholm, Sarn|Bad Aue|Saint-Loup|Old Harrow|Skovby".split("|")
SITES = ["Daily Tarn", "Harbour Post", "The Elm Gazette", "Norrby Herald", "pressbox.example", "Coast Wire", "Le Phare", "Der Hafenbote", "Вестник", "La Gaceta del Puerto"]
NAV = ["Home", "About", "Contact", "News", "Sport", "Archives", "Search", "Subscribe", "Log in", "Sections", "Opinion", "Weather", "Video", "Menu", "Startseite", "Suche", "Accueil", "Kontakt"]
SECTIONS = ["Politics", "Business", "World", "Culture", "Sport", "Science", "Health", "Local", "Opinion", "Transport", "Technik", "Wirtschaft", "Kultur", "Monde", "Économie", "Deportes", "Общество",
            "社会", "経済", "Energy", "Briefly", "Housing", "Schools", "Ropes", "Air", "Water"]
MONTHS = {"en": "January February March April May June July August September October November December", "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
          "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
          "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря", "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"}
FEET = ["Full Story (comments: {n})", "Comments ({n})", "Read more", "Read more »", "Share", "{n} comments", "Reply", "Continue reading", "Permalink | {n} comments", "Back to top", "[top]", "Like · Reply", "Print this item",
        "Weiterlesen", "{n} Kommentare", "Lire la suite", "Читать далее", "{n} views", "Read on (notes: {n})", "Send to a friend"]
RULES = ["* * *", "---", "-----------", "=====", "~", "•", "####", "* * * * *", "_______________", "-+-+-+-", "***", "- - - - -", "§", "……", "— — —", "<><><>", "//", "◆", "+++"]
INTROS = ["In this issue:", "Contents", "Today:", "Headlines", "Inhalt", "Au sommaire", "In dieser Ausgabe", "Table of contents", "Top stories", "Today's Topics:", ""]
RANKS = ["Member", "Senior Member", "Regular", "Newbie", "Moderator", "Mitglied", "Guest", "Posts: 212", "Veteran"]
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI XXVII XXVIII XXIX XXX XXXI XXXII XXXIII XXXIV XXXV XXXVI XXXVII XXXVIII XXXIX XL".split()
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


class Style:
    """How one dump looks: the same for all its items."""

    def __init__(self, rng, language):
        self.rng, self.language = rng, language
        self.date_form = rng.randrange(7)
        self.gap = rng.random() < 0.7
        self.wrap = rng.random() < 0.22 and language not in ("zh", "ja")
        self.width = rng.choice([66, 70, 72, 76])
        self.two_lines = rng.random() < 0.2 and language not in ("zh", "ja")
        self.site, self.rule, self.foot = rng.choice(SITES), rng.choice(RULES), rng.choice(FEET)
        self.has_foot = rng.random() < 0.45
        self.mark = rng.choice([""] * 7 + ["[$] ", "- ", ">> ", "* ", "# ", "## ", "### "])
        self.upper = rng.random() < 0.15
        self.by = rng.choice(["By {}", "by {}", "{}", "Von {}", "Par {}", "— {}", "Posted by {}", "Автор: {}", "Text: {}"])
        self.order = rng.random()
        # Whether lines of a head stand together: those about the article, or with the headline.
        self.tight = rng.choice([0, 1, 1, 2, 2])

    def name(self):
        return self.rng.choice(FIRST) + " " + self.rng.choice(LAST)

    def nick(self):
        return (self.rng.choice(FIRST) + self.rng.choice(["", "_", "."]) + self.rng.choice(LAST) + self.rng.choice(["", "7", "22", "1980"])).lower()

    def date(self):
        rng, months = self.rng, MONTHS.get(self.language, MONTHS["en"]).split()
        y, m, d, t = rng.randint(2005, 2031), rng.randint(1, 12), rng.randint(1, 28), f"{rng.randint(6, 22)}:{rng.randint(10, 59)}"
        if self.language in ("zh", "ja"):
            return [f"{y}年{m}月{d}日", f"{y}-{m:02}-{d:02} {t}", f"{y}年{m:02}月{d:02}日 {t}"][self.date_form % 3]
        return [f"{months[m-1][:3]} {d}, {y}", f"{d} {months[m-1]} {y}", f"{y}-{m:02}-{d:02}", f"{months[m-1]} {d}, {y} at {rng.randint(1, 12)}:{rng.randint(10, 59)} p.m.", f"{d:02}.{m:02}.{y}",
                f"{d:02}.{m:02}.{y}, {t}", f"{months[m-1]} {d}, {y} {t} UTC"][self.date_form]

    def footer(self):
        return self.foot.format(n=self.rng.randint(0, 200))


def title_of(s, source, n):
    title = source.title or " ".join(source.prose[0].split()[:s.rng.randint(4, 7)]).strip(".,;:")
    return s.mark + (title.upper() if s.upper else title)


# Forms. Each gives the lines (text, label) of item number n of `all`, above and below its text.
def headmeta(s, a, n, all):
    return [(title_of(s, a, n), "title"), (s.date() + (f" by {s.name()}" if s.order < .5 else ""), "meta")], []

def metahead(s, a, n, all):
    return [(s.date() + (f" | {s.rng.choice(SECTIONS)}" if s.order < .3 else f" by {s.name()}" if s.order < .6 else ""), "meta"), (title_of(s, a, n), "title")], []

def rules(s, a, n, all):
    return [(title_of(s, a, n), "title")], [(s.rule, "nav")] if n < all or s.order < .5 else []

def plain(s, a, n, all):
    return [(title_of(s, a, n), "title")] + ([(s.by.format(s.name()), "meta")] if s.order < .5 else []) + ([(s.date(), "meta")] if s.order < .25 else []), []

def numbered(s, a, n, all):
    form = ["{}. ", "{}) ", "({}) ", "No. {}: ", "#{} ", "{} ", "Item {}: ", "{}/ ", "{} - "][int(s.order * 9)]
    alone = s.width == 66
    return [(form.format(n).strip(" -:"), "nav"), (title_of(s, a, n), "title")] if alone else [(form.format(n) + title_of(s, a, n), "title")], []

def roman(s, a, n, all):
    form = ["{}. ", "{}", "{}) ", "{}: "][int(s.order * 4)]
    return [(form.format(ROMAN[n - 1]).strip(), "nav"), (title_of(s, a, n), "title")] if s.order < .6 else [(form.format(ROMAN[n - 1]) + title_of(s, a, n), "title")], []

def letters(s, a, n, all):
    sign = [(s.name(), "meta")] + ([(s.rng.choice(TOWNS), "meta")] if s.order < .7 else [])
    sign = [(", ".join(x for x, _ in sign), "meta")] if s.order > .85 else sign
    return ([(title_of(s, a, n), "title")] if s.width != 66 else []) + ([("Sir – ", "?")] if s.order < .1 else []), sign

def sectiontag(s, a, n, all):
    form = ["[{0}] Posted {1} by {2}", "{0} | {1}", "{0} – {1} – {2}", "Filed under {0} on {1}", "({0}) {1}, {2}", "{1} in {0}", "{0}: {1}"][int(s.order * 7)]
    meta = (form.format(s.rng.choice(SECTIONS), s.date(), s.nick()), "meta")
    return [(title_of(s, a, n), "title"), meta] if s.width > 66 else [meta, (title_of(s, a, n), "title")], []

def forum(s, a, n, all):
    post = [(s.nick(), "meta")] + ([(s.rng.choice(RANKS), "nav")] if s.order < .6 else []) + [(f"{s.date()}, #{n}" if s.order < .5 else s.date() if s.order < .8 else f"#{n}", "meta")]
    return post + ([(a.title, "title")] if n == 1 and a.title else []), [("Reply", "nav")] if s.order < .5 else [(f"Like ({s.rng.randint(0, 30)})", "share"), ("Quote", "nav")] if s.order < .7 else []

def contents(s, a, n, all):
    return [(title_of(s, a, n), "title")], [(s.rule, "nav")] if s.order < .3 else []

def underheads(s, a, n, all):
    first = n == 1 or s.rng.random() < .4
    return ([(s.rng.choice(SECTIONS).upper() if s.order < .7 else s.rng.choice(SECTIONS), "nav")] if first else []) + [(title_of(s, a, n), "title")], []

def twolevel(s, a, n, all):
    if n == 1:
        s.section = 0
    first = n == 1 or s.rng.random() < .35
    s.section += first
    head = [f"{s.section}. {s.rng.choice(SECTIONS)}", f"{ROMAN[s.section - 1]}. {s.rng.choice(SECTIONS)}", f"== {s.rng.choice(SECTIONS)} ==", s.rng.choice(SECTIONS).upper()][int(s.order * 4)]
    return ([(head, "nav")] if first else []) + [(s.rng.choice(["* ", "* ", "* "]) + title_of(s, a, n) if s.width < 72 else title_of(s, a, n), "title"), ] + ([(s.date(), "meta")] if s.width == 76 else []), []

def press(s, a, n, all):
    source, date = s.rng.choice(SITES), s.date()
    foot = [f"Source: {source}, {date}", f"{source}, {date}", f"({source}, {date})", f"{date} – {source}", source + "\n" + date, f"[{source} | {date}]"][int(s.order * 6)]
    return [(title_of(s, a, n), "title")] if s.width > 66 else [], [(x, "meta") for x in foot.split("\n")]

def dates(s, a, n, all):
    return [(s.date(), "meta")], []

def none(s, a, n, all):
    return [], []

def nofn(s, a, n, all):
    form = ["Story {} of {}", "{} of {}", "[{}/{}]", "{}/{}", "Item {} of {}", "Meldung {} von {}", "({} of {} stories)", "-- {} of {} --", "{} von {}"][int(s.order * 9)].format(n, all)
    return [(form, "nav")] + ([(title_of(s, a, n), "title")] if s.width > 66 else []), []

def maildigest(s, a, n, all):
    if n == 1:
        s.shown = s.rng.sample(["Date", "From", "To", "Subject", "Message-ID", "Content-Type", "Cc", "Reply-To"], 8)[:s.rng.randint(0, 5)]
        s.number = ["Message: {}", "", "Message {}", "[{}]"][int(s.order * 4)] if s.order < .7 else ""
        s.end = s.rng.choice(["-" * 30, "-" * 30, "-" * 70, "=" * 60, "_" * 47, "***"])
    about = {"Date": f"Date: {s.rng.choice(['Mon', 'Tue', 'Fri'])}, {s.rng.randint(1, 28)} Nov {s.rng.randint(1995, 2031)} {s.rng.randint(10, 23)}:13:02 +0000", "From": f"From: {s.name()} <{s.nick()}@example.org>",
             "To": "To: harbour-talk@lists.example.org", "Subject": "Subject: " + s.rng.choice(["", "Re: ", "[list] ", "Re: [list] "]) + (a.title or a.prose[0][:40]),
             "Message-ID": f"Message-ID: <{s.rng.random()}@example.org>", "Content-Type": "Content-Type: text/plain; charset=utf-8", "Cc": f"Cc: {s.name()}", "Reply-To": f"Reply-To: {s.nick()}@example.org"}
    keys = list(dict.fromkeys([k for k in s.shown if s.rng.random() < .9 or k in ("Date", "From")] + ["Date", "From", "Subject"]))
    head = ([(s.number.format(n), "meta")] if s.number else []) + [(about[key], "meta") for key in keys]
    foot = []
    if s.rng.random() < .5:
        foot += [("-- ", "nav"), (s.name(), "meta")] + ([("https://example.org/~" + s.nick(), "nav")] if s.rng.random() < .4 else [])
    return head, foot + [(s.end, "nav")]

def symbols(s, a, n, all):
    return [], [(s.rule, "nav")] if n < all else []

def formfeed(s, a, n, all):
    return [("\f" + title_of(s, a, n) if n > 1 else title_of(s, a, n), "title")] + ([(s.date(), "meta")] if s.order < .3 else []), []

def newsletter(s, a, n, all):
    title = a.title or a.prose[0][:50]
    return [(title.upper() if s.order < .5 else title, "title")], [(s.rng.choice(["Read more", "Read more"]) if s.order < .6 else "View online »", "nav")]

def dateline(s, a, n, all):
    s.lead = [f"{s.date()} - ", f"{s.date()}: ", f"({s.date()}) ", f"{s.date()} | "][int(s.order * 4)]
    return [(title_of(s, a, n), "title")] if s.width > 70 else [], []

def capslead(s, a, n, all):
    s.lead = [s.rng.choice(TOWNS).upper() + " — ", " ".join((a.title or "Brief notes").upper().split()[:6]) + ". ", s.rng.choice(TOWNS).upper() + " (CW) - ", s.rng.choice(SECTIONS).upper() + ": "][int(s.order * 4)]
    return [], []

def inlinenumbers(s, a, n, all):
    s.lead = [f"{n}. ", f"({n}) ", f"{n}) ", f"{ROMAN[n-1]}. "][int(s.order * 4)]
    return [], []

def markdown(s, a, n, all):
    mark = ["# ", "## ", "### ", "== "][int(s.order * 4)]
    return [(mark + (a.title or a.prose[0][:40]), "title")] + ([(f"*{s.date()}*", "meta")] if s.width == 76 else []), []

def labelled(s, a, n, all):
    keys = [("Title", "Author", "Source", "Date", "Text"), ("HEADLINE", "BYLINE", "PUBLICATION", "DATE", "BODY"), ("Titel", "Autor", "Quelle", "Datum", "Text")][int(s.order * 3)]
    rows = [(f"{keys[0]}: {a.title or a.prose[0][:40]}", "title"), (f"{keys[1]}: {s.name()}", "meta"), (f"{keys[2]}: {s.site}", "meta"), (f"{keys[3]}: {s.date()}", "meta")]
    return (rows if s.width > 66 else rows[::-1]) + ([(f"{keys[4]}:", "nav")] if s.width > 70 else []), []

def authorpage(s, a, n, all):
    if n == 1:
        s.author = s.name()
    return [([f"{s.date()} — {s.author}", f"{s.author}, {s.date()}", f"{s.author} | {s.date()}"][int(s.order * 3)], "meta")], []

def gaps(s, a, n, all):
    return [("", "gap"), ("", "gap")] + ([(title_of(s, a, n), "title")] if s.order < .6 else []), []

def briefs(s, a, n, all):
    s.lead = "" if s.order < .3 else (a.title or " ".join(a.prose[0].split()[:3])) + [": ", " – ", ". ", " | "][int(s.order * 4)]
    return [(title_of(s, a, n), "title")] if s.order < .3 else [], []

def magazine(s, a, n, all):
    return [(s.rng.choice(SECTIONS), "nav"), (title_of(s, a, n), "title")] + ([(s.by.format(s.name()), "meta")] if s.order < .7 else []), [(f"{s.name()} writes about {s.rng.choice(SECTIONS).lower()}.", "?")] if s.order < .3 else []

def pagemarks(s, a, n, all):
    mark = [f"Page {n}", f"- {n} -", f"[{n}]", f"p. {n * 3}", f"Seite {n}", f"{s.site} {n}"][int(s.order * 6)]
    return [(mark, "nav"), (title_of(s, a, n), "title")] if s.width > 66 else [(title_of(s, a, n), "title")], [] if s.width > 66 else [(mark, "nav")]

def advice(s, a, n, all):
    q, answer = [("Q: ", "A: "), ("Q. ", "A. "), ("Question: ", "Answer: "), ("F: ", "A: "), ("Dear desk, ", "")][int(s.order * 5)]
    s.lead, s.second = q, answer
    return [(title_of(s, a, n), "title")] if s.width == 76 else [], [(s.name() if s.rng.random() < .9 else "Anonymous", "meta")] if s.order > .8 else []

def separators(s, a, n, all):
    words = ["NEXT STORY", "Next article", "Nächster Artikel", "End of article", "-- end --", "Next item >>"][int(s.order * 6)]
    return [(title_of(s, a, n), "title")] if s.width > 70 else [], [(words, "nav")] if n < all else []

def byline(s, a, n, all):
    return [(title_of(s, a, n), "title"), (s.by.format(s.name()) if s.by != "{}" else f"By {s.name()}", "meta")], []

def listed(s, a, n, all):
    return [(s.rng.choice(["• ", "• "]) + (a.title or a.prose[0][:40]), "title")], []

def mixed(s, a, n, all):
    """A form of any parts in any order."""
    above = ["date", "by", "section", "source", "number", "nick", "datesection", "label", "count", "rule", "kicker", "place", "address"]
    below = ["date", "by", "sourcedate", "source", "town", "rule", "foot", "tags", "name"]
    if n == 1:
        s.above, s.below = s.rng.sample(above, s.rng.choice([0, 0, 1, 1, 2, 2, 3])), s.rng.sample(below, s.rng.choice([0, 0, 0, 1, 1, 2]))
        s.at, s.word, s.led = s.rng.choice([None, 0, 0, 1, 2]), s.rng.choice(["Story", "Item", "News", "Meldung", "Brève", "Noticia", "Text", "Entry"]), s.rng.random() < .15
        if not s.above and not s.below and s.at is None:
            s.at = 0
    s.lead = f"{s.rng.choice(TOWNS)} – " if s.led else ""
    part = {"date": lambda: s.date(), "by": lambda: s.by.format(s.name()), "section": lambda: s.rng.choice(SECTIONS), "source": lambda: s.rng.choice(SITES), "number": lambda: f"{n}.", "nick": lambda: s.nick(),
            "datesection": lambda: f"{s.rng.choice(SECTIONS)}, {s.date()}", "label": lambda: f"{s.word} {n}", "count": lambda: f"{n}/{all}", "rule": lambda: s.rule, "kicker": lambda: s.rng.choice(SECTIONS).upper(),
            "place": lambda: s.rng.choice(TOWNS).upper(), "address": lambda: f"https://example.org/{s.rng.randint(100, 99999)}", "sourcedate": lambda: f"{s.rng.choice(SITES)}, {s.date()}", "town": lambda: s.rng.choice(TOWNS),
            "foot": lambda: s.footer(), "tags": lambda: "Tags: " + ", ".join(s.rng.sample(SECTIONS, 2)), "name": lambda: s.name()}
    mute = ("section", "number", "label", "count", "rule", "kicker", "address", "foot", "tags")
    head = [(part[k](), "nav" if k in mute else "meta") for k in s.above]
    if s.at is not None:
        head.insert(min(s.at, len(head)), (title_of(s, a, n), "title"))
    return head, [(part[k](), "nav" if k in mute else "meta") for k in s.below]


FORMS = {f.__name__: f for f in (headmeta, metahead, rules, plain, numbered, roman, letters, sectiontag, forum, contents, underheads, twolevel, press, dates, none, nofn, maildigest, symbols, formfeed, newsletter,
                                 dateline, capslead, inlinenumbers, markdown, labelled, authorpage, gaps, briefs, magazine, pagemarks, advice, separators, byline, listed, mixed)}
LISTED = {"contents", "maildigest", "newsletter", "rules", "numbered", "twolevel", "mixed"}


def subtitle(s, text):
    words = text.split()
    if s.language in ("zh", "ja"):
        return text[:s.rng.randint(4, 10)]
    words = words[:s.rng.randint(2, 6)]
    return " ".join(w.capitalize() if s.order < .5 else w for w in words).strip(".,;:!?\"”“")


# One article in a form that looks like several: gives the lines (text, label) for paragraph number n.
def tips(s, p, n):
    return [([f"{n}. ", f"{n}) ", f"#{n}: ", f"Tip {n}: ", f"{n} – "][int(s.order * 5)] + subtitle(s, p), "body"), (p, "body")]

def interview(s, p, n):
    ask = subtitle(s, p) + "?"
    speakers = [("Q: ", "A: "), ("", ""), (s.site.upper() + ": ", "MARSH: "), ("Frage: ", "Antwort: ")][int(s.order * 4)]
    return [(speakers[0] + ask, "body"), (speakers[1] + p, "body")]

def books(s, p, n):
    return [([f"{subtitle(s, p)}, by {s.name()}", f"{n}. “{subtitle(s, p)}” by {s.name()}", f"{s.name()}: {subtitle(s, p)} ({s.rng.randint(1950, 2030)})"][int(s.order * 3)], "body"), (p, "body")]

def steps(s, p, n):
    return [([f"Step {n}", f"Step {n}: {subtitle(s, p)}", f"Schritt {n}", f"Étape {n}"][int(s.order * 4)], "body"), (p, "body")]

def liveblog(s, p, n):
    stamp = f"{(7 + n) % 24}:{s.rng.randint(10, 59)}"
    return [([stamp, f"{stamp} {s.name()}", f"{stamp} CET", f"{stamp} – {subtitle(s, p)}"][int(s.order * 4)], "?"), (p, "body")]

def minutes(s, p, n):
    return [([f"{n}. {subtitle(s, p)}", f"Item {n}", f"{n}.{s.rng.randint(1, 3)} {subtitle(s, p)}", subtitle(s, p).upper()][int(s.order * 4)], "body"), (p, "body")]

def chapters(s, p, n):
    if n % 2 == 0 and s.width > 66:
        return [(p, "body")]
    return [([f"Chapter {n}", ROMAN[n - 1] if n <= 40 else str(n), f"{ROMAN[(n - 1) % 40]}. {subtitle(s, p)}", f"Part {n}", f"Kapitel {n}: {subtitle(s, p)}", f"{n}"][int(s.order * 6)], "body"), (p, "body")]

def headings(s, p, n):
    if s.rng.random() < .3:
        return [(p, "body")]
    head = subtitle(s, p)
    return [(s.mark + (head.upper() if s.upper else head + "?" if s.order < .2 else head), "body"), (p, "body")]

def breaks(s, p, n):
    return [(p, "body")] + ([(s.rule, "nav")] if s.rng.random() < .6 else [])

def diary(s, p, n):
    return [([s.date(), f"Day {n}", f"Tag {n}", s.date().split(",")[0]][int(s.order * 4)], "?"), (p, "body")]

def timeline(s, p, n):
    return [([f"{s.date()}: ", f"{s.date()} - ", f"{1950 + n * 3}: "][int(s.order * 3)] + p, "body")]

def manual(s, p, n):
    return [([f"{1 + n // 4}.{1 + n % 4} {subtitle(s, p)}", f"## {subtitle(s, p)}", subtitle(s, p).upper(), f"### {n}. {subtitle(s, p)}"][int(s.order * 4)], "body"), (p, "body")] + ([(f"    $ run --{subtitle(s, p).split()[0].lower()} {n}", "body")] if s.rng.random() < .5 else [])

def inlined(s, p, n):
    return [([f"{n}. ", f"({n}) ", "• ", subtitle(s, p) + ": ", subtitle(s, p).upper() + ". "][int(s.order * 5)] + p, "body")]

def pictures(s, p, n):
    return [(p, "body")] + ([([f"Photo: {s.name()}", subtitle(s, p), f"{s.name()} / {s.site}", "Image 1 of 12"][int(s.order * 4)], "caption")] if s.rng.random() < .7 else [])

def asides(s, p, n):
    return [(p, "body")] + ([(["Advertisement", "Read also: " + subtitle(s, p), "Continue reading the main story", "Share"][int(s.order * 4)], "ad")] if s.rng.random() < .6 else [])

def quoted(s, p, n):
    return [([f"{s.name()}, {s.rng.choice(TOWNS)}", s.name(), f"{s.name()}:"][int(s.order * 3)], "body"), (p, "body")]


ONES = {f.__name__: f for f in (tips, interview, books, steps, liveblog, minutes, chapters, headings, breaks, diary, timeline, manual, inlined, pictures, asides, quoted)}


def bare(rng, pool):
    """An article alone, with its own subheadings, as it comes out when a page was cleaned."""
    s, a = Style(rng, pool[0].language), rng.choice(pool)
    s.gap, s.wrap = rng.random() < .8, s.wrap and rng.random() < .5
    body = a.body[:rng.randint(4, 80)]
    if rng.random() < .5:
        at = rng.sample(range(1, len(body)), min(len(body) - 1, rng.choice([1, 1, 2, 3]))) if len(body) > 2 else []
        body = [line for n, text in enumerate(body) for line in ([subtitle(s, text).upper() if s.order < .3 else subtitle(s, text)] if n in at else []) + [text]]
    lines = ([(a.title, "title", 1)] if a.title and rng.random() < .9 else []) + [(text, "body", 1) for text in body]
    return laid_out(s, lines), [a.title]


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


def several(rng, pool, form):
    """A dump of several articles: its lines, the articles."""
    s = Style(rng, pool[0].language)
    make = FORMS[form]
    titled = [a for a in pool if a.title]
    choice = titled if len(titled) >= 6 and form not in ("dates", "none", "symbols", "authorpage") else pool
    most = {"none": 5, "plain": 12, "letters": 12}.get(form, 40)
    count = min(rng.choice([2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12, 16, 24, 40]), len(choice), most)
    chosen = rng.sample(choice, count)
    lines = []
    has_list = form == "contents" or form in LISTED and rng.random() < .5
    if has_list:
        lines.append((rng.choice(INTROS), "nav", None))
        mark = rng.choice(["* ", "- ", "• ", "", "{n}. ", "  "])
        lines += [(mark.format(n=n) + (a.title or a.prose[0][:40]), "nav", None) for n, a in enumerate(chosen, 1)] + [("", "gap", None)]
    if form in ("newsletter", "mixed", "numbered", "press") and rng.random() < .4:
        lines.append((rng.choice(["Welcome to this week's letter. Below you find what we read, wrote and argued about since Monday.", "Guten Morgen, hier ist, was heute wichtig wird.", f"{count} stories today.",
                                  "This is the news in brief, sent to you each morning by four people who get up too early."]), "newsletter", None))
    size = rng.choice([1, 1, 2, 2, 3, 5])
    if form in ("maildigest", "labelled"):
        s.tight = 2
    if form == "maildigest":
        lines = [(text, "nav", None) for text in (["Send harbour-talk mailing list submissions to", "harbour-talk@lists.example.org", "To subscribe or unsubscribe via the World Wide Web, visit",
                 "https://lists.example.org/listinfo/harbour-talk", "When replying, please edit your Subject line so it is more specific", "Today's Topics:"] if rng.random() < .5 else [])] + lines
        lines += [("", "gap", None)] + ([("-" * 70, "nav", None)] if rng.random() < .5 else [])
    for n, a in enumerate(chosen, 1):
        s.lead = s.second = ""
        above, below = make(s, a, n, count)
        k = rng.randint(max(2 if form == "none" else 1, size - 2), size + 2)
        start = rng.randrange(0, max(1, len(a.prose) - k + 1)) if rng.random() < .25 else 0
        texts = a.prose[start:start + k]
        if form in ("briefs", "capslead", "inlinenumbers", "forum", "dateline") and rng.random() < .5:
            texts = texts[:1]
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
        lines += [(text, label, None if label in ("nav", "gap", "share", "?") else n) for text, label in above + body + below + foot]
        if not s.gap and form not in ("none",) and rng.random() < .8:
            lines.append(("", "gap", None))
    if form == "maildigest":
        lines.append((rng.choice(["End of Harbour-talk Digest, Vol 12, Issue 4", "_______________________________________________", "End of digest"]), "nav", None))
        return laid_out(s, lines), [a.title for a in chosen]
    return framed(s, rng, pool, laid_out(s, lines)), [a.title for a in chosen]


def one(rng, pool, form):
    """A dump of one article that looks like several."""
    s = Style(rng, pool[0].language)
    long = [a for a in pool if len(a.prose) >= 5] or pool
    a = rng.choice(long)
    lines = [(title_of(s, a, 1), "title", 1)] if rng.random() < .9 else []
    if rng.random() < .6:
        lines.append((s.date() + (f" by {s.name()}" if rng.random() < .5 else ""), "meta", 1))
    begin = rng.choice([0, 1, 1, 2])
    lines += [(p, "body", 1) for p in a.prose[:begin]]
    n = 0
    size = rng.choice([1, 1, 1, 2, 3])
    for at, p in enumerate(a.prose[begin:begin + 60]):
        if at % size:
            lines.append((p, "body", 1))
            continue
        n += 1
        lines += [(text, label, None if label in ("nav", "?", "ad") else 1) for text, label in ONES[form](s, p, n)]
    below = []
    others = rng.sample(pool, min(len(pool), rng.randint(2, 8)))
    if rng.random() < .25:
        below = thread(s, others)
    elif rng.random() < .3:
        below = related(s, others)
    return framed(s, rng, pool, laid_out(s, lines) + [(text, label, None) for text, label in below]), [a.title]


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
