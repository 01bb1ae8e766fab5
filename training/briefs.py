"""Further forms of dumps of several articles: those of newsletters and of news in brief, whose items are short. As in forms.py."""

from style import SECTIONS, SITES, TOWNS, title_of

PICTURES = "🏛 ⚓ 📈 🚢 🌧 ⚽ 🎭 🔬 💡 🚂 🏥 🎓 🐟 🌍 ⚖ 🔥".split()
POINTS = ["▶ ", "▪ ", "► ", "■ ", "📌 ", "🔹 ", "➤ ", "✦ ", "» ", "→ "]
BULLETS = ["• ", "- ", "* ", "▪ ", "+ ", "– ", "· "]
WHY = ["Why it matters: ", "What's next: ", "The background: ", "Warum das wichtig ist: ", "Pourquoi c'est important : ", "Почему это важно: ", "The big picture: "]
DEEPER = ["Go deeper", "Mehr dazu", "En savoir plus", "Read the story", "Подробнее", "Full text", "More here"]


APPEALS = ["This site has no paywall and no owner with a yacht. If you have read this far, give us what a cup of coffee costs, once or each month, and we will write on.",
           "Unsere Artikel sind für alle frei zu lesen. Damit das so bleibt, brauchen wir im Monat zweitausend Menschen, die uns fünf Euro geben, und es fehlen noch dreihundert.",
           "Ce journal ne vit que de ses lecteurs. Un don, même petit, nous aide à payer l'imprimeur, le téléphone et les trains de ceux qui vont voir sur place.",
           "Мы пишем без рекламы и без хозяев. Если эта статья была вам полезна, поддержите редакцию любой суммой: нас читают бесплатно, но пишем мы не бесплатно.",
           "Sign up for our morning letter. It comes at six, it has five stories and one recipe, and you can leave the list with a single click whenever you like."]


def reader(s, a, n, all):
    """Stories one below another as a reading view prints them: the headline twice, the appeal of the site below each."""
    if n == 1:
        s.appeal = s.rng.choice(APPEALS)
    title = title_of(s, a, n)
    again = [title, title.lower(), title.upper(), " ".join(w for w in title.lower().split() if len(w) > 3)][int(s.order * 53) % 4]
    twice = [(again, "nav")] if s.rng.random() < .8 else []
    picture = [(f"{s.rng.choice(TOWNS)}, {s.date()}. Photo: {s.name()}", "caption")] if s.rng.random() < .4 else []
    return [(title, "title"), *twice, *picture], ([(s.appeal, "nav")] if s.width > 66 else []) + ([("•", "nav")] if s.order < .4 else [])

def countedbriefs(s, a, n, all):
    form = [f"{n:02} ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[n - 1] + " " if n <= 20 else f"({n}) ", f"{n}\ufe0f\u20e3 ", f"{n} | ", f"№ {n}. ", f"[{n}] ", f"{n}. {s.rng.choice(SECTIONS)}: ", f"{n}. {s.rng.choice(TOWNS)}: ",
            f"{n}. ", f"{n}) ", f"Brief {n}: ", f"{n}: "][int(s.order * 12)]
    return [(form + title_of(s, a, n), "title")], []

def pictureheads(s, a, n, all):
    if n == 1:
        s.point = s.rng.choice(POINTS) if s.order < .5 else None
    mark = s.point or s.rng.choice(PICTURES) + " "
    return [(mark + title_of(s, a, n), "title")], [(s.rng.choice(PICTURES) + " " + s.rng.choice(DEEPER), "nav")] if .8 < s.order else []

def oneliners(s, a, n, all):
    mark = BULLETS[int(s.order * 7)] if s.width > 66 or int(s.order * 53) % 8 == 5 else ""
    place = s.rng.choice(TOWNS)
    s.lead = mark + [f"{a.title}: ", f"{a.title} – ", f"{place}: ", f"{place.upper()} – ", f"{s.rng.choice(SECTIONS)}: ", "", f"{a.title}. ", f"{s.date()}: "][int(s.order * 53) % 8]
    s.lines = 1
    return [], []

def sourced(s, a, n, all):
    source, title = s.rng.choice(SITES), title_of(s, a, n)
    if s.order < .25:
        s.trail = f" ({source})"
        return [(title, "title")] if s.width > 66 else [], []
    head = [f"{title} ({source})", f"{source}: {title}", f"{title} | {source}", f"{title} [{source}]", f"{title} – {source}"][int(s.order * 53) % 5]
    return [(head, "title")], [(f"via {s.name()}", "meta")] if s.order > .85 else []

def ticker(s, a, n, all):
    time = f"{(23 - n // 2) % 24:02}:{s.rng.randint(10, 59)}" if s.order < .6 else f"{(5 + n // 3) % 24:02}:{s.rng.randint(10, 59)}"
    if s.width > 70:
        return [(time + (f" | {s.rng.choice(SECTIONS)}" if s.order < .3 else ""), "meta"), (title_of(s, a, n), "title")], []
    return [(time + [" ", " – ", ": ", " Uhr "][int(s.order * 4)] + title_of(s, a, n), "title")], []

