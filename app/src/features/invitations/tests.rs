//! Use cases of invitations against a real database.
