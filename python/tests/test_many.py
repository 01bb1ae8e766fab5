"""Many records: threads, order, errors, generators, forks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

import dechaff
from dechaff import Cleaner


def texts(quay: str, count: int) -> list[str]:
    return [quay.replace("Monday", f"day {number}") for number in range(count)]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(quay: str, threads: int) -> None:
    cleaner, given = Cleaner(), texts(quay, 60)
    expected = [cleaner.clean(text) for text in given]
    assert list(cleaner.clean_many(given, threads=threads)) == expected
    unordered = cleaner.clean_many(given, threads=threads, ordered=False)
    assert sorted(cleaned.text for cleaned in unordered) == sorted(cleaned.text for cleaned in expected)


@pytest.mark.parametrize("threads", [1, 3])
def test_a_record_that_cannot_be_cleaned_is_raised_or_yielded(quay: str, threads: int) -> None:
    given: list[str | bytes] = [quay, b"\x00\x01\x02" * 9, quay]
    results = list(Cleaner().clean_many(given, threads=threads, errors="yield"))
    assert [type(result).__name__ for result in results] == ["Cleaned", "RecordError", "Cleaned"]
    many = Cleaner().clean_many(given, threads=threads)
    assert next(many).text
    with pytest.raises(dechaff.RecordError, match="binary"):
        next(many)


def test_a_source_of_any_length_is_taken_as_it_is_asked_for(quay: str) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield quay

    many = Cleaner().clean_many(endless(), threads=2)
    for _ in range(20):
        next(many)
    assert 20 <= taken <= 20 + 2 * 4


@pytest.mark.parametrize("threads", [1, 2])
def test_a_generator_may_wait_and_runs_in_the_thread_that_asks(quay: str, threads: int) -> None:
    seen = []

    def waiting() -> Iterator[str]:
        for _ in range(5):
            seen.append(threading.current_thread())
            threading.Event().wait(0.01)
            yield quay

    assert len(list(Cleaner().clean_many(waiting(), threads=threads))) == 5
    assert set(seen) == {threading.current_thread()}


def test_an_error_of_the_source_is_its_own(quay: str) -> None:
    def broken() -> Iterator[str]:
        yield quay
        raise LookupError("the queue is gone")

    for threads in (1, 2):
        many = Cleaner().clean_many(broken(), threads=threads)
        with pytest.raises(LookupError, match="queue"):
            list(many)
        assert list(many) == []


@pytest.mark.parametrize("ordered", [True, False])
def test_what_was_taken_before_the_source_failed_is_given_first(quay: str, ordered: bool) -> None:
    def broken() -> Iterator[object]:
        yield from texts(quay, 5)
        yield 7

    given = []
    with pytest.raises(TypeError, match="not int"):
        for cleaned in Cleaner().clean_many(broken(), threads=2, ordered=ordered):  # type: ignore[arg-type]
            given.append(cleaned)
    assert len(given) == 5


@pytest.mark.parametrize("threads", [1, 2])
def test_a_text_that_is_none_is_an_error_of_its_own(quay: str, threads: int) -> None:
    results = list(Cleaner().clean_many([quay, "half: \ud800", quay], threads=threads, errors="yield"))
    assert [type(result).__name__ for result in results] == ["Cleaned", "RecordError", "Cleaned"]


def test_what_is_not_given_back_yet_counts_as_in_memory(quay: str) -> None:
    """Behind a text that takes long stand three of 45 MB that take nothing: only two of them fit."""
    taken = []

    def source() -> Iterator[str]:
        for text in ["\n".join(texts(quay, 5_000)), *(["\n".join([" " * 15_000_000] * 3)] * 5)]:
            taken.append(len(text))
            yield text

    next(Cleaner().clean_many(source(), threads=2))
    assert len(taken) == 3


def test_threads_share_a_cleaner(quay: str) -> None:
    cleaner, given = Cleaner(), texts(quay, 40)
    expected = [cleaner.clean(text).text for text in given]
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [cleaner.clean(text).text for text in given]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [expected] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_it_works_after_a_fork(quay: str) -> None:
    script = """if True:
        import os, sys, dechaff
        from dechaff.samples import QUAY
        cleaner = dechaff.Cleaner()
        begun = cleaner.clean_many([QUAY] * 50, threads=2)
        next(begun)
        child = os.fork()
        if child == 0:
            assert len(list(cleaner.clean_many([QUAY] * 20, threads=2))) == 20
            assert dechaff.clean(QUAY).articles
            try:
                next(begun)
            except RuntimeError as error:
                assert "fork" in str(error)
                os._exit(0)
            os._exit(1)
        assert len(list(begun)) == 49
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True)


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
@pytest.mark.parametrize("work", ["dechaff.clean(text)", "list(dechaff.Cleaner().clean_many([text], threads=2))"])
def test_an_interrupt_ends_a_large_text(work: str) -> None:
    """The text takes seconds; that the interrupt comes before the result shows that stages look for it."""
    script = f"""if True:
        import os, signal, threading, dechaff
        # A job in the background of a shell begins with interrupts ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        dechaff.clean("")
        line = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings.\\n"
        text = "".join(line.replace("two", str(number)) for number in range(900_000))
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            {work}
        except KeyboardInterrupt:
            print("interrupted")
    """
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["interrupted"], done.stderr


def test_after_an_error_of_the_source_nothing_follows(quay: str) -> None:
    def source() -> Iterator[str]:
        yield from texts(quay, 20)
        raise LookupError

    results = Cleaner().clean_many(source(), threads=2, ordered=False)
    with pytest.raises(LookupError):
        list(results)
    assert list(results) == []
