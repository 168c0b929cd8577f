//! The tagger and parser as the other stages use them: well-formed on any input, the same every time, and right about
//! the clauses that resolutions and statements are made of.

use std::fmt::Write;

use rapporteur::model::{Block, BlockKind, Deprel, Sentence, Span, Tree, Upos, ZoneKind};
use rapporteur::syntax::{Model, conllu};

fn block(start: usize, end: usize) -> Block {
    Block { span: Span::new(start, end), kind: BlockKind::Paragraph, zone: ZoneKind::Body }
}

fn parse(text: &str) -> Vec<Sentence> {
    Model::embedded().parse(text, &[block(0, text.len())])
}

/// Tokens quote their forms, lie in order inside the block, and form a tree with one root.
fn check(text: &str, sentences: &[Sentence]) {
    let mut last = 0;
    for sentence in sentences {
        for token in &sentence.tokens {
            let form = text.get(token.span.range()).expect("on character boundaries");
            assert!(token.span.start >= last && !form.is_empty() && !form.contains(char::is_whitespace), "{form:?}");
            assert!(sentence.span.contains(token.span));
            last = token.span.end;
        }
        check_tree(sentence);
    }
}

/// One root, and every word hangs on it: all words are reached from the root downwards.
fn check_tree(sentence: &Sentence) {
    let roots: Vec<usize> = (0..sentence.tokens.len()).filter(|&i| sentence.tokens[i].head.is_none()).collect();
    assert_eq!(roots.len(), 1);
    assert_eq!(sentence.tokens[roots[0]].deprel, Deprel::Root);
    let tree = Tree::new("", sentence);
    assert_eq!(tree.subtree(roots[0]).len(), sentence.tokens.len());
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// How often: all of it where the network is compiled to be fast, else a part that ends soon.
fn rounds(all: usize) -> usize {
    if cfg!(debug_assertions) { all / 20 } else { all }
}

#[test]
fn any_bytes_give_well_formed_trees() {
    let mut random = Random(7);
    let alphabet = b"aZ .,;:'-/()[]0$%@\"\n";
    for round in 0..rounds(10_000) {
        let length = random.below(60);
        let mut byte = || if round % 2 == 0 { random.below(256) as u8 } else { alphabet[random.below(alphabet.len())] };
        let bytes: Vec<u8> = (0..length).map(|_| byte()).collect();
        let text = String::from_utf8_lossy(&bytes);
        check(&text, &parse(&text));
    }
}

#[test]
fn odd_texts_give_well_formed_trees() {
    let long = "and so on ".repeat(rounds(5_000));
    let dots = ".".repeat(rounds(3000));
    let brackets = "([{".repeat(rounds(1000));
    let glued = "word-,".repeat(200);
    let data = "A9+/".repeat(1 << 18);
    let texts = [
        "",
        " \n\t ",
        "👍👍🏽 ok 👩‍👩‍👧",
        "سلام دنیا. این یک آزمایش است؟",
        "قرار مجلس الأمن رقم ١٣٧٣",
        "\u{200b}\u{feff}a\u{0}b",
        "'' ''",
        "’s",
        "a\u{301}b",
        &long,
        &dots,
        &brackets,
        &glued,
        &data,
    ];
    for text in texts {
        check(text, &parse(text));
    }
}

#[test]
fn blocks_share_no_sentence() {
    let text = "Agenda item two Law enforcement and\ncooperation between States";
    let blocks = [block(0, 15), block(16, text.len())];
    let sentences = Model::embedded().parse(text, &blocks);
    assert_eq!(sentences.iter().map(|sentence| sentence.block).collect::<Vec<_>>(), [0, 1]);
    assert!(sentences.iter().all(|sentence| blocks[sentence.block].span.contains(sentence.span)));
}

#[test]
fn the_same_text_gives_the_same_trees() {
    let text = "The committee, which met twice, adopted its report; nobody objected. It was short.";
    let model = Model::from_bytes(include_bytes!("../../seeds/model/english.bin"));
    assert_eq!(model.parse(text, &[block(0, text.len())]), parse(text));
}

#[test]
fn a_damaged_model_still_gives_trees() {
    let text = "Nobody objected.";
    let model = Model::from_bytes(&include_bytes!("../../seeds/model/english.bin")[..5000]);
    let sentences = model.parse(text, &[block(0, text.len())]);
    check(text, &sentences);
    assert!(sentences[0].tokens.iter().all(|token| token.upos == Upos::X));
}

#[test]
fn the_verb_of_a_clause_is_its_root() {
    let table = [
        ("Recalling its resolution 99/999 of 3 May 2044, in which it created the panel,", "Recalling"),
        ("4. Requests the Director to present a report to the Assembly at its next session;", "Requests"),
        ("Deeply concerned that the flood has destroyed the bridges,", "concerned"),
        ("Calls upon all parties to respect the truce and to release the prisoners;", "Calls"),
        ("Reaffirming the importance of clean rivers for coastal towns,", "Reaffirming"),
        ("My delegation does not see any need for another bridge.", "see"),
        ("The panel was asked by the mayor to measure the river.", "asked"),
        ("Also invites the Fund to consider lending boats;", "invites"),
    ];
    for (text, wanted) in table {
        let sentences = parse(text);
        assert_eq!(sentences.len(), 1, "{text}");
        let tree = Tree::new(text, &sentences[0]);
        assert_eq!(tree.root().map(|root| tree.form(root)), Some(wanted), "{text}");
    }
}

/// A word, how it hangs, and on which word, in clauses that statements are full of.
#[test]
fn clauses_hang_where_they_belong() {
    let table = [
        ("The harbour office is responsible for coordinating rescue boats.", "coordinating", "advcl", "responsible"),
        ("We would like to recall that, in line with the rules, the panel was closed.", "closed", "ccomp", "recall"),
        ("The council thanked the officer who coordinates the boats.", "coordinates", "acl:relcl", "officer"),
        ("Enjoying the support of many farmers, the panel opposes the bridge.", "Enjoying", "advcl", "opposes"),
        ("Committed to protecting the coast, my delegation supports the plan.", "Committed", "advcl", "supports"),
        ("Therefore, there is no need for renewal of the ferry's licence.", "need", "nsubj", "is"),
        ("Requests the Director-General to present a plan to the Board;", "present", "xcomp", "Requests"),
        ("The aim is to support the process of and focus on repair of the old bridge.", "repair", "nmod", "process"),
        ("Needless to say, that the flood affects farmers.", "affects", "ccomp", "say"),
    ];
    for (text, word, relation, head) in table {
        let sentences = parse(text);
        let tree = Tree::new(text, &sentences[0]);
        let at = (0..tree.len()).find(|&i| tree.form(i) == word).expect("in the text");
        let found = (tree.token(at).deprel.name(), tree.head(at).map(|head| tree.form(head)));
        assert_eq!(found, (relation, Some(head)), "{text}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let text = "The panel’s chair (a farmer) can’t swim. She floats.";
    let mut out = String::new();
    for (i, sentence) in parse(text).iter().enumerate() {
        conllu::write(text, sentence, i + 1, &mut out);
    }
    let mut again = String::new();
    for gold in conllu::read(&out) {
        for (form, space) in gold.forms.iter().zip(&gold.space_after) {
            write!(again, "{form}{}", if *space { " " } else { "" }).expect("to a string");
        }
    }
    assert_eq!(again.trim_end(), text);
}
