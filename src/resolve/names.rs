//! Proper names: long and short forms of one name, acronyms, sessions, articles, roles; and the State that a national
//! body belongs to.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::model::text::{one_line, slug};
use crate::model::{AgendaItem, Class, EntityId, Kind, Mention, MentionClass, Reading, Sentence, Span};
use crate::seeds::{Lexicon, WordClass};

use super::Context;
use super::certain::{self, Certainty};
use super::speaker::Speakers;
use super::table::Table;

/// Resolves all named mentions that do not stand by themselves, longest first, so that short forms find long ones.
pub(super) fn resolve(context: &Context, table: &mut Table, speakers: &Speakers) {
    let mut order: Vec<usize> = (0..context.mentions.len()).filter(|&i| table.of(i).is_none()).collect();
    order.retain(|&i| matches!(context.mentions[i].reading, Reading::Name | Reading::Role { .. }));
    order.sort_by_key(|&i| (std::cmp::Reverse(context.mentions[i].span.len()), i));
    let names = Names { context, state: speakers.whole.state(table), sessions: told_sessions(context) };
    let mut known = names.already_known(table);
    for i in order {
        let mention = &context.mentions[i];
        let id = speakers
            .whole
            .itself
            .filter(|_| names.is_own_title(mention))
            .or_else(|| names.house_name(table, mention))
            .or_else(|| names.long_form(&known, mention))
            .or_else(|| names.full_form(table, mention))
            .or_else(|| names.catalogued(table, mention))
            .unwrap_or_else(|| names.fresh(table, mention));
        known.add(context.lexicon, mention.kind, context.text(mention), id);
        table.refer(i, id);
    }
    for (i, mention) in context.mentions.iter().enumerate() {
        let id = match &mention.reading {
            _ if table.of(i).is_some() => None,
            Reading::Acronym { of } => names.at(table, *of),
            Reading::Session { ordinal, body } => Some(names.session(table, i, *ordinal, *body)),
            Reading::Provision { unit, number, of } => Some(names.provision(table, mention, unit, number, *of)),
            _ => None,
        };
        if let Some(id) = id {
            table.refer(i, id);
        }
    }
}

/// The names that already have their entity, each way of writing once, by kind and head noun.
#[derive(Default)]
struct Known(HashMap<(Kind, String), Vec<Named>>);

/// The telling words of a name, and what it names.
type Named = (Vec<String>, EntityId);

impl Known {
    fn add(&mut self, lexicon: &Lexicon, kind: Kind, name: &str, id: EntityId) {
        let alike = self.0.entry((kind, lexicon.head_of(name))).or_default();
        let named = (lexicon.telling_words(name), id);
        if !alike.contains(&named) {
            alike.push(named);
        }
    }

    /// The names of a kind with this head.
    fn headed(&self, kind: Kind, head: String) -> &[(Vec<String>, EntityId)] {
        self.0.get(&(kind, head)).map_or(&[], Vec::as_slice)
    }
}

/// How many mentions behind its number the body of a session may be named: within an opening.
const BEHIND: usize = 20;

struct Names<'a> {
    context: &'a Context<'a>,
    state: Option<EntityId>,
    /// Where the body of each numbered session stands, by the number: of the first that tells it.
    sessions: HashMap<u32, Span>,
}

