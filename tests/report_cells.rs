//! Every cell of a report's tables stands under its own header, in the language asked for.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use hecha::{
    domain::{
        ballot::Position,
        checklist::profile::MergeMethod,
        edit::{Edit, dissent::Dissent, finding::Finding},
        outcome::Outcome,
        terms::{absence::Absence, digest::Digest, field::Field, grade::Grade, lang::Lang, source::Source},
        visit::Visit,
    },
    report::{
        Options, Report,
        csv::csv,
        layout::{ClauseLine, MemberStatus, NumberMark},
        md::md,
        result_json,
        workbook::xlsx,
    },
    words,
};

use crate::fixture::{
    odd::{odd_visit, shown},
    panel, standard,
};

/// Rows as text by header. Of two columns of one name the first one.
type Rows = Vec<BTreeMap<String, String>>;

fn report(lang: Lang, names: bool) -> Report {
    let visit = odd_visit();
    let shown = shown(&visit);
    let seen: Vec<_> = shown.iter().map(|state| state.member.name.clone()).collect();
    let outcome = Outcome::of(&visit, |state| seen.contains(&state.member.name));
    let record = Some(Digest([7; 32]));
    Report::of(&visit, &outcome, &shown, &Options { lang, names, generated: None, record })
}

fn rows(header: &[String], cells: impl Iterator<Item = Vec<String>>) -> Rows {
    let row = |cells: Vec<String>| {
        let mut row = BTreeMap::new();
        for (title, cell) in header.iter().zip(cells) {
            row.entry(title.clone()).or_insert(cell);
        }
        row
    };
    cells.map(row).collect()
}

fn sheet(report: &Report, zh: &str, en: &str) -> Rows {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(report).unwrap())).unwrap();
    let range = book.worksheet_range(report.lang.pick(zh, en)).unwrap();
    let mut lines = range.rows().map(|row| row.iter().map(Data::to_string).collect::<Vec<_>>());
    let header = lines.next().unwrap();
    rows(&header, lines)
}

fn table(report: &Report) -> Rows {
    let bytes = csv(report, false).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    rows(&header, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()))
}

fn clauses(report: &Report) -> impl Iterator<Item = &ClauseLine> {
    report.areas.iter().flat_map(|area| &area.clauses)
}

/// All ways of asking.
fn reports() -> impl Iterator<Item = Report> {
    [(Lang::Zh, false), (Lang::Zh, true), (Lang::En, true)]
        .into_iter()
        .map(|(lang, names)| report(lang, names))
}

#[test]
fn a_clause_s_numbers_and_marks_are_under_their_headers() {
    for report in reports() {
        let lang = report.lang;
        let (sheet, table) = (sheet(&report, "条款", "Clauses"), table(&report));
        let n_differing = clauses(&report).filter(|it| it.core != it.focus && it.odd != it.quorum).count();
        assert!(n_differing > 0, "nothing would be noticed");
        for ((clause, cells), row) in clauses(&report).zip(&sheet).zip(&table) {
            let spread = if clause.votes.n_valid() == 0 { String::new() } else { clause.spread.to_string() };
            let yes = |yes: bool| words::yes_no(yes, lang).to_owned();
            let marked = |yes: bool| if yes { words::yes_no(true, lang).to_owned() } else { String::new() };
            for (zh, en, expected) in [
                ("有效票", "Valid votes", clause.votes.n_valid().to_string()),
                ("相差档数", "Spread", spread.clone()),
                ("核心", "Core", marked(clause.core)),
                ("重点", "Focus", marked(clause.focus)),
            ] {
                assert_eq!(cells[lang.pick(zh, en)], expected, "{} {en}", clause.id);
            }
            let mut expected = vec![
                ("编号", "Clause", clause.id.clone()),
                ("核心", "Core", yes(clause.core)),
                ("重点", "Focus", yes(clause.focus)),
                ("有效票", "Valid votes", clause.votes.n_valid().to_string()),
                ("票数为奇数", "Odd", yes(clause.odd)),
                ("达到最少票数", "Quorum", yes(clause.quorum)),
                ("相差档数", "Spread", spread),
                ("未分出多数", "Split", yes(clause.split)),
                ("跨达标线", "Across the pass line", yes(clause.pass_line_split)),
            ];
            let grades = ["A", "B", "C", "D"].into_iter().zip(Grade::ALL);
            expected.extend(grades.map(|(title, grade)| {
                let at = Grade::ALL.iter().position(|it| *it == grade).unwrap();
                (title, title, clause.votes.grades[at].to_string())
            }));
            for (zh, en, value) in expected {
                assert_eq!(row[lang.pick(zh, en)], value, "{} {en}", clause.id);
            }
        }
    }
}

