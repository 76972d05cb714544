//! What can be done in an organization, and which permission each needs: the whole table on one screen. `policy_table.txt` shows the
//! outcome for each role; a test compares them.

use super::permission::{Permission, Permissions};

/// Lists the actions once, each with its name and its need, so that none is missing from [`Action::ALL`] and thereby from the table.
macro_rules! policy {
    ($($(#[doc = $documentation:literal])+ $action:ident, $name:literal, $needs:expr;)+) => {
        /// Something that a member does in an organization.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[doc = $documentation])+ $action,)+
        }

        impl Action {
            /// Every action, in the order of the policy table.
            pub const ALL: &'static [Self] = &[$(Self::$action),+];

            /// The name in the policy table and in the log.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)+
                }
            }
        }

        /// The permission that an action needs; `None` where an active membership is enough.
        pub const fn needs(action: Action) -> Option<Permission> {
            match action {
                $(Action::$action => $needs,)+
            }
        }
    };
}

policy! {
    /// Opens the overview: the own role, the own applications.
    SeeOverview, "see_overview", None;
    /// Leaves the organization.
    LeaveOrganization, "leave_organization", None;
    /// Writes to the administrators.
    MessageAdministrators, "message_administrators", None;
    /// Opens the list of members and a member's page.
    SeeMembers, "see_members", Some(Permission::ManageUsers);
    /// Invites somebody, by address or by adding a user.
    InviteMember, "invite_member", Some(Permission::ManageUsers);
    /// Sends an invitation's mail again, or copies a link of it.
    SendInvitationAgain, "send_invitation_again", Some(Permission::ManageUsers);
    /// Withdraws an invitation with every link of it.
    CancelInvitation, "cancel_invitation", Some(Permission::ManageUsers);
    /// Takes a member's access away.
    DeactivateMember, "deactivate_member", Some(Permission::ManageUsers);
}

/// Whether an active member who holds these permissions may do it.
pub const fn may(held: Permissions, action: Action) -> bool {
    match needs(action) {
        Some(permission) => held.contains(permission),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::permissions::role::Role;
    use std::fmt::Write;

    const UPDATE: &str = "cargo test -p app --features ssr -- --ignored write_the_policy_table";

    fn table() -> String {
        let mut table = format!("# Who may do what by role alone. Written by: {UPDATE}\n\n");
        let mut line = |cells: [&str; 5]| {
            let [action, needs, administrator, user, restricted] = cells;
            writeln!(table, "{action:<24} {needs:<22} {administrator:<15} {user:<6} {restricted}").unwrap();
        };
        line(["action", "needs", Role::Administrator.as_str(), Role::User.as_str(), Role::Restricted.as_str()]);
        for &action in Action::ALL {
            let [administrator, user, restricted] = Role::ALL.map(|role| if may(role.permissions(), action) { "yes" } else { "-" });
            line([action.as_str(), needs(action).map_or("active membership", Permission::as_str), administrator, user, restricted]);
        }
        table
    }

    #[test]
    fn the_policy_table_shows_what_the_policy_says() {
        let written = include_str!("policy_table.txt");
        assert!(table() == written, "The policy has changed. If that is intended, run\n\n    {UPDATE}\n\n{}", table());
    }

    #[test]
    #[ignore = "writes a file"]
    fn write_the_policy_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/features/permissions/policy_table.txt");
        std::fs::write(path, table()).unwrap();
    }

    #[test]
    fn one_permission_opens_its_actions_and_no_others() {
        for &action in Action::ALL {
            for permission in Permission::ALL {
                let expected = needs(action).is_none_or(|needed| needed == permission);
                assert_eq!(may(permission.into(), action), expected, "{permission:?} {action:?}");
            }
        }
    }

    #[test]
    fn an_administrator_may_do_everything() {
        assert!(Action::ALL.iter().all(|action| may(Permissions::all(), *action)));
    }
}
