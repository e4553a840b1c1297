
"use strict";
(function () {
  const form = document.getElementById("filter");
  const status = document.getElementById("shown");
  const clauses = Array.from(document.querySelectorAll(".clause"));
  const groups = Array.from(document.querySelectorAll(".group")).filter((it) => it.querySelector(".clause"));
  const all = new Set(clauses.map((it) => it.dataset.clause));
  if (!form || !status || all.size === 0) return;

  function apply() {
    const area = form.elements.area.value;
    const grades = new Set(
      Array.from(form.querySelectorAll("[name=grade]:checked")).map((it) => it.value),
    );
    const differs = form.elements.differs.checked;
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    // A clause is found by what any of its places says, and shown in all of them.
    const texts = new Map();
    if (words.length > 0) {
      for (const it of clauses) {
        const id = it.dataset.clause;
        texts.set(id, (texts.get(id) || "") + it.textContent.toLowerCase());
      }
    }
    const kept = new Set();
    for (const it of clauses) {
      const data = it.dataset;
      const keep =
        (area === "" || data.area === area) &&
        grades.has(data.grade) &&
        (!differs || data.differs === "1") &&
        words.every((word) => texts.get(data.clause).includes(word));
      it.hidden = !keep;
      if (keep) kept.add(data.clause);
    }
    for (const it of groups) it.hidden = !it.querySelector(".clause:not([hidden])");
    status.textContent = form.dataset.shown.replace("{n}", kept.size).replace("{all}", all.size);
    status.hidden = false;
    document.body.classList.toggle("filtered", kept.size < all.size);
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
})();
