//! The points of a clause, one question each.

use crate::{
    app::{ballot::import_votes::VoteRequest, deed::Deed},
    domain::{
        checklist::{Clause, ItemList, Measure, Phase, Point},
        edit::finding::Finding,
        terms::lang::Lang,
    },
    plain::{
        sitting::{Onward, Sitting},
        talk::{Stop, Typed},
        words as say,
    },
    words::{self, finding, label, measure},
};

impl Sitting<'_> {
    /// Asks the points from the first that is not answered on; where to go then, `None` = there is no vote for the clause yet.
    pub(crate) fn points(&mut self, clause: &Clause) -> Result<Option<Onward>, Stop> {
        if clause.points.is_empty() {
            self.talk.say(say::no_points(self.lang()))?;
            return Ok(None);
        }
        let open = clause.points.iter().position(|point| self.finding(clause, point).is_none());
        let mut at = open.unwrap_or(0);
        while let Some(point) = clause.points.get(at) {
            match self.point(clause, point, at + 1) {
                Ok(Onward::Next) => at += 1,
                Ok(Onward::Previous) => at = at.saturating_sub(1),
                Ok(elsewhere @ Onward::To(_)) => return Ok(Some(elsewhere)),
                Err(Stop::Back) => return Ok(None),
                Err(Stop::Leave) => return Err(Stop::Leave),
            }
        }
        self.say_vote(clause)?;
        Ok(self.vote_of(clause).filter(|vote| vote.is_scored()).map(|_| Onward::Next))
    }

    fn point(&mut self, clause: &Clause, point: &Point, nth: usize) -> Result<Onward, Stop> {
        loop {
            let question = self.point_question(clause, point, nth);
            let help = format!("{}\n{}", how_answered(point, self.lang()), say::point_help(self.lang()));
            let typed = self.talk.ask(&question, &help)?;
            match self.elsewhere(&typed)? {
                // A thing of a list may be called as a clause is.
                Some(Onward::To(_)) if point.measure.list().is_some() => {}
                Some(onward) => return Ok(onward),
                None => {}
            }
            if self.aside(&typed)? {
                continue;
            }
            if self.answer(clause, point, &typed)? {
                return Ok(Onward::Next);
            }
        }
    }

    /// Takes an answer to a point; whether it is recorded.
    fn answer(&mut self, clause: &Clause, point: &Point, typed: &Typed) -> Result<bool, Stop> {
        let Some(list) = self.list_of(point) else { return self.found(clause, point, &typed.text) };
        if typed.is(&["逐项", "逐", "each"]) {
            return match self.items(clause, point, &list) {
                Err(Stop::Back) => Ok(false),
                other => other,
            };
        }
        if typed.is(&["全好", "全部正常", "好", "全有", "全", "all", "all good", "good"]) {
            let all = list.items.iter().map(|item| match point.measure {
                Measure::Inventory { .. } => format!("{}:ok", item.id),
                _ => item.id.to_string(),
            });
            return self.found(clause, point, &all.collect::<Vec<_>>().join(","));
        }
        if matches!(point.measure, Measure::Count { .. }) && (typed.is_none() || typed.is(&["0"])) {
            return self.found(clause, point, "");
        }
        self.found(clause, point, &typed.text)
    }

    /// Records a finding as it is typed, and says what was recorded.
    pub(crate) fn found(&mut self, clause: &Clause, point: &Point, typed: &str) -> Result<bool, Stop> {
        let request = VoteRequest {
            clause: clause.id.to_string(),
            points: vec![(point.id.to_string(), typed.to_owned())],
            ..VoteRequest::default()
        };
        match self.session.perform(Deed::Score(request)) {
            Ok(_) => {}
            // What does not fit the point is said in a sentence; everything else in full.
            Err(failure) if !failure.details.is_empty() => {
                failure.details.iter().try_for_each(|told| self.talk.tell(told))?;
                return Ok(false);
            }
            Err(failure) => {
                self.talk.refuse(&failure)?;
                return Ok(false);
            }
        }
        let told = self.finding_told(clause, point);
        let recorded = self.lang().pick("已记：", "recorded: ");
        self.talk.say(format!("{} {} {recorded}{told}", clause.id, point.id))?;
        Ok(true)
    }

    /// What is recorded for a point, and whether that meets it.
    pub(crate) fn finding_told(&self, clause: &Clause, point: &Point) -> String {
        let lang = self.lang();
        let list = self.list_of(point);
        let Some(found) = self.finding(clause, point) else { return say::not_recorded(lang).to_owned() };
        let told = measure::told(found, list.as_ref(), lang);
        match found {
            Finding::Tick(_) | Finding::NotApplicable => told,
            Finding::Ratio(_) | Finding::Number(_) | Finding::Inventory(_) | Finding::Count(_) => {
                let met = finding::met(found.meets(&point.measure, list.as_ref()), lang);
                format!("{told}{}{met}", lang.pick("，", ", "))
            }
        }
    }

    /// The own finding for a point.
    pub(crate) fn finding(&self, clause: &Clause, point: &Point) -> Option<&Finding> {
        self.me()?.ballot.finding(clause.id.as_str(), point.id.as_str())
    }

    fn list_of(&self, point: &Point) -> Option<ItemList> {
        let list = point.measure.list()?;
        self.session.visit().founding.checklist.list(list.as_str()).cloned()
    }

    /// One line: which point, what it asks, how it is answered, what is recorded.
    fn point_question(&self, clause: &Clause, point: &Point, nth: usize) -> String {
        let lang = self.lang();
        let stop = lang.pick("。", ". ");
        let mut asked = vec![words::requirement(point, lang)];
        if let Measure::Inventory { .. } | Measure::Count { .. } = point.measure {
            let list = self.list_of(point);
            let title = list.as_ref().map(|list| list.title.get(lang)).unwrap_or_default();
            asked.push(format!("{title}{}{}", lang.pick("，", ", "), measure::rule(&point.measure, lang)));
        }
        asked.extend(measure::sample_text(&point.measure, lang));
        if point.phase == Phase::Documents {
            asked.push(label::documents_phase(lang).to_owned());
        }
        if !point.na_when.is_empty() {
            asked.push(format!("{}{}", lang.pick("可不适用：", "may not apply: "), point.na_when.get(lang)));
        }
        if self.finding(clause, point).is_some() {
            let told = self.finding_told(clause, point);
            asked.push(format!("{}{told}", lang.pick("现记：", "recorded: ")));
        }
        asked.push(how_answered(point, lang));
        let asked: Vec<&str> = asked.iter().map(|it| it.trim_end_matches(['。', '.'])).collect();
        let n = clause.points.len();
        let head = match lang {
            Lang::Zh => format!("{} {}（{nth}/{n}）：", clause.id, point.id),
            Lang::En => format!("{} {} ({nth}/{n}): ", clause.id, point.id),
        };
        format!("{head}{}", asked.join(stop))
    }
}

/// How a point is answered.
fn how_answered(point: &Point, lang: Lang) -> String {
    let kind = point.measure.kind();
    let how = match point.measure {
        Measure::Tick => say::yes_or_no(lang).to_owned(),
        Measure::Ratio { .. } | Measure::Number { .. } => measure::typed_as(kind).said(lang),
        Measure::Inventory { .. } => {
            format!(
                "{}{}",
                lang.pick("全好、逐项，或 ", "all (good), each, or "),
                measure::typed_as(kind).said(lang)
            )
        }
        Measure::Count { .. } => {
            format!(
                "{}{}",
                lang.pick("全有、逐项、无，或 ", "all, each, none, or "),
                measure::typed_as(kind).said(lang)
            )
        }
    };
    let na = if point.na_when.is_empty() {
        ""
    } else {
        lang.pick("，不适用写 免", "; na if it does not apply")
    };
    format!("{}{how}{na}", lang.pick("答：", "Answer: "))
}
