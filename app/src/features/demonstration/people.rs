//! Who is in the example organization, and what they open. Every name is made up; `.example` is nobody's domain (RFC 2606).

use crate::features::applications::NewLevel;
use crate::features::permissions::{Permission, Role};

/// The organization's name.
pub(super) const ORGANIZATION: &str = "Northwick Council";
/// Its part of addresses, by which it is found again.
pub(super) const SLUG: &str = "northwick-council";
/// What it calls itself.
pub(super) const LABEL: &str = "Local Authority";
/// Where its people read mail.
pub(super) const DOMAIN: &str = "northwick.example";

/// An application.
pub(super) struct Example {
    pub(super) name: &'static str,
    pub(super) address: &'static str,
    pub(super) description: &'static str,
    pub(super) levels: &'static [NewLevel<'static>],
}

/// The applications.
pub(super) const APPLICATIONS: [Example; 3] = [
    Example {
        name: "Pupil Records",
        address: "https://pupils.northwick.example/",
        description: "Attendance, attainment and contacts of every school in the area.",
        levels: &[NewLevel { name: "Use", is_sensitive: false }, NewLevel { name: "See pupil-level data", is_sensitive: true }],
    },
    Example {
        name: "School Meals",
        address: "https://meals.northwick.example/",
        description: "Menus, allergies and free school meals.",
        levels: &[NewLevel { name: "Use", is_sensitive: false }, NewLevel { name: "Manage", is_sensitive: false }],
    },
    Example {
        name: "Transport Planner",
        address: "https://transport.northwick.example/",
        description: "Routes and seats of the school buses.",
        levels: &[NewLevel { name: "Use", is_sensitive: false }],
    },
];

/// Where a membership is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    Deactivated,
    Invited,
    NotNotified,
    Expired,
}

/// Somebody.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) role: Role,
    pub(super) standing: Standing,
    pub(super) has_factor: bool,
    /// Held beside the role's own.
    pub(super) extra: &'static [Permission],
    /// Levels of the applications, in their order; 0 is no access.
    pub(super) access: [i32; 3],
}

impl Person {
    const fn new(first_name: &'static str, last_name: &'static str, role: Role, access: [i32; 3]) -> Self {
        Self { first_name, last_name, role, standing: Standing::Active, has_factor: false, extra: &[], access }
    }

    const fn with_factor(mut self) -> Self {
        self.has_factor = true;
        self
    }

    const fn holding(mut self, extra: &'static [Permission]) -> Self {
        self.extra = extra;
        self
    }

    const fn standing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }
}

const fn administrator(first_name: &'static str, last_name: &'static str, access: [i32; 3]) -> Person {
    Person::new(first_name, last_name, Role::Administrator, access).with_factor()
}

const fn user(first_name: &'static str, last_name: &'static str, access: [i32; 3]) -> Person {
    Person::new(first_name, last_name, Role::User, access)
}

const fn restricted(first_name: &'static str, last_name: &'static str) -> Person {
    Person::new(first_name, last_name, Role::Restricted, [0, 0, 0])
}

