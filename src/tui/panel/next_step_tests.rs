//! Whose laptop must see the shared file next: the rule over whole visits, its words, and where the panel shows it.

use crate::{
    domain::{
        edit::{Edit, Stamp, lineage::Branch},
        ending::next_step::{Known, NextStep, ShutBallot, Why},
        terms::{digest::Digest, id::MemberName, lang::Lang},
        visit::{Identity, Visit},
    },
    tui::{
        desk::effect::Msg,
        drive::{model::Model, update::update},
        fixture::{
            MEMBERS, after, commit, final_visit, fresh_visit,
            laptops::{SECOND, fold, name},
            late_visit, opened, partly_sealed_visit, scored_visit, sealed_visit, snapshot, told,
        },
        snapshot_tests::shows,
        widget::text::{width, wrap},
    },
    words::next_step::{next_step, next_step_in_short},
};

/// A visit in which the lead has compared all codes.
fn admitted(visit: Visit) -> Visit {
    admitted_of(visit, &[0, 1, 2, 3, 4])
}

/// A visit in which the lead has compared the codes of these.
fn admitted_of(mut visit: Visit, members: &[usize]) -> Visit {
    for member in members {
        let state = visit.members.iter_mut().find(|state| state.member.name == name(*member));
        state.unwrap().identity = Identity::Admitted;
    }
    visit
}

const RECORD: Digest = Digest([9; 32]);

fn known(own: &Option<MemberName>) -> Known<'_> {
    Known { own: own.as_ref(), n_pending: 0, has_delivered: true, shut: &[], n_undecided: 0, record: &RECORD }
}

/// Who by roster place, and why.
fn told_of(visit: &Visit, known: Known<'_>) -> (Vec<usize>, &'static str) {
    let step = NextStep::of(visit, known);
    let place = |name: &MemberName| MEMBERS.iter().position(|it| *it == name.as_str()).unwrap();
    (step.who.iter().map(place).collect(), step.why.key())
}

/// A ballot of which so many shares are missing, that these may give.
fn shut(of: usize, n_missing: usize, givers: &[usize]) -> ShutBallot {
    let givers = givers.iter().map(|it| name(*it)).collect();
    ShutBallot { of: name(of), need: Some(3), lacks_records: false, n_missing, givers }
}

fn signed(mut visit: Visit, members: &[usize]) -> Visit {
    for member in members {
        visit.apply_own(&name(*member), &stamp(*member), &Edit::Sign { record: RECORD, on: None });
    }
    visit
}

fn stamp(member: usize) -> Stamp {
    Stamp {
        feed: format!("feed-{member}").as_str().into(),
        n: 9,
        commit: None,
        index: 0,
        seen: Default::default(),
        branch: Branch::default(),
        saw: Default::default(),
    }
}

#[test]
fn before_the_closing_those_who_have_not_sealed_and_then_the_lead() {
    let nobody = None;
    assert_eq!(told_of(&fresh_visit(), known(&nobody)), (vec![0], "admit"), "else nobody holds a share");
    let open = told_of(&admitted(fresh_visit()), known(&nobody));
    assert_eq!(open, (vec![1, 2, 3, 4, 0], "seal"), "the lead goes last, and closes at once");
    assert_eq!(told_of(&admitted(partly_sealed_visit(3)), known(&nobody)), (vec![3, 4], "seal"));
    assert_eq!(told_of(&admitted(sealed_visit()), known(&nobody)), (vec![0], "close"));
}

#[test]
fn two_laptops_that_claim_one_name_wait_for_the_lead_before_anybody_scores_under_it() {
    let join = || vec![Edit::Join { name: name(1), expert: None }];
    let both = fold(None, vec![commit(1, 1, join()), commit(SECOND, 1, join())]);
    let step = NextStep::of(&both, known(&Some(name(0))));
    assert_eq!((step.who, step.why), (vec![name(0)], Why::Admit(vec![name(1)])));
}

#[test]
fn all_join_before_the_lead_admits_all_at_once_and_nobody_is_waited_for_for_ever() {
    let join = |member: usize| commit(member, 1, vec![Edit::Join { name: name(member), expert: None }]);
    let two = || fold(None, vec![join(1), join(2)]);
    let (member, lead) = (Some(name(1)), Some(name(0)));
    assert_eq!(told_of(&two(), known(&member)), (vec![3, 4], "join"));
    assert_eq!(
        told_of(&two(), known(&lead)),
        (vec![0], "admit"),
        "who has the file at hand admits whom it can"
    );
    assert_eq!(told_of(&admitted_of(two(), &[0, 1, 2]), known(&lead)), (vec![3, 4], "join"));
    let mut sealed = admitted_of(two(), &[0, 1, 2]);
    sealed.apply_own(&name(1), &stamp(1), &Edit::Submit { tips: Default::default() });
    assert_eq!(
        told_of(&sealed, known(&member)),
        (vec![2, 3, 4, 0], "seal"),
        "who has not come is not waited for"
    );
}

