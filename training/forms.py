"""Forms of dumps of several articles. Each gives the lines (text, label) of item number n of `all`, above and below its text."""

import textwrap

from style import RANKS, ROMAN, SECTIONS, SITES, TOWNS, title_of


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
