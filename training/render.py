"""Pages of HTML as several tools print them as text. Each form gives (printed lines, what they say without addresses and marks) for each line of the page."""

import re
import textwrap
from html.parser import HTMLParser

BLOCKS = set("p div section article aside main header footer nav ul ol li dl dt dd table tr td th form fieldset blockquote pre h1 h2 h3 h4 h5 h6 hr br figure figcaption address option".split())
SPACED = set("p ul ol dl table blockquote pre h1 h2 h3 h4 h5 h6 figure".split())
HIDDEN = set("script style noscript template svg head iframe select textarea".split())
VOID = set("br hr img input meta link wbr source area col embed".split())


class Reader(HTMLParser):
    """The lines of a page, (element, text, text without addresses) each, with `link` called for what stands in links; an empty text is a blank line
    between paragraphs."""

    def __init__(self, link):
        super().__init__(convert_charrefs=True)
        self.link, self.lines, self.hidden, self.tag, self.href = link, [], 0, "", None
        self.text, self.plain, self.start = "", "", 0

    def handle_starttag(self, tag, attributes):
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "a":
            self.href, self.start = dict(attributes).get("href"), len(self.text)
        elif tag in BLOCKS:
            self.close(tag)
            self.tag = tag

    def handle_endtag(self, tag):
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "a":
            if self.href and self.text[self.start:].strip():
                self.text = self.text[:self.start] + self.link(self.text[self.start:], self.href)
            self.href = None
        elif tag in BLOCKS:
            self.close(tag)
            self.tag = ""

    def handle_data(self, data):
        if not self.hidden:
            self.text += data
            self.plain += data

    def close(self, tag):
        text, plain = (re.sub(r"\s+", " ", text).strip() for text in (self.text, self.plain))
        self.text, self.plain, self.start = "", "", 0
        if text:
            self.lines.append((self.tag, text, plain))
        if tag in SPACED and self.lines and self.lines[-1][1]:
            self.lines.append(("", "", ""))


def lines_of(source, link=lambda text, _: text):
    reader = Reader(link)
    reader.feed(source)
    reader.close("p")
    return reader.lines


def one_a_line(source):
    """A line for each element, none blank."""
    return [([text], plain) for _, text, plain in lines_of(source) if text]


def copied(source):
    """As a browser copies a page: blank lines around paragraphs."""
    return [([text], plain) for _, text, plain in lines_of(source)]


def with_addresses(source):
    """Links as `text (address)`."""
    return [([text], plain) for _, text, plain in lines_of(source, lambda text, href: f"{text.strip()} ({href}) ")]


def markdown(source):
    """As Markdown."""
    mark = lambda tag: "#" * int(tag[1]) + " " if re.fullmatch("h[1-6]", tag) else {"li": "* ", "blockquote": "> "}.get(tag, "")
    return [([mark(tag) + text if text else ""], plain) for tag, text, plain in lines_of(source, lambda text, href: f"[{text.strip()}]({href}) ")]


def lynx(source):
    """As `lynx -dump`: wrapped, links numbered, a list of their addresses at the end."""
    hrefs = []

    def link(text, href):
        hrefs.append(href)
        return f"[{len(hrefs)}]{text.lstrip()}"

    rows = []
    for tag, text, plain in lines_of(source, link):
        first, rest = ("     * ", "       ") if tag == "li" else ("   ", "   ")
        rows.append((textwrap.wrap(text, 72, initial_indent=first, subsequent_indent=rest, break_long_words=False) or [""], plain))
    return rows + [(["", "References", "", "   Visible links"], ""), *(([f"{number:4}. {href}"], "") for number, href in enumerate(hrefs, 1))]


FORMS = {"line": one_a_line, "copied": copied, "addresses": with_addresses, "markdown": markdown, "lynx": lynx}