#[test]
fn what_was_found_of_a_point_is_under_its_header() {
    let small = [Lang::Zh, Lang::En].map(|lang| seen_by(NAMES[0], lang, true).0);
    for report in reports().chain(small) {
        let lang = report.lang;
        let points: Vec<_> = clauses(&report).flat_map(|it| &it.points).collect();
        assert!(points.iter().any(|it| it.n_met != it.n_unmet), "nothing would be noticed");
        let rows = sheet(&report, "要点", "Points");
        assert_eq!(rows.len(), points.len());
        for (point, row) in points.iter().zip(&rows) {
            for (zh, en, n) in [
                ("认定达到", "Met", point.n_met),
                ("认定未达到", "Unmet", point.n_unmet),
                ("不适用", "N/A", point.n_not_applicable),
            ] {
                assert_eq!(row[lang.pick(zh, en)], n.to_string(), "{} {en}", point.point);
            }
            let summary = match (point.n_met, point.n_unmet, point.n_not_applicable) {
                (0, 0, 0) => ("无记录", "not recorded"),
                (0, 0, _) => ("不适用", "not applicable"),
                (_, 0, _) => ("达到", "met"),
                (0, _, _) => ("未达到", "not met"),
                _ => ("认定不一", "members differ"),
            };
            assert_eq!(row[lang.pick("小结", "Summary")], lang.pick(summary.0, summary.1), "{}", point.point);
        }
    }
}

#[test]
fn the_reason_of_a_vote_and_the_note_beside_it_are_under_their_headers() {
    for report in reports() {
        let lang = report.lang;
        let voices: Vec<_> = clauses(&report).flat_map(|it| &it.voices).collect();
        assert!(voices.iter().any(|it| it.reason != it.note), "nothing would be noticed");
        let rows = sheet(&report, "原始评分", "Votes");
        assert_eq!(rows.len(), voices.len());
        // Long notes are cut to what a cell holds.
        let begins = |cell: &str, text: &str| {
            let first = text.chars().take(60).collect::<String>();
            cell.is_empty() == text.is_empty() && cell.starts_with(&first)
        };
        for (voice, row) in voices.iter().zip(&rows) {
            let (reason, note) = (&row[lang.pick("理由", "Reason")], &row[lang.pick("备注", "Note")]);
            assert!(begins(reason, &voice.reason), "{reason} {}", voice.reason);
            assert!(begins(note, &voice.note), "{note} {}", voice.note);
        }
    }
}

