//! Common-noun phrases: those that point back ("the Group", "this session", "my delegation") and those that stand for a
//! subject of their own ("electronic evidence").

use crate::model::text::{one_line, slug};
use crate::model::{Class, EntityId, Kind, Mention, MentionClass, Reading, Sentence, Upos, ZoneKind};
use crate::seeds::{Classes, WordClass};

use super::Context;
use super::antecedents::Antecedents;
use super::certain::{self, Certainty};
use super::matters;
use super::speaker::{Speaker, Speakers, delegation, name_of};
use super::table::Table;

/// Resolves all phrases, in text order, since they point back to what was resolved before them.
pub(super) fn resolve(context: &Context, table: &mut Table, speakers: &Speakers) {
    let mut antecedents = Antecedents::default();
    for i in 0..context.mentions.len() {
        if let Some(id) = table.of(i) {
            antecedents.add(context, table, i, id);
        }
    }
    for (i, mention) in context.mentions.iter().enumerate() {
        if matches!(mention.reading, Reading::Phrase) && mention.class != MentionClass::Pronoun && table.of(i).is_none()
        {
            let id = phrase(context, table, speakers.at(mention.span.start), &antecedents, i);
            table.refer(i, id);
            antecedents.add(context, table, i, id);
        }
    }
}

/// What one phrase means.
fn phrase(
    context: &Context,
    table: &mut Table,
    speaker: &Speaker,
    antecedents: &Antecedents,
    index: usize,
) -> EntityId {
    let mention = &context.mentions[index];
    let phrase = Phrase::read(context, mention);
    let pointed = speakers_own(context, table, speaker, &phrase)
        .or_else(|| those_who_speak(context, table, speaker, &phrase, mention))
        .or_else(|| own_document(context, table, speaker, &phrase, mention))
        .or_else(|| gathering(context, table, index, mention))
        .or_else(|| own_meeting(context, table, &phrase, mention))
        .or_else(|| pointed_back(context, table, speaker, antecedents, &phrase, index))
        .or_else(|| house_name(context, table, &phrase, mention));
    pointed
        .or_else(|| matters::resolve(context, table, mention))
        .unwrap_or_else(|| itself(context, table, speaker, mention, &phrase))
}

/// A phrase and what stands before it.
struct Phrase {
    /// Lower-case text with a singular head.
    words: String,
    /// Its last word before a complement, singular.
    head: String,
    /// The determiner or possessive right before it, lower case.
    determiner: String,
    /// What the lexicon says of that.
    determiners: Classes,
    /// Whether it is one word.
    is_bare: bool,
    /// Whether the head is written otherwise than its lemma: "countries".
    plural: bool,
    kind: Kind,
}

impl Phrase {
    fn read(context: &Context, mention: &Mention) -> Self {
        let words = lemmas(context, mention);
        let core = words.split(" of ").next().unwrap_or_default();
        let head = core.rsplit(' ').next().unwrap_or_default().to_owned();
        let before = context.doc.text[..mention.span.start].trim_end();
        let determiner = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().to_lowercase();
        let determiners = context.lexicon.classes(&determiner);
        let text = context.text(mention);
        let written = text.split(" of ").next().unwrap_or_default().rsplit(char::is_whitespace).next();
        let plural = written.is_some_and(|written| written.to_lowercase() != head);
        Self { determiners, is_bare: !words.contains(' '), head, determiner, plural, kind: mention.kind, words }
    }

    fn is_definite(&self) -> bool {
        self.determiners.has(WordClass::DefiniteWord)
    }
}

/// The mention's words in lower case, nouns as lemmas.
fn lemmas(context: &Context, mention: &Mention) -> String {
    let at = Sentence::from(context.sentences, mention.span.start);
    let Some(sentence) = at.map(|at| &context.sentences[at]) else { return context.text(mention).to_lowercase() };
    let tokens = &sentence.tokens[sentence.tokens_in(mention.span)];
    let mut words = String::new();
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 && tokens[i - 1].span.end < token.span.start {
            words.push(' ');
        }
        let lemma = if token.upos == Upos::Noun {
            token.lemma.to_lowercase().to_string()
        } else {
            token.span.of(&context.doc.text).to_lowercase()
        };
        words.push_str(&lemma);
    }
    words
}

