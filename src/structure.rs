//! How the text of an article is built: which of its paragraphs are headings, items of lists, rows of tables, lines of code, quotations.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A part of an article's text of one type. The blocks of an article stand in its order, and hold each of its paragraphs once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextBlock {
    /// What it is.
    #[serde(flatten)]
    pub role: BlockType,
    /// Which paragraphs of the text it holds, counted from 0; of an image none, at the place where it stands.
    #[serde(with = "pair")]
    pub paragraphs: Range<usize>,
    /// Lists that it stands in, one within the other: 1 for an item of the outermost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub depth: u32,
    /// Quotations that it stands in, one within the other.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub quoted: u32,
    /// Its links, emphasis, code and formulas within lines, by paragraph and start. Of a table they stand in its cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<InlineSpan>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum BlockType {
    /// Running text.
    Paragraph,
    /// A heading within the text.
    Heading {
        /// 1 to 6, as the page says; 2 where nothing does.
        level: u8,
    },
    /// An item of a list.
    ListItem {
        /// Its number in a list that counts; None in one that does not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
        /// Bytes of the mark that its text begins with, such as `- ` or `2. `; 0 where a page of HTML draws it.
        #[serde(default, skip_serializing_if = "is_zero")]
        mark: u32,
        /// Whether it begins another list right below one, in the same list around both.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        begins_list: bool,
    },
    /// Text that is quoted.
    Quotation,
    /// Code, its lines and their indentation to the letter. An empty line in it parts two paragraphs of the text.
    Code {
        /// The language, where the page names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
    },
    /// A table.
    Table {
        /// Its rows.
        rows: Vec<Vec<TableCell>>,
    },
    /// A term that is defined.
    Term,
    /// What a term means.
    Definition,
    /// Lines of verse, a paragraph each; those of a stanza are one block.
    Verse,
    /// A picture; only where pictures are kept. It holds no paragraph, and stands between those before and behind it.
    Image {
        /// What it shows, by its alternative text.
        alt: String,
        /// Its address, in full where the address of the page is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<String>,
    },
    /// What is said of a picture or a table.
    Caption,
    /// An editorial note about the text.
    Note,
    /// A reader's comment.
    Comment,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCell {
    /// Its text, white space squeezed.
    pub text: String,
    /// Where that stands in the record's view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Span>,
    /// Whether it heads a column or a row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_header: bool,
    /// Columns that it takes up.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub colspan: u32,
    /// Rows that it takes up.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rowspan: u32,
    /// Its links, emphasis, code and formulas; their ranges are bytes of its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<InlineSpan>,
}

/// A stretch of a paragraph or of a cell that is more than plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineSpan {
    /// What it is.
    #[serde(flatten)]
    pub role: InlineType,
    /// The paragraph of the text that it stands in, counted from 0; 0 in a cell.
    pub paragraph: usize,
    /// In bytes of the text of the paragraph or cell.
    pub range: Span,
}

/// What a stretch of a paragraph is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InlineType {
    /// A link.
    Link {
        /// Its address, in full where the address of the page is known.
        target: String,
    },
    /// Strong emphasis.
    Strong,
    /// Emphasis.
    Emphasis,
    /// Code.
    Code,
    /// The source of a formula in TeX.
    Formula,
}

impl BlockType {
    /// Its name in the output.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading { .. } => "heading",
            Self::ListItem { .. } => "list_item",
            Self::Quotation => "quotation",
            Self::Code { .. } => "code",
            Self::Table { .. } => "table",
            Self::Term => "term",
            Self::Definition => "definition",
            Self::Verse => "verse",
            Self::Image { .. } => "image",
            Self::Caption => "caption",
            Self::Note => "note",
            Self::Comment => "comment",
        }
    }
}

impl InlineType {
    /// Its name in the output.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Link { .. } => "link",
            Self::Strong => "strong",
            Self::Emphasis => "emphasis",
            Self::Code => "code",
            Self::Formula => "formula",
        }
    }
}

impl TextBlock {
    /// A block of these paragraphs that stands in no list and no quotation.
    #[must_use]
    pub fn new(role: BlockType, paragraphs: Range<usize>) -> Self {
        Self { role, paragraphs, depth: 0, quoted: 0, spans: Vec::new() }
    }

    /// Whether it is an item of a list.
    #[cfg(feature = "run")]
    pub(crate) fn is_item(&self) -> bool {
        matches!(self.role, BlockType::ListItem { .. })
    }

