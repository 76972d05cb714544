//! The server functions and their arguments, read from the program's source.

use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Field, Fields, FnArg, GenericArgument, Item, ItemFn, ItemStruct, ItemType, Pat, PathArguments, Type};

/// Stands for a key that the caller chooses.
const ANY_KEY: &str = "x";

/// Everything of the source that arguments can be made of.
pub struct Source {
    functions: Vec<ItemFn>,
    structs: Vec<ItemStruct>,
    names: Vec<ItemType>,
}

impl Source {
    /// Reads all of it.
    pub fn read() -> Self {
        let mut source = Self { functions: Vec::new(), structs: Vec::new(), names: Vec::new() };
        for file in files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src"))) {
            let text = fs::read_to_string(&file).unwrap();
            let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            for item in parsed.items {
                match item {
                    Item::Fn(function) if has(&function.attrs, "server") => source.functions.push(function),
                    Item::Struct(arguments) => source.structs.push(arguments),
                    Item::Type(name) => source.names.push(name),
                    _ => {}
                }
            }
        }
        source
    }

    /// Every server function.
    pub fn functions(&self) -> impl Iterator<Item = &ItemFn> {
        self.functions.iter()
    }

    /// What a server function is called.
    pub fn name(function: &ItemFn) -> String {
        function.sig.ident.to_string()
    }

    /// The inputs of a server function, under the names that a form gives them.
    pub fn inputs(&self, function: &ItemFn) -> Vec<String> {
        let mut inputs = Vec::new();
        for argument in &function.sig.inputs {
            let FnArg::Typed(argument) = argument else { panic!("{} has a self", function.sig.ident) };
            let Pat::Ident(name) = &*argument.pat else { panic!("{} takes its arguments apart", function.sig.ident) };
            self.add(&mut inputs, name.ident.to_string(), &argument.ty);
        }
        inputs
    }

    /// Adds what is sent for a value of this type under this name.
    fn add(&self, inputs: &mut Vec<String>, name: String, kind: &Type) {
        let Type::Path(path) = kind else { panic!("{name} is no plain type") };
        let last = path.path.segments.last().unwrap();
        let parameters = match &last.arguments {
            PathArguments::AngleBracketed(parameters) => parameters.args.iter().collect(),
            _ => Vec::new(),
        };
        // Another name for a type; one that takes parameters is none of ours.
        if let Some(meant) = self.names.iter().find(|known| known.ident == last.ident && known.generics.params.is_empty()) {
            return self.add(inputs, name, &meant.ty);
        }
        match (last.ident.to_string().as_str(), parameters[..].last()) {
            ("Option" | "Box", Some(GenericArgument::Type(inner))) => self.add(inputs, name, inner),
            ("BTreeMap" | "HashMap", Some(GenericArgument::Type(inner))) => self.add(inputs, format!("{name}[{ANY_KEY}]"), inner),
            ("Vec" | "BTreeSet" | "HashSet", Some(GenericArgument::Type(inner))) => self.add(inputs, format!("{name}[0]"), inner),
            (called, _) => match self.fields(called) {
                Some(fields) => {
                    for field in fields {
                        let key = field.ident.as_ref().unwrap();
                        self.add(inputs, format!("{name}[{key}]"), &field.ty);
                    }
                }
                None => inputs.push(name),
            },
        }
    }

    /// The fields of what is sent as several inputs; `None` for what is sent as one text.
    fn fields(&self, called: &str) -> Option<impl Iterator<Item = &Field>> {
        let mut of_that_name = self.structs.iter().filter(|known| known.ident == called && !has(&known.attrs, "serde"));
        let arguments = of_that_name.next()?;
        let Fields::Named(fields) = &arguments.fields else { return None };
        assert!(of_that_name.next().is_none(), "there are two {called}: the tests can't tell which one is sent");
        Some(fields.named.iter())
    }
}

/// The Rust files of a folder and of those in it, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let files = entries.into_iter().flat_map(|entry| if entry.is_dir() { files(&entry) } else { vec![entry] });
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}
