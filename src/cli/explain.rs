//! `rapporteur explain`: which rules spoke at a line, which lost and to which, and which nearly spoke.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::Style;
use clap::Args;
use rapporteur::lift::Base;
use rapporteur::model::text::{counted, one_line};
use rapporteur::model::{Annotator, Claim, Exit, Extraction, Modality, Polarity, Span, Term};
use rapporteur::read;
use rapporteur::relate::{Account, Fate, Silence};

use super::annotator::{self, AnnotatorOption};
use super::rules_option::RulesOption;
use super::sink::Sink;
use super::{Outcome, input, report};

/// Columns before the words of an account.
const INDENT: usize = 10;

/// Show for the sentences of a line which rules spoke, which lost and why, and which nearly spoke; nothing is stored
#[derive(Args)]
pub struct Explain {
    /// A text; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The number of a line of it
    #[arg(value_name = "LINE")]
    line: usize,

    /// Also the rules that know a word of the sentence but want it in another part of speech or company
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    annotator: AnnotatorOption,

    #[command(flatten)]
    rules: RulesOption,
}

impl Explain {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let pipeline = self.rules.pipeline()?;
        let mut session = self.annotator.session(pipeline.relations())?;
        let (mut out, mut exit) = (Vec::new(), Exit::Done);
        for input in input::expand(std::slice::from_ref(&self.file), read::is_readable)? {
            let document = read::read(
                &input.name(),
                &input.read_at_most(read::Options::default().limit)?,
                &read::Options::default(),
            )?;
            let (extraction, accounts) = pipeline.explain(document);
            let stretches = stretches(&extraction, self.line);
            if stretches.is_empty() {
                report::note(format!("{}: line {} is empty, or the text is shorter", input.name(), self.line));
            }
            // What programs propose may move the numbers of entities: it joins a copy.
            let mut proposed = session.is_some().then(|| extraction.clone());
            if let (Some(session), Some(proposed)) = (&mut session, &mut proposed) {
                match session.ask(proposed, &Base::default()) {
                    Ok(answers) => pipeline.take(proposed, &answers, true, &Base::default()),
                    Err(failure) => {
                        exit = Exit::Partly;
                        annotator::lost(&input.name(), &failure);
                    }
                }
                proposed.proposals.iter().for_each(|proposals| annotator::told(&input.name(), proposals));
            }
            let page = Page { extraction: &extraction, width: self.sink.width().max(40), all: self.all };
            for span in stretches {
                page.stretch(span, &accounts, &mut out).map_err(rapporteur::export::ExportError::from)?;
                if let Some(extraction) = &proposed {
                    let page = Page { extraction, ..page };
                    page.proposals(span, &mut out).map_err(rapporteur::export::ExportError::from)?;
                }
            }
        }
        self.sink.show(&out).map(|shown| if shown == Exit::Done { exit } else { shown })
    }
}

/// The sentences that a line holds words of; the line itself where it is no part of a sentence.
fn stretches(extraction: &Extraction, line: usize) -> Vec<Span> {
    let document = &extraction.document;
    let spans = extraction.sentences.iter().map(|sentence| sentence.span);
    let after = |span: &Span| document.line_of(span.start) <= line;
    let of_line = |span: &Span| document.line_of(span.end.saturating_sub(1).max(span.start)) >= line;
    let found: Vec<Span> = spans.take_while(after).filter(of_line).collect();
    if !found.is_empty() {
        return found;
    }
    let mut start = 0;
    for (at, text) in document.text.split('\n').enumerate() {
        let end = start + text.len();
        if at + 1 == line && !text.trim().is_empty() {
            return vec![Span::new(start, end)];
        }
        start = end + 1;
    }
    Vec::new()
}

/// How accounts are put on a screen.
#[derive(Clone, Copy)]
struct Page<'a> {
    extraction: &'a Extraction,
    width: usize,
    all: bool,
}