#[test]
fn the_strictest_outcome_and_the_most_lenient_one_are_not_taken_for_each_other() {
    let visit = odd_visit();
    let shown = shown(&visit);
    let seen: Vec<_> = shown.iter().map(|state| state.member.name.clone()).collect();
    let outcome = Outcome::of(&visit, |state| seen.contains(&state.member.name));
    assert!(outcome.standards.iter().any(|it| it.worst != it.best), "nothing would be noticed");
    let told = result_json(&visit, &outcome, &shown, Lang::Zh);
    for (result, told) in outcome.standards.iter().zip(told["standards"].as_array().unwrap()) {
        assert_eq!(
            (&told["worst"], &told["best"]),
            (&(result.worst == Some(true)).into(), &(result.best == Some(true)).into())
        );
        assert_eq!(told["under"]["strictest"].as_bool(), result.worst);
        assert_eq!(told["under"]["lenient"].as_bool(), result.best);
    }
    for report in reports() {
        let lang = report.lang;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(&report).unwrap())).unwrap();
        let range = book.worksheet_range(lang.pick("概览", "Overview")).unwrap();
        let lines: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
        let title = lang.pick("全部从严", "Strictest");
        let at = lines.iter().position(|line| line.iter().any(|cell| cell == title)).unwrap();
        let header = &lines[at];
        let column = |title: &str| header.iter().position(|cell| cell == title).unwrap();
        for (standard, line) in report.standards.iter().zip(&lines[at + 1..]) {
            assert_eq!(line[0], standard.title);
            assert_eq!(line[column(title)], words::met(standard.worst, lang));
            assert_eq!(line[column(lang.pick("全部从宽", "Most lenient"))], words::met(standard.best, lang));
        }
    }
}

const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

/// Two who voted alike and one two grades apart, who both say why; one who is recused from the first clause, and one from the
/// visit. The second clause is a D without a point; of the third the first two say different things; the fourth has points that do
/// not apply.
fn small_visit() -> Visit {
    let said = |text: &str, minority: bool| {
        let value = Some(Dissent { cause: None, text: text.parse().unwrap(), minority, on: None });
        Edit::Dissent { clause: "X-1".into(), value }
    };
    let recused = |who: usize, clause: Option<&str>| Edit::Recuse {
        name: NAMES[who].into(),
        clause: clause.map(Into::into),
        reason: "亲属".parse().ok(),
    };
    let finding = |clause: &str, value: Finding| Edit::Finding {
        clause: clause.into(),
        point: "C1".into(),
        value: Some(value),
    };
    let tick = |met: bool| finding("X-3", Finding::Tick(met));
    let others = || {
        let graded = [("X-2", Grade::D), ("X-3", Grade::C), ("X-4", Grade::C)];
        let mut edits = graded.map(|(clause, grade)| panel::grade(clause, grade)).to_vec();
        edits.push(finding("X-4", Finding::NotApplicable));
        edits
    };
    let ballot = |grade: Grade| [others(), vec![panel::grade("X-1", grade)]].concat();
    let seal = || vec![panel::submit()];
    let edits = [
        [vec![recused(3, Some("X-1")), recused(4, None), tick(false)], ballot(Grade::A), seal()].concat(),
        [vec![tick(true)], ballot(Grade::A), seal(), vec![said("夜间无人值守", true)]].concat(),
        [vec![tick(true)], ballot(Grade::C), seal(), vec![said("看法不同", false)]].concat(),
        [others(), seal()].concat(),
        Vec::new(),
    ];
    let members = NAMES.into_iter().zip(edits);
    let members = members.map(|(name, edits)| (panel::member(name, Field::Nursing), edits));
    let mut clauses = ["X-1", "X-2", "X-3", "X-4"].map(|id| panel::clause(id, "x", id == "X-1", None));
    clauses[3].points[0].na_when = panel::text("没有此项");
    clauses[3].points[0].source = Source::parse("seed S3·F13").unwrap();
    let profile = panel::profile(MergeMethod::Median, vec![standard::all_at(Grade::C)], Vec::new());
    panel::visit("某院", panel::checklist(profile, clauses.to_vec()), members.collect())
}

/// The small visit as one of its members may see it, in each form that tells of clauses.
fn seen_by(viewer: &str, lang: Lang, names: bool) -> (Report, serde_json::Value) {
    let visit = small_visit();
    let shown: Vec<_> = visit.members.iter().filter(|state| visit.may_see(viewer, state)).collect();
    let outcome = Outcome::seen_by(&visit, viewer);
    let options = Options { lang, names, generated: None, record: Some(Digest([7; 32])) };
    (Report::of(&visit, &outcome, &shown, &options), result_json(&visit, &outcome, &shown, lang))
}

