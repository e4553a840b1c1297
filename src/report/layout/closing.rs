//! What the facility and the members say at the end, in a report: objections, minority opinions, signatures.

use crate::domain::{
    edit::dissent::Cause,
    ending::signature::Signature,
    terms::{date::Date, field::Field},
};

/// An objection of the facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionLine {
    /// The clause; `None` = the whole report.
    pub clause: Option<String>,
    /// Who objected; may be empty.
    pub by: String,
    /// What was objected to.
    pub text: String,
    /// The panel's answer; empty = not answered.
    pub answer: String,
    /// The day it was raised; `None` = not said.
    pub on: Option<Date>,
    /// Whether that is after the term.
    pub late: bool,
}

/// What a member says about a vote that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DissentLine {
    /// The clause.
    pub clause: String,
    /// Who; `None` when names are off and it is no minority opinion.
    pub member: Option<String>,
    /// Why; `None` = not said.
    pub cause: Option<Cause>,
    /// In the member's words.
    pub text: String,
    /// Whether it is a minority opinion.
    pub minority: bool,
    /// The day it was said; `None` = not said.
    pub on: Option<Date>,
}

/// The record that members sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// Its digest, hexadecimal.
    pub record: String,
    /// What of it is read out and compared, as the screens show it.
    pub code: String,
    /// The members who vote, in roster order.
    pub signatures: Vec<SignatureLine>,
}

/// One member's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// Name.
    pub name: String,
    /// Field.
    pub field: Field,
    /// How the member stands to the record.
    pub signed: Signature,
    /// The day this record was signed; `None` = not signed, or not said.
    pub on: Option<Date>,
}
