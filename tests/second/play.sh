#!/usr/bin/env bash
# Plays a visit of nine on eleven laptops, by commands, and compares what both programs say at each station.
#   HECHA=program PYTHON=python3 bash tests/second/play.sh FOLDER
set -euo pipefail
second=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
file=visit.hecha

# on LAPTOP COMMAND …: one command on one laptop. What it says is kept for the case that it fails.
on() {
    local home=$1
    shift
    "$HECHA" --home "$home" --lang en "$@" >>log.txt 2>&1 || { echo "failed: $home: $*"; tail -n 20 log.txt; return 1; }
}

# sure COMMAND: `--yes`, for those that ask.
sure() {
    if "$HECHA" "$1" --help 2>/dev/null | grep -q -- --yes; then echo --yes; fi
}

ended() { on "$1" "$2" $(sure "$2") $file "${@:3}"; }

# What the laptop has not read yet it cannot say.
same() { on "$1" sync "$2"; "$PYTHON" "$second/compare.py" "$HECHA" "$@"; }

score() {
    local home=$1 clause=$2 point points=()
    shift 2
    for point; do points+=(--point "$point"); done
    on "$home" score $file "$clause" "${points[@]}"
}

# by_hand COMMAND …: the laptop that says what no program says.
by_hand() { "$PYTHON" "$second/forge.py" guest.json $file "$@"; }

# The lead makes it final, whatever is open.
finalized() {
    local waivers=() matter
    for matter in $("$HECHA" --home lead --lang en finalize --check $file | sed -n '/^Also/q;s/^  \([a-z-]*\) .*/\1/p' | sort -u); do
        waivers+=(--waive "$matter=示例")
    done
    ended lead finalize "${waivers[@]}"
}

join() {
    on "$1" visit join $file --name "$2" "${@:3}"
    admit "$1"
}

admit() {
    local code
    on "$1" sync $file
    on lead sync $file
    code=$("$HECHA" --home "$1" --lang en visit code $file | grep -oE '[0-9A-Z]{4}([- ][0-9A-Z]{4}){2,3}' | head -n 1 | tr -d ' -')
    on lead visit admit $file "${code:0:12}"
    on lead sync $file
}

echo "== founding"
mkdir -p lead apart
cp -r "$second/checklists" lead/
on lead visit create $file --facility 青禾镇中心卫生院 --profile second --stage county --date 2026-11-21 \
    --lead 林若安:医疗:主任医师 --member 陈思齐:医疗机构管理:副研究员 --member 马文博:中医药:副主任中医师 \
    --member 周静怡:医院感染管理:副主任护师 --member 赵一鸣:公共卫生:副主任医师 --member 孙丽:护理:主管护师 \
    --member 钱进:公共卫生:主管药师 --member 郑义:卫生监督:副主任医师 --member 吴为:财务管理:会计师 --recuse 马文博:SE-07:曾在该机构带教
join chen 陈思齐
join ma 马文博
join zhou 周静怡
join zhao 赵一鸣
join sun 孙丽
join qian 钱进
join chen2 陈思齐
# Looks on until the end, and reads then what was damaged meanwhile.
join zhao2 赵一鸣
on zhao2 sync $file
for state in guest.json guest-0.json guest-z.json; do
    code=$("$PYTHON" "$second/forge.py" $state $file join 郑义)
    on lead sync $file
    on lead visit admit $file "${code:0:12}"
    on lead sync $file
done
# On no roster, and never let in.
"$PYTHON" "$second/forge.py" stranger.json $file outside 路人 >/dev/null
for laptop in lead chen chen2 ma zhou zhao sun qian; do on $laptop sync $file; done
for laptop in lead chen zhou zhao sun qian; do on $laptop visit declare $file none; done
on lead visit deputy $file 钱进
for laptop in lead chen chen2 ma zhou zhao sun qian; do on $laptop sync $file; done
same lead $file

