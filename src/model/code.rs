//! Every code that an error or a finding of `check` may carry, once: its number, what the process ends with, what it says
//! in general and what to try. `rapporteur codes` prints the table.
// A table: longer than other files may be.

use std::fmt;

use super::Exit;

/// A sort of trouble. The error itself says more: which file, which name, where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    number: &'static str,
    exit: Exit,
    says: &'static str,
    hint: &'static str,
}

impl Code {
    /// The stable number: `R0203`. 01 reading, 02 query text, 03 parameters and names, 04 answers, exports and checks,
    /// 05 store, 06 seeds, 07 vocabularies, 09 the program's own output.
    pub const fn number(self) -> &'static str {
        self.number
    }

    /// What the process ends with.
    pub const fn exit(self) -> Exit {
        self.exit
    }

    /// What is the matter, in one sentence.
    pub const fn says(self) -> &'static str {
        self.says
    }

    /// What to try, where that is always the same; else empty.
    pub const fn hint(self) -> &'static str {
        self.hint
    }
}

impl Code {
    /// The hint, if it is always the same.
    pub fn advice(self) -> Option<String> {
        (!self.hint.is_empty()).then(|| self.hint.to_owned())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.number)
    }
}

macro_rules! faults {
    ($($name:ident $number:literal $exit:ident $says:literal, $hint:literal;)*) => {
        impl Code {
            $(#[doc = concat!($number, ": ", $says, ".")]
            pub const $name: Code = Code { number: $number, exit: Exit::$exit, says: $says, hint: $hint };)*

            /// All, by number.
            pub const ALL: &'static [Code] = &[$(Self::$name),*];
        }
    };
}

// Two rows with one number do not compile: the numbers rise.
const _: () = assert!(rises(Code::ALL));

const fn rises(codes: &[Code]) -> bool {
    let mut at = 1;
    while at < codes.len() {
        if !is_before(codes[at - 1].number.as_bytes(), codes[at].number.as_bytes()) {
            return false;
        }
        at += 1;
    }
    true
}

const fn is_before(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] != b[at] {
            return a[at] < b[at];
        }
        at += 1;
    }
    a.len() < b.len()
}

