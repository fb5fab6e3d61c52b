//! Truth of a condition: yes, no, open (a fact is missing), or for a person to say.

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    No,
    /// A missing or disputed fact decides.
    Open,
    /// The words leave room: a person decides.
    Person,
    Yes,
}

/// What readings of one text make of a question together: where they differ, a person has to say.
pub fn of_readings(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let mut all = truths.into_iter();
    let Some(first) = all.next() else { return Truth::Open };
    let mut open = first == Truth::Open;
    let mut differ = false;
    for truth in all {
        open |= truth == Truth::Open;
        differ |= truth != first;
    }
    match (differ, open) {
        (false, _) => first,
        (true, true) => Truth::Open,
        (true, false) => Truth::Person,
    }
}

impl Truth {
    pub fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    /// Both hold. One that does not hold decides, whatever the other; a missing fact comes before a person's weighing.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Open, _) | (_, Truth::Open) => Truth::Open,
            (Truth::Person, _) | (_, Truth::Person) => Truth::Person,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
        }
    }

    /// At least one holds.
    pub fn or(self, other: Truth) -> Truth {
        self.opposite().and(other.opposite()).opposite()
    }

    pub fn opposite(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
            Truth::Person => Truth::Person,
            Truth::Yes => Truth::No,
        }
    }

    pub fn is_yes(self) -> bool {
        self == Truth::Yes
    }

    pub fn is_no(self) -> bool {
        self == Truth::No
    }
}
