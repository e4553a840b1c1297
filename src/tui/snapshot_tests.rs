//! How every screen and dialog looks: a screen at the least and the best size in both languages, a dialog at the least size
//! in Chinese and at the best one in English. Each layout is kept once; a state that differs from it in a few words only is
//! held against these words.

use std::borrow::BorrowMut;

use ratatui::{
    Terminal,
    backend::{Backend, TestBackend},
    buffer::Buffer,
};
use unicode_width::UnicodeWidthStr;

use crate::{
    app::{
        failure::Failure,
        laptop::overview::{VisitPhase, VisitSummary},
        report::{
            export::{ExportStep, Format, Written},
            template::TemplateMark,
        },
        session::SyncState,
        sync::report::SyncReport,
        visit::passphrase::Lock,
    },
    domain::{
        ending::next_step::{NextStep, Why},
        facility::Stage,
        terms::{
            date::Date,
            lang::{Lang, Text},
        },
    },
    tui::{
        desk::{effect::Msg, share::Share},
        drive::{model::Model, update::update, view::view},
        fixture::{
            MEMBERS, after, folder, fresh_visit, late_visit, opened, partly_sealed_visit, photo, press,
            program, scored_visit, sealed_visit, snapshot, synced,
        },
    },
};

const LEAST: (u16, u16) = (80, 24);
const BEST: (u16, u16) = (120, 36);
/// The smallest window that shows more than a notice.
const SMALLEST: (u16, u16) = (60, 16);

