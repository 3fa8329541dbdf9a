/** Filters, editions, languages, history and storage. */
import { test, after } from "node:test";
import assert from "node:assert/strict";
import * as k from "./harness.mjs";

after(k.stop);
const own = (lang) => (row) => row[lang];

test("filters of the matrix narrow its rows", async () => {
  const page = await k.open("#/");
  assert.equal(await k.counted(page), k.towns.length);
  await k.choose(page, "q", k.chosen.town.name);
  assert.equal(await k.counted(page), k.towns.filter((town) => (town.name + " " + town.prefecture + " " + town.code).includes(k.chosen.town.name)).length);
  assert.ok(page.url().includes("q="));
  await page.click(".filters .clear");
  assert.equal(await k.counted(page), k.towns.length);
  await k.choose(page, "pref", k.chosen.town.prefecture);
  assert.equal(await k.counted(page), k.towns.filter((town) => town.prefecture === k.chosen.town.prefecture).length);
  await k.choose(page, "kind", k.chosen.town.kind);
  assert.equal(await k.counted(page), k.towns.filter((town) => town.prefecture === k.chosen.town.prefecture && town.kind === k.chosen.town.kind).length);
  await page.click(".filters .clear");
  const peer = k.index.peers.find((one) => one.members);
  if (peer) {
    await k.choose(page, "peer", peer.id);
    assert.equal(await k.counted(page), peer.members.length);
  }
  await page.click(".filters .clear");
  await k.choose(page, "q", "どこにもない名前");
  assert.equal(await k.counted(page), 0);
  assert.deepEqual(page.complaints, []);
  await k.close(page);
});

test("the matrix can be put in order", async () => {
  const page = await k.open("#/?sort=-total&size=200");
  const totals = (await page.locator("td.total").allTextContents()).map((word) => Number(word.replaceAll(",", ""))).filter(Number.isFinite);
  assert.deepEqual(totals, [...totals].sort((a, b) => b - a));
  await k.close(page);
});

test("filters of a category narrow its measures", async () => {
  const rows = k.category(k.chosen.category.id);
  const primary = rows.filter((row) => row.rank === 1);
  const page = await k.open(k.pages.category);
  assert.equal(await k.counted(page), primary.length);
  await k.choose(page, "second", true);
  assert.equal(await k.counted(page), rows.length);
  await k.choose(page, "second", false);
  const { stage } = primary[0];
  await k.choose(page, "stage", stage);
  assert.equal(await k.counted(page), primary.filter((row) => row.stage === stage).length);
  await page.click(".filters .clear");
  await k.choose(page, "kpi", true);
  assert.equal(await k.counted(page), primary.filter((row) => row.has_kpi).length);
  await page.click(".filters .clear");
  const word = primary[0].title.slice(0, 6);
  await k.choose(page, "q", word);
  assert.ok(await k.counted(page) >= 1);
  const years = primary.map((row) => row.start_fiscal_year).filter((year) => year !== null);
  await page.click(".filters .clear");
  if (years.length) {
    await k.choose(page, "from", String(Math.max(...years)));
    assert.equal(await k.counted(page), years.filter((year) => year === Math.max(...years)).length);
  }
  assert.deepEqual(page.complaints, []);
  await k.close(page);
});

test("a cell of the matrix leads to its measures", async () => {
  const page = await k.open("#/");
  const cell = page.locator("a.cell").first();
  const n = Number(await cell.locator("b").textContent());
  await cell.click();
  await page.waitForSelector(".views");
  const shown = await page.locator("#main table.measures tbody tr").count();
  assert.ok(shown >= n, `${shown} rows for ${n} measures (repeats are listed, not counted)`);
  await k.close(page);
});

test("municipalities can be put side by side", async () => {
  const page = await k.open(k.pages.columns);
  const before = await page.locator(".column").count();
  assert.ok(before >= 1 && before <= 6);
  await page.locator(".remove").first().click();
  assert.equal(await page.locator(".column").count(), before - 1);
  const shown = await page.locator(".column h3").allTextContents();
  const other = k.towns.find((town) => !shown.includes(town.name));
  await page.fill("#add-town", other.name + "（" + other.prefecture + "）");
  await page.press("#add-town", "Enter");
  assert.ok((await page.locator(".column h3").allTextContents()).includes(other.name));
  assert.ok(page.url().includes("cmp="));
  await page.reload();
  await k.ready(page);
  assert.ok((await page.locator(".column h3").allTextContents()).includes(other.name), "the choice stays in the address");
  await k.close(page);
});

test("any edition can be chosen, on each page", async () => {
  const other = k.editions.find((id) => id !== k.edition);
  for (const [name, hash] of Object.entries(k.pages)) {
    const page = await k.open(hash);
    await page.selectOption("#edition", other);
    await page.waitForFunction((id) => document.querySelector("#edition")?.value === id, other);
    await k.ready(page);
    assert.ok(decodeURIComponent(page.url()).includes(other), name);
    assert.deepEqual(page.complaints, [], name);
    await k.close(page);
  }
  const page = await k.open("#/?edition=" + other);
  assert.equal(await page.locator("table.matrix th.category").count(), k.index.categories[other].length);
  await page.locator("#header nav a").nth(1).click();
  await page.waitForFunction(() => window.location.hash.startsWith("#/indicators"));
  assert.ok(page.url().includes("edition=" + other), "links carry the edition on");
  await k.close(page);
});

test("the language changes in place and stays", async () => {
  const page = await k.open(k.pages.category);
  assert.equal(await k.text(page, "h1"), own("ja")(k.chosen.category));
  await page.click("#header .language");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  await k.ready(page);
  assert.equal(await k.text(page, "h1"), own("en")(k.chosen.category).replace(/\s+/gu, " "));
  assert.equal(await page.getAttribute("#header .language", "lang"), "ja");
  await page.locator("#header nav a").first().click();
  await page.waitForSelector("table.matrix");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await k.close(page);
});

test("back and forward go through the pages, with their filters", async () => {
  const page = await k.open("#/");
  await k.choose(page, "q", k.chosen.town.code);
  await page.locator("table.matrix tbody th a").first().click();
  await page.waitForSelector("#documents");
  await page.goBack();
  await page.waitForSelector("table.matrix");
  assert.equal(await page.inputValue("[name=q]"), k.chosen.town.code);
  assert.equal(await k.counted(page), 1);
  await page.goForward();
  await page.waitForSelector("#documents");
  assert.equal(await k.text(page, "h1"), k.chosen.town.name);
  await k.close(page);
});

test("blocked storage does no harm", async () => {
  const init = () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
  const page = await k.open("#/", { init });
  await page.click("#header .language");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  await page.locator("#header nav a").nth(2).click();
  await page.waitForFunction(() => window.location.hash.startsWith("#/quality"));
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.deepEqual(page.complaints, []);
  await k.close(page);
});
