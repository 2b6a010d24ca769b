// A card in a frame of its own: it shows what the page sends, as Anki's reviewer does, and says how high it is.
"use strict";
// Where MathJax keeps what is chosen in its menu: a frame without an origin has nothing.
Object.defineProperty(window, "localStorage", { value: { getItem: () => null, setItem() {}, removeItem() {} } });
// Anki's own settings of MathJax, 26.9.
window.MathJax = {
  tex: {
    displayMath: [["\\[", "\\]"]],
    processEscapes: false,
    processEnvironments: false,
    processRefs: false,
    packages: { "[+]": ["noerrors", "mathtools"], "[-]": ["textmacros"] },
  },
  loader: { load: ["[tex]/noerrors", "[tex]/mathtools"], paths: { mathjax: "/mathjax" }, versionWarnings: false },
  startup: { typeset: false },
};
(() => {
  const tell = (said) => parent.postMessage(said, "*");
  // A frame that nobody sees is told of no change of its size, but may measure it.
  const measure = () => tell({ height: document.documentElement.offsetHeight });
  let turn = 0;

  const show = async ({ css, html, night }) => {
    const mine = ++turn;
    document.getElementById("deck").textContent = css;
    document.documentElement.className = night ? "night-mode" : "";
    document.body.className = `card card1 ${night ? "nightMode night_mode" : ""}`;
    const qa = document.getElementById("qa");
    // What was open stays open.
    const opened = [...qa.querySelectorAll("details")].map((each) => each.open);
    qa.innerHTML = html;
    qa.querySelectorAll("details").forEach((each, at) => (each.open = opened[at] ?? false));
    await MathJax.startup.promise;
    if (mine !== turn) return;
    MathJax.typesetClear();
    await MathJax.typesetPromise([qa]);
    if (mine !== turn) return;
    measure();
    // Its fonts are loaded when a formula first needs them, and are higher or lower than what stands in for them.
    await document.fonts.ready;
    if (mine !== turn) return;
    measure();
    tell({ shown: true });
  };

  addEventListener("message", (event) => {
    if (event.source === parent) show(event.data);
  });
  addEventListener("keydown", (event) => {
    if (event.target.closest("summary, a") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!/^[ np]$/i.test(event.key)) return;
    event.preventDefault();
    tell({ key: event.key });
  });
  for (const name of ["load", "toggle"]) document.addEventListener(name, measure, true);
  addEventListener("DOMContentLoaded", () => {
    new ResizeObserver(measure).observe(document.body);
    tell({ ready: true });
  });
})();
