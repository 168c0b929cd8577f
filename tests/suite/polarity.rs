//! Denied, wished for, possible, somebody else's: what a careful reader takes from a sentence, whichever rule finds it.

use super::named::name;
use rapporteur::model::{Claim, Extraction, Polarity, Term};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{Format, Options};

/// What stands before a sentence, so that the reader knows who speaks.
const FRONT: &str =
    "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\n---\n\n";

/// A sentence, and `subject | relation | object | how`. An empty subject is the speaker's; *how* is the modality if it is
/// not `asserted`, `negated` if it is, and `by X` if it is X who says so.
const SENTENCES: &[(&str, &str)] = &[
    // Denials.
    ("Luxembourg does not support the proposed amendment.", "| supports | amendment | negated"),
    ("Luxembourg has never supported unilateral sanctions.", "| supports | unilateral sanctions | negated"),
    ("We cannot support this draft resolution.", "| supports | draft resolution | negated"),
    ("We are unable to support the proposal of the Chair.", "| supports | proposal | negated"),
    ("No State opposes the extension of the mandate.", "State | opposes | mandate | negated"),
    ("Luxembourg is not opposed to the extension of the mandate.", "| opposes | mandate | negated"),
    ("Luxembourg is not a party to the Convention on Cybercrime.", "| partyTo | Convention | negated"),
    ("The Convention was not adopted by the General Assembly.", "General Assembly | adopted | Convention | negated"),
    (
        "The Secretary-General has not yet appointed an Executive Director.",
        "Secretary-General | appointed | Executive Director | negated",
    ),
    ("The Security Council failed to adopt the resolution.", "Security Council | adopted | resolution | negated"),
    (
        "The Security Council refused to establish a working group.",
        "Security Council | established | working group | negated",
    ),
    ("We not only support the Ad Hoc Committee but also welcome its report.", "| supports | Ad Hoc Committee |"),
    ("We met the World Bank in May and welcome its important efforts.", "| commends | World Bank |"),
    // Nothing is needed, nothing is an option.
    ("There is no need for a new trust fund.", "| opposes | trust fund | implied"),
    ("In our view there is no need for another working group.", "| opposes | working group | implied"),
    ("A renewal of the mandate of the Expert Group could not be an option.", "| opposes | renewal | implied"),
    ("A return to voluntary reporting is not an option.", "| opposes | voluntary reporting | implied"),
    // Neither, nor, without.
    ("Luxembourg neither supports nor opposes the amendment.", "| supports | amendment | negated"),
    ("We support neither the draft convention nor its protocol.", "| supports | draft convention | negated"),
    (
        "Neither the Security Council nor the General Assembly established the trust fund.",
        "Security Council | established | trust fund | negated",
    ),
    (
        "Without prejudice to the work of the Ad Hoc Committee, we support the programme of action.",
        "| supports | programme of action |",
    ),
    ("Notwithstanding these doubts, Luxembourg supports the draft.", "| supports | draft |"),
    // What ought to be.
    ("Member States must establish national hotlines.", "| established callsFor | national hotlines | proposal"),
    (
        "The Ad Hoc Committee should elaborate a new convention.",
        "Ad Hoc Committee | elaborates | convention | proposal",
    ),
    (
        "The United Nations Office on Drugs and Crime needs to provide technical assistance.",
        "Office | provides | technical assistance | proposal",
    ),
    ("Norway has to cooperate with the Office.", "Norway | cooperatesWith | Office | proposal"),
    ("Luxembourg calls for the establishment of a regional centre.", "| callsFor | regional centre |"),
    ("We call upon Norway to ratify the Convention on Cybercrime.", "| invites requests callsFor | Norway |"),
    // What is aimed at.
    (
        "The Government established a hotline in order to provide legal assistance.",
        "| provides | legal assistance | purpose",
    ),
    (
        "Norway launched a campaign with a view to supporting the Ad Hoc Committee.",
        "| supports | Ad Hoc Committee | purpose",
    ),
    (
        "The Security Council established a monitoring mechanism to facilitate international cooperation.",
        "| facilitates | international cooperation | purpose",
    ),
    // What may be.
    ("The General Assembly may establish a new committee.", "General Assembly | established | committee | possibility"),
    (
        "A new convention could facilitate international cooperation.",
        "convention | facilitates | cooperation | possibility",
    ),
    (
        "If the Security Council adopts the resolution, Norway will send observers.",
        "Security Council | adopted | resolution | possibility",
    ),
    (
        "Unless the Security Council adopts the resolution, the mission ends.",
        "Security Council | adopted | resolution | possibility",
    ),
    ("Norway might support the amendment.", "Norway | supports | amendment | possibility"),
    // Somebody else's words.
    (
        "According to the World Health Organization, Norway provides medical supplies.",
        "Norway | provides | medical supplies | by World Health Organization",
    ),
    (
        "Norway believes that the Convention facilitates international cooperation.",
        "Convention | facilitates | cooperation | opinion, by Norway",
    ),
    (
        "Norway stated that the General Assembly had established the trust fund.",
        "General Assembly | established | trust fund | by Norway",
    ),
    (
        "We do not believe that the Convention facilitates international cooperation.",
        "Convention | facilitates | cooperation | opinion, negated",
    ),
    (
        "Norway denies that the General Assembly established the trust fund.",
        "General Assembly | established | trust fund | negated, by Norway",
    ),
    // Courtesy is no wish.
    ("We would like to thank the Secretary-General.", "| commends | Secretary-General |"),
];

