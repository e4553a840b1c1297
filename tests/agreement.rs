//! Every statistic against published and independently computed values (`tests/agreement/expected.csv`).

use std::collections::BTreeMap;

use hecha::domain::{
    agreement::{
        Agreement, Divergence, Levels, Matrix, Pair, Weights,
        alpha::{Metric, alpha},
        chance,
        cohen::{Table, light},
        panel::pairs,
    },
    checklist::profile::{MergeMethod, MergeRule},
    merge::{Merged, merge},
    terms::{grade::Grade, source::Source},
};

/// One vector: votes of raters, or a table of two raters.
enum Vector {
    Votes(Matrix),
    Table(Table),
}

fn records(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/agreement/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&path).expect(&path);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn rank(cell: &str) -> Option<u8> {
    match cell {
        "" => None,
        letter if letter.parse::<Grade>().is_ok() => letter.parse::<Grade>().ok().map(Grade::rank),
        number => Some(number.parse().unwrap()),
    }
}

fn votes(name: &str, q: u8, n: usize) -> Matrix {
    let rows: Vec<Vec<Option<u8>>> =
        records(name).iter().take(n).map(|row| row.iter().skip(1).map(|cell| rank(cell)).collect()).collect();
    Matrix::new(q, rows[0].len(), rows).unwrap()
}

/// Counts per category become votes of raters whose order carries no meaning.
fn counted(name: &str, q: u8) -> Matrix {
    let rows: Vec<Vec<Option<u8>>> = records(name)
        .iter()
        .map(|row| {
            (1..=q).flat_map(|k| vec![Some(k); row[usize::from(k)].parse::<usize>().unwrap()]).collect()
        })
        .collect();
    Matrix::new(q, rows[0].len(), rows).unwrap()
}

fn table(name: &str) -> Table {
    let rows = records(name);
    let mut table = Table::of_pairs(u8::try_from(rows.len()).unwrap(), std::iter::empty());
    for (first, row) in (1..).zip(&rows) {
        for (second, cell) in (1..).zip(row.iter().skip(1)) {
            table.add(first, second, cell.parse().unwrap());
        }
    }
    table
}

fn vector(name: &str) -> Vector {
    let all = usize::MAX;
    Vector::Votes(match name {
        "tv01" => votes("tv01_krippendorff2011_4x12", 5, all),
        "tv04" => votes("tv04_fleiss1971_6x30", 5, all),
        "tv04_first15" => votes("tv04_fleiss1971_6x30", 5, 15),
        "tv05" => return Vector::Table(table("tv05_sas_skincondition_4x4")),
        "tv07" => return Vector::Table(table("tv07_sas_3x3")),
        "tv09" => counted("tv09_wikipedia_fleiss_14x10_counts", 5),
        "tv10" => votes("tv10_wikipedia_kripp_3x15", 4, all),
        "tv30" => votes("tv30_district_vs_city_2x20", 4, all),
        made_here => votes(made_here, 4, all),
    })
}

fn levels(matrix: &Matrix) -> Levels {
    let grade = |rank| Grade::from_rank(rank).unwrap();
    Levels::of(&matrix.pairs(0, 1).map(|(first, second)| (grade(first), grade(second))).collect::<Vec<_>>())
}

fn weights(word: &str) -> Weights {
    match word {
        "identity" => Weights::Identity,
        "linear" => Weights::Linear,
        "quadratic" => Weights::Quadratic,
        "ordinal" => Weights::Ordinal,
        other => panic!("weights {other}"),
    }
}

fn value(vector: &Vector, statistic: &str, level: &str) -> Option<f64> {
    let matrix = match vector {
        Vector::Table(table) => return table.kappa(weights(level)),
        Vector::Votes(matrix) => matrix,
    };
    match statistic {
        "percent_agreement" => chance::observed(matrix, weights(level)),
        "fleiss_kappa" => chance::fleiss(matrix, weights(level)),
        "gwet_ac1" | "gwet_ac2" => chance::gwet(matrix, weights(level)),
        "brennan_prediger" => chance::brennan_prediger(matrix, weights(level)),
        "light_kappa" => light(matrix, weights(level)).map(|light| light.kappa),
        "alpha_gwet_form" => alpha(matrix, Metric::Weighted(weights(level))),
        "krippendorff_alpha" => {
            let metrics = BTreeMap::from([
                ("nominal", Metric::Nominal),
                ("ordinal", Metric::Ordinal),
                ("interval", Metric::Interval),
                ("ratio", Metric::Ratio),
            ]);
            alpha(matrix, metrics[level])
        }
        "cohen_kappa" | "cohen_kappa_weighted" => {
            Table::of_pairs(matrix.q(), matrix.pairs(0, 1)).kappa(weights(level))
        }
        "percent_agreement_exact" => levels(matrix).share(levels(matrix).n_exact),
        "percent_agreement_pass_fail_C_or_better" => levels(matrix).share(levels(matrix).n_pass_line),
        "mean_signed_difference_levels_district_minus_city" => levels(matrix).bias,
        other => panic!("statistic {other}"),
    }
}

