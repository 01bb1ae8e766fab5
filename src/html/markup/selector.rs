//! Selectors of CSS, as far as rules for sites need them: `article.post > p[role=note], #promo *`.
//!
//! An element (or `*`) with classes, `#id`, `[attribute]` and `[attribute=value]`; one within another, or right within it (`>`); several, parted
//! by commas. Names of elements and attributes are the same in any case. All else is refused.

use crate::html::markup::attributes::{Attribute, attributes};

/// Bytes of the longest selector.
const LONGEST: usize = 500;
/// Elements that one of its alternatives may name within each other.
const DEEPEST: usize = 8;
/// Alternatives between commas.
const MOST: usize = 16;

/// A selector: what matches one of its alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selector {
    alternatives: Vec<Vec<Step>>,
}

/// An element on the way to the one that is selected, which is the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Step {
    /// Whether it stands right within the one before, not anywhere in it.
    is_child: bool,
    /// Its name; None for any.
    element: Option<String>,
    tests: Vec<Test>,
}

/// What is asked of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Class(String),
    /// An attribute, perhaps with this value.
    Attribute(String, Option<String>),
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// What cannot be read in it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} bytes"));
        }
        let mut reader = Reader { rest: text.trim() };
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(reader.steps()?);
            if reader.rest.is_empty() {
                break;
            }
            reader.rest = reader.rest[1..].trim_start();
        }
        match alternatives.len() <= MOST {
            true => Ok(Self { alternatives }),
            false => Err(format!("has more than {MOST} alternatives")),
        }
    }

    /// The steps of all alternatives.
    fn steps(&self) -> impl Iterator<Item = &[Step]> {
        self.alternatives.iter().map(Vec::as_slice)
    }
}

/// What is left of a selector.
struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Reads up to a comma or the end.
    fn steps(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        let mut is_child = false;
        loop {
            steps.push(Step { is_child, ..self.step()? });
            if steps.len() > DEEPEST {
                return Err(format!("names more than {DEEPEST} elements within each other"));
            }
            self.rest = self.rest.trim_start();
            is_child = self.rest.starts_with('>');
            if is_child {
                self.rest = self.rest[1..].trim_start();
            } else if self.rest.is_empty() || self.rest.starts_with(',') {
                return Ok(steps);
            }
        }
    }

    /// Reads what is asked of one element.
    fn step(&mut self) -> Result<Step, String> {
        let mut step = Step::default();
        let is_any = self.rest.starts_with('*');
        if is_any {
            self.rest = &self.rest[1..];
        } else if self.rest.starts_with(is_of_name) {
            step.element = Some(self.name()?.to_ascii_lowercase());
        }
        loop {
            let sign = self.rest.chars().next();
            match sign {
                Some('.') => {
                    self.rest = &self.rest[1..];
                    step.tests.push(Test::Class(self.name()?.into()));
                }
                Some('#') => {
                    self.rest = &self.rest[1..];
                    step.tests.push(Test::Attribute("id".into(), Some(self.name()?.into())));
                }
                Some('[') => step.tests.push(self.attribute()?),
                _ if !is_any && step.element.is_none() && step.tests.is_empty() => {
                    return Err(self.refused());
                }
                None | Some(' ' | '\t' | '\n' | '>' | ',') => return Ok(step),
                Some(_) => return Err(self.refused()),
            }
        }
    }

    fn name(&mut self) -> Result<&'t str, String> {
        let end = self.rest.find(|c| !is_of_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            return Err(self.refused());
        }
        self.rest = rest;
        Ok(name)
    }

    /// Reads `[name]` or `[name=value]`.
    fn attribute(&mut self) -> Result<Test, String> {
        self.rest = self.rest[1..].trim_start();
        let name = self.name()?.to_ascii_lowercase();
        self.rest = self.rest.trim_start();
        let mut value = None;
        if let Some(rest) = self.rest.strip_prefix('=') {
            self.rest = rest.trim_start();
            let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            value = Some(match quote {
                Some(quote) => {
                    let quoted = self.rest[1..].split_once(quote);
                    let (value, rest) = quoted.ok_or_else(|| self.refused())?;
                    self.rest = rest.trim_start();
                    value.to_owned()
                }
                None => self.name()?.to_owned(),
            });
            self.rest = self.rest.trim_start();
        }
        match self.rest.strip_prefix(']') {
            Some(rest) => self.rest = rest,
            None => return Err(self.refused()),
        }
        Ok(Test::Attribute(name, value))
    }

    fn refused(&self) -> String {
        let known = "element, .class, #id, [attribute], [attribute=value], a space or > between elements, and commas are known";
        match self.rest {
            "" => format!("ends too early; {known}"),
            rest => format!("cannot be read at {rest:?}; {known}"),
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// An element as selectors see it.
struct Seen<'s> {
    name: &'s str,
    classes: Vec<&'s str>,
    attributes: Vec<Attribute<'s>>,
}

impl<'s> Seen<'s> {
    fn of(name: &'s str, text: &'s str) -> Self {
        let attributes: Vec<Attribute> = attributes(text).collect();
        let class = attributes.iter().find(|a| a.name.eq_ignore_ascii_case("class"));
        let classes =
            class.map_or_else(Vec::new, |class| class.value.split_ascii_whitespace().collect());
        Self { name, classes, attributes }
    }

    fn passes(&self, step: &Step) -> bool {
        let is_named = |element: &String| self.name.eq_ignore_ascii_case(element);
        step.element.as_ref().is_none_or(is_named) && step.tests.iter().all(|t| self.has(t))
    }

    fn has(&self, test: &Test) -> bool {
        match test {
            Test::Class(class) => self.classes.contains(&class.as_str()),
            Test::Attribute(name, value) => {
                // Of an attribute that stands twice the first counts.
                let own = self.attributes.iter().find(|a| a.name.eq_ignore_ascii_case(name));
                own.is_some_and(|own| value.as_ref().is_none_or(|value| own.value == value))
            }
        }
    }
}

/// How far the steps of one alternative have come: a bit for each step that an element passes after all before it.
#[derive(Debug, Clone, Copy, Default)]
struct Reached {
    /// At this element.
    here: u8,
    /// At it or at one around it.
    around: u8,
}

/// The elements that are open, as some selectors see them.
#[derive(Debug)]
pub(in crate::html) struct Open<'s> {
    selectors: &'s [&'s Selector],
    /// For each open element how far each alternative of each selector has come.
    reached: Vec<Vec<Reached>>,
}

