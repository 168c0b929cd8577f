//! A command line in words, as a shell splits it: blanks part words, quotation marks and `\` keep them together. Nothing
//! else of a shell is known, and no shell runs.

/// The words of a command; `None` if a quotation mark is not closed, or nothing follows a `\`.
pub fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '\'' => break,
                        c => word.push(c),
                    }
                }
            }
            '"' => double(&mut chars, word.get_or_insert_default())?,
            '\\' => word.get_or_insert_default().push(chars.next()?),
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

/// What stands between double marks: `\` frees only a mark or itself.
fn double(chars: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '"' => return Some(()),
            '\\' => match chars.next()? {
                c @ ('"' | '\\') => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_those_of_a_shell() {
        for (command, expected) in [
            ("python3 tag.py --model x", vec!["python3", "tag.py", "--model", "x"]),
            ("  a\t'b  c' \"d \\\" e\" f\\ g h''i \"\"", vec!["a", "b  c", "d \" e", "f g", "hi", ""]),
            ("\"C:\\new dir\\x\" $HOME;|&", vec!["C:\\new dir\\x", "$HOME;|&"]),
            ("", vec![]),
        ] {
            assert_eq!(split(command), Some(expected.into_iter().map(str::to_owned).collect()), "{command}");
        }
        for open in ["'a", "\"a", "a\\", "\"a\\"] {
            assert_eq!(split(open), None, "{open}");
        }
    }
}
