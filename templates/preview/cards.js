// A question in its forms: frames with its cards, turned and lit as one likes, its box, its page and its data.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const read = () => JSON.parse(at("cards").textContent);
  let shown = read();

  // What is chosen stands in the address, so that it survives what happens to the page.
  const chosen = () => ({
    view: "cards",
    side: "back",
    light: matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "day",
    width: "desktop",
    ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))),
  });
  const choose = (name, value) => {
    const all = new URLSearchParams(location.hash.slice(1));
    all.set(name, value);
    history.replaceState(null, "", `#${all}`);
    turned.clear();
    draw();
  };

  // -- frames

  const frames = [];
  // Cards that show the other side than the rest.
  const turned = new Set();
  const side = (number) => ((chosen().side === "back") !== turned.has(number) ? "back" : "front");

  const send = (frame) => {
    const card = shown?.cards[frame.number];
    if (!frame.ready || !card) return;
    const said = { css: shown.css, html: card[side(frame.number)], night: chosen().light === "night" };
    const text = JSON.stringify(said);
    if (text === frame.said) return;
    frame.said = text;
    frame.item.setAttribute("aria-busy", true);
    frame.element.contentWindow.postMessage(said, "*");
  };

  const turn = (number) => {
    if (!turned.delete(number)) turned.add(number);
    draw();
  };

  // A frame is loaded when it is nearly in sight: each starts a MathJax of its own.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        target.src = "/card.html";
        seen.unobserve(target);
      }
    },
    { rootMargin: "300px" },
  );

  const made = (number) => {
    const item = document.createElement("li");
    const head = document.createElement("div");
    head.className = "head";
    const name = document.createElement("b");
    const kind = document.createElement("span");
    const flip = document.createElement("button");
    flip.type = "button";
    flip.addEventListener("click", () => turn(number));
    head.append(name, kind, flip);
    const element = document.createElement("iframe");
    element.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    seen.observe(element);
    item.append(head, element);
    at("frames").append(item);
    return { number, item, name, kind, flip, element, ready: false, said: "" };
  };

  const draw = () => {
    const now = chosen();
    for (const input of at("look").querySelectorAll("input")) input.checked = now[input.name] === input.value;
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const mine = tab.dataset.view === now.view;
      tab.setAttribute("aria-selected", mine);
      tab.tabIndex = mine ? 0 : -1;
      at(tab.getAttribute("aria-controls")).hidden = !mine;
    }
    at("look").hidden = now.view !== "cards";
    at("frames").className = `frames ${now.width} ${now.light}`;
    const count = shown?.cards.length ?? 0;
    while (frames.length > count) frames.pop().item.remove();
    while (frames.length < count) frames.push(made(frames.length));
    for (const frame of frames) {
      const card = shown.cards[frame.number];
      frame.name.textContent = card.name;
      frame.kind.textContent = card.kind;
      frame.flip.textContent = side(frame.number) === "back" ? "Show front" : "Show back";
      frame.element.title = `Card ${card.name}, ${side(frame.number)}`;
      send(frame);
    }
    if (now.view === "sheet") sheet();
  };

  addEventListener("message", ({ source, data }) => {
    const frame = frames.find((each) => each.element.contentWindow === source);
    if (!frame || !data) return;
    if (data.ready) {
      frame.ready = true;
      frame.said = "";
      send(frame);
    }
    if (data.shown) frame.item.setAttribute("aria-busy", false);
    if (data.height > 0) {
      const border = frame.element.offsetHeight - frame.element.clientHeight;
      frame.element.style.height = `${Math.min(Math.ceil(data.height), 20000) + border}px`;
    }
    if (data.key) press(data.key);
  });

  // -- the sheet, which is set when somebody looks at it

  const sheet = async () => {
    const view = at("view-sheet");
    view.setAttribute("aria-busy", true);
    const answer = await fetch(view.dataset.part);
    if (answer.ok) view.innerHTML = await answer.text();
    else if (!view.innerHTML) view.textContent = "It cannot be set before its problems are mended.";
    view.setAttribute("aria-busy", false);
  };

  // -- what changes

  const stale = () => {
    const now = read();
    shown = now ?? shown;
    at("stale").hidden = Boolean(now);
    at("stale").textContent = shown
      ? "The cards as they were: what the file says now cannot be shown until its problems are mended."
      : "What the file says cannot be shown until its problems are mended.";
    at("bench").classList.toggle("old", !now);
    at("bench").classList.toggle("empty", !shown);
  };
  document.addEventListener("qbank:renewed", () => {
    stale();
    draw();
  });
  addEventListener("hashchange", draw);
  at("look").addEventListener("change", ({ target }) => choose(target.name, target.value));
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose("view", tab.dataset.view));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      choose("view", next.dataset.view);
      next.focus();
    });
  }

  const press = (key) => {
    const now = chosen();
    if (now.view !== "cards") return;
    if (key === " ") choose("side", now.side === "back" ? "front" : "back");
    if (key.toLowerCase() === "n") choose("light", now.light === "night" ? "day" : "night");
    if (key.toLowerCase() === "p") choose("width", now.width === "phone" ? "desktop" : "phone");
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, button, summary, input, select")) return;
    if (chosen().view !== "cards" || !/^[ np]$/i.test(event.key)) return;
    event.preventDefault();
    press(event.key);
  });

  stale();
  draw();
})();
