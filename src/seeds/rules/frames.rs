//! Frames: the compact form of rules, one line a frame, tab-separated (`seeds/rules/frames/*.tsv`).
//!
//! A line that opens with `@shape` names how arguments stand, one with `@family` what the frames below it claim; every
//! other line is a frame: name, triggers, shape, options, an example and the claims that its rule must find there.

use std::collections::HashMap;

use super::error::RuleError;
use super::language::{Kinds, Path, Trigger, Unknown};
use super::load::Read;
use super::table::{Source, line_starts, unknown};
use super::words::Words;
use super::{Example, Rule};
use crate::model::{Modality, Place, Qualifier, Relation, Relations};
use crate::seeds::Origin;

/// How arguments stand, as written: paths to both ends, their kinds, qualifiers. `{}` stands for what a frame fills in
/// behind the shape's name: `acts-on:with | alongside`.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    subject: String,
    object: String,
    subject_kinds: String,
    object_kinds: String,
    qualifiers: String,
}

/// The shapes read so far, by name: those of an earlier file serve the later ones.
pub(super) type Shapes = HashMap<String, Shape>;

struct Family {
    code: String,
    says: String,
    relation: Relation,
    options: String,
}

/// A line of the file, with its cells and where each starts.
struct Line<'a> {
    source: Source<'a>,
    number: usize,
    cells: Vec<(&'a str, usize)>,
}

/// Reads one file; `taken` tells where a code of an earlier file stands.
pub(super) fn read(
    file: &str,
    text: &str,
    shapes: &mut Shapes,
    relations: &Relations,
    taken: &dyn Fn(&str) -> Option<Origin>,
) -> Result<Read, RuleError> {
    let starts = line_starts(text);
    let source = Source { file, text, lines: &starts };
    let mut rules: Vec<Rule> = Vec::new();
    let mut family: Option<Family> = None;
    for line in lines(source) {
        match line.cells[0].0 {
            "@shape" => {
                let name = line.cell(1, "name")?.0.to_owned();
                shapes.insert(name, shape(&line)?);
            }
            "@family" => family = Some(self::family(&line, relations)?),
            _ => {
                let Some(family) = &family else { return Err(line.missing("@family")) };
                let rule = frame(&line, family, shapes)?;
                let first = rules.iter().find(|known| known.code == rule.code).map(|known| known.origin.clone());
                if let Some(first) = first.or_else(|| taken(&rule.code)) {
                    return Err(line.twice(&rule, &first));
                }
                rules.push(rule);
            }
        }
    }
    Ok(Read { rules, words: Words::default() })
}

fn lines(source: Source<'_>) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    source.text.split_inclusive('\n').enumerate().filter_map(move |(at, raw)| {
        let line_start = start;
        start += raw.len();
        let text = raw.trim_end();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let mut cell = line_start;
        let cells = text.split('\t').map(|part| {
            let here = cell;
            cell += part.len() + 1;
            (part.trim(), here)
        });
        Some(Line { source, number: at + 1, cells: cells.collect() })
    })
}

impl<'a> Line<'a> {
    /// A cell that must be filled.
    fn cell(&self, at: usize, key: &'static str) -> Result<(&'a str, Box<Place>), RuleError> {
        match self.maybe(at) {
            Some(found) => Ok(found),
            None => Err(self.missing(key)),
        }
    }

    fn maybe(&self, at: usize) -> Option<(&'a str, Box<Place>)> {
        let &(text, start) = self.cells.get(at).filter(|(text, _)| !text.is_empty())?;
        Some((text, self.source.place(start, text.chars().count())))
    }

    fn place(&self) -> Box<Place> {
        self.source.place(self.cells[0].1, 1)
    }

    fn missing(&self, key: &'static str) -> RuleError {
        RuleError::MissingKey { holder: "frame", key, place: self.place() }
    }

    fn twice(&self, rule: &Rule, first: &Origin) -> RuleError {
        let (file, line) = (first.file.to_string(), first.line);
        RuleError::Twice { code: rule.code.to_string(), file, line, place: self.place() }
    }

    fn origin(&self) -> Origin {
        Origin { file: self.source.file.into(), line: self.number }
    }
}

