// The explorer in a real browser: every kind of page, light and dark, wide, narrow and on paper; flows of three steps, by mouse,
// by keys alone and without script; decisions; nothing is asked of another host.
//
// Usage: node tests/explorer.js PROGRAM [PICTURES]   PROGRAM is the binary; makes stores of its own in a temporary folder
// Needs the npm packages playwright-core and axe-core, and a Chromium or Chrome; prints one line with "skip" without them.
// With LOOKS=no the kinds of page are left out, which take most of the time.
// Prints a line for each check and writes screenshots into PICTURES; ends with 1 if a check failed.

const fs = require("fs");
const os = require("os");
const path = require("path");
const { execFileSync, spawn } = require("child_process");

const [program, pictures] = process.argv.slice(2).map((name) => path.resolve(name));
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
let failures = 0;
const expect = (holds, what, more = "") => {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds || !more ? "" : ": " + more}`);
  if (!holds) failures += 1;
};

function executable() {
  for (const name of [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
    } catch {}
  }
}

/** Runs the program in a folder. */
const run = (folder, ...words) => execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** A running server: its address, the address for decisions, and how to stop it. */
function serve(folder, ...words) {
  const child = spawn(program, ["serve", "--port", "0", ...words], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error("no address: " + said)), 60000);
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const address = /explorer at (\S+)/.exec(said);
      const review = /review at (\S+)/.exec(said);
      if (address && (review || !words.includes("--review"))) {
        clearTimeout(timer);
        resolve({ at: address[1].replace(/\/$/, ""), review: review?.[1], stop: () => child.kill("SIGINT") });
      }
    });
  });
}

/** The demo's store, with claims that wait, links that may be, and a text in other letters. */
function store() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "explorer-"));
  run(folder, "demo", "--keep", ".");
  fs.writeFileSync(path.join(folder, "bodies.csv"), "iri,label,alt,kind,country\n" +
    "https://example.org/b/2,Harbour Pilots Commission,,organisation,\nhttps://example.org/b/3,Harbour Pilots Commission,,organisation,\n");
  fs.writeFileSync(path.join(folder, "extra.md"), "---\ntitle: Statement by Norway\nrepresents: Norway\nspeaker: Representative of Norway\ndate: 2020-05-03\n---\n\n" +
    "Norway supports the work of the Expert Group on cybercrime. Norway opposes unilateral coercive measures 👍 and ایران.\n\nWe thank the Harbour Pilots Commission.\n");
  run(folder, "link", "load", "bodies.csv");
  run(folder, "add", "extra.md");
  return folder;
}

/** The kinds of pages, each with an address. */
async function kinds(at) {
  const json = async (target) => (await fetch(at + target)).json();
  const texts = (await json("/documents.json")).rows;
  const text = texts.find((row) => row.date === "2021-04-08").text.href;
  const claim = (await json("/claims.json?change=new&speaker=Iran")).rows.find((row) => row.place[0] === 1610).href;
  return {
    start: "/", search: "/search?q=Iran+Expert+Group", documents: "/documents", things: "/things", claims: "/claims?stance=against",
    text: `${text}?char=1610,1652`, thing: "/id/state/irn", claim, positions: "/positions?actors=Iran&by=year&actor=Iran&year=2021",
    matrix: "/matrix?over=document", change: "/change?actor=Iran&topic=Expert+Group", compare: "/compare?actor=Iran", questions: "/q",
    question: "/q/mandates", graph: "/graph?focus=IEG", sparql: "/sparql", wrong: "/sparql?query=" + encodeURIComponent("SELECT * {\n  ?s nope:p ?o\n}") + "&format=html",
    about: "/about", ontology: "/ontology", gone: "/nothing",
  };
}

/** A page that notes what it asks for and complains of. */
async function open(context, notes) {
  // A debug build on a busy machine takes its time.
  context.setDefaultTimeout(120000);
  const page = await context.newPage();
  page.on("request", (request) => notes.asked.add(new URL(request.url()).origin));
  page.on("console", (message) => message.type() === "error" && !/status of 4\d\d/.test(message.text()) && notes.complaints.push(message.text()));
  page.on("pageerror", (error) => notes.complaints.push(String(error)));
  return page;
}

async function shot(page, name, options) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true, ...options });
}

/** What axe finds on a page as tall as its content, in few words. */
async function violations(page, scheme) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const size = page.viewportSize();
  await page.setViewportSize({ width: size.width, height: Math.min(Math.max(height, 400), 15000) });
  // In the dark only colours are others.
  const only = scheme === "dark" ? { type: "rule", values: ["color-contrast", "link-in-text-block"] } : { type: "tag", values: TAGS };
  const found = await page.evaluate(async (runOnly) => {
    const { violations, incomplete } = await window.axe.run(document, { runOnly, resultTypes: ["violations", "incomplete"] });
    const told = (one) => `${one.id} ×${one.nodes.length} ${one.nodes[0].html.slice(0, 120)} ${one.nodes[0].failureSummary?.split("\n")[1] ?? ""}`;
    return { violations: violations.map(told), incomplete: incomplete.map(told) };
  }, only);
  await page.setViewportSize(size);
  return found;
}

async function looks(browser, at, notes, extra) {
  const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const [scheme, width] of [["light", 1200], ["dark", 1200], ["light", 390], ["light", 320]]) {
    // The policy of the pages keeps foreign scripts out; the checker is one.
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true, storageState: extra.state });
    const bare = [], wide = [], unprinted = [], judged = new Map();
    const page = await open(context, notes);
    for (const [kind, target] of Object.entries({ ...await kinds(at), ...extra.pages })) {
      const origin = target.startsWith("http") ? "" : at;
      await page.goto(origin + target);
      await shot(page, `${kind}-${scheme}-${width}`);
      if (width === 1200) {
        await page.evaluate(axe);
        const found = await violations(page, scheme);
        bare.push(...found.violations.map((one) => `${kind}: ${one}`));
        found.incomplete.forEach((one) => judged.set(one.split(" ×")[0], `${kind}: ${one}`));
      }
      const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (spill > 0) wide.push(`${kind} by ${spill} px`);
      if (scheme === "light" && width === 390) {
        // A sheet of A4 between its margins.
        await page.emulateMedia({ media: "print" });
        await page.setViewportSize({ width: 718, height: 1050 });
        const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        const shown = await page.evaluate(() => document.querySelector(".top")?.offsetParent != null);
        if (cut > 0 || shown) unprinted.push(`${kind}${cut > 0 ? ` is cut by ${cut} px` : ""}${shown ? " has the menu" : ""}`);
        await shot(page, `${kind}-print`);
        await page.emulateMedia({ media: null, colorScheme: "light" });
        await page.setViewportSize({ width, height: 900 });
      }
    }
    if (scheme === "light" && width === 390) expect(unprinted.length === 0, "every page fits on paper, without the menu", unprinted.join(", "));
    if (width === 1200) {
      expect(bare.length === 0, `no page breaks WCAG 2.2 AA as far as a machine sees, ${scheme}`, "\n" + bare.join("\n"));
      console.log(`     left to people: ${[...judged.values()].join("\n       ") || "nothing"}`);
    }
    expect(wide.length === 0, `no page scrolls sideways at ${width} px, ${scheme}`, wide.join(", "));
    await context.close();
  }
}

/** Whether a page shows the sentence, and that it is no word of 2019. */
const answered = (page) => page.evaluate(() => {
  const words = document.body.innerText.replace(/\s+/g, " ");
  return /need for renewal of the mandate of the IEG/.test(words) && /new|first in this store|! /.test(words);
});

async function flows(browser, at, notes) {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await open(context, notes);
    const how = javaScriptEnabled ? "" : " without script";
    await page.goto(at + "/");
    await page.fill("#q", "Iran expert group");
    await page.click(".search button");
    expect(await answered(page), `search answers in two steps${how}`);
    await page.click("a.place >> text=1610–1652");
    expect(/char=1610,1652/.test(page.url()) && await page.locator("mark.asked").count() > 0, `and its line opens the sentence${how}`);
    await page.goBack();
    expect(/search/.test(page.url()) && await answered(page), `the way back is the same page${how}`);
    await page.goto(at + "/");
    await page.click("text=Where did a position change?");
    await page.fill("#actor", "Iran");
    await page.fill("#topic", "Expert Group");
    await page.click("main form button");
    expect(await answered(page), `the question answers in three steps${how}`);
    await page.goto(at + "/positions");
    const cell = page.locator(".matrix td a", { has: page.locator(".change") }).first();
    expect(await cell.count() > 0, `the matrix marks what changed${how}`);
    await cell.click();
    expect(await page.locator("#cell .claim").count() > 0, `and a cell opens its quotes${how}`);
    await page.goto(at + "/positions?actors=Iran&topics=Expert+Group&by=year");
    await page.locator(".matrix td a", { has: page.locator(".change") }).first().click();
    expect(await answered(page), `the matrix answers by its marked cell${how}`);
    await context.close();
  }
}

/** By keys alone, and with the focus always seen. */
async function keyboard(browser, at, notes) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  const page = await open(context, notes);
  await page.goto(at + "/");
  const reach = async (test, most = 60) => {
    for (let step = 0; step < most; step += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(test)) return true;
    }
    return false;
  };
  expect(await reach(() => document.activeElement.id === "q"), "the search is reached by keys");
  await page.keyboard.type("expert");
  await page.waitForSelector(".suggestions li");
  await page.keyboard.press("Escape");
  expect(await page.inputValue("#q") === "expert" && await page.locator(".suggestions").count() === 0, "Escape closes the suggestions and keeps what is typed");
  await page.keyboard.type(" group Iran");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search/);
  expect(await answered(page), "and answers");
  expect(await reach(() => /1610/.test(document.activeElement.textContent), 200), "its line is reached by keys");
  await page.keyboard.press("Enter");
  await page.waitForURL(/char=1610,1652/);
  await page.locator(".reading").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  expect(await page.locator(".card.near").count() === 1, "j goes to the next passage");
  await page.keyboard.press("m");
  expect(!await page.isChecked("#show-marks"), "m hides the marks");
  await page.locator("#q").focus();
  const before = await page.locator(".card.near").getAttribute("id");
  await page.keyboard.type("jjk");
  expect(await page.locator(".card.near").getAttribute("id") === before, "keys do nothing outside the text");
  await page.uncheck("#keys");
  await page.locator(".reading").focus();
  await page.keyboard.press("j");
  expect(await page.locator(".card.near").getAttribute("id") === before, "nor when they are switched off");
  const hidden = [];
  for (const [kind, target] of Object.entries(await kinds(at))) {
    await page.goto(at + target);
    for (let step = 0; step < 25; step += 1) {
      await page.keyboard.press("Tab");
      const wrong = await page.evaluate(() => {
        const on = document.activeElement;
        if (!on || on === document.body) return null;
        const box = on.getBoundingClientRect();
        const head = document.querySelector(".top");
        const under = head && getComputedStyle(head).position === "sticky" && !head.contains(on) && !on.closest("svg") && box.bottom <= head.getBoundingClientRect().bottom
          && !on.contains(document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2));
        const style = getComputedStyle(on);
        const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        return under || !seen ? on.outerHTML.slice(0, 90) + (under ? " under the head" : " without outline") : null;
      });
      if (wrong) hidden.push(`${kind}: ${wrong}`);
    }
  }
  expect(hidden.length === 0, "what has the focus is seen, on every kind of page", "\n" + hidden.slice(0, 10).join("\n"));
  await context.close();
}

/** The question and the matrix by keys alone; the sentence in the text is where the address says, also without script. */
async function more(browser, at, notes) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  const page = await open(context, notes);
  const go = async (test, most = 120) => {
    for (let step = 0; step < most && !await page.evaluate(test); step += 1) await page.keyboard.press("Tab");
    return page.evaluate(test);
  };
  await page.goto(at + "/");
  await go(() => /Where did a position change/.test(document.activeElement.textContent) && document.activeElement.matches("a"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/change|position-change/);
  await go(() => document.activeElement.id === "actor");
  await page.keyboard.type("Iran");
  await page.keyboard.press("Escape");
  await go(() => document.activeElement.id === "topic");
  await page.keyboard.type("Expert Group");
  await page.keyboard.press("Escape");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(await answered(page), "the question answers by keys alone");
  await page.goto(at + "/positions?by=year&actors=Iran");
  await go(() => document.activeElement.matches(".matrix td a") && document.activeElement.querySelector(".change"));
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(await answered(page), "and so does the matrix");
  await page.goto(at + "/graph?focus=IEG");
  expect(await go(() => document.activeElement.closest("svg") && document.activeElement.matches("a")), "things in the picture are reached by keys");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(/graph\?focus=|id\//.test(page.url()), "and lead on");
  await context.close();

  // A page is what its address says, whichever way one came.
  const targets = Object.values(await kinds(at)).filter((target) => !target.includes("query="));
  const walked = await browser.newContext();
  const walking = await open(walked, notes);
  const told = (page) => page.evaluate(() => document.querySelector("main").innerText);
  const seen = [];
  for (const target of targets) {
    await walking.goto(at + target);
    seen.push(await told(walking));
  }
  const other = [];
  for (let step = targets.length - 2; step >= 0; step -= 1) {
    await walking.goBack();
    if (await told(walking) !== seen[step]) other.push("back to " + targets[step]);
  }
  await walking.goForward();
  if (await told(walking) !== seen[1]) other.push("forward to " + targets[1]);
  await walked.close();
  for (const [step, target] of targets.entries()) {
    const cold = await browser.newContext({ javaScriptEnabled: false });
    const page = await cold.newPage();
    await page.goto(at + target);
    const plain = await page.locator("main").innerText();
    const bare = (text) => text.replace(/j k next and previous passage|keys|\s+/g, "");
    if (bare(plain) !== bare(seen[step])) other.push("cold " + target);
    await cold.close();
  }
  expect(other.length === 0, "each address shows the same cold, by links, back and forward", other.join(", "));

  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1200, height: 500 } });
  const reading = await plain.newPage();
  const text = (await kinds(at)).text.split("?")[0];
  await reading.goto(`${at}${text}#char=1610,1652`);
  await reading.waitForTimeout(500);
  const box = await reading.locator("[id='char=1610,1652']").boundingBox();
  expect(box && box.y >= 0 && box.y < 500, "the address of a passage leads to it without script", JSON.stringify(box));
  await plain.close();
}

