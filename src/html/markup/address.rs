//! Addresses in attributes, as browsers read them.

use crate::html::markup::attributes::value_of;
use crate::html::markup::entity::decoded;

/// Bytes of the longest address that is noted.
const LONGEST: usize = 2000;

/// The address in an attribute, as browsers read it: without white space around it and line breaks within, what stands in no address written as `%20`. None
/// for one that runs a script, or whose scheme is not known to be harmless.
pub(in crate::html) fn address_of(text: &str, attribute: &str) -> Option<String> {
    const SCHEMES: [&str; 10] =
        ["http", "https", "ftp", "mailto", "tel", "sms", "geo", "news", "magnet", "xmpp"];
    let value = value_of(text, attribute).filter(|value| value.len() <= LONGEST)?;
    let value = decoded(value, true);
    let value = value.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let mut address = String::with_capacity(value.len());
    for c in value.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')) {
        match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() || c.is_whitespace() => return None,
            c => address.push(c),
        }
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let scheme = scheme.filter(|scheme| !scheme.contains(['/', '?', '#']));
    let is_harmless =
        scheme.is_none_or(|scheme| SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)));
    (is_harmless && !address.is_empty()).then_some(address)
}
