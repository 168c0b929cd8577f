//! What a relation says of the attitude of the one who holds it.

/// The attitude that a claim shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Supports, values, takes part.
    For,
    /// Opposes, condemns, regrets.
    Against,
    /// Asks for something.
    Asks,
    /// None: a fact.
    None,
}

impl Stance {
    /// All, in the order of a legend.
    pub const ALL: [Stance; 4] = [Self::For, Self::Against, Self::Asks, Self::None];

    /// The stance of a relation by its local name; a denied support is an opposition, a denied demand too.
    pub fn of(relation: &str, negated: bool) -> Self {
        let stance = match relation {
            "supports" | "commends" | "attachesImportanceTo" | "emphasizes" | "commitsTo" | "participatesIn" => {
                Self::For
            }
            "opposes" | "concernedAbout" | "condemns" | "regrets" => Self::Against,
            "callsFor" | "invites" | "requests" | "proposes" => Self::Asks,
            _ => Self::None,
        };
        match (stance, negated) {
            (Self::For | Self::Asks, true) => Self::Against,
            (Self::Against, true) => Self::For,
            (stance, _) => stance,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Relation;

    #[test]
    fn every_position_has_a_stance_and_nothing_else_has() {
        for relation in Relation::KNOWN {
            let stance = Stance::of(relation, false);
            assert_eq!(stance != Stance::None, Relation::POSITIONS.contains(relation), "{relation}");
        }
    }
}
