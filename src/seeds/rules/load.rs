//! From the TOML of a rule file to rules.

use toml::de::DeTable;

use super::error::RuleError;
use super::language::{Kinds, Path, Trigger, Unknown};
use super::table::{Source, Table, line_starts, unknown};
use super::words::{WordList, Words};
use super::{Example, Rule};
use crate::model::{Modality, Place, Qualifier, Relation, Relations};
use crate::seeds::Origin;

const RULE_KEYS: &[&str] = &[
    "code", "says", "relation", "on", "matcher", "subject", "object", "subject_kinds", "object_kinds", "denied",
    "finite", "last", "unless", "modality", "strength", "confidence", "qualifiers", "example",
];

/// What one file holds.
pub(super) struct Read {
    pub rules: Vec<Rule>,
    pub words: Words,
}

/// Reads one file, whose rules claim these relations; `taken` tells where a code of an earlier file stands.
pub(super) fn read(
    file: &str,
    text: &str,
    relations: &Relations,
    taken: &dyn Fn(&str) -> Option<Origin>,
) -> Result<Read, RuleError> {
    let lines = line_starts(text);
    let source = Source { file, text, lines: &lines };
    let parsed = DeTable::parse(text).map_err(|error| syntax(&source, &error))?;
    let top = Table::new(source, "rule file", 0, parsed.get_ref());
    top.allow(&["words", "rule"])?;
    let mut rules: Vec<Rule> = Vec::new();
    for table in top.list("rule", "rule")? {
        let rule = rule(&table, relations)?;
        let first = rules.iter().find(|known| known.code == rule.code).map(|known| known.origin.clone());
        if let Some(first) = first.or_else(|| taken(&rule.code)) {
            return Err(twice(&table, &rule, &first));
        }
        rules.push(rule);
    }
    Ok(Read { rules, words: words(&top)? })
}

fn syntax(source: &Source<'_>, error: &toml::de::Error) -> RuleError {
    let span = error.span().unwrap_or_default();
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    RuleError::Syntax { message, place: source.place(span.start, span.len()) }
}

fn twice(table: &Table<'_>, rule: &Rule, first: &Origin) -> RuleError {
    RuleError::Twice {
        code: rule.code.to_string(),
        file: first.file.to_string(),
        line: first.line,
        place: table.source.place(table.start, 1),
    }
}

fn words(top: &Table<'_>) -> Result<Words, RuleError> {
    let mut words = Words::default();
    let Some(table) = top.inner("words", "list of words")? else { return Ok(words) };
    table.allow(&WordList::ALL.map(|(key, _)| key))?;
    for (key, list) in WordList::ALL {
        for (word, _) in table.texts(key)? {
            words.insert(list, word);
        }
    }
    Ok(words)
}

fn rule(table: &Table<'_>, relations: &Relations) -> Result<Rule, RuleError> {
    table.allow(RULE_KEYS)?;
    let matcher = table.texts("matcher")?.first().map(|&(name, _)| name.into());
    // A matcher finds the ends by itself.
    let ask = |key| if matcher.is_some() { table.texts(key) } else { required(table, key) };
    Ok(Rule {
        code: table.text("code")?.0.into(),
        says: table.text("says")?.0.to_owned(),
        relation: relation(table, relations)?,
        triggers: ask("on")?
            .into_iter()
            .map(|(text, place)| Trigger::parse(text).map_err(|fault| unknown(fault, place)))
            .collect::<Result<Vec<_>, _>>()?
            .concat(),
        subject: paths(ask("subject")?)?,
        object: paths(ask("object")?)?,
        subject_kinds: kinds(table, "subject_kinds")?.unwrap_or_else(Kinds::entity),
        object_kinds: kinds(table, "object_kinds")?.unwrap_or_else(Kinds::any),
        matcher: matcher.clone(),
        denied: table.flag("denied")?,
        finite: table.flag("finite")?,
        last: table.flag("last")?,
        unless: modalities(table, "unless")?,
        modality: modalities(table, "modality")?.first().copied(),
        strength: table.number("strength")?.map(|strength| strength.clamp(1.0, 5.0) as u8),
        confidence: table.number("confidence")?.unwrap_or(0.8).clamp(0.0, 1.0),
        qualifiers: qualifiers(table)?,
        examples: table.list("example", "example")?.iter().map(example).collect::<Result<_, _>>()?,
        origin: Origin { file: table.source.file.into(), line: table.line() },
    })
}

type Texts<'a> = Vec<(&'a str, Box<Place>)>;

fn required<'a>(table: &Table<'a>, key: &'static str) -> Result<Texts<'a>, RuleError> {
    let texts = table.texts(key)?;
    if texts.is_empty() {
        table.text(key)?;
    }
    Ok(texts)
}

