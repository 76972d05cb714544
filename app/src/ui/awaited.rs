//! What a page must wait for.

use std::future::Future;

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

/// A part of the page that is built once its data is there; what follows it is written afterwards, what is asked for there runs
/// meanwhile.
///
/// It has an owner of its own: Leptos keeps a channel in the owner of what it waits for, and gives up on the first of two that
/// wait in the same one.
pub fn awaited(part: impl Future<Output = AnyView> + Send + 'static) -> AnyView {
    let owner = Owner::new();
    let part = owner.with(|| Suspend::new(part));
    OwnedView::new_with_owner(part, owner).into_any()
}
