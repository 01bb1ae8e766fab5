//! The account of a record, as a sequence.

use std::sync::Arc;

use dechaff::Kind;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySlice};

use crate::arguments::named;
use crate::arrow::rows::of_ledger;
use crate::arrow::stream::ArrowStream;
use crate::given::Source;
use crate::json::{from_python, line, to_python};
use crate::span::Span;

/// One stretch of a record with its verdict.
#[pyclass(frozen, eq, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry(dechaff::Entry);

#[pymethods]
impl Entry {
    #[new]
    fn new(data: &Bound<PyAny>) -> PyResult<Self> {
        from_python(data).map(Self)
    }

    /// Where it stands.
    #[getter]
    fn span(&self) -> Span {
        Span(self.0.span)
    }

    /// What it is: see README.md for the kinds.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind.name()
    }

    /// The article that it belongs to, from 1.
    #[getter]
    fn article(&self) -> Option<usize> {
        self.0.article
    }

    /// What decided, such as ``rule:en.share.buttons``, ``detector:card`` or ``model``.
    #[getter]
    fn rule(&self) -> Option<String> {
        self.0.rule.as_ref().map(ToString::to_string)
    }

    /// Whether it is in the text or title of an article.
    #[getter]
    fn is_kept(&self) -> bool {
        self.0.is_kept
    }

    /// It as ``ledger.jsonl`` has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &self.0)?.cast_into()?)
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((line(&self.0)?,))
    }

    fn __repr__(&self) -> String {
        let dechaff::Entry { span, kind, rule, .. } = &self.0;
        let rule = rule.as_ref().map_or_else(String::new, |rule| format!(" by {rule}"));
        format!("<Entry {}..{} {kind}{rule}>", span.start, span.end)
    }
}

/// What every byte of a record is: a sequence of :class:`Entry` without a gap or an overlap.
///
/// >>> import dechaff
/// >>> from dechaff.samples import QUAY
/// >>> ledger = dechaff.clean(QUAY).ledger
/// >>> ledger.bytes == len(QUAY.encode())
/// True
/// >>> [entry.span.of(QUAY) for entry in ledger.of("title")]
/// ['Old quay reopens after storm']
/// >>> sorted({entry.kind for entry in ledger.removed})
/// ['nav', 'share']
#[pyclass(frozen, eq, sequence, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    pub(crate) entries: Arc<dechaff::Ledger>,
    pub(crate) source: Option<Source>,
}

/// Without the record that it is of.
impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

#[pymethods]
impl Ledger {
    #[new]
    fn new(data: &Bound<PyAny>) -> PyResult<Self> {
        Ok(Self { entries: Arc::new(from_python(data)?), source: None })
    }

    /// Bytes accounted for: all of the record's text.
    #[getter]
    fn bytes(&self) -> usize {
        self.entries.bytes()
    }

    /// The entries of a kind, such as ``body`` or ``teaser``.
    fn of(&self, kind: &str) -> PyResult<Vec<Entry>> {
        let kinds = Kind::ALL.map(|kind| (kind.name(), kind));
        let kind = named("kind", kind, &kinds)?;
        Ok(self.filtered(|entry| entry.kind == kind))
    }

    /// The entries that are debris: neither kept, nor about an article, nor white space or markup.
    #[getter]
    fn removed(&self) -> Vec<Entry> {
        self.filtered(|entry| entry.kind.is_debris() && !entry.is_kept)
    }

    /// The entries within a span; those that reach over its ends are cut there.
    fn slice(&self, span: Span) -> Vec<Entry> {
        let within = |entry: &dechaff::Entry| {
            let (start, end) = (entry.span.start.max(span.0.start), entry.span.end.min(span.0.end));
            (start < end).then(|| {
                Entry(dechaff::Entry { span: dechaff::Span { start, end }, ..entry.clone() })
            })
        };
        self.entries.entries().iter().filter_map(within).collect()
    }

    /// A table with the columns ``start``, ``end``, ``kind``, ``article`` and ``rule``, for whatever reads Arrow.
    fn to_arrow(&self) -> PyResult<ArrowStream> {
        Ok(ArrowStream::of_batch(of_ledger(&self.entries)?))
    }

