"""The parts that can be checked by themselves, against published examples."""

import unittest

import shamir
import strict
import text
from checklist import Checklist, ten_thousandths
from closing import Rights
from crypto import bytes_of, digest, has_small_order, hchacha20, text_of
from edits import known
from history import History
from plan import Plan, absent_then
from seats import Seats


class Said:
    """A commit of nobody's signature: as much of one as histories are read from."""

    sealed = None

    def __init__(self, feed, n, p, seen, edits):
        self.id, self.feed, self.n, self.p, self.seen = text_of(digest(f"{feed} {n}".encode())), feed, n, p, seen
        self.edits = [known(edit) for edit in edits]


class Panel:
    """A visit of five, each with one laptop, and a second laptop of the lead's."""

    ROSTER = ("Lin", "Chen", "Ma", "Zhou", "Zhao")

    def __init__(self):
        self.commits, self.last = {}, {}
        roster = [{"name": name, "field": "", "title": ""} for name in self.ROSTER]
        self.say("Lin", {"k": "found", "roster": roster})
        self.say("Lin", {"k": "device", "feed": self.feed("Lin 2")})
        self.say("Lin 2", {"k": "join", "name": "Lin", "key": text_of(bytes(32))})
        for name in self.ROSTER[1:]:
            self.say(name, {"k": "join", "name": name, "key": text_of(bytes(32))})
            self.say("Lin", {"k": "admit", "feed": self.feed(name), "name": name, "checked": True})

    @staticmethod
    def feed(laptop):
        return text_of(laptop.encode().ljust(9))

    def say(self, laptop, *edits, knowing=()):
        last = self.last.get(laptop)
        seen = [self.last[other].id for other in knowing]
        said = Said(self.feed(laptop), last.n + 1 if last else 1, last.id if last else None, seen, edits)
        self.last[laptop] = self.commits[said.id] = said

    def plan(self, laptop, by, /, knowing=(), **changed):
        by = by if by is None else [{"name": name, "c": clauses.split()} for name, clauses in by.items()]
        value = by if by is None else {"hours": "7", "documents": None, "by": by} | changed
        self.say(laptop, {"k": "plan", "v": value}, knowing=knowing)

    def seal(self, name):
        self.say(name, {"k": "submit", "tips": []})

    def receive(self, laptop, *names):
        self.say(laptop, self.receipt(*names))

    def receipt(self, *names):
        return {"k": "receipt", "heads": {self.feed(name): self.last[name].n for name in names}}

    def absent(self, name, reason="ill"):
        self.say("Lin", {"k": "absent", "name": name, "reason": reason})

    def recuse(self, name, clause):
        self.say("Lin", {"k": "recuse", "name": name, "c": clause, "reason": "kin"})

    def votes(self, clause="A"):
        """Who votes on a clause, as it now stands."""
        history = History(self.commits)
        seats = Seats(history)
        rights = Rights(seats, history)
        plan = Plan(seats, history, rights, absent_then(seats, rights))
        return " ".join(sorted(name for name in self.ROSTER if plan.votes_on(name, clause)))


ALL = "Chen Lin Ma Zhao Zhou"


