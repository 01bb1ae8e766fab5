//! What the elements of a page of HTML say of the build of its text.

use oxiri::IriRef;

use crate::article::Article;
use crate::html::Rendered;
use crate::html::shown::outline::Mark;
use crate::html::shown::picture::Picture;
use crate::html::shown::roles::DataTables;
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

    /// The list that an item stands in; 0 for none.
    pub(crate) fn list_of(&self, item: u32) -> u32 {
        self.rendered.list_of(item)
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

    pub(crate) fn pictures(&self) -> &[Picture] {
        &self.rendered.outline.pictures
    }

    /// What a paragraph where a picture stands would be.
    pub(crate) fn role_at(&self, picture: &Picture) -> Role {
        self.rendered.role_of(picture.element, &self.tables)
    }

    pub(crate) fn is_figure(&self, picture: &Picture) -> bool {
        self.rendered.is_in_figure(picture.element)
    }

    pub(crate) fn is_beside_text(&self, picture: &Picture) -> bool {
        self.rendered.is_beside_text(picture.element)
    }
}

/// Completes the targets of an article's links and pictures by the address that they are relative to, which may be relative itself.
pub(crate) fn resolve_links(article: &mut Article, base: &str) {
    let Ok(base) = IriRef::parse(base) else { return };
    let complete = |target: &mut String| {
        if let Ok(relative) = IriRef::parse(target.as_str())
            && let Ok(full) = base.resolve(&relative)
        {
            *target = full.into_inner();
        }
    };
    let complete_link = |span: &mut InlineSpan| {
        if let InlineType::Link { target } = &mut span.role {
            complete(target);
        }
    };
    for block in &mut article.blocks {
        block.spans.iter_mut().for_each(complete_link);
        match &mut block.role {
            BlockType::Table { rows } => {
                rows.iter_mut().flatten().flat_map(|cell| &mut cell.spans).for_each(complete_link);
            }
            BlockType::Image { target: Some(target), .. } => complete(target),
            _ => {}
        }
    }
}