    /// The entries as ``ledger.jsonl`` has them.
    fn to_list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(to_python(py, &*self.entries)?.cast_into()?)
    }

    /// The number of entries equal to this one.
    fn count(&self, value: &Bound<PyAny>) -> usize {
        let Ok(entry) = value.cast::<Entry>() else { return 0 };
        self.entries.entries().iter().filter(|other| **other == entry.get().0).count()
    }

    /// The place of an entry, from ``start`` to before ``stop``.
    #[pyo3(signature = (value, start=0, stop=None))]
    fn index(&self, value: &Bound<PyAny>, start: isize, stop: Option<isize>) -> PyResult<usize> {
        let entries = self.entries.entries();
        let place = |place: isize| {
            let place = if place < 0 { place + entries.len() as isize } else { place };
            usize::try_from(place).unwrap_or(0).min(entries.len())
        };
        let within = place(start)..stop.map_or(entries.len(), place);
        let entry = value.cast::<Entry>().ok();
        let found = entry
            .and_then(|entry| within.into_iter().find(|&place| entries[place] == entry.get().0));
        found.ok_or_else(|| PyValueError::new_err("is not in this ledger"))
    }

    fn __contains__(&self, value: &Bound<PyAny>) -> bool {
        self.count(value) > 0
    }

    fn __len__(&self) -> usize {
        self.entries.entries().len()
    }

    fn __getitem__<'py>(
        &self,
        py: Python<'py>,
        key: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let entries = self.entries.entries();
        if let Ok(slice) = key.cast::<PySlice>() {
            let places = slice.indices(entries.len() as isize)?;
            let at = |nth: usize| (places.start + nth as isize * places.step) as usize;
            let part: Vec<Entry> =
                (0..places.slicelength).map(|nth| Entry(entries[at(nth)].clone())).collect();
            return part.into_bound_py_any(py);
        }
        let place: isize = key.extract()?;
        let place = if place < 0 { place + entries.len() as isize } else { place };
        let entry = usize::try_from(place).ok().and_then(|place| entries.get(place));
        let entry = entry.ok_or_else(|| PyIndexError::new_err("there are fewer entries"))?;
        Entry(entry.clone()).into_bound_py_any(py)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self.filtered(|_| true))?.try_iter()?.into_any())
    }

    fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let mut entries = self.filtered(|_| true);
        entries.reverse();
        Ok(PyList::new(py, entries)?.try_iter()?.into_any())
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((line(&*self.entries)?,))
    }

    fn __repr__(&self) -> String {
        format!("<Ledger of {} bytes, {} entries>", self.bytes(), self.__len__())
    }

    /// The text in a notebook, coloured by kind; what decided shows where the pointer rests.
    pub(crate) fn _repr_html_(&self) -> String {
        let Some(source) = &self.source else { return escaped(&self.__repr__()) };
        let mut html = String::from("<pre style=\"white-space:pre-wrap\">");
        for entry in self.entries.entries() {
            let text = escaped(
                source.record.view.get(entry.span.start..entry.span.end).unwrap_or_default(),
            );
            let rule = entry
                .rule
                .as_ref()
                .map_or_else(String::new, |rule| format!(" by {}", escaped(&rule.to_string())));
            let style = style_of(entry.kind);
            if style.is_empty() {
                html.push_str(&text);
            } else {
                html.push_str(&format!(
                    "<span style=\"{style}\" title=\"{}{rule}\">{text}</span>",
                    entry.kind
                ));
            }
        }
        html.push_str("</pre>");
        html
    }
}

impl Ledger {
    fn filtered(&self, is_wanted: impl Fn(&dechaff::Entry) -> bool) -> Vec<Entry> {
        self.entries.entries().iter().filter(|entry| is_wanted(entry)).cloned().map(Entry).collect()
    }
}

fn style_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => "font-weight:bold;background:#c8e6c9",
        kind if kind.is_kept() => "background:#e8f5e9",
        kind if kind.is_about() => "background:#e3f2fd",
        Kind::Blank => "",
        Kind::Markup => "color:#9e9e9e",
        Kind::Ad | Kind::Donation | Kind::Newsletter | Kind::Legal => "background:#ffe0b2",
        Kind::Teaser | Kind::Card | Kind::Related => "background:#f3e5f5",
        Kind::Repeated | Kind::Copy | Kind::Quote | Kind::Duptitle | Kind::Alt => {
            "background:#fff9c4"
        }
        _ => "background:#ffebee",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
