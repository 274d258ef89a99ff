//! What is known in a constant.

/// Whether something holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Yes,
    No,
    /// It is not known here.
    Open,
}

impl Known {
    pub(super) const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    pub(super) const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }

    pub(super) const fn is_no(self) -> bool {
        matches!(self, Self::No)
    }

    pub(super) const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Open => Self::Open,
        }
    }
}
