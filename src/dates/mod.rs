//! Publication dates, as short lines of text in many languages state them.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod find;
pub(crate) mod lex;
pub(crate) mod order;
pub(crate) mod parse;
pub(crate) mod relative;
pub(crate) mod stated;
pub(crate) mod words;

pub(crate) use crate::dates::find::{Found, find, is_date_line, is_relative, tells_publication};
pub(crate) use crate::dates::order::Order;
pub(crate) use crate::dates::stated::stated;