#[test]
fn every_expected_value_is_reproduced() {
    let rows = records("expected");
    assert_eq!(rows.len(), 99, "the whole table was read");
    for row in rows {
        let [name, statistic, level, published, decimals, computed, ..] = row.as_slice() else {
            panic!("short row {row:?}")
        };
        let found = value(&vector(name), statistic, level);
        if computed == "NaN" {
            assert_eq!(found, None, "{name} {statistic} {level}");
            continue;
        }
        let found = found.unwrap_or_else(|| panic!("{name} {statistic} {level} is undefined"));
        let expected: f64 = computed.parse().unwrap();
        assert!((found - expected).abs() < 1e-9, "{name} {statistic} {level}: {found} is not {expected}");
        if let Ok(published) = published.parse::<f64>() {
            let half = 0.5 * 10_f64.powi(-decimals.parse::<i32>().unwrap()) + 1e-12;
            assert!((found - published).abs() <= half, "{name} {statistic} {level}: {found}, {published}");
        }
    }
}

#[test]
fn the_summary_holds_the_same_numbers() {
    let Vector::Votes(matrix) = vector("tv20_panel5x12_missing") else { panic!() };
    let found = Agreement::of(&matrix);
    assert_eq!((found.n_units, found.n_pairable, found.n_raters, found.categories), (12, 11, 5, 4));
    for (value, expected) in [
        (found.percent_agreement, 0.663_636_363_6),
        (found.all_equal, 3.0 / 11.0),
        (found.fleiss_kappa, 0.491_721_878_0),
        (found.gwet_ac1, 0.568_437_977_1),
        (found.gwet_ac2_quadratic, 0.896_968_021_0),
        (found.gwet_ac2_ordinal, 0.857_488_761_0),
        (found.alpha_nominal, 0.493_020_304_6),
        (found.alpha_ordinal, 0.789_416_860_4),
    ] {
        assert!((value.unwrap() - expected).abs() < 1e-9, "{value:?} {expected}");
    }
}

#[test]
fn the_kappas_of_pairs_average_to_the_kappa_of_the_panel() {
    for name in
        ["tv20_panel5x12_missing", "tv25_systematic_one_severe_member", "tv22_high_prevalence_paradox"]
    {
        let Vector::Votes(matrix) = vector(name) else { panic!() };
        let all = pairs(&matrix);
        let n = matrix.n_raters();
        assert_eq!(all.len(), n * (n - 1) / 2, "{name}");
        assert!(all.iter().all(|pair| pair.n == matrix.pairs(pair.first, pair.second).count()), "{name}");
        for (weights, of) in [
            (Weights::Identity, (|pair: &Pair| pair.kappa) as fn(&Pair) -> Option<f64>),
            (Weights::Linear, |pair| pair.kappa_linear),
            (Weights::Quadratic, |pair| pair.kappa_quadratic),
        ] {
            let kappas: Vec<f64> = all.iter().filter_map(of).collect();
            let found = light(&matrix, weights);
            assert_eq!(found.map_or(0, |light| light.n_pairs), kappas.len(), "{name}");
            let mean = kappas.iter().sum::<f64>() / f64::from(u32::try_from(kappas.len()).unwrap());
            assert!(found.is_none_or(|light| (light.kappa - mean).abs() < 1e-12), "{name} {weights:?}");
        }
    }
}

#[test]
fn one_sentence_is_said_where_the_measures_differ_and_none_where_they_do_not() {
    let of = |name: &str| {
        let Vector::Votes(matrix) = vector(name) else { panic!() };
        Divergence::of(&Agreement::of(&matrix))
    };
    assert_eq!(of("tv21_all_identical_C"), Some(Divergence::Uniform));
    assert_eq!(of("tv22_high_prevalence_paradox"), Some(Divergence::Prevalence));
    for name in ["tv20_panel5x12_missing", "tv24_single_rater_only"] {
        assert_eq!(of(name), None, "{name}");
    }
    let rows = |rows: &[[u8; 3]]| {
        let rows = rows.iter().map(|row| row.iter().map(|rank| Some(*rank)).collect()).collect();
        Divergence::of(&Agreement::of(&Matrix::new(4, 3, rows).unwrap()))
    };
    let near = [[4, 3, 4], [3, 3, 2], [2, 1, 1], [4, 4, 3], [2, 3, 2], [1, 2, 1]];
    assert_eq!(rows(&near), Some(Divergence::NearMisses));
    assert_eq!(rows(&near[..4]), None, "too few clauses to say anything");
    assert_eq!(rows(&[[4; 3], [1; 3], [2; 3], [3; 3], [1; 3], [2; 3]]), None, "all measures are 1");
}

