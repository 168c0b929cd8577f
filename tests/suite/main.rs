//! The tests that use the library or the program, one file a subject: one binary, so that one linking serves them all.

mod named;
mod typed;

mod annotators;
mod any_input;
mod catalogue;
mod cli_described;
mod cli_export;
mod cli_meta;
mod cli_reading;
mod cli_report;
mod cli_turns;
mod convert;
mod export_picture;
mod export_rdf;
mod graph_files;
mod joint;
mod link_decide;
mod link_gold;
mod link_load;
mod link_serve;
mod local;
mod measure;
mod people;
mod pictures;
mod polarity;
mod query;
mod query_typed;
mod reading;
mod reported;
mod rules;
mod sense;
mod service;
mod shows;
mod store;
mod syntax;
