//! What the headlines of the articles of one dump have in common, and what is thus no part of them: numbers, days and labels in front, sources,
//! days and authors behind.

use std::ops::Range;

use crate::clean::title::fringe::{Form, Found, emphasised, lead, tail};

/// Headlines of the shortest list that tells.
const LEAST: usize = 3;
/// Of the shortest where all have a label, a number or a day that none has by chance.
const LEAST_TOLD: usize = 2;
/// Words before a year or a whole that a number belongs to.
const OF: [&str; 12] = ["of", "von", "vom", "de", "del", "du", "da", "di", "av", "af", "z", "от"];

/// How often something may be taken off in front, and behind.
const TIMES: usize = 3;

/// The part of each headline that is its own.
pub(crate) fn own_parts(titles: &[&str]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = titles.iter().map(|title| emphasised(title)).collect();
    for _ in 0..TIMES {
        let own = || titles.iter().zip(&parts).map(|(title, part)| &title[part.clone()]);
        let (leads, tails) = (shared(own().map(lead)), shared(own().map(tail)));
        let is_headed = |&at: &usize| goes_on(&titles[at][parts[at].clone()], leads[at]);
        let led = leads.iter().filter(|&&lead| lead > 0).count();
        let all_go_on = (0..parts.len()).filter(is_headed).count() * 2 > led;
        let cut = |(at, part): (usize, &Range<usize>)| {
            let is_inside = all_go_on || titles[at][part.start + leads[at]..].starts_with(',');
            let lead = if is_inside { 0 } else { leads[at] };
            // Both may claim what a short headline has.
            let is_left = lead + tails[at] < part.len();
            if is_left { part.start + lead..part.end - tails[at] } else { part.clone() }
        };
        let next: Vec<Range<usize>> = parts.iter().enumerate().map(cut).collect();
        let left = || titles.iter().zip(&next).map(|(title, part)| &title[part.clone()]);
        // Headlines that nothing else tells apart keep it.
        if next == parts || titles.len() > 1 && left().all(|own| Some(own) == left().next()) {
            break;
        }
        parts = next;
    }
    parts
}

/// Whether what stands in front of a headline goes on in it: `Notice 11` in `Notice 11 of 2031`.
fn goes_on(title: &str, lead: usize) -> bool {
    let (lead, rest) = title.split_at(lead);
    lead.trim_end().ends_with(char::is_alphanumeric)
        && rest.split(' ').next().is_some_and(|word| OF.contains(&word))
}

