//! The blocks of an article as Markdown.

use crate::article::Article;
use crate::structure::{BlockType, InlineSpan, TextBlock};
use crate::write::markdown::inline::{Place, inline, longest_run, picture};
use crate::write::markdown::table::table;

/// The largest number that an item may have.
const MOST: u32 = 999_999_999;

/// Writes the text of an article, each block below an empty line but the items of a list.
pub(super) fn body(article: &Article, out: &mut String) {
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    if article.blocks.is_empty() {
        // As it was written before there were blocks.
        for paragraph in paragraphs {
            out.push('\n');
            inline(paragraph, &[], Place::Line, out);
            out.push('\n');
        }
        return;
    }
    let mut body = Body { paragraphs: &paragraphs, out, lists: Vec::new(), last: None };
    article.blocks.iter().for_each(|block| body.block(block));
}

struct Body<'a> {
    paragraphs: &'a [&'a str],
    out: &'a mut String,
    /// The lists that are open, from the outermost.
    lists: Vec<List>,
    last: Option<&'a TextBlock>,
}

/// A list that is open.
#[derive(Debug, Clone, Copy)]
struct List {
    /// Columns that its items stand in.
    width: usize,
    /// The number of its last item.
    number: Option<u32>,
    /// The sign before its items, or behind their numbers: a list that follows another has the other one.
    sign: char,
    /// Quotations that it stands in.
    quoted: u32,
}

impl<'a> Body<'a> {
    fn block(&mut self, block: &'a TextBlock) {
        let Some(paragraphs) = self.paragraphs.get(block.paragraphs.clone()) else { return };
        while self.lists.last().is_some_and(|list| list.quoted > block.quoted) {
            self.lists.pop();
        }
        let depth = (block.depth as usize).min(self.lists.len() + 1);
        let mark = match block.role {
            BlockType::ListItem { number, begins_list, .. } => {
                let number = number.map(|n| n.min(MOST));
                self.item(depth.max(1), number, begins_list, block.quoted)
            }
            _ => {
                self.lists.truncate(depth);
                String::new()
            }
        };
        let prefix = self.prefix(self.lists.len(), block.quoted);
        let first = match block.role {
            BlockType::ListItem { .. } => self.prefix(self.lists.len() - 1, block.quoted) + &mark,
            _ => prefix.clone(),
        };
        self.part(block, paragraphs.len());
        for (at, line) in self.lines(block, paragraphs).iter().enumerate() {
            let prefix = if at == 0 { &first } else { &prefix };
            self.out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.last = Some(block);
    }

    /// What lines begin with that stand in so many of the open lists, and in so many quotations.
    fn prefix(&self, lists: usize, quoted: u32) -> String {
        let (mut prefix, mut signs) = (String::new(), 0);
        for list in &self.lists[..lists] {
            prefix.push_str(&"> ".repeat(list.quoted.saturating_sub(signs) as usize));
            prefix.extend(std::iter::repeat_n(' ', list.width));
            signs = signs.max(list.quoted);
        }
        prefix + &"> ".repeat(quoted.saturating_sub(signs) as usize)
    }

    /// Opens or goes on with the list of an item; gives its mark.
    fn item(
        &mut self,
        depth: usize,
        number: Option<u32>,
        begins_list: bool,
        quoted: u32,
    ) -> String {
        let follows = self.lists.len() >= depth
            || self.last.is_some_and(|last| matches!(last.role, BlockType::ListItem { .. }));
        let open = self.lists.get(depth - 1).copied().filter(|_| follows);
        self.lists.truncate(depth - 1);
        let signs = if number.is_some() { ['.', ')'] } else { ['-', '*'] };
        let sign = match open.filter(|open| open.number.is_some() == number.is_some()) {
            Some(open) => {
                let follows = open.number.map(|before| before + 1) == number;
                let is_other = begins_list || !follows && number.is_some();
                if (open.sign == signs[0]) == is_other { signs[1] } else { signs[0] }
            }
            None => signs[0],
        };
        let mark = number.map_or_else(|| format!("{sign} "), |number| format!("{number}{sign} "));
        self.lists.push(List { width: mark.len(), number, sign, quoted });
        mark
    }

    /// Parts a block from the one before it: items of one paragraph follow each other line by line, and what is quoted together stays so.
    fn part(&mut self, block: &TextBlock, paragraphs: usize) {
        let Some(last) = self.last else { return self.out.push('\n') };
        let is_quotation = |block: &TextBlock| block.role == BlockType::Quotation;
        let is_of_list = last.is_item() && block.is_item() && !block.begins_list();
        let is_tight = is_of_list && last.quoted == block.quoted;
        if is_tight && paragraphs == 1 && last.paragraphs.len() == 1 {
            return;
        }
        let outermost = self.lists.first().map_or(u32::MAX, |list| list.quoted);
        let together = last.quoted.min(block.quoted).min(outermost);
        if together > 0 && !(is_quotation(last) && is_quotation(block)) {
            self.out.extend(std::iter::repeat_n('>', together as usize));
        }
        self.out.push('\n');
    }

    fn lines(&self, block: &TextBlock, paragraphs: &[&str]) -> Vec<String> {
        match &block.role {
            BlockType::Heading { level } => {
                let mark = "#".repeat(usize::from(*level).clamp(1, 6));
                self.each(block, paragraphs, |_, line| format!("{mark} {line}"))
            }
            BlockType::Code { language } => code(language.as_deref().unwrap_or(""), paragraphs),
            BlockType::Table { rows } if !rows.is_empty() => table(rows),
            BlockType::Image { alt, target } => vec![picture(alt, target.as_deref())],
            BlockType::Verse => {
                let last = paragraphs.len().saturating_sub(1);
                let lines = self.each(block, paragraphs, |at, line| {
                    format!("{line}{}", if at < last { "\\" } else { "" })
                });
                lines.into_iter().filter(|line| !line.is_empty()).collect()
            }
            BlockType::Term => self.each(block, paragraphs, |_, line| format!("**{line}**")),
            _ => self.each(block, paragraphs, |_, line| line),
        }
    }

    /// The paragraphs of a block, an empty line between each and the next.
    fn each(
        &self,
        block: &TextBlock,
        paragraphs: &[&str],
        write: impl Fn(usize, String) -> String,
    ) -> Vec<String> {
        let mut lines = Vec::with_capacity(2 * paragraphs.len());
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let number = block.paragraphs.start + at;
            let from = block.spans.partition_point(|span| span.paragraph < number);
            let own = block.spans[from..].iter().take_while(|span| span.paragraph == number);
            let spans: Vec<&InlineSpan> =
                if block.role == BlockType::Term { Vec::new() } else { own.collect() };
            let paragraph = match block.role {
                BlockType::ListItem { mark, .. } if at == 0 => {
                    paragraph.get(mark as usize..).unwrap_or(paragraph)
                }
                _ => paragraph,
            };
            let below = block.role == BlockType::Verse && at > 0;
            let mut line = String::with_capacity(paragraph.len() + 16);
            inline(paragraph, &spans, if below { Place::Below } else { Place::Line }, &mut line);
            if at > 0 {
                lines.push(String::new());
            }
            lines.push(write(at, line));
        }
        lines
    }
}

