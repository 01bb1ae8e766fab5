"""The labelled sets, where their pages come from, and which of them a cross-validation keeps together. A folder of data holds them as `training/README.md` says."""

import dataclasses
import hashlib
import json
import pathlib
import re
import urllib.parse


@dataclasses.dataclass(frozen=True)
class Set:
    """A set of labelled pages: where its dumps and its pages of HTML lie, what a page of it weighs against one of another (all sets of one
    weight teach as much as they have text, see `Data.close`)."""
    name: str
    text: str | None = None
    html: str | None = None
    weight: float = 1.0


SETS = [
    Set("wcxb", "wcxb-dev/text", "wcxb-dev/html"),
    Set("seeds", "gold/seeds", weight=2.0),
    Set("pages", "gold/pages-dev", weight=2.0),
    Set("segments", "segments-dev/text", "segments-dev/html", weight=2.0),
    Set("fundus", "train/fundus/text", "train/fundus/html"),
    Set("daniel", "train/daniel/text", "train/daniel/html", weight=0.7),
    Set("zhwce", "train/zhwce/text", "train/zhwce/html"),
    Set("newspaper", "train/newspaper/text", "train/newspaper/html"),
    Set("debian", "train/multi-debian/text"),
    Set("mailman", "train/multi-mailman/text"),
    Set("feeds", "train/multi-feeds/text"),
]
# Pages that name their authors, and have no labelled text.
NAMED = [Set("mercury", html="train/meta-mercury")]
# The set whose labels are some segments of each page.
SEGMENTS = "segments"


def chosen(without):
    """The sets without those named."""
    unknown = set(without) - {own.name for own in [*SETS, *NAMED]}
    if unknown:
        raise SystemExit(f"no such set: {', '.join(sorted(unknown))}")
    return [own for own in SETS if own.name not in without]


def segments_of(root):
    return json.loads((pathlib.Path(root) / "segments-dev/segments.json").read_text(encoding="utf-8"))


def site_of(page):
    """What pages of one site have in common: the host of the address, or the site, that the JSON beside the page, or beside its source, names;
    the page's name where there is none."""
    name = page.name.removesuffix(".html.gz").removesuffix(".txt")
    for meta in (page.with_name(f"{name}.json"), page.parent.parent / "html" / f"{name}.json"):
        if meta.exists():
            said = json.loads(meta.read_text(encoding="utf-8"))
            if said.get("url"):
                return urllib.parse.urlparse(said["url"]).netloc.removeprefix("www.")
            if said.get("site"):
                return said["site"].removeprefix("www.")
    return re.sub(r"-variant$", "", name)


# The folds of a cross-validation by site.
FOLDS = 5


def fold_of(site):
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS
