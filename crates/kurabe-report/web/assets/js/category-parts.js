/** Parts of the category page: stages per municipality as bars, and measures of chosen municipalities side by side. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** So many municipalities fit into the chart, and beside each other. */
  const [BARS, COLUMNS] = [20, 6];

  /** Counts per municipality and stage, the municipality with most measures first. */
  function tally(rows) {
    const groups = [...kurabe.groupBy(rows.filter((row) => !row.is_repeat), (row) => row.town)];
    const stages = kurabe.stage.list();
    const counted = groups.map(([town, own]) => ({ town, total: own.length, counts: stages.map((stage) => own.filter((row) => row.stage === stage).length) }));
    return counted.sort((a, b) => b.total - a.total || (a.town.code < b.town.code ? -1 : 1));
  }

  /** Stacked bars. @param {object} Plot the library @param {number} width @param {object[]} shown of `tally` */
  function bars(Plot, width, shown) {
    const stages = kurabe.stage.list();
    const flat = shown.flatMap(({ town, counts }) => counts.map((n, i) => ({ code: town.code, stage: stages[i], n })).filter((one) => one.n));
    const most = Math.max(...shown.map((one) => one.total));
    const stack = { y: "code", x: "n", z: "stage", order: stages };
    const text = (one) => ((width - 140) * one.n > 24 * most ? kurabe.stage.short(one.stage) + one.n : "");
    return Plot.plot({
      className: "kurabe-plot", width, marginLeft: Math.min(120, width / 3.4), marginRight: 12, marginTop: 4, marginBottom: 42, height: 56 + shown.length * 27,
      color: kurabe.stageColours(), x: { label: t("axis.measures"), labelArrow: "none", labelOffset: 38, ticks: Math.min(most, 6), tickFormat: (n) => (Number.isInteger(n) ? String(n) : "") },
      y: { label: null, domain: shown.map((one) => one.town.code), tickFormat: (code) => kurabe.town(code).name, tickSize: 0, padding: 0.18 },
      marks: [
        Plot.gridX({ ticks: Math.min(most, 6) }),
        Plot.barX(flat, { ...stack, fill: "stage", stroke: kurabe.colour("line-strong"), strokeWidth: 0.6, title: (one) => kurabe.label("stage", one.stage) + " " + one.n }),
        Plot.text(flat, Plot.stackX({ ...stack, text, fill: (one) => kurabe.colour("on-" + one.stage) })),
      ],
    });
  }

  /** Stages per municipality. @param {object[]} rows measures of the category */
  function categoryChart(rows) {
    const all = tally(rows);
    if (!all.length) return null;
    const shown = all.slice(0, BARS);
    const columns = [
      { key: "town", name: t("column.municipality"), isHead: true, value: (row) => row.town.name },
      { key: "total", name: t("column.measures"), class: "num", value: (row) => row.total },
      ...kurabe.stage.list().map((stage, i) => ({ key: stage, name: kurabe.label("stage", stage), class: "num", value: (row) => row.counts[i] || null })),
    ];
    const note = all.length > shown.length ? t("chart.first", { n: shown.length, all: kurabe.number(all.length) }) : null;
    return kurabe.chart({ title: t("category.chart"), note, draw: (Plot, width) => bars(Plot, width, shown), table: () => kurabe.paged({ caption: t("category.chart"), rows: all, columns, size: 50 }) });
  }

  /** A measure in a column. */
  function card(row, { measureLink, marks }) {
    const facts = kurabe.facts([[t("column.start"), kurabe.fiscalYear(row.start_fiscal_year)], [t("column.departments"), row.departments.join("、")]], "facts small");
    return h("li", { class: "card" }, h("h4", null, measureLink(row)), h("p", { class: "card-marks" }, kurabe.stage.badge(row.stage), row.has_kpi ? h("span", { class: "tag" }, t("column.kpi")) : null, marks(row)), row.summary ? h("p", { class: "card-text", lang: "ja" }, row.summary) : h("p", { class: "card-text" }, kurabe.missing()), facts);
  }

  /** The column of a municipality. */
  function column(town, rows, tools, remove) {
    const limit = 30;
    const more = rows.length > limit ? h("p", { class: "hint" }, t("columns.more", { n: rows.length - limit })) : null;
    const away = h("button", { type: "button", class: "remove", "aria-label": t("columns.remove", { name: town.name }), on: { click: remove } }, "×");
    return h("section", { class: "column", "aria-label": town.name }, h("header", null, h("h3", null, h("a", { href: kurabe.route.link(["municipality", town.code]) }, town.name)), h("span", { class: "pref" }, town.prefecture), away, h("p", { class: "hint" }, t("n.measures", { n: rows.length }))),
      rows.length ? h("ul", { class: "cards" }, rows.slice(0, limit).map((row) => card(row, tools))) : h("p", { class: "none" }, kurabe.missing("not_stated"), " ", t("columns.none")), more);
  }

  /** Codes of the municipalities to show: of the address, else the four with most measures. */
  function chosen(groups) {
    const asked = kurabe.route.current().query.get("cmp");
    if (asked !== null) return asked.split("-").filter((code) => /^\d{6}$/u.test(code)).slice(0, COLUMNS);
    const most = [...groups].sort((a, b) => b[1].length - a[1].length).slice(0, 4).map(([code]) => code);
    return most.sort();
  }

  /** The field that adds a municipality. */
  function adder(codes, add) {
    const others = kurabe.towns().filter((town) => !codes.includes(town.code));
    const named = (town) => town.name + "（" + town.prefecture + "）";
    const box = h("input", { id: "add-town", type: "search", list: "add-town-list", autocomplete: "off", placeholder: t("filter.search.hint"), on: { change: () => take() } });
    const take = () => {
      const word = kurabe.fold(box.value);
      const found = word && (others.find((town) => kurabe.fold(named(town)) === word) ?? others.find((town) => town.folded.startsWith(word)) ?? others.find((town) => town.code === word));
      if (found) add(found.code);
    };
    const full = codes.length >= COLUMNS;
    if (full) return h("p", { class: "hint" }, t("columns.full", { n: COLUMNS }));
    return h("form", { class: "filters add", on: { submit: (event) => { event.preventDefault(); take(); } } }, h("div", { class: "field" }, h("label", { for: "add-town" }, t("columns.add", { n: COLUMNS })), box, h("datalist", { id: "add-town-list" }, others.map((town) => h("option", { value: named(town) })))), h("button", { type: "submit" }, t("columns.add.button")));
  }

  /**
   * Measures of chosen municipalities beside each other; the choice stands in the address.
   * @param {object[]} rows measures of the category that the filters let through
   * @param {{measureLink: Function, marks: Function}} tools
   */
  function sideBySide(rows, tools) {
    const host = h("div", { class: "compare" });
    const groups = kurabe.groupBy(rows, (row) => row.municipality);
    let codes = chosen(groups);
    function keep(next, focus) {
      codes = next;
      kurabe.route.amend({ cmp: codes.length ? codes.join("-") : "0" });
      draw();
      host.querySelector(focus)?.focus();
    }
    function draw() {
      const columns = codes.map((code) => column(kurabe.town(code), groups.get(code) ?? [], tools, () => keep(codes.filter((one) => one !== code), "#add-town")));
      const grid = h("div", { class: "columns", style: { "--columns": String(Math.max(codes.length, 1)) } }, columns);
      kurabe.fill(host, adder(codes, (code) => keep([...codes, code], "#add-town, .remove")), kurabe.region(t("view.columns"), grid));
    }
    draw();
    return host;
  }

  Object.assign(kurabe, { categoryChart, sideBySide });
})();
