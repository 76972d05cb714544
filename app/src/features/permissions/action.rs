//! What can be done in an organization.

/// Lists the actions once, so that none is missing from [`Action::ALL`] and thereby from the policy table.
macro_rules! actions {
    ($($(#[doc = $documentation:literal])+ $action:ident => $name:literal,)+) => {
        /// Something that a member does in an organization. What it needs stands in [`super::policy::needs`].
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
    };
}

actions! {
    /// Opens the overview: the own role, the own applications.
    SeeOverview => "see_overview",
    /// Leaves the organization.
    LeaveOrganization => "leave_organization",
    /// Writes to the administrators.
    MessageAdministrators => "message_administrators",
    /// Opens the list of members and a member's page.
    SeeMembers => "see_members",
    /// Invites somebody, by address or by adding a user.
    InviteMember => "invite_member",
    /// Sends an invitation's mail again, or copies a link of it.
    SendInvitationAgain => "send_invitation_again",
    /// Withdraws an invitation with every link of it.
    CancelInvitation => "cancel_invitation",
    /// Takes a member's access away.
    DeactivateMember => "deactivate_member",
}
