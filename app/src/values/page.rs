//! One page of a long list.
//!
//! Pages follow each other by the last row's place in the order, not by a number of rows to skip: page one thousand
//! costs what page one does, and a row that comes or goes shifts nothing.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum PageSize {
    /// 25 rows.
    Small,
    /// 50 rows.
    #[default]
    Medium,
    /// 100 rows.
    Large,
}

/// A number of rows that pages don't have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A page has 25, 50 or 100 rows.")]
pub struct PageSizeError;

impl PageSize {
    /// All sizes, for a list to choose from.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The number of rows.
    pub const fn rows(self) -> u32 {
        match self {
            Self::Small => 25,
            Self::Medium => 50,
            Self::Large => 100,
        }
    }

    /// Reads the number in an address (URL). Refuses every other number, however large.
    pub fn parse(text: &str) -> Result<Self, PageSizeError> {
        text.parse::<u32>().map_err(|_| PageSizeError)?.try_into()
    }
}

impl TryFrom<u32> for PageSize {
    type Error = PageSizeError;

    fn try_from(rows: u32) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|size| size.rows() == rows).ok_or(PageSizeError)
    }
}

impl From<PageSize> for u32 {
    fn from(size: PageSize) -> Self {
        size.rows()
    }
}

/// A row's place in the order of its list: what it is sorted by, and its id where that is equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is sorted by, as text.
    pub sort_key: String,
    /// Decides between rows with the same sort key.
    pub id: Uuid,
}

/// A text that is no place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This page of the list does not exist.")]
pub struct CursorError;

impl Cursor {
    const MAXIMUM_LENGTH: usize = 4_096;

    /// Names a place.
    pub fn new(sort_key: impl Into<String>, id: Uuid) -> Self {
        Self { sort_key: sort_key.into(), id }
    }

    /// Writes it for an address (URL).
    pub fn encode(&self) -> String {
        let contents = serde_json::Value::from(vec![self.sort_key.clone(), self.id.to_string()]);
        BASE64URL_NOPAD.encode(contents.to_string().as_bytes())
    }

    /// Reads it from an address (URL). Refuses whatever [`Cursor::encode`] could not have written.
    pub fn decode(text: &str) -> Result<Self, CursorError> {
        if text.len() > Self::MAXIMUM_LENGTH {
            return Err(CursorError);
        }
        let contents = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| CursorError)?;
        let (sort_key, id): (String, Uuid) = serde_json::from_slice(&contents).map_err(|_| CursorError)?;
        // Postgres takes no NUL in a text and would answer with a fault.
        if sort_key.contains('\0') {
            return Err(CursorError);
        }
        Ok(Self { sort_key, id })
    }
}

/// One page of a list, with the ways on and back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in order.
    pub rows: Vec<T>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// The cursor of the page before, if there is one.
    pub previous: Option<String>,
    /// How many rows the whole list has.
    pub total: Total,
}

impl<T> Page<T> {
    /// The same page with each row turned into something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(change).collect(), next: self.next, previous: self.previous, total: self.total }
    }
}

/// How many rows a list has; counting stops where the number no longer helps anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    /// Counted to the end.
    Exact(u32),
    /// Counted up to here, and there are more.
    MoreThan(u32),
}

impl Total {
    /// Of a count that stopped after `limit` and one more.
    pub const fn counted_up_to(limit: u32, counted: u32) -> Self {
        if counted > limit { Self::MoreThan(limit) } else { Self::Exact(counted) }
    }
}

impl fmt::Display for Total {
    /// `1,234`, or `1,000+`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Exact(count) | Self::MoreThan(count)) = self;
        let digits = count.to_string();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                formatter.write_str(",")?;
            }
            write!(formatter, "{digit}")?;
        }
        if matches!(self, Self::MoreThan(_)) { formatter.write_str("+") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_25_50_or_100_rows_and_50_unless_asked() {
        assert_eq!(PageSize::default().rows(), 50);
        for size in PageSize::ALL {
            assert_eq!(PageSize::parse(&size.rows().to_string()), Ok(size));
            assert_eq!(serde_json::from_str::<PageSize>(&serde_json::to_string(&size).unwrap()).unwrap(), size);
        }
        for text in ["", "0", "-25", "51", "1000000000", "99999999999999999999", "fifty"] {
            assert_eq!(PageSize::parse(text), Err(PageSizeError), "{text}");
        }
    }

    #[test]
    fn a_cursor_survives_the_address() {
        for sort_key in ["", "smith ann", "quo\"te\\ ü 北", &"x".repeat(1_000)] {
            let cursor = Cursor::new(sort_key, Uuid::from_u128(42));
            let encoded = cursor.encode();
            assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
            assert_eq!(Cursor::decode(&encoded), Ok(cursor));
        }
    }

    #[test]
    fn a_forged_cursor_is_refused() {
        let encode = |contents: &str| BASE64URL_NOPAD.encode(contents.as_bytes());
        for text in [
            String::new(),
            "%%%".to_owned(),
            encode("[]"),
            encode("[\"a\",\"not an id\"]"),
            encode("{\"sort_key\":\"a\"}"),
            encode(&"[".repeat(2_000)),
            Cursor::new("a\0", Uuid::nil()).encode(),
            "A".repeat(1_000_000),
        ] {
            assert_eq!(Cursor::decode(&text), Err(CursorError));
        }
    }

    #[test]
    fn totals_are_written_with_thousands_separators() {
        for (total, expected) in [
            (Total::Exact(0), "0"),
            (Total::Exact(999), "999"),
            (Total::Exact(1_000), "1,000"),
            (Total::MoreThan(1_000), "1,000+"),
            (Total::Exact(12_345), "12,345"),
            (Total::Exact(u32::MAX), "4,294,967,295"),
        ] {
            assert_eq!(total.to_string(), expected);
        }
    }

    #[test]
    fn a_count_that_reached_its_limit_says_that_there_are_more() {
        assert_eq!(Total::counted_up_to(1_000, 1_000), Total::Exact(1_000));
        assert_eq!(Total::counted_up_to(1_000, 1_001), Total::MoreThan(1_000));
    }

    #[test]
    fn a_page_keeps_its_place_when_its_rows_change() {
        let page = Page { rows: vec![1, 2], next: Some("n".to_owned()), previous: None, total: Total::Exact(2) };
        let texts = page.map(|row| row.to_string());
        assert_eq!(texts.rows, ["1", "2"]);
        assert_eq!(texts.next.as_deref(), Some("n"));
    }
}
