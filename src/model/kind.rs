//! What sorts of thing there are: the eighteen kinds of the machine interface and their finer classes.

/// The eighteen kinds that JSON Lines and measurements use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A State, or a definite set of States.
    State,
    /// A ministry, government, delegation or authority.
    GovernmentBody,
    /// A police force, prosecution service, or law enforcement as an actor.
    LawEnforcementAgency,
    /// An organisation or standing grouping of States; the UN as a whole.
    InternationalOrganization,
    /// An organ, commission, office, programme or secretariat of the UN.
    UNBody,
    /// An expert group, working group or committee.
    ExpertGroup,
    /// A person, a role, a sort of people or of private actors.
    PersonRole,
    /// A city or region.
    Place,
    /// A session, summit or conference.
    Meeting,
    /// A numbered resolution or decision.
    Resolution,
    /// A treaty, convention or charter.
    Treaty,
    /// A law, article, decree or paragraph.
    LegalProvision,
    /// A strategy, report, statement, plan.
    Document,
    /// A subject matter.
    Topic,
    /// Something done or to be done: a programme, service, campaign, mandate.
    Measure,
    /// A number with its unit.
    Quantity,
    /// An amount with its currency.
    Money,
    /// A date, a year, an interval.
    Date,
}

impl Kind {
    /// All kinds, in the order of the design.
    pub const ALL: [Kind; 18] = [
        Kind::State,
        Kind::GovernmentBody,
        Kind::LawEnforcementAgency,
        Kind::InternationalOrganization,
        Kind::UNBody,
        Kind::ExpertGroup,
        Kind::PersonRole,
        Kind::Place,
        Kind::Meeting,
        Kind::Resolution,
        Kind::Treaty,
        Kind::LegalProvision,
        Kind::Document,
        Kind::Topic,
        Kind::Measure,
        Kind::Quantity,
        Kind::Money,
        Kind::Date,
    ];

    /// The name in the ontology and in JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::State => "State",
            Kind::GovernmentBody => "GovernmentBody",
            Kind::LawEnforcementAgency => "LawEnforcementAgency",
            Kind::InternationalOrganization => "InternationalOrganization",
            Kind::UNBody => "UNBody",
            Kind::ExpertGroup => "ExpertGroup",
            Kind::PersonRole => "PersonRole",
            Kind::Place => "Place",
            Kind::Meeting => "Meeting",
            Kind::Resolution => "Resolution",
            Kind::Treaty => "Treaty",
            Kind::LegalProvision => "LegalProvision",
            Kind::Document => "Document",
            Kind::Topic => "Topic",
            Kind::Measure => "Measure",
            Kind::Quantity => "Quantity",
            Kind::Money => "Money",
            Kind::Date => "Date",
        }
    }

    /// The kind of that name, exactly as [`Kind::name`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The first part of the key of such an entity: `state` in `state/irn`.
    pub const fn folder(self) -> &'static str {
        match self {
            Kind::State => "state",
            Kind::GovernmentBody
            | Kind::LawEnforcementAgency
            | Kind::InternationalOrganization
            | Kind::UNBody
            | Kind::ExpertGroup => "body",
            Kind::PersonRole => "role",
            Kind::Place => "place",
            Kind::Meeting => "meeting",
            Kind::Resolution => "resolution",
            Kind::Treaty => "treaty",
            Kind::LegalProvision => "provision",
            Kind::Document => "document",
            Kind::Topic => "topic",
            Kind::Measure => "measure",
            Kind::Quantity => "quantity",
            Kind::Money => "money",
            Kind::Date => "date",
        }
    }

    /// Whether it can act: say, decide, support, cooperate.
    pub const fn is_agent(self) -> bool {
        matches!(
            self,
            Kind::State
                | Kind::GovernmentBody
                | Kind::LawEnforcementAgency
                | Kind::InternationalOrganization
                | Kind::UNBody
                | Kind::ExpertGroup
                | Kind::PersonRole
                | Kind::Meeting
        )
    }
}

/// The class of an entity in the ontology: one of the kinds, or a finer class under one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A kind without a finer class.
    Of(Kind),
    /// A definite set of States ("Member States").
    StateGroup,
    /// A court, tribunal or judicial branch.
    JudicialBody,
    /// The delegation of a State to a meeting.
    Delegation,
    /// A principal organ of the UN.
    PrincipalOrgan,
    /// A statement delivered at a meeting.
    Statement,
    /// An agenda item of a meeting.
    AgendaItem,
    /// A named person.
    Person,
    /// A sort of people or private actors ("criminals", "the private sector").
    NonStateActor,
    /// What a position is about, named by a phrase ("renewal of the mandate of the Expert Group").
    Matter,
}

impl Class {
    /// All finer classes.
    pub const FINER: [Class; 9] = [
        Class::StateGroup,
        Class::JudicialBody,
        Class::Delegation,
        Class::PrincipalOrgan,
        Class::Statement,
        Class::AgendaItem,
        Class::Person,
        Class::NonStateActor,
        Class::Matter,
    ];

    /// The kind it falls under.
    pub const fn kind(self) -> Kind {
        match self {
            Class::Of(kind) => kind,
            Class::StateGroup => Kind::State,
            Class::JudicialBody | Class::Delegation => Kind::GovernmentBody,
            Class::PrincipalOrgan => Kind::UNBody,
            Class::Statement | Class::AgendaItem => Kind::Document,
            Class::Person | Class::NonStateActor => Kind::PersonRole,
            Class::Matter => Kind::Measure,
        }
    }

    /// The name in the ontology.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Of(kind) => kind.name(),
            Class::StateGroup => "StateGroup",
            Class::JudicialBody => "JudicialBody",
            Class::Delegation => "Delegation",
            Class::PrincipalOrgan => "PrincipalOrgan",
            Class::Statement => "Statement",
            Class::AgendaItem => "AgendaItem",
            Class::Person => "Person",
            Class::NonStateActor => "NonStateActor",
            Class::Matter => "Matter",
        }
    }

    /// The class of that name, finer classes included.
    pub fn from_name(name: &str) -> Option<Self> {
        Kind::from_name(name).map(Class::Of).or_else(|| Self::FINER.into_iter().find(|class| class.name() == name))
    }
}

impl From<Kind> for Class {
    fn from(kind: Kind) -> Self {
        Class::Of(kind)
    }
}
