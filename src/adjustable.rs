//! How a stage declares the numbers that it decides by.

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
