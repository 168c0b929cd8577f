// Clients of other people, in JavaScript, ask the endpoint: Comunica, fetch-sparql-endpoint, sparql-http-client, and the editor
// Yasqe in a browser, from a page of another site that is let in. Started by tests/clients.py, which names server and questions.
//
// Usage: node tests/clients.js ASKED.JSON   {"at": server, "origin": the other site, "asked": [{"name", "text", "rows"}]}
// A client that is not installed is left out with a line that begins with "skip". Ends with 1 if one was let down.

const fs = require("fs");
const http = require("http");
const { execFileSync } = require("child_process");

const { at, origin, asked } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const endpoint = at + "/sparql";
let failures = 0;
const expect = (holds, what, more = "") => {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds || !more ? "" : ": " + more}`);
  if (!holds) failures += 1;
};

/** A client's module, or nothing with a word about it. */
async function client(name) {
  try {
    return await import(require.resolve(name));
  } catch (error) {
    console.log(`skip ${name}: ${String(error.message).split("\n")[0]}`);
  }
}

/** Asks every question with a client and compares the number of rows. */
async function all(name, rows) {
  const wrong = [];
  for (const one of asked) {
    const found = await rows(one.text).catch((error) => String(error.message).split("\n")[0].slice(0, 120));
    if (found !== one.rows) wrong.push(`${one.name}: ${found} for ${one.rows}`);
  }
  expect(wrong.length === 0, `${name}: the rows of the command line`, wrong.join("; "));
}

const count = async (stream) => {
  let rows = 0;
  for await (const _ of stream) rows += 1;
  return rows;
};

async function comunica() {
  const module = await client("@comunica/query-sparql");
  if (!module) return;
  const { QueryEngine } = module.QueryEngine ? module : module.default;
  for (const [how, source] of [["named as an endpoint", { type: "sparql", value: endpoint }], ["by its bare address", endpoint]]) {
    const engine = new QueryEngine();
    await all(`Comunica, ${how}`, async (query) => (await (await engine.queryBindings(query, { sources: [source] })).toArray()).length);
  }
}

async function fetcher() {
  const module = await client("fetch-sparql-endpoint");
  if (!module) return;
  const { SparqlEndpointFetcher } = module.SparqlEndpointFetcher ? module : module.default;
  for (const method of ["GET", "POST"]) {
    const fetcher = new SparqlEndpointFetcher({ method });
    await all(`fetch-sparql-endpoint, ${method}`, async (query) => count(await fetcher.fetchBindings(endpoint, query)));
  }
}

async function simple() {
  const module = await client("sparql-http-client");
  if (!module) return;
  const Client = module.default;
  const asks = new Client({ endpointUrl: endpoint });
  await all("sparql-http-client", async (query) => count(asks.query.select(query)));
}

/** The editor on a page of another site. */
async function yasqe() {
  let chromium, script;
  try {
    ({ chromium } = require("playwright-core"));
    script = fs.readFileSync(require.resolve("@zazuko/yasqe/build/yasqe.min.js"));
  } catch (error) {
    return console.log(`skip Yasqe: ${String(error.message).split("\n")[0]}`);
  }
  const names = [process.env.CHROMIUM, "chromium", "google-chrome"].filter(Boolean);
  const find = (name) => { try { return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim(); } catch { return ""; } };
  const executablePath = names.map(find).find(Boolean);
  if (!executablePath) return console.log("skip Yasqe: no Chromium");
  const site = http.createServer((request, answer) => {
    if (request.url === "/yasqe.js") return answer.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
    answer.writeHead(200, { "Content-Type": "text/html" }).end('<!doctype html><title>x</title><div id="editor"></div><script src="/yasqe.js"></script>');
  });
  await new Promise((resolve) => site.listen(Number(new URL(origin).port), "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  await page.goto(origin);
  for (const method of ["GET", "POST"]) {
    await all(`Yasqe from another site, ${method}`, (text) => page.evaluate(async ({ endpoint, text, method }) => {
      const Editor = window.Yasqe.default ?? window.Yasqe;
      window.tried ??= new Editor(document.getElementById("editor"), { persistenceId: null });
      window.tried.setValue(text);
      const answer = await window.tried.query({ endpoint, method, acceptHeaderSelect: "application/sparql-results+json" });
      const body = answer.content ?? answer.text ?? answer.data ?? (typeof answer.json === "function" ? await answer.json() : answer);
      const data = typeof body === "string" ? JSON.parse(body) : body;
      return data.results.bindings.length;
    }, { endpoint, text, method }));
  }
  await browser.close();
  site.close();
}

(async () => {
  await comunica();
  await fetcher();
  await simple();
  await yasqe();
  process.exitCode = failures ? 1 : 0;
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
