/** Opens pages of a report folder in Chromium, reads its data beside the browser, and watches what the pages do. */
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

export const folder = process.env.KURABE_REPORT;
const require = createRequire(join(process.env.KURABE_MODULES, "package.json"));
const { chromium } = require("playwright-core");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const factor = Number(process.env.KURABE_TIME_FACTOR ?? "1");
export const root = pathToFileURL(folder + "/").href;
export const home = root + "index.html";

/** The data of a key, read as a page reads it. */
export function data(key) {
  const found = {};
  const kurabe = { receive: (name, value) => { found[name] = value; } };
  vm.runInNewContext(readFileSync(join(folder, "data", key + ".js"), "utf8"), { kurabe });
  return found[key];
}

/** Rows of a table of the data as objects. */
export const records = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null])));

export const index = data("index");
export const editions = index.editions.map((one) => one.id);
export const edition = index.edition ?? index.editions.find((one) => one.newest).id;
export const towns = records(index.municipalities);
export const documents = records(index.documents);

/** The rows of a category of the edition shown first. */
export const category = (id) => records(data(`category/${edition}/${id}`));

/** Things that tests look at, chosen from the data: the fullest of each kind. */
export const chosen = (() => {
  const most = (items, count) => items.reduce((best, one) => (count(one) > count(best) ? one : best));
  const codes = readdirSync(join(folder, "data", "municipality")).map((name) => name.replace(/\.js$/u, ""));
  const known = towns.filter((town) => codes.includes(town.code)).sort((a, b) => (a.code < b.code ? 1 : -1)).slice(0, 40);
  const town = most(known, (one) => data("municipality/" + one.code).measures.reduce((sum, measure) => sum + measure.kpis.length * 10 + 1, 0));
  const content = data("municipality/" + town.code);
  const measure = most(content.measures, (one) => one.kpis.length * 20 + one.evidence.length + (one.summary ? 5 : 0));
  const matrix = records(data("matrix/" + edition));
  const counts = index.categories[edition].map((one, i) => ({ ...one, n: matrix.filter((row) => row.category === i).length }));
  const indicator = index.indicators.length ? most(index.indicators, (one) => one.values) : null;
  return { town, content, measure, category: most(counts, (one) => one.n), indicator };
})();

/** Addresses of all pages by name. */
export const pages = {
  matrix: "#/",
  category: `#/category/${edition}/${chosen.category.id}`,
  columns: `#/category/${edition}/${chosen.category.id}?view=columns`,
  municipality: `#/municipality/${chosen.town.code}`,
  measure: `#/measure/${chosen.town.code}/${encodeURIComponent(chosen.measure.id)}`,
  indicators: "#/indicators",
  ...(chosen.indicator ? { indicator: `#/indicator/${chosen.indicator.id}` } : {}),
  quality: "#/quality",
  downloads: "#/downloads",
  uncategorised: `#/uncategorised/${edition}`,
};

/** An address in a language. */
export const inLanguage = (hash, lang) => hash + (hash.includes("?") ? "&" : "?") + "lang=" + lang;

let browser = null;

/** The browser, started once per test file. */
export async function start() {
  browser ??= await chromium.launch({ executablePath: process.env.KURABE_BROWSER, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  return browser;
}

export async function stop() {
  await browser?.close();
  browser = null;
}

/**
 * A page at an address, when it is drawn.
 * @returns the page of playwright, with `complaints`: errors of the console and requests outside the folder
 */
export async function open(hash, { width = 1280, height = 900, init = null, context = {} } = {}) {
  const view = await (await start()).newContext({ viewport: { width, height }, ...context });
  const page = await view.newPage();
  page.complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.stack ?? String(error)));
  page.on("request", (request) => !request.url().startsWith(root) && !request.url().startsWith("data:") && page.complaints.push("request outside the folder: " + request.url()));
  page.on("websocket", (socket) => page.complaints.push("socket: " + socket.url()));
  if (init) await page.addInitScript(init);
  await page.goto(home + hash);
  await ready(page);
  return page;
}

/** Waits until a page is drawn, its charts too. */
export async function ready(page) {
  await page.waitForSelector("html[data-ready]", { timeout: 20000 * factor });
  await page.waitForFunction(() => !document.querySelector("main[aria-busy]") && [...document.querySelectorAll(".drawing")].every((box) => box.firstChild), null, { timeout: 20000 * factor });
}

/** Closes a page with its context. */
export const close = (page) => page.context().close();

/** The text of an element, spaces folded. */
export const text = async (page, selector) => ((await page.textContent(selector)) ?? "").replace(/\s+/gu, " ").trim();

/** The number in a result line. */
export const counted = async (page, selector = ".results") => Number(/[\d,]+/u.exec(await text(page, selector))[0].replaceAll(",", ""));

/** Fills a field and waits until the result line has answered. */
export async function choose(page, name, value) {
  const box = page.locator(`.filters [name="${name}"]`).first();
  const tag = await box.evaluate((element) => element.tagName + (element.type === "checkbox" ? "check" : ""));
  if (tag === "SELECT") await box.selectOption(value);
  else if (tag === "INPUTcheck") await box.setChecked(value);
  else await box.fill(value);
  await page.waitForTimeout(250);
}

export { existsSync, join };
