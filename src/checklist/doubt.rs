//! What is seldom meant: two checks in one point, one point asked twice, one source at two levels. Each is a guess, so it
//! warns and can be silenced by the point's `accept`.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use crate::{
    checklist::{document::Document, table::TableReader},
    domain::{
        checklist::{Area, Clause, Point, doubt::Doubt},
        terms::{
            id::{ClauseId, PointId},
            lang::Text,
            source::{Source, SourceKind},
        },
    },
};

/// What joins two checks: 、 和 及 ；
const JOINTS: [char; 4] = ['、', '和', '及', '；'];
/// Words that say what is done or must be so. A part of a text that holds one of them can be checked by itself.
const PREDICATES: [&str; 36] = [
    "有效",
    "齐全",
    "完整",
    "完好",
    "合格",
    "准确",
    "及时",
    "规范",
    "一致",
    "相符",
    "到位",
    "在位",
    "在岗",
    "在期",
    "登记",
    "签名",
    "签字",
    "公示",
    "公开",
    "上报",
    "整改",
    "处置",
    "培训",
    "考核",
    "核对",
    "配备",
    "设有",
    "建立",
    "开展",
    "落实",
    "知晓",
    "掌握",
    "标明",
    "没有",
    "能说出",
    "能够",
];
/// Two texts that share so many of their pairs of characters (in hundredths, Dice) ask the same.
const SAME: usize = 85;

/// Where a point stands.
pub(super) struct PlacedPoint {
    /// The point.
    pub(super) id: PointId,
    /// Its text.
    pub(super) at: Range<usize>,
    /// Doubts about it that its author has looked at.
    pub(super) accepted: Vec<Doubt>,
}

/// Where the points of each clause stand.
pub(super) type PointsAt = HashMap<ClauseId, Vec<PlacedPoint>>;

/// Warns of a point that seems to ask two things.
pub(super) fn check_one(reader: &TableReader<'_>, text: &Text, accepted: &[Doubt]) {
    if accepted.contains(&Doubt::TwoChecks) || !asks_two(&text.zh) {
        return;
    }
    let what = Text::new("这个要点像是两项检查", "this point seems to be two checks");
    reader.document().warn(
        &reader.span_of("text"),
        what,
        Some(way_out(Doubt::TwoChecks, "拆成两点", "split it")),
    );
}

fn way_out(doubt: Doubt, zh: &str, en: &str) -> Text {
    let key = doubt.key();
    Text::new(
        format!("{zh}；确实只是一项就写 accept = [\"{key}\"]"),
        format!("{en}; if it is meant so, write accept = [\"{key}\"]"),
    )
}

/// Whether two parts, one a joint apart, each say what must be so.
fn asks_two(text: &str) -> bool {
    let says = |part: &&str| PREDICATES.iter().any(|word| part.contains(word));
    text.split(JOINTS).filter(says).nth(1).is_some()
}

/// A point with where it is told.
struct Asked<'a> {
    clause: &'a Clause,
    point: &'a Point,
    document: &'a Document<'a>,
    place: &'a PlacedPoint,
}

impl Asked<'_> {
    fn warn(&self, doubt: Doubt, what: Text, way_out: Text) {
        if !self.place.accepted.contains(&doubt) {
            self.document.warn(&self.place.at, what, Some(way_out));
        }
    }

    fn name(&self) -> String {
        format!("{}.{}", self.clause.id, self.point.id)
    }
}

/// Warns of points of these areas that ask the same, and of sources that stand behind two levels.
pub(super) fn check_all<'a>(picked: &'a [Area], files: &[(&'a Document<'a>, &'a PointsAt)]) {
    let place = |clause: &'a Clause, point: &'a Point| {
        files.iter().find_map(|(document, points)| {
            let place = points.get(&clause.id)?.iter().find(|place| place.id == point.id)?;
            Some(Asked { clause, point, document, place })
        })
    };
    let clauses = picked.iter().flat_map(|area| &area.clauses);
    let asked: Vec<Asked<'_>> =
        clauses.flat_map(|clause| clause.points.iter().filter_map(|it| place(clause, it))).collect();
    check_levels(&asked);
    check_twice(&asked);
}

/// A source that names one sentence: a fact of a document, an article of a law. Standards and our own judgement cover more.
fn names_a_sentence(source: &Source) -> bool {
    match source.kind() {
        SourceKind::Seed => source.as_str().contains("·F"),
        SourceKind::Law => source.as_str().contains('第'),
        _ => false,
    }
}

fn check_levels(asked: &[Asked<'_>]) {
    let mut lowest: BTreeMap<&Source, &Asked<'_>> = BTreeMap::new();
    let named = || asked.iter().filter(|it| names_a_sentence(&it.point.source));
    for it in named() {
        let kept = lowest.entry(&it.point.source).or_insert(it);
        if it.point.level < kept.point.level {
            *kept = it;
        }
    }
    for it in named() {
        let Some(other) = lowest.get(&it.point.source) else { continue };
        if it.point.level > other.point.level {
            let (level, lower, name) = (it.point.level, other.point.level, other.name());
            let what = Text::new(
                format!("同一来源在这里是 {level} 级，在 {name} 是 {lower} 级"),
                format!("the same source is level {level} here and level {lower} at {name}"),
            );
            it.warn(Doubt::LevelClash, what, way_out(Doubt::LevelClash, "改成同一级", "use one level"));
        }
    }
}

/// Pairs of characters of a text, punctuation left out.
fn pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.iter().copied().zip(letters.iter().copied().skip(1)).collect()
}

/// Each point is held against those before it that share pairs of characters with it: found by an index, so that the cost
/// grows with what is shared and not with the square of the points.
fn check_twice(asked: &[Asked<'_>]) {
    let texts: Vec<HashSet<(char, char)>> = asked.iter().map(|it| pairs(&it.point.text.zh)).collect();
    let mut holders: HashMap<(char, char), Vec<usize>> = HashMap::new();
    for (index, (it, text)) in asked.iter().zip(&texts).enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in text {
            let before = holders.entry(*pair).or_default();
            for other in before.iter() {
                *shared.entry(*other).or_default() += 1;
            }
            before.push(index);
        }
        let is_same = |(other, n): &(usize, usize)| {
            let sum = text.len() + texts.get(*other).map_or(0, HashSet::len);
            n * 200 >= SAME * sum
        };
        let Some(other) = shared.into_iter().find(is_same).and_then(|(other, _)| asked.get(other)) else {
            continue;
        };
        let name = other.name();
        let what = Text::new(
            format!("这个要点与 {name} 问的是同一件事"),
            format!("this point asks what {name} asks"),
        );
        it.warn(
            Doubt::Twice,
            what,
            way_out(Doubt::Twice, "只问一次，另一处在提示里写“见某条”", "ask once and refer to it"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_checks_are_two_parts_that_can_each_be_so_or_not() {
        for two in ["制度齐全、记录完整", "转运设备完好和急救药品在期", "按规定登记；及时上报"]
        {
            assert!(asks_two(two), "{two}");
        }
        for one in ["有处方、病历和登记", "急救药品齐全", "抽查处方，合格", "麻醉和一类精神药品账物相符"]
        {
            assert!(!asks_two(one), "{one}");
        }
    }

    #[test]
    fn what_names_one_sentence_is_held_to_one_level() {
        let names = |mark: &str| names_a_sentence(&Source::parse(mark).unwrap());
        assert!(names("seed S1·F48") && names("law 药品管理法 第55条"));
        assert!(!names("default") && !names("standard GB 15982（未复核）") && !names("law 药品管理法"));
    }
}
