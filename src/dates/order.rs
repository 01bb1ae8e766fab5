//! TODO

/// How the reader of a text takes `08/03/2022`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 8 March.
    DayFirst,
    /// August 3.
    MonthFirst,
    /// Not a date, as either could be meant.
    Unknown,
}
