"""A corpus of stories with what happens to stories planted in it: all of it is made up, and the same at every run."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dechaff

Lines = tuple[list[str], list[str]]
"""The lines of articles and of the ledger."""

PLACES = "Aldmoor Brackwater Carnhill Dunmere Eastholm Fenwick Greyford Harrowgate Islemouth Jarrowdale Kelsea Langstrand Millbeck Norwell".split()
NOUNS = (
    "harbour bridge school library ferry market council orchard museum station quarry lighthouse chapel brewery garden theatre canal windmill bakery "
    "hospital shipyard foundry tannery weir causeway granary dairy observatory archive workshop"
).split()
PEOPLE = "mayor teacher captain engineer baker surveyor librarian gardener doctor clerk mason fisherman carpenter historian painter".split()
DEEDS = "repaired painted measured closed opened surveyed insured flooded rebuilt sold leased photographed described guarded heated".split()
REASONS = "storm frost flood strike festival election harvest drought fire parade auction lawsuit wedding visit concert".split()
HOT = "The statement of the regional board was printed in full by every paper of the coast that same evening."
CLOSE = "Readers pay for every line of this page, and the whole newsroom thanks them warmly for it."


def sentence(of: random.Random) -> str:
    return (
        f"The {of.choice(PEOPLE)} of {of.choice(PLACES)} said that the {of.choice(NOUNS)} beside the {of.choice(NOUNS)} had been {of.choice(DEEDS)} "
        f"{of.randint(2, 97)} times since the {of.choice(REASONS)} of {of.randint(1801, 1999)}, and that the {of.choice(NOUNS)} would follow."
    )


def invented(of: random.Random) -> str:
    """A sentence in no language, of which no run of letters stands in another."""
    words = ("".join(of.choice("bdfgklmnprstvz") + of.choice("aeiou") for _ in range(of.randint(2, 4))) for _ in range(12))
    return " ".join(words).capitalize() + "."


def story(seed: int, sentences: int) -> list[str]:
    of = random.Random(seed)
    return [sentence(of) for _ in range(sentences)]


def text(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def texts(stories: int, chain: int) -> Iterator[tuple[str, str]]:
    """Headlines and texts: stories, of which many come again whole, shorter, longer, in other letters or misread; some with a sentence that
    very many have, or with a close that many have; forms that were filled in; and a chain in which each is a copy of the one before alone."""
    for number in range(stories):
        of = random.Random(f"story {number}")
        own = story(number, of.randint(5, 14))
        title = f"{of.choice(NOUNS).title()} of {of.choice(PLACES)} waits for the {of.choice(REASONS)}"
        if number % 6 == 0:
            own.insert(3, HOT)
        yield title, text(own) + ("\n\n" + CLOSE if number % 9 == 0 else "")
        if number % 3 == 0:
            change = number // 3 % 8
            if change == 0:
                yield title, text(own)
            elif change == 1:
                yield title, text(own).upper()
            elif change == 2:
                yield title, text(own[:-1])
            elif change == 3:
                yield title, text(own + story(-number, 1))
            elif change == 4:
                yield title, text(own).replace("rn", "m").replace("ou", "on")
            elif change == 5:
                yield f"Again: {title}", text(own) + "\n\n" + CLOSE
            elif change == 6:
                yield title, text(own[: len(own) // 2] + story(-number, 6))
            else:
                yield title, text(story(-number, 9) + own)
        if number % 12 == 0:
            place = of.choice(PLACES)
            yield (
                f"Weather for {place}",
                f"The weather office of {place} expects a dry day with light winds from the west and some clouds in the evening. The night will bring "
                f"temperatures of {of.randint(2, 19)} degrees, and the water in the harbour of {place} will stand at {of.randint(1, 9)} feet at noon.",
            )
        if number % 20 == 0:
            late = "The ferry was late again on Monday morning, and the captain told the passengers why it was so."
            yield (title, f"{late}\n\n{CLOSE}") if number % 40 else ("Ferry late", late)
    of = random.Random("links")
    links = [invented(of) for _ in range(8 * chain + 60)]
    for number in range(chain):
        yield f"Link {number} of the long tale", text(links[8 * number : 8 * number + 60 - number * 6 // chain])


def write(folder: Path, stories: int, chain: int, files: int) -> int:
    """Writes the corpus as files of JSON lines, among them lines and a file that cannot be read; says how many texts there are."""
    made = list(texts(stories, chain))
    random.Random(7).shuffle(made)
    for file in range(files):
        part = folder / f"part-{file % 3}"
        part.mkdir(parents=True, exist_ok=True)
        with open(part / f"stories-{file}.jsonl", "w") as out:
            for number, (title, body) in enumerate(made[file::files]):
                day = f"2031-{1 + (number * 7 + file) % 12:02}-{1 + number % 28:02}"
                known = {"published": day} if number % 4 else {}
                out.write(json.dumps({"title": title, "text": body, "source": f"Paper {number % 5}", **known}) + "\n")
                if number % 100 == 50:
                    out.write('{"title": "A line without a text"}\n')
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 99)
    (folder / ".hidden.txt").write_text("nobody reads this")
    return len(made)


def one_machine(folder: Path, out: Path, **options: Any) -> Lines:
    """What one process writes of a folder."""
    dechaff.run(folder, out, **options)
    articles, ledger = ((out / name).read_text().splitlines() for name in ("articles.jsonl", "ledger.jsonl"))
    return articles, ledger
