//! Checklist files: every file of `good/` loads without a word, every file of `bad/` gives exactly the text beside it.

use std::{fs, path::PathBuf};

use hecha::{
    checklist::{
        Kind, Sources, check_all, check_text, content, list_areas, list_profiles, load_area, load_profile,
        render,
    },
    domain::terms::lang::Lang,
};
use proptest::prelude::*;

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/checklist").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn name(file: &std::path::Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn bad_files_give_exactly_the_text_beside_them() {
    let sources = Sources::built_in();
    let files = toml_files("bad");
    assert!(files.len() >= 20);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let problems = check_text(&name(&file), &text, &sources);
        assert!(!problems.is_empty(), "{} is not bad", file.display());
        for problem in &problems {
            assert_ne!(problem.what.zh, problem.what.en, "{}", file.display());
        }
        let printed = render(&problems, Lang::Zh);
        let beside = file.with_extension("txt");
        let expected = fs::read_to_string(&beside).unwrap_or_default().replace("\r\n", "\n");
        // Printed as it is, so that a wanted change can be pasted into the file.
        assert!(printed == expected, "{} gives:\n{printed}", file.display());
    }
}

#[test]
fn good_files_load_without_a_word() {
    let files = toml_files("good");
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let problems = check_text(&name(&file), &text, &Sources::built_in());
        assert!(problems.is_empty(), "{}", render(&problems, Lang::Zh));
    }
}

#[test]
fn shipped_checklists_have_no_problems() {
    let sources = Sources::built_in();
    let problems = check_all(&sources);
    assert!(problems.is_empty(), "{}", render(&problems, Lang::Zh));
    let profiles: Vec<String> = list_profiles(&sources).iter().map(|it| it.id.to_string()).collect();
    assert_eq!(profiles, ["township", "community", "community-hospital", "village"]);
    assert_eq!(list_areas(&sources).len(), 5);
    for id in list_areas(&sources) {
        load_area(id.as_str(), &sources).unwrap();
    }
}

#[test]
fn every_facility_type_sees_only_what_applies_to_it() {
    let sources = Sources::built_in();
    for summary in list_profiles(&sources) {
        let (checklist, _) = load_profile(summary.id.as_str(), &sources).unwrap();
        assert!(checklist.n_clauses() > 20);
        for clause in checklist.clauses() {
            assert!(clause.applies_to.contains(&summary.facility), "{}", clause.id);
            assert!(!clause.points.is_empty(), "{}", clause.id);
            for point in &clause.points {
                assert!(point.applies_to.is_empty() || point.applies_to.contains(&summary.facility));
                if let Some(list) = point.measure.list() {
                    assert!(checklist.list(list.as_str()).is_some(), "{list}");
                }
            }
        }
    }
}

#[test]
fn the_examples_do_not_borrow_numbers_of_hospital_accreditation() {
    for summary in list_profiles(&Sources::built_in()) {
        let (checklist, _) = load_profile(summary.id.as_str(), &Sources::built_in()).unwrap();
        for standard in &checklist.profile.standards {
            let shown = format!("{:?}", standard.conditions);
            for borrowed in ["Amount(9000)", "Amount(6000)", "Amount(2000)"] {
                assert!(!shown.contains(borrowed), "{}: {shown}", summary.id);
            }
        }
    }
}

#[test]
fn a_folder_replaces_and_extends_and_its_unreadable_files_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let built_in = Sources::built_in();
    assert!(built_in.clone().with_folder(&folder.path().join("none")).is_ok());

    let scale =
        fs::read(toml_files("good").into_iter().find(|it| name(it) == "scale.toml").unwrap()).unwrap();
    write("areas/scale.toml", &[&b"\xef\xbb\xbf"[..], &scale].concat());
    write("areas/.hidden.toml", b"\xff");
    let extended = built_in.clone().with_folder(folder.path()).unwrap();
    assert_eq!(list_areas(&extended).len(), 6);
    assert!(load_area("scale", &extended).is_ok());

    write("areas/emergency.toml", "标题 = 1\n".as_bytes());
    let replaced = built_in.clone().with_folder(folder.path()).unwrap();
    let problems = load_profile("village", &replaced).unwrap_err();
    assert!(problems.iter().any(|problem| problem.is_error() && problem.file.ends_with("emergency.toml")));

    write("profiles/gbk.toml", b"\xc4\xe3\xba\xc3");
    let problems = built_in.with_folder(folder.path()).unwrap_err();
    assert!(problems[0].what.zh.contains("UTF-8"));
}

