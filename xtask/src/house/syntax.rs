//! What single pieces of syntax say.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta};

/// The name after `::`.
pub fn next_segment(trees: &[TokenTree]) -> Option<String> {
    match trees {
        [TokenTree::Punct(first), TokenTree::Punct(second), TokenTree::Ident(name), ..]
            if first.as_char() == ':' && second.as_char() == ':' =>
        {
            Some(name.to_string())
        }
        _ => None,
    }
}

/// Whether an attribute keeps an item for tests.
pub fn is_for_tests(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => {
            let words = words_of(&list.tokens);
            matches!(words.first().map(String::as_str), Some("test" | "all"))
                && words.iter().any(|word| word == "test")
                && words.iter().all(|word| word != "not")
        }
        _ => false,
    }
}

/// Whether a condition asks for a feature of the crate.
pub fn asks_for_feature(tokens: &TokenStream) -> bool {
    words_of(tokens).iter().any(|word| word == "feature")
}

/// Whether an attribute keeps an item for one side.
pub fn is_for_one_side(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::List(list) if list.path.is_ident("cfg") && asks_for_feature(&list.tokens))
}

/// All names in tokens, in their order.
fn words_of(tokens: &TokenStream) -> Vec<String> {
    let mut words = Vec::new();
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => words.push(ident.to_string()),
            TokenTree::Group(group) => words.extend(words_of(&group.stream())),
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
    words
}

/// Documentation as it is read: one line for each attribute.
pub fn documentation(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value
        {
            text.push_str(line.value().trim());
            text.push('\n');
        }
    }
    text
}

/// The line on which an item begins, with its attributes.
pub fn first_line(attributes: &[Attribute], span: Span) -> usize {
    attributes.first().map_or(span.start().line, |attribute| attribute.span().start().line)
}

/// What stands in `#[…]` before an item.
pub fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name that an item gives to something.
pub fn defined_name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// `invite_members` as the type that `#[server]` makes of it.
pub fn camel_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    words.collect()
}
