//! Which passwords are compared; pure.

/// Longest password that is compared, in bytes.
const LONGEST_PASSWORD: usize = 1_024;

/// Whether a password could be anybody's; no longer one could have been chosen.
pub const fn is_comparable(password: &str) -> bool {
    password.len() <= LONGEST_PASSWORD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_beyond_every_chosen_one_is_not_compared() {
        assert!(is_comparable(&"é".repeat(512)));
        assert!(!is_comparable(&"é".repeat(513)));
    }
}
