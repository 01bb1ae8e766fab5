//! Articles: what is kept, and where it came from.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::json::{from_python, line, to_python};
use crate::span::Span;

/// A clean article.
///
/// It equals another with the same fields, can be pickled, and is made again from a line of ``articles.jsonl``.
///
/// >>> import dechaff
/// >>> from dechaff.samples import QUAY
/// >>> article = dechaff.clean(QUAY).articles[0]
/// >>> article.title
/// 'Old quay reopens after storm'
/// >>> article.published_at
/// datetime.date(2031, 6, 16)
/// >>> dechaff.Article(article.to_dict()) == article
/// True
#[pyclass(frozen, eq, hash, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Article(pub(crate) Arc<dechaff::Article>);

impl Hash for Article {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

#[pymethods]
impl Article {
    #[new]
    fn new(data: &Bound<PyAny>) -> PyResult<Self> {
        from_python(data).map(|article| Self(Arc::new(article)))
    }

    /// A hash of its normalised text: the same text has the same id in every run.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// The headline.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// The kept paragraphs, parted by empty lines, without the headline.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The authors, as printed.
    #[getter]
    fn authors(&self) -> Vec<String> {
        self.0.meta.authors.clone()
    }

    /// The publisher.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.0.meta.source.as_deref()
    }

    /// The language of the text, such as ``en``.
    #[getter]
    fn language(&self) -> Option<&str> {
        self.0.meta.language.as_deref()
    }

    /// The address.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// When it was published, in ISO 8601: to the day, the minute or the second.
    #[getter]
    fn published(&self) -> Option<&str> {
        self.0.meta.published.as_deref()
    }

    /// The same as :class:`datetime.date`, or as :class:`datetime.datetime` where the time is known, with a zone where that is stated.
    #[getter]
    fn published_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(published) = self.published() else { return Ok(None) };
        let class = if published.len() > 10 { "datetime" } else { "date" };
        // Python 3.10 does not read the Z.
        let published = published.replace('Z', "+00:00");
        let class = py.import("datetime")?.getattr(class)?;
        Ok(class.call_method1("fromisoformat", (published,)).ok())
    }

    /// The paragraphs with the places that they were taken from.
    #[getter]
    fn paragraphs(&self) -> Vec<Paragraph> {
        let texts = self.0.text.split("\n\n").filter(|text| !text.is_empty());
        let places = self.0.provenance.paragraphs.iter().cloned();
        texts.zip(places).map(|(text, spans)| Paragraph { text: text.into(), spans }).collect()
    }

    /// What the paragraphs are: headings, items of lists, tables, code, with their links, as in a line of ``articles.jsonl``.
    #[getter]
    fn blocks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.blocks)
    }

    /// Where it stands.
    #[getter]
    fn provenance(&self) -> Provenance {
        Provenance(Arc::new(self.0.provenance.clone()))
    }

    /// What was folded into it.
    #[getter]
    fn copies(&self) -> Vec<Copy> {
        self.0.provenance.copies.iter().cloned().map(Copy).collect()
    }

    /// Fields that its record brought along.
    #[getter]
    fn metadata<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.metadata)
    }

    /// The article as a line of ``articles.jsonl`` has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &*self.0)?.cast_into()?)
    }

    /// The line of ``articles.jsonl``, without its end.
    fn to_json(&self) -> PyResult<String> {
        line(&*self.0)
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((line(&*self.0)?,))
    }

    fn __repr__(&self) -> String {
        let title =
            self.0.title.as_deref().map_or_else(|| "None".into(), |title| format!("{title:?}"));
        format!("<Article {title}, {} words>", self.0.text.split_whitespace().count())
    }
}

/// A paragraph of an article, and the ranges that it was taken from: several where debris stood in its middle.
#[pyclass(frozen, eq, hash, module = "dechaff")]
#[derive(Debug, Clone, PartialEq, Hash)]
pub(crate) struct Paragraph {
    text: String,
    spans: Vec<dechaff::Span>,
}

#[pymethods]
impl Paragraph {
    #[new]
    #[pyo3(signature = (text, spans))]
    fn new(text: String, spans: Vec<Span>) -> Self {
        Self { text, spans: spans.into_iter().map(|span| span.0).collect() }
    }