/// "my delegation", "my country", "the country" in a State's statement.
fn speakers_own(context: &Context, table: &mut Table, speaker: &Speaker, phrase: &Phrase) -> Option<EntityId> {
    if phrase.plural {
        return None;
    }
    // "The Movement rejected": the group whose words coverage reports.
    let group = speaker.holder.filter(|&holder| speaker.reported && speaker.is_joint(table, holder));
    if group.is_some() && phrase.is_bare && phrase.determiner == "the" && WordClass::GroupNoun.has(&phrase.head) {
        return group;
    }
    let state = speaker.state(table)?;
    // "The Kingdom opposed it": the State whose words coverage reports, if its full name says that it is one.
    if speaker.reported && phrase.is_bare && phrase.determiner == "the" && WordClass::RealmNoun.has(&phrase.head) {
        let called = |entry: &crate::seeds::Entry| {
            entry.names.iter().any(|name| name.text.split(' ').any(|word| word.eq_ignore_ascii_case(&phrase.head)))
        };
        return context.catalogue.get(&table.entity(state).key).is_some_and(called).then_some(state);
    }
    let own = matches!(phrase.determiner.as_str(), "my" | "our")
        || speaker.reported && matches!(phrase.determiner.as_str(), "his" | "her" | "their" | "its");
    match phrase.head.as_str() {
        "delegation" if own && phrase.is_bare => Some(delegation(table, state)),
        "country" | "nation" if phrase.is_bare && (own || matches!(phrase.determiner.as_str(), "the" | "this")) => {
            Some(state)
        }
        "government" if phrase.is_bare && own => Some(state),
        _ => None,
    }
}

/// "both countries", "the two sides", "the Ministers" in a statement of several: those who make it.
fn those_who_speak(
    context: &Context,
    table: &Table,
    speaker: &Speaker,
    phrase: &Phrase,
    mention: &Mention,
) -> Option<EntityId> {
    let holder = speaker.holder.or_else(|| speaker.issuing(context, table));
    let holder = holder.filter(|&holder| speaker.is_joint(table, holder))?;
    let text = context.text(mention);
    let states = context.lexicon.is(&phrase.head, WordClass::OwnState);
    let people = context.lexicon.is(&phrase.head, WordClass::SpeakingPeople);
    let counted = |words: &str| {
        let mut words = words.rsplit(char::is_whitespace).map(str::to_lowercase);
        let number = words.next().unwrap_or_default();
        let all = number == "both"
            || context.lexicon.numerals().cardinal(&number).is_some_and(|count| (2..=10).contains(&count))
                && matches!(words.next().as_deref(), Some("the" | "our" | "all"));
        all.then_some(())
    };
    let before = context.doc.text[..mention.span.start].trim_end();
    let inside = text.rsplit_once(char::is_whitespace).map(|(rest, _)| format!("{} {rest}", phrase.determiner));
    let all = counted(before).or_else(|| inside.as_deref().and_then(counted)).is_some();
    let is_plural = text.ends_with('s');
    let opens = phrase.determiner.is_empty() || phrase.determiner.ends_with(['.', '!', '?', ':', ';']);
    let titled = people && is_plural && phrase.is_bare && (phrase.is_definite() || opens);
    let ours = phrase.head == "government" && is_plural && phrase.determiner == "our";
    (((states || people) && all && is_plural) || titled || ours).then_some(holder)
}

