//! TODO

/// How far a statement is trusted, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    JsonLd,
    OpenGraph,
    Meta,
    Element,
    Weak,
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