    /// Its text, white space squeezed.
    #[getter]
    fn text(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    #[getter]
    fn spans(&self) -> Vec<Span> {
        self.spans.iter().copied().map(Span).collect()
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __getnewargs__(&self) -> (String, Vec<Span>) {
        (self.text.clone(), self.spans())
    }

    fn __repr__(&self) -> String {
        format!(
            "Paragraph({:?}, {:?})",
            self.text,
            self.spans().iter().map(|span| (span.0.start, span.0.end)).collect::<Vec<_>>()
        )
    }
}

/// Where an article stands. All ranges are bytes of the record's text in UTF-8.
#[pyclass(frozen, eq, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Provenance(Arc<dechaff::Provenance>);

#[pymethods]
impl Provenance {
    #[new]
    fn new(data: &Bound<PyAny>) -> PyResult<Self> {
        from_python(data).map(|provenance| Self(Arc::new(provenance)))
    }

    /// The dump; empty for a text that was given itself.
    #[getter]
    fn dump(&self) -> &str {
        &self.0.dump
    }

    /// The record of the dump; None for a dump that is one record.
    #[getter]
    fn record(&self) -> Option<&str> {
        self.0.record.as_deref()
    }

    /// The record's own id.
    #[getter]
    fn source_id(&self) -> Option<&str> {
        self.0.source_id.as_deref()
    }

    /// The address that the record was fetched from.
    #[getter]
    fn target(&self) -> Option<&str> {
        self.0.target.as_deref()
    }

    /// The article's position in the record, from 1.
    #[getter]
    fn article(&self) -> usize {
        self.0.article
    }

    /// From the first to the last byte that belongs to it.
    #[getter]
    fn range(&self) -> Span {
        Span(self.0.range)
    }

    /// Where the headline stands; None where the text holds none.
    #[getter]
    fn title(&self) -> Option<Span> {
        self.0.title.map(Span)
    }

    /// For each paragraph the ranges that it was taken from.
    #[getter]
    fn paragraphs(&self) -> Vec<Vec<Span>> {
        self.0.paragraphs.iter().map(|spans| spans.iter().copied().map(Span).collect()).collect()
    }

    /// It as ``articles.jsonl`` has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &*self.0)?.cast_into()?)
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((line(&*self.0)?,))
    }

    fn __repr__(&self) -> String {
        let dechaff::Provenance { dump, record, article, range, .. } = &*self.0;
        format!(
            "<Provenance dump={dump:?} record={record:?} article={article} range=({}, {})>",
            range.start, range.end
        )
    }
}

/// An article that was folded into another.
#[pyclass(frozen, eq, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Copy(dechaff::Copy);

#[pymethods]
impl Copy {
    #[new]
    fn new(data: &Bound<PyAny>) -> PyResult<Self> {
        from_python(data).map(Self)
    }

    /// The dump that it stands in.
    #[getter]
    fn dump(&self) -> &str {
        &self.0.dump
    }

    /// The record of the dump.
    #[getter]
    fn record(&self) -> Option<&str> {
        self.0.record.as_deref()
    }

    /// Its position in the record, from 1.
    #[getter]
    fn article(&self) -> usize {
        self.0.article
    }

    /// From its first to its last byte.
    #[getter]
    fn range(&self) -> Span {
        Span(self.0.range)
    }

    /// Its headline.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// How it relates to the most complete copy: ``exact``, ``near`` or ``contained``.
    #[getter]
    fn relation(&self) -> &'static str {
        relation(self.0.relation)
    }

    /// How similar it is to that one, 0 to 1.
    #[getter]
    fn similarity(&self) -> f64 {
        self.0.similarity
    }

    /// What of it stands nowhere in the article that it was folded into.
    #[getter]
    fn own(&self) -> Option<Vec<Span>> {
        self.0.own.as_ref().map(|own| own.iter().copied().map(Span).collect())
    }

    /// It as ``articles.jsonl`` has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &self.0)?.cast_into()?)
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((line(&self.0)?,))
    }

    fn __repr__(&self) -> String {
        format!(
            "<Copy of relation {:?} in dump={:?} record={:?}>",
            relation(self.0.relation),
            self.0.dump,
            self.0.record
        )
    }
}

/// How one article relates to another, as the command writes it.
pub(crate) fn relation(relation: dechaff::Relation) -> &'static str {
    match relation {
        dechaff::Relation::Exact => "exact",
        dechaff::Relation::Near => "near",
        dechaff::Relation::Contained => "contained",
    }
}