#[test]
fn sentences_say_what_a_careful_reader_takes_from_them() {
    let faults: Vec<String> = SENTENCES.iter().filter_map(|(sentence, wanted)| fault(sentence, wanted)).collect();
    assert!(faults.is_empty(), "{} of {} fail\n{}", faults.len(), SENTENCES.len(), faults.join("\n"));
}

/// What is wrong with the claims of a sentence.
fn fault(sentence: &str, wanted: &str) -> Option<String> {
    let text = format!("{FRONT}{sentence}\n");
    let options = Options { format: Some(Format::Markdown), ..Options::default() };
    let extraction = Pipeline::unjudged().extract("sentence.md", text.as_bytes(), &options).expect("it can be read");
    let claims: Vec<&Claim> =
        extraction.claims.iter().filter(|claim| claim.evidence.span.start >= FRONT.len()).collect();
    let parts: Vec<&str> = wanted.split('|').map(str::trim).collect();
    let [subject, relations, object, how] = parts[..] else { panic!("“{wanted}” has four parts") };
    let holds = |term: &Term, part: &str| name(&extraction, term).to_lowercase().contains(&part.to_lowercase());
    let meant: Vec<&&Claim> = claims
        .iter()
        .filter(|claim| relations.split(' ').any(|relation| relation == claim.relation.name()))
        .filter(|claim| holds(&claim.subject, subject) && holds(&claim.object, object))
        .collect();
    let right = !meant.is_empty() && meant.iter().all(|claim| agrees(&extraction, claim, how));
    let found: Vec<String> = claims.iter().map(|claim| told(&extraction, claim)).collect();
    (!right).then(|| format!("“{sentence}”\n  wanted {wanted}\n  found  {found:?}"))
}

/// Whether a claim is put as wanted: `opinion, negated, by Norway`.
fn agrees(extraction: &Extraction, claim: &Claim, how: &str) -> bool {
    let mut modality = "asserted";
    let mut polarity = Polarity::Affirmed;
    let mut sayer = None;
    for word in how.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match word.strip_prefix("by ") {
            Some(by) => sayer = Some(by),
            None if word == "negated" => polarity = Polarity::Negated,
            None => modality = word,
        }
    }
    let said_by = claim.said_by.map(|id| name(extraction, &Term::Entity(id)));
    (claim.modality.name(), claim.polarity) == (modality, polarity)
        && sayer.is_none_or(|sayer| said_by.is_some_and(|by| by.contains(sayer)))
}

fn told(extraction: &Extraction, claim: &Claim) -> String {
    let by = claim.said_by.map_or(String::new(), |id| format!(", by {}", extraction.entity(id).label));
    let polarity = if claim.polarity == Polarity::Negated { ", negated" } else { "" };
    format!(
        "{} | {} | {} | {}{polarity}{by} ({})",
        name(extraction, &claim.subject),
        claim.relation.name(),
        name(extraction, &claim.object),
        claim.modality.name(),
        claim.evidence.rule
    )
}
