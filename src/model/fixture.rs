//! Hand-made extractions for tests: a small builder, and two invented statements.

use super::{
    Claim, Class, CodePoints, DateValue, Declaration, Document, Entity, EntityId, Evidence, Extraction, Field,
    Identifier, Kind, Link, MatchStrength, Mention, MentionClass, Method, Modality, Money, Polarity, Qualifier,
    Quantity, Reading, Relation, Span, Term, Value, Zone, ZoneKind,
};

/// Builds an extraction from a text, finding every span by its words.
pub struct Draft {
    extraction: Extraction,
}

impl Draft {
    /// A document of that name and text, all of it body, in English.
    pub fn new(name: &str, text: &str) -> Self {
        let document = Document {
            name: name.to_owned(),
            text: text.to_owned(),
            sha256: super::text::text_hash(text),
            points: CodePoints::new(text),
            zones: vec![Zone { span: Span::new(0, text.len()), kind: ZoneKind::Body }],
            ..Document::default()
        };
        let mut extraction = Extraction { document, ..Extraction::default() };
        extraction.document.metadata.language = field("en");
        Self { extraction }
    }

    /// Makes the document itself an entity of that class.
    pub fn itself(mut self, class: Class, label: &str) -> Self {
        let key = ["text/", &self.extraction.document.sha256[..16]].concat();
        self = self.entity(&key, class, label);
        self.extraction.itself = self.find(&key);
        self
    }

    /// Makes the document the text of an entity given before.
    pub fn text_of(mut self, key: &str) -> Self {
        self.extraction.itself = self.find(key);
        self
    }

    /// Title and date.
    pub fn titled(mut self, title: &str, date: &str) -> Self {
        self.extraction.document.metadata.title = field(title);
        self.extraction.document.metadata.date = Some(Field { value: DateValue::new(date), span: None });
        self
    }

    /// An entity; give them in any order.
    pub fn entity(mut self, key: &str, class: impl Into<Class>, label: &str) -> Self {
        let class = class.into();
        let value = value(class.kind(), key);
        self.extraction.entities.push(Entity {
            key: key.into(),
            class,
            label: label.to_owned(),
            also: Vec::new(),
            identifiers: Vec::new(),
            known: false,
            value,
            owner: None,
            aspect_of: Vec::new(),
        });
        self
    }

    /// Another name of the entity last given.
    pub fn also(mut self, name: &str) -> Self {
        self.last().also.push(name.to_owned());
        self
    }

    /// A code of the entity last given.
    pub fn code(mut self, scheme: &str, value: &str) -> Self {
        let (scheme, value) = (scheme.into(), value.into());
        let strength = MatchStrength::Exact;
        self.last().identifiers.push(Identifier { scheme, value, iri: None, strength, source: String::new() });
        self
    }

    /// What the entity last given belongs to, by key.
    pub fn of(mut self, owner: &str) -> Self {
        let owner = self.find(owner);
        self.last().owner = owner;
        self
    }

    /// What the phrase of the matter last given names, by key.
    pub fn aspect_of(mut self, part: &str) -> Self {
        let part = self.id(part);
        self.last().aspect_of.push(part);
        self
    }

    /// A mention of an entity: the first place of `words` after the last mention.
    pub fn mention(mut self, words: &str, key: &str) -> Self {
        let from = self.extraction.mentions.last().map_or(0, |mention| mention.span.end);
        let span = self.span(words, from);
        let (id, class) = (self.id(key), MentionClass::Named);
        let kind = self.extraction.entity(id).kind();
        let mut mentions = std::mem::take(&mut self.extraction.mentions).into_vec();
        mentions.push(Mention::new(span, kind, class, Reading::Name));
        self.extraction.mentions = mentions.into();
        self.extraction.referents.push(Some(id));
        self
    }

