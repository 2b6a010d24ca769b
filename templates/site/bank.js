// The questions as rows, the filters and the search: what the first page and the quiz share.
// A page opened as a file may read no other file, but it may load scripts: each hands over one value by `deliver`.
"use strict";
window.qbank = (() => {
  const waiting = new Map();
  const loaded = new Map();

  const deliver = (name, value) => waiting.get(name)?.(value);

  const script = (path) =>
    new Promise((done, failed) => {
      const made = document.createElement("script");
      made.src = path;
      made.onload = done;
      made.onerror = () => failed(new Error(`cannot load ${path}`));
      document.head.append(made);
    });

  // The value of data/<name>.js; loaded once.
  const load = (name) => {
    if (!loaded.has(name))
      loaded.set(
        name,
        new Promise((done, failed) => {
          waiting.set(name, done);
          script(`data/${name}.js`).catch((error) => {
            loaded.delete(name);
            failed(error);
          });
        }),
      );
    return loaded.get(name);
  };

  let read;
  const rows = () =>
    (read ??= load("rows").then((data) => {
      const places = {};
      return data.rows.map((values, order) => {
        const row = Object.fromEntries(
          data.columns.map((column, at) => {
            const names = data.choices[column];
            const named = (value) => (names ? names[value] : value);
            return [column, Array.isArray(values[at]) ? values[at].map(named) : named(values[at])];
          }),
        );
        const place = (places[row.topic] = (places[row.topic] ?? -1) + 1);
        return { ...row, order, chunk: `cards-${row.topic}-${Math.floor(place / data.together)}` };
      });
    }));

  // The same rows with what each asks, and its other names.
  let worded;
  const words = () =>
    (worded ??= Promise.all([rows(), load("words")]).then(([all, said]) => {
      all.forEach((row, at) => ([row.question, row.aliases] = said[at]));
      return all;
    }));

  // Some languages write no spaces between words: there the browser, which knows them, tells where one ends.
  const SPACELESS = /^(?:ja|zh|yue|th|lo|km|my|bo)\b/;
  const language = () => form().closest("[lang]").lang;
  const tokenize = (text) =>
    [...new Intl.Segmenter(language(), { granularity: "word" }).segment(text)]
      .filter((each) => each.isWordLike)
      .map((each) => each.segment);

  let indexed;
  const searched = () =>
    (indexed ??= Promise.all([words(), script("vendor/minisearch.js")]).then(([all]) => {
      const index = new MiniSearch({
        ...(SPACELESS.test(language()) && { tokenize }),
        idField: "order",
        fields: ["title", "aliases", "question"],
        searchOptions: {
          boost: { title: 4, aliases: 2 },
          prefix: (word) => word.length > 1,
          fuzzy: (word) => (word.length > 4 ? 0.2 : 0),
          combineWith: "AND",
        },
      });
      index.addAll(all);
      return index;
    }));

  const form = () => document.getElementById("find");
  const choice = () => {
    const chosen = {};
    for (const [name, value] of new FormData(form())) if (value) chosen[name] = value;
    return chosen;
  };
  const restore = () => {
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      const field = form().elements[name];
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value === "1";
      else field.value = value;
    }
  };
  const fits = (row, chosen) =>
    (!chosen.topic || row.topic === chosen.topic) &&
    (!chosen.level || row.level === chosen.level) &&
    (!chosen.kind || row.kind === chosen.kind) &&
    (!chosen.role || row.roles.includes(chosen.role)) &&
    (!chosen.round || row.rounds.includes(chosen.round)) &&
    (!chosen.essential || row.essential);

  // The rows that fit a choice: the best first where something is searched, in study order otherwise.
  const found = async (chosen) => {
    const all = await rows();
    const fitting = all.filter((row) => fits(row, chosen));
    if (!chosen.q?.trim()) return fitting;
    const allowed = new Set(fitting.map((row) => row.order));
    const hits = (await searched()).search(chosen.q, { filter: (hit) => allowed.has(hit.id) });
    return hits.map((hit) => all[hit.id]);
  };

  // What pages call the values of a filter.
  const called = (name) => Object.fromEntries([...form().elements[name].options].map((each) => [each.value, each.text]));
  const dots = (level) => {
    const titles = called("level");
    const levels = Object.keys(titles).filter(Boolean);
    const at = levels.indexOf(level);
    return `${"●".repeat(at + 1)}${"○".repeat(levels.length - at - 1)} ${titles[level]}`;
  };
  // The words of the bank for a count, which an element bears, with values in their gaps.
  const said = (element, values) =>
    element.dataset[values.count === 1 ? "one" : "many"].replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
  return { deliver, load, rows, words, found, form, choice, restore, called, dots, said };
})();
