//! What a page states of itself, and how far each source of statements is trusted.

/// How far a statement is trusted, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    JsonLd,
    OpenGraph,
    Meta,
    Element,
    Weak,
    Last,
}

/// Which field a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Headline,
    Published,
    Author,
    Publisher,
    Url,
    Language,
}

/// Statements that are kept of one page.
pub(crate) const MOST: usize = 200;
/// Bytes of the longest statement.
pub(crate) const LONGEST: usize = 1000;

/// What one page states of itself, in its own order.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    /// Field, trust and value of each statement.
    pub(crate) said: Vec<(Field, Trust, String)>,
    /// Whether the page says that it is one article.
    pub(crate) is_article: bool,
}

impl Statements {
    /// Adds a statement, white space squeezed. Empty and overlong ones, and those past the most, are dropped.
    pub(crate) fn say(&mut self, field: Field, trust: Trust, value: &str) {
        let value = value.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && value.len() <= LONGEST && self.said.len() < MOST {
            self.said.push((field, trust, value));
        }
    }

    /// The fields of which something was said with that trust.
    pub(crate) fn fields_said(&self, trust: Trust) -> Vec<Field> {
        self.said.iter().filter(|(_, with, _)| *with == trust).map(|(field, ..)| *field).collect()
    }

    /// The values of a field with their trust.
    pub(crate) fn all(&self, field: Field) -> impl Iterator<Item = (Trust, &str)> {
        let of_field = move |(f, _, _): &&(Field, Trust, String)| *f == field;
        self.said.iter().filter(of_field).map(|(_, trust, value)| (*trust, value.as_str()))
    }
}