/** Five questions that a newcomer asks, from the first page, each by at most three links or words typed, to a sentence. */
async function newcomer(browser, at, notes) {
  const context = await browser.newContext();
  const page = await open(context, notes);
  const on = (words) => page.evaluate((words) => words.every((word) => document.body.innerText.includes(word)), words);
  const begin = () => page.goto(at + "/");
  await begin();
  await page.locator("main").getByText("renewal of the mandate of the IEG").first().click();
  expect(await on(["opposes"]) && await page.locator(".claim, .around").count() > 0, "who opposed what in 2021: one step");
  await begin();
  await page.click("text=Which resolution gave which body which task");
  expect(await on(["A/RES/65/230", "Expert Group"]), "which resolution mandates the Group: one step");
  await begin();
  await page.click("text=Who says they work with whom");
  expect(await on(["Iranian Cyber Police", "INTERPOL"]), "with whom the police works: one step");
  await begin();
  await page.click("text=Every number with what it counts");
  expect(await on(["134"]), "how many countries: one step");
  await begin();
  await page.click(".matrix td a:has(.change)");
  expect(await on(["1610–1652"]), "where the position changed: one step");
  await context.close();
}

/** Names of things while one types, chosen by keys. */
async function suggestions(browser, at, notes) {
  const context = await browser.newContext();
  const page = await open(context, notes);
  await page.goto(at + "/change");
  await page.locator("#topic").pressSequentially("expert", { delay: 30 });
  await page.waitForSelector(".suggestions li");
  await page.keyboard.press("ArrowDown");
  expect(await page.getAttribute("#topic", "aria-activedescendant") !== null, "the suggestion that is chosen is told to readers of screens");
  await page.keyboard.press("Enter");
  expect((await page.inputValue("#topic")).toLowerCase().includes("expert"), "a name is suggested and taken by keys");
  await context.close();
}