#[test]
fn a_minority_opinion_carries_its_name_and_other_remarks_only_where_votes_do() {
    for names in [false, true] {
        let (report, _) = seen_by(NAMES[0], Lang::Zh, names);
        let told: Vec<(Option<&str>, &str)> =
            report.dissents.iter().map(|it| (it.member.as_deref(), it.text.as_str())).collect();
        assert_eq!(told, [(Some("乙"), "夜间无人值守"), (names.then_some("丙"), "看法不同")]);
    }
}

#[test]
fn nothing_of_a_clause_reaches_a_reader_who_is_recused_from_it() {
    for names in [false, true] {
        let (report, result) = seen_by(NAMES[3], Lang::Zh, names);
        let clause = &report.areas[0].clauses[0];
        assert!(clause.voices.is_empty() && clause.votes.n_valid() == 0 && clause.verdict.is_none());
        assert!(report.dissents.is_empty(), "{:?}", report.dissents);
        let page = md(&report);
        assert!(!page.contains("夜间无人值守") && !page.contains("看法不同"), "{page}");
        let told = &result["clauses"][0];
        assert_eq!(told["votes"], serde_json::json!({"A": 0, "B": 0, "C": 0, "D": 0}));
        assert_eq!((&told["verdict"], &told["withheld"]), (&serde_json::Value::Null, &true.into()));
        assert_eq!(result["clauses"][1]["votes"]["D"], 4, "the others are there");
    }
}

#[test]
fn two_grades_apart_and_what_was_said_for_a_d_without_a_point_are_told_in_the_language_asked_for() {
    for lang in [Lang::Zh, Lang::En] {
        let (report, _) = seen_by(NAMES[0], lang, false);
        let page = md(&report);
        for told in [
            lang.pick("相差两档及以上", "two grades apart or more"),
            lang.pick("| X-2 |  | 条款：现场所见 |", "| X-2 |  | 条款: 现场所见 |"),
            "A×2 C×1",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert_eq!(clauses(&report).next().unwrap().spread, 2);
        let unmet = lang.pick("认定不达标 1/3", "found unmet by 1/3");
        assert!(page.contains(unmet), "one of the three who recorded it: {page}");
    }
}

#[test]
fn who_is_recused_from_the_visit_is_told_as_such_and_counted_nowhere() {
    for names in [false, true] {
        let (report, result) = seen_by(NAMES[0], Lang::Zh, names);
        let status: Vec<MemberStatus> = report.panel.members.iter().map(|it| it.status).collect();
        assert_eq!(status[3..], [MemberStatus::Submitted, MemberStatus::Recused]);
        assert_eq!(report.panel.n_hidden, 0, "nobody's votes are still to come");
        let signing = report.signing.as_ref().unwrap();
        let signing: Vec<&str> = signing.signatures.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(signing, NAMES[..4]);
        let ballots = serde_json::json!({"sealed": 4, "opened": 4, "owed": 0});
        assert_eq!(result["ballots"], ballots);
        let first = clauses(&report).next().unwrap();
        let recused = Position::Absent(Absence::Recused);
        let n_recused = first.voices.iter().filter(|voice| voice.position == recused).count();
        assert_eq!((first.voices.len(), n_recused), if names { (5, 2) } else { (3, 0) });
    }
}

#[test]
fn a_point_from_a_source_that_nobody_confirmed_says_so() {
    let (report, _) = seen_by(NAMES[0], Lang::Zh, false);
    let marks: Vec<_> = clauses(&report).map(|clause| clause.points[0].mark).collect();
    let unconfirmed = Some(NumberMark::Unconfirmed);
    assert_eq!(marks, [unconfirmed, unconfirmed, unconfirmed, None]);
}