class Plans(unittest.TestCase):
    def setUp(self):
        self.panel = Panel()

    def test_before_any_seal_the_last_one_counts(self):
        panel = self.panel
        self.assertEqual(panel.votes(), ALL)
        panel.plan("Lin", {"Ma": "A", "Zhou": "A B"})
        self.assertEqual([panel.votes("A"), panel.votes("B"), panel.votes("C")], ["Ma Zhou", "Zhou", ""])
        panel.plan("Lin", {"Chen": "A"})
        self.assertEqual(panel.votes(), "Chen")
        # One named twice has all that is said.
        panel.say("Lin", {"k": "plan", "v": {"hours": "7", "by": [{"name": "Ma", "c": ["A"]}, {"name": "Ma", "c": ["B"]}]}})
        self.assertEqual([panel.votes("A"), panel.votes("B")], ["Ma", "Ma"])
        panel.plan("Lin", {})
        self.assertEqual(panel.votes(), "")
        panel.plan("Lin", None)
        self.assertEqual(panel.votes(), ALL)

    def test_only_those_who_lead_plan(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.plan("Zhou", {"Zhou": "A"}, knowing=["Lin"])
        self.assertEqual(panel.votes(), "Ma")
        panel.say("Lin", {"k": "admit", "name": "Chen", "role": "deputy"})
        panel.plan("Chen", {"Zhao": "A"}, knowing=["Lin"])
        self.assertEqual(panel.votes(), "Zhao")

    def test_in_knowledge_of_a_seal_nothing_changes_while_nobody_leaves(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.seal("Zhou")
        panel.receive("Lin", "Zhou")
        for plan in ({"Chen": "A", "Ma": "A"}, {"Chen": "A"}, {}, None):
            panel.plan("Lin", plan)
            self.assertEqual(panel.votes(), "Ma")

    def test_a_seal_that_no_receipt_reaches_is_not_known(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.receive("Lin", "Zhou")
        panel.seal("Zhou")
        panel.plan("Lin", {"Chen": "A"}, knowing=["Zhou"])
        self.assertEqual(panel.votes(), "Chen")
        # A receipt of another laptop tells nothing, nor does one after the plan; one before it in the same commit does.
        panel.receive("Lin 2", "Zhou")
        plan = {"k": "plan", "v": {"hours": "7", "by": [{"name": "Zhao", "c": ["A"]}]}}
        panel.say("Lin", plan, panel.receipt("Zhou"))
        self.assertEqual(panel.votes(), "Zhao")
        plan["v"]["by"][0]["name"] = "Lin"
        panel.say("Lin", plan)
        self.assertEqual(panel.votes(), "Zhao")

    def test_a_receipt_and_a_plan_in_one_commit(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.seal("Zhou")
        panel.say("Lin", panel.receipt("Zhou"), {"k": "plan", "v": {"hours": "7", "by": [{"name": "Lin", "c": ["A"]}]}})
        self.assertEqual(panel.votes(), "Ma")

    def test_what_is_left_is_handed_on_to_those_who_had_not_sealed(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A", "Zhao": "A B"})
        panel.seal("Chen")
        panel.receive("Lin", "Chen")
        panel.absent("Ma")
        panel.plan("Lin", {"Chen": "A B", "Lin": "A B", "Zhou": "A B"})
        # One place, the first by name who had not sealed; who is absent says nothing. On B nobody has left.
        self.assertEqual([panel.votes("A"), panel.votes("B")], ["Lin Ma Zhao", "Zhao"])
        panel.absent("Zhao")
        self.assertEqual([panel.votes("A"), panel.votes("B")], ["Lin Ma Zhao Zhou", "Lin Zhao"])
        panel.absent("Ma", None)
        self.assertEqual(panel.votes(), "Lin Ma Zhao")

    def test_who_sealed_is_not_absent(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.absent("Ma")
        panel.seal("Ma")
        panel.receive("Lin", "Ma")
        panel.plan("Lin", {"Lin": "A"})
        self.assertEqual(panel.votes(), "Ma")
        # Who takes it back is: the plan that was made before it counts from then on.
        panel.say("Ma", {"k": "unseal"})
        self.assertEqual(panel.votes(), "Lin Ma")

    def test_the_recused_hand_on_and_take_nothing_over(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A B"})
        panel.seal("Chen")
        panel.receive("Lin", "Chen")
        panel.recuse("Ma", "A")
        panel.recuse("Lin", "A")
        panel.plan("Lin", {"Lin": "A B", "Zhou": "A B"})
        self.assertEqual([panel.votes("A"), panel.votes("B")], ["Ma Zhou", "Ma"])
        panel.recuse("Ma", None)
        self.assertEqual([panel.votes("A"), panel.votes("B")], ["Ma Zhou", "Lin Ma"])
        panel.say("Zhou", {"k": "declare", "text": "kin", "recuse": ["*"]})
        self.assertEqual([panel.votes("A"), panel.votes("B")], ["Ma", "Lin Ma"])

    def test_nobody_s_place_is_handed_on(self):
        panel = self.panel
        panel.plan("Lin", {"Nobody": "A", "Ma": "A"})
        panel.seal("Chen")
        panel.receive("Lin", "Chen")
        panel.plan("Lin", {"Chen": "A", "Another": "A", "Zhao": "A", "Zhou": "A"})
        self.assertEqual(panel.votes(), "Ma Zhao")

    def test_a_seal_taken_back_is_none(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.seal("Zhou")
        panel.receive("Lin", "Zhou")
        panel.say("Zhou", {"k": "unseal"})
        panel.plan("Lin", {"Chen": "A"})
        # Not known there yet.
        self.assertEqual(panel.votes(), "Ma")
        panel.receive("Lin", "Zhou")
        panel.plan("Lin", {"Zhou": "A"})
        self.assertEqual(panel.votes(), "Zhou")
        panel.seal("Zhou")
        panel.plan("Lin", {"Zhao": "A"})
        self.assertEqual(panel.votes(), "Zhao")
        panel.receive("Lin", "Zhou")
        panel.plan("Lin", {"Lin": "A"})
        self.assertEqual(panel.votes(), "Zhao")

    def test_plans_that_do_not_know_each_other(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.plan("Lin 2", {"Ma": "A", "Zhou": ""})
        self.assertEqual(panel.votes(), "Ma")
        panel.plan("Lin 2", {"Ma": "A"}, hours="6")
        self.assertEqual(panel.votes(), ALL)
        panel.plan("Lin 2", {"Chen": "A"})
        self.assertEqual(panel.votes(), ALL)
        panel.plan("Lin", {"Zhou": "A"}, knowing=["Lin 2"])
        self.assertEqual(panel.votes(), "Zhou")

    def test_two_handed_on_apart_hand_nothing_on(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.recuse("Ma", None)
        for name in ("Chen", "Zhao"):
            panel.seal(name)
        panel.receive("Lin", "Chen")
        panel.receive("Lin 2", "Zhao")
        panel.plan("Lin", {"Zhou": "A"})
        panel.plan("Lin 2", {"Lin": "A"})
        self.assertEqual(panel.votes(), "Ma")
        # Neither to whom one of them knew sealed.
        panel.plan("Lin", {"Zhao": "A", "Zhou": "A", "Chen": "A"}, knowing=["Lin 2"])
        self.assertEqual(panel.votes(), "Ma Zhou")

    def test_a_plan_in_ignorance_supersedes_what_was_handed_on(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        panel.recuse("Ma", None)
        panel.seal("Chen")
        panel.receive("Lin", "Chen")
        panel.plan("Lin", {"Zhou": "A"})
        panel.plan("Lin 2", {"Ma": "A"}, knowing=["Lin"])
        self.assertEqual(panel.votes(), "Ma")

    def test_what_is_not_well_formed_is_no_plan(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        for changed in (
            {"hours": "0"}, {"hours": "24.0001"}, {"hours": 7}, {"by": None}, {"by": [{"name": "Zhou"}]},
            {"by": [{"name": " Zhou", "c": []}]}, {"documents": {"hours": "0"}}, {"documents": {"on": None}},
            {"documents": {"on": "2026-02-29", "hours": "4"}}, {"documents": {"on": "2026-2-9", "hours": "4"}},
            {"by": [{"name": f"{i}", "c": []} for i in range(201)]},
        ):
            panel.plan("Lin", {"Zhou": "A"}, **changed)
            self.assertEqual(panel.votes(), "Ma", changed)
        panel.plan("Lin", {"Zhou": "A"}, hours="24", documents={"on": "2028-02-29", "hours": "0.5"})
        self.assertEqual(panel.votes(), "Zhou")

    def test_what_lies_outside_changes_nothing(self):
        panel = self.panel
        panel.plan("Lin", {"Ma": "A"})
        ahead = {"k": "receipt", "heads": {panel.feed("Zhou"): 9}}
        panel.say("Lin", ahead)
        panel.plan("Lin", {"Chen": "A"})
        self.assertEqual(panel.votes(), "Chen")
        held_back = dict(panel.commits)
        panel.seal("Zhou")
        self.assertEqual(panel.votes(), "Ma")
        panel.commits = held_back
        self.assertEqual(panel.votes(), "Chen")


class Parts(unittest.TestCase):
    def test_hchacha20(self):
        # draft-irtf-cfrg-xchacha, 2.2.1
        key = bytes(range(32))
        nonce = bytes.fromhex("000000090000004a0000000031415927")
        self.assertEqual(
            hchacha20(key, nonce).hex(), "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"
        )

    def test_small_order(self):
        for encoded in (
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        ):
            self.assertTrue(has_small_order(bytes.fromhex(encoded)))
        # RFC 8032, 7.1, test 1.
        key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        self.assertFalse(has_small_order(bytes.fromhex(key)))

    def test_shamir(self):
        # 7 + 3x + 5x², byte by byte.
        def at(x):
            return bytes([7 ^ shamir.multiplied(3, x) ^ shamir.multiplied(5, shamir.multiplied(x, x))])

        self.assertEqual(shamir.secret({x: at(x) for x in (2, 5, 200)}), b"\x07")
        self.assertEqual(shamir.multiplied(0x80, 2), 0x1D)

    def test_text_for_bytes(self):
        self.assertEqual(bytes_of("AA"), b"\0")
        for other in ("AB", "A", "AA==", "A A", "+/", None):
            self.assertIsNone(bytes_of(other))

    def test_strict_json(self):
        self.assertEqual(strict.read(b'{"a":[1,-2]}'), {"a": [1, -2]})
        for text in (
            b'{"a":1,"a":1}', b"1.0", b"1e2", b"9007199254740992", b"NaN", b'"\\ud800"', b'"\xff"', b"[1,]",
            b"[" * 200 + b"]" * 200, b"",
        ):
            with self.assertRaises(strict.NotStrict):
                strict.read(text)

    def test_decimals(self):
        self.assertEqual([ten_thousandths(text) for text in ("37.5", "-1", "0.0001")], [375000, -10000, 1])
        for text in ("1e3", ".5", "1.", "1.00001", "+1", "１", ""):
            self.assertIsNone(ten_thousandths(text))

    def test_grades(self):
        points = [{"id": id, "level": id[0], "measure": "tick", "na_when": ["", ""]} for id in ("C1", "A1")]
        clause = {"id": "X-01", "scale": None, "points": points}
        checklist = Checklist({"lists": [], "areas": [{"clauses": [clause]}]})

        def grade(**ticks):
            return checklist.grade(clause, {id: {"tick": yes} for id, yes in ticks.items()})

        self.assertEqual(grade(C1=False), "D")
        self.assertEqual(grade(C1=True), None)
        self.assertEqual(grade(C1=True, A1=False), "B")
        self.assertEqual(grade(C1=True, A1=True), "A")
        self.assertEqual(grade(A1=False), None)

    def test_cleaning(self):
        for written, left in [
            ("a\x1b[31mb", "ab"),
            ("a\x1b[ qb", "ab"),
            ("a\x9b2Jb", "ab"),
            ("a\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\c", "abc"),
            ("a\x9d52;c;QUFB\x9cb", "ab"),
            ("a\x1bcb\x1b(Bc\x1b#8d\x1b7e", "abcde"),
            ("a\x1bM\x85b", "ab"),
            ("a\x1b[31\u597d", "a\u597d"),
            ("a\x1b]0;no end", "a0;no end"),
            ("a\x1b]0;x\nb\x07", "a0;x b"),
            ("a\x1b\x1b[31mb", "ab"),
            ("a\ufe00\u034f\u3164\u2800\U000e0100\ufffe\U0010ffff", "a"),
        ]:
            self.assertEqual(text.line_of(written), left)


if __name__ == "__main__":
    unittest.main()
