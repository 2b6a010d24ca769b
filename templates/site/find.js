// The first page: results take the place of the topics as soon as something is searched or chosen.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  // How many results are shown at first, and with each request for more: a bank may have ten thousand.
  const FEW = 60;
  const MORE = 600;
  let turn = 0;

  const item = (row, topics, kinds) => {
    const made = document.createElement("li");
    made.className = `topic-${row.topic}`;
    const link = document.createElement("a");
    link.href = `questions/${row.name}.html`;
    for (const [tag, text] of [
      ["strong", row.title],
      ["span", row.question],
      ["small", `${topics[row.topic]} · ${qbank.dots(row.level)} · ${kinds[row.kind]}`],
    ]) {
      const part = document.createElement(tag);
      part.textContent = text;
      link.append(part);
    }
    made.append(link);
    return made;
  };

  const show = (found, chosen, most) => {
    const [topics, kinds] = ["topic", "kind"].map(qbank.called);
    at("count").textContent = qbank.said(at("count"), { count: found.length });
    at("results").replaceChildren(...found.slice(0, most).map((row) => item(row, topics, kinds)));
    at("more").hidden = found.length <= most;
    at("more").onclick = () => show(found, chosen, most + MORE);
    if (at("quiz")) {
      at("quiz").hidden = !found.length;
      at("quiz").href = `quiz.html#${new URLSearchParams(chosen)}`;
    }
  };

  const update = async () => {
    const chosen = qbank.choice();
    const asked = Object.keys(chosen).length > 0;
    const mine = ++turn;
    const busy = (is) => at("found").setAttribute("aria-busy", is);
    busy(true);
    history.replaceState(null, "", asked ? `#${new URLSearchParams(chosen)}` : location.pathname + location.search);
    if (!asked) {
      at("found").hidden = true;
      at("topics").hidden = false;
      busy(false);
      return;
    }
    const [found] = await Promise.all([qbank.found(chosen), qbank.words()]);
    if (mine !== turn) return;
    show(found, chosen, FEW);
    at("found").hidden = false;
    at("topics").hidden = true;
    busy(false);
  };

  const open = () => {
    if (location.hash === "#search") at("search").focus();
    else {
      qbank.restore();
      if (Object.keys(qbank.choice()).length) update();
    }
  };
  qbank.form().addEventListener("input", update);
  qbank.form().addEventListener("submit", (event) => {
    event.preventDefault();
    at("results").querySelector("a")?.focus();
  });
  addEventListener("hashchange", open);
  addEventListener("pageshow", open);
})();