/// `@shape name subject object subject-kinds object-kinds qualifiers`; alternatives are parted by `;`.
fn shape(line: &Line<'_>) -> Result<Shape, RuleError> {
    let text = |at| line.maybe(at).map_or("", |(text, _)| text).to_owned();
    let (subject, subject_place) = line.cell(2, "subject")?;
    let (object, object_place) = line.cell(3, "object")?;
    let shape = Shape {
        subject: subject.to_owned(),
        object: object.to_owned(),
        subject_kinds: text(4),
        object_kinds: text(5),
        qualifiers: text(6),
    };
    // What is filled in later is read then; the rest is tried here, so that a fault is told where it stands.
    paths(&subject.replace("{}", "to"), &subject_place)?;
    paths(&object.replace("{}", "to"), &object_place)?;
    Ok(shape)
}

/// `@family code relation says options`.
fn family(line: &Line<'_>, relations: &Relations) -> Result<Family, RuleError> {
    let (name, place) = line.cell(2, "relation")?;
    let Some(relation) = relations.get(name).cloned() else {
        let known = relations.iter().map(|relation| relation.name().to_owned()).collect();
        return Err(unknown(Unknown { what: "relation", name: name.to_owned(), known }, place));
    };
    Ok(Family {
        code: line.cell(1, "code")?.0.to_owned(),
        says: line.cell(3, "says")?.0.to_owned(),
        relation,
        options: line.maybe(4).map_or("", |(text, _)| text).to_owned(),
    })
}

/// `name triggers shape options example claims`.
fn frame(line: &Line<'_>, family: &Family, shapes: &Shapes) -> Result<Rule, RuleError> {
    let (name, _) = line.cell(0, "name")?;
    let (triggers, place) = line.cell(1, "on")?;
    let triggers = parts(triggers).map(Trigger::parse).collect::<Result<Vec<_>, _>>();
    let triggers = triggers.map_err(|fault| unknown(fault, place))?.concat();
    let (shape, place) = line.cell(2, "shape")?;
    let (shape_name, filling) = shape.split_once(':').unwrap_or((shape, ""));
    let Some(shape) = shapes.get(shape_name.trim()) else {
        let known = shapes.keys().cloned().collect();
        return Err(unknown(Unknown { what: "shape", name: shape_name.to_owned(), known }, place));
    };
    let kinds = |text: &str, or: Kinds| if text.is_empty() { Ok(or) } else { self::kinds(text, &place) };
    let mut rule = Rule {
        code: format!("{}.{name}", family.code).into(),
        says: family.says.clone(),
        relation: family.relation.clone(),
        triggers,
        matcher: None,
        subject: paths(&shape.subject.replace("{}", filling), &place)?,
        object: paths(&shape.object.replace("{}", filling), &place)?,
        subject_kinds: kinds(&shape.subject_kinds, Kinds::entity())?,
        object_kinds: kinds(&shape.object_kinds, Kinds::any())?,
        denied: false,
        finite: false,
        last: false,
        unless: Vec::new(),
        modality: None,
        strength: None,
        confidence: 0.7,
        qualifiers: qualifiers(&shape.qualifiers, &place)?,
        examples: example(line).into_iter().collect(),
        origin: line.origin(),
    };
    let place = line.place();
    for option in family.options.split_whitespace() {
        set(&mut rule, option, &place)?;
    }
    if let Some((options, place)) = line.maybe(3) {
        for option in options.split_whitespace() {
            set(&mut rule, option, &place)?;
        }
    }
    Ok(rule)
}

