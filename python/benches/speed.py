#!/usr/bin/env python3
"""Measures the package beside the command and beside other extractors, and prints the tables of docs/python.md.

    pip install trafilatura resiliparse justext lxml_html_clean
    python python/benches/speed.py target/release/dechaff PAGES [COUNT]

PAGES is a folder of NAME.html or NAME.html.gz, with NAME.json beside it whose "text" is the text of the page's article. Speed is measured on COUNT pages
(10,000 unless given): those of the folder again and again. Seconds are of processor, user and system, unless they are said to be of the clock. F1 is
that of words: the mean over the pages of the folder. Peers run with their defaults, each in this process, with one thread.
"""

from __future__ import annotations

import collections
import gzip
import json
import os
import pathlib
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import dechaff

WORD = re.compile(r"\w+")


def pages_of(folder: pathlib.Path) -> list[tuple[bytes, str]]:
    """Pages with the text of their article."""
    found = []
    for answer in sorted(folder.glob("*.json")):
        page = answer.with_suffix(".html")
        packed = answer.with_suffix(".html.gz")
        source = gzip.decompress(packed.read_bytes()) if packed.exists() else page.read_bytes()
        found.append((source, json.loads(answer.read_text(encoding="utf-8"))["text"]))
    return found


def f1(text: str, gold: str) -> float:
    own, right = (collections.Counter(WORD.findall(text.lower())) for text in (text, gold))
    shared = (own & right).total()
    return 2 * shared / (own.total() + right.total()) if own or right else 1.0


def used(who: int = resource.RUSAGE_SELF) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of processor, and of the clock."""
    processor, clock = used(), time.perf_counter()
    work()
    return used() - processor, time.perf_counter() - clock


def drain(results: Any) -> None:
    for _ in results:
        pass


def by_the_command(program: str, pages: list[bytes]) -> tuple[float, float]:
    """Seconds of the command: of a whole run, and of one that ends after cleaning."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        dump = pathlib.Path(folder, "pages.jsonl")
        with dump.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"html": page.decode(errors="replace")}) + "\n" for page in pages)
        for command in (["clean", str(dump), "-o", f"{folder}/out", "-q", "-j", "1"], ["text", str(dump)]):
            before = used(resource.RUSAGE_CHILDREN)
            silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
            os.waitpid(os.posix_spawn(program, [program, *command], os.environ, file_actions=silent), 0)
            taken.append(used(resource.RUSAGE_CHILDREN) - before)
    return taken[0], taken[1]


def trafilatura() -> Callable[[bytes], str]:
    import trafilatura

    return lambda page: trafilatura.extract(page) or ""


def resiliparse() -> Callable[[bytes], str]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return lambda page: str(extract_plain_text(bytes_to_str(page, detect_encoding(page) or "utf-8"), main_content=True))


def justext() -> Callable[[bytes], str]:
    import justext

    words = justext.get_stoplist("English")
    return lambda page: "\n\n".join(p.text for p in justext.justext(page, words) if not p.is_boilerplate)


def dechaffed() -> Callable[[bytes], str]:
    def largest(page: bytes) -> str:
        return max((article.text for article in dechaff.clean(page).articles), key=len, default="")

    return largest


def beside_peers(pages: list[tuple[bytes, str]]) -> None:
    print("| extractor | pages a second | F1 | fails on |\n|---|---|---|---|")
    for peer in (dechaffed, trafilatura, resiliparse, justext):
        try:
            extract = peer()
        except ImportError:
            print(f"| {peer.__name__} | does not install here | | |")
            continue
        texts, failed = [], 0
        extract(pages[0][0])
        begun = used()
        for page, _ in pages:
            try:
                texts.append(extract(page))
            except Exception:  # noqa: BLE001 (any error of a peer is a failure of that page)
                failed += 1
                texts.append("")
        speed = len(pages) / (used() - begun)
        mean = sum(f1(text, gold) for text, (_, gold) in zip(texts, pages)) / len(pages)
        print(f"| {peer.__name__} | {speed:.0f} | {mean:.3f} | {failed} |", flush=True)


def main(program: str, folder: str, count: str = "10000") -> None:
    pages = pages_of(pathlib.Path(folder))
    many = [page for page, _ in (pages * (int(count) // len(pages) + 1))[: int(count)]]
    first = seconds(lambda: dechaff.clean(""))[1]
    cleaner = dechaff.Cleaner()
    drain(cleaner.clean_many(many[:100], threads=1))
    whole, read = by_the_command(program, many)
    alone, alone_clock = seconds(lambda: drain(cleaner.clean_many(many, threads=1)))
    two, two_clock = seconds(lambda: drain(cleaner.clean_many(many, threads=2)))
    short = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings."
    calls = {text: seconds(lambda: drain(cleaner.clean(text) for _ in range(100_000)))[0] for text in (short, short[:12], "")}
    print(f"{len(many)} pages, {sum(map(len, many)) / 1e6:.0f} MB\n")
    print("| what | figure |\n|---|---|")
    print(f"| the command, one thread, with its reading, copies and files | {whole:.1f} s |")
    print(f"| the command, reading alone (`dechaff text`) | {read:.1f} s |")
    print(f"| `clean_many(threads=1)` | {alone:.1f} s |")
    print(f"| `clean_many(threads=2)`, against one: clock | {alone_clock / two_clock:.2f} times as fast |")
    print(f"| the same: processor | {two:.1f} s, of which {two / two_clock:.2f} a second of the clock |")
    for text, taken in calls.items():
        print(f"| 100,000 texts of {len(text)} letters, a call | {taken * 10:.1f} µs |")
    print(f"| the first call | {first * 1e3:.0f} ms |\n")
    beside_peers(pages)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
