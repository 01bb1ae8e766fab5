//! Lists of strings in the data of scripts: the paragraphs of a story, one string or object each, `[{"type":"p","text":"…"}, …]`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::html::stated_text::strings::string_end;

/// Arrays and objects that are open at a time; what is nested deeper belongs to no list.
const DEEPEST: usize = 64;
/// Strings and objects of a script that are looked at.
const MOST: usize = 50_000;
/// Keys of an object that is a card of another story, or a link.
const CARDS: [&str; 6] = ["url", "href", "slug", "link", "permalink", "path"];
/// Cards that a list holds, at least, before each object in it is one.
const SEVERAL: u32 = 2;

/// A string of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::html) struct ListedString {
    /// Where it stands in the script, without its quotes.
    pub(in crate::html) place: Range<usize>,
    /// Whether it goes on with the line of the one before it.
    pub(in crate::html) goes_on: bool,
}

/// An array or object that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    is_array: bool,
    /// What leads to it from the outermost array; 0 where none is open.
    path: u64,
    /// The number of the innermost array.
    array: usize,
    /// Arrays around it.
    arrays: usize,
    /// The innermost element of an array around it, or itself.
    element: usize,
}

/// An object that is an element of an array.
#[derive(Debug, Default)]
struct Element {
    /// The one that its array stands in; the first stands in itself.
    around: usize,
    array: usize,
    is_card: bool,
}

/// A string on its way to a list.
#[derive(Debug)]
struct Found {
    place: Range<usize>,
    list: u64,
    array: usize,
    is_nested: bool,
    element: usize,
}

/// What was read of a script.
#[derive(Debug)]
struct Reading<'s> {
    script: &'s str,
    open: Vec<Open>,
    /// What is open beyond the deepest.
    too_deep: usize,
    found: Vec<Found>,
    elements: Vec<Element>,
    /// Cards in each array.
    cards: Vec<u32>,
    /// The last string or name, and whether it is a string: a colon makes it a key.
    last: Option<(Range<usize>, bool)>,
    key: u64,
}

/// The strings of a script that stand in arrays, as lists of those that the same keys lead to from the outermost array on; those of cards are left
/// out.
pub(in crate::html) fn lists_in(script: &str) -> Vec<Vec<ListedString>> {
    let mut reading = Reading {
        script,
        open: Vec::new(),
        too_deep: 0,
        found: Vec::new(),
        elements: vec![Element::default()],
        cards: vec![0],
        last: None,
        key: 0,
    };
    let bytes = script.as_bytes();
    let mut at = 0;
    while at < bytes.len() && reading.found.len() + reading.elements.len() < MOST {
        let start = at;
        at += 1;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        match bytes[start] {
            b'"' => {
                let Some(end) = string_end(script, at) else { break };
                reading.last = Some((at..end, true));
                at = end + 1;
            }
            b':' => reading.name_value(),
            byte @ (b'[' | b'{') => reading.begin(byte == b'['),
            b']' | b'}' => reading.end(),
            b',' | b';' => reading.end_value(),
            byte if is_name(&byte) => {
                at += bytes[at..].iter().take_while(|byte| is_name(byte)).count();
                reading.last = Some((start..at, false));
            }
            _ => {}
        }
    }
    reading.lists()
}