    /// A claim with its quote; ends are keys, or words where there is no such key. It is a stance of the speaker if it
    /// is a position.
    pub fn claim(mut self, subject: &str, relation: &str, object: &str, quote: &str) -> Self {
        let relation = relation_of(relation);
        let span = self.span(quote, 0);
        let (subject, object) = (self.term(subject), self.term(object));
        let is_position = relation.is_position();
        self.extraction.claims.push(Claim {
            said_by: subject.entity().filter(|_| is_position),
            evidence: Evidence {
                span,
                rule: format!("{}.{}", if is_position { "position" } else { "fact" }, relation.name()).into(),
                confidence: 0.9,
            },
            subject,
            relation,
            object,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            strength: is_position.then_some(3),
            qualifiers: Vec::new(),
        });
        self
    }

    /// A qualifier of the claim last given.
    pub fn with(mut self, qualifier: Qualifier, value: &str) -> Self {
        let term = self.term(value);
        self.said().qualifiers.push((qualifier, term));
        self
    }

    /// Denies the claim last given.
    pub fn negated(mut self) -> Self {
        self.said().polarity = Polarity::Negated;
        self
    }

    /// How the claim last given is put.
    pub fn put(mut self, modality: Modality) -> Self {
        self.said().modality = modality;
        self
    }

    /// A tie of an entity.
    pub fn link(mut self, key: &str, scheme: &str, iri: &str) -> Self {
        let entity = self.id(key);
        let (scheme, iri, source) = (scheme.into(), iri.to_owned(), "invented rows; for tests".to_owned());
        let (method, label, evidence, is_concept) = (Method::Row, String::new(), String::new(), false);
        let strength = MatchStrength::Exact;
        self.extraction.links.push(Link {
            entity,
            iri,
            scheme,
            is_concept,
            strength,
            source,
            method,
            score: 1.0,
            label,
            evidence,
        });
        self
    }

    /// The extraction, its entities sorted by key and its claims by place.
    pub fn done(mut self) -> Extraction {
        let order = self.order();
        let new = |id: EntityId| EntityId(order.iter().position(|&old| old == id.index()).expect("known") as u32);
        let x = &mut self.extraction;
        x.entities = order.iter().map(|&old| x.entities[old].clone()).collect();
        for entity in &mut x.entities {
            entity.owner = entity.owner.map(new);
            entity.aspect_of.iter_mut().for_each(|id| *id = new(*id));
        }
        x.itself = x.itself.map(new);
        x.referents.iter_mut().for_each(|id| *id = id.map(new));
        for claim in &mut x.claims {
            claim.said_by = claim.said_by.map(new);
            let ends = [&mut claim.subject, &mut claim.object].into_iter();
            for term in ends.chain(claim.qualifiers.iter_mut().map(|(_, term)| term)) {
                if let Term::Entity(id) = term {
                    *id = new(*id);
                }
            }
        }
        x.claims.sort_by_key(|claim| claim.evidence.span);
        x.links.iter_mut().for_each(|link| link.entity = new(link.entity));
        x.links.sort_by(|a, b| (a.entity, &a.scheme).cmp(&(b.entity, &b.scheme)));
        self.extraction
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.extraction.entities.len()).collect();
        order.sort_by_key(|&i| &self.extraction.entities[i].key);
        order
    }

    fn last(&mut self) -> &mut Entity {
        self.extraction.entities.last_mut().expect("an entity first")
    }

    fn said(&mut self) -> &mut Claim {
        self.extraction.claims.last_mut().expect("a claim first")
    }

    fn find(&self, key: &str) -> Option<EntityId> {
        let place = self.extraction.entities.iter().position(|entity| entity.key == key)?;
        Some(EntityId(place as u32))
    }

    fn id(&self, key: &str) -> EntityId {
        self.find(key).unwrap_or_else(|| panic!("no entity {key}"))
    }

    fn term(&self, end: &str) -> Term {
        match end {
            "itself" => self.extraction.itself.map_or(Term::Literal(end.to_owned()), Term::Entity),
            _ => self.find(end).map_or_else(|| Term::Literal(end.to_owned()), Term::Entity),
        }
    }

    fn span(&self, words: &str, from: usize) -> Span {
        let text = &self.extraction.document.text;
        let start = from + text[from..].find(words).unwrap_or_else(|| panic!("“{words}” not after byte {from}"));
        Span::new(start, start + words.len())
    }
}

