"""Forms of dumps of one article that look like several. Each gives the lines (text, label) for paragraph number n."""

from style import ASKED, ROMAN, TOWNS, subtitle


def tips(s, p, n):
    return [([f"{n}. ", f"{n}) ", f"#{n}: ", f"Tip {n}: ", f"{n} – "][int(s.order * 5)] + subtitle(s, p), "body"), (p, "body")]

def interview(s, p, n):
    ask = s.rng.choice(ASKED) if s.rng.random() < .6 else subtitle(s, p) + "?"
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
    return [([f"{1 + n // 4}.{1 + n % 4} {subtitle(s, p)}", f"## {subtitle(s, p)}", subtitle(s, p).upper(), f"### {n}. {subtitle(s, p)}"][int(s.order * 4)], "body"), (p, "body")] + ([(f"    $ run --{subtitle(s, p).lower().partition(' ')[0]} {n}", "body")] if s.rng.random() < .5 else [])

def inlined(s, p, n):
    return [([f"{n}. ", f"({n}) ", "• ", subtitle(s, p) + ": ", subtitle(s, p).upper() + ". "][int(s.order * 5)] + p, "body")]

def pictures(s, p, n):
    return [(p, "body")] + ([([f"Photo: {s.name()}", subtitle(s, p), f"{s.name()} / {s.site}", "Image 1 of 12"][int(s.order * 4)], "caption")] if s.rng.random() < .7 else [])

def asides(s, p, n):
    return [(p, "body")] + ([(["Advertisement", "Read also: " + subtitle(s, p), "Continue reading the main story", "Share"][int(s.order * 4)], "ad")] if s.rng.random() < .6 else [])

def quoted(s, p, n):
    return [([f"{s.name()}, {s.rng.choice(TOWNS)}", s.name(), f"{s.name()}:"][int(s.order * 3)], "body"), (p, "body")]


ONES = {f.__name__: f for f in (tips, interview, books, steps, liveblog, minutes, chapters, headings, breaks, diary, timeline, manual, inlined, pictures, asides, quoted)}