/// "Statement" in the front, "this statement": the document itself, if it is one.
fn own_document(
    context: &Context,
    table: &Table,
    speaker: &Speaker,
    phrase: &Phrase,
    mention: &Mention,
) -> Option<EntityId> {
    let itself = speaker.itself?;
    let fits = match table.entity(itself).class {
        Class::Statement => matches!(phrase.head.as_str(), "statement" | "address" | "remarks"),
        Class::Of(Kind::Resolution) => matches!(phrase.head.as_str(), "resolution" | "decision"),
        Class::Of(Kind::Document) => {
            context.doc.metadata.genre.as_ref().is_some_and(|genre| genre.value == phrase.head)
        }
        _ => false,
    };
    if context.doc.metadata.genre.as_ref().and_then(|genre| genre.span) == Some(mention.span) {
        return Some(itself);
    }
    let is_front = context.doc.zone_at(mention.span.start) == ZoneKind::Front;
    // "aligns itself with the statement delivered by Elbonia": another's, at the head of a short text too.
    let titled = is_front && phrase.determiner != "the";
    (fits && phrase.is_bare && (titled || matches!(phrase.determiner.as_str(), "this" | "present"))).then_some(itself)
}

/// "The Group met on 3 May": a meeting of its own, by who met and when, else where.
fn gathering(context: &Context, table: &mut Table, index: usize, mention: &Mention) -> Option<EntityId> {
    if mention.kind != Kind::Meeting {
        return None;
    }
    let sentence = Sentence::around(context.sentences, mention.span)?;
    let is_verb = sentence.tokens.iter().any(|token| token.span == mention.span && token.upos == Upos::Verb);
    if !is_verb {
        return None;
    }
    let inside = |i: &usize| sentence.span.contains(context.mentions[*i].span);
    let who = context.mentions.before(index).take_while(inside).find_map(|i| {
        let id = table.of(i).filter(|&id| table.kind(id).is_agent())?;
        let outer = context.mentions.parent(i).and_then(|outer| table.of(outer));
        outer.filter(|&id| table.kind(id).is_agent()).or(Some(id))
    });
    let after = (index + 1..context.mentions.len()).take_while(inside);
    let of_kinds = |kinds: &[Kind]| {
        let found = after.clone().find(|&i| kinds.contains(&context.mentions[i].kind));
        found.and_then(|i| Some((table.of(i)?, context.text(&context.mentions[i]))))
    };
    let (when, words) = of_kinds(&[Kind::Date]).or_else(|| of_kinds(&[Kind::Place, Kind::State]))?;
    let slugs = who.map(|who| table.slug(who)).into_iter().chain([table.slug(when)]).collect::<Vec<_>>();
    let label = match who {
        Some(who) => format!("meeting of {}, {}", name_of(context, table, who), one_line(words)),
        None => format!("meeting, {}", one_line(words)),
    };
    let id = table.intern(&format!("meeting/{}", slugs.join("-")), Class::Of(Kind::Meeting));
    table.set_label(id, &label);
    Some(id)
}

/// "the Organization" with a capital, in a text that names the United Nations: these.
fn house_name(context: &Context, table: &mut Table, phrase: &Phrase, mention: &Mention) -> Option<EntityId> {
    let capital = context.text(mention).starts_with(char::is_uppercase);
    let is_it =
        capital && phrase.is_bare && !phrase.plural && phrase.determiner == "the" && phrase.head.starts_with("organi");
    let united =
        context.catalogue.get("body/un").filter(|_| is_it && phrase.kind == Kind::InternationalOrganization)?;
    let id = table.intern_known(united);
    let mut named = table.mentions_of(id);
    named.next().is_some().then_some(id)
}

/// "this session", "the meeting": the one at which the document is delivered.
fn own_meeting(context: &Context, table: &mut Table, phrase: &Phrase, mention: &Mention) -> Option<EntityId> {
    let named = context.doc.metadata.meeting.as_ref().and_then(|meeting| meeting.span);
    if named == Some(mention.span) {
        return Some(conversation(context, table, mention));
    }
    let near = matches!(phrase.determiner.as_str(), "this" | "the" | "our" | "present")
        || phrase.kind == Kind::Meeting && before_is_evaluated(context, mention);
    // "the dialogue", "the forum" is another, unless the meeting is called so.
    let name = context.doc.metadata.meeting.as_ref().map_or("", |meeting| meeting.value.as_str()).to_lowercase();
    let called = phrase.head == "session" || phrase.determiner == "this" || name.contains(&phrase.head);
    let special = before_is_special(context, mention);
    let is_it = phrase.kind == Kind::Meeting && phrase.is_bare && near && called && !phrase.plural && !special;
    if is_it { Speaker::with_meeting(context, table) } else { None }
}

