/**
 * The review page of `kurabe serve` in a browser: keyboard only, marks, decisions, live re-run, conflicts.
 *
 * KURABE=path/to/kurabe tests/browser/run REPORT_FOLDER; left out where KURABE does not name the program.
 * KURABE_BROWSER names another Chromium, SHOTS a folder for pictures of the pages.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test as each } from "node:test";
import { fileURLToPath } from "node:url";

const HOME = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const KURABE = process.env.KURABE ? resolve(process.env.KURABE) : null;
const modules = process.env.KURABE_MODULES ?? dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(modules, "package.json"));
const test = (name, look) => each(name, { skip: KURABE === null && "KURABE does not name the program" }, look);
const SERIOUS = ["serious", "critical"];

let project;
let server;
let address;
let browser;
/** What the console and the network of all pages said that they should not. */
const complaints = [];

/** Starts the server on a copy of the bundled documents and waits for its address. */
async function start() {
  project = mkdtempSync(join(tmpdir(), "kurabe-review-"));
  for (const name of ["raw", "municipalities", "editions", "indicators", "pipeline.toml"]) {
    cpSync(join(HOME, name), join(project, name), { recursive: true });
  }
  server = spawn(KURABE, ["serve", "--port", "0", "--lang", "ja"], { cwd: project, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  address = await new Promise((found, lost) => {
    server.stdout.on("data", (bytes) => {
      said += bytes;
      const match = /http:\/\/[\d.]+:\d+\//u.exec(said);
      if (match) found(match[0]);
    });
    server.on("exit", () => lost(new Error(said)));
  });
}

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    // A refused decision is an answer that the browser notes as well.
    if (message.type() === "error" && !/409|422/u.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) complaints.push(request.url());
  });
  await page.goto(address + path);
  return page;
}

async function picture(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
}

async function review(options) {
  const page = await open("review", options);
  await page.waitForSelector("#rows button", { timeout: 60_000 });
  return page;
}

/** The page without serious complaints of axe. */
async function isAccessible(page) {
  const found = await page.evaluate(`${readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")}; axe.run()`);
  const serious = found.violations.filter((one) => SERIOUS.includes(one.impact));
  assert.deepEqual(serious.map((one) => [one.id, one.nodes.map((node) => node.html)]), []);
}

const overrides = () => readFileSync(join(project, "reviews/overrides.toml"), "utf8");
const told = (page, word) => page.waitForFunction((text) => document.getElementById("told")?.textContent.includes(text), word, { timeout: 60_000 });

before(async () => {
  if (KURABE === null) return;
  await start();
  const { chromium } = require("playwright-core");
  browser = await chromium.launch({ executablePath: process.env.KURABE_BROWSER ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.kill("SIGINT");
  if (project) rmSync(project, { recursive: true, force: true });
});

test("a measure is found, opened and decided with the keyboard alone", async () => {
  const page = await review();
  await picture(page, "review-list");
  await isAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const title = await page.evaluate(() => document.activeElement.querySelector("strong").textContent);
  assert.equal(title, await page.locator("#rows strong").nth(1).textContent());
  await page.keyboard.press("Enter");
  await page.waitForSelector("form.decide");
  assert.ok((await page.locator("#detail-heading").textContent()).includes(title));
  assert.ok(await page.locator("#measure mark").count() > 0);
  await isAccessible(page);
  await picture(page, "review-measure");

  const select = page.locator('select[name="primary"]');
  const first = await select.inputValue();
  const button = page.locator("form.decide button.main");
  assert.equal(await button.textContent(), "今の分類で確定する");
  await select.focus();
  await page.keyboard.press(first === "telework" ? "ArrowUp" : "ArrowDown");
  const code = await select.inputValue();
  assert.notEqual(code, first);
  assert.equal(await button.textContent(), "この分類に変更する");
  await page.locator('textarea[name="reason"]').focus();
  await page.keyboard.type("施策の目的から判断（jk/）");
  await page.keyboard.press("Tab");
  await page.keyboard.type("点検 花子");
  await page.keyboard.press("Enter");
  await told(page, "書き込みました");
  await told(page, "反映しました");
  assert.match(overrides(), new RegExp(`primary = "${code}"`, "u"));
  assert.match(overrides(), /who = "点検 花子"/u);
  assert.ok((await page.locator("#measure table").first().textContent()).includes("人の判断"));
  assert.equal(await page.locator(".decision").count(), 1);
  await isAccessible(page);
  await picture(page, "review-decided");
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.getElementById("rows").contains(document.activeElement)));
  await page.context().close();
});