impl Names<'_> {
    /// The named mentions that the catalogue resolved: short forms may point to them.
    fn already_known(&self, table: &Table) -> Known {
        let mentions = self.context.mentions.iter().enumerate();
        let named = mentions.filter(|(_, mention)| {
            mention.class == MentionClass::Named && matches!(mention.reading, Reading::Catalogue(_))
        });
        let mut known = Known::default();
        for (i, mention) in named {
            if let Some(id) = table.of(i) {
                known.add(self.context.lexicon, mention.kind, self.context.text(mention), id);
            }
        }
        known
    }

    /// Whether a mention is the document's title, or the words that name what it is: "Letter dated 5 May 2020".
    fn is_own_title(&self, mention: &Mention) -> bool {
        let named = self.context.doc.metadata.genre.as_ref().and_then(|genre| genre.span);
        if named == Some(mention.span) {
            return true;
        }
        let title = self.context.doc.metadata.title.as_ref().map_or("", |title| title.value.as_str());
        mention.kind == Kind::Document && one_line(self.context.text(mention)) == title
    }

    /// The one longer name whose words hold all words of this one, with the same head; "a Deputy" is another deputy.
    fn long_form(&self, known: &Known, mention: &Mention) -> Option<EntityId> {
        let before = self.context.doc.text[..mention.span.start].trim_end();
        if mention.kind == Kind::PersonRole && (before.ends_with(" a") || before.ends_with(" an")) {
            return None;
        }
        // "the Geneva Conference of 1958" is no other year's.
        if matches!(certain::of_name(self.context, mention), Certainty::InYear(_)) {
            return None;
        }
        let name = self.context.text(mention);
        let words = self.context.lexicon.telling_words(name);
        let alike = known.headed(mention.kind, self.context.lexicon.head_of(name)).iter();
        let mut fitting = alike.filter(|(longer, _)| words.iter().all(|word| longer.contains(word))).map(|(_, id)| *id);
        let first = fitting.next()?;
        fitting.all(|other| other == first).then_some(first)
    }

    /// The one catalogue entry of that kind whose label holds all words of this name, at least three, with the same head.
    fn catalogued(&self, table: &mut Table, mention: &Mention) -> Option<EntityId> {
        let (name, lexicon) = (self.context.text(mention), self.context.lexicon);
        let words = lexicon.telling_words(name);
        if words.len() < 3 {
            return None;
        }
        let head = lexicon.head_of(name);
        let mut fitting = self.context.catalogue.holding(lexicon, mention.kind, &head, &words);
        let first = fitting.next()?;
        if fitting.next().is_some() { None } else { Some(table.intern_known(first)) }
    }

    /// "Republic of Elbonia", "State of Elbonia": the State inside, but for those that such words tell apart.
    fn full_form(&self, table: &Table, mention: &Mention) -> Option<EntityId> {
        if mention.kind != Kind::State {
            return None;
        }
        let inside = self.context.mentions.inside(mention.span);
        let mut states = inside.filter(|&i| self.context.mentions[i].span != mention.span).filter_map(|i| {
            let id = table.of(i).filter(|&id| table.entity(id).class == Class::Of(Kind::State))?;
            Some((self.context.mentions[i].span, id))
        });
        let (inner, state) = states.next().filter(|_| states.next().is_none())?;
        let rest = without(self.context.text(mention), mention.span, inner).to_lowercase();
        let formal = |word: &str| WordClass::FormalState.has(word) || WordClass::SmallInName.has(word);
        let fits = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(formal);
        let divided = WordClass::DividedState.has(&table.slug(state));
        (fits && !divided).then_some(state)
    }

    /// "the Organization" with a capital, in a text that names the United Nations: these.
    fn house_name(&self, table: &mut Table, mention: &Mention) -> Option<EntityId> {
        let is_it = matches!(self.context.text(mention), "Organization" | "Organisation");
        let before = self.context.doc.text[..mention.span.start].trim_end();
        let pointed = before.ends_with(" the") || before.ends_with("The") || before.ends_with(" our");
        let united = self.context.catalogue.get("body/un").filter(|_| is_it && pointed)?;
        let id = table.intern_known(united);
        let is_named = table.mentions_of(id).next().is_some();
        is_named.then_some(id)
    }

    /// A capital on a common noun ("the Committee") names one thing, but only in its document.
    fn is_common(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        // One letter is one thing, and no other text's letter of that day.
        if is_item(&lower) || lower.starts_with("letter") || lower.starts_with("note") && lower.contains(" dated ") {
            return true;
        }
        WordClass::LocalHead.has(&lower) || WordClass::LocalHead.has(&self.context.lexicon.singular_by_ending(&lower))
    }

    /// "the Supreme Court" of no State that is named, "the OAU Summit" of no year: each has its own.
    fn is_one_of_many(&self, mention: &Mention, name: &str) -> bool {
        let national = matches!(mention.kind, Kind::GovernmentBody | Kind::LawEnforcementAgency);
        let dated = || name.contains(|c: char| c.is_ascii_digit()) || name.split_whitespace().count() > 4;
        let bodies = [Kind::InternationalOrganization, Kind::UNBody, Kind::ExpertGroup];
        let of_body =
            || self.context.mentions.inside(mention.span).any(|i| bodies.contains(&self.context.mentions[i].kind));
        national || mention.kind == Kind::Meeting && !dated() && of_body()
    }

    fn fresh(&self, table: &mut Table, mention: &Mention) -> EntityId {
        let (owner, name) = match self.one_of_items(mention) {
            Some(item) => (None, format!("Agenda item {}", item.number.value)),
            None => self.owned(table, mention),
        };
        let sha = self.context.doc.sha256.get(..8).unwrap_or_default();
        let of_all = match owner {
            // "American States" are several, and none of them the one whose adjective it is.
            Some(_) if mention.kind == Kind::State && self.context.text(mention).ends_with('s') => {
                format!("{}/{}", mention.kind.folder(), slug(self.context.text(mention)))
            }
            Some(owner) => format!("{}/{}-{}", mention.kind.folder(), table.slug(owner), slug(&name)),
            None => format!("{}/{}", mention.kind.folder(), slug(&name)),
        };
        let known = self.context.catalogue.get(&of_all).is_some();
        let key = match certain::of_name(self.context, mention) {
            _ if known => of_all,
            _ if owner.is_none() && (self.is_common(&name) || self.is_one_of_many(mention, &name)) => {
                format!("{}/{sha}-{}", mention.kind.folder(), slug(&name))
            }
            Certainty::Everywhere => of_all,
            Certainty::InYear(year) => format!("{of_all}-{year}"),
            Certainty::Here => format!("{}/{sha}-{}", mention.kind.folder(), slug(context_name(&of_all))),
        };
        let id = match self.context.catalogue.get(&key) {
            Some(entry) => table.intern_known(entry),
            None => table.intern(&key, class_of(mention)),
        };
        if let Some(owner) = owner {
            table.set_owner(id, owner);
        }
        if let Some(label) = self.item_label(mention) {
            table.set_label(id, &label);
        }
        id
    }

    /// "Agenda item 5: Rivers" for the item of the document.
    fn item_label(&self, mention: &Mention) -> Option<String> {
        let metadata = &self.context.doc.metadata;
        if let Some(item) = self.one_of_items(mention) {
            let title = item.title.as_ref().map(|title| format!(": {}", title.value)).unwrap_or_default();
            return Some(format!("Agenda item {}{title}", item.number.value));
        }
        let (item, title) = (metadata.agenda_item.as_ref()?, metadata.item_title.as_ref()?);
        let text = one_line(self.context.text(mention));
        let own = is_item(&text.to_lowercase()) && item.value.eq_ignore_ascii_case(&text);
        own.then(|| format!("{text}: {}", title.value))
    }

    /// The item whose number a mention is, in a heading that names several.
    fn one_of_items(&self, mention: &Mention) -> Option<&AgendaItem> {
        let mut items = self.context.doc.metadata.items.iter().filter(|_| mention.kind == Kind::Document);
        let lower = one_line(self.context.text(mention)).to_lowercase();
        // "under agenda items 32 and 61": the mention ends behind the first number.
        let number = lower.rsplit(' ').next().filter(|_| is_item(&lower)).map(str::to_owned);
        items.find(|item| {
            let own = item.number.value.split(' ').next();
            item.number.span == Some(mention.span) || number.is_some() && own == number.as_deref()
        })
    }

    /// The State or body that a name belongs to, and the name without it: "Cyber Police of X" is X's "Cyber Police".
    fn owned(&self, table: &Table, mention: &Mention) -> (Option<EntityId>, String) {
        let text = self.context.text(mention);
        let national = matches!(
            mention.kind,
            Kind::GovernmentBody | Kind::LawEnforcementAgency | Kind::LegalProvision | Kind::PersonRole
        );
        if mention.kind == Kind::PersonRole && self.is_of_several(table, mention) {
            return (None, text.to_owned());
        }
        let inner = self.context.mentions.inside(mention.span);
        let mut inner = inner.filter(|&i| self.context.mentions[i].span != mention.span);
        let inside = inner.find_map(|i| {
            let id = table.of(i)?;
            let is_owner = matches!(table.kind(id), Kind::State)
                || (mention.kind == Kind::PersonRole && table.kind(id).is_agent());
            is_owner.then_some((i, id))
        });
        match inside {
            Some((i, id)) => (Some(id), without(text, mention.span, self.context.mentions[i].span)),
            None if national && mention.kind != Kind::PersonRole && !is_nobodys(text) => (self.state, text.to_owned()),
            None => (None, text.to_owned()),
        }
    }

    /// "the representatives of A, B and C".
    fn is_of_several(&self, table: &Table, mention: &Mention) -> bool {
        let inside = self.context.mentions.inside(mention.span).filter_map(|i| table.of(i));
        let mut states = inside.filter(|&id| table.kind(id) == Kind::State);
        let first = states.next();
        states.any(|id| Some(id) != first)
    }

    /// What the mention at, or the widest one inside, a span refers to.
    fn at(&self, table: &Table, span: Span) -> Option<EntityId> {
        let inside = self.context.mentions.inside(span);
        inside.max_by_key(|&i| self.context.mentions[i].span.len()).and_then(|i| table.of(i))
    }

    fn session(&self, table: &mut Table, index: usize, ordinal: Option<u32>, body: Option<Span>) -> EntityId {
        let mention = &self.context.mentions[index];
        let whole = body.filter(|span| !self.goes_on(span.end));
        let told = body.is_some();
        let body = match told {
            true => whole.and_then(|span| self.at(table, span)),
            false => self.body_before(table, index).or_else(|| self.body_elsewhere(table, index, ordinal)),
        };
        let number = ordinal.map(|n| format!("-{n}")).unwrap_or_default();
        let text = self.context.text(mention).to_lowercase();
        let assembly = self.context.catalogue.get("body/unga").filter(|_| body.is_none() && text.starts_with("unga"));
        let body = body.or_else(|| assembly.map(|entry| table.intern_known(entry)));
        let sha = self.context.doc.sha256.get(..8).unwrap_or_default();
        let key = match body {
            Some(body) if ordinal.is_some() => {
                let plain = format!("meeting/{}{number}", table.slug(body));
                // Some bodies call their sessions meetings.
                let sort = sort_of_session(&text);
                let called = |entry: &crate::seeds::Entry| {
                    entry.names.iter().any(|name| name.text.to_lowercase().contains(sort.trim_start_matches('-')))
                };
                match self.context.catalogue.get(&plain) {
                    Some(entry) if called(entry) => plain,
                    _ => format!("meeting/{}{sort}{number}{}", table.slug(body), self.series(mention)),
                }
            }
            // "the 868th meeting" of whom the text does not say, the "twelfth meeting" of some heads of State.
            None if ordinal.is_some() && (told || is_bare_session(&text) || self.goes_on(mention.span.end))
                || certain::of_name(self.context, mention) != Certainty::Everywhere =>
            {
                format!("meeting/{sha}-{}", slug(&text))
            }
            _ => format!("meeting/{}", slug(&text)),
        };
        let id = match self.context.catalogue.get(&key) {
            Some(entry) => table.intern_known(entry),
            None => table.intern(&key, Class::Of(Kind::Meeting)),
        };
        if let Some(body) = body {
            table.set_owner(id, body);
        }
        id
    }

    /// "the second special session devoted to disarmament" is the second of its series, not of all: "-disarmament".
    fn series(&self, mention: &Mention) -> String {
        let mut behind = self.context.doc.text[mention.span.end..].split_whitespace();
        let devoted = behind.next() == Some("devoted") && behind.next() == Some("to");
        let subject = behind.find(|word| *word != "the").filter(|_| devoted);
        subject.map_or_else(String::new, |subject| format!("-{}", slug(subject)))
    }

    /// Whether what ends at a byte goes on: "the Assembly of Heads of State" is not the Assembly.
    fn goes_on(&self, end: usize) -> bool {
        let rest = self.context.doc.text[end..].trim_start();
        let of = rest.strip_prefix("of ").map(|rest| rest.split_whitespace().next().unwrap_or_default());
        // "the Assembly of our Organization" is that of the United Nations.
        of.is_some_and(|next| !matches!(next, "our" | "this"))
    }

    /// "its fourth meeting": the nearest body named before.
    fn body_before(&self, table: &Table, index: usize) -> Option<EntityId> {
        let start = self.context.mentions[index].span.start;
        let text = self.context.text(&self.context.mentions[index]).to_lowercase();
        if !text.contains("session") && !text.contains("meeting") || self.goes_on(self.context.mentions[index].span.end)
        {
            return None;
        }
        let before = self.context.doc.text[..start].trim_end();
        let points = ["this", "present", "current"].iter().any(|word| before.ends_with(word));
        if !points && !before.ends_with("its") && !before.ends_with("the") {
            return None;
        }
        // "the sixteenth session" is of a body that the sentence names; "its" and "this" look further back.
        let sentence = Sentence::around(self.context.sentences, self.context.mentions[index].span);
        let from = sentence.filter(|_| before.ends_with("the")).map_or(0, |sentence| sentence.span.start);
        let bodies = self
            .context
            .mentions
            .before(index)
            .take_while(|&i| self.context.mentions[i].span.start >= from)
            .filter(|&i| self.context.mentions[i].class == MentionClass::Named)
            .take(12);
        let sits = |kind: Kind| kind == Kind::UNBody || kind == Kind::ExpertGroup && !points;
        bodies.filter_map(|i| table.of(i)).find(|&id| sits(table.kind(id)))
    }

    /// "this fifty-third session": the body whose fifty-third session the text speaks of elsewhere; of the session at which
    /// a statement is made, the first that the statement names behind it.
    fn body_elsewhere(&self, table: &Table, index: usize, ordinal: Option<u32>) -> Option<EntityId> {
        let mention = &self.context.mentions[index];
        let text = self.context.text(mention).to_lowercase();
        if !text.contains("session") || !sort_of_session(&text).is_empty() || self.goes_on(mention.span.end) {
            return None;
        }
        let sits =
            |&id: &EntityId| matches!(table.kind(id), Kind::UNBody | Kind::ExpertGroup) && table.slug(id) != "unsc";
        let told = self.sessions.get(&ordinal?).and_then(|&body| self.at(table, body)).filter(sits);
        let own = self.context.doc.metadata.meeting.as_ref().and_then(|field| field.span);
        let behind = || {
            let near = (index + 1..self.context.mentions.len()).take(BEHIND);
            let named = near.filter(|&i| self.context.mentions[i].class == MentionClass::Named);
            named.filter_map(|i| table.of(i)).find(sits)
        };
        told.or_else(|| own.filter(|&own| own == mention.span).and_then(|_| behind()))
    }

    fn provision(&self, table: &mut Table, mention: &Mention, unit: &str, number: &str, of: Option<Span>) -> EntityId {
        let instrument = of.and_then(|span| self.at(table, span));
        let key = match (instrument, number.is_empty()) {
            (_, true) => return self.fresh(table, mention),
            (Some(id), false) => format!("provision/{}-{}-{}", table.slug(id), slug(unit), slug(number)),
            // "Article 5" of what the text does not say.
            (None, false) if mention.span.of(&self.context.doc.text).contains(" of ") => {
                format!("provision/{}", slug(self.context.text(mention)))
            }
            (None, false) => {
                let sha = self.context.doc.sha256.get(..8).unwrap_or_default();
                format!("provision/{sha}-{}", slug(self.context.text(mention)))
            }
        };
        let id = table.intern(&key, Class::Of(Kind::LegalProvision));
        if let Some(instrument) = instrument {
            table.set_owner(id, instrument);
        }
        id
    }
}

