//! The namespaces and terms that the graph is written in. `ontology/rapporteur.ttl` declares our own; a test holds both
//! against each other.

use oxrdf::{NamedNode, NamedNodeRef};

pub use crate::model::ONTOLOGY;
pub use crate::seeds::{ONTOLOGY_TURTLE, relations};

/// The SHACL shapes that ship, in Turtle.
pub const SHAPES_TURTLE: &str = include_str!("../../ontology/shapes.ttl");

/// The prefixes that every query and every export may use, sorted; `id:` is added for the base of the data.
pub const PREFIXES: &[(&str, &str)] = &[
    ("cito", "http://purl.org/spar/cito/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("eli-dl", "http://data.europa.eu/eli/eli-draft-legislation-ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("np", "http://www.nanopub.org/nschema#"),
    ("npx", "http://purl.org/nanopub/x/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rap", ONTOLOGY),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("semapv", "https://w3id.org/semapv/vocab/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("sssom", "https://w3id.org/sssom/"),
    ("undo", "https://w3id.org/un/ontology/undo/"),
    ("void", "http://rdfs.org/ns/void#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// One of our own terms, by its local name: a class, relation, qualifier or individual.
pub fn own(local: &str) -> NamedNode {
    NamedNode::new_unchecked([ONTOLOGY, local].concat())
}

/// The local name of one of our own terms; `None` for the terms of others.
pub fn local_name(iri: &str) -> Option<&str> {
    iri.strip_prefix(ONTOLOGY)
}

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident in $namespace:literal { $($constant:ident = $local:literal,)* }) => {
        $(#[$doc])*
        #[expect(missing_docs, reason = "each constant is the term of that name, defined by its vocabulary")]
        pub mod $name {
            use oxrdf::NamedNodeRef;
            $(pub const $constant: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));)*
            /// All of them.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($constant),*];
        }
    };
}

terms! {
    /// Our own classes and properties, besides the classes of things, relations, qualifiers and individuals that `model` names.
    rap in "https://w3id.org/rapporteur/ontology#" {
        CLAIM = "Claim",
        POSITION = "Position",
        RESOLUTION = "Resolution",
        STATEMENT = "Statement",
        DOCUMENT = "Document",
        SAID_BY = "saidBy",
        POLARITY = "polarity",
        MODALITY = "modality",
        STRENGTH = "strength",
        CONFIDENCE = "confidence",
        RULE = "rule",
        EVIDENCE = "evidence",
        QUOTE = "quote",
        LOCATOR = "locator",
        MENTIONED_IN = "mentionedIn",
        TEXT_OF = "textOf",
        FILE_SHA256 = "fileSha256",
        UNTIL = "until",
        VALID_FROM = "validFrom",
        VALID_UNTIL = "validUntil",
        PREDECESSOR = "predecessor",
        SUCCESSOR = "successor",
        NAME_IN_TIME = "nameInTime",
        ORDER = "order",
        STATED_BY = "statedBy",
        BELONGS_TO = "belongsTo",
        ASPECT_OF = "aspectOf",
        APPROXIMATE = "approximate",
        ISO_DATE = "isoDate",
        LINK = "Link",
        LINK_CANDIDATE = "LinkCandidate",
        LINK_DECISION = "LinkDecision",
        LINK_SOURCE = "linkSource",
        LINK_STRENGTH = "linkStrength",
        LINK_METHOD = "linkMethod",
        LINK_SCORE = "linkScore",
        LINK_EVIDENCE = "linkEvidence",
        RULING = "ruling",
        CLAIM_DECISION = "ClaimDecision",
        DECIDED_SUBJECT = "decidedSubject",
        DECIDED_PREDICATE = "decidedPredicate",
        DECIDED_OBJECT = "decidedObject",
        DECIDED_QUOTE = "decidedQuote",
        DECIDED_BY = "decidedBy",
        CORRECTED_SUBJECT = "correctedSubject",
        CORRECTED_PREDICATE = "correctedPredicate",
        CORRECTED_OBJECT = "correctedObject",
        CORRECTED_POLARITY = "correctedPolarity",
        DOCUMENT_DECISION = "DocumentDecision",
        STATED_KEY = "statedKey",
        STATED_VALUE = "statedValue",
        STANDING = "standing",
        RELATION = "relation",
        STANCE = "stance",
        DENIED_LABEL = "deniedLabel",
        ATTITUDE = "attitude",
        FAVOURABLE = "favourable",
        UNFAVOURABLE = "unfavourable",
        REQUESTING = "requesting",
        DESCRIBES_OCCASION = "describesOccasion",
        DESCRIBES_DOCUMENT = "describesDocument",
        OPEN = "open",
        QUALIFIER = "qualifier",
    }
}

terms! {
    /// RDF itself.
    rdf in "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        TYPE = "type",
        VALUE = "value",
        SUBJECT = "subject",
        PREDICATE = "predicate",
        OBJECT = "object",
        LANG_STRING = "langString",
        REIFIES = "reifies",
    }
}

