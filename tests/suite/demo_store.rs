//! A store that many tests of the explorer look at: the demo's two statements and one hostile text.

use std::sync::LazyLock;

use rapporteur::explore::{Explorer, Settings};
use tempfile::TempDir;

use crate::typed::rapporteur;

/// The store of the demo's two statements and of one hostile text.
pub struct Demo {
    pub folder: TempDir,
    pub explorer: Explorer,
}

const HOSTILE: &str = "---\ntitle: <script>alert(1)</script> \"quoted\" & </title>\nspeaker: Delegate <b>of</b> Norway\n\
    represents: Norway\ndate: 3 May 2020\nsource: javascript:alert(2)\n---\n\nNorway supports the work of the Commission on \
    Narcotic Drugs </mark><img src=x onerror=alert(3)>.\n\nNorway \u{202e}opposes unilateral measures\u{202c} 👍 and ایران.\n";

pub static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let done = rapporteur(&folder).args(["demo", "--keep", "."]).output().expect("runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::write(folder.path().join("hostile.md"), HOSTILE).expect("written");
    rapporteur(&folder).args(["add", "hostile.md"]).assert().success();
    let explorer = Explorer::open(&folder.path().join("rapporteur-store"), Settings::default()).expect("opens");
    Demo { folder, explorer }
});