fn field(value: &str) -> Option<Field<String>> {
    Some(Field { value: value.to_owned(), span: None })
}

/// The value that a key tells: `date/2011`, `quantity/12-office`, `money/3000000-crown`.
fn value(kind: Kind, key: &str) -> Option<Value> {
    let (_, rest) = key.split_once('/')?;
    let (number, unit) = rest.split_once('-').unwrap_or((rest, ""));
    match kind {
        Kind::Date => Some(Value::Date(DateValue::new(&rest.replace("--", "/")))),
        Kind::Quantity => {
            Some(Value::Quantity(Quantity { number: number.into(), unit: unit.into(), approximate: false }))
        }
        Kind::Money => Some(Value::Money(Money { amount: number.into(), currency: unit.into(), approximate: true })),
        _ => None,
    }
}

const FIRST: &str = "Statement by the Representative of Ruritania at the Third session of the Working Group on Tides
Strelsau, 2 to 4 March 2020 ـ جزر

Mr. Chair, my delegation attaches great importance to the work of the Working Group on Tides. The Government of \
Ruritania established the Tide Police in 2014. The Tide Police cooperates with the Harbour Union and is in contact with \
87 ports. It seized goods worth about 3 million crowns 🌊 last year.
General Assembly resolution 99/17 mandates the Working Group to study tidal fraud. We support the renewal of the \
mandate of the Working Group. Sanctions hinder our cooperation with the Harbour Union.
";

/// A first statement by an invented State: an institution, numbers, a mandate, positions, words of other scripts.
pub fn first() -> Extraction {
    first_claims(first_mentions(first_things())).done()
}

fn first_things() -> Draft {
    Draft::new("ruritania-2020.txt", FIRST)
        .itself(Class::Statement, "Statement by the Representative of Ruritania (2020-03-02)")
        .titled("Statement by the Representative of Ruritania", "2020-03-02/2020-03-04")
        .entity("state/rur", Kind::State, "Ruritania")
        .code("iso3166-1-alpha3", "RUR")
        .entity("role/representative-of-ruritania", Kind::PersonRole, "Representative of Ruritania")
        .of("state/rur")
        .entity("body/working-group-on-tides", Kind::ExpertGroup, "Working Group on Tides")
        .also("Working Group")
        .entity("meeting/working-group-on-tides-3", Kind::Meeting, "Third session of the Working Group on Tides")
        .entity("place/strelsau", Kind::Place, "Strelsau")
        .entity("date/2020-03-02--2020-03-04", Kind::Date, "2 to 4 March 2020")
        .entity("body/government-of-ruritania", Kind::GovernmentBody, "Government of Ruritania")
        .of("state/rur")
        .entity("body/tide-police-rur", Kind::LawEnforcementAgency, "Tide Police")
        .of("state/rur")
        .entity("date/2014", Kind::Date, "2014")
        .entity("body/harbour-union", Kind::InternationalOrganization, "Harbour Union")
        .entity("quantity/87-port", Kind::Quantity, "87 ports")
        .entity("money/3000000-crown", Kind::Money, "3 million crowns")
        .entity("resolution/A-RES-99-17", Kind::Resolution, "General Assembly resolution 99/17")
        .code("un-symbol", "A/RES/99/17")
        .entity("topic/tidal-fraud", Kind::Topic, "tidal fraud")
        .entity(
            "matter/renewal-of-the-mandate-of-the-working-group",
            Class::Matter,
            "renewal of the mandate of the Working Group",
        )
        .aspect_of("body/working-group-on-tides")
        .entity("measure/sanctions", Kind::Measure, "Sanctions")
}

