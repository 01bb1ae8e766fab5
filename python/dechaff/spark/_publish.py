"""Publishing in Spark: the steps of ``dechaff::publishing`` in the order that its documentation gives."""

from __future__ import annotations

from typing import Any

import pyarrow
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from dechaff import DechaffError
from dechaff._dechaff import _ROUNDS, _step
from dechaff.spark._copies import needed
from dechaff.spark._steps import grouped, step
from dechaff.spark._store import Store

Lessons = list[dict[str, Any]]


def _learn(articles: DataFrame, stories: DataFrame, repeated: int) -> Lessons:
    """The sentences that stand at the edge of so many stories and hardly ever within one, each with the first of these."""
    lessons: Lessons = []
    spark = articles.sparkSession
    for _ in range(_ROUNDS):
        edges = step("edges", stories, lessons=lessons).groupBy("hash")
        counted = edges.agg(F.count_distinct("story").alias("stories"), F.min("key").alias("key"), F.count("*").alias("at_edge"))
        candidates = counted.filter(F.col("stories") >= repeated).toArrow()
        if candidates.num_rows == 0:
            break
        hashes = candidates["hash"].to_pylist()
        found = step("everywhere", stories.select("sentences"), candidates=hashes).groupBy("hash").count().collect()
        everywhere = {row["hash"]: row["count"] for row in found}
        counts = candidates.select(["hash", "at_edge"]).append_column("everywhere", pyarrow.array([everywhere[hash] for hash in hashes]))
        learned = set(pyarrow.table(_step("boilerplate", counts))["hash"].to_pylist())
        if not learned:
            break
        new = [row for row in candidates.to_pylist() if row["hash"] in learned]
        keys = spark.createDataFrame([(key,) for key in sorted({bytes(row["key"]) for row in new})], "key binary")
        firsts = articles.join(F.broadcast(keys), "key").select("key", "dump", "record", "article").collect()
        place = {bytes(row["key"]): {name: row[name] for name in ("dump", "record", "article")} for row in firsts}
        lessons += [{"hash": row["hash"], "stories": row["stories"], **place[bytes(row["key"])]} for row in new]
    return lessons


def _record_of(key: Column) -> Column:
    """The key of the record that an article stands in."""
    return F.substring(key, F.lit(1), F.length(key) - 4)


def _article_of(key: Column) -> Column:
    """The number of an article in its record."""
    return F.conv(F.hex(F.substring(key, F.length(key) - 3, F.lit(4))), 16, 10).cast("bigint")


def publish(
    articles: DataFrame,
    clusters: DataFrame,
    *,
    repeated: int = 4,
    keep_duplicates: bool = False,
    merge_own: bool = False,
    paragraphs: str = "keep",
    spans: str = "keep",
    scratch: str | None = None,
) -> tuple[DataFrame, DataFrame]:
    """The articles that are written, and the ledger, as the command writes them: the lines in the column ``line`` are those of ``articles.jsonl``
    and ``ledger.jsonl``, to the byte, when they are sorted by ``key``.

    ``articles`` is what :func:`clean` or :func:`clean_dumps` made, ``clusters`` what :func:`deduplicate` made of it. Sentences at the edge of
    ``repeated`` stories and more are cut as boilerplate; with 0 none are. ``keep_duplicates`` gives copies too, each with what it is a copy of;
    ``merge_own`` keeps what only they have with the canonical article. ``scratch`` is as for :func:`deduplicate`; what is stored there is read by
    the results, so it may go when these are stored.

    Raises :class:`DechaffError` for ``paragraphs`` and ``spans`` other than ``"keep"``, which only one machine can do as yet.
    """
    if repeated < 0 or repeated == 1:
        raise ValueError("repeated=1: one story is no repetition; give 0, or 2 and more")
    for name, value in (("paragraphs", paragraphs), ("spans", spans)):
        if value not in ("keep", "mark", "drop"):
            raise ValueError(f'{name} {value!r} is not known: give "keep"')
        if value != "keep":
            raise DechaffError(f"{name}={value!r} is not supported on Spark: the command and dechaff.run do it on one machine")
    needed(articles, "key", "article", "meta", "text", "sentences", "ledger")
    needed(clusters, "key", "to", "relation", "similarity", "own", "other_own")
    stored = Store(articles.sparkSession, scratch)
    rows = articles.filter("article is not null")
    copies = clusters.filter("relation != 'alike'").select("key", "to", "relation", "similarity")
    lessons: Lessons = []
    if repeated:
        stories = rows.select("key", "sentences").join(copies.select("key", "to"), "key", "left")
        stories = stored("stories", stories.select("key", F.coalesce("to", "key").alias("story"), "sentences"))
        lessons = _learn(rows, stories, repeated)
    whole = rows.select("key", "meta", "text", "sentences")
    ids = stored("ids", step("ids", whole, lessons=lessons) if lessons else rows.select("key", "id"))
    # Articles whose texts have become the same are copies too, of the first.
    canonical = ids.join(copies.select("key"), "key", "left_anti")
    same = canonical.groupBy("id").agg(F.min("key").alias("to"), F.count("*").alias("many")).filter("many > 1")
    twins = canonical.join(same, "id").filter("key != to").select("key", "to", F.lit("exact").alias("relation"), F.lit(1.0).alias("similarity"))
    again = twins.select(F.col("key").alias("to"), F.col("to").alias("again"))
    moved = copies.join(again, "to", "left").select("key", F.coalesce("again", "to").alias("to"), "relation", "similarity")
    folded = stored("folded", moved.unionByName(twins))
    of_canonical = rows.select(F.col("key").alias("to"), F.col("text").alias("to_text")).join(ids.select(F.col("key").alias("to"), F.col("id").alias("to_id")), "to")
    options = {"keep_duplicates": keep_duplicates, "merge_own": merge_own, "lessons": lessons}
    named = stored("named", step("copies", folded.join(of_canonical, "to").join(whole, "key"), **options))
    # A canonical article comes together with its copies.
    place = rows.select(F.col("key").alias("to"), "dump", "record", "article")
    alike = clusters.filter("relation = 'alike'").select("key", "to", "own", "other_own").join(place, "to").drop("to")
    left = whole.join(folded.select("key"), "key", "left_anti").join(alike, "key", "left").withColumn("canonical", F.col("key"))
    together = left.unionByName(named.drop("change"), allowMissingColumns=True)
    published = stored("published", grouped("articles", together, "canonical", "key", lessons=lessons))
    # What changes of an article changes in the ledger of its record.
    changes = named.select("key", "change").union(published.select("key", "change")).filter("change is not null")
    changes = changes.select(_record_of(F.col("key")).alias("record"), _article_of(F.col("key")).alias("article"), "change")
    records = articles.filter("ledger is not null").select(_record_of(F.col("key")).alias("record"), "ledger")
    ledger = grouped("ledger", records.unionByName(changes, allowMissingColumns=True), "record")
    return published.drop("change"), ledger.withColumnRenamed("record", "key")
