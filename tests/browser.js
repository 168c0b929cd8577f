// The page and the Mermaid picture in a real browser: the page asks no host, every edge opens its quote at its place in the
// document, words fit their boxes, light and dark differ, it prints; Mermaid draws all names.
//
// Usage: node tests/browser.js FOLDER [PICTURES]   FOLDER has graph.html, graph.mmd, nasty.html, nasty.mmd and names.json
// Needs the npm packages playwright-core and mermaid, and a Chromium or Chrome; prints one line with "skip" without them.
// Prints a line for each check, as tests/readers.py does, and writes screenshots into PICTURES.

const fs = require("fs");
const path = require("path");
const { execFileSync } = require("child_process");

const [folder, pictures] = process.argv.slice(2).map((name) => path.resolve(name));
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"];
let failures = 0;
const expect = (holds, what) => {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
  if (!holds) failures += 1;
};
const folded = (words) => words.replace(/\s+/g, " ").trim();

function executable() {
  const names = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const name of names.filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
    } catch {}
  }
}

async function open(browser, file, options) {
  const context = await browser.newContext({ viewport: { width: 1500, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = [], complaints = [];
  page.on("request", (request) => request.url().startsWith("file://") || asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`file://${path.join(folder, file)}`);
  return { page, asked, complaints };
}

async function shot(page, name, options) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), ...options });
}

/** The words marked in the document. */
const marked = (page) => page.$$eval("mark.chosen", (marks) => marks.map((mark) => mark.textContent).join(""));

async function checkPage(browser) {
  const { page, asked, complaints } = await open(browser, "graph.html");
  const edges = JSON.parse(await page.textContent("#quotes"));
  const quoted = Object.entries(edges).filter(([, edge]) => edge.quotes.some((quote) => quote.source !== null));
  expect(quoted.length > 20, `${quoted.length} edges have a passage in a document`);
  const [id, edge] = quoted[quoted.length >> 1];
  await page.locator(`.edge[data-edges~="${id}"] .said`).first().click();
  expect((await page.textContent("#said")).includes(edge.quotes[0].text), "a click on an arrow shows its quote");
  expect(await page.isVisible("mark.chosen"), "and the passage in the document");
  await shot(page, "page-light");
  const wrong = [];
  for (const [id, { quotes }] of quoted) {
    await page.$eval(`tr[data-edge="${id}"] button`, (button) => button.click());
    const found = folded(await marked(page));
    if (found !== folded(quotes.find((quote) => quote.source !== null).text)) wrong.push(`${id}: ${found}`);
  }
  expect(!wrong.length, `every row opens its quote at its place ${wrong.slice(0, 3)}`);
  await page.$eval("mark:not(.chosen)", (mark) => mark.click());
  expect((await marked(page)).length > 0, "a click on another passage opens its claim");
  await page.focus("#filter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect((await page.$$("tr.chosen")).length === 1, "the keyboard opens a row");
  await page.locator(".node").first().click();
  const shown = (await page.$$("tr[data-edge]:not([hidden])")).length;
  expect(shown > 0 && shown < Object.keys(edges).length, "a click on a thing leaves its rows");
  await page.click("#clear");
  await page.fill("#filter", "no such words");
  expect((await page.$$("tr[data-edge]:not([hidden])")).length === 0, "the table can be searched");
  expect(!asked.length && !complaints.length, `the page asks no host and nothing goes wrong ${asked} ${complaints}`);
  await page.context().close();
}

/** Labels that leave their boxes, by more than a point. */
const outside = (page) => page.$$eval(".node", (nodes) => nodes.flatMap((node) => {
  const frame = node.querySelector(".box").getBBox();
  const is = (box) => box.x < frame.x - 1 || box.x + box.width > frame.x + frame.width + 1 ||
    box.y < frame.y - 2 || box.y + box.height > frame.y + frame.height + 2;
  return [...node.querySelectorAll("text")].filter((text) => is(text.getBBox())).map((text) => text.textContent);
}));

async function checkLooks(browser) {
  const paper = (page) => page.$eval(".rap .paper", (paper) => getComputedStyle(paper).fill);
  const light = await open(browser, "graph.html");
  const dark = await open(browser, "graph.html", { colorScheme: "dark" });
  expect((await paper(light.page)) !== (await paper(dark.page)), "the page is dark on a dark screen");
  await dark.page.click("tr[data-edge] button");
  await shot(dark.page, "page-dark");
  const over = await outside(light.page);
  expect(!over.length, `words fit their boxes ${over.slice(0, 3)}`);
  await dark.page.emulateMedia({ media: "print" });
  expect((await paper(dark.page)) === "rgb(255, 255, 255)", "paper is white, also from a dark screen");
  await shot(dark.page, "page-print", { fullPage: true });
  const printed = await light.page.pdf({ preferCSSPageSize: true });
  if (pictures) fs.writeFileSync(path.join(pictures, "page.pdf"), printed);
  expect(printed.length > 20000 && printed.subarray(0, 4).toString() === "%PDF", `it prints (${printed.length} bytes)`);
  const phone = await open(browser, "graph.html", { viewport: { width: 390, height: 844 } });
  const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide <= 390, `a phone shows it without scrolling sideways (${wide})`);
  await phone.page.click("tr[data-edge] button");
  await shot(phone.page, "page-phone");
  for (const { page } of [light, dark, phone]) await page.context().close();
}

