//! Islands: parts that answer while one types. Each is mounted into an empty place of its own beside the server's inputs, to
//! which it listens; it is unmounted once its place has left the page.

use std::any::Any;
use std::cell::RefCell;

use app::features::auth::registration::ui::islands::{password_meter, username_offers};
use app::ui::words::{ISLAND, PROPS};
use leptos::mount::mount_to;
use leptos::prelude::IntoView;
use serde::de::DeserializeOwned;
use web_sys::HtmlElement;

use crate::dom;

/// What unmounts an island when it is dropped.
type Mounted = Box<dyn Any>;

/// How an island is mounted; nothing where what it was given can't be read.
type Mount = fn(HtmlElement, &str) -> Option<Mounted>;

/// The islands by their names.
const ISLANDS: &[(&str, Mount)] = &[
    (password_meter::NAME, |place, props| mount(place, props, password_meter)),
    (username_offers::NAME, |place, props| mount(place, props, username_offers)),
];

thread_local! {
    static MOUNTED: RefCell<Vec<(HtmlElement, Mounted)>> = const { RefCell::new(Vec::new()) };
}

/// Mounts the islands that have come, and unmounts those that have gone.
pub fn wake() {
    let gone = MOUNTED.with_borrow_mut(|mounted| mounted.extract_if(.., |(place, _)| !place.is_connected()).collect::<Vec<_>>());
    drop(gone);
    for place in dom::all(&format!("[{ISLAND}]")) {
        if MOUNTED.with_borrow(|all| all.iter().any(|(mounted, _)| *mounted == place)) {
            continue;
        }
        let name = dom::get(&place, ISLAND);
        let island = ISLANDS.iter().find(|(known, _)| *known == name);
        if let Some(mounted) = island.and_then(|(_, mount)| mount(place.clone(), &dom::get(&place, PROPS))) {
            MOUNTED.with_borrow_mut(|all| all.push((place, mounted)));
        }
    }
}

fn mount<Props, View>(place: HtmlElement, props: &str, island: impl FnOnce(Props) -> View + 'static) -> Option<Mounted>
where
    Props: DeserializeOwned + 'static,
    View: IntoView + 'static,
    View::State: 'static,
{
    let props: Props = serde_json::from_str(props).ok()?;
    Some(Box::new(mount_to(place, move || island(props))))
}
