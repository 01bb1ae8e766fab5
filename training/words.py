"""Stems of a text, and its words, hashed as `dechaff features` prints them; tests/tables/words.tsv has examples from there."""

import regex

UNSPACED = regex.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0002fa1f]")
LETTER = regex.compile(r"[\p{Alphabetic}\p{N}]")
STEM = regex.compile(r"[^\W_]+")
MARK = regex.compile(r"[\p{Mn}\p{Mc}\p{Me}]")
INSIDE = set("'`‘’‚‛′´ʼ\u00ad\u200c\u200d\u200e\u200f\u2060")


def hash_words(text):
    """The hashes of the words, 32 bits each. In scripts without spaces each character is a word."""
    words, word = [], 0
    for c in "".join(map(str.lower, text)):
        if c in INSIDE:
            continue
        if UNSPACED.match(c):
            words += ([word] if word else []) + [(ord(c) * 0x9E3779B1) & 0xFFFFFFFF | 1]
            word = 0
        elif LETTER.match(c):
            word = (((word << 5 | word >> 27) & 0xFFFFFFFF ^ ord(c)) * 0x9E3779B1) & 0xFFFFFFFF | 1
        elif word and not MARK.match(c):
            words.append(word)
            word = 0
    return words + ([word] if word else [])


def stems(text):
    """The first five letters of words of four or more; in scripts without spaces, pairs of characters."""
    text, found = text.lower(), set()
    for word in STEM.findall(text):
        if any(map(UNSPACED.match, word)):
            found |= {a + b for a, b in zip(word, word[1:]) if UNSPACED.match(a) and UNSPACED.match(b)}
        elif len(word) >= 4:
            found.add(word[:5])
    return found
