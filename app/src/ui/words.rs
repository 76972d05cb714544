//! The words by which a page tells the browser's side what its elements are for: the page writes them, behaviors read them.

/// On the root: which release wrote the page.
pub const RELEASE: &str = "data-release";
/// On the header: an opaque value of whoever is signed in; empty when nobody is.
pub const PERSON: &str = "data-person";
/// On `main`: a page of the application. Its value is [`ONCE`] where nothing of it may be kept.
pub const PAGE: &str = "data-page";
/// The value of [`PAGE`] on pages that show something once, or something private to the moment.
pub const ONCE: &str = "once";
/// On a form that searches: the list follows while one types.
pub const FOLLOW: &str = "data-follow";
/// On a part that is swapped while the list follows; its value is the part's name.
pub const LIVE: &str = "data-live";
/// On a button: copies the text of the element that this selects.
pub const COPY: &str = "data-copy";
/// On a button: shows what is typed into the password's input that this selects.
pub const REVEAL: &str = "data-reveal";
/// On a link that leads to a question, which is asked in place.
pub const ASK: &str = "data-ask";
/// Beside [`ASK`]: the words that are shown at once.
pub const ASK_TITLE: &str = "data-ask-title";
/// On the part of a page that is the question.
pub const QUESTION: &str = "data-question";
/// On a link within a question that leaves everything as it is.
pub const CLOSE: &str = "data-close";
/// On an empty place: the island that is mounted there.
pub const ISLAND: &str = "data-island";
/// Beside [`ISLAND`]: what it is told, as JSON.
pub const PROPS: &str = "data-props";
/// On the form of all rows' buttons: the id of the menu that they share.
pub const ROW_MENU: &str = "data-row-menu";
/// On a row's button: the kinds of action that the row offers, separated by blanks.
pub const ACTIONS: &str = "data-actions";
/// What the name of a row's button begins with; how whoever the row is about is called follows.
pub const ACTIONS_FOR: &str = "Actions for ";
/// On an item of a rows' menu: the kind of action that it is.
pub const ACTION: &str = "data-action";
/// On a row: what it is about, so that it can be pointed out once it has changed.
pub const ROW: &str = "data-row";
/// In the addresses and values of a rows' menu: stands for [`ROW`] of the row.
pub const MEMBER_PLACE: &str = "{member}";
/// In the words of a rows' menu: stands for how whoever the row is about is called.
pub const CALLED_PLACE: &str = "{called}";

/// Name of the hidden input that says which server function a posted form is for.
pub const FUNCTION_FIELD: &str = "_function";
/// Id of the region in which a behavior tells what has changed; it stands empty in every page.
pub const ANNOUNCEMENTS: &str = "announcements";
