//! Which of two numbers in a date is the day.

/// How the reader of a text takes `08/03/2022`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 8 March.
    DayFirst,
    /// Not a date, as either could be meant.
    Unknown,
}
