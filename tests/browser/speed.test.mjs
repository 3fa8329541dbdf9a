/** The first view comes fast, without work that grows with the measures. Limits widen by KURABE_TIME_FACTOR. */
import { test, after } from "node:test";
import assert from "node:assert/strict";
import * as k from "./harness.mjs";

after(k.stop);

/** Milliseconds until the page is drawn, by the browser's own clock; the least of three. */
async function firstView(hash) {
  const times = [];
  for (let i = 0; i < 3; i += 1) {
    const page = await (await (await k.start()).newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await page.addInitScript(() => new MutationObserver((_, watch) => document.documentElement?.dataset.ready && (requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); })), watch.disconnect())).observe(document, { subtree: true, attributes: true, childList: true }));
    await page.goto(k.home + hash);
    await page.waitForFunction(() => window.drawn, null, { timeout: 30000 });
    times.push(await page.evaluate(() => window.drawn));
    await k.close(page);
  }
  return Math.min(...times);
}

const nation = k.towns.length > 1000;
const limit = (nation ? 3000 : 1000) * k.factor;

for (const name of ["matrix", "category", "municipality", "measure", "quality"]) {
  test(`${name} is drawn within ${limit} ms`, async (t) => {
    const took = await firstView(k.pages[name]);
    t.diagnostic(`${name}: ${Math.round(took)} ms, ${k.towns.length} municipalities, ${k.index.totals.measures} measures`);
    assert.ok(took <= limit, `${Math.round(took)} ms`);
  });
}

test("the first view loads the index and one matrix only", async () => {
  const page = await (await (await k.start()).newContext()).newPage();
  const asked = [];
  page.on("request", (request) => request.url().includes("/data/") && asked.push(request.url().split("/data/")[1]));
  await page.goto(k.home);
  await k.ready(page);
  assert.deepEqual(asked, ["index.js", `matrix/${k.edition}.js`]);
  await k.close(page);
});

test("filtering and turning pages answer at once", async (t) => {
  const page = await k.open("#/");
  const took = await page.evaluate(async () => {
    const box = document.querySelector("[name=q]");
    const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
    box.value = "市";
    box.dispatchEvent(new InputEvent("input"));
    await wait(125);
    const before = performance.now();
    const size = document.querySelector("[name=size]");
    size.value = "200";
    size.dispatchEvent(new Event("change"));
    document.body.getBoundingClientRect();
    return performance.now() - before;
  });
  t.diagnostic(`200 rows: ${Math.round(took)} ms`);
  assert.ok(took <= 600 * k.factor);
  await k.close(page);
});
