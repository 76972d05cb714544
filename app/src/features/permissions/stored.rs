//! How a role and permissions are stored, in one place.

use super::permission::Permissions;
use super::role::Role;
use crate::platform::incidents::Fault;

/// A stored role.
pub fn role(text: &str) -> Result<Role, Fault> {
    Role::parse(text).ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("role {text}") })
}

/// Stored permissions.
pub fn permissions(bits: i32) -> Result<Permissions, Fault> {
    u16::try_from(bits)
        .ok()
        .and_then(Permissions::from_bits)
        .ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("permissions {bits}") })
}

/// Permissions as the database holds them.
pub fn bits(permissions: Permissions) -> i32 {
    i32::from(permissions.bits())
}
