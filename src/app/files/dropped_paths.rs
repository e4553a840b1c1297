//! Paths as terminals hand them over when files are pasted or dropped: quoted, escaped, as `file://` addresses, one a line.

use std::path::PathBuf;

/// The paths a text names, in order. Line breaks always separate; quotes, addresses and escaped blanks are undone.
#[must_use]
pub fn dropped_paths(text: &str) -> Vec<PathBuf> {
    text.lines().flat_map(|line| on_line(line, cfg!(windows))).map(PathBuf::from).collect()
}

fn on_line(line: &str, windows: bool) -> Vec<String> {
    let line = line.trim();
    // PowerShell puts a call operator before a quoted path.
    let line = line.strip_prefix("& ").map_or(line, str::trim);
    let paths = if line.starts_with(['"', '\'']) {
        quoted(line)
    } else if line.starts_with("file:") {
        line.split_whitespace().map(|address| from_address(address, windows)).collect()
    } else if windows {
        vec![line.to_owned()]
    } else {
        escaped(line)
    };
    paths.into_iter().filter(|path| !path.is_empty()).collect()
}

/// Quoted paths one after the other; what stands between them without quotes counts too.
fn quoted(line: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut rest = line;
    while let Some(quote) = rest.chars().next() {
        let ends = if matches!(quote, '"' | '\'') { quote } else { ' ' };
        let from = if ends == ' ' { rest } else { rest.get(1..).unwrap_or_default() };
        let (path, after) = from.split_once(ends).unwrap_or((from, ""));
        paths.push(path.trim().to_owned());
        rest = after.trim_start();
    }
    paths
}

/// A path in which a backslash takes the next character as it is. A blank before a slash begins the next path.
fn escaped(line: &str) -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => paths.last_mut().into_iter().for_each(|path| path.extend(chars.next())),
            ' ' if chars.peek() == Some(&'/') => paths.push(String::new()),
            c => paths.last_mut().into_iter().for_each(|path| path.push(c)),
        }
    }
    paths
}

/// `file:///a%20b` and `file://host/a`; on Windows `file:///C:/a`.
fn from_address(address: &str, windows: bool) -> String {
    let Some(rest) = address.strip_prefix("file:") else { return address.to_owned() };
    let path = decoded(rest.strip_prefix("//").unwrap_or(rest));
    if !windows {
        // A host before the path, usually localhost, is this machine.
        return path.find('/').and_then(|at| path.get(at..)).unwrap_or_default().to_owned();
    }
    match path.strip_prefix('/') {
        Some(drive) => drive.replace('/', "\\"),
        None => format!("\\\\{}", path.replace('/', "\\")),
    }
}

/// Undoes `%20`; what is no such escape, or no UTF-8, stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit()));
        match byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_a_terminal_hands_over_a_file_is_understood() {
        for (windows, line, wanted) in [
            (false, " /a/b c.jpg ", &["/a/b c.jpg"][..]),
            (false, "'/a/b c.jpg' '/d/e.png'", &["/a/b c.jpg", "/d/e.png"]),
            (false, "\"/a/b c.jpg\"\"/d.png\"", &["/a/b c.jpg", "/d.png"]),
            (false, "/a/b\\ c.jpg /d/\\(1\\).png", &["/a/b c.jpg", "/d/(1).png"]),
            (false, "file:///a/b%20c.jpg", &["/a/b c.jpg"]),
            (false, "file://localhost/%E7%85%A7%E7%89%87.jpg", &["/照片.jpg"]),
            (false, "照片/IMG 1.jpg", &["照片/IMG 1.jpg"]),
            (true, "\"C:\\Users\\林\\b c.jpg\"", &["C:\\Users\\林\\b c.jpg"]),
            (true, "& 'D:\\b c.jpg'", &["D:\\b c.jpg"]),
            (true, "C:\\a b.jpg", &["C:\\a b.jpg"]),
            (true, "file:///C:/a%20b.jpg", &["C:\\a b.jpg"]),
            (true, "file://server/share/a.jpg", &["\\\\server\\share\\a.jpg"]),
            (true, "\"", &[]),
            (false, "  ", &[]),
            (false, "file:///%FF%2", &["/%FF%2"]),
        ] {
            assert_eq!(on_line(line, windows), wanted, "{line}");
        }
        assert_eq!(dropped_paths("a.jpg\r\n\nb.jpg\n").len(), 2);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[\"' \\\\/%a照file:\n]{0,40}") {
            for path in dropped_paths(&text) {
                prop_assert!(!path.as_os_str().is_empty());
            }
        }
    }
}