fn paths(texts: Texts<'_>) -> Result<Vec<Path>, RuleError> {
    texts.into_iter().map(|(text, place)| Path::parse(text).map_err(|fault| unknown(fault, place))).collect()
}

fn relation(table: &Table<'_>, relations: &Relations) -> Result<Relation, RuleError> {
    let (name, place) = table.text("relation")?;
    if let Some(relation) = relations.get(name) {
        return Ok(relation.clone());
    }
    let known = relations.iter().map(|relation| relation.name().to_owned()).collect();
    Err(unknown(Unknown { what: "relation", name: name.to_owned(), known }, place))
}

fn kinds(table: &Table<'_>, key: &str) -> Result<Option<Kinds>, RuleError> {
    let texts = table.texts(key)?;
    let Some((_, place)) = texts.first().cloned() else { return Ok(None) };
    let names: Vec<&str> = texts.iter().map(|&(name, _)| name).collect();
    Kinds::parse(&names).map(Some).map_err(|fault| {
        let place = texts.iter().find(|(name, _)| *name == fault.name).map_or(place, |(_, place)| place.clone());
        unknown(fault, place)
    })
}

fn modalities(table: &Table<'_>, key: &str) -> Result<Vec<Modality>, RuleError> {
    let known = || Modality::ALL.iter().map(|modality| modality.name().to_owned()).collect();
    let read = |(name, place): (&str, Box<Place>)| {
        let found = Modality::ALL.into_iter().find(|modality| modality.name() == name);
        found.ok_or_else(|| unknown(Unknown { what: "modality", name: name.to_owned(), known: known() }, place))
    };
    table.texts(key)?.into_iter().map(read).collect()
}

fn qualifiers(table: &Table<'_>) -> Result<Vec<(Qualifier, Vec<Path>)>, RuleError> {
    let Some(inner) = table.inner("qualifiers", "qualifier table")? else { return Ok(Vec::new()) };
    inner.allow(&Qualifier::ALL.map(Qualifier::name))?;
    let mut found = Vec::new();
    for (key, value) in inner.entries() {
        if let Some(qualifier) = Qualifier::from_name(key) {
            found.push((qualifier, paths(inner.texts_of(key, value)?)?));
        }
    }
    Ok(found)
}

fn example(table: &Table<'_>) -> Result<Example, RuleError> {
    table.allow(&["text", "claims", "resolution", "document"])?;
    Ok(Example {
        text: table.text("text")?.0.to_owned(),
        claims: table.texts("claims")?.into_iter().map(|(claim, _)| claim.to_owned()).collect(),
        resolution: table.flag("resolution")?,
        document: table.flag("document")?,
        origin: Origin { file: table.source.file.into(), line: table.line() },
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::model::Fault;

    const GOOD: &str = "[[rule]]\ncode = \"a\"\nsays = \"A.\"\nrelation = \"supports\"\non = \"verb: back\"\nsubject = \"subject\"\nobject = \"object\"\n";

    fn fault(text: &str) -> (String, &'static str, Option<String>) {
        let error = read("mine.toml", text, crate::seeds::relations(), &|_| None).err().expect("it should be refused");
        (error.to_string(), error.code().number(), error.hint())
    }

    #[test]
    fn faults_name_file_line_and_the_nearest_name() {
        let cases = [
            ("supports", "suports", "mine.toml:4: there is no relation `suports`", "did you mean `supports`?"),
            ("subject =", "subjct =", "mine.toml:6: a rule has no key `subjct`", "did you mean `subject`?"),
            ("\"object\"", "\"objct\"", "mine.toml:7: there is no step `objct`", "did you mean `object`?"),
            ("verb:", "vreb:", "mine.toml:5: there is no part of speech `vreb`", "did you mean `verb`?"),
        ];
        for (from, to, message, hint) in cases {
            let (said, _, advice) = fault(&GOOD.replacen(from, to, 1));
            assert_eq!((said.as_str(), advice.as_deref()), (message, Some(hint)));
        }
    }

    #[test]
    fn missing_keys_wrong_types_and_doubles_are_refused() {
        assert_eq!(fault(&GOOD.replace("says = \"A.\"\n", "")).1, "R0622");
        assert_eq!(fault(&GOOD.replace("\"A.\"", "1")).1, "R0623");
        assert_eq!(fault(&format!("{GOOD}{GOOD}")).0, "mine.toml:8: the code `a` is taken by mine.toml:1");
        assert_eq!(fault("[[rule]").1, "R0620");
        let kinds = format!("{GOOD}object_kinds = [\"agent\",\n \"Tretay\"]\n");
        assert_eq!(fault(&kinds).0, "mine.toml:9: there is no kind `Tretay`");
    }
}
