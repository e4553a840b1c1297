//! Turns what a cell holds into the TOML value of its column, or says why it cannot.

use crate::{
    checklist::xlsx::{
        column::{CellKind, Term, find_term},
        grid::{Held, digits},
    },
    domain::terms::{lang::Text, typed::half_width},
};

/// What stands between the words of one cell.
const SEPARATORS: [char; 6] = ['\n', ',', '，', '、', ';', '；'];
/// Ways of writing yes and no, beside 是 and 否.
const YES: [&str; 7] = ["是", "yes", "y", "true", "1", "√", "✓"];
const NO: [&str; 7] = ["否", "no", "n", "false", "0", "×", "✗"];

/// The TOML value of a cell.
///
/// # Errors
/// What is wrong with the cell.
pub(super) fn to_toml(kind: CellKind, held: &Held) -> Result<String, Text> {
    match held {
        Held::Date(_) => {
            return Err(Text::new(
                "Excel 把它当成了日期；请把单元格设为文本格式，重新填写",
                "Excel took it for a date; format the cell as text and type it again",
            ));
        }
        Held::Error(_) => {
            return Err(Text::new("是公式出错的结果，不是内容", "the error of a formula, not content"));
        }
        Held::Unreckoned(_) => {
            return Err(Text::new(
                "是公式，文件里没有它的值；请用 Excel 打开并保存一次，或改成文字",
                "a formula whose value is not in the file; open and save it in Excel, or type the value",
            ));
        }
        Held::Text(_) | Held::Number(_) | Held::Flag(_) => {}
    }
    let text = held.to_text();
    match kind {
        CellKind::Line | CellKind::Note => Ok(quoted(&text)),
        CellKind::Id => Ok(quoted(&fold(&text))),
        CellKind::Sources => Ok(array(text.split('\n').map(str::to_owned))),
        CellKind::Ids => Ok(array(text.split(SEPARATORS).map(fold))),
        CellKind::Flag => flag(&text),
        CellKind::Count | CellKind::Amount => number(held, &text),
        CellKind::Word(terms) => Ok(quoted(&key(&terms(), &text))),
        CellKind::Words(terms) => {
            let terms = terms();
            Ok(array(text.split(SEPARATORS).map(|word| key(&terms, word))))
        }
    }
}

/// An id as it is compared: full-width letters and digits become plain ones.
#[must_use]
pub fn fold(text: &str) -> String {
    folded(text).collect::<String>().trim().to_owned()
}

/// The characters of [`fold`], with the blanks at the ends.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| match c {
        '\u{a0}' => ' ',
        '−' | '—' | '–' => '-',
        _ => half_width(c),
    })
}

/// The key of a word; a word that is not known stays as it is, so that the loader can say what was meant.
fn key(terms: &[Term], text: &str) -> String {
    let folded = fold(text);
    let found = find_term(terms, text).or_else(|| find_term(terms, &folded));
    found.map_or(folded, |term| term.key.to_owned())
}

fn flag(text: &str) -> Result<String, Text> {
    let folded = fold(text).to_lowercase();
    let is = |words: &[&str]| words.contains(&folded.as_str());
    match (is(&YES), is(&NO)) {
        (true, _) => Ok("true".to_owned()),
        (_, true) => Ok("false".to_owned()),
        _ => Err(Text::new("要写“是”或“否”", "expected yes or no")),
    }
}

