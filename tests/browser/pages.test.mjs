/** Every page shows what the data says, in both languages, without a complaint of the browser. */
import { test, after } from "node:test";
import assert from "node:assert/strict";
import * as k from "./harness.mjs";

after(k.stop);

const TITLES = {
  category: (lang) => k.chosen.category[lang], columns: (lang) => k.chosen.category[lang], municipality: () => k.chosen.town.name,
  measure: () => k.chosen.measure.title, indicator: (lang) => k.chosen.indicator[lang],
};

/** Texts of a page that are keys of the dictionary which no wording took the place of. */
const keysIn = (page) => page.evaluate(() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim();
    if (/^[a-z]+(\.[a-z_]+)+$/u.test(text) && !texts.currentNode.parentElement.closest("script, code, a")) found.push(text);
  }
  return found;
});

for (const lang of ["ja", "en"]) {
  for (const [name, hash] of Object.entries(k.pages)) {
    test(`${name} is drawn (${lang})`, async () => {
      const page = await k.open(k.inLanguage(hash, lang));
      const title = await k.text(page, "h1");
      if (TITLES[name]) assert.equal(title, TITLES[name](lang).replace(/\s+/gu, " ").trim());
      else assert.ok(title.length > 3);
      assert.ok((await page.title()).startsWith(title.slice(0, 10)));
      assert.equal(await page.getAttribute("html", "lang"), lang);
      assert.equal(await page.locator("h1").count(), 1);
      const body = await k.text(page, "body");
      for (const word of ["undefined", "NaN", "[object", "null"]) assert.ok(!body.includes(word), `${word} stands in the page`);
      assert.deepEqual(await keysIn(page), [], "a key of the dictionary stands in the page");
      assert.deepEqual(page.complaints, []);
      await k.close(page);
    });
  }
}

test("the matrix counts what the data counts", async () => {
  const page = await k.open("#/?rows=documents&size=200");
  const matrix = k.records(k.data("matrix/" + k.edition));
  const rows = await page.locator("table.matrix tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.querySelector("b")?.textContent ?? null)));
  const shown = k.towns.flatMap((town) => {
    const own = k.documents.map((one, at) => ({ ...one, at })).filter((one) => one.municipality === town.code);
    return own.length ? own : [null];
  }).slice(0, 200);
  assert.equal(rows.length, shown.length);
  shown.forEach((document, i) => k.index.categories[k.edition].forEach((_, at) => {
    const cell = document && matrix.find((row) => row.document === document.at && row.category === at);
    assert.equal(rows[i][at + 2], cell ? String(cell.measures) : null, `row ${i}, category ${at}`);
  }));
  await k.close(page);
});

test("missing is told by its kind and never 0", async () => {
  const page = await k.open("#/?size=200");
  const empty = await page.locator("table.matrix td.empty").allTextContents();
  assert.ok(empty.every((word) => !/\d/u.test(word) && word.trim() !== ""));
  await k.close(page);
});

test("the measure shows its texts, codes, evidence, KPIs and places", async () => {
  const { measure } = k.chosen;
  const page = await k.open(k.pages.measure);
  const texts = (await page.textContent(".texts")).replace(/\s/gu, "");
  for (const name of ["title", "summary", "effect", "past", "future"]) if (measure[name]) assert.ok(texts.includes(measure[name].replace(/\s/gu, "")), name);
  assert.equal(await page.locator("#codes tbody tr").count(), measure.codes.length);
  const code = measure.codes.find((one) => one.taxonomy === k.edition && one.rank === 1);
  const own = measure.evidence.filter((one) => one.codes.some(([edition, id]) => edition === k.edition && id === code.category));
  assert.equal(await page.locator(".evidence-list li").count(), own.length);
  const places = own.filter((one) => one.mark && ["title", "summary", "effect", "past", "future", "note", "part", "section"].includes(one.mark.text));
  const marked = (await page.locator(".texts mark").allTextContents()).join("|");
  for (const one of places) assert.ok(marked.includes(one.term), one.term);
  for (const kpi of measure.kpis) assert.ok((await page.textContent("#kpis")).includes(kpi.name.slice(0, 10)), kpi.name);
  assert.ok((await page.textContent("#places")).includes(measure.locator));
  await k.close(page);
});

test("the municipality shows each document, its measures and its schedule", async () => {
  const { town, content } = k.chosen;
  const page = await k.open(k.pages.municipality);
  for (const id of content.documents) assert.ok((await page.textContent("#documents")).includes(k.documents.find((one) => one.id === id).title));
  assert.equal(await k.counted(page, "#measures .results"), content.measures.length);
  assert.ok(await page.locator("#schedule .gantt-bar:not(.sample)").count() > 0);
  assert.ok((await k.text(page, ".facts")).includes(town.code));
  assert.equal(await page.locator("#findings tbody tr").count(), Math.min(20, content.findings.rows.length));
  await k.close(page);
});

test("the indicator shows each of its values", async (t) => {
  if (!k.chosen.indicator) return t.skip("no indicators in the data");
  const content = k.data("indicator/" + k.chosen.indicator.id);
  const values = k.records(content.values).filter((row) => !row.is_repeat);
  const page = await k.open(k.pages.indicator);
  assert.equal(await k.counted(page), values.length);
  assert.ok(await page.locator("#values .drawing svg path").count() > 0);
  await k.close(page);
});

test("texts of the data stay texts", async () => {
  const page = await k.open(k.pages.municipality);
  assert.equal(await page.locator("main script, main iframe, main img, main [onclick], main a[href^=javascript]").count(), 0);
  const links = await page.locator("main a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(links.every((href) => /^(#\/|https?:\/\/|downloads\/)/u.test(href)));
  await k.close(page);
});

test("an address that leads nowhere says so", async () => {
  for (const hash of ["#/nothing", "#/municipality/999999", "#/category/9.9/none", "#/measure/999999/x", "#/indicator/none", "#/constructor", "#/%E0%A4%A"]) {
    const page = await k.open(hash);
    assert.ok((await k.text(page, "h1")).includes("見つかりません"), hash);
    assert.deepEqual(page.complaints, []);
    await k.close(page);
  }
});
