"""Publishing: the steps of ``dechaff::publishing`` in the order that its documentation gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow

from dechaff import DechaffError
from dechaff._dechaff import _ROUNDS, _step
from dechaff._spread.copies import compare, is_share
from dechaff._spread.tables import Table

T = TypeVar("T", bound=Table)

Lessons = list[dict[str, Any]]


TREATMENTS = ("keep", "mark", "drop")


@dataclass(frozen=True)
class Options:
    """What publishing is told; the names are those of :func:`dechaff.run`."""

    repeated: int
    keep_duplicates: bool
    merge_own: bool
    paragraphs: str
    spans: str
    loss: float

    def __post_init__(self) -> None:
        is_share(self.loss)
        if self.repeated < 0 or self.repeated == 1:
            raise ValueError(f"repeated={self.repeated}: one story is no repetition; give 0, or 2 and more")
        for name, value in (("paragraphs", self.paragraphs), ("spans", self.spans)):
            if value not in TREATMENTS:
                raise ValueError(f"{name} {value!r} is not known: give one of {', '.join(map(repr, TREATMENTS))}")


def needed(columns: list[str], *names: str) -> None:
    """Refuses a table that cleaning or deduplicating has not made."""
    missing = [name for name in names if name not in columns]
    if missing:
        raise DechaffError(f"has no column {missing[0]!r}: give what clean, clean_dumps or deduplicate made, or what was stored of it whole")


def learn(articles: T, stories: T, repeated: int) -> Lessons:
    """The sentences that stand at the edge of so many stories and hardly ever within one, each with the first of these."""
    lessons: Lessons = []
    for _ in range(_ROUNDS):
        at_edge = stories.step("edges", lessons=lessons).counted("hash", least="key", distinct="story")
        candidates = at_edge.where("distinct", ">=", repeated).fetch()
        if candidates.num_rows == 0:
            break
        hashes = candidates["hash"].to_pylist()
        found = stories.step("everywhere", candidates=hashes).counted("hash").fetch()
        everywhere = dict(zip(found["hash"].to_pylist(), found["rows"].to_pylist()))
        counts = {"hash": hashes, "at_edge": candidates["rows"], "everywhere": pyarrow.array([everywhere[hash] for hash in hashes])}
        learned = set(pyarrow.table(_step("boilerplate", pyarrow.table(counts)))["hash"].to_pylist())
        if not learned:
            break
        new = [row for row in candidates.to_pylist() if row["hash"] in learned]
        keys = pyarrow.table({"key": pyarrow.array(sorted({row["least"] for row in new}), pyarrow.binary())})
        firsts = articles.select("key", "dump", "record", "article").join(articles.made(keys), "key", is_small=True).fetch()
        place = {row.pop("key"): row for row in firsts.to_pylist()}
        lessons += [{"hash": row["hash"], "stories": row["distinct"], **place[row["least"]]} for row in new]
    return lessons


def shared_paragraphs(rows: T, copies: T, lessons: Lessons, loss: float) -> T:
    """The paragraphs that an earlier story has, each with the article in which it stands first."""
    stories = rows.select("key", "text", "sentences").join(copies.select("key", "to"), "key", how="left").either("story", "to", "key")
    paragraphs = stories.step("paragraphs", lessons=lessons).stored("paragraphs")
    alike = compare(paragraphs.select("key", "text"), "paragraphs", loss=loss, of_paragraphs=True)
    cluster = alike.clusters.join(paragraphs, "key")
    return cluster.grouped("firsts", "cluster", "key", loss=loss, of_paragraphs=True)


def shared_spans(rows: T, copies: T, place: T) -> T:
    """The long stretches of canonical articles that earlier ones have."""
    canonical = rows.select("key", "text").join(copies.select("key"), "key", how="anti")
    runs = canonical.step("runs").stored("runs")
    several = runs.counted("hash", least="first").where("rows", ">", 1)
    later = runs.select("hash", "key").join(several, "hash").step("later").stored("later")
    firsts = later.select("key", "first").distinct().join(place, "first").join(canonical.select("text", first="key"), "first")
    own = canonical.join(later.select("key").distinct(), "key")
    return later.union(firsts).union(own).grouped("spans", "key")


def earlier(rows: T, copies: T, lessons: Lessons, options: Options) -> T | None:
    """What of articles earlier stories have too; None where that is not asked for."""
    place = rows.select("dump", "record", "article", first="key")
    spans = shared_spans(rows, copies, place) if options.spans != "keep" else None
    if options.paragraphs == "keep":
        return spans
    paragraphs = shared_paragraphs(rows, copies, lessons, options.loss).join(place, "first").constant("earlier", "")
    return (paragraphs.union(spans) if spans is not None else paragraphs).grouped("earlier", "key")


def publish(articles: T, clusters: T, options: Options) -> tuple[T, T]:
    """The articles that are written, and the ledger."""
    rows = articles.known("article")
    copies = clusters.where("relation", "!=", "alike").select("key", "to", "relation", "similarity")
    lessons: Lessons = []
    if options.repeated:
        stories = rows.select("key", "sentences").join(copies.select("key", "to"), "key", how="left").either("story", "to", "key")
        lessons = learn(rows, stories.select("key", "story", "sentences").stored("stories"), options.repeated)
    shared = earlier(rows, copies, lessons, options)
    whole = rows.select("key", "meta", "text", "sentences")
    whole = whole.join(shared.stored("earlier"), "key", how="left") if shared is not None else whole.constant("earlier", "")
    told = {"lessons": lessons, "paragraphs": options.paragraphs, "spans": options.spans, "loss": options.loss}
    is_cut = lessons or "drop" in (options.paragraphs, options.spans)
    ids = (whole.step("ids", **told) if is_cut else rows.select("key", "id")).stored("ids")
    # Articles whose texts have become the same are copies too, of the first.
    canonical = ids.join(copies.select("key"), "key", how="anti")
    same = canonical.counted("id", least="key").where("rows", ">", 1).select("id", to="least")
    twins = canonical.join(same, "id").differing("key", "to").constant("relation", "exact").constant("similarity", 1.0)
    moved = copies.join(twins.select(to="key", again="to"), "to", how="left").either("to", "again", "to")
    folded = moved.select("key", "to", "relation", "similarity").union(twins.select("key", "to", "relation", "similarity")).stored("folded-again")
    of_canonical = rows.select(to="key", to_text="text").join(ids.select(to="key", to_id="id"), "to")
    of_copies = folded.join(of_canonical, "to").join(whole, "key")
    named = of_copies.step("copies", keep_duplicates=options.keep_duplicates, merge_own=options.merge_own, **told).stored("named")
    # A canonical article comes together with its copies.
    alike = clusters.where("relation", "==", "alike").select("key", "to", "own", "other_own")
    alike = alike.join(rows.select("dump", "record", "article", to="key"), "to").select("key", "dump", "record", "article", "own", "other_own")
    left = whole.join(folded.select("key"), "key", how="anti").join(alike, "key", how="left")
    together = left.select(*left.columns, canonical="key").union(named.select("canonical", "key", "copy", "appendix", "line"))
    published = together.grouped("articles", "canonical", "key", **told).stored("published")
    # What changes of an article changes in the ledger of its record.
    changes = named.select("key", "change").union(published.select("key", "change")).known("change")
    records = articles.known("ledger").select("key", "ledger").union(changes)
    ledger = records.step("recorded").grouped("ledger", "record")
    return published.select(*[name for name in published.columns if name != "change"]), ledger.select("line", key="record")
