/** The schedule of a municipality's measures by fiscal year: a table whose cells are bars, so that it reads as both. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** Rows of `stages` as objects. */
  const yearly = (measure) => measure.stages.map(([fy, stage, basis, certain, plan, raw]) => ({ fy, stage, basis, certain, plan, raw }));

  /** Years side by side that say the same become one bar. */
  function bars(rows, years) {
    const byYear = new Map(rows.map((row) => [row.fy, row]));
    const made = [];
    for (const year of years) {
      const row = byYear.get(year) ?? null;
      const last = made.at(-1);
      const same = last && (row === null ? last.row === null : last.row && last.row.stage === row.stage && last.row.plan === row.plan && last.row.certain === row.certain);
      if (same && row !== null) {
        last.years += 1;
        if (row.raw && !last.raw.includes(row.raw)) last.raw.push(row.raw);
      } else made.push({ row, years: 1, raw: row?.raw ? [row.raw] : [] });
    }
    return made;
  }

  /** A bar, or the sign that nothing is stated for the year. */
  function barCell({ row, years, raw }) {
    if (!row) return h("td", { class: "gap" }, h("span", { "aria-hidden": "true" }, "·"), kurabe.hidden(t("missing.not_stated")));
    const notes = [row.plan ? t("plan.word") : null, row.certain ? null : t("uncertain.word")].filter(Boolean);
    const name = row.stage === "unknown" ? t("schedule.listed") : kurabe.label("stage", row.stage);
    const title = [name, ...notes, raw.join(" / ")].filter(Boolean).join(t("list.comma"));
    const className = "gantt-bar stage-" + row.stage + (row.plan ? " is-plan" : "") + (row.certain ? "" : " is-uncertain");
    return h("td", { colspan: years, class: "bar" }, h("span", { class: className, title }, h("span", null, name), row.certain ? null : h("span", { class: "sign", "aria-hidden": "true" }, "?"), notes.length ? kurabe.hidden(t("list.comma") + notes.join(t("list.comma"))) : null));
  }

  /** Heads: years, and over them what is reported and what is planned. */
  function heads(years, plansFrom) {
    const past = years.filter((year) => plansFrom === null || year < plansFrom).length;
    const over = h("tr", null, h("th", { scope: "col", rowspan: "2", class: "name" }, t("column.measure")), past ? h("th", { scope: "colgroup", colspan: past, class: "over" }, t("schedule.reported")) : null, past < years.length ? h("th", { scope: "colgroup", colspan: years.length - past, class: "over over-plan" }, t("schedule.planned")) : null);
    const one = (year) => h("th", { scope: "col", class: "year" + (year === plansFrom ? " first-plan" : "") }, h("abbr", { title: kurabe.fiscalYear(year) }, kurabe.shortYear(year)), kurabe.language() === "ja" ? h("small", null, year) : null);
    return h("thead", null, over, h("tr", null, years.map(one)));
  }

  /**
   * The schedule of some measures.
   * @param {object[]} measures
   * @param {(measure: object) => Node} nameOf
   */
  function gantt(measures, nameOf, caption) {
    const told = measures.map((measure) => ({ measure, rows: yearly(measure) })).filter((one) => one.rows.length);
    if (!told.length) return h("p", { class: "none" }, kurabe.missing(), " ", t("none.schedule"));
    const all = told.flatMap((one) => one.rows);
    const [first, last] = [Math.min(...all.map((row) => row.fy)), Math.max(...all.map((row) => row.fy))];
    const years = Array.from({ length: Math.min(last - first + 1, 40) }, (_, i) => first + i);
    const planned = all.filter((row) => row.plan).map((row) => row.fy);
    const plansFrom = planned.length ? Math.min(...planned) : null;
    const rows = told.map(({ measure, rows: own }) => h("tr", null, h("th", { scope: "row", class: "name" }, nameOf(measure)), bars(own, years).map(barCell)));
    return kurabe.region(caption, h("table", { class: "gantt", style: { "--years": String(years.length) } }, h("caption", { class: "hidden" }, caption), h("colgroup", null, h("col", { class: "col-name" }), years.map(() => h("col", { class: "col-year" }))), heads(years, plansFrom), h("tbody", null, rows)), "gantt-scroll");
  }

  /** What the looks of bars mean. */
  function legend() {
    const item = (className, key) => h("li", null, h("span", { class: "gantt-bar sample stage-operating " + className, "aria-hidden": "true" }), " ", t(key));
    return h("div", { class: "legend" }, h("ul", null, item("", "schedule.solid"), item("is-plan", "schedule.hatched"), item("is-uncertain", "schedule.unsure")));
  }

  /** The part of the page of a municipality. */
  function scheduleSection(town, data) {
    const ids = [...new Set(data.measures.filter((one) => one.stages.length).map((one) => one.doc))];
    const documents = ids.map((id) => kurabe.document(id)).sort((a, b) => ((a.as_of ?? "") < (b.as_of ?? "") ? 1 : -1));
    const host = h("div");
    const name = (measure) => [measure.number ? h("span", { class: "no" }, measure.number) : null, kurabe.measureLink(town.code, measure.id, measure.title)];
    const draw = ({ sdoc }) => {
      const id = sdoc || documents[0]?.id;
      const measures = data.measures.filter((one) => one.doc === id && !one.is_repeat);
      const without = measures.filter((one) => !one.stages.length).length;
      kurabe.fill(host, gantt(measures, name, t("part.schedule") + " · " + (kurabe.document(id).title ?? "")), without && documents.length ? h("p", { class: "hint" }, t("schedule.without", { n: without })) : null);
    };
    const options = documents.map((one, i) => [i ? one.id : "", one.title + (one.as_of ? t("in.brackets", { text: t("as.of", { day: kurabe.date(one.as_of) }) }) : "")]);
    const form = documents.length > 1 ? kurabe.filters([{ key: "sdoc", kind: "select", label: t("column.document"), options }], draw) : null;
    draw(form?.values ?? {});
    const which = documents.length === 1 ? h("p", { class: "hint" }, options[0][1]) : null;
    return kurabe.section("schedule", t("part.schedule"), form?.node ?? which, documents.length ? [kurabe.stage.legend(), legend()] : null, host);
  }

  Object.assign(kurabe, { gantt, ganttLegend: legend, scheduleSection });
})();