/// "the special session", "the last session": another one.
fn before_is_special(context: &Context, mention: &Mention) -> bool {
    let before = context.doc.text[..mention.span.start].trim_end();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    WordClass::OtherSession.has(&last)
}

/// The conversation that a readout tells of, called by the title.
fn conversation(context: &Context, table: &mut Table, mention: &Mention) -> EntityId {
    let id =
        table.intern(&format!("meeting/{}-{}", sha(context), slug(context.text(mention))), Class::Of(Kind::Meeting));
    let title = context.doc.metadata.title.as_ref().map_or("", |title| title.value.as_str());
    let told = title.split_once(" of ").or_else(|| title.split_once(" on ")).map_or(title, |(_, told)| told);
    table.set_label(id, if told.is_empty() { context.text(mention) } else { told });
    id
}

/// "this important meeting": an adjective that the span leaves out stands between.
fn before_is_evaluated(context: &Context, mention: &Mention) -> bool {
    let mut words = context.doc.text[..mention.span.start].trim_end().rsplit(char::is_whitespace);
    let mut word = || words.next().unwrap_or_default().to_lowercase();
    context.lexicon.is_evaluative(&word()) && matches!(word().as_str(), "this" | "the")
}

/// "the Group": the one thing named before whose name has that head and whose kind agrees; of several the one that speaks.
fn pointed_back(
    context: &Context,
    table: &Table,
    speaker: &Speaker,
    antecedents: &Antecedents,
    phrase: &Phrase,
    index: usize,
) -> Option<EntityId> {
    if !phrase.is_definite() || !phrase.is_bare || matches!(phrase.kind, Kind::Topic | Kind::PersonRole) {
        return None;
    }
    // "the statement delivered by Elbonia": another one than the text's own.
    let behind = context.doc.text[context.mentions[index].span.end..].split_whitespace().take(2).collect::<Vec<_>>();
    if matches!(behind.as_slice(), [given, by] if by.eq_ignore_ascii_case("by") && given.ends_with(|c: char| c.is_lowercase()))
    {
        return None;
    }
    let named = antecedents.named(phrase.kind, &phrase.head)?;
    if named.only_before(index).is_some() || phrase.determiners.has(WordClass::NearWord) {
        return named.nearest_before(index);
    }
    speaker.issuing(context, table).filter(|&issuer| named.has_before(issuer, index))
}

/// A subject of its own, by its words; a national body gets its State and needs neither "national" nor the State's name.
fn itself(context: &Context, table: &mut Table, speaker: &Speaker, mention: &Mention, phrase: &Phrase) -> EntityId {
    let others = phrase.determiners.has(WordClass::OthersWord);
    let national =
        !others && matches!(mention.kind, Kind::GovernmentBody | Kind::LawEnforcementAgency | Kind::LegalProvision);
    let inside = state_inside(context, table, mention);
    // "the presidency of the Assembly", "Governments and peoples": not the speaker's.
    let others =
        phrase.plural && !matches!(phrase.determiner.as_str(), "our" | "my") || has_complement(context, mention);
    // "a Government that does so" is any.
    let any = mention.kind == Kind::GovernmentBody && WordClass::IndefiniteWord.has(&phrase.determiner);
    let own = speaker.state(table).filter(|_| !others && !any && is_national(phrase));
    let owner = inside.map(|(_, id)| id).or(own).filter(|_| national);
    let key = match owner {
        Some(owner) => {
            let words = phrase.words.trim_start_matches("national ");
            let state = inside.map(|(i, _)| context.text(&context.mentions[i]).to_lowercase()).unwrap_or_default();
            let words = words.strip_prefix(&state).unwrap_or(words);
            format!("{}/{}-{}", mention.kind.folder(), table.slug(owner), slug(words))
        }
        None if is_local(context, mention, phrase) => {
            let words = if phrase.plural { one_line(context.text(mention)) } else { phrase.words.clone() };
            format!("{}/{}-{}", mention.kind.folder(), sha(context), slug(&words))
        }
        None => match certain::of_name(context, mention) {
            Certainty::InYear(year) if !phrase.plural => {
                format!("{}/{}-{year}", mention.kind.folder(), slug(&phrase.words))
            }
            Certainty::Here if !phrase.plural => {
                format!("{}/{}-{}", mention.kind.folder(), sha(context), slug(&phrase.words))
            }
            _ => everywhere_or_here(context, mention, phrase),
        },
    };
    let id = match context.catalogue.get(&key) {
        Some(entry) => table.intern_known(entry),
        None => table.intern(&key, class_of(mention)),
    };
    if let Some(owner) = owner {
        table.set_owner(id, owner);
    }
    id
}

