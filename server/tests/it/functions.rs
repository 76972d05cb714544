//! What the tests know of every server function: its name, and its arguments as a form sends them.

use std::collections::BTreeSet;

/// A server function and the names of its inputs.
pub struct Function {
    /// Its name, the last part of its address.
    pub name: &'static str,
    /// The names of its inputs.
    pub inputs: &'static [&'static str],
}

const fn function(name: &'static str, inputs: &'static [&'static str]) -> Function {
    Function { name, inputs }
}

/// Every server function.
pub const FUNCTIONS: &[Function] = &[
    function("read_viewer", &["path"]),
    function("read_account", &[]),
    function("read_home", &[]),
    function("open_application", &["application"]),
    function("read_invite_page", &["organization"]),
    function("invite_members", &["organization", "form[emails]", "form[role]", "form[access][x]"]),
    function("send_invitation_again", &["organization", "form[member]"]),
    function("preview_cancellation", &["organization", "member"]),
    function("cancel_invitation", &["organization", "form[member]", "form[next]"]),
    function("read_link_page", &["token"]),
    function(
        "complete_registration",
        &[
            "form[token]",
            "form[first_name]",
            "form[last_name]",
            "form[automatic_username]",
            "form[username]",
            "form[offered_username]",
            "form[password]",
            "form[terms]",
        ],
    ),
    function("accept_invitation", &["form[token]"]),
    function("decline_invitation", &["form[token]"]),
    function("renew_link", &["form[token]"]),
    function("write_about_invitation", &["form[token]", "form[message]"]),
    function("switch_account", &["form[token]"]),
    function("list_waiting_invitations", &[]),
    function("accept_waiting_invitation", &["form[member]"]),
    function("decline_waiting_invitation", &["form[member]"]),
    function("read_development_mailbox", &["recipient", "mail"]),
    function("list_members", &["organization", "query[search]", "query[after]", "query[before]", "query[size]"]),
    function("preview_deactivation", &["organization", "member"]),
    function("deactivate_member", &["organization", "form[member]", "form[cancel_invitations]"]),
    function("read_overview", &["organization"]),
    function("leave_organization", &["organization"]),
    function("message_administrators", &["organization", "form[message]"]),
    function("suggest_username", &["token", "first_name", "last_name"]),
    function("judge_password", &["password", "token", "first_name", "last_name", "username"]),
    function("read_set_up_link", &["token"]),
    function(
        "set_up_installation",
        &[
            "form[token]",
            "form[first_name]",
            "form[last_name]",
            "form[email]",
            "form[automatic_username]",
            "form[username]",
            "form[offered_username]",
            "form[password]",
            "form[terms]",
            "form[organization_name]",
            "form[label]",
        ],
    ),
    function("sign_in", &["form[identifier]", "form[password]", "form[next]"]),
    function("sign_out", &[]),
    function("read_sign_in_progress", &[]),
    function("verify_code", &["form[code]", "form[next]"]),
    function("use_recovery_code", &["form[code]", "form[next]"]),
    function("read_own_factor", &["pending"]),
    function("turn_on_two_factor", &["form[pending]", "form[password]", "form[code]"]),
    function("renew_recovery_codes", &["form[password]", "form[code]"]),
];

/// The names of all functions that the server has registered.
pub fn registered() -> BTreeSet<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/").to_owned()).collect()
}

/// The first word of every line of a list of exceptions.
pub fn exceptions(list: &'static str) -> BTreeSet<String> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_tests_know_every_server_function() {
    let known: BTreeSet<String> = FUNCTIONS.iter().map(|function| function.name.to_owned()).collect();
    assert_eq!(
        registered(),
        known,
        "add the function to FUNCTIONS, to the table of who may call it, and to what it leaves in the activity log"
    );
}

#[test]
fn every_server_function_is_a_post() {
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method, "POST", "{path}");
    }
}
