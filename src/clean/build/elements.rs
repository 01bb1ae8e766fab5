//! What the elements of a page of HTML say of the build of its text.

use oxiri::IriRef;

use crate::article::Article;
use crate::html::Rendered;
use crate::html::outline::Mark;
use crate::html::roles::DataTables;
use crate::page::{CellPlace, Page, Role};
use crate::span::Span;
use crate::structure::{BlockType, InlineSpan, InlineType};

/// What the elements of a page say of its blocks.
#[derive(Debug)]
pub(crate) struct Elements<'a> {
    pub(crate) roles: Vec<Role>,
    tables: DataTables,
    rendered: &'a Rendered,
}

impl<'a> Elements<'a> {
    /// Of a page that was read from this text.
    pub(crate) fn of(page: &Page, rendered: &'a Rendered) -> Self {
        let tables = rendered.data_tables();
        Self { roles: rendered.roles(page, &tables), tables, rendered }
    }

    pub(crate) fn verbatim(&self, line: Span) -> String {
        self.rendered.verbatim(line)
    }

    pub(crate) fn language(&self, unit: u32) -> Option<String> {
        self.rendered.language_of(unit).map(str::to_owned)
    }

    pub(crate) fn rows(&self, unit: u32) -> &[Vec<CellPlace>] {
        self.tables.get(unit).map_or(&[], |table| &table.rows)
    }

    pub(crate) fn marks(&self) -> &[Mark] {
        &self.rendered.outline.marks
    }
}

/// Completes the targets of an article's links by the address that they are relative to, which may be relative itself.
pub(crate) fn resolve_links(article: &mut Article, base: &str) {
    let Ok(base) = IriRef::parse(base) else { return };
    let complete = |span: &mut InlineSpan| {
        if let InlineType::Link { target } = &mut span.role
            && let Ok(relative) = IriRef::parse(target.as_str())
            && let Ok(full) = base.resolve(&relative)
        {
            *target = full.into_inner();
        }
    };
    for block in &mut article.blocks {
        block.spans.iter_mut().for_each(complete);
        if let BlockType::Table { rows } = &mut block.role {
            rows.iter_mut().flatten().flat_map(|cell| &mut cell.spans).for_each(complete);
        }
    }
}
