//! Reads a parsed file, as far as the rules look at it.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, UseTree, Visibility};

use super::source::{Declared, EXCUSE, Excuse, Feature, Import, Literal, Mention, Segments, Source};
use super::syntax::{
    asks_for_feature, attributes_of, camel_case, defined_name, documentation, first_line, is_for_one_side, is_for_tests, next_segment,
};

/// Goes through a file and notes in its source what stands there.
pub fn read(file: &syn::File, source: Source) -> Source {
    let mut reader = Reader { module: source.module.clone(), source, owners: Vec::new(), is_at_door: false };
    reader.source.head = documentation(&file.attrs);
    reader.visit_file(file);
    reader.source
}

struct Reader {
    source: Source,
    /// The module at the current place.
    module: Segments,
    /// Functions and constants around it.
    owners: Vec<Owner>,
    /// Whether it is a module's declaration or an import.
    is_at_door: bool,
}

/// A function or constant around the current place.
struct Owner {
    name: String,
    is_excused: bool,
}

impl<'file> Visit<'file> for Reader {
    fn visit_item(&mut self, item: &'file Item) {
        let attributes = attributes_of(item);
        if attributes.iter().any(is_for_tests) {
            self.source.lines -= item.span().end().line + 1 - first_line(attributes, item.span());
            return;
        }
        if let Some(name) = defined_name(item) {
            // `#[server]` makes a type of the function's name.
            if attributes.iter().any(|attribute| attribute.path().is_ident("server")) {
                self.source.definitions.push((self.module.clone(), camel_case(&name)));
            }
            self.source.definitions.push((self.module.clone(), name));
        }
        self.is_at_door = matches!(item, Item::Use(_)) || matches!(item, Item::Mod(declared) if declared.content.is_none());
        if let Item::Mod(declared) = item
            && self.is_at_door
        {
            self.source.modules.push(Declared {
                name: declared.ident.to_string(),
                line: declared.ident.span().start().line,
                asks_for_feature: attributes.iter().any(is_for_one_side),
            });
        }
        match item {
            Item::Mod(inner) if inner.content.is_some() => {
                self.module.push(inner.ident.to_string());
                visit::visit_item(self, item);
                self.module.pop();
            }
            Item::Fn(function) => self.owned(&function.sig.ident.to_string(), attributes, |reader| visit::visit_item(reader, item)),
            Item::Const(constant) => self.owned(&constant.ident.to_string(), attributes, |reader| visit::visit_item(reader, item)),
            Item::Static(constant) => self.owned(&constant.ident.to_string(), attributes, |reader| visit::visit_item(reader, item)),
            _ => visit::visit_item(self, item),
        }
        self.is_at_door = false;
    }

    fn visit_impl_item_fn(&mut self, function: &'file syn::ImplItemFn) {
        if function.attrs.iter().any(is_for_tests) {
            return;
        }
        self.owned(&function.sig.ident.to_string(), &function.attrs, |reader| visit::visit_impl_item_fn(reader, function));
    }

    fn visit_item_use(&mut self, item: &'file syn::ItemUse) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        let is_public = !matches!(item.vis, Visibility::Inherited);
        self.import(&item.tree, &mut Segments::new(), is_public);
    }

    fn visit_attribute(&mut self, attribute: &'file Attribute) {
        let path = attribute.path();
        if path.is_ident("doc") {
            return;
        }
        if let Meta::List(list) = &attribute.meta {
            if (path.is_ident("cfg") || path.is_ident("cfg_attr")) && asks_for_feature(&list.tokens) {
                self.source.features.push(Feature { line: attribute.span().start().line, is_at_door: self.is_at_door });
            }
            self.scan(&list.tokens, Within::Attribute);
        }
        self.visit_path(path);
    }

    fn visit_macro(&mut self, call: &'file syn::Macro) {
        if call.path.is_ident("cfg") && asks_for_feature(&call.tokens) {
            self.source.features.push(Feature { line: call.span().start().line, is_at_door: false });
        }
        self.visit_path(&call.path);
        self.scan(&call.tokens, Within::Code);
    }

    fn visit_path(&mut self, path: &'file syn::Path) {
        let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.mention(segments, path.span());
        visit::visit_path(self, path);
    }

    fn visit_signature(&mut self, signature: &'file syn::Signature) {
        if signature.asyncness.is_some() {
            self.source.asyncs.push(signature.span().start().line);
        }
        visit::visit_signature(self, signature);
    }

