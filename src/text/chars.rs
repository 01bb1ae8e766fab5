//! Kinds of characters: white space, ends of sentences, quotes, scripts without spaces; ends of lines.

/// Characters of the scripts that are written without spaces between words.
#[inline]
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Quarters of a word that a character of a script without spaces makes up, in the mean: words of Thai, Lao, Burmese and
/// Khmer are about four characters long, those of Chinese and Japanese two.
pub(crate) fn quarters_of_word(c: char) -> u32 {
    if c < '\u{3000}' { 1 } else { 2 }
}

/// Letters of the scripts that end a sentence with a space, or nothing: Thai and Lao.
pub(crate) fn is_unstopped(c: char) -> bool {
    ('\u{e00}'..='\u{eff}').contains(&c)
}

/// Marks that stand within a word and are no letters: tones, accents, viramas, points, joiners.
#[inline]
pub(crate) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_mark_beyond_latin(c)
}

fn is_mark_beyond_latin(c: char) -> bool {
    let indic = ('\u{900}'..='\u{dff}').contains(&c)
        && matches!(c as u32 & 0x7f, 0x3c | 0x4a | 0x4d | 0x51..=0x54);
    let listed = matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{e31}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{102b}'..='\u{103e}'
        | '\u{17b4}'..='\u{17d3}' | '\u{17dd}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}');
    (indic || listed) && !c.is_alphanumeric()
}

/// Marks that end a sentence, in the scripts of the world.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '؟'
            | '।'
            | '۔'
            | '．'
            | '॥'
            | '။'
            | '។'
            | '։'
    )
}

/// Marks that close what quotes and brackets open, in the order of any language: `«` closes in German what `»` opens.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '«'
            | '‹'
            | '‘'
            | ')'
            | ']'
            | '」'
            | '』'
            | '“'
            | '）'
    )
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
