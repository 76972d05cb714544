//! The top of a page.

use leptos::prelude::*;

/// A page's title, one sentence about it, and its primary action.
#[component]
pub fn PageHeader(
    /// The page's only `h1`.
    #[prop(into)]
    title: String,
    /// What the page is for, in one sentence.
    #[prop(optional, into)]
    sentence: Option<String>,
    /// Where this page hangs: a link back.
    #[prop(optional, into)]
    above: ViewFn,
    /// What stands beside the title: avatar before, badge after.
    #[prop(optional, into)]
    beside: ViewFn,
    /// The page's actions, the primary one last.
    #[prop(optional, into)]
    action: ViewFn,
) -> impl IntoView {
    view! {
        <div class="page-header">
            <div class="page-header__above">{above.run()}</div>
            <div class="page-header__text">
                <h1 class="page-header__title">{title}</h1>
                <div class="page-header__beside">{beside.run()}</div>
                {sentence.map(|sentence| view! { <p class="page-header__sentence">{sentence}</p> })}
            </div>
            <div class="page-header__action">{action.run()}</div>
        </div>
    }
}