/// One option: `denied`, `finite`, `last`, `unless=purpose,proposal`, `modality=opinion`, `strength=3`, `sure=0.8`, `from=agent`,
/// `to=matter,words`.
fn set(rule: &mut Rule, option: &str, place: &Place) -> Result<(), RuleError> {
    let (key, value) = option.split_once('=').unwrap_or((option, ""));
    let wrong = |wants| RuleError::WrongType { key: key.to_owned(), wants, place: Box::new(place.clone()) };
    match key {
        "denied" => rule.denied = true,
        "finite" => rule.finite = true,
        "last" => rule.last = true,
        "unless" => rule.unless = value.split(',').map(|name| modality(name, place)).collect::<Result<_, _>>()?,
        "modality" => rule.modality = Some(modality(value, place)?),
        "strength" => rule.strength = Some(value.parse().map_err(|_| wrong("a number from 1 to 5"))?),
        "sure" => rule.confidence = value.parse().map_err(|_| wrong("a number from 0 to 1"))?,
        "from" => rule.subject_kinds = kinds(value, place)?,
        "to" => rule.object_kinds = kinds(value, place)?,
        _ => {
            let known = ["denied", "finite", "last", "unless", "modality", "strength", "sure", "from", "to"];
            let known = known.map(str::to_owned).to_vec();
            return Err(unknown(Unknown { what: "option", name: key.to_owned(), known }, Box::new(place.clone())));
        }
    }
    Ok(())
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn paths(text: &str, place: &Place) -> Result<Vec<Path>, RuleError> {
    parts(text).map(|path| Path::parse(path).map_err(|fault| unknown(fault, Box::new(place.clone())))).collect()
}

fn kinds(text: &str, place: &Place) -> Result<Kinds, RuleError> {
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    Kinds::parse(&names).map_err(|fault| unknown(fault, Box::new(place.clone())))
}

fn modality(name: &str, place: &Place) -> Result<Modality, RuleError> {
    let known = || Modality::ALL.iter().map(|modality| modality.name().to_owned()).collect();
    let found = Modality::ALL.into_iter().find(|modality| modality.name() == name);
    found.ok_or_else(|| {
        unknown(Unknown { what: "modality", name: name.to_owned(), known: known() }, Box::new(place.clone()))
    })
}

/// `to=prep:to | for; for=prep:for`.
fn qualifiers(text: &str, place: &Place) -> Result<Vec<(Qualifier, Vec<Path>)>, RuleError> {
    let one = |part: &str| {
        let (name, path) = part.split_once('=').unwrap_or((part, ""));
        let known = || Qualifier::ALL.iter().map(|qualifier| qualifier.name().to_owned()).collect();
        let qualifier = Qualifier::from_name(name.trim()).ok_or_else(|| {
            unknown(Unknown { what: "qualifier", name: name.to_owned(), known: known() }, Box::new(place.clone()))
        })?;
        Ok((qualifier, paths(path, place)?))
    };
    parts(text).map(one).collect()
}

/// The example of a line; its claims are parted by `;`, and none stand where the rule must stay silent.
fn example(line: &Line<'_>) -> Option<Example> {
    let (text, _) = line.maybe(4)?;
    let claims = line.maybe(5).map_or("", |(text, _)| text);
    let resolution = text.strip_prefix("§ ");
    Some(Example {
        text: resolution.unwrap_or(text).to_owned(),
        claims: parts(claims).map(str::to_owned).collect(),
        resolution: resolution.is_some(),
        document: false,
        origin: line.origin(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::read;
    use crate::model::Fault;

    const HEAD: &str =
        "@shape\tdoes\tsubject\tobject\tagent\n@family\tstance\tsupports\tA holder supports it.\tstrength=3\n";

    fn fault(line: &str) -> String {
        let text = format!("{HEAD}{line}\n");
        let error = read("mine.tsv", &text, &mut HashMap::new(), crate::seeds::relations(), &|_| None)
            .err()
            .expect("it should be refused");
        assert!(error.place().is_some());
        error.to_string()
    }

    #[test]
    fn a_line_is_a_rule() {
        let text =
            format!("{HEAD}cheer\tverb: cheer; noun: cheer\tdoes\tsure=0.6\tPeru cheers the plan.\tPeru | plan\n");
        let rules = read("mine.tsv", &text, &mut HashMap::new(), crate::seeds::relations(), &|_| None)
            .unwrap_or_else(|_| panic!("it should be read"))
            .rules;
        assert_eq!((rules[0].code.as_str(), rules[0].triggers.len(), rules[0].strength), ("stance.cheer", 2, Some(3)));
        assert_eq!((rules[0].confidence, rules[0].examples.len(), rules[0].origin.line), (0.6, 1, 3));
    }

    #[test]
    fn faults_name_file_line_and_word() {
        for (line, says) in [
            ("cheer\tverb: cheer\tdeos", "mine.tsv:3: there is no shape `deos`"),
            ("cheer\tvreb: cheer\tdoes", "mine.tsv:3: there is no part of speech `vreb`"),
            ("cheer\tverb: cheer\tdoes\tsrue=1", "mine.tsv:3: there is no option `srue`"),
            ("cheer\tverb: cheer", "mine.tsv:3: the frame has no `shape`"),
        ] {
            assert_eq!(fault(line), says);
        }
    }
}
