/** The dictionary has every sentence that the scripts use, in both languages, and none besides. */
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const scripts = join(process.env.KURABE_REPORT, "assets", "js");
const sources = readdirSync(scripts).filter((name) => !name.startsWith("messages")).map((name) => readFileSync(join(scripts, name), "utf8"));
const window = { kurabe: { messages: {} } };
for (const name of readdirSync(scripts).filter((one) => one.startsWith("messages"))) vm.runInNewContext(readFileSync(join(scripts, name), "utf8"), { window });
const { messages } = window.kurabe;
const used = new Set(sources.flatMap((source) => [...source.matchAll(/\bt\("([a-z][\w.]*)"[,)]/gu)].map((found) => found[1])));
const literals = new Set(sources.flatMap((source) => [...source.matchAll(/"([a-z][\w.]*)"/gu)].map((found) => found[1])));
const starts = [...new Set(sources.flatMap((source) => [...source.matchAll(/\bt\("([a-z][\w.]*\.)" \+/gu)].map((found) => found[1])))];

test("every key that is used has both languages", () => {
  for (const key of used) assert.ok(messages[key], key);
  for (const [key, { ja, en }] of Object.entries(messages)) {
    assert.ok(ja?.trim() && en?.trim(), key);
    const names = (text) => [...text.matchAll(/\{(\w+)\}/gu)].map((found) => found[1]).sort();
    assert.deepEqual(names(ja), names(en), key);
  }
});

test("no key is left over", () => {
  const unused = Object.keys(messages).filter((key) => !used.has(key) && !literals.has(key) && !starts.some((start) => key.startsWith(start)));
  assert.deepEqual(unused, []);
});

test("scripts put no data in as HTML and ask nothing of the network", () => {
  for (const source of sources) assert.ok(!/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest|WebSocket|sendBeacon/u.test(source));
});

test("files stay small", () => {
  for (const name of readdirSync(scripts)) assert.ok(readFileSync(join(scripts, name), "utf8").split("\n").length <= 600, name);
});