def sectioned(s, a, n, all):
    if n == 1:
        s.at = 0
    is_first = n == 1 or s.rng.random() < .3
    s.at = 1 if is_first else s.at + 1
    section = s.rng.choice(SECTIONS)
    head = [section.upper(), f"== {section} ==", section, f"# {section}", f"{section}:", f"--- {section} ---", f"{s.rng.choice(PICTURES)} {section}"][int(s.order * 7)]
    item = [f"{s.at}. ", "", "- ", f"{s.at}) ", "", "• "][int(s.order * 53) % 6]
    return ([(head, "nav")] if is_first else []) + [(item + title_of(s, a, n), "title")], []

def explained(s, a, n, all):
    s.second = s.rng.choice(WHY) if s.order < .5 else WHY[int(s.order * 7)]
    head = title_of(s, a, n)
    return [(f"{n}. {head}" if s.width > 70 else head, "title")], [(f"{DEEPER[int(s.order * 7)]}: {s.site}", "nav")] if s.order > .6 else []

def bolded(s, a, n, all):
    before, after = [("**", "**"), ("*", "*"), ("__", "__"), ("“", "”"), ("[", "]"), ("« ", " »"), ("== ", " =="), ("| ", " |"), ("【", "】"), ("— ", " —")][int(s.order * 10)]
    return [(before + title_of(s, a, n) + after, "title")], []

def kicker(s, a, n, all):
    section, title = s.rng.choice(SECTIONS), title_of(s, a, n)
    if s.width > 70:
        return [(section.upper() if s.order < .6 else section, "nav"), (title, "title")] + ([(s.date(), "meta")] if s.order < .3 else []), []
    return [([f"{section.upper()} — ", f"{section} | ", f"[{section}] ", f"{section}: ", f"#{section} ", f"({section}) "][int(s.order * 6)] + title, "title")], []

def initialled(s, a, n, all):
    first, last = s.name().split(" ", 1)
    s.trail = [f" ({first[0]}{last[0]})", f" ({first.lower()})", f" [{first[0]}.{last[0]}.]", f" — {first} {last}", f" /{first[:2].lower()}{last[:1].lower()}/", f" ({s.site}/{first.lower()})"][int(s.order * 6)]
    return [(title_of(s, a, n), "title")] if s.width > 66 else [], []

def linked(s, a, n, all):
    address = f"https://{s.rng.choice(['news', 'www', 'blog'])}.example.{s.rng.choice(['org', 'com', 'net'])}/{s.rng.randint(100, 99999)}"
    title = title_of(s, a, n)
    if s.order < .4:
        return [(title, "title"), (address, "nav")], []
    return ([(title, "title")] if s.order < .9 else []), [(["", "Link: ", "→ ", "More: "][int(s.order * 53) % 4] + address, "nav")]

def scored(s, a, n, all):
    meta = [f"{s.rng.randint(2, 900)} points by {s.nick()} {s.rng.randint(2, 20)} hours ago", f"submitted {s.rng.randint(2, 20)} days ago by {s.nick()}", f"{s.nick()} · {s.rng.randint(2, 50)} min", f"{s.rng.randint(1, 99)}K views"][int(s.order * 4)]
    return [(title_of(s, a, n), "title"), (meta, "meta")], [(f"{s.rng.randint(2, 300)} comments", "nav")] if s.width > 70 else []

def deck(s, a, n, all):
    words = a.prose[-1].split()[:s.rng.randint(7, 16)]
    head = [(title_of(s, a, n), "title"), (" ".join(words).strip(".,;:"), "?")]
    return head + ([(s.by.format(s.name()), "meta")] if s.order < .6 else []) + ([(s.date(), "meta")] if s.width > 70 else []), []

def release(s, a, n, all):
    s.lead = [f"{s.rng.choice(TOWNS).upper()}, {s.date()} – ", f"{s.rng.choice(TOWNS)} ({s.date()}). ", ""][int(s.order * 3)]
    above = [("FOR IMMEDIATE RELEASE" if s.width > 70 else f"PRESS RELEASE {n}", "nav")] if s.order < .7 else []
    return above + [(title_of(s, a, n), "title")], [(["###", "-ends-", "# # #", "– 30 –"][int(s.order * 4)], "nav")]

def notices(s, a, n, all):
    name, age = s.name(), s.rng.randint(30, 99)
    return [([f"{name.upper()}, {age}", f"{name} ({1940 + n} – 2031)", f"{name}, {age}, of {s.rng.choice(TOWNS)}", f"{name}"][int(s.order * 4)], "title")], []


FORMS = {f.__name__: f for f in (reader, countedbriefs, pictureheads, oneliners, sourced, ticker, sectioned, explained, bolded, kicker, initialled, linked, scored, deck, release, notices)}
