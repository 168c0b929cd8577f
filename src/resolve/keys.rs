//! Keys of things that stand by themselves: catalogue entries, symbols, dates, quantities, amounts.

use compact_str::CompactString;

use crate::model::text::slug;
use crate::model::{Class, EntityId, Identifier, Kind, MatchStrength, Mention, Reading, Symbol, SymbolKind, Value};

use super::Context;
use super::table::Table;

/// Resolves a mention whose reading alone decides what it means.
pub(super) fn resolve_value(context: &Context, table: &mut Table, index: usize, mention: &Mention) {
    let id = match &mention.reading {
        Reading::Catalogue(keys) => {
            known(context, table, keys, mention.kind).filter(|&id| !is_younger(context, table.entity(id)))
        }
        Reading::Symbol(found) => Some(symbol(context, table, found)),
        Reading::Date(date) => {
            // "in October" of a year that the text does not tell is another October in another text.
            let sha = if date.iso().starts_with("--") { context.doc.sha256.get(..8) } else { None };
            let own = sha.map_or_else(String::new, |sha| format!("{sha}-"));
            let id = table.intern(&format!("date/{own}{}", date.iso().replace('/', "--")), Class::Of(Kind::Date));
            table.set_label(id, &date.iso().replace('/', "–"));
            table.set_value(id, Value::Date(date.clone()));
            Some(id)
        }
        Reading::Quantity(quantity) => {
            let unit = slug(if quantity.unit == "%" { "percent" } else { &quantity.unit });
            // "12 to 200 miles" is no "12 miles".
            let text = context.text(mention);
            let runs = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
            let in_words = quantity.approximate && [" or ", " to "].iter().any(|joint| text.contains(joint));
            let key = match runs.filter(|run| run.contains(|c: char| c.is_ascii_digit())).count() {
                2.. => slug(text),
                _ if in_words => slug(text),
                _ => format!("{}-{unit}", slug(&quantity.number)),
            };
            let id = table.intern(&format!("quantity/{key}"), Class::Of(Kind::Quantity));
            table.set_value(id, Value::Quantity(quantity.clone()));
            Some(id)
        }
        Reading::Money(money) => {
            let key = format!("money/{}-{}", slug(&money.amount), slug(&money.currency));
            let id = table.intern(&key, Class::Of(Kind::Money));
            table.set_value(id, Value::Money(money.clone()));
            Some(id)
        }
        _ => None,
    };
    if let Some(id) = id {
        table.refer(index, id);
    }
}

/// Names that several share mean the one that the text names otherwise too, else the one that they usually meant then.
pub(super) fn settle(context: &Context, table: &mut Table) {
    let when = context.doc.metadata.when();
    let shared = context.mentions.iter().enumerate().filter_map(|(i, mention)| match &mention.reading {
        Reading::Catalogue(keys) if mention.kind == Kind::State && keys.len() > 1 => Some((i, keys)),
        _ => None,
    });
    let open: Vec<(usize, &Vec<CompactString>)> = shared.filter(|(i, _)| table.of(*i).is_none()).collect();
    for &(i, keys) in &open {
        let mut named = keys.iter().filter_map(|key| table.named(key));
        if let (Some(one), None) = (named.next(), named.next()) {
            table.refer(i, one);
        }
    }
    for (i, keys) in open {
        let mut usual = keys.iter().filter_map(|key| context.catalogue.get(key)).filter(|entry| entry.is_usual(when));
        if let (None, Some(usual)) = (table.of(i), usual.next()) {
            let id = table.intern_known(usual);
            table.refer(i, id);
        }
    }
}

/// Whether a treaty, conference or document is younger than the text: then another of that name is meant.
fn is_younger(context: &Context, entity: &crate::model::Entity) -> bool {
    let dated = matches!(entity.kind(), Kind::Treaty | Kind::Document | Kind::Meeting);
    let text = context.doc.metadata.date.as_ref().and_then(|date| date.value.start().get(..4));
    let entry = context.catalogue.get(&entity.key).filter(|_| dated);
    let begun = entry.and_then(|entry| entry.date.as_ref()).and_then(|date| date.start().get(..4));
    matches!((text, begun), (Some(text), Some(begun)) if text < begun)
}

/// The one entry meant: the only one, or the only one of the mention's kind.
fn known(context: &Context, table: &mut Table, keys: &[CompactString], kind: Kind) -> Option<EntityId> {
    let mut entries = keys.iter().filter_map(|key| context.catalogue.get(key));
    let entry = match keys.len() {
        1 => entries.next()?,
        _ => {
            let mut fitting = entries.filter(|entry| entry.class.kind() == kind);
            let first = fitting.next()?;
            if fitting.next().is_some() {
                return None;
            }
            first
        }
    };
    Some(table.intern_known(entry))
}

/// The entity of a UN symbol; the catalogue's entry if it has one.
pub(super) fn symbol(context: &Context, table: &mut Table, symbol: &Symbol) -> EntityId {
    let kind = match symbol.kind {
        SymbolKind::Resolution | SymbolKind::Decision => Kind::Resolution,
        SymbolKind::Document => Kind::Document,
    };
    let key = format!("{}/{}", kind.folder(), symbol.slug());
    let id = match context.catalogue.get(&key) {
        Some(entry) => table.intern_known(entry),
        None => table.intern(&key, Class::Of(kind)),
    };
    table.set_label(id, &symbol.text);
    table.add_identifier(
        id,
        Identifier {
            scheme: "un-symbol".into(),
            value: symbol.text.clone(),
            iri: None,
            strength: MatchStrength::Exact,
            source: String::new(),
        },
    );
    id
}