test("filters and search narrow the list", async () => {
  const page = await review();
  const count = () => page.locator("#count").textContent();
  const all = await count();
  await page.selectOption("#need", "decided");
  await page.waitForFunction((before) => document.getElementById("count").textContent !== before, all);
  assert.match(await count(), /^1 件中/u);
  await page.selectOption("#need", "");
  await page.selectOption("#below", "0.8");
  await page.waitForFunction(() => document.querySelectorAll("#rows button").length < 20);
  await page.selectOption("#below", "");
  await page.locator("#words").fill("ＲＰＡ");
  await page.waitForFunction(() => [...document.querySelectorAll("#rows strong")].every((one) => one.textContent.includes("RPA")));
  await page.locator("#words").fill("こんな施策はない");
  await page.waitForFunction(() => document.querySelectorAll("#rows button").length === 0);
  assert.equal(await count(), "当てはまる施策はありません");
  await page.context().close();
});

test("two people at once are told of each other", async () => {
  const [one, other] = [await review(), await review()];
  for (const page of [one, other]) {
    await page.locator("#rows button").nth(3).click();
    await page.waitForSelector("form.decide");
    await page.locator('textarea[name="reason"]').fill("先に決定");
    await page.locator('input[name="who"]').fill("一人目");
  }
  await one.locator("form.decide button.main").click();
  await told(one, "書き込みました");
  await other.locator('textarea[name="reason"]').fill("後から決定");
  await other.locator('input[name="who"]').fill("二人目");
  await other.locator("form.decide button.main").click();
  await told(other, "ほかの人");
  await told(other, "一人目");
  await picture(other, "review-conflict");
  assert.ok(!overrides().includes("二人目"));
  assert.equal(await other.locator('textarea[name="reason"]').inputValue(), "後から決定");
  // Having seen it, the second person decides all the same.
  await other.locator("form.decide button.main").click();
  await told(other, "書き込みました");
  assert.ok(overrides().includes("二人目"));
  await told(other, "反映しました");
  other.on("dialog", (dialog) => dialog.accept());
  await other.getByRole("button", { name: "決定を取り消す" }).click();
  await told(other, "取り消しました");
  await told(other, "反映しました");
  assert.ok(!overrides().includes("二人目"));
  await Promise.all([one, other].map((page) => page.context().close()));
});

test("the page speaks English and fits a phone", async () => {
  const page = await review({ viewport: { width: 390, height: 844 } });
  await page.locator("#language").click();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.equal(await page.locator("h1").textContent(), "Review of codes");
  await page.locator("#rows button").first().click();
  await page.waitForSelector("form.decide");
  await picture(page, "review-phone");
  await isAccessible(page);
  const left = await page.evaluate(() => [...document.querySelectorAll("[data-text]")].filter((one) => one.textContent === one.dataset.text).length);
  assert.equal(left, 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390));
  await page.context().close();
});

test("an address with a measure opens it, and leads to the report and back", async () => {
  const page = await review();
  await page.locator("#rows button").nth(5).click();
  await page.waitForSelector("form.decide");
  const link = page.locator("dl.facts a");
  const id = await link.textContent();
  await link.click();
  await page.waitForSelector("#kurabe-live a", { state: "attached" });
  assert.ok(page.url().endsWith(`/${id}`));
  await page.locator("#kurabe-live a").click();
  await page.waitForSelector("form.decide");
  assert.equal(await page.locator("dl.facts a").textContent(), id);
  await page.context().close();
});

test("the report tells of changes and of runs that fail", async () => {
  const page = await open("");
  await page.waitForSelector("#kurabe-live a", { state: "attached" });
  await isAccessible(page);
  const text = readFileSync(join(project, "pipeline.toml"), "utf8");
  writeFileSync(join(project, "pipeline.toml"), `${text}\nwrong = 1\n`);
  await page.waitForSelector("#kurabe-live.failed", { timeout: 60_000 });
  assert.match(await page.locator("#kurabe-live").textContent(), /pipeline\.toml/u);
  await picture(page, "report-failed");
  const reloaded = page.waitForEvent("load", { timeout: 60_000 });
  writeFileSync(join(project, "pipeline.toml"), `${text}\n`);
  await reloaded;
  await page.waitForFunction(() => document.getElementById("kurabe-live")?.textContent.includes("更新しました"));
  await picture(page, "report-updated");
  await page.context().close();
});

test("nothing was loaded from elsewhere and nothing failed", () => {
  assert.deepEqual(complaints, []);
});
