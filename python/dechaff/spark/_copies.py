"""Copies, found by joins: the steps of ``dechaff::copies`` in the order that its documentation gives."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dechaff import DechaffError, _dechaff
from dechaff.spark._steps import grouped, step
from dechaff.spark._store import Store

HOT = 10_000
"""A shingle that more texts hold is brought to them by broadcast, not by a shuffle."""

EDGES = 50_000_000
"""More edges than this are not brought to the driver."""


def needed(articles: DataFrame, *columns: str) -> None:
    """Refuses a table that :func:`clean` has not made."""
    missing = [name for name in columns if name not in articles.columns]
    if missing:
        raise DechaffError(f"has no column {missing[0]!r}: give what dechaff.spark.clean or clean_dumps made, or what was stored of it whole")


def _likely(pairs: DataFrame, lists: DataFrame, loss: float) -> DataFrame:
    of_anchor = lists.select(F.col("rank").alias("anchor"), F.col("held").alias("anchor_held"))
    of_text = lists.select(F.col("rank").alias("text"), "held")
    return step("likely", pairs.join(of_anchor, "anchor").join(of_text, "text"), loss=loss)


def _members(edges: DataFrame, stored: Store) -> DataFrame:
    """The texts that some anchor reaches. Of more edges than fit on the driver those are decided in rounds that are plain: in each round the anchors
    are the texts that nothing reaches which may still be an anchor."""
    found: list[DataFrame] = []
    while edges.count() > EDGES:
        anchors = edges.select("anchor").join(edges.select(F.col("text").alias("anchor")), "anchor", "left_anti").distinct()
        members = stored(f"members-{len(found)}", edges.join(anchors, "anchor", "left_semi").select("text").distinct())
        found.append(members)
        left = edges.join(members, "text", "left_anti")
        edges = stored(f"edges-{len(found)}", left.join(members.select(F.col("text").alias("anchor")), "anchor", "left_anti"))
    rest = pyarrow.table(_dechaff._members(edges.select("anchor", "text").toArrow()))
    members = edges.sparkSession.createDataFrame(rest)
    for other in found:
        members = members.union(other)
    return members


def deduplicate(articles: DataFrame, *, loss: float = 0.10, prefer: Iterable[str] = (), scratch: str | None = None) -> DataFrame:
    """Finds the copies among articles, as the command does on one machine.

    ``articles`` is what :func:`clean` or :func:`clean_dumps` made; it is read several times, so store it before. The result has a row for each
    article that is a copy: its ``key``, the key ``to`` of the canonical article, the ``relation`` (``exact``, ``near`` or ``contained``) and the
    ``similarity``; and one for each that is alike and would lose too much (``alike``), with the share of each that the other lacks, ``own`` and
    ``other_own``. It is worked out at once; each step is stored in a folder of its own below ``scratch``, which all workers must see, and so is
    the result. On one machine it need not be given, nor where the session has a folder for checkpoints.

    Raises :class:`ValueError` where ``loss`` is no share, :class:`DechaffError` for another table.
    """
    if not 0 <= loss <= 1:
        raise ValueError("loss is a share from 0 to 1")
    needed(articles, "key", "article", "text", "title", "published", "source")
    articles = articles.filter("article is not null")
    stored = Store(articles.sparkSession, scratch)
    # Of equal texts the first stands for all.
    prints = stored("prints", step("fingerprints", articles.select("key", "text")))
    first = F.min(F.struct("key", "names")).alias("first")
    firsts = stored("firsts", prints.groupBy("rank").agg(first).select("rank", "first.key", "first.names"))
    # Each shingle: how many hold it, and its longest holders. Then back to the texts, the few that very many hold without a shuffle.
    postings = step("postings", firsts.select("rank", "names"))
    shingles = stored("shingles", grouped("tally", postings, "name").filter("texts > 1"))
    holders = postings.select("name", F.col("longest").alias("rank"))
    hot = F.broadcast(shingles.filter(F.col("texts") > HOT))
    cold = holders.join(hot.select("name"), "name", "left_anti").join(shingles.filter(F.col("texts") <= HOT), "name")
    held = cold.unionByName(holders.join(hot, "name"))
    lists = stored("lists", grouped("proposals", held, "rank", loss=loss))
    # Three proposals in a row.
    proposed = step("pairs", lists.filter(F.length("anchors") > 0).select(F.col("rank").alias("text"), "anchors"))
    direct = stored("direct", _likely(proposed, lists, loss))
    then = direct.select(F.col("anchor").alias("over"), F.col("text").alias("next"))

    def onward(pairs: DataFrame) -> DataFrame:
        return pairs.join(then, pairs["text"] == then["over"]).select("anchor", F.col("next").alias("text")).distinct()

    second = onward(direct)
    far = second.union(onward(second)).distinct().join(direct, ["anchor", "text"], "left_anti")
    pairs = stored("pairs", direct.unionByName(_likely(far, lists, loss)))
    # Pairs, not components, are compared.
    of_pairs = pairs.select(F.col("anchor").alias("rank")).union(pairs.select("text")).distinct()
    texts = firsts.select("rank", "key").join(of_pairs, "rank").join(articles.select("key", "text"), "key").select("rank", F.col("text").alias("said"))
    both = pairs.join(texts.select(F.col("rank").alias("text"), F.col("said").alias("text_text")), "text")
    both = both.join(lists.select(F.col("rank").alias("text"), "held"), "text")
    both = both.join(texts.select(F.col("rank").alias("anchor"), F.col("said").alias("anchor_text")), "anchor")
    alike = stored("alike", step("compare", both, loss=loss))
    members = _members(alike.filter("edge = 1").select("anchor", "text"), stored)
    of_anchors = alike.join(members.select(F.col("text").alias("anchor")), "anchor", "left_anti")
    places = stored("places", grouped("places", of_anchors, "text"))
    # Equal texts go where the first of them goes.
    belongs = places.filter("edge = 1").select(F.col("text").alias("rank"), "anchor", "found")
    placed = prints.select("key", "rank").join(belongs, "rank", "left").withColumn("cluster", F.coalesce("anchor", "rank"))
    several = placed.groupBy("cluster").count().filter("count > 1").select("cluster")
    cluster = placed.join(several, "cluster").join(lists.select("rank", "held"), "rank", "left")
    cluster = cluster.join(articles.select("key", "title", "published", "source", "text"), "key")
    folded = stored("folded", grouped("choose", cluster, "cluster", "key", loss=loss, prefer=list(prefer)))
    key = firsts.select("rank", "key")
    apart = places.filter("edge = 0").join(key.withColumnRenamed("rank", "text"), "text")
    apart = apart.join(key.select(F.col("rank").alias("anchor"), F.col("key").alias("like")), "anchor")
    apart = apart.join(folded.select("key"), "key", "left_anti")
    into = folded.select(F.col("key").alias("like"), F.col("to").alias("into"))
    apart = apart.join(into, "like", "left").withColumn("to", F.coalesce("into", "like")).filter("key != to")
    apart = apart.select("key", "to", F.lit("alike").alias("relation"), "own", "other_own")
    return stored("clusters", folded.unionByName(apart, allowMissingColumns=True))
