// Refines pages that work without it: keys in the reading pane, suggestions while typing, a word when the store has changed.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("script");
  const one = (selector, within = document) => within.querySelector(selector);

  // Next and previous passage, only while the text has the focus and the reader wants it.
  const pane = one(".reading");
  const keys = one("#keys");
  if (pane && keys) {
    keys.checked = localStorage.getItem("keys") !== "off";
    keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
    const cards = [...pane.querySelectorAll(".card")];
    let at = -1;
    const go = (step) => {
      const shown = cards.filter((card) => card.offsetParent !== null);
      if (!shown.length) return;
      const now = shown.indexOf(cards[at]);
      const next = shown[Math.max(0, Math.min(shown.length - 1, now + step))];
      cards.forEach((card) => card.classList.remove("near"));
      at = cards.indexOf(next);
      next.classList.add("near");
      one("a.number", next).focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    };
    pane.addEventListener("keydown", (event) => {
      if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "j") go(1);
      else if (event.key === "k") go(-1);
      else if (event.key === "m") one("#show-marks").click();
      else return;
      event.preventDefault();
    });
  }

  // Decisions by one key, only while the card has the focus and the reader wants it.
  const review = one(".review");
  if (review) {
    const named = one("input[name=by]", review);
    if (named) {
      named.value ||= localStorage.getItem("by") ?? "";
      named.addEventListener("change", () => localStorage.setItem("by", named.value));
    }
    if (keys) {
      keys.checked = localStorage.getItem("keys") !== "off";
      keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
    }
    review.addEventListener("keydown", (event) => {
      if (!keys?.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
      const button = /^[a-z]$/.test(event.key) && one(`[data-key=${event.key}]`, review);
      if (!button) return;
      event.preventDefault();
      button.click();
    });
    if (location.search.includes("done=")) review.focus({ preventScroll: true });
  }

  // The mark of what is wrong lies behind the query, moves with it, and goes when it is changed.
  const behind = one(".behind");
  const query = one("#query");
  if (behind && query) {
    query.addEventListener("scroll", () => { behind.scrollTop = query.scrollTop; behind.scrollLeft = query.scrollLeft; });
    query.addEventListener("input", () => behind.remove(), { once: true });
    const before = behind.firstChild?.nodeType === Node.TEXT_NODE ? behind.firstChild.length : 0;
    query.setSelectionRange(before, before);
    query.focus();
  }

  // Names of things while one types: a list that the arrow keys walk.
  const suggest = (field) => {
    let list = null;
    let timer = 0;
    let chosen = -1;
    const close = () => { list?.remove(); list = null; chosen = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    const show = (found) => {
      close();
      if (!found.length || document.activeElement !== field) return;
      list = document.createElement("ul");
      list.className = "suggestions";
      list.role = "listbox";
      list.id = field.id + "-list";
      for (const { name, kind, href, key } of found) {
        const item = document.createElement("li");
        item.role = "option";
        item.id = list.id + "-" + list.children.length;
        item.textContent = kind ? name + " – " + kind : name;
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          if (field.dataset.suggest === "key") { field.value = name; close(); } else location.href = href;
        });
        list.append(item);
      }
      field.parentElement.append(list);
      field.setAttribute("aria-expanded", "true");
      field.setAttribute("aria-controls", list.id);
    };
    const ask = async () => {
      const text = field.value.trim();
      if (text.length < 2) return close();
      try {
        const answer = await fetch("/suggest?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } });
        if (answer.ok && field.value.trim() === text) show((await answer.json()).things);
      } catch { close(); }
    };
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    field.addEventListener("blur", () => setTimeout(close, 150));
    field.addEventListener("keydown", (event) => {
      const items = list ? [...list.children] : [];
      if (event.key === "Escape") {
        // Browsers empty a search field at this key; it closes the list first.
        if (list) event.preventDefault();
        return close();
      }
      if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        return items[chosen].dispatchEvent(new Event("pointerdown", { cancelable: true }));
      }
      if (!items.length || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
      items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
      field.setAttribute("aria-activedescendant", items[chosen].id);
      items[chosen].scrollIntoView({ block: "nearest" });
    });
  };
  const served = location.protocol.startsWith("http") && !one("meta[name=static]");
  if (served) document.querySelectorAll("#q, [data-suggest]").forEach(suggest);

  // One look at the store when the page is looked at again.
  const revision = one("meta[name=revision]")?.content;
  if (served && revision) {
    document.addEventListener("visibilitychange", async () => {
      if (document.hidden || one("#moved")) return;
      try {
        const state = await (await fetch("/-/state")).json();
        if (state.revision === revision) return;
        const word = document.createElement("p");
        word.id = "moved";
        word.className = "problem";
        word.role = "status";
        word.textContent = "The store has changed since this page was made. Load it again to see the new state.";
        one("main").prepend(word);
      } catch { /* The server has gone; the page still reads. */ }
    });
  }
})();
