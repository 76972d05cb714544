//! What one Rust file says, as far as the rules look at it. Code that only tests see is left out.

use super::reader;
use crate::steps::Failure;

/// A path of names; the ones of the file's own crate begin with `crate`.
pub type Segments = Vec<String>;

/// Begins the sentence that excuses a statement from naming an organization, in the documentation of its function or its file.
pub const EXCUSE: &str = "Across organizations: ";

/// A name that a `use` brings into a module.
pub struct Import {
    /// The module.
    pub module: Segments,
    /// The name; `*` for all of them.
    pub name: String,
    /// What it stands for, as written.
    pub path: Segments,
    /// Whether others get it from here.
    pub is_public: bool,
    /// Where it stands.
    pub line: usize,
}

/// A path in the code.
pub struct Mention {
    /// The module in which it stands.
    pub module: Segments,
    /// The path, as written.
    pub path: Segments,
    /// Where it stands.
    pub line: usize,
}

/// A text in the code, which may be a statement of SQL or a part of one.
pub struct Literal {
    /// The text.
    pub text: String,
    /// Where it begins.
    pub line: usize,
    /// The function or constant that holds it.
    pub owner: String,
    /// Whether the owner's documentation excuses it.
    pub is_excused: bool,
}

/// A question for a feature of the crate.
pub struct Feature {
    /// Where it stands.
    pub line: usize,
    /// Whether it decides about a module or an import as a whole.
    pub is_at_door: bool,
}

/// A module that a file declares.
pub struct Declared {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub line: usize,
    /// Whether only one side compiles it.
    pub asks_for_feature: bool,
}

/// An excuse in the documentation of a function or a constant.
pub struct Excuse {
    /// The function or constant.
    pub owner: String,
    /// Where it stands.
    pub line: usize,
}

/// One file.
#[derive(Default)]
pub struct Source {
    /// Its path in the workspace.
    pub path: String,
    /// The module that it is.
    pub module: Segments,
    /// How many lines it has, without its tests.
    pub lines: usize,
    /// The documentation at its head.
    pub head: String,
    /// What it defines: the module, and the name.
    pub definitions: Vec<(Segments, String)>,
    /// What it imports.
    pub imports: Vec<Import>,
    /// Paths in its code.
    pub mentions: Vec<Mention>,
    /// Questions for a feature of the crate.
    pub features: Vec<Feature>,
    /// Modules that it declares.
    pub modules: Vec<Declared>,
    /// Lines of a view that listen to an event.
    pub listeners: Vec<usize>,
    /// Lines with `async` or `.await`.
    pub asyncs: Vec<usize>,
    /// Lines that hand a text to a method which runs it as a statement.
    pub executions: Vec<usize>,
    /// Texts in its code.
    pub literals: Vec<Literal>,
    /// Excuses of its functions.
    pub excuses: Vec<Excuse>,
}

impl Source {
    /// Reads a file's text.
    pub fn read(path: &str, text: &str) -> Result<Self, Failure> {
        let file = syn::parse_file(text).map_err(|error| {
            let place = error.span().start();
            Failure::new(format!("{path}:{}: this isn't Rust: {error}.", place.line))
        })?;
        let source = Self { path: path.to_owned(), module: module_of(path), lines: text.lines().count(), ..Self::default() };
        Ok(reader::read(&file, source))
    }
}

/// The module that a file is: `app/src/features/members/mod.rs` is `crate::features::members`.
fn module_of(path: &str) -> Segments {
    let inside = path.split_once("/src/").map_or(path, |(_, inside)| inside);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let mut module = vec!["crate".to_owned()];
    module.extend(inside.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main")).map(str::to_owned));
    module
}