/// The body of each numbered session whose name tells it.
fn told_sessions(context: &Context) -> HashMap<u32, Span> {
    let mut told = HashMap::new();
    for mention in context.mentions.iter() {
        if let Reading::Session { ordinal: Some(number), body: Some(body) } = mention.reading
            && sort_of_session(&context.text(mention).to_lowercase()).is_empty()
        {
            told.entry(number).or_insert(body);
        }
    }
    told
}

/// A body counts its special sessions and its meetings apart from its sessions.
fn sort_of_session(text: &str) -> &'static str {
    if text.contains("emergency") {
        "-emergency"
    } else if text.contains("special") {
        "-special"
    } else if text.contains("meeting") && !text.contains("session") {
        "-meeting"
    } else {
        ""
    }
}

/// Words that count a session or meeting and name nobody's.
fn is_bare_session(text: &str) -> bool {
    text.split_whitespace().count() <= 3 && (text.ends_with("meeting") || text.ends_with("session"))
}

/// Each organ's agenda has an item 5, each session's another.
fn is_item(lower: &str) -> bool {
    lower.starts_with("agenda item")
        || lower.strip_prefix("item ").is_some_and(|rest| rest.starts_with(char::is_numeric))
}

fn class_of(mention: &Mention) -> Class {
    match (mention.kind, &mention.reading) {
        (Kind::PersonRole, Reading::Role { of: None }) => Class::Person,
        (kind, _) => Class::Of(kind),
    }
}