#[test]
fn a_clause_that_no_field_of_the_panel_covers_is_told_where_its_fields_stand() {
    let text =
        fs::read_to_string(toml_files("good").into_iter().find(|it| name(it) == "profile.toml").unwrap());
    let without = text.unwrap().replace("\"医疗机构管理\", ", "");
    let sources = Sources::built_in().with_text(Kind::Profile, "village", "profiles/village.toml", &without);
    let (_, problems) = load_profile("village", &sources).unwrap();
    assert!(!problems.is_empty());
    for problem in problems {
        assert!(!problem.is_error() && problem.file.starts_with("areas/"));
        assert!(problem.what.zh.starts_with("方案 village 的专家组专业都不对应条款 "), "{}", problem.what.zh);
        assert!(problem.offending().starts_with("[\"") && problem.snippet.starts_with("fields"));
    }
}

#[test]
fn problems_of_all_files_are_told_at_once() {
    let sources = Sources::built_in();
    let broken = "[area]\nid = \"tcm\"\n";
    let sources = sources.with_text(Kind::Area, "tcm", "areas/tcm.toml", broken);
    let sources = sources.with_text(Kind::Area, "pharmacy", "areas/pharmacy.toml", broken);
    let problems = load_profile("township", &sources).unwrap_err();
    for file in ["areas/tcm.toml", "areas/pharmacy.toml"] {
        assert!(problems.iter().filter(|problem| problem.file == file).count() >= 2, "{file}");
    }
    assert!(
        load_profile("townschip", &sources).unwrap_err()[0]
            .suggestion
            .as_ref()
            .unwrap()
            .zh
            .contains("township")
    );
}

#[test]
fn the_mark_stands_under_the_place_even_far_into_a_han_line() {
    let title = "长".repeat(600);
    let text = format!("[area]\nid = \"x\"\ntitle = \"题\"\ntitle_en = 7 # {title}\n");
    let printed = render(&check_text("x.toml", &text, &Sources::built_in()), Lang::En);
    assert!(printed.contains("--> x.toml:4:12"), "{printed}");
    let text = format!("list = [{{ id = \"A\", title = \"{title}\", titel_en = \"x\" }}]\n");
    let printed = render(&check_text("x.toml", &text, &Sources::built_in()), Lang::En);
    let (before, _) = text.split_once("titel_en").unwrap();
    let place = format!("--> x.toml:1:{}", before.chars().count() + 1);
    assert!(printed.contains(&place), "{printed}");
    assert!(printed.contains("help: did you mean “title_en”?"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() < 200), "{printed}");
}

/// A text with one stretch replaced by something short.
fn bent(text: &str, at: prop::sample::Index, length: usize, with: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let from = at.index(chars.len());
    let to = (from + length).min(chars.len());
    chars.splice(from..to, with.chars());
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bent_file_breaks_the_loader_or_the_printer(
        at in any::<prop::sample::Index>(), length in 0_usize..200, with in "[\\[\\]{}=\"'\u{4e00}\u{202e}\\\\\n\t\r#.,0-9a-z-]{0,6}",
    ) {
        for file in toml_files("good") {
            let text = bent(&fs::read_to_string(file).unwrap(), at, length, &with);
            let problems = check_text("bent.toml", &text, &Sources::built_in());
            for lang in [Lang::Zh, Lang::En] {
                let printed = render(&problems, lang);
                let hostile = ['\u{202e}', '\t', '\r'];
                prop_assert!(!printed.contains(hostile));
            }
        }
    }

    #[test]
    fn no_bent_content_is_taken_for_another_checklist(
        at in any::<prop::sample::Index>(), length in 0_usize..40, with in "[\\[\\]{}:\"\\\\,0-9a-z\u{202e}]{0,4}",
    ) {
        let (village, _) = load_profile("village", &Sources::built_in()).unwrap();
        let text = bent(&content::encode(&village), at, length, &with);
        if let Ok(checklist) = content::decode(&text) {
            prop_assert_eq!(content::encode(&checklist), text);
        }
    }
}
