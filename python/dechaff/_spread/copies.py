"""Copies, found by joins: the steps of ``dechaff::copies`` in the order that its documentation gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pyarrow

from dechaff import _dechaff
from dechaff._spread.tables import Table

T = TypeVar("T", bound=Table)

HOT = 10_000
"""A shingle that more texts hold is brought to them as a small table, not by a shuffle."""

EDGES = 50_000_000
"""More edges than this are not brought to the driver."""


@dataclass(frozen=True)
class Compared(Generic[T]):
    """What texts have to do with each other."""

    firsts: T
    """``rank`` and ``key`` of the first of those texts that are equal."""
    places: T
    """Where each belongs, or what it is most alike."""
    clusters: T
    """The texts of those clusters that have more than one: ``cluster``, ``key``, ``rank``, ``found``, ``held``."""


def is_share(loss: float) -> None:
    """Refuses what is no share."""
    if not 0 <= loss <= 1:
        raise ValueError("loss is a share from 0 to 1")


def members(edges: T) -> T:
    """The texts that some anchor reaches. Of more edges than fit on the driver those are decided in rounds that are plain: in each round the anchors
    are the texts that nothing reaches which may still be an anchor."""
    found: list[T] = []
    while edges.count() > EDGES:
        anchors = edges.select("anchor").join(edges.select(anchor="text"), "anchor", how="anti").distinct()
        reached = edges.join(anchors, "anchor", how="semi").select("text").distinct().stored(f"members-{len(found)}")
        found.append(reached)
        left = edges.join(reached, "text", how="anti")
        edges = left.join(reached.select(anchor="text"), "anchor", how="anti").stored(f"edges-{len(found)}")
    rest = edges.made(pyarrow.table(_dechaff._members(edges.select("anchor", "text").fetch())))
    for other in found:
        rest = rest.union(other)
    return rest


def compare(texts: T, what: str, **options: Any) -> Compared[T]:
    """Compares texts, each with its ``key``. Their steps are stored under names that begin with ``what``."""

    def likely(pairs: T) -> T:
        of_anchor = lists.select(anchor="rank", anchor_held="held")
        return pairs.join(of_anchor, "anchor").join(lists.select("held", text="rank"), "text").step("likely", **options)

    def onward(pairs: T) -> T:
        return pairs.join(direct.select(text="anchor", next="text"), "text").select("anchor", text="next").distinct()

    # Of equal texts the first stands for all.
    prints = texts.step("fingerprints").stored(f"{what}-prints")
    firsts = prints.grouped("first", "rank", "key").stored(f"{what}-firsts")
    # Each shingle: how many hold it, and its longest holders. Then back to the texts, the few that very many hold without a shuffle.
    postings = firsts.step("postings")
    shingles = postings.grouped("tally", "name").where("texts", ">", 1).stored(f"{what}-shingles")
    holders = postings.select("name", rank="longest")
    hot = shingles.where("texts", ">", HOT)
    cold = holders.join(hot.select("name"), "name", how="anti", is_small=True).join(shingles.where("texts", "<=", HOT), "name")
    held = cold.union(holders.join(hot, "name", is_small=True))
    lists = held.grouped("proposals", "rank", **options).stored(f"{what}-lists")
    # Three proposals in a row.
    direct = likely(lists.select("anchors", text="rank").step("pairs")).stored(f"{what}-direct")
    second = onward(direct)
    far = second.union(onward(second)).distinct().join(direct, "anchor", "text", how="anti")
    pairs = direct.union(likely(far)).stored(f"{what}-pairs")
    # Pairs, not components, are compared.
    of_pairs = pairs.select(rank="anchor").union(pairs.select(rank="text")).distinct()
    said = firsts.select("rank", "key").join(of_pairs, "rank").join(texts, "key")
    both = pairs.join(said.select(text="rank", text_text="text"), "text").join(lists.select("held", text="rank"), "text")
    both = both.join(said.select(anchor="rank", anchor_text="text"), "anchor")
    alike = both.step("compare", **options).stored(f"{what}-alike")
    reached = members(alike.where("edge", "==", 1).select("anchor", "text"))
    places = alike.join(reached.select(anchor="text"), "anchor", how="anti").grouped("places", "text").stored(f"{what}-places")
    # Equal texts go where the first of them goes.
    belongs = places.where("edge", "==", 1).select("anchor", "found", rank="text")
    placed = prints.select("key", "rank").join(belongs, "rank", how="left").either("cluster", "anchor", "rank")
    several = placed.counted("cluster").where("rows", ">", 1).select("cluster")
    clusters = placed.join(several, "cluster").join(lists.select("rank", "held"), "rank", how="left")
    return Compared(firsts.select("rank", "key"), places, clusters.select("cluster", "key", "rank", "found", "held"))


def deduplicate(articles: T, loss: float, prefer: Iterable[str]) -> T:
    """Finds the copies among articles."""
    is_share(loss)
    articles = articles.known("article")
    found = compare(articles.select("key", "text"), "texts", loss=loss)
    cluster = found.clusters.join(articles.select("key", "title", "published", "source", "text"), "key")
    folded = cluster.grouped("choose", "cluster", "key", loss=loss, prefer=list(prefer)).stored("folded")
    # What stands apart is named beside what its text is most alike, both by those that stand for their copies.
    apart = found.places.where("edge", "==", 0).join(found.firsts.select(text="rank", first="key"), "text")
    apart = apart.join(found.firsts.select(anchor="rank", like="key"), "anchor")
    apart = apart.join(folded.select(first="key", canonical="to"), "first", how="left").either("key", "canonical", "first")
    apart = apart.join(folded.select(like="key", into="to"), "like", how="left").either("to", "into", "like").differing("key", "to")
    apart = apart.constant("relation", "alike").select("key", "to", "relation", "own", "other_own")
    return folded.union(apart).stored("clusters")
