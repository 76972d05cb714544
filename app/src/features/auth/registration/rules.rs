//! What makes a registration complete; pure.

use super::model::{PasswordJudgement, RegistrationFields};

/// The score, of 4, that a password must reach on zxcvbn's scale.
pub const FEWEST_POINTS: u8 = 3;

/// Whether the box `Create username from name and surname` is ticked.
pub fn is_automatic(fields: &RegistrationFields) -> bool {
    fields.automatic_username == "on"
}

/// Whether somebody typed a username although the box is ticked, which makes another: `generated`. Scripts lock the input while
/// the box is ticked, and what the page puts into it, it says to have offered; without scripts it stays open.
pub fn is_typed_in_vain(fields: &RegistrationFields, generated: &str) -> bool {
    let typed = fields.username.trim().to_lowercase();
    is_automatic(fields) && !typed.is_empty() && typed != fields.offered_username.trim().to_lowercase() && typed != generated
}

/// The meter's words.
pub fn judge(length: usize, minimum: usize, score: u8, advice: Option<String>) -> PasswordJudgement {
    let is_long_enough = length >= minimum;
    let words = if !is_long_enough {
        format!("Too short: {length} of at least {minimum} characters")
    } else if score < FEWEST_POINTS {
        "Easy to guess".to_owned()
    } else if score == FEWEST_POINTS {
        "Good".to_owned()
    } else {
        "Very good".to_owned()
    };
    PasswordJudgement {
        is_accepted: is_long_enough && score >= FEWEST_POINTS,
        score,
        words,
        advice: advice.filter(|advice| !advice.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_typed_beside_a_ticked_box_is_not_thrown_away() {
        let fields = |automatic: &str, username: &str, offered: &str| RegistrationFields {
            automatic_username: automatic.to_owned(),
            username: username.to_owned(),
            offered_username: offered.to_owned(),
            ..RegistrationFields::default()
        };
        assert!(is_typed_in_vain(&fields("on", "boss", ""), "ann.smith"));
        assert!(is_typed_in_vain(&fields("on", "boss", "ann.smith"), "ann.smith"));
        for kept in [
            fields("", "boss", ""),
            fields("on", "", "ann.smith"),
            fields("on", " Ann.Smith ", ""),
            // The names were changed, and the username left as it was offered.
            fields("on", "an.smith", "an.smith"),
        ] {
            assert!(!is_typed_in_vain(&kept, "ann.smith"), "{} {}", kept.automatic_username, kept.username);
        }
    }

    #[test]
    fn a_password_must_be_long_and_hard_to_guess() {
        assert!(!judge(14, 15, 4, None).is_accepted);
        assert!(!judge(15, 15, 2, None).is_accepted);
        assert!(judge(15, 15, 3, None).is_accepted);
    }

    #[test]
    fn the_meter_speaks_in_words() {
        assert_eq!(judge(3, 15, 0, None).words, "Too short: 3 of at least 15 characters");
        assert_eq!(judge(20, 15, 1, None).words, "Easy to guess");
        assert_eq!(judge(20, 15, 4, None).words, "Very good");
    }
}
