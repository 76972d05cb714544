//! Where a name leads: through imports and what modules pass on, to the file that defines it.

use std::collections::{HashMap, HashSet};

use super::source::{Segments, Source};

/// Imports lead through fewer modules than this; more is a circle.
const LONGEST_WAY: usize = 16;

/// The modules of the crate and their names.
#[derive(Default)]
pub struct Names {
    modules: HashMap<Segments, Module>,
}

#[derive(Default)]
struct Module {
    /// Its file, as a number among the sources.
    file: usize,
    definitions: HashSet<String>,
    imports: HashMap<String, Segments>,
    /// Modules whose names are all imported.
    globs: Vec<Segments>,
}

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Something that the file defines.
    File(usize),
    /// A module as such, whose own file this is.
    Module(usize),
    /// Something of another crate.
    Elsewhere,
}

impl Names {
    /// Of the files of one crate.
    pub fn of(sources: &[Source]) -> Self {
        let mut names = Self::default();
        for (file, source) in sources.iter().enumerate() {
            names.module(&source.module, file);
            for (module, name) in &source.definitions {
                names.module(module, file).definitions.insert(name.clone());
            }
            for import in &source.imports {
                let module = names.module(&import.module, file);
                if import.name == "*" {
                    module.globs.push(import.path.clone());
                } else {
                    module.imports.entry(import.name.clone()).or_insert_with(|| import.path.clone());
                }
            }
        }
        names
    }

    fn module(&mut self, module: &Segments, file: usize) -> &mut Module {
        self.modules.entry(module.clone()).or_insert_with(|| Module { file, ..Module::default() })
    }

    /// Whether there is such a module.
    pub fn has_module(&self, module: &[String]) -> bool {
        self.modules.contains_key(module)
    }

    /// A path as it would be written from the crate's root; a path into another crate begins with its name.
    pub fn rooted(&self, module: &Segments, path: &[String]) -> Segments {
        let mut path = path.to_vec();
        for _ in 0..LONGEST_WAY {
            let Some(first) = path.first() else { break };
            if first == "crate" {
                break;
            }
            let Some(here) = self.modules.get(module) else { break };
            let imported = here.imports.get(first).filter(|import| import.first() != Some(first));
            if let Some(import) = imported {
                path = import.iter().chain(&path[1..]).cloned().collect();
                continue;
            }
            let child: Segments = module.iter().chain([first]).cloned().collect();
            if here.definitions.contains(first) || self.modules.contains_key(&child) {
                path = module.iter().chain(&path).cloned().collect();
            }
            break;
        }
        path
    }

    /// What a path names that stands in a module.
    pub fn home(&self, module: &Segments, path: &[String]) -> Home {
        let mut path = self.rooted(module, path);
        for _ in 0..LONGEST_WAY {
            match self.step(&path) {
                Step::Arrived(home) => return home,
                Step::Onward(next) => path = next,
            }
        }
        Home::Elsewhere
    }

    /// Walks down the modules that a path names, to its end or to the first name that is passed on from elsewhere.
    fn step(&self, path: &[String]) -> Step {
        if path.first().is_none_or(|first| first != "crate") {
            return Step::Arrived(Home::Elsewhere);
        }
        let depth = (1..=path.len()).rev().find(|depth| self.modules.contains_key(&path[..*depth])).unwrap_or(1);
        let (place, rest) = path.split_at(depth);
        let Some(module) = self.modules.get(place) else { return Step::Arrived(Home::Elsewhere) };
        let Some(name) = rest.first() else { return Step::Arrived(Home::Module(module.file)) };
        if module.definitions.contains(name) {
            return Step::Arrived(Home::File(module.file));
        }
        let place = place.to_vec();
        if let Some(import) = module.imports.get(name) {
            let onward = self.rooted(&place, import).into_iter().chain(rest[1..].iter().cloned());
            return Step::Onward(onward.collect());
        }
        for glob in &module.globs {
            let passing = self.rooted(&place, glob);
            if self.modules.get(&passing).is_some_and(|module| module.definitions.contains(name) || module.imports.contains_key(name)) {
                return Step::Onward(passing.iter().chain(rest).cloned().collect());
            }
        }
        // What a macro defines isn't seen; it stands in the file of its module.
        Step::Arrived(Home::File(module.file))
    }
}

enum Step {
    Arrived(Home),
    Onward(Segments),
}
