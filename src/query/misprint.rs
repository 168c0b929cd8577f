//! Why a SPARQL text does not read, in words: an undeclared prefix, a misspelt keyword, an open bracket, an update.

use spargebra::SparqlSyntaxError;

use super::Error;
use super::tokens::{self, QueryToken, TokenKind};
use crate::lift::vocabulary::PREFIXES;
use crate::model::Place;

/// Words that SPARQL knows. `a`, `true` and `false` are too short or too common to be offered.
const KEYWORDS: &[&str] = &[
    "ABS", "AS", "ASC", "ASK", "AVG", "BASE", "BIND", "BNODE", "BOUND", "BY", "CEIL", "COALESCE", "CONCAT",
    "CONSTRUCT", "CONTAINS", "COUNT", "DATATYPE", "DAY", "DESC", "DESCRIBE", "DISTINCT", "ENCODE_FOR_URI", "EXISTS",
    "FILTER", "FLOOR", "FROM", "GRAPH", "GROUP", "GROUP_CONCAT", "HAVING", "HOURS", "IF", "IN", "IRI", "ISBLANK",
    "ISIRI", "ISLITERAL", "ISNUMERIC", "ISURI", "LANG", "LANGMATCHES", "LATERAL", "LCASE", "LIMIT", "MAX", "MD5",
    "MIN", "MINUS", "MINUTES", "MONTH", "NAMED", "NOT", "NOW", "OFFSET", "OPTIONAL", "ORDER", "PREFIX", "RAND",
    "REDUCED", "REGEX", "REPLACE", "ROUND", "SAMETERM", "SAMPLE", "SECONDS", "SELECT", "SEPARATOR", "SERVICE", "SHA1",
    "SHA256", "SHA384", "SHA512", "SILENT", "STR", "STRAFTER", "STRBEFORE", "STRDT", "STRENDS", "STRLANG", "STRLEN",
    "STRSTARTS", "STRUUID", "SUBSTR", "SUM", "TIMEZONE", "TZ", "UCASE", "UNDEF", "UNION", "URI", "UUID", "VALUES",
    "WHERE", "YEAR",
];

/// Brackets within brackets that we follow.
const DEEPEST: usize = 200;

/// Words outside VALUES that we follow.
const LONGEST: usize = 2000;

/// Words that begin a query.
const FORMS: &[&str] = &["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];

/// Words that begin an update.
const UPDATES: &[&str] = &["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"];

/// Whether a text is meant as SPARQL: it begins with a word that queries or updates begin with.
pub(super) fn looks_like_sparql(text: &str) -> bool {
    let tokens = tokens::tokens(text.trim_start_matches('\u{feff}'));
    let Some(first) = tokens.first() else { return false };
    tokens.len() > 1 && [FORMS, UPDATES, &["PREFIX", "BASE"]].concat().iter().any(|word| first.is(word))
}

/// Errors that show before the parser looks: no text, an update, an open string, more than the engine could follow.
pub(super) fn refuse_early(name: &str, text: &str, tokens: &[QueryToken<'_>]) -> Result<(), Error> {
    if tokens.is_empty() {
        return Err(Error::Empty);
    }
    if let Some(update) = first_of_body(tokens).filter(|first| UPDATES.iter().any(|word| first.is(word))) {
        return Err(Error::Update { place: place(name, text, update) });
    }
    if let Some(open) = tokens.iter().find(|token| token.kind == TokenKind::Unclosed) {
        return Err(syntax(name, text, open, "this quotation mark is never closed"));
    }
    too_much(tokens).map_or(Ok(()), |(token, hint)| Err(syntax(name, text, token, hint)))
}

/// Where a query becomes deeper or longer than parser and optimiser follow on a usual stack. Lists of VALUES may be long.
fn too_much<'t, 'a>(tokens: &'t [QueryToken<'a>]) -> Option<(&'t QueryToken<'a>, &'static str)> {
    let (mut depth, mut words, mut list) = (0_usize, 0_usize, None);
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if token.text == "{" && list.is_none() && follows_values(&tokens[..at]) {
            list = Some(depth);
        }
        if list.is_some_and(|outer| depth < outer) {
            list = None;
        }
        words += usize::from(list.is_none());
        if depth > DEEPEST {
            return Some((token, "brackets within brackets, deeper than we follow"));
        }
        if words > LONGEST {
            return Some((token, "longer than we follow; long lists belong into VALUES"));
        }
    }
    None
}