faults! {
    FILE_UNREADABLE "R0100" Unreadable "a file cannot be read", "";
    NOTHING_TO_READ "R0101" Unreadable "a file is empty or holds nothing but blanks", "there is nothing to read: was it saved?";
    NOT_UTF8 "R0102" Unreadable "a text is not UTF-8", "name its encoding: --encoding windows-1252, for example";
    NOT_TEXT "R0103" Unreadable "a file is no text but something else", "this tool reads text, Markdown, HTML, PDF, DOCX, ODT, RTF, EPUB and EML: save it as one of these first, then add the result";
    TEXT_TOO_LARGE "R0104" Unreadable "a text has more bytes than the limit", "split it, or raise the limit with --max-bytes";
    METADATA_UNREADABLE "R0105" Usage "what was given of the texts cannot be used", "a table has a column `file`; options like --speaker are for one text";
    UNKNOWN_ENCODING "R0106" Usage "no encoding has that name", "names that work: utf-8, utf-16le, windows-1252, windows-1251, windows-1256, iso-8859-2, gb18030 …";
    NOT_IN_ENCODING "R0107" Unreadable "a text does not fit the encoding that was named", "leave --encoding away to see what it looks like";
    NO_TEXTS "R0108" Unreadable "nothing that was named holds a text", "folders are searched for .txt, .md, .html, .pdf, .docx, .odt, .rtf, .epub and .eml files";
    LINE_UNREADABLE "R0109" Unreadable "a line of a stream is no document", "each line is an object: {\"id\":\"…\",\"text\":\"…\"} or {\"id\":\"…\",\"path\":\"…\"}";
    ANNOTATIONS_UNUSABLE "R0110" Unreadable "annotated documents, or a saved result, cannot be used", "";
    ANNOTATOR_COMMAND "R0111" Usage "the command of an annotator is none, or cannot be started", "the words are split as a shell does, but no shell runs them: for pipes and variables write  --annotator \"sh -c '…'\"";
    ANNOTATOR_UNNAMED "R0112" Usage "nothing says which program proposed the claims", "its first line says it: {\"type\":\"annotator\",\"name\":\"…\",\"version\":\"…\"}; or say --annotator-name NAME@VERSION";
    ANSWERS_UNUSABLE "R0113" Unreadable "no line of a file of claims can be taken", "";
    ANSWERS_ELSEWHERE "R0114" Unreadable "a file's claims are about another text", "";
    FILE_LOCKED "R0115" Unreadable "a file is locked with a password", "open it with the password and save it without";
    FILE_WITHOUT_TEXT "R0116" Unreadable "a file holds no words, or only pictures of them", "words in pictures need text recognition first, which this tool does not do";
    FILE_BROKEN "R0117" Unreadable "a file breaks the rules of its format", "open it in the program that made it, and save it again";
    FILE_UNBOUNDED "R0118" Unreadable "a file asks for more time or memory than any document does", "split it, or save it as text";
    OLD_OFFICE "R0119" Unreadable "a file is an office document of before 2007", "open it in a word processor and save it as .docx or .pdf";
    READING_STOPPED "R0120" Unreadable "the program stopped in the middle of a text, and went on with the next", "this is a fault of the program: please report it with the text";
    RDF_FORMAT_UNKNOWN "R0121" Usage "nothing tells what RDF a file holds", "say --format ttl, nt, nq, trig, jsonld or rdf";
    RDF_INVALID "R0122" Unreadable "a file breaks the rules of its RDF format", "";
    NOT_GZIP "R0123" Unreadable "a file ends in .gz and is no whole gzip file", "";
    RDF_UNBOUNDED "R0124" Unreadable "a file of RDF asks for more time or memory than its size allows", "";
    SPARQL_SYNTAX "R0201" Unreadable "a query is not SPARQL", "";
    QUERY_EMPTY "R0202" Unreadable "a query has no text", "bundled questions: rapporteur queries";
    PREFIX_UNDECLARED "R0203" Unreadable "a query uses a prefix that nothing declares", "";
    UPDATE_REFUSED "R0204" Usage "an update was asked, and queries only read", "the store changes through add, load and remove";
    SERVICE_REFUSED "R0205" Usage "a query would ask a machine that was not allowed", "";
    HEADER_UNREADABLE "R0206" Unreadable "the header of a query does not read", "header lines start with #+ and hold YAML: summary, params, columns";
    QUERY_FAILED "R0207" Unreadable "a query could not be answered", "";
    QUERY_NOT_UTF8 "R0208" Unreadable "a query is not UTF-8", "";
    SERVICE_FAILED "R0209" Unreadable "a service does not answer, or not with rows", "";
    NO_SUCH_QUERY "R0210" Usage "no bundled query has that name, and no file", "";
    QUERY_FILE_UNREADABLE "R0211" Unreadable "a query file or folder cannot be read", "";
    QUERY_LIMIT "R0212" Unreadable "a question took more time, memory or rows than it may", "";
    NOT_A_PARAMETER "R0301" Usage "what was given with -p has no name, equals sign and value", "for example: -p actor=Iran";
    NO_SUCH_PARAMETER "R0302" Usage "the query has no parameter of that name", "";
    PARAMETER_MISSING "R0303" Usage "the query cannot do without a parameter", "";
    PARAMETER_VALUE "R0304" Usage "a value is not of the sort that its parameter needs", "";
    NOT_A_HOST "R0305" Usage "what was allowed names no machine", "";
    NOT_A_BASE "R0306" Usage "what is to stand before other IRIs is no IRI that can", "for example --base https://example.org/";
    NOT_A_GRAPH "R0307" Usage "a graph's name is no IRI", "for example --graph https://example.org/mine";
    NO_SUCH_THING "R0311" Unreadable "nothing in the store has that name", "";
    MANY_THINGS "R0312" Unreadable "more than one thing has that name", "";
    NO_SUCH_CLAIM "R0313" Unreadable "no claim has that number", "claims are listed by  rapporteur query claims -f csv";
    NOT_TIED "R0314" Unreadable "nothing is tied to that outer thing", "ties are listed by  rapporteur query links";
    NOT_SHOWN "R0315" Unreadable "nothing ties the thing to other things here", "";
    DECISIONS_UNCLEAR "R0316" Unreadable "a decision about a claim or document cannot be understood", "nothing of it was taken";
    FORMAT_UNKNOWN "R0401" Usage "no format has that name", "";
    FILE_EXISTS "R0402" Usage "the file is there already", "use --force to replace it";
    WRONG_FORMAT "R0403" Usage "the format cannot hold this sort of answer", "";
    CANNOT_WRITE "R0404" Unreadable "a file or pipe cannot be written", "";
    NOTHING_TO_WRITE "R0405" Unreadable "the chosen graphs hold nothing", "";
    QUOTED_TRIPLE "R0407" Unreadable "a statement about a quoted triple is not RDF 1.1", "";
    OPTION_MEANINGLESS "R0408" Usage "an option means nothing for this format", "";
    NOTHING_TO_DRAW "R0409" Unreadable "no claim ties two things together", "";
    CLAIM_INCOMPLETE "R0410" Failed "check: a claim lacks a part", "";
    CLAIM_UNTYPED "R0411" Failed "check: something that looks like a claim is not called one", "";
    CLAIM_VALUES "R0412" Failed "check: a claim has a value off its scale", "";
    EVIDENCE_UNQUOTED "R0413" Failed "check: the evidence of a claim has no quote", "";
    RELATION_UNDECLARED "R0414" Failed "check: no ontology declares a relation that a claim uses", "";
    THING_UNNAMED "R0415" Failed "check: a thing has no label", "";
    BLANK_NODE "R0416" Failed "check: a blank node stands in the graph", "";
    EDGE_UNPROVED "R0417" Failed "check: a direct edge has no affirmed claim behind it", "";
    EDGE_MISSING "R0418" Failed "check: a claim that something is so lacks its direct edge", "";
    POSITION_UNATTRIBUTED "R0419" Failed "check: a position is nobody's", "";
    LINKSET_UNSOURCED "R0420" Failed "check: a set of links does not say where it is from", "";
    ACTOR_UNLINKED "R0421" Failed "check: an actor or instrument has no outside link", "rapporteur link review";
    CLAIM_UNSURE "R0422" Failed "check: a claim has a low confidence and wants a reader", "rapporteur query to-review";
    LINK_INCOMPLETE "R0423" Failed "check: a note on a link lacks a part", "";
    LINK_UNNOTED "R0424" Failed "check: a link has no note that says how it was found", "";
    THING_UNTYPED "R0425" Failed "check: a thing has no class", "";
    POSITION_MISNAMED "R0426" Failed "check: a claim that takes a stance is not called a position, or one that takes none is", "";
    POSITION_UNRANKED "R0427" Failed "check: a position has no place on the ladder of diplomatic acts", "";
    TEXT_MISNAMED "R0428" Failed "check: a text has another hash than its address says", "";
    DATE_IMPOSSIBLE "R0429" Failed "check: a date is none of the calendar", "";
    QUOTE_NOT_FOUND "R0430" Failed "check: a quote is not at its place in the text", "add the document again to mend it";
    PASSAGE_OUTSIDE "R0431" Failed "check: a passage lies outside of its text", "add the document again to mend it";
    TEXT_MISSING "R0432" Failed "check: a quote's text is not in the store", "";
    LINK_FORM "R0433" Failed "check: a link has not the form of its scheme", "";
    CHECK_UNUSABLE "R0434" Unreadable "a check of your own cannot be used", "it needs lines “#+ level: error” or “warn”, “#+ ok: …”, “#+ one: …”, “#+ many: …”, and SELECT ?node";
    PLACE_PEOPLED "R0435" Failed "check: a person stands where an occasion, a day or a place should", "";
    RULE_UNKNOWN "R0436" Failed "check: a claim names a rule that does not ship", "it may be of your own --rules, or of another version";
    READ_DIFFERENTLY "R0437" Failed "check --again: a text read anew gives other statements than the store holds", "add the document again to mend it";
    SHAPE_BROKEN "R0438" Failed "check --shapes: something is not as a shape of yours asks", "";
    SHAPES_UNUSABLE "R0439" Unreadable "shapes of your own cannot be used", "known are SHACL Core and SPARQL constraints (sh:sparql with sh:select); nothing is passed over: take out what is named";
    FORM_UNKNOWN "R0440" Usage "no report is written in that form", "known: md html bibtex csl; for graphs and tables: rapporteur export, rapporteur query";
    NO_DOCUMENT "R0441" Unreadable "no document speaks for or of the thing", "what is there: rapporteur query coverage";
    LICENCE_UNKNOWN "R0442" Usage "no licence has that name", "";
    NOTHING_TO_DESCRIBE "R0443" Usage "a description stands beside a file, and this goes to standard output", "name the file: -o FILE";
    YES_OR_NO "R0444" Usage "a yes or no chooses nothing to show", "ask with SELECT or CONSTRUCT, or name a bundled query: rapporteur queries";
    NOT_FOR_EXCEL "R0445" Usage "--excel is for CSV and TSV", "say --format csv, or name a file that ends in .csv";
    NO_RDF_1_2 "R0446" Usage "the format has no RDF 1.2 here", "say --format ttl, trig, nt or nq";
    NO_ELEMENT_NAME "R0447" Unreadable "RDF/XML has no way to write a property", "write Turtle instead: --format ttl";
    DEMO_UNWRITABLE "R0448" Usage "the demo's folder cannot be made or written", "name a folder that you may write with --keep DIR";
    NO_SUCH_CODE "R0449" Usage "no error or finding has that code", "all of them: rapporteur codes";
    FOLDER_FORMAT "R0451" Usage "the format is a folder of files and has no place on standard output", "name the folder to make: -o DIR";
    SCRATCH_UNWRITABLE "R0452" Unreadable "the folder for temporary files takes no more", "name another folder in the variable TMPDIR";
    PICTURE_TOO_LARGE "R0453" Usage "a picture would have more dots than programs take", "--scale 1 makes it smaller, --max-nodes shows less; --format svg has no limit";
    PICTURE_FAILED "R0454" Unreadable "a picture could not be turned into dots", "write it as SVG instead: --format svg";
    NOT_FOR_SCREENS "R0455" Usage "a terminal does not show a picture of dots", "name the file: -o graph.png; or send it on: > graph.png";
    NO_STORE "R0501" Store "there is no store in the directory", "";
    STORE_IN_USE "R0502" Store "another program writes to the store", "wait until it is done (--wait SECONDS does); reading is possible meanwhile";
    STORE_DAMAGED "R0503" Store "a part of the store is damaged", "rapporteur repair mends what can be mended, and says what is gone";
    STORE_NEWER "R0504" Store "a later version of the program wrote the store", "use the version that wrote it";
    STORE_BASE "R0505" Usage "the IRIs of the store start elsewhere", "";
    STORE_FILE "R0506" Store "a file of the store cannot be read or written", "";
    NOT_IN_STORE "R0507" Usage "no document in the store has that name", "rapporteur stats lists what is there";
    MANY_DOCUMENTS "R0508" Usage "more than one document begins with that hash", "say more of its hash";
    NOT_A_STORE "R0509" Usage "the directory holds other files and no store", "name a new or empty directory with --store";
    DATABASE "R0510" Store "the database refuses", "";
    READ_OTHERWISE "R0511" Usage "a document was read by other rules, names or another version", "give the same --rules and --seeds as when it was added, or add it again";
    STORE_MOVED "R0512" Store "the store has changed since the decision was shown", "look at it as it is now, and decide again";
    NOT_MERGEABLE "R0513" Unreadable "what is to be merged is neither a store nor documents that were extracted for one", "write them with  rapporteur extract --stream --format store";
    SEEDS_SYNTAX "R0601" Unreadable "a file of names or relations is not valid Turtle", "";
    SEEDS_TERM "R0602" Unreadable "a file of names or relations uses a class or property that there is none", "";
    SEEDS_KEY "R0603" Unreadable "the IRI of a name is no key of the catalogue", "";
    SEEDS_VALUE "R0604" Unreadable "a property in a file of names or relations cannot have that value", "";
    SEEDS_CONTRADICTION "R0605" Unreadable "two lines say different things where only one can hold", "";
    SEEDS_INCOMPLETE "R0606" Unreadable "a name has no class or no label", "";
    SEEDS_DANGLING "R0607" Unreadable "a name points to something that no file describes", "";
    SEEDS_MIXED "R0608" Unreadable "one file holds names and declares relations", "put names and relations in two files";
    RULE_SYNTAX "R0620" Unreadable "a rule file is not TOML", "";
    RULE_KEY "R0621" Unreadable "a rule has a key that there is none", "";
    RULE_KEY_MISSING "R0622" Unreadable "a rule lacks a key that it cannot do without", "";
    RULE_VALUE "R0623" Unreadable "a key of a rule has a value of the wrong sort", "";
    RULE_NAME "R0624" Unreadable "a rule names a relation, kind, step or part of speech that there is none", "";
    RULE_TWICE "R0625" Unreadable "two rules have one code", "give one of the two rules another code";
    VOCABULARY_FORMAT "R0701" Usage "nothing tells what a vocabulary's file holds", "say --format ttl, nt, nq, rdf, csv, tsv or ror; .gz may follow any ending";
    VOCABULARY_SYNTAX "R0702" Unreadable "a vocabulary's file breaks the rules of its format", "nothing of it was loaded";
    VOCABULARY_CUT "R0703" Unreadable "a vocabulary's file ends in the middle of its compression", "copy or download it again";
    VOCABULARY_UNREADABLE "R0704" Unreadable "a vocabulary's file cannot be read", "";
    VOCABULARY_COLUMN "R0705" Usage "a table has no column for something that is needed", "name them: --columns iri=ID,label=NAME (also lang, type, alt, scheme, kind)";
    VOCABULARY_ROW "R0706" Unreadable "a row of a table cannot be used", "nothing of it was loaded";
    VOCABULARY_BUILD "R0707" Unreadable "what a vocabulary's file says cannot be indexed", "";
    VOCABULARY_NAME "R0708" Usage "the name of a vocabulary is none", "use small letters, digits and hyphens: --scheme my-thesaurus";
    VOCABULARY_OVERLAP "R0709" Usage "two vocabularies have the same entries", "";
    VOCABULARY_MISSING "R0710" Usage "no vocabulary of that name is loaded", "";
    VOCABULARY_DAMAGED "R0711" Store "a loaded vocabulary cannot be opened", "";
    VOCABULARY_UNWRITABLE "R0712" Store "the folder of vocabularies cannot be written", "";
    LOAD_OPTION "R0713" Usage "an option or description of link load is unclear", "";
    KIND_UNKNOWN "R0714" Usage "there is no kind of that name", "";
    PORT_TAKEN "R0715" Usage "the port cannot be listened on", "another program may have it; take any free one with --port 0";
    NO_TERMINAL "R0716" Usage "links can only be reviewed on a terminal", "write them to a table: --export review.csv; fill its first column; read it back: --import review.csv";
    NO_VOCABULARIES "R0717" Usage "the folder has no vocabularies", "";
    NOT_A_TOKEN "R0718" Usage "a token is too short or has letters that an address cannot hold", "leave it away, and one is made: --token";
    RESULT_UNWRITABLE "R0901" Unreadable "the result cannot be written to standard output", "";
    SHIPPED_DAMAGED "R0902" Partly "data that are a part of the program cannot be read", "this build is damaged: install the program again";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn no_two_codes_say_the_same() {
        let sentences: BTreeSet<&str> = Code::ALL.iter().map(|code| code.says()).collect();
        assert_eq!(sentences.len(), Code::ALL.len());
        for code in Code::ALL {
            let digits = code.number().strip_prefix('R').filter(|digits| digits.len() == 4);
            assert!(digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())), "{code}");
            assert!(!code.says().is_empty() && !code.says().ends_with('.'), "{code}");
        }
    }
}
