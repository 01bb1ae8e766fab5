"""How composed dumps look: names, places, dates and headings to make them of, and what all items of one dump have in common."""

import re

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
HEADINGS = ["Background", "What we know so far", "The road ahead", "Looking back", "In numbers", "Reactions", "Hintergrund", "Wie es weitergeht", "Kritik", "Contexte", "Et maintenant", "Antecedentes", "Что дальше",
            "Предыстория", "Tło sprawy", "Ιστορικό", "Conclusion", "First steps", "The verdict", "A new start"]
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI XXVII XXVIII XXIX XXX XXXI XXXII XXXIII XXXIV XXXV XXXVI XXXVII XXXVIII XXXIX XL".split()


SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


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
        # Headings of parts that pages of its language have.
        self.heads = []
        self.by = rng.choice(["By {}", "by {}", "{}", "Von {}", "Par {}", "— {}", "Posted by {}", "Автор: {}", "Text: {}"])
        self.order = rng.random()
        # Whether lines of a head stand together: those about the article, or with the headline.
        self.tight = rng.choice([0, 1, 1, 2, 2])
        self.printed = self.indent = self.under = ""
        self.again, self.ends = False, None
        # How many paragraphs of the pages are one here; 0 where each is cut in two.
        self.joined = rng.choice([1] * 6 + [2, 3, 4, 0])

    def vary(self, printed):
        """Takes on what dumps of any form may have: a paragraph `printed` below each article, headlines printed twice, set in, or with a line of signs below, initials or a source
        behind each text."""
        rng = self.rng
        self.printed = printed if rng.random() < .05 else ""
        self.again = rng.random() < .05
        self.indent = rng.choice(["    ", "\u3000", "  ", "\t"]) if rng.random() < .08 else ""
        self.under = rng.choice("-=~*") if rng.random() < .05 else ""
        self.ends = rng.choice(["initials", "source", "dated"]) if rng.random() < .12 else None

    def regrouped(self, texts):
        """Paragraphs as long as those of this dump are."""
        if self.joined == 0:
            return [half for text in texts for half in halves(text)]
        glue = "" if self.language in ("zh", "ja") else " "
        return [glue.join(texts[at:at + self.joined]) for at in range(0, len(texts), self.joined)]

    def behind(self, n):
        """What stands behind a text."""
        rng = self.rng
        initials = (rng.choice(FIRST)[0] + rng.choice(LAST)[0]).lower()
        return {"initials": f" ({initials})", "source": f" ({rng.choice(SITES)})", "dated": f" ({n} March, {rng.choice(SITES)})", None: ""}[self.ends]

    def adorned(self, lines):
        """The lines of a head as this dump prints them."""
        out = []
        for at, (text, label) in enumerate(lines):
            is_head = label == "title" or label == "body" and at == 0 and len(lines) > 1 and len(text) < 90
            out.append(((self.indent if is_head else "") + text, label))
            if is_head and self.under:
                out.append((self.under * min(len(text), 70), "nav"))
            if label == "title" and self.again:
                out.append((text, "nav"))
        return out

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


def halves(text):
    """A paragraph, cut at the end of the sentence that is nearest to its middle."""
    ends = [found.end() for found in SENTENCE.finditer(text)]
    at = min(ends, key=lambda end: abs(2 * end - len(text)), default=0)
    return [half for half in (text[:at].strip(), text[at:].strip()) if half]


def title_of(s, source, n):
    title = source.title or " ".join(source.prose[0].split()[:s.rng.randint(4, 7)]).strip(".,;:")
    return s.mark + (title.upper() if s.upper else title)


# Headings of parts of one text, and what interviewers ask.
PARTS_OF_ONE = ["Where to stay", "Where to eat", "Getting there", "What to see", "When to go", "How it began", "The first winter", "What it costs", "Who it is for", "What comes next", "The way home", "In the workshop", "A question of money",
                "Life on board", "Morning", "Noon", "Evening", "The neighbours", "Small print", "So wird es gemacht", "Anreise", "Wie alles anfing", "Was es kostet", "Der erste Tag", "Am Abend", "Wohin am Sonntag", "Où dormir", "Où manger",
                "Comment tout a commencé", "Le dernier jour", "Cómo llegar", "Dónde comer", "El primer día", "Come arrivare", "Dove mangiare", "С чего всё началось", "Где поесть", "Как добраться", "Что дальше", "Jak dojechać", "Co dalej"]
ASKED = ["What did he say?", "And then?", "How did it begin?", "What comes next?", "Did you think of giving up?", "How are you today?", "Who pays for it?", "Can I bring a guest?", "What if it rains?", "When do you open?", "Why now?",
         "And your family?", "Was that a mistake?", "Wie ging es weiter?", "Haben Sie Angst gehabt?", "Was kostet das?", "Und heute?", "Et ensuite ?", "Pourquoi maintenant ?", "Qui paie ?", "¿Y ahora?", "¿Cómo empezó?", "E adesso?",
         "Что было дальше?", "Почему сейчас?", "А семья?", "I co dalej?"]


def subtitle(s, text):
    """A heading of a part of one text: one that a page has, one that heads parts everywhere, or a run of words of the text."""
    if s.heads and s.rng.random() < .45:
        return s.rng.choice(s.heads)
    if s.language in ("zh", "ja"):
        begin = s.rng.randrange(max(1, len(text) // 2))
        return text[begin:begin + s.rng.randint(4, 10)].strip("，。、；：")
    if s.rng.random() < .3:
        return s.rng.choice(HEADINGS + PARTS_OF_ONE)
    words = text.split()
    begin = 0 if s.rng.random() < .3 else s.rng.randrange(max(1, len(words) - 6))
    words = words[begin:begin + s.rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 8])]
    text = " ".join(w.capitalize() if s.order < .5 else w for w in words).strip(".,;:!?\"”“«»()")
    return text[:1].upper() + text[1:]
