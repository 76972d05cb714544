//! The bar on top of every page.

use leptos::prelude::*;

use super::icon::Icon;

/// The site's bar: brand, where one is, navigation, and one's own menu.
#[component]
pub fn Header(
    /// Name of the site.
    #[prop(into)]
    brand: String,
    /// Address that the brand leads to.
    #[prop(into)]
    brand_href: String,
    /// Where one is: a `HeaderContext`.
    #[prop(optional, into)]
    context: ViewFn,
    /// Links and menus of the site.
    #[prop(optional, into)]
    navigation: ViewFn,
    /// One's own menu, or the way in.
    #[prop(optional, into)]
    profile: ViewFn,
) -> impl IntoView {
    view! {
        <header class="header">
            <div class="header__inner">
                <a class="header__brand" href=brand_href>
                    <Icon name=Icon::Nexus />
                    <span class="header__brand-name">{brand}</span>
                </a>
                <div class="header__context">{context.run()}</div>
                <nav class="header__navigation" aria-label="Main">{navigation.run()}</nav>
                <div class="header__profile">{profile.run()}</div>
            </div>
        </header>
    }
}

/// Names the place one works in, and in what capacity.
#[component]
pub fn HeaderContext(
    /// Name of the place.
    #[prop(into)]
    name: String,
    /// Capacity.
    #[prop(into)]
    detail: String,
    /// Address of the place.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <a class="header__place" href=href>{name}</a>
        <span class="header__detail">
            <span class="sr-only">", "</span>
            {detail}
        </span>
    }
}