fn first_mentions(draft: Draft) -> Draft {
    draft
        .mention("Representative of Ruritania", "role/representative-of-ruritania")
        .mention("Third session of the Working Group on Tides", "meeting/working-group-on-tides-3")
        .mention("Strelsau", "place/strelsau")
        .mention("2 to 4 March 2020", "date/2020-03-02--2020-03-04")
        .mention("Working Group on Tides", "body/working-group-on-tides")
        .mention("Government of Ruritania", "body/government-of-ruritania")
        .mention("Tide Police", "body/tide-police-rur")
        .mention("2014", "date/2014")
        .mention("Tide Police", "body/tide-police-rur")
        .mention("Harbour Union", "body/harbour-union")
        .mention("87 ports", "quantity/87-port")
        .mention("3 million crowns", "money/3000000-crown")
        .mention("General Assembly resolution 99/17", "resolution/A-RES-99-17")
        .mention("Working Group", "body/working-group-on-tides")
        .mention("tidal fraud", "topic/tidal-fraud")
        .mention("Working Group", "body/working-group-on-tides")
        .mention("Sanctions", "measure/sanctions")
        .mention("Harbour Union", "body/harbour-union")
}

fn first_claims(draft: Draft) -> Draft {
    draft
        .claim(
            "itself",
            "deliveredBy",
            "role/representative-of-ruritania",
            "Statement by the Representative of Ruritania",
        )
        .claim("itself", "represents", "state/rur", "Statement by the Representative of Ruritania")
        .claim(
            "itself",
            "deliveredAt",
            "meeting/working-group-on-tides-3",
            "at the Third session of the Working Group on Tides",
        )
        .claim("itself", "dated", "date/2020-03-02--2020-03-04", "2 to 4 March 2020")
        .claim(
            "meeting/working-group-on-tides-3",
            "sessionOf",
            "body/working-group-on-tides",
            "Third session of the Working Group on Tides",
        )
        .claim("meeting/working-group-on-tides-3", "heldIn", "place/strelsau", "Strelsau")
        .claim(
            "state/rur",
            "attachesImportanceTo",
            "body/working-group-on-tides",
            "my delegation attaches great importance to the work of the Working Group on Tides",
        )
        .with(Qualifier::Aspect, "work")
        .claim(
            "body/government-of-ruritania",
            "established",
            "body/tide-police-rur",
            "The Government of Ruritania established the Tide Police in 2014",
        )
        .with(Qualifier::InYear, "date/2014")
        .claim(
            "body/tide-police-rur",
            "cooperatesWith",
            "body/harbour-union",
            "The Tide Police cooperates with the Harbour Union",
        )
        .claim("body/tide-police-rur", "hasCount", "quantity/87-port", "is in contact with 87 ports")
        .claim("body/tide-police-rur", "hasValue", "money/3000000-crown", "goods worth about 3 million crowns 🌊")
        .claim(
            "resolution/A-RES-99-17",
            "mandates",
            "body/working-group-on-tides",
            "General Assembly resolution 99/17 mandates the Working Group to study tidal fraud",
        )
        .with(Qualifier::Task, "study tidal fraud")
        .claim(
            "state/rur",
            "supports",
            "matter/renewal-of-the-mandate-of-the-working-group",
            "We support the renewal of the mandate of the Working Group",
        )
        .claim(
            "measure/sanctions",
            "hinders",
            "our cooperation with the Harbour Union",
            "Sanctions hinder our cooperation with the Harbour Union",
        )
        .link("resolution/A-RES-99-17", "un-symbol", "https://undocs.org/A/RES/99/17")
        .link("state/rur", "wikidata", "http://www.wikidata.org/entity/Q999999999")
        .link("topic/tidal-fraud", "eurovoc", "http://eurovoc.europa.eu/999999")
}

const SECOND: &str = "Statement by the Representative of Ruritania at the Fifth session of the Working Group on Tides
7 May 2022

Thank you, Madam Chair. There is no need for the renewal of the mandate of the Working Group. We invite Member States to \
support the Ad hoc Committee on Tides. The Harbour Union should provide technical assistance. Ruritania is not a party to \
the Tidal Convention.
";

/// A second statement, two years on, in which the position on the same matter has turned.
pub fn second() -> Extraction {
    second_claims(second_mentions(second_things())).done()
}