/// Everybody. The first three are the administrators, and each of them came before those behind them.
pub(super) const PEOPLE: [Person; 60] = [
    administrator("Margaret", "Ashdown", [2, 2, 1]),
    administrator("Tariq", "Al-Khatib", [2, 0, 0]),
    administrator("Siobhán", "O’Rourke", [1, 2, 1]),
    user("Zoë", "O’Neill", [2, 0, 0]).with_factor(),
    user("Daniel", "Okonkwo", [1, 1, 0]),
    user("Priya", "Raghunathan", [2, 1, 0]).with_factor(),
    user("Helen", "Whitcombe-Price", [1, 0, 1]),
    user("Łukasz", "Wiśniewski", [0, 0, 1]),
    user("Anna", "Wiśniewska", [0, 2, 0]).holding(&[Permission::ManageApplications]),
    user("José", "Muñoz García", [1, 1, 0]),
    user("Gráinne", "Ní Bhriain", [2, 0, 0]).with_factor().holding(&[Permission::ManageJoinRequests]),
    user("Björn", "Lindqvist", [0, 1, 0]),
    user("Nguyễn", "Thị Hương", [1, 1, 0]),
    user("Emma", "Clarke", [1, 1, 1]),
    user("Emma", "Clark", [1, 0, 0]).with_factor(),
    user("Oluwaseun", "Adébáyọ̀", [2, 0, 1]).with_factor(),
    user("François", "Lefèvre", [0, 1, 0]),
    user("Ioannis", "Papadopoulos", [1, 0, 0]),
    user("Νίκος", "Παππάς", [1, 0, 1]),
    user("Oleksandr", "Kovalenko", [0, 0, 1]),
    user("Олена", "Шевченко", [1, 1, 0]),
    user("Rhys", "ap Gwilym", [1, 0, 0]).holding(&[Permission::SeeActivity]),
    user("Máire", "Mac an tSaoir", [0, 1, 0]),
    user("D’Angelo", "Baptiste", [1, 1, 0]).with_factor(),
    user("Ayşe", "Yılmaz-Demir", [1, 0, 0]),
    user("Thomas", "Featherstonehaugh", [0, 0, 1]),
    user("Xiùyīng", "Chen", [1, 1, 0]),
    user("美咲", "田中", [1, 0, 0]),
    user("Mohammed", "ibn Rashid", [1, 0, 1]),
    user("Fatima", "Bint Yusuf", [2, 0, 0]).with_factor().holding(&[Permission::ManageUsers]),
    user("Jean-Luc", "Saint-Amand", [0, 1, 0]),
    user("Katarína", "Žáková", [1, 0, 0]),
    user("Søren", "Kjærgaard", [0, 0, 1]),
    user("Ruth", "Ben-David", [1, 1, 0]),
    user("Kwame", "Boateng", [1, 0, 0]),
    user("Sarah", "Van der Merwe", [0, 2, 0]),
    user("Sinéad", "Fitzgerald", [1, 0, 0]),
    user("Jun-ho", "Park", [1, 0, 1]),
    restricted("Callum", "MacLeod"),
    restricted("Beatriz", "d’Ávila"),
    restricted("Arjun", "Singh Gill"),
    user("Imogen", "St John-Smythe", [1, 1, 1]),
    user("Þórunn", "Jónsdóttir", [1, 0, 0]),
    restricted("Lily", "Marsh"),
    user("Gareth", "Pritchard", [1, 1, 0]).standing(Standing::Deactivated),
    user("Victoria", "Lockwood", [2, 0, 0]).with_factor().standing(Standing::Deactivated),
    user("Peter", "van den Berg", [0, 0, 1]).standing(Standing::Deactivated),
    restricted("Yusra", "Haddad").standing(Standing::Deactivated),
    user("Eleanor", "Brightwell", [1, 0, 0]).standing(Standing::Expired),
    user("Matthew", "Oyelaran", [0, 1, 0]).standing(Standing::Expired),
    user("Chiara", "Dell’Acqua", [1, 1, 0]).standing(Standing::Expired),
    user("Robert", "Hargreaves", [2, 0, 0]).standing(Standing::Invited),
    user("Amélie", "Dubois", [1, 0, 0]).standing(Standing::Invited),
    user("Hamza", "Chaudhry", [1, 1, 0]).standing(Standing::Invited),
    user("Niamh", "Ó Súilleabháin", [0, 0, 1]).standing(Standing::Invited),
    user("Wei", "Zhang", [1, 0, 0]).standing(Standing::Invited),
    user("Charlotte", "Penhaligon", [0, 1, 0]).standing(Standing::Invited),
    restricted("George", "Atkinson").standing(Standing::NotNotified),
    restricted("Inês", "Conceição").standing(Standing::NotNotified),
    restricted("Vladimir", "Petrović").standing(Standing::NotNotified),
];
