//! A record cleaned as its format asks for, with what its container says about it.

use crate::article::Meta;
use crate::clean::build::resolve_links;
use crate::clean::cleaned::Cleaned;
use crate::clean::cleaner::{About, Cleaner, to_view};
use crate::clean::model::ModelInput;
use crate::clean::stated::{Stated, Word, merge};
use crate::dates::stated;
use crate::error::Unreadable;
use crate::read::{Format, Hint, Record, SourceMetadata};

impl Cleaner {
    /// Cleans the bytes of one record: text, or a page of HTML, in any encoding of the web. What they are is told by the hint and by how they
    /// begin. All ranges are bytes of the record's text view, which [`Record::from_bytes`] gives; for text in UTF-8 that is the bytes.
    ///
    /// ```
    /// use dechaff::Hint;
    /// use dechaff::{Cleaner, Options};
    ///
    /// let cleaner = Cleaner::new(Options::default())?;
    /// let answer = b"<!DOCTYPE html><title>Caf\xe9 reopens</title><h1>Caf\xe9 reopens</h1><p>The old caf\xe9 on the quay was opened again \
    ///     on Monday, two weeks after the storm had torn away its railings and flooded the kitchen.</p>";
    /// let cleaned = cleaner.clean_bytes(answer, Hint::MediaType("text/html; charset=iso-8859-1"))?;
    /// assert_eq!(cleaned.articles[0].title.as_deref(), Some("Caf\u{e9} reopens"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Unreadable`] says why the bytes are no text. What is packed, and containers of records such as JSON Lines or WARC, are
    /// [`Unreadable::Container`], for [`Reader::records`](crate::read::Reader::records).
    pub fn clean_bytes(&self, bytes: &[u8], hint: Hint) -> Result<Cleaned, Unreadable> {
        Ok(self.clean_record(&Record::from_bytes(bytes, hint)?))
    }

    /// Cleans a record of a dump. What the container says of its address, headline, date, publisher and authors goes where the text says
    /// nothing; of a record with several articles only the address is that of all.
    #[must_use]
    pub fn clean_record(&self, record: &Record) -> Cleaned {
        let judge = |subject: ModelInput| self.predictions(subject);
        let shown = self.clean_shown(&record.view, record.format, About::of(record), judge);
        let mut cleaned = to_view(shown.page.as_ref(), &record.view, shown.cleaned);
        complete_all(&mut cleaned, record);
        cleaned
    }
}

/// Adds to the articles of a record what its container says.
pub(crate) fn complete_all(cleaned: &mut Cleaned, record: &Record) {
    let is_alone = cleaned.articles.len() + cleaned.left_out.all() == 1;
    for article in &mut cleaned.articles {
        article.provenance.record.clone_from(&record.id);
        article.provenance.source_id.clone_from(&record.about.id);
        article.provenance.target.clone_from(&record.about.target);
        article.metadata.clone_from(&record.about.fields);
        let about = &record.about;
        let stated = if is_alone { said_of(about) } else { Stated::default() };
        // The head of a mail speaks of that mail alone, its text of others too.
        let word = if record.format == Format::Mail { Word::Stated } else { Word::Text };
        merge(article, Stated { url: about.url.clone(), ..stated }, word);
        if let Some(base) = about.target.clone().or_else(|| article.url.clone()) {
            resolve_links(article, &base);
        }
    }
}

/// What a container says of its only article.
fn said_of(about: &SourceMetadata) -> Stated {
    let meta = Meta {
        published: about.published.as_deref().and_then(stated),
        source: about.source.clone(),
        authors: about.authors.clone(),
        language: None,
    };
    Stated { title: about.title.clone(), url: None, meta }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::cleaner::Options;

    const COLUMNS: &str = "\
Harbour     The old lock was opened again on Monday,   More news
Council     two weeks after the storm had torn away    Tide tables
Weather     its railings and flooded the hall of the   for the
Letters     ferry, as the harbour master told the      coming week
\u{20}           council in the evening.
";

    #[test]
    fn the_headline_that_a_container_states_is_looked_for_and_not_guessed() {
        let cleaner = Cleaner::new(Options::default()).unwrap();
        let text = "They argued until dawn.\n\nThe council of the port passed the new rules for ferries by four votes, and two of its \
            members fell asleep before the last of them was read.\n\nThe rules hold from the first of May on, said the clerk.\n";
        let titled = |text: &str, title: &str| {
            let mut record = Record::from_text(text, None).unwrap();
            record.about.title = Some(title.into());
            cleaner.clean_record(&record).articles.remove(0)
        };
        let article = titled(text, "Council votes on ferries");
        assert_eq!(article.title.as_deref(), Some("Council votes on ferries"));
        assert_eq!(article.provenance.title, None);
        assert!(article.text.starts_with("They argued until dawn."));

        let printed = format!("Council of the port votes on ferries\n\n{text}");
        let article = titled(&printed, "Council votes on ferries | Norrby Post");
        assert_eq!(article.title.as_deref(), Some("Council of the port votes on ferries"));
        assert!(article.text.starts_with("They argued until dawn."));
    }

    #[test]
    fn a_record_is_cleaned_as_its_text_is_with_places_in_that() {
        let cleaner = Cleaner::new(Options::default()).unwrap();
        let page = "<!DOCTYPE html><h1>Lock opens</h1><p>The old lock was opened again on Monday, two weeks after the storm.";
        for (text, cleaned) in [(COLUMNS, cleaner.clean(COLUMNS)), (page, cleaner.clean_html(page))]
        {
            assert_eq!(cleaned.ledger.bytes(), text.len());
            assert_eq!(cleaner.clean_record(&Record::from_text(text, None).unwrap()), cleaned);
        }
    }
}
