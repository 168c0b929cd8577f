//! One walk over a part of XML: starts, ends and text, in order. Entities that a document type declares are never
//! expanded: a part with a document type is refused.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::sealed::Failure;

/// How deep elements may lie in each other.
const DEEPEST: usize = 512;

/// What a walk comes by.
pub(in crate::read) enum Step<'x> {
    Start(Tag<'x>),
    /// The full name of the element that ends.
    End(&'x str),
    Text(&'x str),
}

/// The start of an element.
pub(in crate::read) struct Tag<'x>(&'x BytesStart<'x>);

impl Tag<'_> {
    /// The name with its prefix.
    pub fn name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The value of an attribute by its name with its prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let attribute = self.0.try_get_attribute(name).ok()??;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }
}

/// Walks over a part.
pub(in crate::read) fn walk(text: &str, see: &mut dyn FnMut(Step<'_>)) -> Result<(), Failure> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let place = reader.error_position();
                return Err(Failure::Broken(format!("its XML ends being XML at byte {place} ({error})")));
            }
        };
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Failure::Unbounded(format!("elements lie more than {DEEPEST} deep")));
                }
                see(Step::Start(Tag(&tag)));
            }
            Event::Empty(tag) => {
                see(Step::Start(Tag(&tag)));
                see(Step::End(tag.name().into_inner()));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                see(Step::End(tag.name().into_inner()));
            }
            Event::Text(words) => see(Step::Text(&words.xml10_content())),
            Event::CData(words) => see(Step::Text(&words.xml10_content())),
            Event::GeneralRef(name) => {
                let sign = name.resolve_char_ref().ok().flatten().map(String::from);
                let known = quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                if let Some(letters) = sign.or(known) {
                    see(Step::Text(&letters));
                }
            }
            Event::DocType(_) => return Err(Failure::Unbounded("it declares a document type".to_owned())),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if depth > 0 { Err(Failure::Broken("its XML breaks off".to_owned())) } else { Ok(()) }
}
