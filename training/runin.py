"""Further forms of dumps of several articles: headlines that run into their texts, and heads that count, name a place or a case. As in forms.py."""

from briefs import PICTURES
from style import RULES, SECTIONS, SITES, TOWNS, title_of

NUMERALS = {"zh": "一二三四五六七八九十", "ja": "一二三四五六七八九十", "ar": "١٢٣٤٥٦٧٨٩", "hi": "१२३४५६७८९"}
BRACKETS = ["【】", "[]", "«»", "“”", "<>", "「」", "**", "〈〉", "__", "()"]
WORDS = ["STORY", "ITEM", "Haber", "Notícia", "News item", "Nachricht", "Dépêche", "Report", "Сюжет", "NO.", "Clip"]
CASES = ["Case C-{}/31", "Docket {}", "File no. {}/A", "Bill {}", "RFC {}", "Az. {} K 31", "Nr {}", "Lot {}", "PMID: {}", "arXiv:3103.{}"]


def bracketlead(s, a, n, all):
    """A headline in brackets at the head of its text."""
    pair = BRACKETS[int(s.order * 10)]
    s.lead, s.lines = f"{pair[0]}{title_of(s, a, n).removeprefix(s.mark)}{pair[1]}{'' if s.language in ('zh', 'ja') else ' '}", 1 if s.width > 66 else 99
    return [], []

def picturelead(s, a, n, all):
    """A picture before each paragraph, with a headline in it or without."""
    head = f"{a.title}. " if a.title and s.width > 70 else ""
    s.lead, s.lines = f"{s.rng.choice(PICTURES)} {head}", 1
    return [], []

def placelead(s, a, n, all):
    """A place, a section or a paper and a stop before the text, often with initials behind it."""
    word = s.rng.choice(SITES if s.order < .25 else TOWNS if s.order < .75 else SECTIONS)
    s.lead, s.lines = word + [". ", " – ", ". – ", " | ", ": ", "/ "][int(s.order * 53) % 6], 1 if s.width > 66 else 99
    return [], []

def countries(s, a, n, all):
    """A short heading above a text each: the place or the field of it."""
    word = s.rng.choice(TOWNS if s.order < .6 else SECTIONS)
    return [([word.upper(), word, f"{word}:", f"*{word}*", f"– {word} –"][int(s.order * 53) % 5], "nav")], []

def counted(s, a, n, all):
    """A number of the language, or a word and a number, in the line of the headline."""
    own = NUMERALS.get(s.language)
    if own and n <= len(own) and s.width > 66:
        return [(own[n - 1] + ["、", ". ", ") ", "．"][int(s.order * 4)] + title_of(s, a, n), "title")], []
    word = WORDS[int(s.order * 11)]
    return [(f"{word} {n}" + [": ", " -- ", " – ", ". ", " | "][int(s.order * 53) % 5] + title_of(s, a, n), "title")], []

def spoken(s, a, n, all):
    """What is read out: a speaker before each text."""
    who = ["ANCHOR: ", "HOST: ", f"{s.name().split()[1].upper()}: ", "VOICE-OVER: "][int(s.order * 4)]
    s.lead = who
    return [(f"{n} - {title_of(s, a, n)}".upper() if s.order < .4 else title_of(s, a, n), "title")] if s.width > 66 else [], []

def filed(s, a, n, all):
    """A number of a file above the headline, and names below it."""
    number = CASES[int(s.order * 10)].format(s.rng.randint(100, 1000) + n)
    names = [(", ".join(s.name() for _ in range(s.rng.randint(1, 3))), "meta")] if s.width > 66 else []
    return [(number, "nav"), (title_of(s, a, n), "title"), *names], [(f"Keywords: {', '.join(s.rng.sample(SECTIONS, 2))}", "nav")] if s.width > 72 else []

def dayhead(s, a, n, all):
    """A day without its year, or an hour, and the headline in one line."""
    day = [f"{s.rng.choice(['Mar', 'Oct', 'Nov'])} {n}", f"{n}.{s.order:.1f}"[:4], f"{s.rng.randint(6, 22)}:{s.rng.randint(10, 59)}", f"{n:02}/{s.rng.randint(1, 12):02}"][int(s.order * 4)]
    return [(day + ["\t", " ", " | ", " – "][int(s.order * 53) % 4] + title_of(s, a, n), "title")], []

def sizes(s, a, n, all):
    """Lines of a database about each article: words, language, rights."""
    return [(title_of(s, a, n), "title"), (f"{s.rng.randint(90, 900)} words", "nav"), (s.date(), "meta"), (s.site, "meta")] + ([("English", "nav"), (f"(c) 2031 {s.site}", "nav")] if s.width > 66 else []), []

def boxed(s, a, n, all):
    """A headline between two lines of signs."""
    line = (s.rule[0] if s.rule[0] in "*-=_+~" else "=") * s.rng.choice([12, 30, 60])
    return [(line, "nav"), (title_of(s, a, n), "title"), (line, "nav")], []

def shouted(s, a, n, all):
    """A headline in capitals with a sign before and after it, or a kicker and a headline over two lines."""
    if s.width > 70:
        return [(s.rng.choice(SECTIONS).upper(), "nav"), (title_of(s, a, n), "title")], [(RULES[int(s.order * len(RULES))], "nav")]
    return [([f"-- {{}} --", "*** {}", "{} ///", ">>> {} <<<", "... {}"][int(s.order * 5)].format(title_of(s, a, n).upper()), "title")], []


FORMS = {f.__name__: f for f in (bracketlead, picturelead, placelead, countries, counted, spoken, filed, dayhead, sizes, boxed, shouted)}