#[test]
fn after_the_closing_shares_verdicts_signatures_and_the_end() {
    let nobody = None;
    let ballots = [shut(2, 1, &[1, 2]), shut(3, 2, &[1])];
    let opening = Known { shut: &ballots, n_undecided: 4, ..known(&nobody) };
    assert_eq!(told_of(&scored_visit(), opening), (vec![1, 2, 3], "open"));
    for (n_missing, who) in [(2, vec![1, 2, 3, 0]), (1, vec![0, 1, 2, 3])] {
        let ballots = [shut(2, n_missing, &[0, 1]), shut(3, n_missing, &[0, 1])];
        let opening = Known { shut: &ballots, ..opening };
        assert_eq!(told_of(&scored_visit(), opening), (who, "open"), "the lead goes on with the verdicts");
    }
    let alone = [shut(2, 2, &[0, 1])];
    let opening = Known { shut: &alone, ..opening };
    assert_eq!(told_of(&scored_visit(), opening), (vec![2, 1, 0], "open"), "the own laptop opens it alone");
    let late = Known { n_undecided: 4, ..known(&nobody) };
    assert_eq!(told_of(&late_visit(), late), (vec![0], "late"), "before it is decided without them");
    let deciding = Known { n_undecided: 4, ..known(&nobody) };
    assert_eq!(told_of(&scored_visit(), deciding), (vec![0], "decide"));
    let visit = signed(scored_visit(), &[0, 2]);
    assert_eq!(told_of(&visit, known(&nobody)), (vec![1, 3, 4], "sign"));
    let another = Known { record: &Digest([8; 32]), ..known(&nobody) };
    assert_eq!(told_of(&visit, another).0, [1, 2, 3, 4, 0], "another record wants new signatures");
    let all = [0, 1, 2, 3, 4];
    assert_eq!(told_of(&signed(scored_visit(), &all), known(&nobody)), (vec![0], "finalize"));
    assert_eq!(told_of(&signed(final_visit(), &all[1..]), deciding), (vec![0], "sign"));
    assert_eq!(told_of(&signed(final_visit(), &all), deciding), (Vec::new(), "nothing"));
}

#[test]
fn who_is_not_asked_brings_first_what_is_only_here() {
    let own = Some(name(1));
    let pending = Known { n_pending: 2, ..known(&own) };
    assert_eq!(
        told_of(&admitted(sealed_visit()), pending),
        (vec![1], "sync"),
        "the lead may wait for just that"
    );
    assert_eq!(
        told_of(&admitted(fresh_visit()), pending).1,
        "seal",
        "one who scores on is waited for anyway"
    );
    assert_eq!(told_of(&admitted(sealed_visit()), known(&own)), (vec![0], "close"));
    assert_eq!(told_of(&fresh_visit(), pending).1, "admit", "votes alone are worth no visit of the file");
    let joined = Known { has_delivered: false, ..pending };
    assert_eq!(told_of(&fresh_visit(), joined).1, "sync", "nobody has heard of this laptop yet");
}

#[test]
fn the_step_is_one_sentence_that_speaks_to_its_reader() {
    let say = |who: &[usize], why: Why, own: usize, lang: Lang| {
        let step = NextStep { who: who.iter().map(|it| name(*it)).collect(), why };
        next_step(&step, Some(&name(own)), lang)
    };
    let lead = || vec![name(0)];
    assert_eq!(
        say(&[1, 2], Why::Join(lead()), 0, Lang::Zh),
        "下一步：钱立、孙悦 打开共享文件加入，都加入后您一起核准（不来的不必等）"
    );
    assert_eq!(
        say(&[1, 2], Why::Seal(lead()), 2, Lang::Zh),
        "下一步：您、钱立 提交并同步（还没有封存，或封存没有到本机），然后 赵敏 结束评分"
    );
    assert_eq!(
        say(&[0], Why::Seal(lead()), 0, Lang::Zh),
        "下一步：您提交并同步（还没有封存，或封存没有到本机），随即结束评分"
    );
    assert_eq!(
        say(&[1, 0], Why::Sign(vec![name(0), name(1)]), 2, Lang::En),
        "Next: 钱立, 赵敏 to sign and sync (say first why you differ; wait for nobody who does not come), 赵敏 last, to make it final at once (钱立 can as well)"
    );
    assert_eq!(
        say(&[1, 0], Why::Seal(lead()), 0, Lang::Zh),
        "下一步：钱立、您提交并同步（还没有封存，或封存没有到本机），您最后并随即结束评分"
    );
    assert_eq!(say(&[3], Why::Sign(Vec::new()), 3, Lang::Zh), "下一步：您签字并同步");
    assert_eq!(say(&[0], Why::Close, 0, Lang::Zh), "下一步：您同步后结束评分（评分包都已封存）");
    assert_eq!(say(&[0, 1], Why::Close, 1, Lang::Zh), "下一步：您或赵敏 同步后结束评分（评分包都已封存）");
    assert_eq!(
        say(&[0], Why::Decide(1), 2, Lang::En),
        "Next: 赵敏 to decide 1 clause or gate (disputed ones: vote in the clear)"
    );
    let alike = || vec![shut(2, 1, &[1, 4]), shut(3, 1, &[1, 4])];
    assert_eq!(
        say(&[], Why::Open(alike(), Vec::new()), 4, Lang::Zh),
        "下一步：再有 1 台电脑同步（您、钱立 中任意），打开 孙悦、李阳 的评分（须 3 席）"
    );
    let more = [alike(), vec![shut(1, 2, &[4, 3])]].concat();
    assert_eq!(
        say(&[], Why::Open(more, Vec::new()), 0, Lang::En),
        "Next: 1 laptop more to sync, any of 钱立, 周宁, to open the ballots of 孙悦, 李阳 (3 seats open them); 1 more ballot is shut"
    );
    let with_lead = || vec![shut(2, 2, &[0, 1, 4]), shut(3, 2, &[0, 1, 4])];
    assert_eq!(
        say(&[], Why::Open(with_lead(), lead()), 2, Lang::Zh),
        "下一步：再有 2 台电脑同步（赵敏、钱立、周宁 中任意，最后插 赵敏），打开 您、李阳 的评分（须 3 席）"
    );
    assert_eq!(
        say(&[], Why::Open(vec![shut(2, 2, &[0, 1, 4])], lead()), 0, Lang::Zh),
        "下一步：孙悦 同步，打开本人的评分；不来的话任意 2 台也可以（您、钱立、周宁 中）"
    );
    assert_eq!(
        say(&[0], Why::Late(vec![name(2)]), 0, Lang::Zh),
        "下一步：您补入 孙悦 迟到的封存，否则不计票"
    );
    let alone = ShutBallot { need: None, ..shut(3, 0, &[]) };
    assert_eq!(
        say(&[3], Why::Open(vec![alone], Vec::new()), 0, Lang::Zh),
        "下一步：李阳 本人同步，评分只有本人的电脑能打开"
    );
    assert_eq!(
        say(&[3], Why::Open(vec![shut(3, 2, &[1])], Vec::new()), 0, Lang::En),
        "Next: 李阳 to sync: only the own laptop opens the ballot",
        "one giver is too few where two shares are missing"
    );
}

