//! Letters: what a mail says, in one shape, so that no room writes HTML.
//!
//! A letter becomes a mail with two parts that say the same: HTML for people's mail programs, and plain text.
//!
//! * Whatever a person may have typed is harmless in it: one line, no hidden characters, escaped in HTML, and written so that
//!   no mail program makes a link of it (`evil[.]example`).
//! * The only links are those that a room asks for, and they are the same in both parts.

mod harmless;
#[cfg(test)]
mod tests;

use askama::Template;
use serde::{Deserialize, Serialize};

use self::harmless::harmless;
use super::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::text::is_line_break;

/// Characters of a subject; mail programs show even fewer.
const SUBJECT_LIMIT: usize = 120;
/// Characters of a term, a label or a title.
const LABEL_LIMIT: usize = 80;
/// Characters of a fact.
const FACT_LIMIT: usize = 200;
/// Characters of a sentence or paragraph.
const PARAGRAPH_LIMIT: usize = 1_000;
/// Characters of a quoted message's line: more than any form takes, so that people's words are never cut.
const QUOTATION_LIMIT: usize = 10_000;

/// What a mail says, part by part. Every text is made harmless when it is put in.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    subject: String,
    preheader: String,
    greeting: String,
    before: Vec<String>,
    quotation: Vec<String>,
    button: Option<Link>,
    facts: Vec<Fact>,
    after: Vec<String>,
    guides: Vec<Link>,
    footer: String,
}

/// A link that a room asked for.
#[derive(Clone, PartialEq, Eq)]
struct Link {
    label: String,
    url: String,
}

/// Something worth knowing at a glance.
#[derive(Clone, PartialEq, Eq)]
struct Fact {
    term: String,
    value: String,
}

/// A letter ready to be sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedLetter {
    /// One line without anything hidden.
    pub subject: String,
    /// The plain text, its links on lines of their own.
    pub plain: String,
    /// The HTML document.
    pub html: String,
}

impl std::fmt::Debug for RenderedLetter {
    /// Without the bodies: they hold links that open accounts.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RenderedLetter").field("subject", &self.subject).finish_non_exhaustive()
    }
}

impl Letter {
    /// Begins a letter. `preheader` is what mail programs show behind the subject; `footer` says why the person gets it.
    pub fn new(subject: &str, preheader: &str, footer: &str) -> Self {
        Self {
            subject: harmless(subject, SUBJECT_LIMIT),
            preheader: harmless(preheader, FACT_LIMIT),
            greeting: "Hello,".to_owned(),
            before: Vec::new(),
            quotation: Vec::new(),
            button: None,
            facts: Vec::new(),
            after: Vec::new(),
            guides: Vec::new(),
            footer: harmless(footer, PARAGRAPH_LIMIT),
        }
    }

    /// Replaces the greeting, which is `Hello,` where no name is known.
    #[must_use]
    pub fn greeting(mut self, greeting: &str) -> Self {
        self.greeting = harmless(greeting, FACT_LIMIT);
        self
    }

    /// Adds a paragraph above the button and the facts.
    #[must_use]
    pub fn paragraph(mut self, paragraph: &str) -> Self {
        self.before.push(harmless(paragraph, PARAGRAPH_LIMIT));
        self
    }

    /// Shows what somebody wrote, line by line, set apart from our own words.
    #[must_use]
    pub fn quotation(mut self, message: &str) -> Self {
        self.quotation = message.replace("\r\n", "\n").split(is_line_break).map(|line| harmless(line, QUOTATION_LIMIT)).collect();
        self
    }

    /// Sets the one thing to do. `url` is an absolute address of this site.
    #[must_use]
    pub fn button(mut self, label: &str, url: &str) -> Self {
        self.button = Some(Link::new(label, url));
        self
    }

    /// Adds something worth knowing at a glance: `Organization`, `Role`, `Valid until`.
    #[must_use]
    pub fn fact(mut self, term: &str, value: &str) -> Self {
        self.facts.push(Fact { term: harmless(term, LABEL_LIMIT), value: harmless(value, FACT_LIMIT) });
        self
    }

    /// Adds an e-mail address as a fact. It stays as it is, because the person may need to copy it.
    #[must_use]
    pub fn address_fact(mut self, term: &str, address: &EmailAddress) -> Self {
        self.facts.push(Fact { term: harmless(term, LABEL_LIMIT), value: address.as_str().to_owned() });
        self
    }

    /// Adds a paragraph below the button and the facts.
    #[must_use]
    pub fn closing(mut self, paragraph: &str) -> Self {
        self.after.push(harmless(paragraph, PARAGRAPH_LIMIT));
        self
    }

    /// Adds a guide of the help pages. `url` is an absolute address of this site.
    #[must_use]
    pub fn guide(mut self, title: &str, url: &str) -> Self {
        self.guides.push(Link::new(title, url));
        self
    }

    /// Writes both parts. Fails when a link is no web address, which only a mistake of ours can cause.
    pub fn render(&self) -> Result<RenderedLetter, Fault> {
        if let Some(link) = self.button.iter().chain(&self.guides).find(|link| !link.is_web_address()) {
            return Err(Fault::Mail(format!("the link “{}” is no web address", link.label)));
        }
        let fault = |error: askama::Error| Fault::Mail(error.to_string());
        Ok(RenderedLetter {
            subject: self.subject.clone(),
            plain: PlainPart { letter: self }.render().map_err(fault)?,
            html: HtmlPart { letter: self }.render().map_err(fault)?,
        })
    }
}

impl Link {
    fn new(label: &str, url: &str) -> Self {
        Self { label: harmless(label, LABEL_LIMIT), url: url.to_owned() }
    }

    /// Whether the address is one that both parts can hold as it is.
    fn is_web_address(&self) -> bool {
        (self.url.starts_with("https://") || self.url.starts_with("http://"))
            && self.url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'\\' | b'`'))
    }
}

#[derive(Template)]
#[template(path = "letter.html")]
struct HtmlPart<'letter> {
    letter: &'letter Letter,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct PlainPart<'letter> {
    letter: &'letter Letter,
}
