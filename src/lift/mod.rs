//! What the stages found becomes RDF: the only place that mints IRIs and names vocabulary terms.

pub mod vocabulary;