/// "good governance" is one thing in all texts, "the resounding call" and "brotherly countries" are this text's: so is
/// every common noun that is no concept, names nothing inside and counts nothing.
fn everywhere_or_here(context: &Context, mention: &Mention, phrase: &Phrase) -> String {
    let key = format!("{}/{}", mention.kind.folder(), slug(&phrase.words));
    let counts = matches!(mention.kind, Kind::Quantity | Kind::Money | Kind::Date);
    // "the Iranian people" are one; "a United Nations mandate" is one of many.
    let one = matches!(mention.kind, Kind::PersonRole | Kind::State | Kind::Place | Kind::Topic);
    let named = context.mentions.inside(mention.span).any(|i| context.mentions[i].class == MentionClass::Named);
    // "our foreign policy" is no other speaker's, "a founding member" is one of something else in another text.
    let of_another = WordClass::PossessiveWord.has(&phrase.determiner) || WordClass::RelativeNoun.has(&phrase.head);
    let concept = context.lexicon.is_concept(&key) && !of_another;
    if counts || one && named || concept || context.catalogue.get(&key).is_some() {
        return key;
    }
    format!("{}/{}-{}", mention.kind.folder(), sha(context), slug(&phrase.words))
}

/// Whether a body or law without a name is the speaker's State's: "our authority", "the Parliament", not "the law".
fn is_national(phrase: &Phrase) -> bool {
    let ours = matches!(phrase.determiner.as_str(), "our" | "my" | "national") || phrase.words.starts_with("national ");
    let first = phrase.words.split(' ').next().unwrap_or_default();
    let last = phrase.words.split(" of ").next().unwrap_or_default();
    let known = WordClass::NationalHead.has(&phrase.head) || WordClass::NationalHead.has(last);
    !WordClass::NobodysBody.has(first) && (ours || known)
}

/// The start of the document's hash: what is the same only in it has it in its key.
fn sha<'a>(context: &Context<'a>) -> &'a str {
    context.doc.sha256.get(..8).unwrap_or_default()
}

/// Whether "of" and what it belongs to stand right behind.
fn has_complement(context: &Context, mention: &Mention) -> bool {
    context.doc.text[mention.span.end..].trim_start().starts_with("of ")
}

/// Kinds of which one is meant where a common noun in the singular stands: "a young republic", "the collective decision".
const SINGLE: &[Kind] = &[
    Kind::State,
    Kind::Resolution,
    Kind::Document,
    Kind::Treaty,
    Kind::Meeting,
    Kind::UNBody,
    Kind::ExpertGroup,
    Kind::GovernmentBody,
    Kind::LawEnforcementAgency,
    Kind::InternationalOrganization,
];