echo "== scoring: every kind of measure, direct grades, points, absences, notes"
score lead SE-01 C1=yes C2=yes B1=no
score lead SE-02 C1=9/10 C2=1/20 B1=4/4 A1=0/3
score lead SE-03 C1=2 B1=120.51 A1=-1
score lead SE-04 C1=a:ok,b:faulty,c:expired,d:ok B1=a:ok,b:ok,c:expired,d:faulty A1=a:faulty,b:expired,c:missing,d:expired
score lead SE-05 C1=x1,x2 B1=x1,x2,x3
on lead score $file SE-06 --grade 7.5
score lead SE-07 C1=yes
on lead score $file SE-08 --absent not-seen --note 未到该科室
score chen SE-01 C1=na C2=yes B1=na A1=yes
on chen score $file SE-02 --grade B --reason 现场复看
on chen score $file SE-06 --grade 8
score ma SE-01 C1=yes C2=no
score ma SE-02 C1=89/100
score ma SE-03 C1=1.9999
score ma SE-04 C1=b:missing
score ma SE-05 C1=x1,y1 B1=x1,x2,y1
# Recused from a clause that was scored before.
on ma visit declare $file 配偶在该院检验科 --recuse SE-05
on ma score $file SE-06 --absent not-provided
on ma score $file SE-08 --absent not-applicable --reason 未设置
score zhou SE-01 C1=yes C2=yes B1=yes A1=no
score zhou SE-02 C1=1/1 C2=0/7 B1=7/7 A1=1/2
score zhou SE-03 C1=37.5 B1=120.5 A1=0
score zhou SE-04 C1=a:ok,b:ok,c:ok,d:ok B1=a:ok,b:ok,c:ok
on zhou score $file SE-05 --grade D --reason 清单不全
on zhou score $file SE-06 --grade 0
score zhou SE-08 C1=yes A1=yes
score zhao SE-01 C1=yes C2=yes B1=yes A1=yes
score sun SE-01 C1=yes C2=yes B1=yes A1=yes
score sun SE-07 C1=no
on sun score $file SE-06 --grade 10
score qian SE-01 C1=yes C2=yes B1=yes
score qian SE-02 C1=99/100 C2=6/100
score qian SE-03 C1=2 B1=0 A1=999999.9999
score qian SE-04 C1=a:ok,b:ok,c:ok,d:faulty B1=a:ok,b:ok,c:faulty,d:faulty
score qian SE-05 C1=x1
score qian SE-07 C1=yes
score qian SE-08 C1=yes A1=no
for laptop in lead chen ma zhou zhao sun qian; do on $laptop sync $file; done

echo "== two laptops of one member, who cannot read each other: conflicts that stay"
score chen2 SE-03 C1=3 B1=1 A1=1
on chen2 score $file SE-02 --grade C --reason 未见原件
on chen2 score $file SE-06 --grade 6
score chen2 SE-07 C1=no
score chen SE-07 C1=yes
on chen2 sync $file
on chen sync $file

echo "== two laptops of one member with one recovery code: conflicts settled"
code=$("$HECHA" --home qian visit recovery $file | grep -oE '[0-9A-Z]{4}(-[0-9A-Z]{4}){6}' | head -n 1)
join qian2 钱进 --recovery "$code"
on qian2 sync $file
on qian sync $file
on qian score $file SE-02 --grade C --reason 甲机
on qian2 score $file SE-02 --grade B --reason 乙机
score qian SE-01 A1=yes
score qian2 SE-01 A1=no
on qian score $file SE-06 --grade 5
on qian2 score $file SE-06 --grade 5
on qian score $file SE-07 --absent not-seen
on qian2 score $file SE-07 --grade D --reason 乙机
on qian sync $file
on qian2 sync $file
on qian sync $file
on qian score $file SE-02 --grade B --reason 两处都看过
on qian score $file SE-07 --grade C --reason 两处都看过
score qian2 SE-01 A1=no
on qian sync $file
on qian2 sync $file
on qian sync $file
on zhao sync $file