/// A buffer as text; the cell behind a wide glyph is skipped, and the selected row keeps its `>`.
fn dump(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
            row.push_str(symbol);
            x += u16::try_from(symbol.width().max(1)).unwrap_or(1);
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

pub(crate) fn drawn(model: &mut Model, lang: Lang, size: (u16, u16)) -> String {
    model.lang = lang;
    model.size = size;
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
    let cursor = terminal.backend_mut().get_cursor_position().unwrap();
    format!(
        "{lang:?} {}x{} cursor {},{}\n{}",
        size.0,
        size.1,
        cursor.x,
        cursor.y,
        dump(terminal.backend().buffer())
    )
}

fn watched(model: &mut Model, share: Share) -> &mut Model {
    update(model, Msg::Watched(share, Some(3)));
    model
}

/// Keeps a model as it looks: its screen in four variants, or the dialog on top in two.
pub(crate) fn check(name: &str, mut model: impl BorrowMut<Model>) {
    let model = model.borrow_mut();
    let screen = [(Lang::Zh, LEAST), (Lang::Zh, BEST), (Lang::En, LEAST), (Lang::En, BEST)];
    let dialog = [(Lang::Zh, LEAST), (Lang::En, BEST)];
    let variants = if model.dialogs.is_empty() { &screen[..] } else { &dialog[..] };
    let all: String = variants.iter().map(|(lang, size)| drawn(model, *lang, *size)).collect();
    insta::assert_snapshot!(name, all);
}

/// Keeps a model as it looks at every size that we promise, in both languages.
pub(crate) fn check_sizes(name: &str, mut model: impl BorrowMut<Model>) {
    let model = model.borrow_mut();
    let sizes = [SMALLEST, LEAST, BEST].into_iter();
    let all: String =
        sizes.flat_map(|size| [Lang::Zh, Lang::En].map(|lang| drawn(model, lang, size))).collect();
    insta::assert_snapshot!(name, all);
}

/// Keeps a model as it looks at the least size, in both languages.
pub(crate) fn check_small(name: &str, mut model: Model) {
    let all: String = [Lang::Zh, Lang::En].map(|lang| drawn(&mut model, lang, LEAST)).concat();
    insta::assert_snapshot!(name, all);
}

/// Holds a model against the words by which it differs from a state whose layout is kept.
pub(crate) fn shows(mut model: impl BorrowMut<Model>, zh: &str, en: &str) {
    let model = model.borrow_mut();
    for (lang, size, words) in [(Lang::Zh, LEAST, zh), (Lang::En, BEST, en)] {
        let text = drawn(model, lang, size);
        assert!(text.contains(words), "{words} is not shown:\n{text}");
    }
}

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

fn scored() -> Model {
    opened(scored_visit(), 0)
}

fn visits() -> Vec<VisitSummary> {
    let visit = |name: &str, n_scored| VisitSummary {
        id: name.into(),
        file: format!("/visits/{name}.hecha").into(),
        facility: name.to_owned(),
        when: Some((Stage::County, Date::new(2026, 9, 1).unwrap())),
        me: Some("赵敏".into()),
        n_scored,
        n_owed: 70,
        submitted: n_scored == 70,
        sync: SyncState { pending: 70 - n_scored, in_file: n_scored, receipted: n_scored / 2 },
        lead: false,
        waits: n_scored == 70,
        n_waiting: if n_scored == 70 { 0 } else { 2 },
        lock: if n_scored == 70 { Lock::Asks } else { Lock::Held },
        phase: VisitPhase::Scoring,
    };
    let damaged = VisitSummary { when: None, phase: VisitPhase::Broken, ..visit("damaged.hecha", 0) };
    vec![visit("青禾镇中心卫生院", 37), visit("柳河社区卫生服务中心", 70), damaged]
}

#[test]
fn home_at_the_first_run_and_with_two_visits() {
    let mut first_run = program(Lang::Zh, (80, 24));
    update(&mut first_run, Msg::Visits(Ok(Vec::new())));
    check("home_first_run", first_run);
    let mut model = program(Lang::Zh, (80, 24));
    update(&mut model, Msg::Visits(Ok(visits())));
    check("home_visits", model);
}

#[test]
fn the_score_screen_at_the_points_of_a_clause_and_at_a_clause_without_points() {
    check("score_fresh", fresh());
    check("score_partly", after(fresh(), "<Space><Enter>0<Enter>-<F2>转运记录不全<Esc>t]4<Esc>[<Tab>"));
}

#[test]
fn the_panel_after_scoring() {
    check("panel", after(scored(), "<F6>"));
}

#[test]
fn the_merge_screen_with_votes_and_before_they_are_open() {
    check("merge", after(scored(), "<F7>"));
    check("merge_hidden", after(fresh(), "<F7>"));
    let unfolded = [
        ("其余 1 条意见一致 (* 收起)", "1 other clause on which all agree (* folds)"),
        ("*EM-01 急救设备配备与..  D      ...    D", "*EM-01 Emergency eq.. D      ...    D"),
    ];
    let mut all = after(scored(), "<F7>*<End>");
    for (zh, en) in unfolded {
        shows(&mut all, zh, en);
    }
}

#[test]
fn the_outcome_of_a_visit_that_is_not_decided() {
    check("outcome", after(scored(), "<F8>"));
}

#[test]
fn the_report_screen_tells_of_names_and_of_the_template() {
    let mut model = after(scored(), "<F10><Down><Space>");
    shows(&mut model, "是：报告里写明每票是谁投的", "yes: the report tells whose each vote is");
    shows(&mut model, "> 2 工作簿 (xlsx)", "> 2 Workbook (xlsx)");
    update(&mut model, Msg::Template(Ok(None)));
    shows(&mut model, " 程序自带的\n", " the program's own\n");
    let mark = TemplateMark { name: "report.toml".to_owned(), sha256: "6aed20d6b1a7".repeat(5) };
    update(&mut model, Msg::Template(Ok(Some(mark))));
    shows(&mut model, "report.toml（SHA-256 6aed20d6b1a7）", "report.toml (SHA-256 6aed20d6b1a7)");
    update(&mut model, Msg::Template(Err(Failure::bug("report.toml"))));
    shows(
        &mut model,
        "程序内部错误：report.toml 生成时会列出错误；",
        "Internal error: report.toml Writing lists its errors;",
    );
    shows(after(model, "t"), "程序自带的(", "the program's own (");
}

#[test]
fn the_report_screen_while_reports_are_written() {
    let mut model = after(scored(), "<F10>0");
    let mut told = |format, outcome| {
        update(&mut model, Msg::Exporting(ExportStep::Started(format)));
        if let Some(outcome) = outcome {
            update(&mut model, Msg::Exporting(ExportStep::Ended(Written { format, outcome })));
        }
    };
    told(Format::Docx, Some(Ok("/visits/青禾镇中心卫生院-县级-2026-11-21.docx".into())));
    told(Format::Xlsx, Some(Err(Failure::bug("磁盘已满"))));
    told(Format::Html, None);
    check("report_running", model);
}

#[test]
fn calculators_of_a_ratio_a_number_an_inventory_and_a_count() {
    check("ratio_small_sample", after(fresh(), "<Home><Down><Down><Down><Enter>7/8"));
    let more_met = after(fresh(), "<Home><Down><Down><Down><Enter>9/8");
    shows(more_met, "| 符合数大于抽查数", "| More met than sampled");
    check("number", after(fresh(), "<End><Enter>12.5"));
    let points = [
        ("| 0..10 / 0.5", "| 0..10 / 0.5"),
        ("| > 分 11", "| > points 11"),
        ("| 不在分值范围或步长上", "| Not on the scale or its steps"),
    ];
    let mut eleven = after(fresh(), "[<Enter>11");
    for (zh, en) in points {
        shows(&mut eleven, zh, en);
    }
    check("inventory", after(fresh(), "<Home><Down><Enter>13"));
    check("count", after(fresh(), "]]<Enter><Space>"));
}

#[test]
fn a_reason_an_absent_vote_and_a_note() {
    check("reason", after(fresh(), "4"));
    check("absent", after(fresh(), "0"));
    check("note", after(fresh(), "<F2>抢救车第二层药品有效期登记不全，<Enter>已现场核对。"));
}

#[test]
fn evidence_of_files_that_are_attached_pasted_and_picked() {
    let mut model = fresh();
    model.desk.as_mut().unwrap().apply(&photo("EM-01", "除颤仪自检.jpg"));
    press(&mut model, "<F3>");
    update(&mut model, Msg::Folder(Ok(folder())));
    update(&mut model, Msg::Paste("/usb/a.jpg\n/usb/转运 记录".to_owned()));
    check("evidence", after(model, "<Down><Down><Down><Down><Down><Space>"));
}

#[test]
fn deciding_a_clause_and_a_gate_and_closing() {
    check("decide", after(scored(), "<F7><Enter>3按值班"));
    check("decide_gate", after(scored(), "<F7><End><Up><Enter>"));
    shows(after(fresh(), "<F12>"), "| 1 未评条款 5 条", "| 1 Unscored clauses: 5");
    check("close", after(opened(sealed_visit(), 0), "<F6><C-e>"));
    check("close_without", after(opened(partly_sealed_visit(3), 0), "<F6><C-e><Space>"));
    check("close_late", after(opened(late_visit(), 0), "<F6><C-e>"));
    check("sign", after(scored(), "<C-w>1"));
}

#[test]
fn finding_a_clause_a_command_and_a_key() {
    check("find", after(fresh(), "/jj"));
    check("palette", after(fresh(), ":tj"));
    check("help", after(fresh(), "<F1>"));
}

#[test]
fn founding_opening_and_joining_a_visit_and_a_failure() {
    let mut found = program(Lang::Zh, (80, 24));
    press(
        &mut found,
        "2/usb/青禾<Down><Down>青禾镇卫生院<Down><Down><Down><Down>2026-09-01<Down><Down>赵敏 医疗 主任医师<Down>钱立 外科<F12>",
    );
    check("found", found);
    let to_more = "<Down>".repeat(15);
    let laid_down = "<Space><Down><Right><Right><Right><Down>12220221MB1234567X<Down><Down><Down>EM-01,EM-02";
    check("found_more", after(program(Lang::Zh, (80, 24)), &format!("2{to_more}{laid_down}")));
    let mut path = program(Lang::Zh, (80, 24));
    press(&mut path, "3/v");
    update(&mut path, Msg::Completions("/v".to_owned(), vec!["/visits/".into(), "/v.hecha".into()]));
    check("path", path);
    let mut join = program(Lang::Zh, (80, 24));
    let mut unjoined = snapshot(fresh_visit(), 1);
    (unjoined.me, unjoined.exchanges) = (None, false);
    update(&mut join, Msg::Opened(Ok(unjoined)));
    check("join", join);
    let mut failure = fresh();
    press(&mut failure, "<C-s>");
    update(&mut failure, synced(Err(Failure::bug("共享文件不在"))));
    check("failure", failure);
}

#[test]
fn the_status_line_tells_of_syncs_and_the_log_lists_them() {
    let note = Text::new(
        "青禾.hecha 里有 2 行无法验证，已隔离保存，没有采用。",
        "2 lines of 青禾.hecha do not verify; they are set aside and not used.",
    );
    let state = SyncState { pending: 2, in_file: 65, receipted: 60 };
    let who = MEMBERS[1..3].iter().map(|name| (*name).into()).collect();
    let next = Some(NextStep { who, why: Why::Seal(vec![MEMBERS[0].into()]) });
    let report =
        SyncReport { imported: 3, written: true, notes: vec![note], state, next, ..SyncReport::default() };
    let mut model = fresh();
    update(&mut model, Msg::SyncDue);
    update(&mut model, synced(Ok(report)));
    shows(
        watched(&mut model, Share::There),
        "已存 | 仅本机 2  已写入 5  组长已收 60 | 有同步说明 Ctrl-g\n",
        "saved | 2 local, 5 in file, 60 received | notes: Ctrl-g\n",
    );
    update(&mut model, Msg::SyncDue);
    update(&mut model, synced(Err(Failure::bug("磁盘已满"))));
    shows(watched(&mut model, Share::Away), "组长已收 60 | 共享文件不在\n", "60 received | no file\n");
    press(&mut model, "<C-g>");
    check("sync_log", model);
}

#[test]
fn a_window_that_is_too_small_says_so_and_how_to_leave() {
    let mut model = fresh();
    let text = drawn(&mut model, Lang::Zh, (59, 30));
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].contains("60x16") && lines[2].contains("按两次 Ctrl-c 离开"), "{text}");
    assert!(lines[3..].iter().all(|line| line.is_empty()));
    press(&mut model, "<C-c>");
    assert!(drawn(&mut model, Lang::Zh, (59, 30)).contains("再按一次 Ctrl-c 离开"));
}

#[test]
fn the_hardware_cursor_stands_at_the_caret_of_a_note_after_wide_characters() {
    for (typed, x, y) in [("", 2, 0), ("急", 4, 0), ("急救a", 7, 0), ("急<Enter>救", 4, 1)] {
        let mut model = after(fresh(), "<F2>");
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| view(&model, frame)).unwrap();
        let before = terminal.backend_mut().get_cursor_position().unwrap();
        press(&mut model, typed);
        terminal.draw(|frame| view(&model, frame)).unwrap();
        let now = terminal.backend_mut().get_cursor_position().unwrap();
        assert_eq!((now.x, now.y), (x, before.y + y), "{typed}");
    }
}
