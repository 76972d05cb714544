//! Text inside `<title>` and `<textarea>`.
//!
//! Leptos writes both as they are, so that a name or a message could end its element and go on as markup.

/// What stands in the HTML for a text in such an element.
pub fn raw_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The content of a text area. A browser drops one line break at its beginning, so there is one more.
pub fn raw_lines(text: &str) -> String {
    format!("\n{}", raw_text(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        assert_eq!(raw_text("</textarea><svg> & \"co\""), "&lt;/textarea>&lt;svg> &amp; \"co\"");
    }
}
