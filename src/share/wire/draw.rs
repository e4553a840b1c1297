//! A draw record as JSON: in the founding edit under `draw`, and by itself as the file of `hecha pool draw --out`.
//!
//! Keys are described in `docs/SHARED-FILE.md`. Everything is bounded and cleaned on the way in; whether the record holds
//! is the domain's question.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        pool::{
            POOL_LIMIT, Person, Rank,
            draw::{
                DrawRecord, DrawRequest, Eligible, Exclusion, FIRST_ALGORITHM, Ground, MOST_SEATS,
                N_SUBSTITUTES, Seat, Substitutes,
            },
        },
        terms::{clean::clean_line, date::Date, digest::Digest, field::Field},
    },
    share::{code::json::Json, wire::value::line},
};

/// Most units left out of a request, and grounds of one expert.
const COUNT_LIMIT: usize = 200;
/// Most recusals given for a draw: those who sit elsewhere that day are among them.
pub const RECUSAL_LIMIT: usize = 1_000;
/// Most rows of grounds against experts: a few each.
const EXCLUSION_LIMIT: usize = 2 * POOL_LIMIT;

/// A record as JSON.
#[must_use]
pub fn draw_json(record: &DrawRecord) -> Value {
    let request = &record.request;
    let mut json = json!({
        "algorithm": record.algorithm,
        "facility": request.facility,
        "alliance": request.alliance,
        "seed": request.seed,
        "size": request.size,
        "min": request.min,
        "odd": request.odd,
        "fields": keys(&request.fields),
        "least_title": request.least.map(Rank::key),
        "left_out": request.left_out,
        "recusals": request.recusals.iter().map(exclusion_json).collect::<Vec<_>>(),
        "allowed": request.allowed.iter().map(|ground| ground.key()).collect::<Vec<_>>(),
        "drawn_on": request.drawn_on.to_string(),
        "n_pool": record.n_pool,
        "pool_sha256": record.pool_digest.to_hex(),
        "eligible": record.eligible.iter().map(eligible_json).collect::<Vec<_>>(),
        "excluded": record.excluded.iter().map(exclusion_json).collect::<Vec<_>>(),
        "panel": record.panel.iter().map(seat_json).collect::<Vec<_>>(),
        "substitutes": record.substitutes.iter().map(|it| json!({
            "field": it.field.key(),
            "experts": it.persons.iter().map(|person| Value::from(person_json(person))).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    // The first rules knew neither.
    if let Some(members) = json.as_object_mut().filter(|_| record.algorithm != FIRST_ALGORITHM) {
        members.insert("profile".to_owned(), Value::from(request.profile.as_str()));
        members.insert("visit_on".to_owned(), request.visit_on.map(|day| day.to_string()).into());
    }
    json
}

/// A record from JSON; `None` if it is not well-formed or larger than any draw is.
#[must_use]
pub fn draw_from(json: &Json<'_>) -> Option<DrawRecord> {
    let algorithm = filled(json.text("algorithm")?)?;
    Some(DrawRecord {
        request: request_from(json, algorithm == FIRST_ALGORITHM)?,
        algorithm,
        n_pool: number(json, "n_pool", POOL_LIMIT)?,
        pool_digest: Digest::from_hex(json.text("pool_sha256")?)?,
        eligible: each(json, "eligible", POOL_LIMIT, eligible_from)?,
        excluded: each(json, "excluded", EXCLUSION_LIMIT, exclusion_from)?,
        panel: each(json, "panel", MOST_SEATS, seat_from)?,
        substitutes: each(json, "substitutes", Field::ALL.len(), substitutes_from)?,
    })
}

fn request_from(json: &Json<'_>, is_first: bool) -> Option<DrawRequest> {
    let least = match json.get("least_title")? {
        Json::Null => None,
        title => Some(Rank::parse(title.as_text()?)?),
    };
    let visit_on = match json.get("visit_on") {
        None if is_first => None,
        None => return None,
        Some(Json::Null) => None,
        Some(day) => Some(day.as_text()?.parse::<Date>().ok()?),
    };
    let profile = match json.get("profile") {
        None if is_first => String::new(),
        profile => profile?.as_text().filter(|text| clean_line(text) == *text)?.to_owned(),
    };
    Some(DrawRequest {
        facility: filled(json.text("facility")?)?,
        profile,
        visit_on,
        alliance: clean_line(json.text("alliance")?),
        seed: filled(json.text("seed")?)?,
        size: number(json, "size", MOST_SEATS)?,
        min: number(json, "min", MOST_SEATS)?,
        odd: flag(json, "odd")?,
        fields: fields_from(json)?,
        least,
        left_out: each(json, "left_out", COUNT_LIMIT, |unit| filled(unit.as_text()?))?,
        recusals: each(json, "recusals", RECUSAL_LIMIT, exclusion_from)?,
        allowed: each(json, "allowed", Ground::ALL.len(), |it| Ground::parse(it.as_text()?))?
            .into_iter()
            .collect(),
        drawn_on: json.text("drawn_on")?.parse::<Date>().ok()?,
    })
}

fn person_json(person: &Person) -> Map<String, Value> {
    Map::from_iter([
        ("name".to_owned(), Value::from(person.name.as_str())),
        ("unit".to_owned(), Value::from(person.unit.as_str())),
    ])
}

/// A person's members with others beside them.
fn beside<const N: usize>(person: &Person, others: [(&str, Value); N]) -> Value {
    let mut members = person_json(person);
    members.extend(others.map(|(key, value)| (key.to_owned(), value)));
    members.into()
}

fn person_from(json: &Json<'_>) -> Option<Person> {
    let person = Person { name: filled(json.text("name")?)?, unit: filled(json.text("unit")?)? };
    (person == Person::new(&person.name, &person.unit)).then_some(person)
}

fn eligible_json(it: &Eligible) -> Value {
    let mut json = beside(
        &it.person,
        [
            ("title", Value::from(it.title.as_str())),
            ("fields", keys(&it.fields).into()),
            ("ticket", Value::from(format!("{:016x}", it.ticket))),
        ],
    );
    let Some(members) = json.as_object_mut() else { return json };
    if !it.exception.is_empty() {
        members.insert("exception".to_owned(), Value::from(it.exception.as_str()));
    }
    if !it.allowed.is_empty() {
        let allowed = it.allowed.iter();
        let allowed = allowed.map(|(ground, reason)| json!({"kind": ground.key(), "reason": reason}));
        members.insert("allowed".to_owned(), allowed.collect());
    }
    json
}

fn eligible_from(json: &Json<'_>) -> Option<Eligible> {
    let ticket = json.text("ticket")?;
    let is_ticket = ticket.len() == 16 && ticket.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let exception = json.get("exception").map_or(Some(String::new()), |it| filled(it.as_text()?))?;
    let allowed = |it: &Json<'_>| Some((Ground::parse(it.text("kind")?)?, clean_line(it.text("reason")?)));
    Some(Eligible {
        person: person_from(json)?,
        title: line(json.get("title")?)?,
        fields: fields_from(json).filter(|fields| !fields.is_empty())?,
        exception,
        allowed: match json.get("allowed") {
            None => Vec::new(),
            Some(_) => each(json, "allowed", COUNT_LIMIT, allowed)?,
        },
        ticket: is_ticket.then(|| u64::from_str_radix(ticket, 16).ok())??,
    })
}

fn exclusion_json(it: &Exclusion) -> Value {
    beside(&it.person, [("kind", Value::from(it.ground.key())), ("reason", Value::from(it.reason.as_str()))])
}

fn exclusion_from(json: &Json<'_>) -> Option<Exclusion> {
    Some(Exclusion {
        person: person_from(json)?,
        ground: Ground::parse(json.text("kind")?)?,
        reason: clean_line(json.text("reason")?),
    })
}

fn seat_json(seat: &Seat) -> Value {
    beside(
        &seat.person,
        [
            ("title", Value::from(seat.title.as_str())),
            ("field", Value::from(seat.field.key())),
            ("required", Value::from(seat.required)),
        ],
    )
}

fn seat_from(json: &Json<'_>) -> Option<Seat> {
    Some(Seat {
        person: person_from(json)?,
        title: line(json.get("title")?)?,
        field: Field::parse(json.text("field")?)?,
        required: flag(json, "required")?,
    })
}

fn substitutes_from(json: &Json<'_>) -> Option<Substitutes> {
    Some(Substitutes {
        field: Field::parse(json.text("field")?)?,
        persons: each(json, "experts", N_SUBSTITUTES, person_from)?,
    })
}

fn keys(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.key()).collect()
}

/// Distinct fields.
fn fields_from(json: &Json<'_>) -> Option<Vec<Field>> {
    let fields = each(json, "fields", Field::ALL.len(), |field| Field::parse(field.as_text()?))?;
    let is_twice = fields.iter().enumerate().any(|(at, field)| fields.iter().take(at).any(|it| it == field));
    (!is_twice).then_some(fields)
}

/// One line of text that is there and clean as it stands.
fn filled(text: &str) -> Option<String> {
    (!text.is_empty() && clean_line(text) == text).then(|| text.to_owned())
}

fn flag(json: &Json<'_>, key: &str) -> Option<bool> {
    match json.get(key)? {
        Json::Bool(flag) => Some(*flag),
        _ => None,
    }
}

fn number(json: &Json<'_>, key: &str, most: usize) -> Option<usize> {
    usize::try_from(json.count(key)?).ok().filter(|n| *n <= most)
}

/// The members of a list that is no longer than `most`.
fn each<T>(json: &Json<'_>, key: &str, most: usize, read: impl Fn(&Json<'_>) -> Option<T>) -> Option<Vec<T>> {
    let list = json.list(key)?;
    (list.len() <= most).then_some(())?;
    list.iter().map(read).collect()
}