/** Decisions by mouse, by keys and without script; a page of another origin can send nothing. */
async function decisions(browser, folder, notes) {
  for (const javaScriptEnabled of [true, false]) {
    const server = await serve(folder, "--review");
    const how = javaScriptEnabled ? "" : " without script";
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await open(context, notes);
    await page.goto(server.review);
    const waiting = async () => Number(await page.locator(".chips [aria-current] .count").textContent());
    const start = await waiting();
    expect(start > 0, `${start} claims wait${how}`);
    const step = async (letter) => {
      if (javaScriptEnabled) {
        await page.locator(".review").focus();
        await Promise.all([page.waitForNavigation(), page.keyboard.press(letter)]);
      } else {
        await page.click(`[data-key=${letter}]`);
      }
    };
    await step("r");
    expect(await waiting() === start - 1, `a claim is rejected${how}`);
    await step("u");
    expect(await waiting() === start, `and taken back${how}`);
    await step("s");
    expect(/1 set aside/.test(await page.textContent("main")), `one is set aside${how}`);
    await page.fill("input[name=by]", "Ana");
    await page.click("button[value=accept]");
    expect(/accept/.test(run(folder, "claim", "list")) && /by Ana/.test(run(folder, "claim", "list")), `the command shows what was decided${how}`);
    await page.click("[data-key=u]");
    await page.click("summary >> text=These words say something else");
    await page.fill("input[name=relation]", "opposes");
    await page.click("button[value=edit]");
    expect(/edit/.test(run(folder, "claim", "list")), `a claim is corrected${how}`);
    await page.click("[data-key=u]");
    await page.click("text=Possible links");
    await page.click("button[value=accept]");
    expect(/accept/.test(run(folder, "link", "review", "--list")), `a link is accepted${how}`);
    await page.click("[data-key=u]");
    expect(!/accept/.test(run(folder, "link", "review", "--list")), `and taken back${how}`);
    await context.close();
    server.stop();
  }
}

