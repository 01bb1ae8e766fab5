//! Text with marks of other kinds than Markdown (reStructuredText, AsciiDoc, Org), written out as Markdown.

mod asciidoc;
mod inline;
mod kind;
mod lines;
mod org;
mod restructured;
mod rows;
mod sheet;