    fn visit_expr(&mut self, expression: &'file Expr) {
        let is_async = match expression {
            Expr::Async(_) | Expr::Await(_) => true,
            Expr::Closure(closure) => closure.asyncness.is_some(),
            _ => false,
        };
        if is_async {
            self.source.asyncs.push(expression.span().start().line);
        }
        visit::visit_expr(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'file syn::ExprMethodCall) {
        let runs = call.method == "execute" || call.method == "execute_many" || call.method.to_string().starts_with("fetch");
        let has_text = call.args.first().is_some_and(|first| matches!(first, Expr::Lit(ExprLit { lit: Lit::Str(_), .. })));
        if runs && has_text {
            self.source.executions.push(call.method.span().start().line);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_lit_str(&mut self, text: &'file syn::LitStr) {
        self.literal(text.value(), text.span());
    }
}

/// Where tokens stand that aren't parsed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Attribute,
    Code,
}

impl Reader {
    /// Visits what a function or a constant holds.
    fn owned(&mut self, name: &str, attributes: &[Attribute], visit: impl FnOnce(&mut Self)) {
        let own = attributes.iter().find(|attribute| documentation(std::slice::from_ref(attribute)).contains(EXCUSE));
        if let Some(excuse) = own {
            self.source.excuses.push(Excuse { owner: name.to_owned(), line: excuse.span().start().line });
        }
        let is_excused = own.is_some() || self.owners.last().is_some_and(|owner| owner.is_excused);
        self.owners.push(Owner { name: name.to_owned(), is_excused });
        visit(self);
        self.owners.pop();
    }

    fn mention(&mut self, path: Segments, span: Span) {
        if let Some(path) = self.rooted(path) {
            self.source.mentions.push(Mention { module: self.module.clone(), path, line: span.start().line });
        }
    }

    fn literal(&mut self, text: String, span: Span) {
        let owner = self.owners.last();
        self.source.literals.push(Literal {
            text,
            line: span.start().line,
            owner: owner.map(|owner| owner.name.clone()).unwrap_or_default(),
            is_excused: owner.is_some_and(|owner| owner.is_excused),
        });
    }

    /// One import for each leaf of a `use`.
    fn import(&mut self, tree: &UseTree, before: &mut Segments, is_public: bool) {
        let (name, last, span) = match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(&path.tree, before, is_public);
                before.pop();
                return;
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.import(item, before, is_public));
                return;
            }
            UseTree::Name(name) => (name.ident.to_string(), Some(name.ident.to_string()), name.ident.span()),
            UseTree::Rename(name) => (name.rename.to_string(), Some(name.ident.to_string()), name.ident.span()),
            UseTree::Glob(glob) => ("*".to_owned(), None, glob.star_token.span()),
        };
        let mut path = before.clone();
        let mut name = name;
        // `members::{self}` brings `members`.
        if name == "self" {
            name = path.last().cloned().unwrap_or_default();
        }
        path.extend(last.filter(|last| last != "self"));
        if let Some(path) = self.rooted(path) {
            self.source.imports.push(Import { module: self.module.clone(), name, path, is_public, line: span.start().line });
        }
    }

    /// The path without `self` and `super` at its beginning; none when nothing else is left.
    fn rooted(&self, path: Segments) -> Option<Segments> {
        let mut rest = path.as_slice();
        let mut base: Option<Segments> = None;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "self" => base = base.or_else(|| Some(self.module.clone())),
                "super" => {
                    let mut outer = base.unwrap_or_else(|| self.module.clone());
                    outer.pop();
                    base = Some(outer);
                }
                _ => break,
            }
            rest = after;
        }
        match base {
            Some(_) if rest.is_empty() => None,
            Some(mut base) => {
                base.extend_from_slice(rest);
                Some(base)
            }
            None => Some(path),
        }
    }

    /// Looks for paths and texts in tokens that aren't parsed: those of macros and attributes.
    fn scan(&mut self, tokens: &TokenStream, within: Within) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            at += 1;
            match tree {
                TokenTree::Group(group) => self.scan(&group.stream(), within),
                TokenTree::Ident(ident) => {
                    if ident == "async" || ident == "await" {
                        self.source.asyncs.push(ident.span().start().line);
                    }
                    let mut path = vec![ident.to_string()];
                    while let Some(next) = next_segment(&trees[at..]) {
                        path.push(next);
                        at += 3;
                    }
                    // `on:click` in a view.
                    let is_listener = path == ["on"] && matches!(trees.get(at), Some(TokenTree::Punct(colon)) if colon.as_char() == ':');
                    if is_listener && within == Within::Code {
                        self.source.listeners.push(ident.span().start().line);
                    }
                    self.mention(path, ident.span());
                }
                TokenTree::Literal(literal) => {
                    let Lit::Str(first) = Lit::new(literal.clone()) else { continue };
                    let mut text = first.value();
                    // Texts that are added stand for one.
                    while let [TokenTree::Punct(plus), TokenTree::Literal(next), ..] = &trees[at..]
                        && plus.as_char() == '+'
                        && let Lit::Str(next) = Lit::new(next.clone())
                    {
                        text.push_str(&next.value());
                        at += 2;
                    }
                    if within == Within::Code {
                        self.literal(text, first.span());
                    } else if text.starts_with("crate::") || text.starts_with("super::") {
                        // Such as the name of a function, for serde.
                        self.mention(text.split("::").map(str::to_owned).collect(), first.span());
                    }
                }
                // A field or a method is no path.
                TokenTree::Punct(dot) if dot.as_char() == '.' => {
                    if let Some(TokenTree::Ident(name)) = trees.get(at) {
                        if name == "await" {
                            self.source.asyncs.push(name.span().start().line);
                        }
                        at += 1;
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}
