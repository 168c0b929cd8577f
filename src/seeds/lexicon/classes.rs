//! The classes of words that the recognisers ask for. What belongs to a class, and why there is one, stands in
//! `seeds/lexicon/en`; here stand only their names.

use super::Lexicon;

/// Makes the classes with the names that the files call them by.
macro_rules! classes {
    ($($class:ident = $name:literal,)*) => {
        /// A class of words that mean or do the same where a recogniser meets them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum WordClass {
            $(#[doc = $name] $class,)*
        }

        impl WordClass {
            /// All classes, in the order of their numbers.
            pub const ALL: &[WordClass] = &[$(WordClass::$class,)*];

            /// What the files call it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(WordClass::$class => $name,)*
                }
            }
        }
    };
}

// A table: the classes and their names, in the order of the files.
classes! {
    AcronymGap = "acronym-gap",
    DocumentOpening = "document-opening",
    GroupingMember = "grouping-member",
    ShoutedWord = "shouted-word",
    PeoplePrefix = "people-prefix",
    AfterLanguage = "after-language",
    NameJoint = "name-joint",
    HeadEnd = "head-end",
    InsideName = "inside-name",
    ComplementOpener = "complement-opener",
    LeadingAdjective = "leading-adjective",
    TitleLink = "title-link",
    TitleHead = "title-head",
    TitleOpener = "title-opener",
    PairedBody = "paired-body",
    TitleTopic = "title-topic",
    Month = "month",
    BeforeMonth = "before-month",
    BeforeYear = "before-year",
    YearVerb = "year-verb",
    NumberName = "number-name",
    AfterAmount = "after-amount",
    CountedPeople = "counted-people",
    NoPlural = "no-plural",
    NumberedThing = "numbered-thing",
    Gathering = "gathering",
    MeetingHead = "meeting-head",
    MeetingAdjective = "meeting-adjective",
    CommonBody = "common-body",
    MeetingEnd = "meeting-end",
    LawHead = "law-head",
    NumberedLaw = "numbered-law",
    LawField = "law-field",
    LawOpening = "law-opening",
    ConstitutionOwner = "constitution-owner",
    ProvisionUnit = "provision-unit",
    BeforeInstrument = "before-instrument",
    Instrument = "instrument",
    InstrumentHead = "instrument-head",
    Honorific = "honorific",
    FormOfAddress = "form-of-address",
    AddressedOffice = "addressed-office",
    NameParticle = "name-particle",
    HumanVerb = "human-verb",
    CourtesyBefore = "courtesy-before",
    HumanNoun = "human-noun",
    HumanEvent = "human-event",
    NamePointer = "name-pointer",
    Rank = "rank",
    Office = "office",
    OfficeBehind = "office-behind",
    PersonalPronoun = "personal-pronoun",
    PointingBack = "pointing-back",
    Abbreviation = "abbreviation",
    FunctionWord = "function-word",
    EventNoun = "event-noun",
    ThingNoun = "thing-noun",
    EventEnding = "event-ending",
    Labelled = "labelled",
    AfterClauseVerb = "after-clause-verb",
    CountBorder = "count-border",
    Plural = "plural",
    NoCount = "no-count",
    Measure = "measure",
    Weighty = "weighty",
    CountPointer = "count-pointer",
    Approximately = "approximately",
    SymbolRoot = "symbol-root",
    SymbolSeries = "symbol-series",
    BeforeIts = "before-its",
    ListOpener = "list-opener",
    CitationWord = "citation-word",
    ResolutionPointer = "resolution-pointer",
    OnlyPointing = "only-pointing",
    ResolutionAdjective = "resolution-adjective",
    ResolutionOrgan = "resolution-organ",
    AfterPart = "after-part",
    OrganHead = "organ-head",
    OrganLink = "organ-link",
    BeforeResolution = "before-resolution",
    UncountedEnding = "uncounted-ending",
    PeopleEnding = "people-ending",
    ComplementStart = "complement-start",
    SmallInName = "small-in-name",
    DefiniteWord = "definite-word",
    IndefiniteWord = "indefinite-word",
    NearWord = "near-word",
    OwnState = "own-state",
    SpeakingPeople = "speaking-people",
    OthersWord = "others-word",
    OrdinalEnding = "ordinal-ending",
    NumberWord = "number-word",
    ApproximatelyPair = "approximately-pair",
    GeneralTopic = "general-topic",
    SmallInLabel = "small-in-label",
    SpeakerPronoun = "speaker-pronoun",
    UnchangedParticiple = "unchanged-participle",
    Copula = "copula",
    GerundTopic = "gerund-topic",
    OpeningPreposition = "opening-preposition",
    LocatingPreposition = "locating-preposition",
    ForbiddingModal = "forbidding-modal",
    Modal = "modal",
    NounPointer = "noun-pointer",
    Leader = "leader",
    Presiding = "presiding",
    BodyPart = "body-part",
    AgainstPhrase = "against-phrase",
    FormalName = "formal-name",
    CourtlyWord = "courtly-word",
    GreetingNoun = "greeting-noun",
    StanceVerb = "stance-verb",
    FirstPerson = "first-person",
    HomeNoun = "home-noun",
    CountryNoun = "country-noun",
    Belonging = "belonging",
    StrangerWord = "stranger-word",
    InternationalOffice = "international-office",
    ElectionWord = "election-word",
    StrifeWord = "strife-word",
    NewcomerWord = "newcomer-word",
    OwnAuxiliary = "own-auxiliary",
    OwnMind = "own-mind",
    OwnDeed = "own-deed",
    SayingVerb = "saying-verb",
    SpeakingParticiple = "speaking-participle",
    DelegateHead = "delegate-head",
    Capital = "capital",
    RealmNoun = "realm-noun",
    MindWord = "mind-word",
    NamedDelegate = "named-delegate",
    DelegateLead = "delegate-lead",
    UnnamedSpeakers = "unnamed-speakers",
    SpeechlessGenre = "speechless-genre",
    GovernmentDomain = "government-domain",
    HeadOfState = "head-of-state",
    BothSides = "both-sides",
    HyphenPrefix = "hyphen-prefix",
    MeetingLink = "meeting-link",
    HeldWord = "held-word",
    ComplementLink = "complement-link",
    PublishedHead = "published-head",
    SpokenHead = "spoken-head",
    Conversation = "conversation",
    DebateHead = "debate-head",
    GroupNoun = "group-noun",
    LocalHead = "local-head",
    LocalMeasure = "local-measure",
    PartyHead = "party-head",
    RelativeNoun = "relative-noun",
    PlainInName = "plain-in-name",
    SeriesName = "series-name",
    OfficeWord = "office-word",
    YearLink = "year-link",
    PointingWord = "pointing-word",
    PointedNoun = "pointed-noun",
    Happening = "happening",
    NationalHead = "national-head",
    NobodysBody = "nobodys-body",
    FormalState = "formal-state",
    DividedState = "divided-state",
    Namesake = "namesake",
    CompassPoint = "compass-point",
    PossessiveWord = "possessive-word",
    OtherSession = "other-session",
    Addressed = "addressed",
    NameCut = "name-cut",
    TextLink = "text-link",
    OnWord = "on-word",
    DayLink = "day-link",
    SpeakingLink = "speaking-link",
    ListLink = "list-link",
    SmallInTitle = "small-in-title",
    ConnectorLine = "connector-line",
    SentenceOpener = "sentence-opener",
    UnreadKey = "unread-key",
    BegunName = "begun-name",
    BeforeNumber = "before-number",
    MastheadWord = "masthead-word",
    DateArticle = "date-article",
    CountedMeeting = "counted-meeting",
    OrdinalSuffix = "ordinal-suffix",
    StatementHead = "statement-head",
    LetterHead = "letter-head",
    ReportHead = "report-head",
    TopicConnector = "topic-connector",
    CollectedStatements = "collected-statements",
    BeforeHead = "before-head",
    MeetingNoun = "meeting-noun",
    OfficeOn = "office-on",
    Weekday = "weekday",
    MeetingNotSpeaker = "meeting-not-speaker",
    Dangling = "dangling",
    DayInterval = "day-interval",
    GreetingOpening = "greeting-opening",
    Greeted = "greeted",
    ThanksOpening = "thanks-opening",
    OfficeFor = "office-for",
    PresidedBody = "presided-body",
    OfficeAlone = "office-alone",
    CourtesyTitle = "courtesy-title",
    GreetedPeople = "greeted-people",
    Everybody = "everybody",
    AnothersStatement = "anothers-statement",
    SpeakingWord = "speaking-word",
    SpeakerSelf = "speaker-self",
    AfterAgent = "after-agent",
    Grouped = "grouped",
    AfterGroup = "after-group",
    PresentSession = "present-session",
    Chair = "chair",
    BeforeChair = "before-chair",
    Asked = "asked",
    SpokenTo = "spoken-to",
    Collection = "collection",
    SmallInPerson = "small-in-person",
    Answering = "answering",
    AfterDenial = "after-denial",
    DegreeWord = "degree-word",
    ExceptionWord = "exception-word",
    DocumentNoun = "document-noun",
    AnnexWord = "annex-word",
    LetterAddress = "letter-address",
    TellingDeed = "telling-deed",
    OwnBody = "own-body",
    Courtesy = "courtesy",
    TitleGerund = "title-gerund",
    OfficeAdjective = "office-adjective",
    UndoingWord = "undoing-word",
    HarmingWord = "harming-word",
    MatterFiller = "matter-filler",
    ReasonOpener = "reason-opener",
    JoinedPrefix = "joined-prefix",
    TurningWord = "turning-word",
    Renewal = "renewal",
    OtherSense = "other-sense",
    ClauseParting = "clause-parting",
}

impl WordClass {
    /// Whether a word in lower case belongs to it, in the lexicon that ships.
    pub fn has(self, lower: &str) -> bool {
        Lexicon::embedded().is(lower, self)
    }

    /// Whether a word belongs to it as it is written, capitals and all.
    pub fn has_written(self, word: &str) -> bool {
        self.words().iter().any(|other| other == word)
    }

    /// Its words in the lexicon that ships, as the file has them.
    pub fn words(self) -> &'static [String] {
        Lexicon::embedded().list(self)
    }

    /// The first of its words or phrases that a text starts with.
    pub fn opening(self, text: &str) -> Option<&'static str> {
        self.words().iter().map(String::as_str).find(|word| text.starts_with(word))
    }
}

/// The classes that a word belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes([u128; 2]);

impl Classes {
    /// Takes a class in.
    pub const fn insert(&mut self, class: WordClass) {
        self.0[class as usize / 128] |= 1 << (class as usize % 128);
    }

    /// Whether a class is among them.
    pub const fn has(self, class: WordClass) -> bool {
        self.0[class as usize / 128] & (1 << (class as usize % 128)) != 0
    }
}

// One bit a class.
const _: () = assert!(WordClass::ALL.len() <= 256);
