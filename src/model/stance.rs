//! The attitude that a claim shows.

/// The attitude that a claim shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Supports, values, takes part.
    For,
    /// Opposes, condemns, regrets.
    Against,
    /// Asks for something.
    Asks,
    /// None: a fact, or no more than taking note.
    #[default]
    None,
}

impl Stance {
    /// All, in the order of a legend.
    pub const ALL: [Stance; 4] = [Self::For, Self::Against, Self::Asks, Self::None];

    /// The attitude of a claim that is denied: a denied support is an opposition, a denied demand too.
    pub const fn denied(self) -> Self {
        match self {
            Self::For | Self::Asks => Self::Against,
            Self::Against => Self::For,
            Self::None => Self::None,
        }
    }

    /// The word for a legend or a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Asks => "asks",
            Self::None => "fact",
        }
    }
}
