"""Compares what the program says of a visit on one laptop with what the second implementation reads from the file.

    python3 compare.py PROGRAM HOME FILE
    python3 compare.py PROGRAM --lines FILE      only which lines hold, by `fsck` on a laptop that knows nothing
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def told(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: {done.stderr}{done.stdout}")
    return done.stdout


def vote_of(vote):
    if vote["conflict"]:
        return {"conflict": True}
    if vote.get("aside") is not None:
        return {"aside": vote["aside"]}
    found = {kind: vote[kind] for kind in ("grade", "points", "absent") if vote[kind] is not None}
    return found or None


def program_says(program, home, file):
    asked = [program, "--home", home, "--lang", "en"]
    info = json.loads(told(*asked, "visit", "info", file, "--json"))
    merge = json.loads(told(*asked, "merge", file, "--json"))
    with tempfile.TemporaryDirectory() as folder:
        told(*asked, "report", file, "--format", "json", "--names", "--out", folder)
        report = json.loads(next(Path(folder).glob("*.json")).read_text())
    votes, clear = {}, {}
    for clause in merge["clauses"]:
        for vote in clause["votes"]:
            # Recusals are told by the votes' absence here, and nobody's silence is a vote.
            if vote["absent"] != "recused" and vote_of(vote) is not None:
                votes.setdefault(clause["id"], {})[vote["member"]] = vote_of(vote)
        for vote in clause["clear"]:
            clear.setdefault(clause["id"], {})[vote["member"]] = vote_of({"conflict": False, **vote})
    if info["state"] == "scoring":
        # A laptop shows its own votes; the file shows none.
        votes = {}
    return {
        "visit": info["visit"],
        "state": info["state"],
        "members": {member["name"]: member["ballot"] for member in info["members"]},
        "votes": votes,
        "clear": clear,
        "absent": sorted(each["member"] for each in info["absent"] if not each["sealed"]),
        "record": report["record"],
        "offices": sorted(info["offices"]),
    }


def second_says(file, *options):
    read = json.loads(told(sys.executable, HERE / "main.py", file, *options))
    return {
        **{key: read[key] for key in ("visit", "state", "votes", "clear", "absent", "record", "offices")},
        "members": {member["name"]: member["ballot"] for member in read["members"]},
    }


def differences(one, other, where=""):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from differences(one.get(key), other.get(key), f"{where}/{key}")
    elif one != other:
        yield f"{where}: the program {one!r}, the second {other!r}"


def by_shares(says, read):
    """Both without the ballots that shares alone do not open: nobody gives a share of what is open already."""
    shut = {name for name in says["members"] if read["members"].get(name) == "unopened"}
    print(f"by shares alone: {', '.join(sorted(n for n, b in read['members'].items() if b in ('counted', 'late'))) or 'nobody'}")

    def without(told):
        votes = {
            clause: kept
            for clause, votes in told["votes"].items()
            if (kept := {name: vote for name, vote in votes.items() if name not in shut})
        }
        members = {name: ballot for name, ballot in told["members"].items() if name not in shut}
        return {"votes": votes, "members": members, "record": None if shut else told["record"]}

    return without(says), without(read)


def lines_of(program, file):
    """How many lines hold and how many do not, says each."""
    with tempfile.TemporaryDirectory() as home:
        command = [program, "--home", home, "--lang", "en", "fsck", file, "--json"]
        says = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["lines"]
    read = subprocess.run([sys.executable, HERE / "main.py", file, "--lines"], capture_output=True, text=True).stdout
    return {key: says[key] for key in ("valid", "bad")}, json.loads(read)


def main():
    program, home, file = sys.argv[1:4]
    if home == "--lines":
        says, read = lines_of(program, file)
        print(f"{'same' if says == read else 'DIFFERENT'}: lines of {file}: {says}, {read}")
        return int(says != read)
    says = program_says(program, home, file)
    found = list(differences(says, second_says(file)))
    found += [f"by shares alone: {each}" for each in differences(*by_shares(says, second_says(file, "--shares-only")))]
    for line in found:
        print(line)
    print(f"{'DIFFERENT' if found else 'same'}: {home} {file} {says['state']}, {sum(map(len, says['votes'].values()))} votes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
