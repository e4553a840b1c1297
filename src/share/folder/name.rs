//! File names that every system takes: what one laptop puts on a stick must open on the next.

/// What Windows allows in no name; a colon would make the rest the name of a hidden stream.
const RESERVED: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
/// What stands for a device on Windows, in any folder and whatever follows the first dot.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
/// The same with one digit behind it, also a raised one.
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];
const DIGITS: &str = "0123456789¹²³";

/// Whether a file of this name can be made and opened on every system.
#[must_use]
pub fn is_portable(name: &str) -> bool {
    let is_odd = |c: char| c.is_control() || RESERVED.contains(&c);
    // Windows drops dots and spaces at the end without a word.
    !name.is_empty() && !name.contains(is_odd) && !name.ends_with(['.', ' ']) && !is_device(name)
}

/// The nearest name that every system takes, of at most `limit` characters, for a file that we name.
#[must_use]
pub fn portable(text: &str, limit: usize) -> String {
    let allowed = |c: char| !c.is_control() && !RESERVED.contains(&c);
    let kept: String = text.chars().map(|c| if allowed(c) { c } else { '_' }).take(limit).collect();
    let kept = kept.trim_matches([' ', '.']);
    if kept.is_empty() || is_device(kept) { format!("_{kept}") } else { kept.to_owned() }
}

fn is_device(name: &str) -> bool {
    let start = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_numbered = |device: &&str| {
        start.strip_prefix(*device).is_some_and(|rest| rest.chars().count() == 1 && DIGITS.contains(rest))
    };
    DEVICES.contains(&start.as_str()) || NUMBERED_DEVICES.iter().any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_one_system_refuses_or_bends_are_not_portable() {
        let refused = [
            "",
            "CON",
            "con.hecha",
            "Nul.hecha",
            "aux .hecha",
            "com1.x.hecha",
            "LPT³",
            "conin$",
            "a:b.hecha",
            "visit?.hecha",
            "a/b",
            "a\\b",
            "visit.hecha.",
            "visit.hecha ",
            "a\tb",
            "a\u{7f}b",
        ];
        for name in refused {
            assert!(!is_portable(name), "{name:?}");
            let ours = portable(name, 60);
            assert!(is_portable(&ours), "{name:?} became {ours:?}");
        }
        for name in
            ["核查 2026.hecha", "𠮷野㐀.hecha", "console.hecha", "com.hecha", "com10", "xcon", ".hecha"]
        {
            assert!(is_portable(name), "{name:?}");
        }
    }

    #[test]
    fn names_that_are_fine_stay_and_long_ones_end_well() {
        assert_eq!(portable("青禾镇中心卫生院-县级-2026-11-21", 60), "青禾镇中心卫生院-县级-2026-11-21");
        assert_eq!(portable("aux.科", 60), "_aux.科");
        assert_eq!(portable("1234. 6", 5), "1234");
    }
}
