//! What a line ends with that credits a picture, in any language.

/// Characters of the end of a line that are looked at.
const END: usize = 90;
/// Words of the longest credit.
const WORDS: usize = 8;

/// Characters of the longest word before a colon that names what a credit is of.
const LABEL: usize = 14;
/// The most that [`credit`] says.
pub(super) const MOST: f32 = 5.0;

/// How a line ends: [`MOST`] with a bracket that nothing follows, as where a picture's link was left out; 4 with a copyright sign and a name, 3
/// with names parted by a slash, 2 with a sentence of one word, a colon and a name, 1 with a name in brackets and no full stop after it; 0
/// otherwise.
pub(super) fn credit(text: &str) -> f32 {
    let text = text.trim_end();
    if text.ends_with(" (") {
        return MOST;
    }
    let last_bytes = text.len().saturating_sub(END);
    let from = match text.as_bytes()[last_bytes..].is_ascii() {
        true => last_bytes,
        false => text.char_indices().rev().nth(END - 1).map_or(0, |(at, _)| at),
    };
    let end = &text[from..];
    let is_short = |name: &str| (1..=WORDS).contains(&name.split_whitespace().count());
    let begins_as_name = |name: &str| {
        name.trim_start().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    let may_be_owned = end.bytes().any(|byte| byte == b'(' || !byte.is_ascii());
    let is_right_owned = may_be_owned
        && ["©", "ⓒ", "(c)", "(C)"]
            .iter()
            .any(|sign| end.rsplit_once(sign).is_some_and(|(_, name)| is_short(name)));
    if is_right_owned {
        return 4.0;
    }
    let is_parted = end.rsplit_once('/').is_some_and(|(before, name)| {
        is_short(name) && begins_as_name(name) && before.trim_end().ends_with(char::is_alphabetic)
    });
    if is_parted && !end.contains("://") && !end.contains("www.") {
        return 3.0;
    }
    let is_labelled = end.rsplit_once([':', '：']).is_some_and(|(before, name)| {
        let from = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
        let Some((sentence, label)) = before.split_at_checked(from) else { return false };
        let is_apart = sentence.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？', '|']);
        is_apart && label.chars().count() <= LABEL && begins_as_name(label) && is_short(name)
    });
    if is_labelled {
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
            ("The quay at dusk. © Harbour Museum", 4.0),
            ("Ein Kahn im Eis (c) Stadtarchiv", 4.0),
            ("The old lock in March. Mirva Lindqvist / North Press", 3.0),
            ("Вид на причал. Анна Лунд/Северная пресса", 3.0),
            ("The old lock (Photo: Ole Brandt)", 1.0),
            ("A ring plant, the hardiest of them (", 5.0),
            ("Tide marks on the lock.Bild: Ole Brandt, Nordpresse", 2.0),
            ("Шлюз в марте. Фото: www.example.org", 2.0),
            ("She told him only this: The lock is shut", 0.0),
            ("She came back in May, and the lock was shut.", 0.0),
            ("Write to www.example.org/Lock", 0.0),
            ("The lock is shut (from noon to six).", 0.0),
            ("", 0.0),
        ] {
            assert_eq!(credit(text), expected, "{text}");
        }
    }
}