async function checkNames(browser) {
  const { page, complaints } = await open(browser, "nasty.html");
  const names = JSON.parse(fs.readFileSync(path.join(folder, "names.json"), "utf8"));
  const drawn = await page.$$eval(".node", (nodes) =>
    nodes.map((node) => [...node.querySelectorAll("text")].map((text) => text.textContent).join(" ")));
  const plain = drawn.map((name) => folded(name.replace(/[\u2066-\u2069]/g, "")));
  for (const name of names) expect(plain.includes(folded(name)), `the page draws ${JSON.stringify(name)}`);
  const over = await outside(page);
  expect(!over.length && !complaints.length, `and they fit ${over} ${complaints}`);
  await shot(page, "names");
  await page.context().close();
}

async function checkMermaid(browser, script) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent("<div id=drawn></div>");
  await page.addScriptTag({ path: script });
  const names = JSON.parse(fs.readFileSync(path.join(folder, "names.json"), "utf8"));
  for (const file of ["graph.mmd", "nasty.mmd"]) {
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    const told = await page.evaluate(async (text) => {
      try {
        mermaid.initialize({ startOnLoad: false, htmlLabels: true });
        await mermaid.parse(text);
        const { svg } = await mermaid.render("picture", text);
        document.getElementById("drawn").innerHTML = svg;
        return { labels: [...document.querySelectorAll("#drawn .node .nodeLabel")].map((label) => label.innerText) };
      } catch (error) {
        return { error: String(error) };
      }
    }, text);
    expect(!told.error, `mermaid reads ${file} ${told.error || ""}`);
    const labels = (told.labels || []).map(folded);
    expect(labels.length > 2, `mermaid draws ${labels.length} things of ${file}`);
    if (file !== "nasty.mmd") continue;
    for (const name of names) expect(labels.includes(folded(name)), `mermaid draws ${JSON.stringify(name)}`);
  }
  await context.close();
}

async function main() {
  const binary = executable();
  let chromium, script;
  try {
    ({ chromium } = require("playwright-core"));
    script = path.join(path.dirname(require.resolve("mermaid/package.json")), "dist/mermaid.min.js");
  } catch {}
  if (!binary || !chromium) return console.log("skip the browser: no Chromium or no playwright-core here");
  let browser;
  try {
    browser = await chromium.launch({ executablePath: binary, args: ARGUMENTS });
  } catch (error) {
    return console.log(`skip the browser: it does not start: ${String(error).split("\n")[0]}`);
  }
  if (pictures) fs.mkdirSync(pictures, { recursive: true });
  await checkPage(browser);
  await checkLooks(browser);
  await checkNames(browser);
  if (fs.existsSync(script)) await checkMermaid(browser, script);
  else console.log("skip mermaid: not installed");
  await browser.close();
}

main().then(() => process.exit(failures ? 1 : 0), (error) => {
  console.log(`FAIL the browser: ${error}`);
  process.exit(1);
});
