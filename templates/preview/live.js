// The page as the bank is now: when something was saved, what differs on it is replaced.
"use strict";
(() => {
  const turn = () => document.querySelector("meta[name=turn]");
  const live = document.getElementById("live");
  const say = (name, text) => {
    live.className = `live ${name}`;
    live.textContent = text;
  };

  const renew = async () => {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const parts = [...document.querySelectorAll("main [data-live]")];
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = (part) => fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    // A page of another kind, or one that is made of more than its parts.
    if (!answer.ok || !parts.length || !parts.every(found)) return location.reload();
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = found(part);
      // What cannot be shown now stays as it was; the page says so.
      if (part.hasAttribute("data-keep") && !now.innerHTML) continue;
      if (part.innerHTML !== now.innerHTML) part.innerHTML = now.innerHTML;
      part.className = now.className;
    }
    document.title = fresh.title;
    turn().content = fresh.querySelector("meta[name=turn]").content;
    document.dispatchEvent(new Event("qbank:renewed"));
    document.dispatchEvent(new Event("qbank:shown"));
  };

  let last = Promise.resolve();
  let source;
  const watch = () => {
    source?.close();
    // A browser keeps few connections to a server: those of pages that nobody sees would be missed by others.
    if (document.hidden) return;
    source = new EventSource("/events");
    source.onopen = () => say("on", "live");
    source.onerror = () => say("off", "ended");
    source.onmessage = ({ data }) => {
      last = last.then(() => (data === turn().content ? undefined : renew())).catch(() => {});
    };
  };
  document.addEventListener("visibilitychange", watch);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", watch);
})();
