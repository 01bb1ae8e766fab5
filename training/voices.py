"""Further forms of dumps of several articles: posts, letters, questions, notices and notes, with names, hours, labels and mastheads beside headlines or where others have them. As in
forms.py."""

from style import SECTIONS, SITES, TOWNS, title_of

LABELS = ["Topic", "Location", "Category", "Priority", "Reporter", "Desk", "Ort", "Rubrik", "Autor", "Lieu", "Rubrique", "Тема", "Место", "栏目", "Region", "Language", "Status"]
BUTTONS = ["Reply", "Like", "Share", "Report", "Antworten", "Répondre", "Ответить", "回复", "👍 {n}", "Quote", "↑ {n} ↓", "{n} likes"]


def hour(s):
    return s.rng.choice([f"{s.rng.randint(0, 23):02}:{s.rng.randint(10, 59)}", f"{s.rng.randint(1, 12)}:{s.rng.randint(10, 59)} {s.rng.choice(['AM', 'PM'])}", f"{s.rng.randint(2, 23)}h", f"{s.rng.randint(2, 59)} min"])

def who(s):
    return s.nick() if s.order < .5 else s.name() if s.order < .8 else "@" + s.nick()

def posts(s, a, n, all):
    """Posts below each other: who wrote, when, and what about, or no word of that."""
    if n == 1:
        s.lines_of = s.rng.sample(["who", "hour", "date", "rank", "title", "title", "number"], s.rng.choice([2, 3, 3, 4]))
        s.answers = s.rng.random() < .4
    subject = (s.rng.choice(["Re: ", "RE: ", "AW: ", "Re: "]) if s.answers and n > 1 else "") + title_of(s, a, n)
    line = {"who": (who(s), "meta"), "hour": (hour(s), "meta"), "date": (s.date(), "meta"), "rank": (f"{s.rng.choice(['Posts', 'Joined', 'Beiträge', 'Messages'])}: {s.rng.randint(2, 3000)}", "nav"),
            "title": (subject, "title"), "number": (f"#{n}", "nav")}
    return [line[key] for key in dict.fromkeys(s.lines_of)], [(s.rng.choice(BUTTONS[:2]).format(n=n), "nav")] if s.width > 70 else [(b.format(n=s.rng.randint(2, 90)), "nav") for b in BUTTONS[5:8]] if s.width == 66 else []

def channel(s, a, n, all):
    """Messages of a channel: a name and an hour in one line."""
    line = ["{0} {1}", "[{1}] {0}:", "{0}, {1}", "{1} - {0}", "<{0}> {1}", "{0} ({1})", "{0} — {1}", "{0}  [{1}]"][int(s.order * 53) % 8].format(who(s), hour(s))
    head = [(title_of(s, a, n), "title")] if s.width > 70 else []
    return head + [(line, "meta")] if s.order < .6 else [(line, "meta")] + head, []

def signed(s, a, n, all):
    """Letters with a name and more below."""
    if n == 1:
        s.has_head = s.rng.random() < .6
    name, town = s.name(), s.rng.choice(TOWNS)
    sign = [[name], [name, town], [f"— {name}, {town}"], [name.upper(), town], [f"{name} ({town})"], [f"{name}, {town}"], [name, f"{s.rng.randint(2, 90)} {town} Road", town], [f"Name and address supplied, {town}"],
            [f"Yours, {name}"], [f"{name}, by e-mail"], [name, f"Chair, {s.rng.choice(SITES)}"], [f"{name}", f"{s.nick()}@example.org"]][int(s.order * 12)]
    return [(title_of(s, a, n), "title")] if s.has_head else [], [(line, "meta") for line in sign]