#[test]
fn the_longest_step_has_room_above_the_panel_and_in_short_in_one_line() {
    let all = || (1..5).map(|it| shut(it, 2, &[0, 1, 2, 3, 4])).collect();
    let everybody = || (0..5).map(name).collect::<Vec<_>>();
    let chair = || vec![name(0), name(4)];
    for why in [
        Why::Sync,
        Why::Join(chair()),
        Why::Admit(everybody()),
        Why::Seal(chair()),
        Why::Close,
        Why::Open(all(), chair()),
        Why::Late(everybody()),
        Why::Decide(66),
        Why::Sign(chair()),
        Why::Finalize,
    ] {
        let who = if matches!(why, Why::Close | Why::Finalize) { chair() } else { everybody() };
        let step = NextStep { who, why };
        for lang in [Lang::Zh, Lang::En] {
            let lines = wrap(&next_step(&step, None, lang), 78);
            assert!(lines.len() <= 3 && lines.iter().all(|line| width(line) <= 78), "{lines:?}");
            for own in [None, Some(name(4))] {
                let line = next_step_in_short(&step, own.as_ref(), lang);
                assert!(width(&line) <= 79, "{} {line}", width(&line));
            }
        }
    }
}

#[test]
fn the_panel_shows_the_step_and_the_seals_that_came_late() {
    let at_panel = |visit, member| after(opened(visit, member), "<F6>");
    shows(
        at_panel(admitted(sealed_visit()), 1),
        "\n 下一步：赵敏 同步后结束评分（评分包都已封存）\n",
        "\n Next: 赵敏 to sync and close scoring (all ballots are sealed)\n",
    );
    shows(
        at_panel(late_visit(), 0),
        "\n 迟到的封存：周宁（组长按 Ctrl-e 补入，否则不计票）\n",
        "\n Sealed after the closing: 周宁 (the lead counts them with Ctrl-e, or they do not count)\n",
    );
    shows(
        at_panel(late_visit(), 0),
        "\n   周宁         信息管理           迟到，未补入 (身份未核对)\n",
        " Information mana.. sealed late, not added (not verified)\n",
    );
    let mut opening = snapshot(scored_visit(), 1);
    opening.shut = vec![shut(2, 1, &[1, 4])];
    let mut model: Model = told(after(opened(scored_visit(), 1), "<F6>"), Msg::Reloaded(Ok(opening)));
    shows(
        &mut model,
        "\n 下一步：再有 1 台电脑同步（您、周宁 中任意），打开 孙悦 的评分（须 3 席）\n",
        "\n Next: 1 laptop more to sync, any of you, 周宁, to open the ballots of 孙悦 (3 seats open them)\n",
    );
    update(&mut model, Msg::Reloaded(Ok(snapshot(scored_visit(), 1))));
    shows(&mut model, "\n 下一步：赵敏 作结论，未定 5 项", "\n Next: 赵敏 to decide 5 clauses and gates ");
}
