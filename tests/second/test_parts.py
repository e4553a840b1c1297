"""The parts that can be checked by themselves, against published examples."""

import unittest

import shamir
import strict
import text
from checklist import Checklist, ten_thousandths
from crypto import bytes_of, has_small_order, hchacha20


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
