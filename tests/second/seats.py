"""Who speaks for whom. Judged from a set of commits alone, in four steps that each rest on the one before."""


class Seats:
    def __init__(self, history):
        self.history = history
        self.founding = next(
            commit for commit in history.commits.values() if any(edit["k"] == "found" for edit in commit.edits)
        )
        self.found = next(edit for edit in self.founding.edits if edit["k"] == "found")
        # The lead stands first on the roster.
        self.roster = [expert["name"] for expert in self.found["roster"]]
        self.lead = self.roster[0]
        # Step 1: what devices say of themselves.
        self.claims, self.named = {}, {}
        for commit in history.sorted():
            for edit in commit.edits:
                if edit["k"] == "join" and commit.n == 1:
                    self.claims.setdefault(commit.feed, edit["name"])
                elif edit["k"] == "device":
                    self.named.setdefault(commit.feed, set()).add(edit["feed"])
        # device -> name. `retired`: device -> its last commit that counts.
        self.owner, self.retired, self.deputies, self.admitted = {}, {}, set(), set()
        self.lead_devices()
        self.word_of_lead()
        self.word_of_deputies()
        self.provisional()

    def words(self, devices):
        """(commit, edit) of some devices, in canonical order, without what a retired device said afterwards."""
        for commit in self.history.sorted():
            if commit.feed in devices and commit.n <= self.retired.get(commit.feed, commit.n):
                for edit in commit.edits:
                    yield commit, edit

    def add(self, device, name):
        """A device counts for a name, and so do those it names that claimed it."""
        if self.owner.get(device) == name:
            return
        self.owner[device] = name
        for other in self.named.get(device, ()):
            if self.claims.get(other) == name and other not in self.owner:
                self.add(other, name)

    def lead_devices(self):
        """Step 2."""
        self.claims[self.founding.feed] = self.lead
        self.add(self.founding.feed, self.lead)
        self.admitted.add(self.founding.feed)
        while True:
            devices = self.devices_of(self.lead)
            for _, edit in self.words(devices):
                if edit["k"] == "admit" and "feed" in edit and edit["name"] == self.lead and edit["feed"] in self.claims:
                    self.add(edit["feed"], self.lead)
            if self.devices_of(self.lead) == devices:
                break
        self.admitted |= devices

    def devices_of(self, name):
        return {device for device, owner in self.owner.items() if owner == name}

    def retire(self, edit):
        # Of two words the stricter holds.
        self.retired[edit["feed"]] = min(edit["n"], self.retired.get(edit["feed"], edit["n"]))

    def word_of_lead(self):
        """Step 3."""
        devices = self.devices_of(self.lead)
        for _, edit in list(self.words(devices)):
            if edit["k"] == "retire":
                self.retire(edit)
        self.admissions = {}
        for _, edit in self.words(devices):
            if edit["k"] != "admit":
                continue
            if "role" in edit:
                self.deputies.add(edit["name"])
            elif edit["feed"] in self.claims:
                self.admissions[edit["feed"]] = edit["name"]
        self.settle()

    def settle(self):
        for device, name in self.admissions.items():
            if self.owner.get(device) != self.lead:
                self.add(device, name)
                self.admitted.add(device)

    def word_of_deputies(self):
        """Step 4."""
        devices = {device for device in self.admitted if self.owner.get(device) in self.deputies}
        for _, edit in list(self.words(devices)):
            if edit["k"] == "retire" and self.owner.get(edit["feed"]) != self.lead:
                self.retire(edit)
        for _, edit in self.words(devices):
            if edit["k"] == "admit" and "feed" in edit and edit["name"] != self.lead and edit["feed"] in self.claims:
                by_lead = edit["feed"] in self.owner and edit["feed"] in self.admitted
                if not by_lead:
                    self.admissions[edit["feed"]] = edit["name"]
        self.settle()
        self.leading = self.devices_of(self.lead) | {
            device for device in self.admitted if self.owner.get(device) in self.deputies
        }

    def provisional(self):
        """Devices that nobody admitted count where one alone claims the name, or the lead's first laptop heard it alone."""
        receipts = [
            edit["heads"] for commit in self.history.sorted() if commit.feed == self.founding.feed
            for edit in commit.edits if edit["k"] == "receipt"
        ]
        named_by_other = {other for others in self.named.values() for other in others}
        for name in {name for name in self.claims.values() if name in self.roster and name != self.lead}:
            claiming = sorted(
                device for device, claim in self.claims.items()
                if claim == name and not (device in named_by_other and self.is_named_by(device, name))
            )
            if len(claiming) == 1:
                chosen = claiming[0]
            else:
                chosen = None
                for heads in receipts:
                    now = [device for device in claiming if heads.get(device, 0) > 0]
                    if now:
                        chosen = now[0] if len(now) == 1 else None
                        break
            if chosen is not None and chosen not in self.owner:
                self.add(chosen, name)

    def is_named_by(self, device, name):
        return any(device in others and self.claims.get(by) == name for by, others in self.named.items())

    def member_of(self, commit):
        """The member for whom a commit counts, or None."""
        if commit.n > self.retired.get(commit.feed, commit.n):
            return None
        return self.owner.get(commit.feed)

    def leads(self, commit):
        return self.member_of(commit) is not None and commit.feed in self.leading

    def members(self):
        """The roster, then those whom the lead let in beside it."""
        return self.roster + sorted(set(self.owner.values()) - set(self.roster))

    def commits_of(self, name):
        return [commit for commit in self.history.sorted() if self.member_of(commit) == name]
