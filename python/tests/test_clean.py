"""One text in, articles and ledger out."""

from __future__ import annotations

import copy
import datetime
import io
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import dechaff
from dechaff import Article, Cleaned, Cleaner, Entry, Ledger, Rules, Span
from dechaff.samples import PACK


def test_a_text_gives_its_article_and_an_account_of_every_byte(quay: str) -> None:
    cleaned = dechaff.clean(quay)
    [article] = cleaned.articles
    assert article.title == "Old quay reopens after storm"
    assert article.published == "2031-06-16"
    assert article.published_at == datetime.date(2031, 6, 16)
    assert [paragraph.text for paragraph in article.paragraphs] == [article.text] == [cleaned.text]
    assert "".join(entry.span.of(quay) for entry in cleaned.ledger) == quay
    assert {entry.kind for entry in cleaned.ledger.removed} == {"nav", "share"}


def test_a_page_says_more_of_itself(page: str) -> None:
    [article] = dechaff.clean(page).articles
    assert article.authors == ["Mirva Lindqvist"]
    assert article.url == "https://gazette.example/weir"
    assert article.published_at == datetime.datetime(2031, 6, 16, 15, 53, tzinfo=datetime.timezone.utc)
    assert article.language == "en"
    first, second = article.paragraphs
    assert f"{first}\n\n{second}" == article.text
    assert "<b>weir</b>" in first.spans[0].of(page)


def test_text_and_its_bytes_give_the_same(page: str, cafe: str) -> None:
    for text in (page, cafe):
        assert dechaff.clean(text) == dechaff.clean(text.encode()) == dechaff.clean(bytearray(text.encode()))
    in_latin = dechaff.clean(cafe.encode("iso-8859-1"), encoding="iso-8859-1")
    assert (in_latin.text, in_latin.encoding) == (dechaff.clean(cafe).text, "windows-1252")


def test_extract_gives_one_text_or_none(page: str) -> None:
    assert dechaff.extract(page) == dechaff.clean(page).text
    for nothing in ("", b"", "   \n", "<html><body><nav>Home</nav></body></html>"):
        assert dechaff.extract(nothing) is None


def test_a_span_counts_bytes_and_says_so_in_characters(cafe: str) -> None:
    title = dechaff.clean(cafe).articles[0].provenance.title
    assert title is not None
    assert title.of(cafe) == cafe[title.chars(cafe)] == "Café am Kai öffnet wieder"
    assert cafe[title.start : title.end] != title.of(cafe)
    assert tuple(title) == (0, 27) and title.end - title.start == 27 and not hasattr(title, "__len__")
    with pytest.raises(ValueError, match="between characters"):
        Span(0, 4).of("Café")
    with pytest.raises(ValueError, match="runs forward"):
        Span(4, 0)


def test_a_ledger_is_a_sequence(quay: str) -> None:
    ledger = dechaff.clean(quay).ledger
    entries = list(ledger)
    assert isinstance(ledger, Sequence)
    assert (len(ledger), ledger[0], ledger[-1]) == (len(entries), entries[0], entries[-1])
    assert ledger[1:4] == entries[1:4] and ledger[::-1] == list(reversed(ledger)) == entries[::-1]
    assert ledger.index(entries[2]) == 2 and ledger.count(entries[2]) == 1 and entries[2] in ledger
    with pytest.raises(IndexError):
        ledger[len(entries)]
    with pytest.raises(ValueError, match="not known"):
        ledger.of("tea")
    body = ledger.of("body")[0].span
    [cut] = ledger.slice(Span(body.start + 4, body.start + 12))
    assert (cut.kind, cut.span.of(quay)) == ("body", "old quay")


def test_a_notebook_shows_the_text_by_kind(page: str) -> None:
    shown = dechaff.clean(page)._repr_html_()
    assert 'title="title' in shown and "&lt;nav&gt;" in shown and "<nav>" not in shown