/// How many bytes of each are of the form that most have; 0 where most have none.
fn shared(found: impl Iterator<Item = Option<Found>>) -> Vec<usize> {
    let found: Vec<Option<Found>> = found.collect();
    let of = |form: &Form| found.iter().flatten().filter(|own| own.form == *form).count();
    let Some(form) = found.iter().flatten().map(|own| &own.form).max_by_key(|form| of(form)) else {
        return vec![0; found.len()];
    };
    let same: Vec<&Found> = found.iter().flatten().filter(|own| own.form == *form).collect();
    let least = if form.is_told() && same.len() == found.len() { LEAST_TOLD } else { LEAST };
    let is_most = same.len() >= least && same.len() * 4 >= found.len() * 3;
    let counts = same.windows(2).filter(|pair| pair[0].value.map(|n| n + 1) == pair[1].value);
    let is_told =
        !matches!(form, Form::Number { .. }) || (counts.count() + 1) * 4 >= same.len() * 3;
    let len = |own: &Option<Found>| match own {
        Some(own) if own.form == *form && is_most && is_told => own.len,
        _ => 0,
    };
    found.iter().map(len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of headlines that are printed with these in front and behind.
    fn own(around: [(&str, &str); 3]) -> Vec<String> {
        let heads = ["Ferry back in port", "Baker finds a letter", "Eels under the mill"];
        let titles: Vec<String> =
            around.iter().zip(heads).map(|((a, b), head)| format!("{a}{head}{b}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let parts = own_parts(&titles).into_iter();
        let left: Vec<String> =
            parts.zip(&titles).map(|(part, title)| title[part].to_owned()).collect();
        let are_own = left.iter().zip(heads).all(|(left, head)| left == head);
        if are_own { Vec::new() } else { left }
    }

    #[test]
    fn numbers_hours_days_and_labels_in_front_are_no_part_of_a_headline() {
        for leads in [
            ["STORY 1 -- ", "STORY 2 -- ", "STORY 3 -- "],
            ["4. ", "5. ", "6. "],
            ["١. ", "٢. ", "٣. "],
            ["一、", "二、", "三、"],
            ["9:15 ", "10:22 | ", "11.03 – "],
            ["Mar 2\t", "Apr 9\t", "May 1\t"],
            ["[Sea] ", "[Town] ", "[School] "],
            ["【港】", "【町】", "【学】"],
            ["«Вестник»: ", "«Маяк»: ", "«Порт»: "],
            ["1. [Sea] ", "2. [Town] ", "3. [School] "],
            ["III. ", "IV. ", "V. "],
            ["II – ", "III – ", "IV – "],
            ["2031-05-09: ", "2031-06-11: ", "2031-06-12: "],
            ["7 March 2031 ", "9 March 2031 ", "1 April 2031 "],
            ["v20.4 – ", "v20.3 – ", "v19.8 – "],
            ["Frage: ", "Frage: ", "Frage: "],
            ["🚢 ", "🥖 ", "🐟 "],
        ] {
            assert_eq!(own(leads.map(|lead| (lead, ""))), [""; 0], "{leads:?}");
        }
    }

    #[test]
    fn a_number_or_a_day_that_the_headline_goes_on_with_is_a_part_of_it() {
        for titles in [
            ["Notice 11 of 2031: Light", "Notice 12 of 2031: Wreck", "Notice 13 of 2031: Regatta"],
            ["May 4, 1577: A bridge", "May 6, 1577: A bear", "May 8, 1577: A flood"],
        ] {
            assert_eq!(own_parts(&titles), titles.map(|title| 0..title.len()), "{titles:?}");
        }
    }

    #[test]
    fn sources_and_names_behind_are_no_part_of_a_headline() {
        for tails in [
            [" (Harbour Post)", " (Coast Wire)", " (Le Phare)"],
            [" — by Ida Holm", " — by Ole Marsh", " — by Tilda Quill"],
            [" | Harbour Post", " | Coast Wire", " | Le Phare"],
            [" – 11.08.2031", " – 9.08.2031", " – 16.04.2031"],
            [", 27 March 2031", ", 28 March 2031", ", 2 April 2031"],
            [" 🚢", " 🥖", " 🐟"],
        ] {
            assert_eq!(own(tails.map(|tail| ("", tail))), [""; 0], "{tails:?}");
        }
    }

    #[test]
    fn what_two_headlines_count_is_no_part_of_them() {
        let titles = ["1. Who mends the sluice?", "2. Why are the eels gone?"];
        assert_eq!(own_parts(&titles), [3..24, 3..25]);
    }

    #[test]
    fn who_speaks_what_answers_and_what_alone_tells_them_apart_is_their_own() {
        for titles in [
            [
                "Ida Holm: I never wanted a boat",
                "Ida Holm: Fish do not talk",
                "Ida Holm: The last net",
            ],
            ["Fwd: The second boat", "Fwd: The meadow at the mill", "Fwd: The last net"],
            ["J. Quill leaves the quay", "J. Marsh leaves the mill", "J. Holm leaves the inn"],
            [
                "Minutes of the meeting of 3 May 2031",
                "Minutes of the meeting of 4 May 2031",
                "Minutes of the meeting of 7 May 2031",
            ],
            [
                "Minutes of the council – 3 May 2031",
                "Minutes of the council – 4 May 2031",
                "Minutes of the council – 7 May 2031",
            ],
        ] {
            let whole: Vec<Range<usize>> = titles.iter().map(|title| 0..title.len()).collect();
            assert_eq!(own_parts(&titles), whole, "{titles:?}");
        }
    }

    #[test]
    fn the_marks_of_bold_are_no_part_of_a_headline() {
        for (title, own) in [
            ("**Ferry back in port**", "Ferry back in port"),
            ("*Ferry back* in *port*", "*Ferry back* in *port*"),
            ("_Ferry back in port_", "Ferry back in port"),
        ] {
            assert_eq!(&title[own_parts(&[title])[0].clone()], own);
        }
    }

    #[test]
    fn what_few_headlines_have_is_their_own() {
        for around in [
            [("9:15 ", ""), ("", ""), ("", "")],
            [("40 ", ""), ("3 ", ""), ("7 ", "")],
            [("", " – at last"), ("", " – in the wall"), ("", " – by night")],
        ] {
            assert!(!own(around).is_empty(), "{around:?}");
        }
    }
}
