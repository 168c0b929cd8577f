//! What pages load beside themselves: one style, one script, one picture. They are in the program; their addresses hold
//! their hashes, so that a browser keeps them for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::export::graph::{self, Theme};

use super::response::{Problem, Response};
use super::visit::Answered;

/// The colours of pictures; those that stand in a page bring none of their own.
static PICTURES: LazyLock<String> = LazyLock::new(|| graph::rules(Theme::Screen));

/// Name, media type, content.
static FILES: LazyLock<[(&str, &str, &str); 4]> = LazyLock::new(|| {
    [
        ("graph.css", "text/css; charset=utf-8", PICTURES.as_str()),
        ("style.css", "text/css; charset=utf-8", include_str!("style.css")),
        ("script.js", "text/javascript; charset=utf-8", include_str!("script.js")),
        ("icon.svg", "image/svg+xml", include_str!("icon.svg")),
    ]
});

/// The hash of each file, in their order.
static HASHES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let hash = |content: &str| {
        let digits = Sha256::digest(content.as_bytes());
        digits.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    };
    FILES.iter().map(|(.., content)| hash(content)).collect()
});

/// The address of a file.
pub fn href(name: &str) -> String {
    let at = FILES.iter().position(|(known, ..)| *known == name).unwrap_or_default();
    format!("/-/assets/{}/{}", HASHES.get(at).map_or("", String::as_str), FILES[at].0)
}

/// A file by what follows `/-/assets/` in its address.
///
/// # Errors
/// 404.
pub fn answer(parts: &[&str]) -> Answered {
    let [hash, name] = parts else { return Err(Problem::new(404, "there is no such file")) };
    let found = FILES.iter().zip(HASHES.iter()).find(|((known, ..), known_hash)| known == name && known_hash == hash);
    let Some(((_, media, content), _)) = found else { return Err(Problem::new(404, "there is no such file")) };
    Ok(Response::new(200, media, *content).with("Cache-Control", "public, max-age=31536000, immutable"))
}