def test_results_equal_copy_and_pickle(page: str, quay: str) -> None:
    cleaned = dechaff.clean(page)
    article, entry = cleaned.articles[0], cleaned.ledger[0]
    made = [cleaned, article, article.provenance, article.paragraphs[0], cleaned.ledger, entry, entry.span]
    for thing in made:
        assert pickle.loads(pickle.dumps(thing)) == copy.deepcopy(thing) == thing
        assert thing != dechaff.clean(quay) and thing != 7
    assert hash(article) == hash(dechaff.clean(page).articles[0])
    assert Article(article.to_dict()) == Article(article.to_json()) == article
    assert Ledger(cleaned.ledger.to_list()) == cleaned.ledger
    assert Entry(entry.to_dict()) == entry
    assert Cleaned(json.dumps(cleaned.to_dict())) == cleaned


def test_a_dictionary_is_the_line_of_the_command(quay: str) -> None:
    made = dechaff.clean(quay).articles[0].to_dict()
    names = ["id", "title", "text", "blocks", "published", "source", "authors", "language", "url", "provenance"]
    assert list(made) == names
    assert made["provenance"]["range"] == list(dechaff.clean(quay).articles[0].provenance.range)


def test_a_cleaner_is_its_options(quay: str) -> None:
    rules = Rules.parse(PACK)
    cleaner = Cleaner(rules=[rules], strictness="strict", threads=2)
    other = pickle.loads(pickle.dumps(cleaner))
    assert other == cleaner and hash(other) == hash(cleaner)
    assert cleaner not in {Cleaner(), Cleaner(strictness="strict", threads=2)}
    text = quay + "\nBecome a friend of the reading room.\n"
    assert [entry.rule for entry in other.clean(text).ledger.of("donation")] == ["rule:reading-room.donation.friends"]


def test_what_stays_with_the_text_and_which_articles_are_wanted(page: str) -> None:
    caption = "The weir at dawn. Photo: Mirva Lindqvist"
    source = page.replace("</p>", f"</p><figure><img src=weir.jpg><figcaption>{caption}</figcaption></figure>", 1)
    assert caption not in dechaff.clean(source).articles[0].text
    keeper = Cleaner(keep=["captions"])
    cleaned = keeper.clean(source)
    assert caption in cleaned.articles[0].text
    assert [entry.is_kept for entry in cleaned.ledger.of("caption")] == [True]
    other = pickle.loads(pickle.dumps(Cleaner(keep=["captions"], lang=["de"], min_chars=9)))
    assert other == Cleaner(keep=["captions"], lang=["de"], min_chars=9) != keeper
    assert other.clean(source).articles == []
    assert {entry.rule for entry in other.clean(source).ledger.of("other")} >= {"detector:other-language"}
    with pytest.raises(ValueError, match='"notes"'):
        Cleaner(keep=["menus"])  # type: ignore[list-item]


def test_errors_are_ours_and_say_what_to_do() -> None:
    with pytest.raises(dechaff.RulePackError, match="rule a.nav.b: pattern"):
        Rules.parse('name = "a"\n[[rule]]\nid = "a.nav.b"\nkind = "nav"\nscope = "line"\npattern = "("\nwhy = ""\nhit = []\nspare = []\n')
    with pytest.raises(dechaff.RulePackError, match="no-such.toml"):
        Cleaner(rules=["no-such.toml"])
    with pytest.raises(dechaff.RulePackError, match="does not spare"):
        Cleaner(rules=[Rules.parse(PACK.replace("Two friends met", "Friend of the reading room"))])
    with pytest.raises(dechaff.ModelError, match="no-such.model"):
        Cleaner(model="no-such.model")
    with pytest.raises(dechaff.RecordError, match="dechaff.records") as caught:
        dechaff.clean(b'{"text": "The quay is open again."}')
    assert pickle.loads(pickle.dumps(caught.value)) == caught.value
    for error in (dechaff.RulePackError, dechaff.ModelError, dechaff.RecordError, dechaff.OutputError):
        assert issubclass(error, dechaff.DechaffError)


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(TypeError, match="not int"):
        dechaff.clean(7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='"html"'):
        dechaff.clean("", format="pdf")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='"balanced"'):
        Cleaner(strictness="lax")  # type: ignore[arg-type]
    untyped: Any = dechaff
    calls: list[tuple[Any, dict[str, Any], str]] = [
        (untyped.Cleaner, {"rules": "mine.toml"}, "give a list of paths and dechaff.Rules, not str"),
        (untyped.Cleaner, {"threads": "two"}, "give a whole number from 1 on, not str"),
        (untyped.Cleaner().clean_arrow, {"data": [], "keep": "id"}, "give a list of str, not str"),
        (untyped.run, {"paths": "dumps", "out": "out", "include": [7]}, "give a list of str and nothing else, not int"),
        (untyped.run, {"paths": 7, "out": "out"}, "give a path or a list of paths, not int"),
        (untyped.records, {"source": 7}, "give a path, not int"),
        (untyped.Record, {"data": dechaff.Record("A line.")}, "a record already"),
    ]
    for call, given, words in calls:
        with pytest.raises(TypeError, match=words):
            call(**given)
    with pytest.raises(ValueError, match="from 1 on, not 0"):
        Cleaner(threads=0)


