"""Further forms of dumps of one article that look like several, whose parts are short or signed. As in singles.py."""

import re

from briefs import PICTURES, POINTS
from style import ASKED, SECTIONS, TOWNS, subtitle

SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
LABELS = ["Why it matters", "The big picture", "By the numbers", "What they are saying", "The other side", "What's next", "Between the lines", "Der Anlass", "Die Folgen", "Le contexte", "La suite", "Причины", "Итог"]
PARTS = ["Abstract", "Background", "Methods", "Results", "Discussion", "Limits of the study", "Pros", "Cons", "Verdict", "Price", "Einleitung", "Ergebnis", "Fazit", "Introduction", "Méthode", "Résultats", "Введение", "Выводы"]
FOODS = "200 g flour|3 eggs|1 tsp salt|half a litre of milk|a pinch of pepper|2 onions, chopped|100 g Butter|1 Zwiebel|2 gousses d'ail|250 мл воды".split("|")


def sentence(s, p):
    return s.rng.choice([x for x in SENTENCE.split(p) if x] or [p])

def voices(s, p, n):
    """Quotations with the names of those who said them, below headings."""
    signed = [f"– {s.name()}, {s.rng.choice(TOWNS)}", f"{s.name()}, {s.rng.choice(SECTIONS).lower()}", f"— {s.name()}", s.name(), f"({s.name()}, {s.rng.randint(20, 80)})"][int(s.order * 5)]
    parts = [(subtitle(s, p), "body")] if s.width > 66 or n % 3 == 1 else []
    return parts + ([(p, "body")] if s.width > 70 else []) + [("“" + sentence(s, p).strip("“”\"") + "”", "body"), (signed, "body")]

def places(s, p, n):
    """A list of places or things to buy, each with lines of facts."""
    name = s.rng.choice(TOWNS) if s.order < .3 else subtitle(s, p)
    head = [f"{n}. {name}", name, f"#{n} {name}", name.upper(), f"{name}, {s.rng.choice(TOWNS)}", f"{n}) {name}"][int(s.order * 53) % 6]
    facts = [f"Open daily, {s.rng.randint(7, 11)} to {s.rng.randint(15, 23)}", f"Price: €{s.rng.randint(3, 90)}", f"Where: {s.rng.choice(TOWNS)}", "www.example.org", f"Tel. {s.rng.randint(100, 999)} {s.rng.randint(1000, 9999)}"]
    return [(head, "body"), (p, "body")] + [(fact, "body") for fact in s.rng.sample(facts, s.rng.choice([0, 1, 1, 2]) if s.width > 66 else 0)]

def cards(s, p, n):
    """What a landing page offers: a heading and a sentence each, often with a button."""
    offer = " ".join(sentence(s, p).split()[:s.rng.randint(8, 24)])
    button = ["Learn more", "Read more", "Find out more", "Mehr erfahren", "En savoir plus", "Подробнее"][int(s.order * 6)]
    head = subtitle(s, p)
    return [(head.upper() if s.upper else head, "body"), (offer, "body")] + ([(button, "nav")] if s.width > 70 else [])

def ratings(s, p, n):
    score = s.rng.randint(1, 5)
    return [([f"{s.name()}: {score}/5", f"{s.name()} – {score * 2}", f"{subtitle(s, p)} {'★' * score}{'☆' * (5 - score)}", f"{s.name()} ({score})"][int(s.order * 4)], "body"), (p, "body")]

def recipe(s, p, n):
    foods = [(("- " if s.width > 70 else "") + food, "body") for food in s.rng.sample(FOODS, 4)] if n == 1 or n % 6 == 0 and s.order < .3 else []
    return ([("Ingredients", "body")] if foods else []) + foods + [([f"{n}. ", f"Step {n}: ", "", f"{n}) "][int(s.order * 4)] + p, "body")]

def stamped(s, p, n):
    """Entries of a live blog, each with a heading as long as a headline."""
    time = f"{(21 - n // 3) % 24}:{s.rng.randint(10, 59)}"
    head = " ".join(p.split()[2:s.rng.randint(7, 12)]).strip(".,;:")
    return [([f"{time} {head}", time, f"{time} | {s.name()}", f"{head} ({time})"][int(s.order * 4)], "?")] + ([(head, "body")] if s.width > 70 and 1 <= int(s.order * 4) <= 2 else []) + [(p, "body")]

def motions(s, p, n):
    moved = [f"Moved: {s.name()}. Seconded: {s.name()}. Carried.", f"Action: {s.name()}", f"Vote: {s.rng.randint(3, 9)} to {s.rng.randint(0, 3)}", f"Resolved {n}/2031"][int(s.order * 4)]
    return [(f"{n}. {subtitle(s, p)}" if s.width > 66 else subtitle(s, p).upper(), "body"), (p, "body")] + ([(moved, "body")] if s.rng.random() < .8 else [])

def novel(s, p, n):
    return [(f"Chapter {n}" if s.order < .5 else f"{n}", "body"), (f"{s.rng.choice(TOWNS)}, {1900 + n}" if s.width > 70 else subtitle(s, p), "body"), (p, "body")]

def tables(s, p, n):
    """A text with small tables in it."""
    cell = ["\t", "  ", " | ", "   "][int(s.order * 4)]
    rows = [cell.join(s.rng.choice(SECTIONS) for _ in range(3))] + [cell.join(str(s.rng.randint(1, 400)) for _ in range(3)) for _ in range(s.rng.randint(2, 5))]
    return [(p, "body")] + [(row, "body") for row in rows if n % 2]

