/** The review page: measures that need a person first, their text with the evidence marked, and the decision. */
(() => {
  "use strict";
  const TEXTS = window.kurabeTexts;
  const NEEDS = ["outdated", "ambiguous", "unmatched", "rule", "explicit", "decided"];
  const VERDICTS = ["assigned", "ambiguous", "unmatched", "out_of_scope"];
  const GROUPS = ["priority", "companion", "local"];
  const PAGE = 50;
  const byId = (id) => document.getElementById(id);
  const token = document.querySelector('meta[name="kurabe-token"]').content;

  let lang = document.documentElement.lang === "en" ? "en" : "ja";
  let overview = null;
  let rows = [];
  let total = 0;
  let offset = 0;
  let chosen = -1;
  let shown = null;
  let isDirty = false;
  let known = null;
  let awaited = null;

  // ---- words and elements

  function t(key, values = {}) {
    const found = TEXTS[lang][key] ?? key;
    return found.replace(/\{(\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
  }

  /** An element with attributes and children; data gets in as text only. */
  function h(tag, props, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props ?? {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") Object.entries(value).forEach(([event, handler]) => made.addEventListener(event, handler));
      else made.setAttribute(name, value === true ? "" : String(value));
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return made;
  }

  const label = (code) => {
    const found = overview?.codes.find((one) => one.id === code);
    return found ? found[lang] : code ?? t("noCode");
  };
  const confidence = (value) => (value === null || value === undefined ? "" : `${t("confidence")} ${value.toFixed(2)}`);

  // ---- asking the server

  async function ask(path, values = {}) {
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value !== null));
    const answer = await fetch(`${path}?${query}`, { cache: "no-store" });
    return { status: answer.status, body: await answer.json() };
  }

  async function send(path, body) {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Kurabe-Token": token },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  // ---- filters

  function options(select, pairs, kept) {
    select.replaceChildren(...pairs.map(([value, text]) => h("option", { value }, text)));
    select.value = pairs.some(([value]) => value === kept) ? kept : pairs[0]?.[0] ?? "";
  }

  const wanted = () => Object.fromEntries(
    ["edition", "municipality", "need", "verdict", "category", "below", "words"].map((id) => [id, byId(id).value.trim()]),
  );

  function showFilters() {
    const kept = wanted();
    const all = ["", t("all")];
    const counted = (need) => `${t(`need.${need}`)} (${overview.counts[need] ?? 0})`;
    options(byId("edition"), overview.editions.map((one) => [one, one]).reverse(), kept.edition || overview.edition);
    options(byId("municipality"), [all, ...overview.municipalities.map((one) => [one.id, one[lang]])], kept.municipality);
    options(byId("need"), [all, ...NEEDS.map((need) => [need, counted(need)])], kept.need);
    options(byId("verdict"), [all, ...VERDICTS.map((one) => [one, t(`verdict.${one}`)])], kept.verdict);
    options(byId("category"), [all, ...sorted().map((code) => [code.id, code[lang]])], kept.category);
    options(byId("below"), [all, ...["0.5", "0.7", "0.8", "0.9", "0.95"].map((value) => [value, t("belowValue", { value })])], kept.below);
  }

  /** The codes, those of a group together. */
  function sorted() {
    return GROUPS.flatMap((group) => overview.codes.filter((code) => code.group === group));
  }

  async function loadOverview() {
    const { status, body } = await ask("/api/review/overview", { edition: byId("edition").value });
    if (status !== 200) return false;
    overview = body;
    showFilters();
    return true;
  }

  // ---- the list

  async function loadList() {
    const { status, body } = await ask("/api/review/list", { ...wanted(), offset, limit: PAGE });
    if (status !== 200) return;
    ({ rows, total } = body);
    if (offset > 0 && rows.length === 0) {
      offset = 0;
      await loadList();
      return;
    }
    showList();
  }

  function showList() {
    const at = shown ? rows.findIndex((row) => row.id === shown.id) : -1;
    chosen = at >= 0 ? at : Math.min(Math.max(chosen, -1), rows.length - 1);
    const hadFocus = byId("rows").contains(document.activeElement);
    byId("rows").replaceChildren(...rows.map(item));
    byId("count").textContent = total === 0 ? t("none") : t("count", { total, from: offset + 1, to: offset + rows.length });
    byId("before").disabled = offset === 0;
    byId("after").disabled = offset + rows.length >= total;
    if (hadFocus) focusRow();
  }

  function item(row, index) {
    const name = [row.municipality, row.number, label(row.primary), confidence(row.confidence)].filter(Boolean).join(" ・ ");
    return h("li", null, h(
      "button",
      { type: "button", "aria-current": shown?.id === row.id ? "true" : null, on: { click: () => open(index, true), focus: () => { chosen = index; } } },
      h("strong", null, row.title),
      h("small", null, h("span", { class: `need ${row.need}` }, t(`need.${row.need}`)), " ", name),
    ));
  }

  function focusRow() {
    byId("rows").querySelectorAll("button")[Math.max(chosen, 0)]?.focus();
  }

  async function turn(by) {
    offset = Math.max(0, offset + by * PAGE);
    chosen = by > 0 ? 0 : PAGE - 1;
    await loadList();
    focusRow();
  }

  async function step(by) {
    const next = chosen + by;
    if (next < 0 && offset > 0) return turn(-1);
    if (next >= rows.length && offset + rows.length < total) return turn(1);
    chosen = Math.min(Math.max(next, 0), rows.length - 1);
    focusRow();
  }

  // ---- one measure

  async function open(index, moves) {
    const row = rows[index];
    if (!row) return;
    if (isDirty && row.id !== shown?.id && !window.confirm(t("discard"))) return;
    chosen = index;
    await load(row.id);
    if (moves) {
      byId("detail").scrollIntoView({ block: "start" });
      byId("detail").focus({ preventScroll: true });
    }
  }

  async function load(id) {
    const { status, body } = await ask("/api/review/measure", { id, edition: byId("edition").value });
    if (status !== 200) {
      shown = null;
      byId("detail-heading").textContent = t("choose");
      byId("measure").replaceChildren(h("p", { id: "told", class: "failed", role: "alert" }, worded(body.problem)));
    } else {
      shown = body;
      isDirty = false;
      // Without a step of the history, so that going back leads to where one came from.
      history.replaceState(null, "", `#/${encodeURIComponent(id)}`);
      showMeasure();
    }
    byId("rows").querySelectorAll("button").forEach((button, at) => {
      if (rows[at]?.id === id) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  function showMeasure() {
    if (!shown) {
      byId("detail-heading").textContent = t("choose");
      byId("measure").replaceChildren();
      return;
    }
    const title = shown.fields.find((one) => one.field === "title")?.runs.map((run) => run.text).join("") ?? shown.id;
    byId("detail-heading").textContent = [shown.number, title].filter(Boolean).join(" ");
    byId("measure").replaceChildren(
      facts(), ...shown.fields.filter((one) => one.field !== "title" || one.runs.some((run) => run.evidence)).map(part),
      h("h3", null, t("present")), codes(), ...decision(),
      h("h3", null, t("form")), form(),
      h("h3", null, t("evidence")), evidence(),
      h("h3", null, `${t("source")} ${shown.locator}`), source(),
    );
  }

  function facts() {
    const pairs = [
      [t("municipality"), shown.municipality],
      [t("document"), `${shown.document_title} (${shown.path ?? shown.document})`],
      [t("id"), h("a", { href: `/#/measure/${encodeURIComponent(shown.municipality_code)}/${encodeURIComponent(shown.id)}` }, shown.id)],
      [t("need"), h("span", { class: `need ${shown.need}` }, t(`need.${shown.need}`))],
    ];
    return h("dl", { class: "facts" }, pairs.map(([term, meaning]) => [h("dt", null, term), h("dd", null, meaning)]));
  }

  function table(name, heads, lines) {
    return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": name }, h(
      "table", null,
      h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", null, lines.map((cells) => h("tr", null, cells.map((cell) => (
        typeof cell === "number" ? h("td", { class: "number" }, cell.toFixed(2)) : h("td", null, cell ?? "")
      ))))),
    ));
  }

  function codes() {
    const lines = shown.codes.map((row) => [
      row.rank === 1 ? t("primary") : t("secondary"), label(row.category), t(`verdict.${row.verdict}`), t(`method.${row.method}`), row.confidence, row.score,
    ]);
    return table(t("present"), [t("rank"), t("category"), t("verdict"), t("method"), t("confidence"), t("score")], lines);
  }

  function decision() {
    const made = shown.decision;
    if (!made) return [];
    const all = [made.primary, ...made.secondary].map(label).join(" ／ ");
    return [h(
      "div", { class: made.holds ? "decision" : "decision outdated" },
      h("p", null, `${t("decision")}${t("separator")}${all}`),
      h("p", null, t("decidedBy", made)),
      made.why ? h("p", null, made.why) : null,
      made.holds ? null : h("p", null, t("outdated")),
    )];
  }

  /** A part of the measure with the words that count. */
  function part(one) {
    const runs = one.runs.map((run) => {
      if (!run.evidence) return run.text;
      const found = run.evidence.map((number) => shown.evidence[number]);
      const told = found.map((row) => `${label(row.category)} ${row.weight > 0 ? "+" : ""}${row.weight} (${row.rule})`).join("\n");
      return h("mark", { class: found.every((row) => row.weight < 0) ? "against" : null, title: told }, run.text);
    });
    return h("p", { class: "part" }, h("b", null, t(`field.${one.field}`)), h("span", null, runs));
  }

  function evidence() {
    if (shown.evidence.length === 0) return h("p", null, t("noEvidence"));
    const lines = shown.evidence.map((row) => [
      row.term, t(`word.${row.field}`), row.weight < 0 ? `${label(row.category)} (${t("against")})` : label(row.category), row.weight, row.rule, row.locator,
    ]);
    return table(t("evidence"), [t("term"), t("field"), t("category"), t("weight"), t("rule"), t("place")], lines);
  }

  function source() {
    if (shown.source.length === 0) return h("p", null, t("noSource"));
    return h("pre", { class: "source", tabindex: "0", "aria-label": t("source") }, shown.source.join("\n"));
  }

  // ---- the decision

  /** The codes that the form begins with: those of a person, else those that are published. */
  function beginning() {
    if (shown.decision) return { primary: shown.decision.primary, secondary: shown.decision.secondary };
    const first = shown.codes.find((row) => row.rank === 1);
    const more = shown.codes.filter((row) => row.rank > 1 && row.verdict === "assigned");
    return { primary: first?.category ?? "", secondary: more.map((row) => row.category) };
  }

  const isSame = (a, b) => a.primary === b.primary && [...a.secondary].sort().join() === [...b.secondary].sort().join();

  function form() {
    const begun = beginning();
    const groups = GROUPS.map((group) => [group, overview.codes.filter((code) => code.group === group)]);
    const choice = (code) => h("option", { value: code.id, selected: code.id === begun.primary }, code[lang]);
    const primary = h(
      "select", { name: "primary", required: true },
      begun.primary ? null : h("option", { value: "" }, t("noCode")),
      groups.map(([group, list]) => list.length > 0 && h("optgroup", { label: t(`group.${group}`) }, list.map(choice))),
    );
    const box = (code) => h("label", null, h("input", { type: "checkbox", name: "secondary", value: code.id, checked: begun.secondary.includes(code.id) }), " ", code[lang]);
    const submit = h("button", { type: "submit", class: "main" });
    const made = h(
      "form", { class: "decide" },
      h("label", null, h("span", null, t("primary")), primary),
      h("fieldset", null, h("legend", null, t("secondary")), groups.map(([, list]) => list.map(box))),
      h("label", null, h("span", null, t("reason")), h("textarea", { name: "reason", rows: "3", maxlength: "4000", required: true }, shown.decision?.why ?? "")),
      h("label", null, h("span", null, t("who")), h("input", { type: "text", name: "who", maxlength: "100", autocomplete: "name", required: true, value: recall("kurabe-who") })),
      h("div", { class: "buttons" }, submit, shown.decision && h("button", { type: "button", on: { click: withdraw } }, t("withdraw"))),
      h("p", { id: "told", role: "status" }),
    );
    const relabel = () => {
      const now = values(made);
      made.querySelectorAll('input[name="secondary"]').forEach((input) => { input.disabled = input.value === now.primary; });
      submit.textContent = isSame(now, begun) ? t("confirm") : t("change");
    };
    made.addEventListener("input", () => { isDirty = true; relabel(); });
    made.addEventListener("submit", (event) => { event.preventDefault(); decide(made); });
    relabel();
    return made;
  }

  function values(made) {
    const data = new FormData(made);
    const primary = data.get("primary") ?? "";
    return { primary, secondary: data.getAll("secondary").filter((code) => code !== primary), reason: data.get("reason") ?? "", who: data.get("who") ?? "" };
  }

  async function decide(made) {
    const now = values(made);
    remember("kurabe-who", now.who);
    const { id, edition, content_key, version } = shown;
    await write("/api/review/decide", { id, edition, content_key, version, ...now }, "saved");
  }

  async function withdraw() {
    if (!window.confirm(t("withdrawSure"))) return;
    const { id, edition, version } = shown;
    await write("/api/review/withdraw", { id, edition, version }, "withdrawn");
  }

  async function write(path, body, done) {
    const buttons = byId("measure").querySelectorAll("form.decide button");
    buttons.forEach((button) => { button.disabled = true; });
    tell("", t("saving"));
    try {
      const answer = await send(path, body);
      if (shown?.id !== body.id) return;
      if (answer.status === 200) {
        isDirty = false;
        awaited = { id: body.id, generation: answer.body.generation };
        shown.version = answer.body.version;
        tell("good", t(done));
      } else {
        meanwhile(answer);
      }
    } catch {
      tell("failed", t("lost"));
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  /** Shows what is wrong; where somebody else decided, what stands there now. */
  function meanwhile({ status, body }) {
    let text = worded(body.problem);
    if (status === 409 && body.version) {
      shown.version = body.version;
      const made = body.decision;
      const all = made ? [made.primary, ...made.secondary].map(label).join(" ／ ") : t("noCode");
      text += `\n${t("decision")}${t("separator")}${all}`;
      if (made) text += `\n${t("decidedBy", made)} ${made.why}`;
    }
    tell("failed", text);
  }

  function worded(problem) {
    const one = problem?.[lang];
    if (!one) return t("lost");
    return [one.message, one.place, `${t("hint")}${t("separator")}${one.hint}`].filter(Boolean).join("\n");
  }

  function tell(kind, text) {
    const told = byId("told");
    if (!told) return;
    told.className = kind;
    told.textContent = text;
  }

  // ---- what changes meanwhile

  function state(kind, ...lines) {
    const place = byId("state");
    const text = lines.filter(Boolean).join("\n");
    if (place.dataset.shown === text) return;
    place.dataset.shown = text;
    place.className = kind;
    place.replaceChildren(...lines.filter(Boolean).map((line) => h("span", null, line)));
  }

  async function renew(generation) {
    const isFirst = known === null;
    if (!(await loadOverview())) return;
    known = generation;
    await loadList();
    if (isFirst) {
      if (named() !== null) await openNamed();
      else focusRow();
      return;
    }
    const id = shown?.id;
    if (!id) return;
    if (isDirty) {
      tell("", t("newer"));
      return;
    }
    const isAwaited = awaited?.id === id && generation > awaited.generation;
    const place = document.activeElement?.name ?? null;
    await load(id);
    if (isAwaited) {
      awaited = null;
      const first = shown?.codes.find((row) => row.rank === 1);
      tell("good", `${t("applied")}${t("separator")}${label(first?.category)} (${t(`method.${first?.method}`)})`);
    }
    if (place) byId("measure").querySelector(`[name="${place}"]`)?.focus();
  }

  /** The measure that the address names after `#/`. */
  function named() {
    try {
      return location.hash.startsWith("#/") ? decodeURIComponent(location.hash.slice(2)) : null;
    } catch {
      return null;
    }
  }

  async function openNamed() {
    const id = named();
    if (id === null || id === shown?.id) return;
    await load(id);
    byId("detail").focus();
  }

  async function look() {
    try {
      const { body } = await ask("/api/state");
      const isNew = body.generation !== known && body.generation > 0;
      if (isNew) await renew(body.generation);
      if (body.phase === "failed" && body.problem) state("failed", t("failed"), worded(body.problem));
      else if (body.phase === "running" || body.phase === "waiting") state(body.phase, t(body.phase));
      else state("current", t(known > 1 ? "updated" : "current"));
    } catch {
      state("failed", t("lost"));
    }
    setTimeout(look, document.hidden ? 5000 : 1000);
  }

  // ---- keys, language, memory

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Without storage the name has to be typed again.
    }
  }

  function recall(key) {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && byId("detail").contains(document.activeElement)) {
      focusRow();
      return;
    }
    const isWriting = /^(INPUT|SELECT|TEXTAREA)$/u.test(event.target.tagName);
    const isInList = byId("rows").contains(event.target);
    if (isInList && event.key === "ArrowDown") event.preventDefault(), step(1);
    if (isInList && event.key === "ArrowUp") event.preventDefault(), step(-1);
    if (isWriting || !byId("keys").checked) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "/") event.preventDefault(), byId("words").focus();
  }

  function showTexts() {
    document.documentElement.lang = lang;
    document.title = `${t("title")} - kurabe`;
    document.querySelectorAll("[data-text]").forEach((place) => { place.textContent = t(place.dataset.text); });
    byId("language").textContent = t("otherLanguage");
    byId("language").lang = lang === "ja" ? "en" : "ja";
    byId("before").textContent = t("pageBefore");
    byId("after").textContent = t("pageAfter");
    if (overview) {
      showFilters();
      showList();
    }
    showMeasure();
  }

  let waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      offset = 0;
      chosen = -1;
      await loadList();
    }, 150);
  }

  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", async (event) => {
    if (event.target.id === "keys") return;
    if (event.target.id === "edition") {
      await loadOverview();
      if (shown) await load(shown.id);
    }
    changed();
  });
  byId("before").addEventListener("click", () => turn(-1));
  byId("after").addEventListener("click", () => turn(1));
  byId("language").addEventListener("click", () => {
    lang = lang === "ja" ? "en" : "ja";
    byId("state").dataset.shown = "";
    showTexts();
  });
  document.addEventListener("keydown", pressed);
  window.addEventListener("hashchange", openNamed);
  showTexts();
  look();
})();