/// Code between fences that are longer than any within.
fn code(language: &str, paragraphs: &[&str]) -> Vec<String> {
    let longest = paragraphs.iter().map(|code| longest_run(code, '`')).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let mut lines = vec![format!("{fence}{language}")];
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.extend(paragraph.split('\n').map(str::to_owned));
    }
    lines.push(fence);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Markdown of a text whose blocks are these, each a type, its paragraphs, and the lists and quotations around it.
    fn body_of(blocks: &[(BlockType, &[&str], u32, u32)]) -> String {
        let mut article: Article = serde_json::from_str(
            r#"{"id": "", "title": null, "text": "", "published": null, "source": null, "authors": [], "language": null, "url": null,
                "provenance": {"dump": "", "record": null, "article": 1, "range": [0, 0], "title": null, "paragraphs": [], "copies": []}}"#,
        )
        .unwrap();
        let mut texts: Vec<&str> = Vec::new();
        for (role, paragraphs, depth, quoted) in blocks {
            let start = texts.len();
            texts.extend(*paragraphs);
            let block = TextBlock::new(role.clone(), start..texts.len());
            article.blocks.push(TextBlock { depth: *depth, quoted: *quoted, ..block });
        }
        article.text = texts.join("\n\n");
        let mut out = String::new();
        body(&article, &mut out);
        out
    }

    #[test]
    fn lists_are_nested_and_a_new_one_is_no_part_of_the_old() {
        let item = |number| BlockType::ListItem { number, mark: 0, begins_list: false };
        let code = BlockType::Code { language: Some("sh".into()) };
        assert_eq!(
            body_of(&[
                (item(Some(9)), &["Cast off"], 1, 0),
                (item(Some(10)), &["Set sail", "when the tide turns"], 1, 0),
                (item(None), &["the main"], 2, 0),
                (code, &["tide --now"], 1, 0),
                (item(Some(1)), &["Anchor"], 1, 0),
                (BlockType::Paragraph, &["1. of May"], 0, 0),
            ]),
            "\n9. Cast off\n\n10. Set sail\n\n    when the tide turns\n\n    - the main\n\n    ```sh\n    tide --now\n    ```\n\n1) Anchor\n\n1\\. of May\n"
        );
    }

    #[test]
    fn lists_below_each_other_have_other_signs() {
        let item = |number, begins_list| BlockType::ListItem { number, mark: 0, begins_list };
        assert_eq!(
            body_of(&[
                (item(None, false), &["Bread"], 1, 0),
                (item(None, false), &["Salt"], 1, 0),
                (item(None, true), &["Rope"], 1, 0),
                (item(None, false), &["Tar"], 1, 0),
                (item(None, true), &["Maps"], 1, 0),
                (item(Some(1), true), &["Cast off"], 1, 0),
                (item(Some(2), true), &["Set sail"], 1, 0),
            ]),
            "\n- Bread\n- Salt\n\n* Rope\n* Tar\n\n- Maps\n\n1. Cast off\n\n2) Set sail\n"
        );
    }

    #[test]
    fn code_quotations_and_verse_keep_their_lines() {
        let code = BlockType::Code { language: None };
        assert_eq!(
            body_of(&[
                (code, &["if x:\n    ```", "y"], 0, 0),
                (BlockType::Quotation, &["One", "Two"], 0, 1),
                (BlockType::Quotation, &["Three"], 0, 1),
                (BlockType::Heading { level: 3 }, &["# Four"], 0, 1),
                (BlockType::Verse, &["The tide", "== the tide", "- the tide"], 0, 0),
                (BlockType::Term, &["Quay"], 0, 0),
            ]),
            "\n````\nif x:\n    ```\n\ny\n````\n\n> One\n>\n> Two\n\n> Three\n>\n> ### \\# Four\n\nThe tide\\\n\\== the tide\\\n\\- the tide\n\n**Quay**\n"
        );
    }
}