terms! {
    /// OWL.
    owl in "http://www.w3.org/2002/07/owl#" {
        OBJECT_PROPERTY = "ObjectProperty",
    }
}

terms! {
    /// RDF Schema.
    rdfs in "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label",
        COMMENT = "comment",
        SEE_ALSO = "seeAlso",
        SUB_CLASS_OF = "subClassOf",
        SUB_PROPERTY_OF = "subPropertyOf",
    }
}

terms! {
    /// SKOS: labels, and mappings between concepts.
    skos in "http://www.w3.org/2004/02/skos/core#" {
        PREF_LABEL = "prefLabel",
        ALT_LABEL = "altLabel",
        EXACT_MATCH = "exactMatch",
        CLOSE_MATCH = "closeMatch",
        BROAD_MATCH = "broadMatch",
        CONCEPT = "Concept",
        BROADER = "broader",
        NARROWER = "narrower",
        HIDDEN_LABEL = "hiddenLabel",
    }
}

terms! {
    /// Dublin Core terms: what documents are described with.
    dcterms in "http://purl.org/dc/terms/" {
        TITLE = "title",
        IS_PART_OF = "isPartOf",
        DESCRIPTION = "description",
        LICENSE = "license",
        RIGHTS = "rights",
        MEDIA_TYPE_CLASS = "MediaType",
        LICENSE_DOCUMENT = "LicenseDocument",
        RIGHTS_STATEMENT = "RightsStatement",
        PUBLISHER = "publisher",
        CREATOR = "creator",
        CREATED = "created",
        LANGUAGE = "language",
        DATE = "date",
        IDENTIFIER = "identifier",
        SOURCE = "source",
        SUBJECT = "subject",
        RELATION = "relation",
        FORMAT = "format",
        CONFORMS_TO = "conformsTo",
    }
}

terms! {
    /// schema.org, in its https form.
    schema in "https://schema.org/" {
        SHA256 = "sha256",
        NAME = "name",
        GENRE = "genre",
        VALUE = "value",
        UNIT_TEXT = "unitText",
        CURRENCY = "currency",
        SAME_AS = "sameAs",
        IDENTIFIER = "identifier",
        URL = "url",
        SOFTWARE_VERSION = "softwareVersion",
    }
}

terms! {
    /// Web Annotation.
    oa in "http://www.w3.org/ns/oa#" {
        ANNOTATION = "Annotation",
        SPECIFIC_RESOURCE = "SpecificResource",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        FRAGMENT_SELECTOR = "FragmentSelector",
        HAS_BODY = "hasBody",
        HAS_TARGET = "hasTarget",
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        EXACT = "exact",
        PREFIX = "prefix",
        SUFFIX = "suffix",
        START = "start",
        END = "end",
        MOTIVATED_BY = "motivatedBy",
        LINKING = "linking",
        IDENTIFYING = "identifying",
    }
}

terms! {
    /// SSSOM: how mappings between vocabularies are told.
    sssom in "https://w3id.org/sssom/" {
        PREDICATE_ID = "predicate_id",
        MAPPING_JUSTIFICATION = "mapping_justification",
    }
}

terms! {
    /// What speaks for a mapping, in SSSOM's vocabulary of reasons.
    semapv in "https://w3id.org/semapv/vocab/" {
        MANUAL_MAPPING_CURATION = "ManualMappingCuration",
        MAPPING_REVIEW = "MappingReview",
        LEXICAL_MATCHING = "LexicalMatching",
        LEXICAL_SIMILARITY_THRESHOLD_MATCHING = "LexicalSimilarityThresholdMatching",
        BACKGROUND_KNOWLEDGE_BASED_MATCHING = "BackgroundKnowledgeBasedMatching",
    }
}

terms! {
    /// FOAF: the bridge from a concept to the thing it is about.
    foaf in "http://xmlns.com/foaf/0.1/" {
        FOCUS = "focus",
        AGENT = "Agent",
        NAME = "name",
    }
}

