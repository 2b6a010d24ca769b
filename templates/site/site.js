// On every page: what scrolls sideways can be reached by the keyboard, all folds open on request and for the printer.
"use strict";
(() => {
  const folds = () => [...document.querySelectorAll("main details")];
  const reach = () => {
    for (const each of document.querySelectorAll(".qb-scroll, .qb-wide, pre.code"))
      if (each.scrollWidth > each.clientWidth + 1) each.tabIndex = 0;
      else each.removeAttribute("tabindex");
  };
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  document.addEventListener("qbank:shown", reach);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folds().filter((each) => !each.open);
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
  });

  const button = document.querySelector("[data-open]");
  if (button && folds().length) {
    const say = () => (button.textContent = button.dataset[folds().every((each) => each.open) ? "close" : "open"]);
    say();
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = !folds().every((each) => each.open);
      for (const each of folds()) each.open = open;
      say();
    });
    document.addEventListener("toggle", say, true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
    const search = document.getElementById("search");
    event.preventDefault();
    if (search) search.focus();
    else location.href = document.querySelector(".home").href + "#search";
  });
})();
