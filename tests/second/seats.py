"""Who speaks for whom. Judged from a set of commits alone, in steps that each rest on the one before."""


class Word:
    """What devices say about devices, each with its author, in canonical order."""

    def __init__(self, commits, root, lead, silenced=()):
        self.admissions, self.deputies, self.offices, self.devices, self.retirements = [], [], [], [], []
        # The founding device claims the lead's name by founding. A device claims once.
        self.claims, self.heard, self.began_with = {root: lead}, {}, {}
        feed_of = {commit.id: commit.feed for commit in commits}
        for commit in commits:
            if commit.n == 1:
                # The devices that this one had before its eyes when it began.
                self.began_with.setdefault(commit.feed, {feed_of.get(id) for id in commit.seen})
            for edit in commit.edits:
                kind, author = edit["k"], commit.feed
                if kind == "join" and "role" in edit:
                    # An office claims no name.
                    continue
                if kind == "join":
                    # Whose a device is does not change by its being silenced.
                    self.claims.setdefault(author, edit["name"])
                elif author in silenced and commit.n > silenced[author]:
                    continue
                elif kind == "admit" and edit.get("role") == "office":
                    self.offices.append((author, edit["feed"]))
                elif kind == "admit" and "role" in edit:
                    self.deputies.append((author, edit["name"]))
                elif kind == "admit":
                    self.admissions.append((author, edit["feed"], edit))
                elif kind == "device":
                    self.devices.append((author, edit["feed"]))
                elif kind == "retire":
                    self.retirements.append((author, edit["feed"], edit["n"]))
                elif kind == "receipt" and author == root:
                    for device in edit["heads"]:
                        self.heard.setdefault(device, commit.n)

    def admitted(self, authors, may=lambda name: True):
        """{device: admission} by these authors, each to the name that the device claims itself. Words only add."""
        found = {}
        for author, device, word in self.admissions:
            if author in authors and may(word["name"]) and self.claims.get(device) == word["name"]:
                known = found.setdefault(device, {**word, "checked": False})
                known["checked"] |= word["checked"]
                known["expert"] = known["expert"] or word["expert"]
        return found

    def retired(self, authors, spared):
        """{device: last commit}: of two words the stricter holds."""
        found = {}
        for author, device, n in self.retirements:
            if author in authors and device not in spared:
                found[device] = min(n, found.get(device, n))
        return found

    def with_named(self, devices, name):
        """These devices and those they name, if they claim the name themselves: nobody takes over another one's."""
        devices = set(devices)
        while more := {to for by, to in self.devices if by in devices and self.claims.get(to) == name} - devices:
            devices |= more
        return devices

    def only_claim(self, name, is_out):
        """The only device that claims a name, or the one of which the founding device heard before any other."""
        never = float("inf")
        claiming = {device for device, claim in self.claims.items() if claim == name and not is_out(device)}
        # Handed over by another claimant, after a fork or a loss, and not by that one's word alone.
        handed = {to for by, to in self.devices if by in claiming and by in self.began_with.get(to, ())}
        claims = sorted((self.heard.get(device, never), device) for device in claiming - handed)
        if len(claims) == 1 or len(claims) > 1 and claims[0][0] < claims[1][0]:
            return {claims[0][1]}
        return set()


class Seats:
    def __init__(self, history):
        self.history = history
        founding = history.founding
        self.found = next(edit for edit in founding.edits if edit["k"] == "found")
        # The lead stands first on the roster.
        self.roster = [expert["name"] for expert in self.found["roster"]]
        self.lead = self.roster[0]
        commits = history.sorted()

        # The lead's devices; then what the lead retires says nothing any more (the lead's own devices are spared: their
        # word about seats counts for good, their votes and verdicts end).
        word = Word(commits, founding.feed, self.lead)
        lead_devices = self.devices_of_lead(word, founding.feed)
        silenced = word.retired(lead_devices, lead_devices)
        if silenced:
            word = Word(commits, founding.feed, self.lead, silenced)

        # What the lead says.
        admitted = {
            device: admission
            for device, admission in word.admitted(lead_devices).items()
            if device not in lead_devices or admission["name"] == self.lead
        }
        deputies = {name for author, name in word.deputies if author in lead_devices} - {self.lead}
        deputy_devices = set()
        for name in deputies:
            own = {device for device, it in admitted.items() if it["name"] == name}
            if name in self.roster or any(admitted[device]["expert"] for device in own):
                deputy_devices |= word.with_named({device for device in own if admitted[device]["checked"]}, name)
        deputy_devices = {d for d in deputy_devices if d not in admitted or admitted[d]["name"] in deputies}

        # What deputies say: nothing about leading, nothing against the lead's word.
        theirs = word.admitted(deputy_devices, lambda name: name != self.lead and name not in deputies)
        for device, admission in theirs.items():
            if device not in lead_devices:
                admitted.setdefault(device, admission)
        self.leading = lead_devices | deputy_devices
        named = {device for author, device in word.offices if author in lead_devices}
        self.offices = named | {device for device in [self.found.get("office")] if device}
        self.retired = word.retired(lead_devices, set())
        for device, n in word.retired(deputy_devices, self.leading).items():
            self.retired.setdefault(device, n)

        self.seat(word, admitted, lead_devices)

    def devices_of_lead(self, word, root):
        devices = {root}
        while True:
            more = word.with_named(devices, self.lead)
            more |= {device for device, it in word.admitted(more).items() if it["name"] == self.lead}
            if more == devices:
                return devices
            devices = more

    def seat(self, word, admitted, lead_devices):
        newcomers = {it["name"] for it in admitted.values() if it["expert"] and it["name"] not in self.roster}
        self.devices = {}
        for name in [*self.roster, *sorted(newcomers)]:

            def is_elsewhere(device):
                if device in admitted:
                    return admitted[device]["name"] != name
                return name != self.lead and device in lead_devices

            devices = {device for device, it in admitted.items() if it["name"] == name}
            if name == self.lead:
                devices |= lead_devices
            # Nobody admitted: the only claim counts, unchecked.
            devices = devices or word.only_claim(name, lambda d: is_elsewhere(d) or self.retired.get(d) == 0)
            self.devices[name] = {d for d in word.with_named(devices, name) if not is_elsewhere(d)}
        self.owner = {device: name for name, devices in self.devices.items() for device in devices}

    def office_devices(self):
        """Those that may work on the ledger: named, nobody's seat, and not retired."""
        return sorted(device for device in self.offices if device not in self.owner and device not in self.retired)

    def keep(self, received):
        """Who is retired when the votes are open keeps what the lead had received by then."""
        for device, n in self.retired.items():
            self.retired[device] = max(n, received.get(device, 0))

    def member_of(self, commit):
        """The member for whom a commit counts, or None."""
        if commit.n > self.retired.get(commit.feed, commit.n):
            return None
        return self.owner.get(commit.feed)

    def leads(self, commit):
        return self.member_of(commit) is not None and commit.feed in self.leading

    def members(self):
        """The roster, then those whom the lead let in beside it, by name."""
        return list(self.devices)

    def commits_of(self, name):
        return [commit for commit in self.history.sorted() if self.member_of(commit) == name]