terms! {
    /// VoID: descriptions of datasets and link sets.
    void in "http://rdfs.org/ns/void#" {
        DATASET = "Dataset",
        LINKSET = "Linkset",
        LINK_PREDICATE = "linkPredicate",
        IN_DATASET = "inDataset",
        TRIPLES = "triples",
        ENTITIES = "entities",
        CLASSES = "classes",
        PROPERTIES = "properties",
        DISTINCT_SUBJECTS = "distinctSubjects",
        DISTINCT_OBJECTS = "distinctObjects",
        VOCABULARY = "vocabulary",
        URI_SPACE = "uriSpace",
        SUBSET = "subset",
        SUBJECTS_TARGET = "subjectsTarget",
        OBJECTS_TARGET = "objectsTarget",
        DATA_DUMP = "dataDump",
        EXAMPLE_RESOURCE = "exampleResource",
        CLASS_PARTITION = "classPartition",
        CLASS = "class",
        PROPERTY_PARTITION = "propertyPartition",
        PROPERTY = "property",
    }
}

terms! {
    /// DCAT: datasets and their files.
    dcat in "http://www.w3.org/ns/dcat#" {
        DATASET = "Dataset",
        DISTRIBUTION = "distribution",
        DISTRIBUTION_CLASS = "Distribution",
        MEDIA_TYPE = "mediaType",
        ACCESS_URL = "accessURL",
        KEYWORD = "keyword",
    }
}

terms! {
    /// Nanopublications.
    np in "http://www.nanopub.org/nschema#" {
        NANOPUBLICATION = "Nanopublication",
        HAS_ASSERTION = "hasAssertion",
        HAS_PROVENANCE = "hasProvenance",
        HAS_PUBLICATION_INFO = "hasPublicationInfo",
    }
}

terms! {
    /// Nanopublication extensions.
    npx in "http://purl.org/nanopub/x/" {
        INTRODUCES = "introduces",
        HAS_NANOPUB_TYPE = "hasNanopubType",
    }
}

terms! {
    /// PROV-O: runs.
    prov in "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity",
        SOFTWARE_AGENT = "SoftwareAgent",
        USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        ENDED_AT_TIME = "endedAtTime",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        GENERATED = "generated",
        INVALIDATED = "invalidated",
    }
}

terms! {
    /// Datatypes.
    xsd in "http://www.w3.org/2001/XMLSchema#" {
        STRING = "string",
        INTEGER = "integer",
        NON_NEGATIVE_INTEGER = "nonNegativeInteger",
        DECIMAL = "decimal",
        BOOLEAN = "boolean",
        DATE = "date",
        G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth",
        DATE_TIME = "dateTime",
    }
}

/// An IRI in short form, `rap:Claim`, if one of [`PREFIXES`] fits and what remains needs no escape.
pub fn shorten(iri: NamedNodeRef<'_>) -> Option<String> {
    let (prefix, local) = PREFIXES
        .iter()
        .filter_map(|(prefix, namespace)| Some((prefix, iri.as_str().strip_prefix(namespace)?)))
        .min_by_key(|(_, local)| local.len())?;
    is_plain(local).then(|| format!("{prefix}:{local}"))
}