echo "== who is not there, and who steps in before being admitted"
on lead visit absent $file 吴为 --reason 生病住院
on lead visit absent $file 赵一鸣 --reason 上午未到
on qian sync $file
# The lead takes it back, and the deputy says it again without knowing: neither holds.
on lead visit absent $file 赵一鸣 --back
on qian visit absent $file 赵一鸣 --reason 下午也未到
for laptop in lead qian lead; do on $laptop sync $file; done
# Recorded before the seal came here, and lapsed when it did.
on lead visit absent $file 马文博 --reason 迟到
# In time, and never looked at.
for laptop in stands waits; do
    on $laptop visit join $file --name "$laptop" --field 财务管理 --title 会计师
    on $laptop visit declare $file none
    on $laptop score $file SE-06 --grade 9
    score $laptop SE-07 C1=yes
    ended $laptop submit
    on $laptop sync $file
done
admit stands
same lead $file

echo "== seals"
by_hand say ballot
"$PYTHON" "$second/forge.py" stranger.json $file say ballot
for laptop in lead chen ma zhou qian; do
    on $laptop sync $file
    ended $laptop submit
    on $laptop sync $file
done
# Taken back and sealed again, under another key.
on ma unseal $file
score ma SE-03 C1=2.5 B1=1 A1=1
ended ma submit
on ma sync $file
same lead $file
# zhou's laptop is lost here.

on lead sync $file
cp -r . "../$(basename "$1").two"

echo "== closed: keys and shares"
ended lead close
on lead sync $file
# Each gives its shares before it has read a key of another one: all sync with the same file, apart.
# (A copy beside the file would be read too.)
cp $file apart/closing.hecha
for laptop in chen ma zhao sun qian qian2; do
    cp apart/closing.hecha $file
    on $laptop sync $file
    mv $file "apart/visit~$laptop.hecha"
done
cp apart/closing.hecha $file
mv apart/visit~*.hecha .
for laptop in lead chen chen2 ma zhao sun qian qian2; do on $laptop sync $file; done
rm -f visit~*.hecha
for laptop in lead chen chen2 ma zhao sun qian qian2; do on $laptop sync $file; done
cp $file apart/closed.hecha
"$PYTHON" "$second/main.py" $file --shares-only | grep -A 1 '"ballot": "counted"' | grep -q 周静怡 || { echo "no share opens the lost laptop's ballot"; exit 1; }
same lead $file
same qian $file