/// A number, typed as a number or as text: `95%`, full-width digits and `15,000` are understood.
fn number(held: &Held, text: &str) -> Result<String, Text> {
    let wrong = || Text::new("要写数字，不带单位", "expected a number without a unit");
    if let Held::Flag(_) = held {
        return Err(wrong());
    }
    let folded = fold(text);
    let (plain, percent) = match folded.strip_suffix('%') {
        Some(plain) => (plain.trim(), true),
        None => (folded.as_str(), false),
    };
    let plain = without_grouping(plain);
    let unsigned = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits =
        |part: &str| !part.is_empty() && part.len() <= 18 && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(wrong());
    }
    let sign = if plain.starts_with('-') { "-" } else { "" };
    let (whole, fraction) =
        if percent { shifted(whole, fraction) } else { (whole.to_owned(), fraction.to_owned()) };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    Ok(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// A hundredth, digit by digit.
fn shifted(whole: &str, fraction: &str) -> (String, String) {
    let padded = format!("00{whole}");
    let (whole, moved) = padded.split_at(padded.len() - 2);
    (whole.to_owned(), format!("{moved}{fraction}"))
}

/// `15,000` without its commas; any other comma stays, and is told.
fn without_grouping(text: &str) -> String {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = !first.is_empty()
        && first.trim_start_matches('-').len() <= 3
        && text.contains(',')
        && groups.all(|group| group.split('.').next().is_some_and(|digits| digits.len() == 3));
    if is_grouped { text.replace(',', "") } else { text.to_owned() }
}

fn array(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .map(|word| quoted(&word))
        .collect();
    format!("[{}]", words.join(", "))
}

/// A TOML string on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            _ if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Digits that a cell shows, for an id typed as a number.
pub(super) fn id_of(held: &Held) -> String {
    match held {
        Held::Number(number) => digits(*number),
        other => fold(&other.to_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::xlsx::column::{facilities, levels};

    fn text(text: &str) -> Held {
        Held::Text(text.to_owned())
    }

    #[test]
    fn numbers_typed_in_any_way_read_the_same() {
        for (held, digits) in [
            (Held::Number(0.95), "0.95"),
            (Held::Number(0.1 + 0.2), "0.3"),
            (Held::Number(15000.0), "15000"),
            (Held::Number(-0.0), "0"),
            (Held::Number(1.0e15), "1000000000000000"),
            (text("0.95"), "0.95"),
            (text("９５％"), "0.95"),
            (text("95 %"), "0.95"),
            (text("99.5%"), "0.995"),
            (text("5%"), "0.05"),
            (text("１２"), "12"),
            (text("007"), "7"),
            (text("15,000"), "15000"),
            (text("1，234，567.5"), "1234567.5"),
            (text("－5"), "-5"),
            (text("1.50"), "1.5"),
        ] {
            assert_eq!(to_toml(CellKind::Amount, &held).unwrap(), digits, "{held:?}");
        }
        for held in
            [text("5人"), text("1,5"), text("≥5"), text("."), text("5."), text("1e5"), Held::Flag(true)]
        {
            assert!(to_toml(CellKind::Amount, &held).is_err(), "{held:?}");
        }
    }

    #[test]
    fn words_are_understood_in_both_languages() {
        let words = CellKind::Words(facilities);
        for held in ["乡镇卫生院、村卫生室/服务站", "township, village", "Township health centre；\nVILLAGE"]
        {
            assert_eq!(to_toml(words, &text(held)).unwrap(), "[\"township\", \"village\"]");
        }
        assert_eq!(to_toml(CellKind::Word(levels), &text("ｃ")).unwrap(), "\"C\"");
        assert_eq!(to_toml(words, &text("诊所")).unwrap(), "[\"诊所\"]");
        assert_eq!(to_toml(CellKind::Flag, &text("√")).unwrap(), "true");
        assert_eq!(to_toml(CellKind::Flag, &Held::Number(0.0)).unwrap(), "false");
        assert!(to_toml(CellKind::Flag, &text("大概")).is_err());
    }

    #[test]
    fn any_text_survives_quoting() {
        for written in ["=1+1", "a\"b\\c", "一\n二", "\u{7f}\u{85}\u{1b}[31m", "'''", "\u{202e}"] {
            let toml = format!("x = {}", quoted(written));
            assert!(!toml.contains('\n'));
            assert_eq!(toml.parse::<toml::Table>().unwrap()["x"].as_str(), Some(written));
        }
    }
}