def questions(s, a, n, all):
    """A question above each answer."""
    words = a.prose[-1].split()[:s.rng.randint(5, 14)]
    asked = title_of(s, a, n) if s.order < .3 else " ".join(words).strip(".,;:!") + ("？" if s.language in ("zh", "ja") else "?")
    lead = ["", "", "Q: ", "Q. ", "Question: ", f"{n}. ", "❓ ", "F: "][int(s.order * 53) % 8]
    by = [(f"asked {s.rng.randint(2, 20)} days ago by {s.nick()}", "meta")] if s.width > 70 else [(s.name(), "meta")] if s.width == 66 else []
    s.lead = s.rng.choice(["A: ", "Answer: "]) if s.order > .8 else ""
    return [(lead + asked, "title")] + by, [(f"{s.rng.randint(2, 90)} votes", "nav")] if s.order < .2 else []

def departed(s, a, n, all):
    """Notices of those who died: a name is the headline."""
    name, born = s.name(), s.rng.randint(1930, 1990)
    years = [f"{born} – 2031", f"{s.date()} – {s.date()}", f"aged {2031 - born}", f"{s.rng.choice(TOWNS)}, {2031 - born}"][int(s.order * 53) % 4]
    head = [(name.upper() if s.order < .3 else name, "title")] + ([(years, "meta")] if s.width > 66 else [])
    return head + ([(s.rng.choice(TOWNS), "meta")] if s.order > .7 else []), [(s.rng.choice(["Send flowers", "Guest book", "Light a candle", "Funeral: Friday, 2 p.m."]), "nav")] if s.order < .5 else []

def pasted(s, a, n, all):
    """Each with the masthead of the paper above it, as pages that were copied one after the other."""
    if n == 1:
        s.shown = s.rng.sample(["site", "motto", "date", "section", "page", "price"], s.rng.randint(1, 3))
        s.number = s.rng.randint(100, 9000)
    line = {"site": s.site if s.order < .5 else s.site.upper(), "motto": f"The paper of {s.rng.choice(TOWNS) if s.order > .9 else 'the coast'}", "date": s.date(), "section": s.rng.choice(SECTIONS),
            "page": f"Page {n * 2}", "price": f"No. {s.number + n}"}
    return [(line[key], "meta" if key == "date" else "nav") for key in s.shown] + [(title_of(s, a, n), "title")] + ([(s.by.format(s.name()), "meta")] if s.width > 70 else []), []

def cards(s, a, n, all):
    """Lines with labels above or below the headline, which has none."""
    if n == 1:
        s.shown, s.at = s.rng.sample(LABELS, s.rng.randint(1, 4)), s.rng.choice([0, 0, 1, 9])
    value = lambda: s.rng.choice([s.rng.choice(SECTIONS), s.rng.choice(TOWNS), s.name(), str(s.rng.randint(1, 99))])
    lines = [(f"{label}: {value()}", "meta") for label in s.shown]
    lines.insert(min(s.at, len(lines)), (title_of(s, a, n), "title"))
    return lines, []

def versions(s, a, n, all):
    """Notes on versions: a number and a day, with a headline or without."""
    number = f"{s.rng.randint(1, 3)}.{40 - n}" + (f".{s.rng.randint(0, 9)}" if s.order < .5 else "")
    line = [f"v{number}", f"Version {number}", f"[{number}] - {s.date()}", f"{number} ({s.date()})", f"Release {number}, {s.date()}", f"## {number}"][int(s.order * 53) % 6]
    if s.width > 70:
        return [(line, "nav"), (title_of(s, a, n), "title")], []
    if s.width == 70:
        return [(f"{line}: {title_of(s, a, n)}", "title")], []
    return [(line, "title")], []

def entries(s, a, n, all):
    """Entries of a log or a diary: a day, an hour or a place above each, and no headline."""
    line = [s.date(), f"{s.date()}, {s.rng.choice(TOWNS)}", f"Day {n}", f"{hour(s)} {s.rng.choice(TOWNS)}", f"{s.rng.choice(TOWNS)}, {s.date()}", f"Entry {n}, {s.date()}"][int(s.order * 6)]
    return [(line, "meta")] + ([(s.name(), "meta")] if s.width == 66 else []), [(s.rng.choice(SECTIONS), "nav")] if s.width > 72 else []


FORMS = {f.__name__: f for f in (posts, channel, signed, questions, departed, pasted, cards, versions, entries)}
