/** KPIs: baseline, actual value and target as bars and as a table. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** The rows of progress of a KPI, the one of its last target first. */
  function progressOf(kpi) {
    const rows = [kpi.progress ?? []].flat();
    return [...rows].sort((a, b) => Number(b.is_final ?? false) - Number(a.is_final ?? false));
  }

  /** Values of a role as printed. */
  function printed(kpi, role) {
    return kpi.values.filter((value) => value.role === role);
  }

  /** One value: as printed, with its year where the text does not say it. */
  function valueText(value) {
    const year = value.fy !== null && value.fy !== undefined ? h("span", { class: "under" }, kurabe.fiscalYear(value.fy)) : null;
    return h("span", { class: "value" }, value.text ?? kurabe.quantity(value.value, value.unit), year, value.note ? h("span", { class: "under" }, value.note) : null);
  }

  const values = (role) => (row) => {
    const found = printed(row.kpi, role);
    return found.length ? found.map(valueText) : null;
  };

  /** Achievement, or why there is none. */
  function achievement({ progress }) {
    if (!progress) return null;
    if (progress.achievement !== null && progress.achievement !== undefined) return [h("b", null, kurabe.percent(progress.achievement)), h("span", { class: "under" }, track(progress))];
    const state = progress.milestone_state ? kurabe.label("milestone_state", progress.milestone_state) : null;
    return h("span", { class: "why" }, state ?? [kurabe.missing("not_applicable", true), " ", kurabe.label("reason", progress.reason)]);
  }

  /** Whether a KPI keeps up with a straight line to its target. */
  function track(progress) {
    if (progress.is_met) return t("kpi.met");
    if (progress.is_on_track === true) return t("kpi.on_track");
    return progress.is_on_track === false ? t("kpi.behind") : null;
  }

  /** Rows of the table: one per KPI. @param {object[]} measures */
  function rowsOf(measures) {
    return measures.flatMap((measure) => measure.kpis.map((kpi) => ({ measure, kpi, name: kpi.name + (kpi.segment ? t("in.brackets", { text: kpi.segment }) : ""), progress: progressOf(kpi)[0] ?? null })));
  }

  /** Places of labels on a bar: the part of the way from baseline to target, kept inside the chart. */
  const kept = (value) => Math.max(-0.5, Math.min(1.25, value));

  /** Bars from the baseline (0 %) to the target (100 %), an actual value on each. */
  function bars(Plot, width, rows) {
    const data = rows.map((row, i) => ({ i, name: row.name, done: row.progress.achievement, end: kept(row.progress.achievement), expected: row.progress.expected, ...text(row) }));
    const row = { y: (one) => one.i };
    const least = Math.min(0, ...data.map((one) => one.end));
    const most = Math.max(1.05, ...data.map((one) => one.end));
    const chars = Math.max(12, Math.floor((width - 16) / 13));
    const clip = (words) => (words.length > chars ? words.slice(0, chars - 1) + "…" : words);
    return Plot.plot({
      className: "kurabe-plot", width, height: 56 + rows.length * 46, marginLeft: 6, marginRight: 18, marginTop: 26, marginBottom: 10,
      x: { domain: [least, most], axis: "top", label: null, ticks: [-0.5, 0, 0.5, 1].filter((tick) => tick >= least), tickFormat: (tick) => ({ 0: t("role.baseline"), 1: t("role.target") })[tick] ?? kurabe.percent(tick) },
      y: { axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0, 1], { stroke: kurabe.colour("line-strong") }),
        Plot.barX(data, { ...row, x1: 0, x2: 1, fill: kurabe.colour("track"), insetTop: 26, insetBottom: 7 }),
        Plot.barX(data, { ...row, x1: (one) => Math.min(0, one.end), x2: (one) => Math.max(0, one.end), fill: (one) => kurabe.colour(one.done < 0 ? "behind" : "ahead"), insetTop: 29, insetBottom: 10, title: (one) => one.name + " " + kurabe.percent(one.done) }),
        Plot.tickX(data.filter((one) => one.expected !== null && one.expected !== undefined), { ...row, x: (one) => kept(one.expected), stroke: kurabe.colour("ink"), strokeWidth: 2, strokeDasharray: "3 2", insetTop: 23, insetBottom: 4 }),
        Plot.text(data, { ...row, frameAnchor: "left", dy: -10, text: (one) => clip(one.name + "　" + one.label), fill: kurabe.colour("ink"), textAnchor: "start" }),
      ],
    });
  }

  /** Figures that stand over a bar. */
  function text({ progress, kpi }) {
    const unit = progress.unit ?? kpi.unit;
    const one = (value) => kurabe.quantity(value, unit);
    return { label: one(progress.baseline) + " → " + one(progress.actual) + " / " + one(progress.target) + "（" + kurabe.percent(progress.achievement) + "）" };
  }

  /** KPIs of measures: bars of those whose achievement is defined, and a table of all. */
  function kpiView(measures, code, caption) {
    const rows = rowsOf(measures);
    if (!rows.length) return h("p", { class: "none" }, kurabe.missing(), " ", t("none.kpis"));
    const drawn = rows.filter((row) => typeof row.progress?.achievement === "number").slice(0, 40);
    const several = measures.length > 1;
    const columns = [
      { key: "name", name: t("column.kpi.name"), isHead: true, class: "wide", value: (row) => row.name, render: (row) => [row.kpi.indicator ? kurabe.indicatorLink(row.kpi.indicator, row.name) : row.name, kpiFacts(row.kpi)] },
      several ? { key: "measure", name: t("column.measure"), class: "text", value: (row) => row.measure.title, render: (row) => kurabe.measureLink(code, row.measure.id, row.measure.title) } : null,
      ...["baseline", "actual", "target"].map((role) => ({ name: t("role." + role), class: "values", render: values(role) })),
      { key: "achievement", name: t("column.achievement"), class: "short", missing: "not_applicable", value: (row) => row.progress?.achievement ?? null, render: achievement },
    ].filter(Boolean);
    const table = () => kurabe.paged({ caption, rows, columns, size: 30, className: "kpis" });
    if (!drawn.length) return table();
    const figure = kurabe.chart({ title: t("kpi.chart"), note: t("kpi.note"), draw: (Plot, width) => bars(Plot, width, drawn), table: () => kurabe.table({ caption: t("kpi.chart"), rows: drawn, columns: figures() }) });
    return [figure, table()];
  }

  /** Columns of the table behind the bars. */
  function figures() {
    const one = (key) => (row) => kurabe.quantity(row.progress[key], row.progress.unit ?? row.kpi.unit);
    return [
      { name: t("column.kpi.name"), isHead: true, class: "wide", render: (row) => row.name },
      ...["baseline", "actual", "target"].map((key) => ({ name: t("role." + key), class: "num", render: one(key) })),
      { name: t("column.achievement"), class: "num", render: (row) => kurabe.percent(row.progress.achievement) },
      { name: t("column.expected"), class: "num", missing: "not_applicable", render: (row) => kurabe.percent(row.progress.expected) },
    ];
  }

  /** Direction, cadence and place of a KPI. */
  function kpiFacts(kpi) {
    const told = [kurabe.label("direction", kpi.direction), kurabe.label("cadence", kpi.cadence), kpi.locator].filter(Boolean);
    return told.length ? h("span", { class: "under" }, told.join(" · ")) : null;
  }

  /** The part of the page of a municipality. */
  function kpiSection(town, data) {
    return kurabe.section("kpis", t("part.kpis"), kpiView(data.measures.filter((one) => !one.is_repeat), town.code, t("part.kpis")));
  }

  Object.assign(kurabe, { kpiView, kpiSection });
})();
