"""Pages of HTML with boxes of others amid their paragraphs: elements that hold none of the article's text, as they stand amid or after it."""

import collections
import copy
import gzip
import json
import re

import sets
from bs4 import BeautifulSoup, Comment, UnicodeDammit

# What a box is, how many lines and letters it has at most, and how many letters a paragraph has that one may stand before.
BOXES = "aside div section form ul figure p h3 h4".split()
LINES, LETTERS, PARAGRAPH = 8, 600, 60
# A run of so many letters that stands in the article's text too makes an element no box.
SAME = 25
# The share of the pages that get boxes, and how many of those that are most alike a page's boxes come from.
SHARE, ALIKE = 0.2, 10


class Page:
    """A page of HTML: its paragraphs that others follow and precede, and its boxes."""

    def __init__(self, path, usual_of):
        self.name, self.site = path.name.removesuffix(".html.gz"), sets.site_of(path)
        self.gold = json.loads(path.with_name(path.name.replace(".html.gz", ".json")).read_text(encoding="utf-8"))
        self.soup = BeautifulSoup(UnicodeDammit(gzip.decompress(path.read_bytes()), is_html=True).unicode_markup or "", "html.parser")
        text, self.usual = squeezed(self.gold["text"]), usual_of([self.gold["text"]])
        own = [element for element in self.soup.find_all("p") if len(said := squeezed(element.get_text())) >= PARAGRAPH and said in text]
        known = set(map(id, own))
        self.places = [element for element in own if id(element.find_previous_sibling()) in known]
        self.boxes = [element for element in own[0].find_all_next(BOXES) if is_box(element, text)] if own else []


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def is_box(element, text):
    """Whether an element prints some lines, none of which the article has."""
    if element.find(["script", "style", "iframe", "noscript"]):
        return False
    lines = [line for piece in element.find_all(string=True) if not isinstance(piece, Comment) and (line := squeezed(piece))]
    return 0 < len(lines) <= LINES and 3 <= sum(map(len, lines)) <= LETTERS and not any(line[:SAME] in text for line in lines if len(line) >= SAME)


def put_in(chance, page, others):
    """Puts boxes of the others before some of the paragraphs of a page: often or once or twice, the same or not."""
    every, same = chance.choice([1, 2, 2, 3, 0, 0]), chance.random() < 0.4
    places = page.places[chance.randrange(every)::every] if every else chance.sample(page.places, min(len(page.places), chance.choice([1, 1, 2, 3])))
    box = chance.choice(chance.choice(others).boxes)
    for place in places:
        place.insert_before(copy.copy(box))
        box = box if same else chance.choice(chance.choice(others).boxes)


def made_of(folder, chance, usual_of):
    """(name, site, title, source, text) of a share of the pages of a folder, each with boxes of others of its fold, in its language where there are such."""
    folds = collections.defaultdict(list)
    for path in sorted(folder.glob("*.html.gz")):
        if chance.random() < SHARE:
            page = Page(path, usual_of)
            folds[sets.fold_of(page.site)].append(page)
    for fold in sorted(folds):
        for page in folds[fold]:
            others = sorted((other for other in folds[fold] if other is not page and other.boxes), key=lambda other: -len(page.usual & other.usual))[:ALIKE]
            if page.places and others:
                put_in(chance, page, others)
                yield f"boxed-{page.name}", page.site, page.gold.get("title"), str(page.soup), page.gold["text"]