async function strangers(browser, folder) {
  const server = await serve(folder, "--review");
  const http = require("http");
  const evil = http.createServer((_, answer) => answer.writeHead(200, { "Content-Type": "text/html" }).end("<p>x</p>"));
  await new Promise((resolve) => evil.listen(0, "127.0.0.1", resolve));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.review);
  await page.goto(`http://127.0.0.1:${evil.address().port}/`);
  const read = await page.evaluate(async (at) => {
    const tries = [["/documents.json", {}], ["/sparql?query=ASK+%7B%7D", {}], ["/review", { credentials: "include" }]];
    const found = [];
    for (const [target, options] of tries) {
      try { found.push((await (await fetch(at + target, options)).text()).length); } catch { found.push(0); }
    }
    return found;
  }, server.at);
  expect(read.every((length) => length === 0), "a page of another origin reads nothing", String(read));
  await page.setContent(`<form method="post" action="${server.at}/review"><input name="decision" value="undo"><input name="revision" value="x"></form>`);
  const [sent] = await Promise.all([page.waitForNavigation(), page.evaluate(() => document.forms[0].submit())]);
  expect(sent.status() === 403, "and decides nothing", String(sent.status()));
  await context.close();
  evil.close();
  server.stop();
}

/** A page of a store that was written to says so. */
async function moved(browser, folder, notes) {
  const server = await serve(folder);
  const context = await browser.newContext();
  const page = await open(context, notes);
  await page.goto(server.at + "/");
  fs.writeFileSync(path.join(folder, "late.md"), "---\ntitle: Late\nrepresents: Chad\ndate: 2022-01-01\n---\n\nChad supports the Expert Group.\n");
  run(folder, "add", "late.md");
  await page.waitForTimeout(2500);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  expect(await page.waitForSelector("#moved", { timeout: 5000 }).then(() => true, () => false), "an open page says that the store has changed");
  await context.close();
  server.stop();
}

