//! Text inside `<title>` and `<textarea>`.
//!
//! Leptos writes both as they are when it renders on the server, so that a name or a message could end its element and go on as
//! markup. In the browser they become text nodes, which need no care.

use leptos::leptos_dom::helpers::is_server;

/// What stands in the server's HTML for a text in such an element; in the browser the text itself.
pub fn raw_text(text: String) -> String {
    if is_server() { escaped(&text) } else { text }
}

/// The content of a text area. A browser drops one line break at its beginning, so there is one more.
pub fn raw_lines(text: String) -> String {
    if is_server() { format!("\n{}", escaped(&text)) } else { text }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        assert_eq!(escaped("</textarea><svg> & \"co\""), "&lt;/textarea>&lt;svg> &amp; \"co\"");
    }
}
