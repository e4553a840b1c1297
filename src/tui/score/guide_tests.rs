//! Everything about a clause can be read at every size: what does not fit is told of, and scrolled to.

use crate::{
    domain::terms::lang::Lang,
    tui::{
        desk::effect::Msg,
        drive::{model::Model, update::update},
        fixture::{after, fresh_visit, opened, press},
        score::panes::Pane,
        snapshot_tests::{check_sizes, drawn},
    },
};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

/// A clause with a note and a reason that are longer than a pane.
fn wordy() -> Model {
    let note: String = (0..24).map(|n| format!("第{n}条备注写得很长很长很长<Enter>")).collect();
    after(fresh(), &format!("t4抢救车第二层缺两样药品夜班没有人补过也没有人登记过<Enter><F2>{note}<Esc>"))
}

/// All rows that are seen while the keys go down a pane, without borders and marks.
fn read_through(model: &mut Model, lang: Lang, size: (u16, u16), downs: usize) -> String {
    update(model, Msg::Resize(size.0, size.1));
    let mut seen = String::new();
    for _ in 0..downs {
        let screen = drawn(model, lang, size);
        seen.push_str(&screen);
        press(model, "<Down>");
    }
    seen.chars().filter(|c| !c.is_whitespace() && !"|>".contains(*c)).collect()
}

#[test]
fn every_point_and_the_whole_guide_can_be_read_at_every_size_in_both_languages() {
    for size in SIZES {
        for lang in [Lang::Zh, Lang::En] {
            let mut model = fresh();
            model.lang = lang;
            let desk = model.desk.as_ref().unwrap();
            let (clause, list) = (desk.clauses[0].clone(), model.score.clause);
            assert_eq!(list, 0);
            let points = read_through(&mut model, lang, size, clause.points.len());
            for point in &clause.points {
                assert!(words_are_in(point.text.get(lang), &points), "{size:?} {lang:?} {}", point.id);
            }
            press(&mut model, "<Home><Right>");
            assert_eq!(model.score.pane, Pane::Guide);
            let guide = read_through(&mut model, lang, size, 40);
            for text in [clause.hint.get(lang), clause.place.get(lang), "优质服务基层行活动方案", "S3·F52"]
            {
                assert!(words_are_in(text, &guide), "{size:?} {lang:?} {text}");
            }
        }
    }
}

/// Whether each word of a text was seen; in Chinese each half of it, since a line may end anywhere.
fn words_are_in(text: &str, seen: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let letters: Vec<char> = word.chars().collect();
        letters.chunks(4).all(|chunk| {
            let chunk: String = chunk.iter().collect();
            seen.contains(&chunk) || !word.is_ascii()
        }) && letters.iter().all(|c| seen.contains(*c))
    })
}

#[test]
fn long_notes_and_reasons_wrap_and_marks_tell_what_is_above_and_below() {
    let mut model = wordy();
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(screen.contains("v 下面还有"), "{screen}");
    let above = screen.split(" 下一步").next().unwrap();
    assert!(!above.contains(".."), "nothing of it is cut: {screen}");
    press(&mut model, "<Right>");
    for size in SIZES {
        model.score.line = 0;
        let seen = read_through(&mut model, Lang::Zh, size, 60);
        for n in 0..24 {
            assert!(seen.contains(&format!("第{n}条备注")), "{n} at {size:?}");
        }
        assert!(seen.contains("抢救车第二层缺两样药品"), "{size:?}");
        let last = drawn(&mut model, Lang::Zh, size);
        assert!(last.contains("^ 上面还有") && last.contains(">依据"), "{last}");
    }
}

#[test]
fn the_keys_of_the_guide_never_go_beyond_its_last_row() {
    let mut model = after(wordy(), "<Right><End>");
    let last = model.score.line;
    press(&mut model, "<Down><Down>");
    assert_eq!(model.score.line, last);
    press(&mut model, "<Up>");
    assert_eq!(model.score.line, last - 1);
    press(&mut model, "<Left><Right>");
    assert_eq!(model.score.line, last - 1, "it stays where one was");
    press(&mut model, "<Left><Down><Right>");
    assert_eq!(model.score.line, 0, "another point, another guide");
}

#[test]
fn the_keys_go_through_the_three_panes_both_ways() {
    let mut model = fresh();
    let mut panes = |keys: &str| {
        press(&mut model, keys);
        model.score.pane
    };
    assert_eq!(["<Tab>", "<Tab>", "<Tab>"].map(&mut panes), [Pane::Clauses, Pane::Guide, Pane::Points]);
    assert_eq!(
        ["<Right>", "<Right>", "<Left>", "<Left>"].map(&mut panes),
        [Pane::Guide, Pane::Guide, Pane::Points, Pane::Clauses]
    );
    assert_eq!(
        ["<Left>", "<Right>", "<Tab>", "<Tab>", "<Enter>"].map(&mut panes),
        [Pane::Clauses, Pane::Points, Pane::Clauses, Pane::Guide, Pane::Points]
    );
}

#[test]
fn the_score_screen_with_long_words_at_every_size() {
    check_sizes("score_wordy", wordy());
    check_sizes("score_wordy_guide", after(wordy(), "<Right><Down><Down><Down><Down><Down><Down>"));
}

#[test]
fn names_are_whole_where_there_is_room_and_wrap_where_there_is_little() {
    let mut model = fresh();
    for size in SIZES {
        model.score.pane = Pane::Clauses;
        for lang in [Lang::Zh, Lang::En] {
            let screen = drawn(&mut model, lang, size);
            let list: String =
                screen.lines().skip(2).map(|line| line.split('|').next().unwrap_or(line)).collect();
            assert!(
                !list.split("Next:").next().unwrap_or(&list).contains("EM-01 Emergency equ.."),
                "{screen}"
            );
            if lang == Lang::En {
                assert!(list.contains("working"), "the end of a long name: {screen}");
            }
        }
    }
    let screen = drawn(&mut model, Lang::En, (200, 60));
    assert!(screen.contains("EM-01 Emergency equipment present and working "), "{screen}");
}
