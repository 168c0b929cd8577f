//! The law of the record: what was lifted is read back, whatever it is; and names are found in one way.

use std::collections::BTreeSet;

use super::{Labels, NameError, Names, Quads, Record, TermId, Value, is_naming};
use crate::lift::vocabulary::oa;
use crate::lift::{Base, Layer, lift};
use crate::model::{
    self, Class, Decisions, EntityId, Extraction, Link, MatchStrength, Method, Modality, Polarity, Qualifier, Term,
    fixture,
};
use crate::store::{Directory, Writer};

/// What an extraction says, a line a noun, as far as `lift` says it.
fn said(x: &Extraction, base: &Base) -> Vec<String> {
    let document = &x.document;
    let key = |id: EntityId| base.iri(&x.entity(id).key).into_string();
    let term = |term: &Term| match term {
        Term::Entity(id) => key(*id),
        Term::Literal(words) => format!("“{words}”"),
    };
    let metadata = &document.metadata;
    let word = |field: &Option<model::Field<String>>| field.as_ref().map(|field| field.value.clone());
    let date = metadata.date.as_ref().map(|date| date.value.iso().to_owned());
    let mut lines = vec![format!(
        "document {} {:?} {:?} {:?} {:?} {:?} {date:?}",
        document.sha256,
        document.file_name(),
        word(&metadata.title),
        word(&metadata.language),
        word(&metadata.genre),
        word(&metadata.source),
    )];
    for (at, entity) in x.entities.iter().enumerate() {
        let also: BTreeSet<&String> = entity.also.iter().collect();
        let aspects: BTreeSet<String> = entity.aspect_of.iter().map(|id| key(*id)).collect();
        let value = entity.value.as_ref().map(|value| match value {
            model::Value::Date(date) => date.iso().to_owned(),
            model::Value::Quantity(one) => format!("{} {} {}", one.number, one.unit, one.approximate),
            model::Value::Money(one) => format!("{} {} {}", one.amount, one.currency, one.approximate),
        });
        let owner = entity.owner.map(key);
        let iri = key(EntityId(at as u32));
        lines
            .push(format!("entity {iri} {:?} {} {also:?} {owner:?} {aspects:?} {value:?}", entity.class, entity.label));
    }
    let place = |span| format!("{:?}", document.code_points(span));
    let mentions = x.mentions.iter().zip(&x.referents).filter_map(|(mention, id)| Some((mention, (*id)?)));
    lines.extend(mentions.map(|(mention, id)| format!("mention {} {}", key(id), place(mention.span))));
    for claim in &x.claims {
        let qualifiers: BTreeSet<String> =
            claim.qualifiers.iter().map(|(qualifier, value)| format!("{qualifier:?} {}", term(value))).collect();
        lines.push(format!(
            "claim {} {} {} {:?} {:?} {:?} {:?} {qualifiers:?} {} {:.2} {} {}",
            term(&claim.subject),
            claim.relation.name(),
            term(&claim.object),
            claim.polarity,
            claim.modality,
            claim.strength,
            claim.said_by.map(key),
            claim.evidence.rule,
            claim.evidence.confidence,
            place(claim.evidence.span),
            document.quote(claim.evidence.span),
        ));
    }
    for (link, stands) in x.links.iter().map(|link| (link, true)).chain(x.candidates.iter().map(|link| (link, false))) {
        let (scheme, method, source) = (&link.scheme, link.method.name(), &link.source);
        lines.push(format!(
            "link {stands} {} {} {scheme} {method} {:.2} {source}",
            key(link.entity),
            link.iri,
            link.score
        ));
    }
    sorted(lines)
}

