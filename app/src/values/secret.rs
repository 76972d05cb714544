//! What holds a secret, and is printed nowhere.

/// Writes `Debug` for types that hold a secret: their name, and nothing of what they hold, so that no log line tells it.
macro_rules! secret_debug {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })+
    };
}

pub(crate) use secret_debug;

#[cfg(test)]
mod tests {
    struct Key {
        _secret: &'static str,
    }

    secret_debug!(Key);

    #[test]
    fn nothing_of_a_secret_is_printed() {
        assert_eq!(format!("{:?}", Key { _secret: "violet tractor" }), "Key { .. }");
    }
}
