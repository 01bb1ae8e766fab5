//! Media types, as servers and containers state them.

/// A media type without its parameters, in lower case.
pub(super) fn media_of(media_type: &str) -> Option<String> {
    let media = media_type.split(';').next()?.trim().to_ascii_lowercase();
    Some(media).filter(|media| !media.is_empty())
}

/// The encoding that a media type names in its parameters.
pub(super) fn charset_of(media_type: &str) -> Option<&str> {
    let (_, parameters) = media_type.split_once(';')?;
    let named =
        |p: &'_ str| p.trim().get(..8).is_some_and(|name| name.eq_ignore_ascii_case("charset="));
    parameters.split(';').find(|p| named(p)).map(|p| p.trim()[8..].trim_matches(['"', '\'', ' ']))
}
