/** The overview: municipalities beside each other, one column per category of the national plan. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** What a cell can show. */
  const SHOWS = ["stages", "counts", "kpi", "achievement"];

  function fields(categories) {
    const any = ["", t("any")];
    const index = kurabe.data.index;
    const kinds = [...new Set(kurabe.towns().map((town) => town.kind))].map((kind) => [kind, kurabe.label("municipality_kind", kind)]);
    const sorts = [["code", t("sort.code")], ["-total", t("sort.total")], ["population", t("sort.population.up")], ["-population", t("sort.population")]];
    const byCategory = categories.map((one) => ["-" + one.id, t("sort.category", { name: kurabe.inLanguage(one) })]);
    return [
      { key: "q", kind: "text", label: t("filter.search"), hint: t("filter.search.hint") },
      { key: "pref", kind: "select", label: t("filter.prefecture"), options: [any, ...kurabe.prefectures()] },
      { key: "kind", kind: "select", label: t("filter.kind"), options: [any, ...kinds] },
      { key: "peer", kind: "select", label: t("filter.peer"), options: [any, ...index.peers.filter((one) => one.members).map((one) => [one.id, kurabe.inLanguage(one)])] },
      { key: "show", kind: "select", label: t("filter.show"), usual: "stages", options: SHOWS.map((word) => [word, t("show." + word)]) },
      { key: "sort", kind: "select", label: t("filter.sort"), usual: "code", options: [...sorts, ...byCategory] },
      { key: "rows", kind: "select", label: t("filter.rows"), usual: "towns", options: [["towns", t("rows.towns")], ["documents", t("rows.documents")]] },
      { key: "size", kind: "select", label: t("filter.size"), usual: "50", options: ["25", "50", "100", "200"].map((n) => [n, n]) },
    ];
  }

  /** Rows in the chosen order. */
  function order(rows, sort, categories) {
    const down = sort.startsWith("-");
    const key = down ? sort.slice(1) : sort;
    const at = categories.findIndex((one) => one.id === key);
    const value = {
      code: (row) => row.town.code,
      total: (row) => row.document?.measures ?? null,
      population: (row) => row.town.population,
    }[key] ?? ((row) => row.cells.get(at)?.measures ?? null);
    return kurabe.sorted(rows, [{ key, value }], { key, down });
  }

  /** What a cell says: the number that counts and a line below it. */
  function content(cell, show) {
    if (show === "counts") return [h("b", null, cell.measures), null];
    if (show === "kpi") return [h("b", null, cell.withKpi), h("small", null, t("of", { n: cell.measures }))];
    if (show === "achievement") return [cell.achievement === null ? kurabe.missing("not_applicable", true) : h("b", null, kurabe.percent(cell.achievement)), h("small", null, t("of.measures", { n: cell.measures }))];
    return [h("b", null, cell.measures), [kurabe.stage.bar(cell.stages), h("small", { "aria-hidden": "true" }, kurabe.stage.inLetters(cell.stages)), kurabe.hidden(": " + kurabe.stage.inWords(cell.stages))]];
  }

  function cellOf(row, category, at, show, edition) {
    const cell = row.cells.get(at);
    if (!cell) return h("td", { class: "empty" }, row.document ? (row.document.measures ? kurabe.missing("not_stated", true) : kurabe.missing("not_applicable", true)) : kurabe.missing("not_read", true));
    const href = kurabe.route.link(["category", edition, category.id], { m: row.town.code });
    const title = row.town.name + " · " + kurabe.inLanguage(category) + ": " + kurabe.stage.inWords(cell.stages);
    return h("td", null, h("a", { class: "cell", href, title, tabindex: "-1" }, content(cell, show)));
  }

  function rowOf(row, categories, values, edition) {
    const name = h("a", { lang: "ja", href: kurabe.route.link(["municipality", row.town.code]) }, row.town.name);
    const under = row.document ? row.document.title : t("none.document");
    const more = row.others && values.rows !== "documents" ? h("span", { class: "more" }, t("more.documents", { n: row.others })) : null;
    const head = h("th", { scope: "row", class: "name" }, name, " ", h("span", { class: "pref" }, row.town.prefecture), h("span", { class: "under", lang: row.document ? "ja" : null, title: under }, under), more);
    const total = h("td", { class: "num total" }, row.document ? (row.document.measures ? kurabe.number(row.document.measures) : kurabe.missing("not_applicable", true)) : kurabe.missing("not_read", true));
    return h("tr", null, head, total, categories.map((category, at) => cellOf(row, category, at, values.show, edition)));
  }

  /** Heads in two rows: groups of categories, then categories. */
  function heads(categories, edition) {
    const groups = [...kurabe.groupBy(categories, (one) => one.group)];
    const group = groups.map(([word, own]) => h("th", { scope: "colgroup", colspan: own.length, class: "group" }, kurabe.label("category_group", word)));
    const one = (category) => h("th", { scope: "col", class: "category" }, h("a", { href: kurabe.route.link(["category", edition, category.id]) }, h("span", { class: "label" }, kurabe.inLanguage(category))));
    const first = h("tr", null, h("th", { scope: "col", rowspan: "2", class: "name" }, t("column.municipality")), h("th", { scope: "col", rowspan: "2", class: "num total" }, t("column.measures")), group);
    return h("thead", null, first, h("tr", null, categories.map(one)));
  }

  /** Groups of columns, so that heads of groups belong to theirs. */
  function columns(categories) {
    const groups = [...kurabe.groupBy(categories, (one) => one.group).values()];
    return [h("colgroup", { span: "1" }), h("colgroup", { span: "1" }), groups.map((own) => h("colgroup", { span: own.length }))];
  }

  /** One stop for the tab key; arrows go from cell to cell. */
  function arrows(table) {
    const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -99], End: [0, 99] };
    const first = table.querySelector("a.cell");
    if (first) first.tabIndex = 0;
    table.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      const here = event.target.closest?.("a.cell");
      if (!move || !here || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = neighbour(here, move);
      if (!next) return;
      here.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }

  /** The next cell with a link in a direction. */
  function neighbour(here, [down, right]) {
    const cell = here.closest("td");
    if (down) {
      let row = cell.parentElement;
      while ((row = down > 0 ? row.nextElementSibling : row.previousElementSibling)) {
        const found = row.cells[cell.cellIndex]?.querySelector("a.cell");
        if (found) return found;
      }
      return null;
    }
    const links = [...cell.parentElement.querySelectorAll("a.cell")];
    const at = links.indexOf(here) + right;
    return links[Math.max(0, Math.min(links.length - 1, at))];
  }

  /** Numbers of the whole dataset. */
  function totals() {
    const { totals: all } = kurabe.data.index;
    const one = (key, value) => h("div", null, h("dt", null, t("total." + key)), h("dd", null, kurabe.number(value)));
    return h("dl", { class: "totals" }, one("municipalities", all.municipalities), one("documents", all.documents), one("measures", all.measures - (all.repeats ?? 0)), one("kpis", all.kpis), one("findings", all.findings.error + all.findings.warning + all.findings.info));
  }

  function body(host, rows, categories, values, edition, turn) {
    const size = Number(values.size) || 50;
    const last = Math.max(1, Math.ceil(rows.length / size));
    const page = Math.min(last, Math.max(1, Number(kurabe.route.current().query.get("page")) || 1));
    if (!rows.length) return kurabe.fill(host, h("p", { class: "none" }, t("none.municipalities")));
    const shown = rows.slice((page - 1) * size, page * size).map((row) => rowOf(row, categories, values, edition));
    const caption = t("matrix.caption", { edition: kurabe.editionName(edition) });
    const table = h("table", { class: "matrix matrix-" + values.show }, h("caption", { class: "hidden" }, caption), columns(categories), heads(categories, edition), h("tbody", null, shown));
    arrows(table);
    const pages = () => kurabe.pager({ page, size, total: rows.length, turn, name: caption });
    return kurabe.fill(host, kurabe.region(caption, table, "tall"), pages());
  }

  /** The page. */
  async function matrix() {
    const edition = kurabe.edition();
    const data = await kurabe.load("matrix", edition);
    const categories = kurabe.data.index.categories[edition];
    const host = h("div", { class: "matrix-host" });
    const results = kurabe.resultLine();
    let made = { kind: null, rows: [] };
    function draw(values) {
      if (made.kind !== values.rows) made = { kind: values.rows, rows: kurabe.matrixRows(data, values.rows === "documents") };
      const rows = order(kurabe.filterTowns(made.rows, values, (row) => row.town), values.sort, categories);
      results.say(t("results.rows", { n: kurabe.number(rows.length), all: kurabe.number(made.rows.length) }));
      const turn = (page) => {
        kurabe.route.amend({ page: page === 1 ? "" : page });
        draw(values);
        host.querySelector("[data-page=next]:enabled, [data-page=previous]")?.focus();
      };
      body(host, rows, categories, values, edition, turn);
    }
    const form = kurabe.filters(fields(categories), draw);
    draw(form.values);
    return {
      title: t("matrix.title"),
      node: [h("p", { class: "lead" }, t("matrix.lead")), totals(), form.node, h("div", { class: "above" }, results.node, h("p", { class: "hint screen" }, t("matrix.arrows"))), kurabe.stage.legend(), missingLegend(), host, h("p", { class: "hint screen" }, h("a", { href: kurabe.route.link(["uncategorised", edition]) }, t("uncategorised.link")))],
    };
  }

  /** What stands in cells without a number. */
  function missingLegend() {
    const item = (kind, key) => h("li", null, h("span", { class: "missing missing-" + kind, "aria-hidden": "true" }, t("missing.short." + kind)), " ", t(key));
    return h("div", { class: "legend" }, h("span", { class: "legend-title" }, t("legend.missing")), h("ul", null, item("not_stated", "missing.cell.not_stated"), item("not_read", "missing.cell.not_read"), item("not_applicable", "missing.cell.not_applicable")));
  }

  kurabe.pages.matrix = matrix;
})();
