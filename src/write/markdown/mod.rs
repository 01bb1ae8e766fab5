//! An article as a page of [CommonMark](https://spec.commonmark.org/0.31.2/) with the tables of GitHub: metadata and provenance in front, then
//! headline and text.

mod body;
mod front;
mod inline;
mod table;

pub(crate) use crate::write::markdown::front::page;
