// The quiz: cards in an order of chance; what was not known comes again. Nothing is kept when the page is left.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const LATER = 6;
  let queue = [];
  let known = 0;
  let total = 0;
  let shown = null;

  const sides = (row, ask) => {
    const first = ask === "cards" && row.cards > 1 ? 1 : 0;
    const last = ask === "questions" ? 1 : row.cards;
    return Array.from({ length: last - first }, (_, n) => ({ row, side: first + n }));
  };
  const shuffled = (items) => {
    for (let n = items.length - 1; n > 0; n--) {
      const other = Math.floor(Math.random() * (n + 1));
      [items[n], items[other]] = [items[other], items[n]];
    }
    return items;
  };
  const chosen = async () => {
    const choice = qbank.choice();
    return (await qbank.found(choice)).flatMap((row) => sides(row, choice.ask));
  };
  const count = async () => {
    const cards = (await chosen()).length;
    at("count").textContent = qbank.said(at("count"), { count: cards });
    at("start").disabled = !cards;
  };

  const begin = (items) => {
    queue = items;
    total = items.length;
    known = 0;
    at("choose").hidden = true;
    at("play").hidden = false;
    next();
  };
  const progress = () => qbank.said(at("progress"), { count: known, total });
  const end = () => {
    shown = null;
    at("play").hidden = true;
    at("choose").hidden = false;
    at("count").textContent = total ? progress() : "";
    at("start").focus();
  };

  const next = async () => {
    if (!queue.length) return end();
    const item = (shown = queue.shift());
    at("card").setAttribute("aria-busy", true);
    const { row } = item;
    const pair = (await qbank.load(row.chunk))[row.name][item.side];
    if (shown !== item) return;
    at("progress").textContent = progress();
    at("card").className = `card topic-${row.topic}`;
    at("topic").textContent = qbank.called("topic")[row.topic];
    at("level").textContent = qbank.dots(row.level);
    // Both sides were written by the generator, which escapes all texts.
    at("front").innerHTML = pair[0];
    at("back").innerHTML = pair[1];
    at("whole").href = `questions/${row.name}.html`;
    turned(false);
    at("card").setAttribute("aria-busy", false);
    at("card").focus();
    if (queue.length) qbank.load(queue[0].row.chunk);
  };
  const turned = (open) => {
    for (const id of ["line", "back", "again", "knew", "whole"]) at(id).hidden = !open;
    at("flip").hidden = open;
    document.dispatchEvent(new Event("qbank:shown"));
    if (open) at("knew").focus();
  };
  const answered = (knew) => {
    if (knew) known++;
    else queue.splice(LATER, 0, shown);
    next();
  };

  at("start").addEventListener("click", async () => begin(shuffled(await chosen())));
  at("flip").addEventListener("click", () => turned(true));
  at("again").addEventListener("click", () => answered(false));
  at("knew").addEventListener("click", () => answered(true));
  at("stop").addEventListener("click", end);
  document.addEventListener("keydown", (event) => {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const open = at("flip").hidden;
    if (event.key === " " && !open && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      turned(true);
    } else if (open && (event.key === "1" || event.key === "2")) answered(event.key === "2");
  });
  qbank.form().addEventListener("submit", (event) => event.preventDefault());
  at("choose").addEventListener("input", count);

  const open = async () => {
    const name = new URLSearchParams(location.hash.slice(1)).get("question");
    if (name) {
      const row = (await qbank.rows()).find((each) => each.name === name);
      if (row) return begin(sides(row, "both"));
    }
    qbank.restore();
    return count();
  };
  addEventListener("pageshow", open);
})();