fn second_things() -> Draft {
    Draft::new("ruritania-2022.txt", SECOND)
        .itself(Class::Statement, "Statement by the Representative of Ruritania (2022-05-07)")
        .titled("Statement by the Representative of Ruritania", "2022-05-07")
        .entity("state/rur", Kind::State, "Ruritania")
        .code("iso3166-1-alpha3", "RUR")
        .entity("role/representative-of-ruritania", Kind::PersonRole, "Representative of Ruritania")
        .of("state/rur")
        .entity("body/working-group-on-tides", Kind::ExpertGroup, "Working Group on Tides")
        .also("Working Group")
        .entity("meeting/working-group-on-tides-5", Kind::Meeting, "Fifth session of the Working Group on Tides")
        .entity("date/2022-05-07", Kind::Date, "7 May 2022")
        .entity("body/ad-hoc-committee-on-tides", Kind::ExpertGroup, "Ad hoc Committee on Tides")
        .entity("state/member-states", Class::StateGroup, "Member States")
        .entity("body/harbour-union", Kind::InternationalOrganization, "Harbour Union")
        .entity("measure/technical-assistance", Kind::Measure, "technical assistance")
        .entity("treaty/tidal-convention", Kind::Treaty, "Tidal Convention")
        .entity(
            "matter/renewal-of-the-mandate-of-the-working-group",
            Class::Matter,
            "renewal of the mandate of the Working Group",
        )
        .aspect_of("body/working-group-on-tides")
}

fn second_mentions(draft: Draft) -> Draft {
    draft
        .mention("Representative of Ruritania", "role/representative-of-ruritania")
        .mention("Fifth session of the Working Group on Tides", "meeting/working-group-on-tides-5")
        .mention("7 May 2022", "date/2022-05-07")
        .mention("Working Group", "body/working-group-on-tides")
        .mention("Member States", "state/member-states")
        .mention("Ad hoc Committee on Tides", "body/ad-hoc-committee-on-tides")
        .mention("Harbour Union", "body/harbour-union")
        .mention("technical assistance", "measure/technical-assistance")
        .mention("Ruritania", "state/rur")
        .mention("Tidal Convention", "treaty/tidal-convention")
}

fn second_claims(draft: Draft) -> Draft {
    draft
        .claim(
            "itself",
            "deliveredBy",
            "role/representative-of-ruritania",
            "Statement by the Representative of Ruritania",
        )
        .claim("itself", "represents", "state/rur", "Statement by the Representative of Ruritania")
        .claim(
            "itself",
            "deliveredAt",
            "meeting/working-group-on-tides-5",
            "at the Fifth session of the Working Group on Tides",
        )
        .claim("itself", "dated", "date/2022-05-07", "7 May 2022")
        .claim(
            "state/rur",
            "opposes",
            "matter/renewal-of-the-mandate-of-the-working-group",
            "There is no need for the renewal of the mandate of the Working Group",
        )
        .claim(
            "state/rur",
            "invites",
            "state/member-states",
            "We invite Member States to support the Ad hoc Committee on Tides",
        )
        .with(Qualifier::To, "support the Ad hoc Committee on Tides")
        .claim(
            "state/rur",
            "supports",
            "body/ad-hoc-committee-on-tides",
            "We invite Member States to support the Ad hoc Committee on Tides",
        )
        .claim(
            "body/harbour-union",
            "provides",
            "measure/technical-assistance",
            "The Harbour Union should provide technical assistance",
        )
        .put(Modality::Proposal)
        .claim("state/rur", "partyTo", "treaty/tidal-convention", "Ruritania is not a party to the Tidal Convention")
        .negated()
        .link("state/rur", "wikidata", "http://www.wikidata.org/entity/Q999999999")
}

fn relation_of(name: &str) -> Relation {
    let is_position = ["supports", "opposes", "attachesImportanceTo", "invites"].contains(&name);
    Declaration { is_position, ..Relation::new(name).declaration().clone() }.into()
}
