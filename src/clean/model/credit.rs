//! What a line ends with that credits a picture, in any language.

/// Characters of the end of a line that are looked at.
const END: usize = 90;
/// Words of the longest credit.
const WORDS: usize = 8;

/// How a line ends: 3 with a copyright sign and a name, 2 with names parted by a slash, 1 with a name in brackets and no full stop
/// after it; 0 otherwise.
pub(super) fn credit(text: &str) -> f32 {
    let text = text.trim_end();
    let from = text.char_indices().rev().nth(END - 1).map_or(0, |(at, _)| at);
    let end = &text[from..];
    let is_short = |name: &str| (1..=WORDS).contains(&name.split_whitespace().count());
    let begins_as_name = |name: &str| {
        name.trim_start().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    let is_right_owned = ["©", "ⓒ", "(c)", "(C)"]
        .iter()
        .any(|sign| end.rsplit_once(sign).is_some_and(|(_, name)| is_short(name)));
    if is_right_owned {
        return 3.0;
    }
    let is_parted = end.rsplit_once('/').is_some_and(|(before, name)| {
        is_short(name) && begins_as_name(name) && before.trim_end().ends_with(char::is_alphabetic)
    });
    if is_parted && !end.contains("://") && !end.contains("www.") {
        return 2.0;
    }
    let in_brackets = end
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .is_some_and(|(_, name)| is_short(name) && (begins_as_name(name) || name.contains(':')));
    if in_brackets { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_told_by_their_form() {
        for (text, expected) in [
            ("The quay at dusk. © Harbour Museum", 3.0),
            ("Ein Kahn im Eis (c) Stadtarchiv", 3.0),
            ("The old lock in March. Mirva Lindqvist / North Press", 2.0),
            ("Вид на причал. Анна Лунд/Северная пресса", 2.0),
            ("The old lock (Photo: Ole Brandt)", 1.0),
            ("She came back in May, and the lock was shut.", 0.0),
            ("Write to www.example.org/Lock", 0.0),
            ("The lock is shut (from noon to six).", 0.0),
            ("", 0.0),
        ] {
            assert_eq!(credit(text), expected, "{text}");
        }
    }
}
