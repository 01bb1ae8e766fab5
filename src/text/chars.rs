//! TODO

/// Characters of the scripts that are written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{e7f}' | '\u{20000}'..='\u{2fa1f}')
}

/// Marks that end a sentence, in the scripts of the world.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔' | '．')
}

pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '“' | '）')
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '「' | '『' | '‚')
}

/// White space, byte order marks and zero-width spaces.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// What lines of a text end with: `\n`, or `\r` in a text without any `\n`, as old Macs wrote it.
#[must_use]
pub fn line_end(text: &str) -> u8 {
    if memchr::memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' }
}