/// Whether a local name is legal in Turtle and SPARQL without escapes.
fn is_plain(local: &str) -> bool {
    local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && local.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use oxrdf::{NamedOrBlankNode, Term, Triple};
    use oxttl::TurtleParser;

    use super::*;
    use crate::model::{Class, Kind, Modality, Polarity, Qualifier, Relation};

    fn triples(turtle: &str) -> Vec<Triple> {
        TurtleParser::new().for_slice(turtle).collect::<Result<_, _>>().expect("valid Turtle")
    }

    /// Local names of our terms that stand as subjects of `predicate` with `object`.
    fn subjects(triples: &[Triple], predicate: NamedNodeRef<'_>, object: &NamedNode) -> BTreeSet<String> {
        let matching = triples.iter().filter(|t| t.predicate == predicate && t.object == Term::from(object.clone()));
        matching.filter_map(own_subject).collect()
    }

    fn own_subject(triple: &Triple) -> Option<String> {
        match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => local_name(node.as_str()).map(str::to_owned),
            NamedOrBlankNode::BlankNode(_) => None,
        }
    }

    fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
        names.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn relations_and_qualifiers_are_those_of_the_model() {
        let ontology = triples(ONTOLOGY_TURTLE);
        let mut below = subjects(&ontology, rdfs::SUB_PROPERTY_OF, &own("relation"));
        let stances = subjects(&ontology, rdfs::SUB_PROPERTY_OF, &own("stance"));
        assert_eq!(stances, names(relations().positions().map(Relation::name)));
        below.remove("stance");
        below.extend(stances);
        assert_eq!(below, names(relations().iter().map(Relation::name)));
        let qualifiers = subjects(&ontology, rdfs::SUB_PROPERTY_OF, &own("qualifier"));
        assert_eq!(qualifiers, names(Qualifier::ALL.map(Qualifier::name)));
    }

    #[test]
    fn polarity_and_modality_are_those_of_the_model() {
        let ontology = triples(ONTOLOGY_TURTLE);
        let polarities = subjects(&ontology, rdf::TYPE, &own("Polarity"));
        assert_eq!(polarities, names([Polarity::Affirmed, Polarity::Negated].map(Polarity::name)));
        let modalities = subjects(&ontology, rdf::TYPE, &own("Modality"));
        assert_eq!(modalities, names(Modality::ALL.map(Modality::name)));
    }

    #[test]
    fn finer_classes_fall_under_the_class_of_their_kind() {
        let ontology = triples(ONTOLOGY_TURTLE);
        for class in Class::FINER {
            let under = subjects(&ontology, rdfs::SUB_CLASS_OF, &own(class.kind().name()));
            assert!(under.contains(class.name()), "{} is not under {}", class.name(), class.kind().name());
        }
    }

    #[test]
    fn code_and_ontology_name_the_same_terms() {
        let declared: BTreeSet<String> = triples(ONTOLOGY_TURTLE).iter().filter_map(own_subject).collect();
        let mut used = names(Kind::ALL.map(Kind::name));
        used.extend(names(Class::FINER.map(Class::name)));
        used.extend(names(relations().iter().map(Relation::name)));
        used.extend(names(crate::seeds::relation_properties()));
        used.extend(names(Qualifier::ALL.map(Qualifier::name)));
        used.extend(names(Modality::ALL.map(Modality::name)));
        used.extend(names(rap::ALL.iter().filter_map(|term| local_name(term.as_str()))));
        used.extend(names(crate::seeds::catalogue_properties()));
        used.extend(names(["affirmed", "negated"]));
        used.extend(names(["Entity", "Agent", "Body", "Work", "Passage", "Polarity", "Modality", "Attitude", "Rung"]));
        used.extend(names(["attitudes", "favourable", "unfavourable", "requesting"]));
        used.extend(names(["polarities", "modalities", "ladder", "rung1", "rung2", "rung3", "rung4", "rung5"]));
        assert_eq!(declared, used);
    }

    #[test]
    fn each_term_has_label_and_comment_and_each_property_domain_and_range() {
        let ontology = triples(ONTOLOGY_TURTLE);
        let with = |local: &str| -> BTreeSet<String> {
            let predicate = ["http://www.w3.org/2000/01/rdf-schema#", local].concat();
            ontology.iter().filter(|t| t.predicate.as_str() == predicate).filter_map(own_subject).collect()
        };
        let terms: BTreeSet<String> = ontology.iter().filter_map(own_subject).collect();
        assert_eq!(terms, with("label"));
        assert_eq!(terms, with("comment"));
        let properties: BTreeSet<String> = terms
            .iter()
            .filter(|term| term.starts_with(|c: char| c.is_lowercase()))
            .filter(|term| !ontology.iter().any(|t| own_subject(t).as_ref() == Some(term) && is_individual(t)))
            .cloned()
            .collect();
        assert_eq!(properties, with("domain"));
        assert_eq!(properties, with("range"));
    }

    fn is_individual(triple: &Triple) -> bool {
        let schemes =
            ["http://www.w3.org/2004/02/skos/core#inScheme", "http://www.w3.org/2004/02/skos/core#ConceptScheme"];
        schemes.contains(&triple.predicate.as_str())
            || matches!(&triple.object, Term::NamedNode(object) if schemes.contains(&object.as_str()))
    }

    #[test]
    fn shapes_speak_of_declared_terms_and_hold_no_blank_nodes() {
        let declared: BTreeSet<String> = triples(ONTOLOGY_TURTLE).iter().filter_map(own_subject).collect();
        for triple in triples(SHAPES_TURTLE) {
            assert!(matches!(triple.subject, NamedOrBlankNode::NamedNode(_)));
            if let Term::NamedNode(object) = &triple.object
                && let Some(local) = local_name(object.as_str())
            {
                assert!(declared.contains(local), "shapes name rap:{local}");
            }
        }
    }

    #[test]
    fn prefixes_are_sorted_and_shorten_what_they_can() {
        assert!(PREFIXES.is_sorted());
        assert_eq!(shorten(rap::CLAIM).as_deref(), Some("rap:Claim"));
        assert_eq!(shorten(NamedNodeRef::new_unchecked("https://schema.org/a/b")), None);
        assert_eq!(shorten(NamedNodeRef::new_unchecked("https://example.org/x")), None);
    }
}
