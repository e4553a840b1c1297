//! The shape of `hecha agreement --json`; undefined is null.

use serde_json::{Value, json};

use crate::domain::{
    agreement::{Agreement, Divergence, Pair},
    terms::clean::clean_line,
};

/// All statistics, with one name per rater in column order.
#[must_use]
pub fn agreement_json(agreement: &Agreement, names: &[String]) -> Value {
    let members = agreement.raters.iter().zip(names).map(|(rater, name)| {
        json!({
            "name": name,
            "severity": rater.severity,
            "bias": rater.bias,
            "n_shared": rater.n_shared,
            "within_one": rater.within_one,
        })
    });
    let mut value = statistics_json(agreement);
    if let Value::Object(fields) = &mut value {
        fields.insert("members".to_owned(), members.collect());
    }
    value
}

/// Each two raters.
#[must_use]
pub fn pairs_json(pairs: &[Pair], names: &[String]) -> Value {
    let name = |index: usize| names.get(index);
    let pairs = pairs.iter().map(|pair| {
        json!({
            "members": [name(pair.first), name(pair.second)],
            "n": pair.n,
            "kappa": pair.kappa,
            "kappa_linear": pair.kappa_linear,
            "kappa_quadratic": pair.kappa_quadratic,
        })
    });
    pairs.collect()
}

/// The statistics of one area.
#[must_use]
pub fn part_json(id: &str, title: &str, agreement: &Agreement) -> Value {
    let mut value = statistics_json(agreement);
    if let Value::Object(fields) = &mut value {
        fields.insert("id".to_owned(), json!(clean_line(id)));
        fields.insert("title".to_owned(), json!(clean_line(title)));
    }
    value
}

/// The statistics without the members.
#[must_use]
pub fn statistics_json(agreement: &Agreement) -> Value {
    json!({
        "n_units": agreement.n_units,
        "n_pairable": agreement.n_pairable,
        "n_raters": agreement.n_raters,
        "categories": agreement.categories,
        "percent_agreement": agreement.percent_agreement,
        "all_equal": agreement.all_equal,
        "fleiss_kappa": agreement.fleiss_kappa,
        "gwet_ac1": agreement.gwet_ac1,
        "gwet_ac2_quadratic": agreement.gwet_ac2_quadratic,
        "gwet_ac2_linear": agreement.gwet_ac2_linear,
        "gwet_ac2_ordinal": agreement.gwet_ac2_ordinal,
        "alpha_nominal": agreement.alpha_nominal,
        "alpha_ordinal": agreement.alpha_ordinal,
        "alpha_interval": agreement.alpha_interval,
        "brennan_prediger": agreement.brennan_prediger,
        "light_kappa_linear": agreement.light_kappa_linear,
        "divergence": Divergence::of(agreement).map(Divergence::key),
    })
}
