"""The job: ``spark-submit … -m dechaff.spark`` or ``python -m dechaff.spark --input … --output …``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from dechaff import Cleaner, DechaffError
from dechaff._spread import publishing
from dechaff.spark import clean_dumps, deduplicate, publish
from dechaff.spark._tables import remove, said


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dechaff.spark", description="Cleans dumps on Spark: articles and ledger as Parquet, with the bytes of `dechaff clean`.")
    parser.add_argument("--input", nargs="+", required=True, metavar="PATH", help="files and folders that every worker sees")
    parser.add_argument("--output", required=True, metavar="OUT", help="the folder, or its address, to write to: articles, ledger, failures; and cleaned, which may go")
    parser.add_argument("--force", action="store_true", help="replaces what an earlier job wrote to OUT")
    parser.add_argument("--include", action="append", default=[], metavar="GLOB")
    parser.add_argument("--exclude", action="append", default=[], metavar="GLOB")
    parser.add_argument("--text-field", metavar="NAME")
    parser.add_argument("--pass-fields", default="", metavar="NAMES", help="names with commas between them, or all")
    parser.add_argument("--rules", action="append", default=[], metavar="FILE|none")
    parser.add_argument("--model", default="builtin", metavar="FILE|none")
    parser.add_argument("--strictness", default="balanced", choices=["keep", "balanced", "strict"])
    parser.add_argument("--keep", default="", metavar="KINDS", help="captions, notes, comments, images, with commas between them")
    parser.add_argument("--lang", default="", metavar="CODES", help="with commas between them")
    parser.add_argument("--min-chars", type=int, default=0, metavar="N")
    parser.add_argument("--loss", type=float, default=0.10, metavar="SHARE")
    parser.add_argument("--prefer", action="append", default=[], metavar="SOURCE")
    parser.add_argument("--repeated", type=int, default=4, metavar="N")
    parser.add_argument("--paragraphs", default="keep", choices=["keep", "mark", "drop"])
    parser.add_argument("--spans", default="keep", choices=["keep", "mark", "drop"])
    parser.add_argument("--keep-duplicates", action="store_true")
    parser.add_argument("--merge-own", action="store_true")
    return parser


def listed(names: str) -> list[Any]:
    """Names that stand with commas between them."""
    return [name for name in names.split(",") if name]


def job(options: argparse.Namespace) -> str:
    """Runs, and says what was written."""
    out, is_address = options.output, "://" in options.output
    if not is_address and Path(out).exists() and any(Path(out).iterdir()) and not options.force:
        raise DechaffError(f"{out} holds files already: give another folder, or --force")
    told = {name: getattr(options, name) for name in ("repeated", "keep_duplicates", "merge_own", "paragraphs", "spans", "loss")}
    publishing.Options(**told)
    rules = [path for path in options.rules if path != "none"]
    cleaner = Cleaner(
        rules=rules,
        builtin_rules="none" not in options.rules,
        model=options.model,
        strictness=options.strictness,
        keep=listed(options.keep),
        lang=listed(options.lang),
        min_chars=options.min_chars,
    )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("dechaff").getOrCreate()

    def stored(name: str) -> str:
        return f"{out.rstrip('/')}/{name}" if is_address else (Path(out) / name).absolute().as_uri()

    remove(spark, stored("work"))
    found = clean_dumps(
        spark,
        options.input,
        cleaner=cleaner,
        include=options.include,
        exclude=options.exclude,
        text_field=options.text_field,
        pass_fields=listed(options.pass_fields),
        out=None if is_address else out,
    )
    found.write.mode("overwrite").parquet(stored("cleaned"))
    cleaned = spark.read.parquet(stored("cleaned"))
    clusters = deduplicate(cleaned, loss=options.loss, prefer=options.prefer, scratch=stored("work"))
    articles, ledger = publish(
        cleaned,
        clusters,
        scratch=stored("work"),
        **told,
    )
    articles.write.mode("overwrite").parquet(stored("articles"))
    ledger.write.mode("overwrite").parquet(stored("ledger"))
    failures = cleaned.filter("error is not null or skipped is not null").select("dump", "record", "error", "skipped")
    failures.write.mode("overwrite").parquet(stored("failures"))
    counts = [spark.read.parquet(stored(name)).count() for name in ("ledger", "articles")]
    failed = failures.filter("error is not null").count()
    copies = clusters.filter("relation != 'alike'").count()
    remove(spark, stored("work"))
    return f"{counts[0]} records, {counts[1]} articles, {copies} copies, {failed} failures"


def main() -> int:
    options = arguments().parse_args()
    try:
        print(job(options))
    except PySparkException as error:
        print(f"error: {said(error)}", file=sys.stderr)
        return 1
    except (DechaffError, KeyError, TypeError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    finally:
        if session := SparkSession.getActiveSession():
            session.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
