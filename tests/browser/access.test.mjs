/** Keyboard, screen readers (axe), narrow windows, wrapping and paper. */
import { test, after } from "node:test";
import assert from "node:assert/strict";
import * as k from "./harness.mjs";

after(k.stop);

for (const lang of ["ja", "en"]) {
  for (const [name, hash] of Object.entries(k.pages)) {
    test(`axe finds nothing serious: ${name} (${lang})`, async () => {
      const page = await k.open(k.inLanguage(hash, lang), { context: { bypassCSP: true, reducedMotion: "reduce" } });
      await page.evaluate(k.axeSource);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] }));
      const grave = found.violations.filter((one) => ["serious", "critical"].includes(one.impact) || one.tags.some((tag) => tag.startsWith("wcag")));
      assert.deepEqual(grave.map((one) => [one.id, one.impact, one.nodes.slice(0, 2).map((node) => node.html.slice(0, 160))]), []);
      await k.close(page);
    });
  }
}

test("the keyboard alone leads from the matrix to a measure and back", async () => {
  const page = await k.open("#/");
  const here = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
  await page.keyboard.press("Tab");
  assert.equal(await here(), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await here(), "title");
  for (let i = 0; i < 60 && !(await here()).includes("cell"); i += 1) await page.keyboard.press("Tab");
  assert.equal(await here(), "cell");
  const first = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await page.evaluate(() => document.activeElement.href), first);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  assert.ok(await page.evaluate(() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; }), "focus can be seen");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".views");
  assert.equal(await here(), "title", "focus goes to the heading of the new page");
  for (let i = 0; i < 80 && !(await page.evaluate(() => document.activeElement.matches("table.measures tbody th a"))); i += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".texts");
  assert.equal(await here(), "title");
  await page.goBack();
  await page.waitForSelector(".views");
  assert.equal(await here(), "title");
  assert.deepEqual(page.complaints, []);
  await k.close(page);
});

test("tables behind charts, sorting and paging by keyboard", async () => {
  const page = await k.open(k.pages.category);
  const toggle = page.locator(".toggle").first();
  await toggle.focus();
  await page.keyboard.press("Enter");
  assert.equal(await toggle.getAttribute("aria-expanded"), "true");
  assert.ok(await page.locator(".behind table").first().isVisible());
  await page.keyboard.press("Space");
  assert.equal(await toggle.getAttribute("aria-expanded"), "false");
  await page.locator("table.measures [data-sort=title]").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("table.measures th[aria-sort]").getAttribute("aria-sort"), "ascending");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.sort), "title", "focus stays on the head");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("table.measures th[aria-sort]").getAttribute("aria-sort"), "descending");
  await k.close(page);
});

test("every chart has a name and a table with the same figures", async () => {
  for (const hash of Object.values(k.pages)) {
    const page = await k.open(hash);
    for (const figure of await page.locator("figure.chart").all()) {
      assert.ok((await figure.locator(".drawing > *").getAttribute("aria-label")).length > 8);
      await figure.locator(".toggle").click();
      assert.ok(await figure.locator(".behind tbody tr").count() > 0, hash);
    }
    await k.close(page);
  }
});

test("evidence leads to its place in the text", async () => {
  const page = await k.open(k.pages.measure);
  await page.locator("button.term").first().click();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "MARK");
  await k.close(page);
});

for (const [width, note] of [[1280, "desktop"], [390, "phone"], [320, "zoom of 400 %"]]) {
  test(`no page scrolls sideways at ${width} px (${note}), text wraps`, async () => {
    for (const [name, hash] of Object.entries(k.pages)) {
      for (const lang of ["ja", "en"]) {
        const page = await k.open(k.inLanguage(hash, lang), { width, height: 800 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${name} (${lang}) is ${wide} px too wide`);
        const narrow = await page.evaluate(() => [...document.querySelectorAll("td, th, dd, .card, p, li")].filter((cell) => {
          const box = cell.getBoundingClientRect();
          const style = getComputedStyle(cell);
          const inner = box.width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          const words = cell.textContent.trim();
          return box.width > 0 && /[\u3040-\u30ff\u4e00-\u9fff]{4,}/u.test(words) && inner < 3 * parseFloat(style.fontSize) && !cell.querySelector(".label, .hidden") && !cell.closest(".hidden, .matrix");
        }).slice(0, 3).map((cell) => cell.outerHTML.slice(0, 120)));
        assert.deepEqual(narrow, [], `${name} (${lang})`);
        await k.close(page);
      }
    }
  });
}

test("pages print on A4", async () => {
  for (const [name, hash] of Object.entries(k.pages)) {
    const page = await k.open(hash);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const boxes = [...pdf.toString("latin1").matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/gu)];
    assert.ok(boxes.length > 0, name);
    for (const [, width, height] of boxes) {
      const sides = [Number(width), Number(height)].sort((a, b) => a - b);
      assert.ok(Math.abs(sides[0] - 595) < 3 && Math.abs(sides[1] - 842) < 3, `${name}: ${sides}`);
    }
    await page.emulateMedia({ media: "print" });
    for (const control of [".filters", ".pager", ".toggle", "#header nav"]) for (const one of await page.locator(control).all()) assert.ok(!(await one.isVisible()), `${name}: ${control}`);
    await k.close(page);
  }
});