    /// Whether it is an item that begins another list right below one.
    #[cfg(feature = "run")]
    pub(crate) fn begins_list(&self) -> bool {
        matches!(self.role, BlockType::ListItem { begins_list: true, .. })
    }
}

/// The blocks of a text of which some paragraphs were cut: of each paragraph, in order, whether it is gone (None), or stands there still, as it
/// was (true) or shorter. A table that lost anything is no table any more, and a paragraph that was cut has no spans.
pub(crate) fn blocks_after_cuts(blocks: Vec<TextBlock>, left: &[Option<bool>]) -> Vec<TextBlock> {
    let mut places = Vec::with_capacity(left.len() + 1);
    let mut next = 0;
    for paragraph in left {
        places.push(next);
        next += usize::from(paragraph.is_some());
    }
    places.push(next);
    let moved = blocks.into_iter().filter_map(|mut block| {
        let Range { start, end } = block.paragraphs;
        let own = left.get(start..end)?;
        let is_whole = own.iter().all(|paragraph| *paragraph == Some(true));
        match &mut block.role {
            role @ BlockType::Table { .. } if !is_whole => *role = BlockType::Paragraph,
            BlockType::ListItem { mark, .. } if own.first() != Some(&Some(true)) => *mark = 0,
            _ => {}
        }
        block.spans.retain_mut(|span| {
            let stays = left[span.paragraph] == Some(true);
            span.paragraph = places[span.paragraph];
            stays
        });
        block.paragraphs = places[start]..places[end];
        let is_image = matches!(block.role, BlockType::Image { .. });
        (is_image || !block.paragraphs.is_empty()).then_some(block)
    });
    moved.collect()
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn one() -> u32 {
    1
}

fn is_one(number: &u32) -> bool {
    *number == 1
}

/// A range as an array of its two ends.
mod pair {
    use std::ops::Range;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        range: &Range<usize>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        (range.start, range.end).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Range<usize>, D::Error> {
        let (start, end) = Deserialize::deserialize(deserializer)?;
        Ok(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(paragraph: usize) -> InlineSpan {
        let target = "https://quay.example/".into();
        InlineSpan { role: InlineType::Link { target }, paragraph, range: Span::new(0, 4) }
    }

    #[test]
    fn a_block_is_an_object_with_its_type() {
        let block = TextBlock {
            depth: 2,
            spans: vec![link(3)],
            ..TextBlock::new(
                BlockType::ListItem { number: Some(4), mark: 0, begins_list: false },
                3..4,
            )
        };
        let line = serde_json::to_string(&block).unwrap();
        assert_eq!(
            line,
            r#"{"type":"list_item","number":4,"paragraphs":[3,4],"depth":2,"spans":[{"type":"link","target":"https://quay.example/","paragraph":3,"range":[0,4]}]}"#
        );
        assert_eq!(serde_json::from_str::<TextBlock>(&line).unwrap(), block);
        let cell =
            TableCell { text: "Port".into(), colspan: 2, rowspan: 1, ..TableCell::default() };
        let table = TextBlock::new(BlockType::Table { rows: vec![vec![cell]] }, 0..1);
        let line = serde_json::to_string(&table).unwrap();
        assert_eq!(
            line,
            r#"{"type":"table","rows":[[{"text":"Port","colspan":2}]],"paragraphs":[0,1]}"#
        );
        assert_eq!(serde_json::from_str::<TextBlock>(&line).unwrap(), table);
    }

    #[test]
    fn what_is_cut_goes_from_the_blocks_too() {
        let blocks = vec![
            TextBlock::new(BlockType::Heading { level: 2 }, 0..1),
            TextBlock { spans: vec![link(1), link(2)], ..TextBlock::new(BlockType::Verse, 1..3) },
            TextBlock::new(BlockType::Table { rows: Vec::new() }, 3..5),
            TextBlock::new(BlockType::ListItem { number: None, mark: 2, begins_list: true }, 5..6),
        ];
        let left = [None, Some(true), Some(false), None, Some(true), Some(false)];
        let after = blocks_after_cuts(blocks, &left);
        assert_eq!(
            after,
            [
                TextBlock { spans: vec![link(0)], ..TextBlock::new(BlockType::Verse, 0..2) },
                TextBlock::new(BlockType::Paragraph, 2..3),
                TextBlock::new(
                    BlockType::ListItem { number: None, mark: 0, begins_list: true },
                    3..4
                ),
            ]
        );
    }
}