// The steps of an alternative have a bit each.
const _: () = assert!(DEEPEST <= u8::BITS as usize);

impl<'s> Open<'s> {
    pub(in crate::html) fn new(selectors: &'s [&'s Selector]) -> Self {
        Self { selectors, reached: Vec::new() }
    }

    /// Opens an element within the one that was opened last; gives the selectors that select it.
    pub(in crate::html) fn begin(&mut self, name: &str, attributes: &str) -> Vec<usize> {
        let seen = Seen::of(name, attributes);
        let mut selected = Vec::new();
        let mut all = Vec::new();
        for (number, selector) in self.selectors.iter().enumerate() {
            let mut is_selected = false;
            for steps in selector.steps() {
                let above = self.reached.last().map_or(Reached::default(), |r| r[all.len()]);
                let mut here = 0;
                for (at, step) in steps.iter().enumerate() {
                    let before = if step.is_child { above.here } else { above.around };
                    let may = at == 0 || before & (1 << (at - 1)) != 0;
                    here |= u8::from(may && seen.passes(step)) << at;
                }
                is_selected |= here & (1 << (steps.len() - 1)) != 0;
                all.push(Reached { here, around: above.around | here });
            }
            if is_selected {
                selected.push(number);
            }
        }
        self.reached.push(all);
        selected
    }

    /// Closes the element that was opened last.
    pub(in crate::html) fn end(&mut self) {
        self.reached.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a selector selects the innermost of some elements, each a start tag without its angle brackets.
    fn selects(selector: &str, elements: &[&str]) -> bool {
        let selector = Selector::parse(selector).unwrap();
        let selectors = [&selector];
        let mut open = Open::new(&selectors);
        let mut selected = Vec::new();
        for element in elements {
            let (name, attributes) = element.split_once(' ').unwrap_or((element, ""));
            selected = open.begin(name, attributes);
        }
        selected == [0]
    }

    #[test]
    fn an_element_is_selected_by_name_class_id_and_attributes() {
        for (selector, element) in [
            ("aside", "ASIDE"),
            ("*", "b"),
            (".promo", "div class='wide promo'"),
            ("aside.promo.wide", "aside class=\"wide promo\""),
            ("#Join", "div id=Join"),
            ("[hidden]", "p HIDDEN"),
            ("p[data-role = 'side bar']", "p data-role='side bar'"),
            ("a[rel=nofollow], b", "b"),
            ("größe-1", "größe-1"),
        ] {
            assert!(selects(selector, &[element]), "{selector} {element}");
        }
        for (selector, element) in [
            ("aside", "div"),
            (".promo", "div class=promotion"),
            (".promo", "div class=PROMO"),
            ("#join", "div id=Join"),
            ("[hidden]", "p"),
            ("[rel=a]", "p rel=b rel=a"),
            ("aside.promo", "aside"),
        ] {
            assert!(!selects(selector, &[element]), "{selector} {element}");
        }
    }

    #[test]
    fn an_element_is_selected_by_what_it_stands_in() {
        assert!(selects("article p", &["article", "div", "p"]));
        assert!(!selects("article > p", &["article", "div", "p"]));
        assert!(selects("article > div p", &["article", "div", "div", "p"]));
        assert!(selects(".a > .b > .c", &["i class=a", "i class='a b'", "i class=b", "i class=c"]));
        assert!(!selects(".a > .b .c", &["i class=b", "i class=a", "i class=c"]));
        assert!(!selects("article p", &["article", "p", "b"]));
    }

    #[test]
    fn what_is_closed_is_around_nothing() {
        let selector = Selector::parse("div p").unwrap();
        let selectors = [&selector];
        let mut open = Open::new(&selectors);
        open.begin("div", "");
        open.end();
        assert_eq!(open.begin("p", ""), Vec::<usize>::new());
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for (selector, at) in [
            ("p:first-child", "\":first-child\""),
            ("a ~ b", "\"~ b\""),
            ("[a^=b]", "\"^=b]\""),
            (".", "too early"),
            ("a,", "too early"),
            ("", "too early"),
            ("a > > b", "\"> b\""),
            ("[a='b]", "\"'b]\""),
            ("[a", "too early"),
            ("a b c d e f g h i", "more than 8"),
        ] {
            let reason = Selector::parse(selector).unwrap_err();
            assert!(reason.contains(at), "{selector}: {reason}");
        }
        assert!(Selector::parse(&"a,".repeat(20)).is_err());
        assert!(Selector::parse(&"a".repeat(501)).is_err());
    }
}