(async () => {
  let chromium;
  try {
    ({ chromium } = require("playwright-core"));
    require.resolve("axe-core/axe.min.js");
  } catch {
    return console.log("skip the explorer in a browser: playwright-core or axe-core is not installed");
  }
  const executablePath = executable();
  if (!executablePath) return console.log("skip the explorer in a browser: no Chromium");
  if (pictures) fs.mkdirSync(pictures, { recursive: true });
  const folder = store();
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const notes = { asked: new Set(), complaints: [] };
  const server = await serve(folder, "--review");
  const keyed = await browser.newContext();
  await (await keyed.newPage()).goto(server.review);
  const state = await keyed.storageState();
  if (process.env.LOOKS !== "no") await looks(browser, server.at, notes, { state, pages: { review: "/review", links: "/review?of=links" } });
  await flows(browser, server.at, notes);
  await keyboard(browser, server.at, notes);
  await more(browser, server.at, notes);
  await newcomer(browser, server.at, notes);
  await suggestions(browser, server.at, notes);
  const own = new URL(server.at).origin;
  server.stop();
  await decisions(browser, folder, notes);
  await strangers(browser, folder);
  await moved(browser, folder, notes);
  const foreign = [...notes.asked].filter((origin) => origin !== own && !/^http:\/\/127\.0\.0\.1:\d+$/.test(origin));
  expect(foreign.length === 0, "no request to another host", foreign.join(" "));
  expect(notes.complaints.length === 0, "no complaint of the browser", "\n" + notes.complaints.slice(0, 10).join("\n"));
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
  process.exitCode = failures ? 1 : 0;
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
