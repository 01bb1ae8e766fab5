"""Raw dumps of scraped pages in, clean canonical articles out, with a ledger of every byte.

>>> import dechaff
>>> from dechaff.samples import QUAY
>>> cleaned = dechaff.clean(QUAY)
>>> cleaned.articles[0].title
'Old quay reopens after storm'
>>> dechaff.extract(QUAY) == cleaned.text
True
"""

# What collections.abc gives, and loaded already.
from _collections_abc import Sequence

from dechaff._dechaff import (
    ArrowStream,
    Article,
    Broken,
    Cleaned,
    Cleaner,
    CleanMany,
    Copies,
    Copy,
    Entry,
    Index,
    IndexMatch,
    Ledger,
    Paragraph,
    Provenance,
    Record,
    Records,
    Rules,
    Skipped,
    Span,
    Summary,
    __version__,
    clean,
    dedup,
    extract,
    records,
    run,
)
from dechaff.errors import DechaffError, ModelError, OutputError, RecordError, RulePackError

__all__ = [
    "ArrowStream",
    "Article",
    "Broken",
    "CleanMany",
    "Cleaned",
    "Cleaner",
    "Copies",
    "Copy",
    "DechaffError",
    "Entry",
    "Index",
    "IndexMatch",
    "Ledger",
    "ModelError",
    "OutputError",
    "Paragraph",
    "Provenance",
    "Record",
    "RecordError",
    "Records",
    "RulePackError",
    "Rules",
    "Skipped",
    "Span",
    "Summary",
    "__version__",
    "clean",
    "dedup",
    "extract",
    "records",
    "run",
]

Sequence.register(Ledger)
del Sequence
