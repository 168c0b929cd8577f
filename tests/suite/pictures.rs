//! Pictures made of dots: as large as they should be, not empty, the same bytes each time, light and dark; the layout's own
//! tests are beside it, and `tests/browser.js` looks at the page.

use std::fs;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use rapporteur::export::view::Options;
use rapporteur::export::{self, ExportError, Format, Prefixes, Quads};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::{PREFIXES, own, rdf, skos};
use resvg::tiny_skia::Pixmap;

fn prefixes() -> Prefixes {
    Prefixes::new(Some(Base::SHARED), PREFIXES.iter().copied())
}

fn two_documents() -> Quads {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two-documents.nq");
    let text = fs::read(file).unwrap();
    let quads: Vec<Quad> =
        RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).collect::<Result<_, _>>().unwrap();
    quads.iter().map(Quad::as_ref).collect()
}

/// Two things of these names.
fn named(names: [&str; 2]) -> Quads {
    let node = |at: usize| NamedNode::new(format!("{}body/n{at}", Base::SHARED)).unwrap();
    let graph = GraphName::DefaultGraph;
    let mut quads = vec![Quad::new(node(0), own("cooperatesWith"), node(1), graph.clone())];
    for (at, name) in names.iter().enumerate() {
        quads.push(Quad::new(node(at), rdf::TYPE, own("UNBody"), graph.clone()));
        quads.push(Quad::new(node(at), skos::PREF_LABEL, Literal::new_simple_literal(*name), graph.clone()));
    }
    quads.iter().map(Quad::as_ref).collect()
}

fn written(quads: &Quads, format: Format, options: &Options) -> Vec<u8> {
    let mut out = Vec::new();
    export::write(quads, format, &prefixes(), options, &mut out).unwrap();
    out
}

fn size_of_svg(quads: &Quads) -> (u32, u32) {
    let svg = String::from_utf8(written(quads, Format::Svg, &Options::default())).unwrap();
    let sizes: Vec<u32> = svg
        .split_once("viewBox=\"0 0 ")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(size, _)| size.split(' ').map(|number| number.parse().unwrap()).collect())
        .unwrap();
    (sizes[0], sizes[1])
}

fn inked(picture: &Pixmap) -> usize {
    let paper = picture.pixel(0, 0).unwrap();
    picture.pixels().iter().filter(|pixel| **pixel != paper).count()
}

#[test]
fn a_png_is_the_svg_in_dots() {
    let quads = two_documents();
    let (width, height) = size_of_svg(&quads);
    for (scale, dark) in [(1.0, None), (2.0, Some(false)), (2.0, Some(true)), (0.5, None)] {
        let options = Options { scale: Some(scale), dark, ..Options::default() };
        let file = written(&quads, Format::Png, &options);
        let picture = Pixmap::decode_png(&file).unwrap();
        let wanted = [width, height].map(|side| (f64::from(side) * scale).ceil() as u32);
        assert_eq!([picture.width(), picture.height()], wanted);
        let paper = picture.pixel(0, 0).unwrap();
        assert_eq!((paper.red() > 200, paper.alpha()), (dark != Some(true), 255));
        let share = inked(&picture) as f64 / (wanted[0] as f64 * wanted[1] as f64);
        assert!((0.05..0.6).contains(&share), "{share}");
        assert_eq!(file, written(&quads, Format::Png, &options));
    }
}

#[test]
fn every_script_of_the_font_leaves_ink() {
    let of = |name: &str| {
        let options = Options { scale: Some(3.0), ..Options::default() };
        Pixmap::decode_png(&written(&named([name, "Harbour Union"]), Format::Png, &options)).unwrap()
    };
    // Letters are darker than all else.
    let letters = |picture: &Pixmap| picture.pixels().iter().filter(|pixel| pixel.red() < 60).count();
    let least = letters(&of("·"));
    for name in ["Harbour", "Портовый союз", "اتحادیهٔ بندرها", "اتحاد الموانئ", "Λιμάνι", "Häfen č ş ğ"]
    {
        let more = letters(&of(name)).saturating_sub(least);
        assert!(more > 60, "{name}: {more}");
    }
    // Letters of Arabic script join, and stand from right to left: the reverse of a word is another picture.
    let (word, reverse) = (of("بندر"), of("ردنب"));
    assert!(word.data() != reverse.data());
}

#[test]
fn a_picture_that_is_too_large_is_refused() {
    let options = Options { scale: Some(1000.0), ..Options::default() };
    let refused = export::write(&two_documents(), Format::Png, &prefixes(), &options, Vec::new());
    assert!(matches!(refused, Err(ExportError::TooLarge { .. })), "{refused:?}");
}

#[test]
fn a_page_has_whole_texts_only_if_they_are_given() {
    let quads = two_documents();
    let page = |text: &dyn Fn(&str) -> Option<String>| {
        let mut out = Vec::new();
        export::write_page(&quads, &prefixes(), &Options::default(), text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let with = page(&|_| Some("The tide comes in. </script><b>".to_owned()));
    assert!(with.contains("The tide comes in. \\u003c/script>\\u003cb>"));
    let without = page(&|_| None);
    assert!(without.contains("id=\"texts\">[]<") && without.contains("\"source\":null"), "{without}");
    assert!(!without.contains("tide comes in"));
}