/// A common noun for one thing that nothing names ("the Committee", "a speaker"), and those who speak: the same only in
/// this document. Plurals ("developing countries") mean the same everywhere, but for texts and for parties to one of them.
fn is_local(context: &Context, mention: &Mention, phrase: &Phrase) -> bool {
    let core = phrase.words.split(" of ").next().unwrap_or_default();
    let text = context.text(mention).to_lowercase();
    let named = context.mentions.inside(mention.span).any(|i| context.mentions[i].class == MentionClass::Named);
    let texts = matches!(phrase.kind, Kind::Document | Kind::Resolution);
    if !named && SINGLE.contains(&phrase.kind) && (!phrase.plural || texts) {
        return true;
    }
    let matter = matches!(phrase.kind, Kind::Topic | Kind::Measure);
    // "another African State".
    let one_state = phrase.kind == Kind::State && !phrase.plural;
    if points_inside(&text) || one_state || matter && is_pointed(phrase) {
        return true;
    }
    let office = phrase.head.rsplit('-').next().unwrap_or_default();
    let office = WordClass::Office.has(office) || WordClass::OfficeWord.has(office) || WordClass::Rank.has(office);
    if !named && phrase.kind == Kind::PersonRole && !phrase.plural && office {
        return true;
    }
    let definite = phrase.is_definite() || WordClass::PossessiveWord.has(&phrase.determiner);
    let undertaking = phrase.kind == Kind::Measure && WordClass::LocalMeasure.has(&phrase.head);
    // "A campaign", "projects": nothing but the word tells which.
    if !named && undertaking && (phrase.is_bare || !phrase.plural && definite) {
        return true;
    }
    // "its provisions" of an instrument that the words do not name, "a member", "the head".
    let unnamed = matches!(phrase.kind, Kind::LegalProvision | Kind::Place) && phrase.is_bare;
    if !named && unnamed {
        return true;
    }
    // "alliances", "movements": some of them, each text's own.
    if !named && phrase.is_bare && phrase.kind == Kind::InternationalOrganization && WordClass::LocalHead.has(core) {
        return true;
    }
    let body = phrase.kind == Kind::GovernmentBody && phrase.head != "government";
    if phrase.plural && (body && WordClass::LocalHead.has(core) || WordClass::PartyHead.has(&phrase.words)) {
        return true;
    }
    let local = WordClass::LocalHead.has(core);
    let written = text.split(" of ").next().unwrap_or_default().rsplit(char::is_whitespace).next().unwrap_or_default();
    local && (!phrase.plural || WordClass::UnnamedSpeakers.has(written))
}

/// "attainment of this goal", "only problem", "smaller ones".
fn points_inside(text: &str) -> bool {
    text.split_whitespace().any(|word| WordClass::PointingWord.has(word))
}

/// "the crisis", "a tenth anniversary", "settlement of the dispute", "convening of a conference".
fn is_pointed(phrase: &Phrase) -> bool {
    let certain = |noun: &str| WordClass::PointedNoun.has(noun) || WordClass::LocalHead.has(noun);
    let bare = phrase.is_bare && !phrase.plural && WordClass::PointedNoun.has(&phrase.head);
    let shown = matches!(phrase.determiner.as_str(), "this" | "that") && !phrase.plural;
    let counted = phrase.head == "anniversary" || !phrase.plural && WordClass::Happening.has(&phrase.head);
    let of_one = phrase.words.split_once(" of ").is_some_and(|(_, complement)| {
        let mut words = complement.split_whitespace();
        let article = words.next().is_some_and(|word| matches!(word, "the" | "a" | "an"));
        article && words.next_back().is_some_and(certain)
    });
    bare || shown || counted || of_one
}

/// The mention of a State inside another, and that State.
fn state_inside(context: &Context, table: &Table, mention: &Mention) -> Option<(usize, EntityId)> {
    let inside = context.mentions.inside(mention.span);
    inside.filter_map(|i| Some((i, table.of(i)?))).find(|(_, id)| table.kind(*id) == Kind::State)
}

fn class_of(mention: &Mention) -> Class {
    match mention.kind {
        Kind::State => Class::StateGroup,
        Kind::PersonRole => Class::NonStateActor,
        kind => Class::Of(kind),
    }
}