/// Whether the words end in VALUES and its variables.
fn follows_values(tokens: &[QueryToken<'_>]) -> bool {
    let is_head = |token: &&QueryToken<'_>| token.kind == TokenKind::Variable || matches!(token.text, "(" | ")");
    tokens.iter().rev().find(|token| !is_head(token)).is_some_and(|token| token.is("VALUES"))
}

/// The parser's error in words.
pub(super) fn explain(
    name: &str,
    text: &str,
    tokens: &[QueryToken<'_>],
    prefixes: &[(&str, &str)],
    error: &SparqlSyntaxError,
) -> Error {
    let message = error.to_string();
    let at = position(text, &message);
    unknown_prefix(name, text, tokens, prefixes)
        .or_else(|| bare_aggregate(name, text, tokens))
        .or_else(|| wrong_beginning(name, text, tokens))
        .or_else(|| misspelt(name, text, tokens))
        .or_else(|| unbalanced(name, text, tokens))
        .unwrap_or_else(|| general(name, text, tokens, at, &message))
}

/// The error for a base that is no IRI.
pub(super) fn bad_base(error: &impl std::error::Error) -> Error {
    Error::Evaluation { reason: format!("the base is not an IRI: {error}") }
}

fn unknown_prefix(name: &str, text: &str, tokens: &[QueryToken<'_>], own: &[(&str, &str)]) -> Option<Error> {
    let declared = tokens::declared(tokens);
    let known = |prefix: &str| {
        prefix == "id" || declared.contains(&prefix) || PREFIXES.iter().chain(own).any(|(known, _)| *known == prefix)
    };
    let (token, prefix) =
        tokens.iter().filter_map(|token| Some((token, token.prefix()?))).find(|(_, prefix)| !known(prefix))?;
    let near = PREFIXES
        .iter()
        .map(|entry| (strsim::jaro_winkler(prefix, entry.0), entry))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, entry)| entry);
    let mut place = place(name, text, token);
    place.width = prefix.chars().count() + 1;
    Some(Error::UnknownPrefix { prefix: prefix.to_owned(), place, near })
}

/// `SELECT COUNT DISTINCT ?s`, as SQL has it.
fn bare_aggregate(name: &str, text: &str, tokens: &[QueryToken<'_>]) -> Option<Error> {
    const AGGREGATES: [&str; 5] = ["COUNT", "SUM", "MIN", "MAX", "AVG"];
    let at = tokens.iter().position(|token| token.is("SELECT"))? + 1;
    let token = tokens.get(at).filter(|token| AGGREGATES.iter().any(|known| token.is(known)))?;
    let of =
        tokens[at..].iter().take_while(|token| token.text != "{").find(|token| token.kind == TokenKind::Variable)?;
    let distinct = if tokens[at..].iter().take(3).any(|token| token.is("DISTINCT")) { "DISTINCT " } else { "" };
    let aggregate = token.text.to_uppercase();
    let hint = format!("it wants brackets and a name: SELECT ({aggregate}({distinct}{}) AS ?n)", of.text);
    Some(syntax(name, text, token, &hint))
}

fn wrong_beginning(name: &str, text: &str, tokens: &[QueryToken<'_>]) -> Option<Error> {
    let first = first_of_body(tokens)?;
    if FORMS.iter().any(|word| first.is(word)) {
        return None;
    }
    Some(syntax(name, text, first, "expected SELECT, ASK, CONSTRUCT or DESCRIBE"))
}

fn misspelt(name: &str, text: &str, tokens: &[QueryToken<'_>]) -> Option<Error> {
    let stray = tokens.iter().enumerate().find(|(at, token)| {
        let language = *at > 0 && tokens[at - 1].text == "@";
        token.kind == TokenKind::Word && !language && !is_keyword(token.text)
    });
    let (_, token) = stray?;
    let upper = token.text.to_ascii_uppercase();
    let near = KEYWORDS
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&upper, word), *word))
        .filter(|(distance, word)| *distance <= 2 && *distance * 2 < word.len())
        .min();
    let hint = near.map_or_else(
        || format!("“{}” is no SPARQL word; names need a prefix, variables a question mark", token.text),
        |(_, word)| format!("did you mean {word} ?"),
    );
    Some(syntax(name, text, token, &hint))
}

fn is_keyword(word: &str) -> bool {
    word == "a"
        || ["true", "false"].iter().any(|truth| word.eq_ignore_ascii_case(truth))
        || KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}

fn unbalanced(name: &str, text: &str, tokens: &[QueryToken<'_>]) -> Option<Error> {
    let mut open: Vec<&QueryToken<'_>> = Vec::new();
    for token in tokens {
        if token.kind == TokenKind::Open {
            open.push(token);
        } else if token.kind == TokenKind::Close {
            match open.pop() {
                None => return Some(syntax(name, text, token, "this closes nothing")),
                Some(opening) if partner(opening.text) != token.text => {
                    let hint = format!(
                        "expected {} to close the {} of line {}",
                        partner(opening.text),
                        opening.text,
                        line_of(text, opening.start)
                    );
                    return Some(syntax(name, text, token, &hint));
                }
                Some(_) => {}
            }
        }
    }
    let opening = open.last()?;
    Some(syntax(name, text, opening, &format!("this {} is never closed", opening.text)))
}

fn partner(open: &str) -> &'static str {
    match open {
        "{" => "}",
        "(" => ")",
        _ => "]",
    }
}

fn general(name: &str, text: &str, tokens: &[QueryToken<'_>], at: usize, message: &str) -> Error {
    let Some(token) = tokens.iter().find(|token| token.end() > at).or(tokens.last()) else { return Error::Empty };
    let wanted = expected(message);
    let hint = match (wanted.is_empty(), token.end() <= at) {
        (true, true) => "something is missing before this".to_owned(),
        (true, false) => format!("“{}” does not belong here, or something is missing before it", token.text),
        (false, _) => format!("expected {}", wanted.join(", ")),
    };
    syntax(name, text, token, &hint)
}

/// What the parser expects, if it is a few keywords or brackets and nothing else: only then is it a help.
fn expected(message: &str) -> Vec<String> {
    let Some((_, list)) = message.split_once("expected ") else { return Vec::new() };
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let mut wanted: Vec<&str> = list.split(", ").map(|item| item.trim_matches(['"', '\'', ' '])).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let helps = |item: &&str| item.chars().all(|c| c.is_ascii_uppercase() || "{}() ".contains(c)) && !item.is_empty();
    if wanted.len() <= 6 && wanted.iter().all(helps) {
        wanted.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// The first word after PREFIX and BASE lines.
fn first_of_body<'t, 'a>(tokens: &'t [QueryToken<'a>]) -> Option<&'t QueryToken<'a>> {
    let mut rest = tokens;
    loop {
        let first = rest.first()?;
        let skip = if first.is("PREFIX") {
            3
        } else if first.is("BASE") {
            2
        } else {
            return Some(first);
        };
        rest = rest.get(skip..)?;
    }
}

/// The byte that the parser's message points at: "error at 3:14: …", counted from 1.
fn position(text: &str, message: &str) -> usize {
    let numbers = || {
        let (line, rest) = message.strip_prefix("error at ")?.split_once(':')?;
        let (column, _) = rest.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
    };
    let Some((line, column)) = numbers() else { return 0 };
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let within: usize = text[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    start + within
}

fn syntax(name: &str, text: &str, token: &QueryToken<'_>, hint: &str) -> Error {
    Error::Syntax { place: place(name, text, token), hint: hint.to_owned() }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn place(name: &str, text: &str, token: &QueryToken<'_>) -> Box<Place> {
    let start = text[..token.start].rfind('\n').map_or(0, |at| at + 1);
    let source = text[start..].lines().next().unwrap_or_default();
    let width = token.text.lines().next().unwrap_or_default().chars().count();
    Box::new(Place {
        file: name.to_owned(),
        line: line_of(text, token.start),
        column: text[start..token.start].chars().count() + 1,
        source: source.to_owned(),
        width: width.max(1),
    })
}
