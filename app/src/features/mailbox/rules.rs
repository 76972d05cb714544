//! What is a link in a mail.

/// The web addresses in a plain text, in order, each once.
pub fn links_in(plain: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for word in plain.split_whitespace() {
        let is_web_address = word.starts_with("http://") || word.starts_with("https://");
        if is_web_address && !links.iter().any(|link| link == word) {
            links.push(word.to_owned());
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_once_and_in_order() {
        let plain = "Hello,\n\nComplete:\nhttp://localhost/complete?token=a&x=1\n\nGuide:\nhttps://a.example/help\nhttp://localhost/complete?token=a&x=1\n";
        assert_eq!(links_in(plain), ["http://localhost/complete?token=a&x=1", "https://a.example/help"]);
    }

    #[test]
    fn what_was_made_harmless_is_no_link() {
        assert!(links_in("http[:]//evil[.]example javascript:alert(1) evil.example").is_empty());
    }
}
