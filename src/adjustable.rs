//! How a stage declares the numbers that it decides by.

use std::path::Path;

use crate::error::{Error, Result};

/// Reads a struct of thresholds from a file.
///
/// # Errors
/// [`Error::Io`] when it cannot be read, [`Error::Thresholds`] when it names something that does not exist, or gives something else than a
/// number of its kind.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let json = std::fs::read(path).map_err(Error::io(path))?;
    serde_json::from_slice(&json)
        .map_err(|e| Error::Thresholds { path: path.into(), reason: e.to_string() })
}

/// Declares structs of thresholds. Each field has its documentation, its type and its default in one place; a struct is read from JSON, where a
/// field that is left out keeps its default and one that does not exist is refused.
macro_rules! adjustable {
    ($($(#[$attribute:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty = $default:expr,)* })*) => {$(
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    )*};
}

pub(crate) use adjustable;
