/** A category of the national plan: its measures as a list, or side by side for chosen municipalities. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** Measures of the category as objects, with words to search in. */
  function measures(data) {
    return kurabe.records(data).map((row) => {
      const town = kurabe.town(row.municipality);
      return { ...row, town, departments: row.departments ?? [], folded: null };
    });
  }

  /** Text of a measure folded for searching, made when first needed. */
  function folded(row) {
    row.folded ??= kurabe.fold([row.title, row.number, ...row.departments, row.summary, row.town.name].join(" "));
    return row.folded;
  }

  function fields(rows) {
    const any = ["", t("any")];
    const towns = [...new Map(rows.map((row) => [row.town.code, row.town])).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    const many = towns.length > 200;
    const years = rows.map((row) => row.start_fiscal_year).filter((year) => year !== null);
    const span = [...new Set(years)].sort((a, b) => a - b).map((year) => [String(year), kurabe.fiscalYear(year)]);
    const shownTowns = many ? [] : [{ key: "m", kind: "select", label: t("filter.municipality"), options: [any, ...towns.map((town) => [town.code, town.name])] }];
    const typedTowns = many ? [{ key: "m", kind: "text", label: t("filter.municipality"), hint: t("filter.search.hint"), choices: towns.map((town) => town.name) }] : [];
    return [
      { key: "q", kind: "text", label: t("filter.text"), hint: t("filter.text.hint") },
      ...shownTowns, ...typedTowns,
      { key: "pref", kind: "select", label: t("filter.prefecture"), options: [any, ...[...new Set(towns.map((town) => town.prefecture))].map((name) => [name, name])] },
      { key: "stage", kind: "select", label: t("filter.stage"), options: [any, ...kurabe.stage.list().map((stage) => [stage, kurabe.label("stage", stage)])] },
      { key: "from", kind: "select", label: t("filter.from"), options: [any, ...span] },
      { key: "to", kind: "select", label: t("filter.to"), options: [any, ...span] },
      { key: "kpi", kind: "check", label: t("filter.kpi") },
      { key: "second", kind: "check", label: t("filter.second"), usual: "" },
    ];
  }

  /** Whether a measure is of the municipality that was asked for: by code, or by words of its name. */
  function ofTown(row, asked) {
    if (!asked || row.municipality === asked) return true;
    return !/^\d{6}$/u.test(asked) && row.town.folded.includes(kurabe.fold(asked));
  }

  /** Measures that the filters let through. */
  function narrow(rows, values) {
    const words = kurabe.fold(values.q).split(/\s+/u).filter(Boolean);
    const year = (row) => row.start_fiscal_year;
    return rows.filter((row) => (values.second === "1" || row.rank === 1)
      && ofTown(row, values.m)
      && (!values.pref || row.town.prefecture === values.pref)
      && (!values.stage || row.stage === values.stage)
      && (!values.kpi || row.has_kpi)
      && (!values.from || (year(row) !== null && year(row) >= Number(values.from)))
      && (!values.to || (year(row) !== null && year(row) <= Number(values.to)))
      && words.every((word) => folded(row).includes(word)));
  }

  /** A link to the page of a measure. */
  function measureLink(row) {
    return h("a", { lang: "ja", href: kurabe.route.link(["measure", row.municipality, row.measure]) }, row.title);
  }

  function marks(row) {
    return [row.is_repeat ? h("span", { class: "tag" }, t("mark.repeat")) : null, row.rank > 1 ? h("span", { class: "tag" }, t("mark.secondary")) : null];
  }

  function columns() {
    return [
      { key: "municipality", name: t("column.municipality"), class: "short", value: (row) => row.municipality, render: (row) => h("a", { href: kurabe.route.link(["municipality", row.municipality]) }, row.town.name) },
      { key: "number", name: t("column.number"), class: "short num", value: (row) => row.number },
      { key: "title", name: t("column.title"), class: "wide", isHead: true, value: (row) => row.title, render: (row) => [measureLink(row), marks(row)] },
      { key: "summary", name: t("column.summary"), class: "text", render: (row) => (row.summary ? h("span", { class: "clamp", lang: "ja" }, row.summary) : null) },
      { key: "departments", name: t("column.departments"), class: "medium", value: (row) => row.departments[0] ?? null, render: (row) => row.departments.join("、") },
      { key: "stage", name: t("column.stage"), class: "short date", value: (row) => kurabe.stage.list().indexOf(row.stage), render: (row) => kurabe.stage.badge(row.stage) },
      { key: "start", name: t("column.start"), class: "short date", value: (row) => row.start_fiscal_year, render: (row) => kurabe.fiscalYear(row.start_fiscal_year) },
      { key: "kpi", name: t("column.kpi"), class: "mark", value: (row) => (row.has_kpi ? 0 : 1), render: (row) => (row.has_kpi ? t("yes.kpi") : null) },
      { key: "confidence", name: t("column.confidence"), class: "short num", value: (row) => row.confidence, render: (row) => kurabe.percent(row.confidence) },
    ];
  }

  /** Buttons that choose between list and columns. */
  function views(chosen, choose) {
    const one = (word) => h("button", { type: "button", "aria-pressed": String(chosen === word), on: { click: () => choose(word) } }, t("view." + word));
    return h("div", { class: "views", role: "group", "aria-label": t("view.name") }, one("list"), one("columns"));
  }

  /** What the category is: edition, group, numbers. */
  function facts(edition, category, rows) {
    const primary = rows.filter((row) => row.rank === 1 && !row.is_repeat);
    return kurabe.facts([
      [t("fact.edition"), kurabe.editionName(edition)],
      [t("fact.group"), kurabe.label("category_group", category.group)],
      [t("fact.measures"), t("n.measures", { n: kurabe.number(primary.length) })],
      [t("fact.municipalities"), t("n.municipalities", { n: kurabe.number(new Set(primary.map((row) => row.municipality)).size) })],
    ]);
  }

  function show(host, rows, view) {
    if (view === "columns") return kurabe.fill(host, kurabe.sideBySide(rows, { measureLink, marks }));
    return kurabe.fill(host, kurabe.paged({ caption: t("category.list"), rows, columns: columns(), size: 50, className: "measures", empty: t("none.measures") }));
  }

  /** The page. @param {string[]} path edition and category */
  async function category([edition, id]) {
    const known = kurabe.data.index.categories[edition]?.find((one) => one.id === id);
    if (!known) return kurabe.notFound();
    const rows = measures(await kurabe.load("category", edition, id));
    const host = h("div");
    const drawing = h("div");
    const results = kurabe.resultLine();
    const state = { view: kurabe.route.current().query.get("view") ?? "list" };
    const bar = h("div", { class: "above" });
    function draw(values) {
      const found = narrow(rows, values);
      const towns = new Set(found.map((row) => row.municipality)).size;
      const repeats = found.filter((row) => row.is_repeat).length;
      results.say(t(repeats ? "results.repeats" : "results.measures", { n: kurabe.number(found.length), towns: kurabe.number(towns), repeats: kurabe.number(repeats) }));
      kurabe.fill(bar, results.node, views(state.view, choose));
      kurabe.fill(drawing, found.length && state.view === "list" ? kurabe.categoryChart(found) : null);
      show(host, found, state.view);
    }
    const form = kurabe.filters(fields(rows), draw);
    function choose(view) {
      state.view = view;
      kurabe.route.amend({ view: view === "list" ? "" : view });
      draw(form.values);
      bar.querySelector("[aria-pressed=true]")?.focus();
    }
    draw(form.values);
    return { title: kurabe.inLanguage(known), trail: [[t("nav.matrix"), kurabe.route.link([])]], node: [facts(edition, known, rows), form.node, bar, drawing, host] };
  }

  /** The page of measures without a category in an edition. */
  async function uncategorised([edition]) {
    const rows = measures(await kurabe.load("uncategorised", edition));
    const list = [...columns().filter((one) => one.key !== "confidence"), { key: "verdict", name: t("column.verdict"), class: "short date", value: (row) => row.verdict, render: (row) => kurabe.label("verdict", row.verdict) }];
    return {
      title: t("uncategorised.title"),
      trail: [[t("nav.matrix"), kurabe.route.link([])]],
      node: [h("p", { class: "lead" }, t("uncategorised.lead", { edition: kurabe.editionName(edition) })), kurabe.paged({ caption: t("uncategorised.title"), rows, columns: list, size: 50, empty: t("none.uncategorised") })],
    };
  }

  Object.assign(kurabe.pages, { category, uncategorised });
})();