impl Reading<'_> {
    /// A colon: what stood before it is a key.
    fn name_value(&mut self) {
        let Some((name, _)) = self.last.take() else { return };
        let name = &self.script[name];
        self.key = hash_of(name);
        if let [.., around, object] = &self.open[..]
            && around.is_array
            && !object.is_array
            && CARDS.contains(&name)
        {
            let element = &mut self.elements[object.element];
            self.cards[element.array] += u32::from(!element.is_card);
            element.is_card = true;
        }
    }

    fn begin(&mut self, is_array: bool) {
        self.last = None;
        if self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let root = Open { is_array: false, path: 0, array: 0, arrays: 0, element: 0 };
        let outer = self.open.last().copied().unwrap_or(root);
        let path = match outer.path {
            0 if is_array => step(1, self.cards.len() as u64),
            0 => 0,
            path if outer.is_array => step(path, u64::from(is_array)),
            path => step(step(path, self.key), u64::from(is_array)),
        };
        let mut own = Open { is_array, path, ..outer };
        if is_array {
            own.array = self.cards.len();
            own.arrays += 1;
            self.cards.push(0);
        } else if outer.is_array {
            let element = Element { around: outer.element, array: outer.array, is_card: false };
            own.element = self.elements.len();
            self.elements.push(element);
        }
        self.open.push(own);
    }

    fn end(&mut self) {
        self.end_value();
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else {
            self.open.pop();
        }
    }

    fn end_value(&mut self) {
        let Some((place, true)) = self.last.take() else { return };
        let Some(inner) = self.open.last().filter(|open| open.path != 0) else { return };
        if self.too_deep == 0 {
            let list = step(inner.path, if inner.is_array { 0 } else { self.key });
            let &Open { array, arrays, element, .. } = inner;
            self.found.push(Found { place, list, array, is_nested: arrays > 1, element });
        }
    }

    /// The strings by their lists, in the order of their beginnings.
    fn lists(self) -> Vec<Vec<ListedString>> {
        let mut is_of_card = vec![false; self.elements.len()];
        for (at, element) in self.elements.iter().enumerate() {
            let is_card = element.is_card && self.cards[element.array] >= SEVERAL;
            is_of_card[at] = is_card || is_of_card[element.around];
        }
        let mut lists: Vec<Vec<ListedString>> = Vec::new();
        let mut of_list: FxHashMap<u64, (usize, usize)> = FxHashMap::default();
        for string in self.found.into_iter().filter(|string| !is_of_card[string.element]) {
            let text = &self.script[string.place.clone()];
            let (list, array) = of_list.get(&string.list).copied().unwrap_or_else(|| {
                lists.push(Vec::new());
                (lists.len() - 1, string.array)
            });
            let before = lists[list].last().map(|before| &self.script[before.place.clone()]);
            let goes_on = string.is_nested
                && array == string.array
                && before.is_some_and(|before| are_parts(before, text));
            lists[list].push(ListedString { place: string.place, goes_on });
            of_list.insert(string.list, (list, string.array));
        }
        lists
    }
}

/// Whether two strings are parts of one line: a space stands between them, or the second does not begin as a paragraph does.
fn are_parts(before: &str, text: &str) -> bool {
    let begins = |c: char| c.is_whitespace() || c.is_lowercase() || ".,;:!?)’”".contains(c);
    before.ends_with(char::is_whitespace) || text.starts_with(begins)
}

fn step(path: u64, by: u64) -> u64 {
    (path.rotate_left(17) ^ by.wrapping_add(3)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1
}

fn hash_of(name: &str) -> u64 {
    name.bytes().fold(7, |hash, byte| step(hash, u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::lists_in;

    /// The lines of each list of several strings.
    fn lists(script: &str) -> Vec<String> {
        let several = lists_in(script).into_iter().filter(|list| list.len() > 1);
        let lines = several.map(|list| {
            let parts = list.into_iter().map(|string| {
                format!("{}{}", if string.goes_on { "" } else { "/" }, &script[string.place])
            });
            parts.collect::<String>()
        });
        lines.collect()
    }

    #[test]
    fn strings_that_the_same_keys_lead_to_are_a_list() {
        assert_eq!(lists(r#"{"body":["One.","Two."],"tags":["A"]}"#), ["/One./Two."]);
        let blocks = r#"{"id":4,"body":[{"type":"p","text":"One."},{"type":"p","text":"Two."}]}"#;
        assert_eq!(lists(blocks), ["/p/p", "/One./Two."]);
        assert_eq!(lists(r#"x={body:[{type:p,text:"One."},{text:"Two."}]};"#), ["/One./Two."]);
        let html = r#"[{"model":{"html":"<p>One.<\/p>"}},{"model":{"html":"<p>Two.<\/p>"}}]"#;
        assert_eq!(lists(html), [r"/<p>One.<\/p>/<p>Two.<\/p>"]);
        assert_eq!(lists(r#"{"a":["One."],"b":["Two."]}"#), [""; 0]);
    }

    #[test]
    fn parts_of_a_line_go_on_with_it() {
        let spans = r#"{"body":[{"children":[{"text":"The "},{"text":"old"},{"text":" quay."}]},{"children":[{"text":"It opens."}]}]}"#;
        assert_eq!(lists(spans), ["/The old quay./It opens."]);
        let sections = r#"{"parts":[{"lines":["The storm","It came."]},{"lines":["It went."]}]}"#;
        assert_eq!(lists(sections), ["/The storm/It came./It went."]);
    }

    #[test]
    fn cards_of_other_stories_are_no_list() {
        let cards = r#"[{"url":"/a","about":"One."},{"url":"/b","about":"Two."}]"#;
        assert_eq!(lists(cards), [""; 0]);
        let picture = r#"[{"text":"One."},{"url":"/a.jpg"},{"text":"Two."}]"#;
        assert_eq!(lists(picture), ["/One./Two."]);
    }

    #[test]
    fn broken_scripts_are_read_to_their_end() {
        for part in ["[", "{", "]", "\"", "[\"a\",", "{\"a\":", "[{\"url\":\"b\"},", ":", "é"] {
            assert!(lists_in(&part.repeat(20_000)).len() < 20_000);
        }
    }
}