def test_what_is_said_of_a_text_is_heeded_or_refused(quay: str, cafe: str) -> None:
    knowns: list[dict[str, Any]] = [{"url": "https://gazette.example/quay"}, {"format": "html"}, {"encoding": "utf-8"}]
    for known in knowns:
        with pytest.raises(TypeError, match="make a dechaff.Record"):
            dechaff.clean(dechaff.Record(quay), **known)
    with pytest.raises(TypeError, match="decoded already"):
        dechaff.clean(quay, encoding="utf-8")
    with pytest.raises(ValueError, match="'?utf-9'?.*decode the bytes"):
        dechaff.clean(quay.encode(), encoding="utf-9")
    for label in ("latin-1", "latin_1", "iso-8859-1", "cp1252"):
        assert dechaff.clean(cafe.encode("latin-1"), encoding=label).view == cafe
    chinese = "码头重新开放"
    assert dechaff.clean(chinese.encode("utf-16-le"), encoding="utf-16le").view == chinese


def test_bytes_of_a_mail_are_its_body(quay: str) -> None:
    mail = f"From: Ada <ada@quay.example>\nSubject: Old quay\nMessage-ID: <7@quay.example>\nMIME-Version: 1.0\n\n{quay}".encode()
    for cleaned in (dechaff.clean(mail), dechaff.clean(mail, format="mail"), dechaff.clean(next(dechaff.records(io.BytesIO(mail))))):  # type: ignore[arg-type]
        assert (cleaned.format, cleaned.view) == ("mail", quay)
        assert cleaned.articles[0].provenance.source_id == "7@quay.example"
    assert dechaff.clean(mail, format="text").view == mail.decode()
    with pytest.raises(dechaff.RecordError, match="an mbox.*dechaff.records"):
        dechaff.clean(b"From ada@quay.example Mon Jun 16 15:53:00 2031\n" + mail)


def test_half_of_a_pair_is_no_text() -> None:
    with pytest.raises(dechaff.RecordError, match="position 16: surrogates"):
        dechaff.clean("half of a pair: \ud800")


def test_a_model_is_read_anew_where_its_file_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "blocks.model"
    path.write_bytes((Path(__file__).parents[2] / "src" / "clean" / "model" / "blocks.model").read_bytes())
    cleaner = Cleaner(model=path)
    assert Cleaner(model=path) == cleaner
    path.write_bytes(b"no model")
    with pytest.raises(dechaff.ModelError, match="blocks.model"):
        Cleaner(model=path)


def test_what_a_record_knows_goes_into_its_article(quay: str) -> None:
    record = dechaff.Record(quay, url="https://gazette.example/quay", source="Gazette", id="page-7", dump="crawl")
    [article] = dechaff.clean(record).articles
    assert (article.url, article.source) == ("https://gazette.example/quay", "Gazette")
    assert (article.provenance.source_id, article.provenance.dump) == ("page-7", "crawl")
    assert dechaff.clean(quay, url="https://gazette.example/quay").articles[0].url == article.url
    assert pickle.loads(pickle.dumps(record)) == copy.deepcopy(record) == record


def test_an_article_says_what_its_paragraphs_are() -> None:
    line = "<p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the hall.</p>"
    page = f"<!DOCTYPE html><h1>Old quay reopens</h1>{line}<h2>What comes next</h2>{line.replace('quay', 'lock')}"
    article = dechaff.clean(page).articles[0]
    assert [block["type"] for block in article.blocks] == ["paragraph", "heading", "paragraph"]
    assert article.blocks == article.to_dict()["blocks"]