impl Page<'_> {
    fn stretch(&self, span: Span, accounts: &[Account], out: &mut dyn Write) -> io::Result<()> {
        let (bold, line) = (Style::new().bold(), self.extraction.document.line_of(span.start));
        let head = format!("{line}  {}", self.quote(span));
        for line in wrapped(&head, self.width, 0) {
            writeln!(out, "{bold}{}{bold:#}", line.trim_end())?;
        }
        writeln!(out)?;
        let here = accounts.iter().filter(|account| (span.start..span.end).contains(&account.span.start));
        let is_far = |account: &&Account| matches!(account.fate, Fate::Silent(Silence::NotSetOff)) && !self.all;
        let (far, mut near): (Vec<&Account>, Vec<&Account>) = here.partition(is_far);
        let hidden = far.len();
        if near.is_empty() {
            writeln!(out, "{:INDENT$}no rule is set off here", "")?;
        }
        while let Some(first) = near.first().copied() {
            let (same, other): (Vec<&Account>, Vec<&Account>) =
                near.into_iter().partition(|account| is_alike(first, account));
            self.account(&same, out)?;
            near = other;
        }
        if hidden > 0 {
            let rules = counted(hidden, "more rule");
            let told = format!("{rules} know a word of it but want it in other company; --all shows them");
            self.lines(&told, Style::new().dimmed(), out)?;
        }
        writeln!(out)
    }

    /// What other programs proposed there, and whether it stands.
    fn proposals(&self, span: Span, out: &mut dyn Write) -> io::Result<()> {
        let stands = self.extraction.claims.iter().map(|claim| (claim, "stands"));
        let all = stands.chain(self.extraction.doubtful.iter().map(|claim| (claim, "review")));
        let here = |claim: &Claim| (span.start..span.end).contains(&claim.evidence.span.start);
        let proposed = all.filter(|(claim, _)| Annotator::of_rule(&claim.evidence.rule).is_some() && here(claim));
        for (claim, word) in proposed {
            writeln!(out, "  {word:<8}{}", claim.evidence.rule)?;
            self.lines(&self.claim(claim), Style::new(), out)?;
            self.lines(&format!("by the quote “{}”", self.quote(claim.evidence.span)), Style::new(), out)?;
        }
        writeln!(out)
    }

    /// What became of one rule, or of several that kept silent for the same reason.
    fn account(&self, alike: &[&Account], out: &mut dyn Write) -> io::Result<()> {
        let Some(account) = alike.first() else { return Ok(()) };
        let (green, yellow, dim) = (
            Style::new().fg_color(Some(anstyle::AnsiColor::Green.into())),
            Style::new().fg_color(Some(anstyle::AnsiColor::Yellow.into())),
            Style::new().dimmed(),
        );
        let (word, style) = match account.fate {
            Fate::Spoke(..) => ("spoke", green),
            Fate::Weaker(..) | Fate::Repeats(..) => ("lost", yellow),
            Fate::Unsure(_, true) => ("review", yellow),
            Fate::Unsure(_, false) => ("dropped", dim),
            Fate::Silent(..) => ("silent", dim),
        };
        let on = format!("on “{}”", self.quote(account.span));
        let told = match &account.fate {
            Fate::Spoke(claim, subject, object) => {
                let ways = if subject == object {
                    format!("both ends {}", subject.name())
                } else {
                    format!("subject {}, object {}", subject.name(), object.name())
                };
                format!("{}\n{on}; {ways}", self.claim(claim))
            }
            Fate::Weaker(claim, rule) => format!("{}\n{on}; {rule} says more at the same words", self.claim(claim)),
            Fate::Repeats(claim, rule, span) => {
                let line = self.extraction.document.line_of(span.start);
                format!("{}\n{on}; {rule} says the same on line {line}, and surer or first", self.claim(claim))
            }
            Fate::Unsure(claim, _) => format!("{}\n{on}; not sure enough to be claimed", self.claim(claim)),
            Fate::Silent(why) => format!("{on}: {}", self.silence(why)),
        };
        let rules: Vec<&str> = alike.iter().map(|account| account.rule.as_str()).collect();
        for (at, line) in wrapped(&rules.join(", "), self.width - INDENT, 0).iter().enumerate() {
            writeln!(out, "  {style}{:<8}{style:#}{}", if at == 0 { word } else { "" }, line.trim_end())?;
        }
        told.lines().try_for_each(|line| self.lines(line, Style::new(), out))
    }

    fn lines(&self, text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
        for line in wrapped(text, self.width - INDENT, 2) {
            writeln!(out, "{:INDENT$}{style}{line}{style:#}", "")?;
        }
        Ok(())
    }

    fn claim(&self, claim: &Claim) -> String {
        let not = if claim.polarity == Polarity::Negated { "not " } else { "" };
        let how = match claim.modality {
            Modality::Asserted => String::new(),
            modality => format!(", {}", modality.name()),
        };
        let (subject, object) = (self.term(&claim.subject), self.term(&claim.object));
        let (relation, sure) = (claim.relation.name(), claim.evidence.confidence);
        format!("{subject} → {not}{relation} → {object} ({sure:.2}{how})")
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::Entity(id) => self.extraction.entity(*id).label.clone(),
            Term::Literal(words) => format!("“{words}”"),
        }
    }

    fn silence(&self, why: &Silence) -> String {
        let met = |end: &str, span: &Option<Span>| match span {
            Some(span) => format!("no {end} that it admits; “{}” stands there", self.quote(*span)),
            None => format!("no {end} where it looks"),
        };
        match why {
            Silence::NotSetOff => "it wants the word in another part of speech or company".to_owned(),
            Silence::NotFinite => "it wants a finite clause".to_owned(),
            Silence::NoSubject(span) => met("subject", span),
            Silence::NoObject(span) => met("object", span),
            Silence::NotDenied => "it speaks only where the words are denied".to_owned(),
            Silence::Put(modality) => format!("it passes over clauses put as {}", modality.name()),
            Silence::SameEnds => "both ends would be the same".to_owned(),
            Silence::OwnOrgan => "the document would say it of its own organ".to_owned(),
            Silence::OnlyMeant => "what one only means to do is no cause".to_owned(),
            Silence::Void => "nobody claims it: a question, an untruth, what some think".to_owned(),
            Silence::Law => "a legal text lays it down, nobody asks for it".to_owned(),
        }
    }

    /// The words of a span on one line.
    fn quote(&self, span: Span) -> String {
        one_line(self.extraction.document.quote(span))
    }
}

/// Whether two rules kept silent at the same words for the same reason, or are one.
fn is_alike(one: &Account, other: &Account) -> bool {
    match (&one.fate, &other.fate) {
        (Fate::Silent(why), Fate::Silent(too)) => one.span == other.span && why == too,
        _ => std::ptr::eq(one, other),
    }
}

/// A text in lines of at most so many columns; those after the first are indented.
fn wrapped(text: &str, columns: usize, indent: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in text.split(' ') {
        let more = word.width() + usize::from(width > 0);
        if width > 0 && width + more > columns {
            lines.push(" ".repeat(indent));
            width = indent;
        } else if width > 0 {
            push(&mut lines, " ");
            width += 1;
        }
        push(&mut lines, word);
        width += word.width();
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_no_wider_than_they_may_be() {
        let lines = wrapped("one two three four five six", 10, 2);
        assert_eq!(lines, ["one two", "  three", "  four", "  five six"]);
        assert!(lines.iter().all(|line| line.chars().count() <= 10));
    }
}
