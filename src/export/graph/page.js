"use strict";
const byId = (id) => document.getElementById(id);
const data = (id) => JSON.parse(byId(id).textContent);
const edges = data("quotes"), texts = data("texts");
const said = byId("said"), text = byId("text"), canvas = byId("canvas"), filter = byId("filter"), clear = byId("clear");
const rows = [...document.querySelectorAll("tr[data-edge]")];
const arrows = [...document.querySelectorAll(".edge")];
const things = [...document.querySelectorAll(".node")];
const put = (parent, name, words, kind) => {
  const element = parent.appendChild(document.createElement(name));
  if (words) element.textContent = words;
  if (kind) element.className = kind;
  return element;
};
const numbersOf = (arrow) => arrow.dataset.edges.split(" ");

/** Where a quote stands, in words. */
const place = (quote) => {
  const at = quote.text && `characters ${quote.start}–${quote.end}`;
  const parts = [quote.saidBy, quote.document, quote.date, at, `confidence ${quote.confidence}`];
  return parts.filter(Boolean).join(", ");
};

/** Shows a document with all its passages marked, and one of them in view. */
function read(quote) {
  text.hidden = quote.source === null;
  if (text.hidden) return;
  const passages = [];
  for (const [id, edge] of Object.entries(edges)) {
    for (const one of edge.quotes) if (one.source === quote.source) passages.push({ ...one, id });
  }
  const { name, date, pieces } = texts[quote.source];
  text.replaceChildren();
  put(text, "span", [name, date].filter(Boolean).join(", "), "name");
  pieces.forEach((piece, at) => {
    if (at || piece.from) put(text, "span", "\n[…]\n");
    mark(piece, passages, quote);
  });
  const here = text.querySelector("mark.chosen");
  if (!here) return;
  const middle = here.offsetTop - text.offsetTop - text.clientHeight / 3;
  text.scrollTop = Math.max(0, middle);
}

/** Puts a piece of text, cut at the ends of passages; offsets are code points. */
function mark(piece, passages, chosen) {
  const points = Array.from(piece.text);
  const cuts = new Set([0, points.length]);
  for (const { start, end } of passages) {
    for (const at of [start - piece.from, end - piece.from]) if (at > 0 && at < points.length) cuts.add(at);
  }
  const ends = [...cuts].sort((a, b) => a - b);
  for (let at = 1; at < ends.length; at++) {
    const [start, end] = [ends[at - 1] + piece.from, ends[at] + piece.from];
    const words = points.slice(ends[at - 1], ends[at]).join("");
    const ids = passages.filter((one) => one.start <= start && one.end >= end).map((one) => one.id);
    if (!ids.length) {
      text.append(words);
      continue;
    }
    const is = chosen.start <= start && chosen.end >= end;
    const element = put(text, "mark", words, is ? "chosen" : "");
    element.title = [...new Set(ids)].map((id) => `${edges[id].from} — ${edges[id].label} — ${edges[id].to}`).join("\n");
    element.addEventListener("click", () => choose([...new Set(ids)], { start, source: chosen.source }));
  }
}

/** Shows edges with their sentences, and opens the first one, or the one at a place. */
function choose(ids, at) {
  said.replaceChildren();
  text.hidden = true;
  let first = null;
  for (const id of ids) {
    const edge = edges[id];
    put(said, "h2", `${edge.from} — ${edge.label} — ${edge.to}`).dir = "auto";
    for (const quote of edge.quotes) {
      const button = put(said, "button", "", "quote");
      put(button, "span", quote.text ? `“${quote.text}”` : "(quotes were left out)");
      put(button, "cite", place(quote));
      const open = () => {
        for (const other of said.querySelectorAll(".quote")) other.classList.toggle("chosen", other === button);
        read(quote);
      };
      button.addEventListener("click", open);
      const wanted = !at || (quote.source === at.source && quote.start <= at.start && quote.end > at.start);
      if (wanted) first ??= open;
    }
    if (!edge.quotes.length) put(said, "p", "No claim stands behind this; it follows from what is known.");
  }
  for (const row of rows) row.classList.toggle("chosen", ids.includes(row.dataset.edge));
  for (const arrow of arrows) arrow.classList.toggle("chosen", numbersOf(arrow).some((id) => ids.includes(id)));
  said.scrollTop = 0;
  if (first) first();
  const label = canvas.querySelector(".edge.chosen .said");
  if (matchMedia("(max-width:800px)").matches) byId("reader").scrollIntoView();
  else if (label) label.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Leaves only rows that are wanted. */
function show(isWanted, all) {
  for (const row of rows) row.hidden = !isWanted(row);
  clear.hidden = all;
}

for (const row of rows) row.addEventListener("click", () => choose([row.dataset.edge]));
for (const arrow of arrows) arrow.addEventListener("click", () => choose(numbersOf(arrow)));
for (const thing of things) {
  thing.addEventListener("click", () => {
    const name = thing.dataset.node;
    show((row) => row.dataset.ends.split(" ").includes(name), false);
    for (const other of things) other.classList.toggle("chosen", other === thing);
  });
}
filter.addEventListener("input", () => {
  const wanted = filter.value.toLowerCase();
  show((row) => row.textContent.toLowerCase().includes(wanted), !wanted);
});
clear.addEventListener("click", () => {
  filter.value = "";
  for (const other of things) other.classList.remove("chosen");
  show(() => true, true);
});

const picture = canvas.querySelector("svg");
const [width, height] = [picture.viewBox.baseVal.width, picture.viewBox.baseVal.height];
let zoom = 1;
function draw(wanted) {
  zoom = Math.min(4, Math.max(0.1, wanted));
  picture.style.width = `${width * zoom}px`;
  picture.style.height = `${height * zoom}px`;
}
const fit = () => Math.min(canvas.clientWidth / width, canvas.clientHeight / height);
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => draw(+button.dataset.zoom ? zoom * button.dataset.zoom : fit()));
}
draw(Math.min(1, Math.max(0.7, fit())));

const all = byId("all");
for (const edge of Object.values(edges)) {
  const entry = put(all, "div");
  put(entry, "h2", `${edge.from} — ${edge.label} — ${edge.to}`).dir = "auto";
  for (const quote of edge.quotes) put(put(entry, "blockquote", quote.text ? `“${quote.text}”` : ""), "cite", place(quote));
}
