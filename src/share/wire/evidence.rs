//! What is attached to a clause, as JSON. The name is cleaned on the way in and is never used as a path.

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::evidence::{EVIDENCE_LIMIT, EvidenceItem, MediaType, clean_file_name},
        terms::{digest::Digest, id::PointId},
    },
    share::{
        code::{
            base64::{decode_array, encode},
            json::Json,
        },
        wire::value::{id, line, optional},
    },
};

/// An item as JSON.
pub(crate) fn evidence_json(item: &EvidenceItem) -> Value {
    json!({
        "z": encode(&item.sealed.0), "name": item.name, "size": item.size, "type": item.media.key(),
        "cap": item.caption.as_str(), "p": item.point.as_ref().map(PointId::as_str),
    })
}

/// An item from JSON; `None` if it is not one. A type that a newer program knows is another file here.
pub(crate) fn evidence_from(json: &Json<'_>) -> Option<EvidenceItem> {
    Some(EvidenceItem {
        name: clean_file_name(json.text("name")?),
        caption: line(json.get("cap")?)?,
        point: optional(json.get("p"), |p| Some(PointId::new(id(p.as_text()?)?)))?,
        size: json.count("size").filter(|size| *size <= EVIDENCE_LIMIT)?,
        media: MediaType::parse(json.text("type")?).unwrap_or(MediaType::Other),
        sealed: Digest(decode_array(json.text("z")?)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::edit::Edit,
        share::wire::{Extra, decode_edit, encode_edit},
    };

    fn item(name: &str) -> EvidenceItem {
        EvidenceItem {
            name: name.to_owned(),
            caption: "抢救车".parse().unwrap(),
            point: Some("C1".into()),
            size: 5,
            media: MediaType::Png,
            sealed: Digest([9; 32]),
        }
    }

    fn read(edit: &Edit) -> Edit {
        let text = encode_edit(edit, Extra::None).to_string();
        decode_edit(&Json::parse(&text).unwrap())
    }

    #[test]
    fn an_item_reads_back_and_a_hostile_name_arrives_clean() {
        let edit = |value| Edit::Evidence { clause: "EM-01".into(), digest: Digest([7; 32]), value };
        assert_eq!(read(&edit(Some(item("a.png")))), edit(Some(item("a.png"))));
        assert_eq!(read(&edit(None)), edit(None));
        assert_eq!(read(&edit(Some(item("../../\u{1b}[2Jx.png")))), edit(Some(item("x.png"))));
        let huge = EvidenceItem { size: EVIDENCE_LIMIT + 1, ..item("a") };
        assert!(matches!(read(&edit(Some(huge))), Edit::Unknown { .. }));
    }
}
