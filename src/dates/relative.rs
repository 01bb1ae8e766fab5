//! Times told from the moment of reading, as `17 minutes ago`.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::dates::words::DATA;

static PATTERN: LazyLock<Regex> = LazyLock::new(|| DATA.relative.pattern());

/// Whether the text tells how long ago something was.
pub(super) fn tells_age(text: &str) -> bool {
    PATTERN.is_match(text)
}

#[cfg(test)]
mod tests {
    use crate::dates::is_relative;

    #[test]
    fn times_from_the_reading_are_relative() {
        for text in [
            "17 minutes ago",
            "Posted an hour ago by John",
            "5m ago",
            "vor 3 Stunden",
            "vor etwa einer Stunde",
            "il y a 2 heures",
            "2 часа назад",
            "3 години тому",
            "hace 3 horas",
            "há 3 horas",
            "3 ore fa",
            "3 uur geleden",
            "2 dni temu",
            "5 dk önce",
            "3小时前",
            "3時間前",
            "3시간 전",
            "منذ ساعتين",
            "منذ 3 ساعات",
            "před 3 hodinami",
            "prije 3 sata",
            "преди 3 часа",
            "πριν από 3 ώρες",
            "acum 3 ore",
            "3 órával ezelőtt",
            "for 3 timer siden",
            "för 3 timmar sedan",
            "3 tuntia sitten",
            "3 jam yang lalu",
            "3 giờ trước",
            "fa 3 hores",
            "yesterday",
            "Updated: yesterday at 10:15",
            "Hier à 15h29",
            "i går kl. 10.15",
        ] {
            assert!(is_relative(text), "{text}");
        }
        for text in ["16 June 2025", "Today, 16 June 2025", "yesterday we won", "3 hours", "hi", ""]
        {
            assert!(!is_relative(text), "{text}");
        }
    }
}