/// The part of a key behind its folder.
fn context_name(key: &str) -> &str {
    key.split_once('/').map_or(key, |(_, name)| name)
}

/// "International Criminal Court", "Arab Governments": not the speaker's State's.
fn is_nobodys(text: &str) -> bool {
    let mut words = text.split_whitespace().map(str::to_lowercase).peekable();
    let first = words.peek().is_some_and(|word| WordClass::NobodysBody.has(word));
    first || words.last().is_some_and(|word| word == "governments")
}

/// A name without its owner and the preposition before it: "Office of X for Y" without X is "Office for Y".
fn without(text: &str, outer: Span, inner: Span) -> String {
    let (before, after) = (&text[..inner.start - outer.start], &text[inner.end - outer.start..]);
    let before = before.trim_end().trim_end_matches(" the").trim_end_matches(" of").trim_end_matches(" for");
    let before = before.trim_end_matches(" THE").trim_end_matches(" OF").trim_end_matches(" FOR");
    let after = after.trim_start_matches("'s").trim_start_matches("’s");
    // Where a representative is posted makes no other office.
    let after = one_line(after);
    let after = after.trim_end_matches("to the United Nations");
    let name: CompactString = [before.trim(), after.trim()].join(" ").trim().into();
    if name.is_empty() { text.to_owned() } else { name.to_string() }
}
