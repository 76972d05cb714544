//! A person or organization as two letters on a color.

use leptos::prelude::*;

/// Number of `.avatar--hue-*` classes.
const HUES: u32 = 12;

/// How large an avatar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AvatarSize {
    /// In rows and menus.
    #[default]
    Medium,
    /// Beside a page's title.
    Large,
}

/// The initials of a name. Decoration: the name itself stands beside it or in its button's label.
#[component]
pub fn Avatar(
    /// The name whose initials are shown.
    #[prop(into)]
    name: String,
    /// What decides the color; the same text gives the same color everywhere.
    #[prop(into)]
    id: String,
    /// How large it is.
    #[prop(optional)]
    size: AvatarSize,
) -> impl IntoView {
    let size = match size {
        AvatarSize::Medium => "avatar",
        AvatarSize::Large => "avatar avatar--large",
    };
    view! {
        <span class=format!("{size} avatar--hue-{}", hue(&id)) aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

/// First letters of the first and the last word, in capitals; `?` where there are none.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|character| character.is_alphanumeric()));
    let Some(first) = letters.next() else {
        return "?".to_owned();
    };
    let last = letters.next_back();
    first.to_uppercase().chain(last.into_iter().flat_map(char::to_uppercase)).collect()
}

/// One of the hue classes, 1 to 12.
fn hue(id: &str) -> u32 {
    // FNV-1a: identifiers made in the same second differ only in their last bytes and must not share a color.
    let digest = id.bytes().fold(0x811c_9dc5_u32, |digest, byte| (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // The low bits of FNV are the weak ones.
    (digest ^ (digest >> 16)) % HUES + 1
}

#[cfg(test)]
mod tests {
    use super::{hue, initials};

    #[test]
    fn initials_are_those_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ann Smith"), "AS");
        assert_eq!(initials("ann maria van smith"), "AS");
        assert_eq!(initials("ann@example.org"), "A");
        assert_eq!(initials("  "), "?");
    }

    #[test]
    fn hues_stay_within_the_twelve_classes() {
        assert!((0..500).map(|number| hue(&format!("person-{number}"))).all(|hue| (1..=12).contains(&hue)));
    }

    #[test]
    fn the_same_id_always_has_the_same_hue() {
        assert_eq!(hue("0193"), hue("0193"));
    }
}
