//! The words of one language, and the lists of all.
//!
//! A list of words is one text: words are parted by spaces, and `_` stands for a space inside a word.

/// The words of one language. What it has no words for is empty.
pub(crate) struct Language {
    /// Its tag (BCP 47).
    pub(crate) name: &'static str,
    /// Words that stand in every other sentence.
    pub(crate) common: &'static str,
    pub(crate) dates: Dates,
    pub(crate) relative: Relative,
    /// Parts of words which say that a day is not the one of publication.
    pub(crate) later: &'static str,
    pub(crate) bylines: Bylines,
    /// Words of the line that names whom a mail quotes.
    pub(crate) wrote: &'static str,
    /// What a server says in the place of a page.
    pub(crate) errors: &'static str,
    pub(crate) names: Names,
    pub(crate) labels: Labels,
    /// Words in class names: what they say, as the name of an element's role, `author`, `day` or `owner` (of the text); and the words.
    pub(crate) classes: &'static [(&'static str, &'static str)],
}

/// The words of dates.
pub(crate) struct Dates {
    pub(crate) months: [&'static str; 12],
    /// Months of the Persian calendar, from Farvardin on.
    pub(crate) persian_months: [&'static str; 12],
    /// Whether years beside the months may be counted from the Buddha's death.
    pub(crate) buddhist_years: bool,
    /// Names that mean another month after a day with a dot; 0 where the month cannot be told.
    pub(crate) dotted_day: &'static [(&'static str, u8)],
    pub(crate) weekday: &'static str,
    pub(crate) publication: &'static str,
    /// Words between the parts of a line with a date.
    pub(crate) join: &'static str,
    /// Words between the parts of a date.
    pub(crate) of: &'static str,
    pub(crate) ordinal: &'static str,
    /// The word `month` itself, where the number of the month follows it.
    pub(crate) month: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) hour: &'static str,
    pub(crate) oclock: &'static str,
    pub(crate) am: &'static str,
    pub(crate) pm: &'static str,
    /// The first part of `a.m.` and of `p.m.`, and the second part of both.
    pub(crate) ante: &'static str,
    pub(crate) post: &'static str,
    pub(crate) meridiem: &'static str,
    pub(crate) today: &'static str,
}

/// The words of times told from the moment of reading: `before` COUNT UNIT, COUNT UNIT `after`, or `whole`.
pub(crate) struct Relative {
    pub(crate) count: &'static str,
    /// Stems of units.
    pub(crate) unit: &'static str,
    pub(crate) before: &'static str,
    /// Words between `before` and the count.
    pub(crate) filler: &'static str,
    pub(crate) after: &'static str,
    pub(crate) whole: &'static str,
    /// Units and what follows them, in scripts without spaces.
    pub(crate) glued_unit: &'static str,
    pub(crate) glued_after: &'static str,
}

/// The words of bylines.
pub(crate) struct Bylines {
    pub(crate) opening: &'static str,
    /// Words that end the names.
    pub(crate) closing: &'static str,
    /// Words between two names.
    pub(crate) conjunction: &'static str,
    /// Words in lower case inside a name.
    pub(crate) particle: &'static str,
}

/// What stands where an author is named.
pub(crate) struct Names {
    /// What systems put where nobody is named.
    pub(crate) nobody: &'static str,
    /// How the text of an element begins that names nobody.
    pub(crate) openings: &'static str,
    /// Words of roles, which are not part of the name before them.
    pub(crate) roles: &'static str,
    /// Degrees and certificates behind a name, without their stops and in upper case.
    pub(crate) degrees: &'static str,
}

/// The labels of fields in records of press databases, feeds, mails and the like.
pub(crate) struct Labels {
    pub(crate) title: &'static str,
    /// What a mail is about, which is its headline.
    pub(crate) subject: &'static str,
    pub(crate) author: &'static str,
    pub(crate) source: &'static str,
    pub(crate) date: &'static str,
    pub(crate) url: &'static str,
    /// What stands before the text itself.
    pub(crate) text: &'static str,
    /// Labels of what else is said of a text.
    pub(crate) about: &'static str,
    /// Labels of things that are no texts.
    pub(crate) thing: &'static str,
}