echo "== a laptop is retired after the closing: no recusal goes, no vote"
# branch NAME LAPTOP …: goes on in a folder of its own, with copies of the laptops.
branch() { rm -rf "apart/$1"; mkdir "apart/$1"; cp -r "${@:2}" "apart/$1"; cp $file "apart/$1"; cd "apart/$1"; }
device() { "$HECHA" --home lead visit info $file --json | "$PYTHON" -c "
import json, sys
print(*(d['device'] for m in json.load(sys.stdin)['members'] if m['name'] == sys.argv[1] for d in m['devices']), sep='|')" "$1"; }
branch retired lead qian ma zhao2
on lead visit retire $file "$(device 马文博)"
same lead $file
cd "$OLDPWD"

echo "== what nobody has a right to say, forks, gaps, garbage for shares"
by_hand say loud
by_hand say fork
by_hand say gap
by_hand duel guest-0.json
same lead $file
by_hand duel guest-z.json
same lead $file
by_hand say shares
"$PYTHON" "$second/forge.py" stranger.json $file say shares
"$PYTHON" "$second/forge.py" stranger.json $file say loud
same lead $file
by_hand say key
same lead $file
by_hand say held
same lead $file
same qian $file

echo "== who is admitted when the votes are open has no vote"
admit waits
on waits sync $file
"$HECHA" --home waits vote $file SE-06 10 >>log.txt 2>&1 && { echo "a latecomer votes"; exit 1; }
same lead $file

echo "== a late seal, and a supplementary record"
ended sun submit
on sun sync $file
for laptop in lead chen chen2 ma zhao qian sun lead; do on $laptop sync $file; done
same lead $file
ended lead close
for laptop in lead chen chen2 ma zhao qian sun lead; do on $laptop sync $file; done
same lead $file
same sun $file

echo "== votes in the clear, verdicts"
# Nobody votes in the clear while a ballot that counts is shut.
for laptop in zhao ma; do on $laptop sync $file; done
on lead vote $file SE-01 B --reason 讨论后
on qian vote $file SE-01 C
on qian vote $file SE-06 7.5
on sun vote $file SE-08 not-applicable --reason 未设置
on zhao vote $file SE-01 A
on qian vote $file SE-02 D --reason 未见
on qian vote $file SE-02 --none
for laptop in lead qian sun zhao; do on $laptop sync $file; done
for clause in SE-01 SE-02 SE-03 SE-04 SE-05 SE-07 SE-08; do on lead decide $file $clause C --reason 现场复看后一致; done
on lead decide $file SE-06 7.5 --reason 现场复看后一致
on lead sync $file
same lead $file
same sun $file

echo "== offices: one is named, one is named and retired, one only joined"
number() { "$HECHA" --home "$1" doctor --json | "$PYTHON" -c "
import json, sys
print(next(check['found'] for check in json.load(sys.stdin)['checks'] if check['key'] == 'device'))"; }
for laptop in office gone hopeful; do on $laptop visit join $file --office; done
on lead visit office $file "$(number office)"
on lead visit office $file "$(number gone)"
on lead visit retire $file "$(number gone)"
# A member's laptop is no office, whatever it is called, and only the lead names one.
"$PYTHON" "$second/forge.py" stranger.json $file say office
same lead $file

echo "== final"
for laptop in lead chen chen2 ma zhao qian sun lead; do on $laptop sync $file; done
for laptop in lead chen ma zhao qian; do
    on $laptop sync $file
    ended $laptop sign
    on $laptop sync $file
done
on lead sync $file
finalized
on lead sync $file
on sun sync $file
ended sun sign
on sun sync $file
on lead sync $file
same lead $file
same sun $file
on office sync $file
item=$("$HECHA" --home office rectify $file list --json | "$PYTHON" -c "
import json, sys
print(next((it['id'] for it in json.load(sys.stdin)['items'] if it['progress'] == 'open'), ''))")
[ -z "$item" ] || on office rectify $file submit "$item" --by 王芳 --text 已补齐
on office sync $file
same lead $file
cp $file apart/final.hecha

echo "== after the end: an objection, votes in the clear, and a revision that a majority signs"
on lead object $file SE-02 --by 王院长 --text 台账在档案室
on lead sync $file
for laptop in chen zhao sun qian zhou; do on $laptop sync $file; done
for laptop in lead chen zhao sun qian; do on $laptop vote $file SE-02 C --reason 复看了台账; done
on lead sync $file
on lead decide $file SE-02 C --reason 合议
on lead object $file SE-02 --answer 复看属实
on lead sync $file
for laptop in lead chen zhao sun qian; do
    on $laptop sync $file
    ended $laptop sign
    on $laptop sync $file
done
on lead sync $file
ended lead finalize
on lead sync $file
same lead $file
same sun $file
[ "$("$HECHA" --home lead result $file --json | grep -c '"revises": "')" = 1 ]

echo "== damage: a laptop that knew nothing reads what is left"
# lines HOW WHERE: both must refuse the same lines.
lines() {
    rm -rf apart/damaged
    mkdir apart/damaged
    cp apart/final.hecha apart/damaged/$file
    "$PYTHON" "$second/forge.py" - apart/damaged/$file "$@"
    "$PYTHON" "$second/compare.py" "$HECHA" --lines apart/damaged/$file
}
# damaged HOW WHERE: and read the same from the others.
damaged() {
    lines "$@"
    rm -rf apart/looker
    cp -r zhao2 apart/looker
    same apart/looker apart/damaged/$file
}
# Aimed, since the order of the feeds is chance. What the final record no longer reaches: recusal and ballot stay, by what
# the closing record names.
damaged flip '"k":"key"' "$(device 马文博)"
damaged flip '"k":"key"' "$(device 钱进)"
damaged flip '"k":"submit"' "$(device 马文博)"
damaged flip '"k":"close"' "$(device 林若安)"
damaged flip '"k":"final"' "$(device 林若安)"
damaged flip '"z":"' "$(device 周静怡)"
damaged flip '"k":"shares"' "$(device 周静怡)"
damaged forge '"k":"verdict"' "$(device 林若安)"
damaged forge '"k":"clear"' "$(device 赵一鸣)"
damaged forge '"k":"declare"' "$(device 周静怡)"
damaged cut '"k":"close"' "$(device 林若安)"
# The key of a feed is in its first commit, and vouched for by the feed's name: other lines hold without the signature of that.
lines forge '"k":"blind"'
lines flip 'END '
lines windows END

echo "== two first records, made apart: what one of them does not name is late; rights are those of the lead's"
# two FIRST SECOND: the second one's record names a recusal and a seal that the first one's does not.
two() {
    mkdir other
    cp $file other/before.hecha
    ended "$1" close
    on "$1" sync $file
    mv $file other/one
    cp other/before.hecha $file
    on zhao visit declare $file 有往来 --recuse SE-01
    on zhao visit declare $file 有往来，另有亲属 --recuse SE-01 --recuse SE-02
    ended sun submit
    ended zhao submit
    for laptop in sun zhao "$2"; do on $laptop sync $file; done
    ended "$2" close
    on "$2" sync $file
    mv other/one visit~one.hecha
    for laptop in lead chen ma zhao sun qian lead chen ma zhao sun qian; do on $laptop sync $file; done
    same lead $file
    same qian $file
}
cd "../$(basename "$1").two"
cp -r . ../"$(basename "$1").owt"
two lead qian
cd "../$(basename "$1").owt"
two qian lead

echo "== a planned visit: notes beside votes, a member who leaves, and what others take over"
rm -rf "../$(basename "$1").plan"
mkdir -p "../$(basename "$1").plan/lead"
cd "../$(basename "$1").plan"
cp -r "$second/checklists" lead/
on lead visit create $file --facility 青禾镇中心卫生院 --profile second --stage county --date 2026-11-21 \
    --lead 林若安:医疗:主任医师 --member 陈思齐:医疗:副主任医师 --member 马文博:医疗:副主任医师 \
    --member 周静怡:医疗:副主任医师 --member 赵一鸣:医疗:副主任医师
for member in chen:陈思齐 ma:马文博 zhou:周静怡 zhao:赵一鸣; do join "${member%:*}" "${member#*:}"; done
panel="lead chen ma zhou zhao"
everybody() { for laptop in $panel; do on "$laptop" sync $file; done; }
everybody
for laptop in $panel; do on "$laptop" visit declare $file none; done
on lead visit deputy $file 陈思齐
on lead visit recuse $file 马文博 SE-02 --reason 曾在该机构带教
everybody
on lead visit plan $file --apply
# A member's own plan.
code=$(by_hand join 马文博)
on lead sync $file
on lead visit admit $file "${code:0:12}"
on lead sync $file
by_hand say plan
everybody
same lead $file
# On the plan and off it: grades, points, absences.
for clause in SE-01 SE-03 SE-04 SE-05 SE-08; do
    for laptop in $panel; do on "$laptop" score $file $clause --grade B --reason 现场所见; done
done
for laptop in lead chen zhou; do on "$laptop" score $file SE-02 --grade C --reason 现场所见; done
for laptop in $panel; do on "$laptop" score $file SE-06 --grade 7.5; done
for laptop in $panel; do on "$laptop" score $file SE-07 --absent not-seen; done
everybody
recovery() { "$HECHA" --home "$1" visit recovery $file | grep -oE '[0-9A-Z]{4}(-[0-9A-Z]{4}){6}' | head -n 1; }
mkdir -p apart
# The lead's key receives what is not said yet, and plans: what is said later, within its reach, changes no plan.
branch ahead $panel guest.json
"$PYTHON" "$second/forge.py" lead.json $file lead "$(recovery lead)"
"$PYTHON" "$second/forge.py" lead.json $file ahead guest.json
everybody
for laptop in zhou ma chen lead; do
    ended $laptop submit
    on $laptop sync $file
done
everybody
ended lead close
for _ in 1 2; do everybody; done
same lead $file
by_hand say seal
same lead $file
cd "$OLDPWD"
ended zhou submit
everybody
same lead $file
# What these leave is handed on, never to her who has sealed.
on lead visit absent $file 赵一鸣 --reason 生病
on lead visit recuse $file 陈思齐 SE-05 --reason 曾在该科室任职
on lead visit plan $file --replan --apply
everybody
same lead $file
for laptop in ma lead chen; do
    ended "$laptop" submit
    on "$laptop" sync $file
done
everybody
same lead $file
ended lead close
everybody
everybody
same lead $file
same zhou $file
# notes CLAUSE: the members whose vote on it is a note.
notes() {
    "$HECHA" --home lead merge $file --json | "$PYTHON" -c "
import json, sys
votes = next(clause['votes'] for clause in json.load(sys.stdin)['clauses'] if clause['id'] == sys.argv[1])
print(*sorted(vote['member'] for vote in votes if vote['aside'] is not None))" "$1"
}
[ "$(notes SE-01)" = 林若安 ] || { echo "SE-01: notes of $(notes SE-01)"; exit 1; }
# 赵一鸣 has left it, 周静怡 had sealed.
[ "$(notes SE-03 | wc -w)" = 3 ] || { echo "SE-03: notes of $(notes SE-03)"; exit 1; }
notes SE-03 | grep -q 周静怡 || { echo "who had sealed was given a vote"; exit 1; }

echo "== who was absent and seals when the votes are open takes nobody's vote away"
branch late-seal lead zhao
ended zhao submit
on zhao sync $file
same lead $file
cd "$OLDPWD"

echo "== a plan by the lead's key, when the votes are open"
branch late-plan lead zhou
"$PYTHON" "$second/forge.py" lead.json $file lead "$(recovery lead)"
"$PYTHON" "$second/forge.py" lead.json $file say plan
same zhou $file
same lead $file
cd "$OLDPWD"

echo "== votes in the clear, by anybody; verdicts; the end, and a revision"
on zhou vote $file SE-02 A --reason 讨论后
on chen vote $file SE-01 C
on lead vote $file SE-01 C
everybody
same lead $file
for clause in SE-01 SE-02 SE-03 SE-04 SE-05 SE-07 SE-08; do on lead decide $file $clause C --reason 现场复看后一致; done
on lead decide $file SE-06 7.5 --reason 现场复看后一致
everybody
same zhou $file
sign_all() {
    for laptop in lead chen ma zhou; do
        on $laptop sync $file
        ended $laptop sign
        on $laptop sync $file
    done
    on lead sync $file
}
sign_all
finalized
everybody
same lead $file
same zhou $file
on lead object $file SE-04 --by 王院长 --text 台账在档案室
everybody
for laptop in lead chen ma zhou; do on $laptop vote $file SE-04 D --reason 复看了台账; done
everybody
on lead decide $file SE-04 D --reason 合议
on lead object $file SE-04 --answer 复看属实
everybody
sign_all
ended lead finalize
everybody
same lead $file
same zhou $file
[ "$("$HECHA" --home lead result $file --json | grep -c '"revises": "')" = 1 ]