/// The same out of a record.
fn read(record: &Record<'_>) -> Vec<String> {
    let text = |id: TermId| record.quads().text(id).to_owned();
    let term = |id| if record.quads().is_literal(id) { format!("“{}”", text(id)) } else { text(id) };
    let mut lines = Vec::new();
    for one in record.documents() {
        let date = one.date.as_ref().map(|date| date.iso().to_owned());
        let (file, title, language) = (one.file, one.title, one.language);
        let (genre, source) = (one.genre, one.source);
        lines.push(format!("document {} {file:?} {title:?} {language:?} {genre:?} {source:?} {date:?}", one.sha256));
    }
    for one in record.entities().iter().filter(|one| one.class.is_some() && !is_file(record, one.id)) {
        let also: BTreeSet<&str> = one.also.iter().copied().collect();
        let aspects: BTreeSet<String> = one.aspect_of.iter().map(|id| text(*id)).collect();
        let value = one.value.as_ref().map(|value| match value {
            Value::Date(date) => date.iso().to_owned(),
            Value::Quantity(number, unit, about) => format!("{number} {unit} {about}"),
            Value::Money(amount, currency, about) => format!("{amount} {currency} {about}"),
        });
        let (label, owner) = (record.given_label(one.id).unwrap_or_default(), one.owner.map(text));
        let class = one.class.expect("filtered");
        lines.push(format!("entity {} {class:?} {label} {also:?} {owner:?} {aspects:?} {value:?}", text(one.id)));
        for passage in record.mentions(one.id) {
            let place = record.quote(passage).place.expect("a passage").place();
            lines.push(format!("mention {} {place:?}", text(one.id)));
        }
        let links: BTreeSet<TermId> = record.links(one.id).iter().map(|link| link.theirs).collect();
        for note in record.notes(oa::HAS_TARGET, one.id).into_values().flatten() {
            assert_eq!(links.contains(&note.theirs), !note.is_candidate);
            let (theirs, scheme, method) = (text(note.theirs), note.scheme, note.method);
            let score: f64 = note.score.parse().expect("a number");
            let stands = !note.is_candidate;
            lines.push(format!("link {stands} {} {theirs} {scheme} {method} {score:.2} {}", text(one.id), note.source));
        }
    }
    for claim in record.claims() {
        let qualifiers: BTreeSet<String> =
            claim.qualifiers.iter().map(|(qualifier, value)| format!("{qualifier:?} {}", term(*value))).collect();
        let quote = record.quote(claim.passages[0]);
        lines.push(format!(
            "claim {} {} {} {:?} {:?} {:?} {:?} {qualifiers:?} {} {:.2} {:?} {}",
            term(claim.subject),
            claim.relation.name(),
            term(claim.object),
            claim.polarity,
            claim.modality.expect("a modality"),
            claim.strength.map(|strength| strength.parse::<u8>().expect("a number")),
            claim.holder.map(text),
            claim.rule.expect("a rule"),
            claim.sureness(),
            quote.place.expect("a passage").place(),
            quote.words.expect("words"),
        ));
    }
    sorted(lines)
}

/// Whether a thing is the file of a text that is a work under another name: no entity of the extraction.
fn is_file(record: &Record<'_>, id: TermId) -> bool {
    record.document(id).is_some_and(|document| document.work.is_some())
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

fn record_of(quads: &Quads) -> Record<'_> {
    Record::new(quads, &[])
}

/// Throws of dice: the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.throw(from.len())].clone()
    }
}

const ODD: [&str; 8] =
    ["plain", "two\nlines", "say “no” \\ \"yes\"", "\t tab ", "پلیس", "👍 a", "#char=1,2", "<http://x.org/> ."];

/// One of the two fixtures, with everything changed that may be.
fn changed(dice: &mut Dice) -> Extraction {
    let mut x = if dice.throw(2) == 0 { fixture::first() } else { fixture::second() };
    let count = x.entities.len();
    let any = |dice: &mut Dice| EntityId(dice.throw(count) as u32);
    for at in 0..count {
        x.entities[at].also = (0..dice.throw(3)).map(|_| dice.pick(&ODD).to_owned()).collect();
        x.entities[at].owner = (dice.throw(3) == 0).then(|| any(dice));
        x.entities[at].aspect_of = (0..dice.throw(2)).map(|_| any(dice)).collect();
    }
    for claim in &mut x.claims {
        claim.polarity = dice.pick(&[Polarity::Affirmed, Polarity::Negated]);
        claim.modality = dice.pick(&Modality::ALL);
        claim.strength = dice.pick(&[None, Some(1), Some(5)]);
        claim.said_by = (dice.throw(2) == 0).then(|| any(dice));
        claim.evidence.confidence = dice.pick(&[0.0, 0.35, 0.9, 1.0]);
        claim.evidence.rule = dice.pick(&["a.b", "frame.speaker"]).into();
        if dice.throw(2) == 0 {
            claim.object = Term::Literal(dice.pick(&ODD).to_owned());
        }
        claim.qualifiers.clear();
        for _ in 0..dice.throw(3) {
            let value =
                if dice.throw(2) == 0 { Term::Entity(any(dice)) } else { Term::Literal(dice.pick(&ODD).into()) };
            let qualifier = dice.pick(&Qualifier::ALL);
            if claim.qualifiers.iter().all(|(known, _)| *known != qualifier) {
                claim.qualifiers.push((qualifier, value));
            }
        }
    }
    x.candidates = (0..dice.throw(4)).map(|number| candidate(any(dice), number)).collect();
    x.document.metadata.genre = (dice.throw(2) == 0).then(|| model::Field { value: "remarks".to_owned(), span: None });
    x
}

