//! A record that is cleaned within its limits.

use crate::Stop;
use crate::clean::Cleaner;
use crate::clean::cleaned::Cleaned;
use crate::clean::sentences::clean_with_sentences;
use crate::error::Unfinished;
use crate::read::{Limits, Record};
use crate::sentences::Sentence;

/// Cleans a record.
///
/// # Errors
/// Why it has no articles: it broke down, takes too long or has too many of them.
pub(crate) fn clean_within(
    cleaner: &Cleaner,
    record: &Record,
    stop: &Stop,
    limits: &Limits,
) -> Result<(Cleaned, Vec<Vec<Sentence>>), String> {
    let of_record = limits.time.map_or_else(|| stop.clone(), |time| stop.after(time));
    let (cleaned, sentences) =
        of_record.run(|| clean_with_sentences(cleaner, record)).map_err(|reason| {
            match (reason, limits.time) {
                (Unfinished::Stopped, Some(time)) if !stop.is_set() => {
                    format!("takes over {} s to clean; split it", time.as_secs_f64())
                }
                _ => reason.to_string(),
            }
        })?;
    if cleaned.articles.len() > limits.articles {
        return Err(format!("holds over {} articles; split it", limits.articles));
    }
    Ok((cleaned, sentences))
}