#[test]
fn two_levels_keep_numerators_and_denominator() {
    let Vector::Votes(matrix) = vector("tv30") else { panic!() };
    let found = levels(&matrix);
    assert_eq!((found.n, found.n_exact, found.n_adjacent, found.n_pass_line), (19, 13, 19, 17));
    assert_eq!((found.n_better, found.n_worse), (1, 5));
    assert_eq!(Levels::of(&[]).share(0), None);
}

#[test]
fn between_two_others_one_stands_at_the_middle_of_both() {
    let matrix = Matrix::new(4, 3, vec![vec![Some(2), Some(1), Some(4)]]).unwrap();
    let found = Agreement::of(&matrix).raters;
    let told: Vec<_> = found.iter().map(|rater| (rater.severity, rater.within_one)).collect();
    assert_eq!(
        told,
        [(Some(-0.5), Some(1.0)), (Some(-2.0), Some(0.0)), (Some(2.5), Some(0.0))],
        "2 against 1 and 4, 1 against 2 and 4, 4 against 1 and 2"
    );
}

#[test]
fn the_severe_member_stands_out() {
    let Vector::Votes(matrix) = vector("tv25_systematic_one_severe_member") else { panic!() };
    let found = Agreement::of(&matrix).raters;
    let severe = found[4].severity.unwrap();
    assert!((severe + 11.0 / 12.0).abs() < 1e-12, "{severe}");
    assert!(found[..4].iter().all(|rater| rater.severity == Some(0.0)), "{found:?}");
}

#[test]
fn nothing_shared_is_undefined_and_never_a_number() {
    for matrix in [
        votes("tv24_single_rater_only", 4, usize::MAX),
        Matrix::new(4, 0, Vec::new()).unwrap(),
        Matrix::new(4, 3, vec![vec![None; 3]]).unwrap(),
    ] {
        let found = Agreement::of(&matrix);
        for value in [
            found.percent_agreement,
            found.all_equal,
            found.fleiss_kappa,
            found.gwet_ac1,
            found.gwet_ac2_linear,
            found.alpha_nominal,
            found.alpha_ordinal,
            found.alpha_interval,
            found.brennan_prediger,
            found.light_kappa_linear,
        ] {
            assert_eq!(value, None, "{found:?}");
        }
        assert!(found.raters.iter().all(|rater| rater.severity.is_none() && rater.bias.is_none()));
    }
}

#[test]
fn a_matrix_that_does_not_fit_is_refused() {
    assert!(Matrix::new(1, 1, Vec::new()).is_err());
    assert!(Matrix::new(4, 2, vec![vec![Some(1)]]).is_err());
    assert!(Matrix::new(4, 1, vec![vec![Some(5)]]).is_err());
    assert!(Matrix::new(4, 1, vec![vec![Some(0)]]).is_err());
}

/// The state column of the merge table, which is about what a panel must do, not about one merge rule.
fn state(merged: &Merged) -> &'static str {
    let unanimous = merged.strictest == merged.most_lenient;
    match merged.n_valid {
        0 => "no_votes",
        _ if !merged.quorum => "below_quorum",
        _ if merged.split || merged.pass_line_split || merged.spread >= 2 => "must_discuss",
        _ if unanimous => "unanimous",
        _ => "majority",
    }
}

#[test]
fn merges_come_out_as_in_the_table() {
    let rule = MergeRule { method: MergeMethod::Median, quorum: 3, source: Source::own_default() };
    let letter = |grade: Option<Grade>| grade.map_or(String::new(), |grade| grade.to_string());
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let rows = records("tv20_merge_expected");
    assert_eq!(rows.len(), 16);
    for row in rows {
        let grades: Vec<Grade> = row[2].chars().map(|letter| letter.to_string().parse().unwrap()).collect();
        let merged = merge(&grades, rule.method, rule.quorum);
        assert_eq!(merged.n_valid.to_string(), row[1], "{row:?}");
        assert_eq!(letter(merged.majority), row[3], "{row:?}");
        assert_eq!(letter(merged.medians.map(|medians| medians.0)), row[4], "{row:?}");
        assert_eq!(letter(merged.medians.map(|medians| medians.1)), row[5], "{row:?}");
        assert_eq!(letter(merged.strictest), row[6], "{row:?}");
        assert_eq!(state(&merged), row[11], "{row:?}");
        assert_eq!(merged.votes_to_flip.map_or(String::new(), |n| n.to_string()), row[12], "{row:?}");
        if !grades.is_empty() {
            assert_eq!(merged.spread.to_string(), row[7], "{row:?}");
            assert_eq!(yes(merged.pass_line_split), row[8], "{row:?}");
            assert_eq!(yes(merged.strictest == merged.most_lenient), row[9], "{row:?}");
            assert_eq!(yes(merged.split), row[10], "{row:?}");
        }
    }
}
