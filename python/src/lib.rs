//! The Python package: what the library offers, in Python's own terms. What is here converts and waits; nothing is decided here.

mod arguments;
mod arrow;
mod article;
mod attend;
mod cleaned;
mod cleaner;
mod dedup;
mod errors;
mod first;
mod given;
mod index;
mod json;
mod ledger;
mod locked;
mod many;
mod record;
mod records;
mod rules;
mod run;
mod span;
mod steps;

#[pyo3::pymodule(gil_used = false)]
mod _dechaff {
    #[pymodule_export]
    use crate::{
        arrow::stream::ArrowStream,
        article::{Article, Copy, Paragraph, Provenance},
        cleaned::Cleaned,
        cleaner::Cleaner,
        dedup::{Copies, dedup},
        first::{clean, extract},
        index::{Index, IndexMatch},
        ledger::{Entry, Ledger},
        many::CleanMany,
        record::{Broken, Record, Skipped},
        records::{Records, records},
        rules::Rules,
        run::{Summary, run},
        span::Span,
        steps::{_clean_dumps, _clean_rows, _columns, _members, _step, _walk},
    };

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python's packages give it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    const _ROUNDS: usize = dechaff::publishing::ROUNDS;
}