def listings(s, p, n):
    """A text with lines of a program in it."""
    words = [w.strip(".,").lower() for w in p.split()[:6]] or ["x"]
    code = [f"    {s.rng.choice(['def', 'fn', 'task', 'let', 'if'])} {s.rng.choice(words)}({n}):"] + [f"        {s.rng.choice(words)} = {s.rng.choice(words)}({s.rng.randint(0, 99)})" for _ in range(s.rng.randint(1, 4))]
    return [(p, "body")] + [(line if s.width > 66 else line.strip(), "body") for line in code if n % 2]

def questions(s, p, n):
    ask = " ".join(p.split()[:s.rng.randint(4, 9)]).strip(".,;:!") + ("？" if s.language in ("zh", "ja") else "?")
    ask = s.rng.choice(ASKED) if s.language not in ("zh", "ja") and s.rng.random() < .5 else ask
    return [([ask, f"{n}. {ask}", f"• {ask}", ask.upper()][int(s.order * 4)], "body"), (p, "body")]

def glossary(s, p, n):
    term = subtitle(s, p)
    return [(f"{term}: {p}" if s.order < .3 else f"{term} – {p}", "body")] if s.order < .6 else [(term, "body"), (p, "body")]

def labels(s, p, n):
    label = s.rng.choice(LABELS)
    return [(f"{label}: {p}", "body")] if s.order < .6 else [(label, "body"), (p, "body")]

def itinerary(s, p, n):
    town = s.rng.choice(TOWNS)
    return [([f"Day {n}: {town}", f"Tag {n} – {town}", f"{n}. {town}", f"Jour {n} : {town}", f"Stage {n}: {town} to {s.rng.choice(TOWNS)}"][int(s.order * 5)], "body"), (p, "body")]

def sections(s, p, n):
    head = PARTS[(n - 1) % len(PARTS)] if s.width > 70 else s.rng.choice(PARTS)
    return [(head.upper() if s.upper else head if s.order < .6 else f"{n}. {head}", "body"), (p, "body")]

def law(s, p, n):
    return [([f"§ {n} {subtitle(s, p)}", f"Article {n}", f"Section {n}. {subtitle(s, p)}", f"Artikel {n}"][int(s.order * 4)], "body"), ((f"({1 + n % 3}) " if s.width > 70 else "") + p, "body")]

def script(s, p, n):
    if n == 1:
        s.cast = [s.name() for _ in range(3)]
    who = s.rng.choice(s.cast)
    return [(f"{who.split()[0].upper()}: {p}", "body")] if s.order < .5 else [(who.upper() if s.width > 70 else who, "body"), (p, "body")]

def panel(s, p, n):
    """Several people who answer one question."""
    return [([f"{s.name()}, {s.rng.choice(SECTIONS)}", f"{s.name()} | {s.rng.choice(TOWNS)}", f"{s.name()} ({s.rng.randint(20, 80)})", f"{s.name().upper()}"][int(s.order * 4)], "body"), (p, "body")]

def versions(s, p, n):
    return [([f"Version 2.{n} – {s.date()}", f"v1.{n}.0", f"{s.date()}: 1.{n}", f"Release {n}"][int(s.order * 4)], "body"), ((s.rng.choice(["- ", "* "]) if s.width > 70 else "") + p, "body")]

def boxes(s, p, n):
    """A text with one or two boxes in it that have headings."""
    return ([(subtitle(s, p).upper() if s.upper else subtitle(s, p), "body")] if n % 4 == 3 else []) + [(p, "body")]

def runin(s, p, n):
    """Headings in the same paragraph as their texts, in brackets, behind a picture or before a stop."""
    head = subtitle(s, p)
    return [([f"【{head}】{p}", f"{s.rng.choice(PICTURES)} {head}. {p}", f"{s.rng.choice(PICTURES)} {p}", f"{head}. {p}", f"[{head}] {p}", f"{head} – {p}"][int(s.order * 6)], "body")]

def drawnheads(s, p, n):
    """Headings behind pictures."""
    head = subtitle(s, p)
    return [([f"{s.rng.choice(PICTURES)} {head}", f"{POINTS[int(s.order * 53) % 10]}{head}", f"【{head}】", f"{s.rng.choice(PICTURES)} {n}. {head}"][int(s.order * 4)], "body"), (p, "body")]

def countedheads(s, p, n):
    """Headings with a number of the language, or a word and a number."""
    own = "一二三四五六七八九十" if s.language in ("zh", "ja") and n <= 10 else None
    word = ["Part", "Lesson", "Rule", "Reason", "Fehler", "Étape", "Урок", "Act", "Question", "Myth"][int(s.order * 10)]
    mark = f"{own[n - 1]}、" if own else f"{word} {n}{[': ', '. ', ' – ', ''][int(s.order * 53) % 4]}"
    return [(mark + ("" if mark.endswith(str(n)) else subtitle(s, p)), "body"), (p, "body")]


# Forms whose parts may be about anything, as the entries of a list are.
LOOSE = {"cards", "places", "ratings", "panel", "glossary", "books", "quoted"}
ONES = {f.__name__: f for f in (voices, places, cards, ratings, tables, listings, recipe, stamped, motions, novel, questions, glossary, labels, itinerary, sections, law, script, panel, versions, boxes, runin, drawnheads, countedheads)}
