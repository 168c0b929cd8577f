
"use strict";
const told = JSON.parse(document.getElementById("quotes").textContent);
const panel = document.getElementById("said");
const rows = [...document.querySelectorAll("tr[data-edge]")];
const arrows = [...document.querySelectorAll(".edge")];
const put = (parent, name, text) => {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  return element;
};
function choose(ids) {
  panel.replaceChildren();
  for (const id of ids) {
    const edge = told[id];
    put(panel, "h2", `${edge.from} — ${edge.label} — ${edge.to}`).style.fontSize = "14px";
    for (const quote of edge.quotes) {
      const block = put(panel, "blockquote", quote.text ? `“${quote.text}”` : "(quotes were left out)");
      block.dir = "auto";
      const by = quote.saidBy ? `${quote.saidBy}, ` : "";
      put(block, "cite", `${by}${quote.document}, ${quote.date}, characters ${quote.start}–${quote.end}, confidence ${quote.confidence}`);
    }
    if (!edge.quotes.length) put(panel, "p", "No claim stands behind this; it follows from what is known.");
  }
  for (const row of rows) row.classList.toggle("chosen", ids.includes(row.dataset.edge));
  for (const arrow of arrows) arrow.classList.toggle("chosen", arrow.dataset.edges.split(" ").some((id) => ids.includes(id)));
}
function listen(element, ids) {
  element.addEventListener("click", () => choose(ids));
  element.addEventListener("keydown", (event) => event.key === "Enter" && choose(ids));
}
for (const row of rows) listen(row, [row.dataset.edge]);
for (const arrow of arrows) listen(arrow, arrow.dataset.edges.split(" "));
document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});
