"""Pages of a language that nobody labelled, in its own script: another page's letters, each for one of that script, word by word and page by page otherwise.

What is left of the page is its form: lengths, places, dates, digits, punctuation as that script has it. No phrase and no word of it is known."""

import re

VOWELS = "aeiou"
CONSONANTS = "bcdfghjklmnpqrstvwxyz"


class Script:
    """`vowels` and `consonants` to choose from; `marks` that some letters carry; whether there are spaces between words, capitals, and what ends a sentence."""

    def __init__(self, consonants, vowels, marks="", spaces=True, cased=False, stop="."):
        self.consonants, self.vowels, self.marks, self.spaces, self.cased, self.stop = consonants, vowels, marks, spaces, cased, stop


def span(first, last):
    return [chr(code) for code in range(first, last + 1)]


SCRIPTS = {
    "latin": Script(list(CONSONANTS), list(VOWELS + "äöåéıő"), cased=True),
    "cyrillic": Script(list("бвгджзклмнпрстфхцчшщ"), list("аеиоуыэюяі"), cased=True),
    "greek": Script(list("βγδζθκλμνξπρστφχψ"), list("αεηιουω"), cased=True),
    "hebrew": Script(span(0x5D0, 0x5EA), list("וי")),
    "arabic": Script(span(0x628, 0x63A) + span(0x641, 0x648), list("اويه"), stop="."),
    "urdu": Script(span(0x628, 0x63A) + list("گچپٹڈے"), list("اویہ"), stop="۔"),
    "devanagari": Script(span(0x915, 0x939), span(0x93E, 0x94C), marks="\u094d\u0902", stop="।"),
    "bengali": Script(span(0x995, 0x9A8), span(0x9BE, 0x9C4), marks="\u09cd", stop="।"),
    "tamil": Script(list("கஙசஞடணதநபமயரலவழளறன"), span(0xBBE, 0xBC2), marks="\u0bcd"),
    "hangul": Script(span(0xAC00, 0xD7A3)[::28], span(0xAC01, 0xD7A3)[::28]),
    "thai": Script(span(0xE01, 0xE2E), list("ะาำเแโใไ") + ["\u0e31", "\u0e34", "\u0e35", "\u0e38"], marks="\u0e48\u0e49", spaces=False, stop=""),
    "khmer": Script(span(0x1780, 0x17A2), span(0x17B6, 0x17C5), marks="\u17cb", spaces=False, stop="។"),
    "burmese": Script(span(0x1000, 0x1021), span(0x102B, 0x1032), marks="\u1037\u103a", spaces=False, stop="။"),
}
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
# Spaces within a clause, which scripts without spaces leave out.
WITHIN = re.compile(r"(?<=[^\W\d_\u0000-\u007f]|[\u0300-\u0eff\u1000-\u17ff]) (?=[^\W\d_\u0000-\u007f])")


def cipher(chance):
    """A function from a line to the same line in a script that is chosen by chance."""
    script = SCRIPTS[chance.choice(sorted(SCRIPTS))]
    letters = {c: chance.choice(script.consonants) for c in CONSONANTS} | {c: chance.choice(script.vowels) for c in VOWELS}
    marked = {c for c in letters if script.marks and chance.random() < 0.15}

    def letter(c):
        low = c.lower()
        if not c.isalpha() or ord(c) > 0x24F or len(low) > 1:
            return c
        own = letters.get(low) or letters[VOWELS[ord(low) % 5]]
        own = own + script.marks[ord(low) % len(script.marks)] if low in marked else own
        return own.upper() if script.cased and c.isupper() else own

    def plain(text):
        text = re.sub(r"\.(?=[\"”’]?(?:\s|$))", script.stop, "".join(map(letter, text)))
        return text if script.spaces else WITHIN.sub("", text)

    def line(text):
        parts, at = [], 0
        for address in ADDRESS.finditer(text):
            parts += [plain(text[at:address.start()]), address[0]]
            at = address.end()
        return "".join(parts) + plain(text[at:])

    return line
