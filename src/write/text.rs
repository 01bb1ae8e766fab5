//! An article as a page of plain text.

use crate::article::Article;
use crate::structure::{BlockType, TableCell, TextBlock};

/// Headline and text, parted by an empty line. Items of a list, lines of verse and rows of a table follow each other line by line.
pub(super) fn page(article: &Article) -> String {
    let title = article.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let mut page = title.map(|title| title + "\n\n").unwrap_or_default();
    if article.blocks.is_empty() {
        return page + &article.text + "\n";
    }
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    let mut last: Option<&TextBlock> = None;
    let is_image = |block: &&TextBlock| matches!(block.role, BlockType::Image { .. });
    for block in article.blocks.iter().filter(|block| !is_image(block)) {
        if let Some(last) = last {
            let is_of_list = last.is_item() && block.is_item() && !block.begins_list();
            page.push_str(if is_of_list { "\n" } else { "\n\n" });
        }
        let own = paragraphs.get(block.paragraphs.clone()).unwrap_or_default();
        let indent = "  ".repeat((block.depth as usize).saturating_sub(1));
        match &block.role {
            BlockType::ListItem { number, mark, .. } => {
                let drawn = number.map_or_else(|| "- ".into(), |number| format!("{number}. "));
                let drawn = if *mark > 0 { "" } else { &*drawn };
                page.extend([&indent, drawn, &own.join("\n")]);
            }
            BlockType::Table { rows } if !rows.is_empty() => {
                let line = |row: &Vec<TableCell>| {
                    let cells = row.iter().map(|cell| &*cell.text);
                    cells.collect::<Vec<_>>().join("\t")
                };
                page.push_str(&rows.iter().map(line).collect::<Vec<_>>().join("\n"));
            }
            BlockType::Verse => page.push_str(&own.join("\n")),
            _ => page.push_str(&own.join("\n\n")),
        }
        last = Some(block);
    }
    page + "\n"
}

/// A headline without breaks and control characters, which those of containers can hold.
pub(super) fn one_line(title: &str) -> String {
    let words: Vec<&str> = title
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