fn candidate(entity: EntityId, number: usize) -> Link {
    Link {
        entity,
        iri: format!("https://example.org/outer/{number}"),
        scheme: "ports".into(),
        is_concept: false,
        strength: MatchStrength::Close,
        source: "ports.csv".to_owned(),
        method: Method::Near,
        score: 0.75,
        label: "Port".to_owned(),
        evidence: "two letters differ".to_owned(),
    }
}

#[test]
fn what_was_lifted_is_read_back() {
    let base = Base::default();
    let mut dice = Dice(7);
    for round in 0..200 {
        let x = changed(&mut dice);
        let lifted = lift(&x, &base);
        let quads: Quads = lifted.quads().collect();
        let (said, read) = (said(&x, &base), read(&record_of(&quads)));
        let lost: Vec<&String> = said.iter().filter(|line| !read.contains(line)).collect();
        let made_up: Vec<&String> = read.iter().filter(|line| !said.contains(line)).collect();
        assert!(lost.is_empty() && made_up.is_empty(), "round {round}\nlost {lost:#?}\nmade up {made_up:#?}");
        assert_eq!(said, read, "round {round}");
    }
}

#[test]
fn a_store_is_read_back_as_its_quads_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(folder.path(), None, "test").expect("a store");
    let base = Base::default();
    let mut quads = Quads::default();
    let mut dice = Dice(11);
    let x = changed(&mut dice);
    writer.add(&x, "test").expect("added");
    writer.stand(&crate::lift::review(&Decisions::default(), &base)).expect("kept");
    writer.commit().expect("committed");
    drop(writer);
    lift(&x, &base).quads().for_each(|quad| quads.insert(quad));
    let mut directory = Directory::open(folder.path()).expect("a store");
    let (record, damages) = Record::open(&mut directory, &Layer::ALL).expect("read");
    assert!(damages.is_empty());
    assert_eq!(record.base(), Base::SHARED);
    assert_eq!(read(&record), read(&record_of(&quads)));
}

#[test]
fn a_voice_is_whoever_a_text_stands_for() {
    let quads: Quads = lift(&fixture::first(), &Base::default()).quads().collect();
    let record = record_of(&quads);
    let text = record.documents()[0].id;
    let id = |key: &str| quads.find_iri(&[Base::SHARED, key].concat()).expect(key);
    let voice = record.voice(text).expect("a text");
    assert!(voice.represented().any(|one| one == id("state/rur")) || voice.is(id("role/representative-of-ruritania")));
    assert!(!voice.is(id("body/harbour-union")));
    assert_eq!(record.voice(id("state/rur")), None);
}

#[test]
fn one_way_leads_from_a_name_to_a_thing() {
    let quads: Quads = lift(&fixture::first(), &Base::default()).quads().collect();
    let record = record_of(&quads);
    let names = Names::new(&record);
    for (wanted, key) in [
        ("Ruritania", "state/rur"),
        ("ruritania", "state/rur"),
        ("RUR", "state/rur"),
        ("state/rur", "state/rur"),
        ("State/RUR", "state/rur"),
        ("A/RES/99/17", "resolution/A-RES-99-17"),
        ("the tide police", "body/tide-police-rur"),
        ("harbour", "body/harbour-union"),
    ] {
        assert_eq!(names.find(wanted).expect(wanted).iri, format!("{}{key}", Base::SHARED), "{wanted}");
    }
    assert!(matches!(names.find("Zenda"), Err(NameError::NoEntity { .. })));
    let class = Labels::new(&record).class(&format!("{}state/rur", Base::SHARED));
    assert_eq!(class, Some("State".to_owned()));
    assert_eq!(record.class(names.find("RUR").expect("found").id.expect("there")), Some(Class::Of(model::Kind::State)));
}

#[test]
fn names_need_no_more_than_what_names_things() {
    let base = Base::default();
    let lifted = lift(&changed(&mut Dice(5)), &base);
    let all = Record::of_quads(lifted.quads().collect(), &base);
    let few = Record::of_quads(lifted.quads().filter(|quad| is_naming(quad.predicate.as_str())).collect(), &base);
    let (whole, slim) = (Labels::new(&all), Labels::new(&few));
    for id in all.quads().term_ids().filter_map(|id| all.quads().iri(id)) {
        let of = |labels: &Labels<'_>| (labels.label(id), labels.name(id), labels.brief(id), labels.class(id));
        assert_eq!(of(&whole), of(&slim), "{id}");
    }
}
