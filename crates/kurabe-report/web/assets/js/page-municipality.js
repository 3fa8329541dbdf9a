/** A municipality: its documents, measures, schedule, KPIs, place in surveys, links between editions, and quality. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** A link to a measure of this municipality. */
  const measureLink = (code, id, title) => (id ? h("a", { lang: title ? "ja" : null, href: kurabe.route.link(["measure", code, id]) }, title ?? id) : title);

  function facts(town, data) {
    return kurabe.facts([
      [t("fact.code"), town.code],
      [t("filter.prefecture"), town.prefecture],
      [t("filter.kind"), kurabe.label("municipality_kind", town.kind)],
      [t("fact.population"), town.population ? t("n.people", { n: kurabe.number(town.population) }) : kurabe.missing()],
      [t("total.documents"), kurabe.number(data.documents.length)],
      [t("total.measures"), kurabe.number(data.measures.filter((one) => !one.is_repeat).length)],
    ]);
  }

  function documents(data) {
    const rows = data.documents.map((id) => kurabe.document(id));
    const columns = [
      { name: t("column.document"), isHead: true, class: "wide", render: (row) => [row.title, h("span", { class: "under" }, row.id)] },
      { name: t("column.kind"), class: "short date", render: (row) => kurabe.label("document_kind", row.kind) },
      { name: t("column.as_of"), class: "short date", render: (row) => kurabe.date(row.as_of) },
      { name: t("column.period"), class: "short", render: (row) => kurabe.years(row.period_start ?? null, row.period_end ?? null) },
      { name: t("column.edition"), class: "short", render: (row) => (row.edition ? kurabe.editionName(row.edition) : null) },
      { name: t("column.measures"), class: "num", missing: "not_applicable", render: (row) => (row.measures ? kurabe.number(row.measures - (row.repeats ?? 0)) : null) },
      { name: t("column.source"), class: "medium", render: (row) => [row.source_url ? kurabe.outside(row.source_url, t("source.open")) : null, h("span", { class: "under path" }, row.path), row.sha256 ? h("span", { class: "under path", title: row.sha256 }, "SHA-256 " + row.sha256.slice(0, 12) + "…") : null] },
    ];
    return kurabe.section("documents", t("part.documents"), kurabe.table({ caption: t("part.documents"), rows, columns }));
  }

  /** The category of a measure in the edition chosen: primary, then the others. */
  function codesOf(measure, edition) {
    return measure.codes.filter((code) => code.taxonomy === edition).sort((a, b) => a.rank - b.rank);
  }

  function categoryCell(measure, edition) {
    const codes = codesOf(measure, edition).filter((code) => code.category);
    return codes.length ? codes.map((code, i) => h("span", { class: i ? "second" : "" }, kurabe.categoryLink(edition, code.category))) : null;
  }

  /** Measures as a table with filters of its own. */
  function measures(town, data, edition) {
    const any = ["", t("any")];
    const host = h("div");
    const results = kurabe.resultLine();
    const documentsOf = [...new Set(data.measures.map((one) => one.doc))];
    const columns = [
      { key: "number", name: t("column.number"), class: "short num", value: (row) => row.number },
      { key: "title", name: t("column.title"), class: "wide", isHead: true, value: (row) => row.title, render: (row) => [measureLink(town.code, row.id, row.title), row.is_repeat ? h("span", { class: "tag" }, t("mark.repeat")) : null, row.is_new ? h("span", { class: "tag" }, t("mark.new")) : null] },
      { key: "category", name: t("column.category"), class: "text", value: (row) => codesOf(row, edition)[0]?.category, render: (row) => categoryCell(row, edition) },
      { key: "departments", name: t("column.departments"), class: "medium", value: (row) => row.departments[0], render: (row) => row.departments.join("、") },
      { key: "stage", name: t("column.stage"), class: "short date", value: (row) => kurabe.stage.list().indexOf(row.stage), render: (row) => kurabe.stage.badge(row.stage) },
      { key: "start", name: t("column.start"), class: "short date", value: (row) => row.start, render: (row) => kurabe.startText(row) },
      { key: "kpis", name: t("column.kpi"), class: "num", value: (row) => row.kpis.length || null },
    ];
    function draw(values) {
      const words = kurabe.fold(values.mq).split(/\s+/u).filter(Boolean);
      const rows = data.measures.filter((one) => (!values.mdoc || one.doc === values.mdoc) && (!values.mstage || one.stage === values.mstage) && words.every((word) => kurabe.fold([one.title, one.summary, one.departments.join(" "), one.number].join(" ")).includes(word)));
      results.say(t("n.measures", { n: kurabe.number(rows.length) }));
      kurabe.fill(host, kurabe.paged({ caption: t("part.measures"), rows, columns, size: 30, className: "measures", empty: t("none.measures") }));
    }
    const form = kurabe.filters([
      { key: "mq", kind: "text", label: t("filter.text"), hint: t("filter.text.hint") },
      { key: "mdoc", kind: "select", label: t("column.document"), options: [any, ...documentsOf.map((id) => [id, kurabe.document(id).title])] },
      { key: "mstage", kind: "select", label: t("filter.stage"), options: [any, ...kurabe.stage.list().map((stage) => [stage, kurabe.label("stage", stage)])] },
    ], draw);
    draw(form.values);
    return kurabe.section("measures", t("part.measures"), form.node, results.node, host);
  }

  /** Links between documents: what became of which measure. */
  function links(town, data) {
    const rows = kurabe.records(data.links);
    const columns = [
      { key: "from", name: t("column.older"), class: "wide", value: (row) => row.from_title, render: (row) => measureLink(town.code, row.from, row.from_title) },
      { key: "relation", name: t("column.relation"), class: "short date", value: (row) => row.relation, render: (row) => h("b", null, kurabe.label("relation", row.relation)) },
      { key: "to", name: t("column.newer"), class: "wide", value: (row) => row.to_title, render: (row) => measureLink(town.code, row.to, row.to_title) },
      { key: "method", name: t("column.method"), class: "short date", value: (row) => row.method, render: (row) => kurabe.label("link_method", row.method) },
      { key: "score", name: t("column.score"), class: "num", missing: "not_applicable", value: (row) => row.score, render: (row) => kurabe.number(row.score) },
      { name: t("column.evidence"), class: "text", render: (row) => kurabe.inLanguage(row, "evidence") },
    ];
    return kurabe.section("links", t("part.links"), kurabe.paged({ caption: t("part.links"), rows, columns, size: 30, empty: t("none.links") }));
  }

  /** Measured effects that are no KPI. */
  function outcomes(town, data) {
    const rows = kurabe.records(data.outcomes);
    if (!rows.length) return null;
    const value = (key) => (row) => kurabe.quantity(row[key], row.unit);
    const columns = [
      { key: "subject", name: t("column.subject"), isHead: true, class: "wide", value: (row) => row.subject },
      { key: "metric", name: t("column.metric"), class: "short", value: (row) => row.metric },
      { key: "fy", name: t("column.year"), class: "short date", value: (row) => row.fy, render: (row) => kurabe.fiscalYear(row.fy) },
      ...["before", "after", "change"].map((key) => ({ key, name: t("column." + key), class: "num", value: (row) => row[key], render: value(key) })),
      { key: "rate", name: t("column.rate"), class: "num", value: (row) => row.rate, render: (row) => (row.rate === null ? null : kurabe.number(row.rate) + "%") },
      { name: t("column.place"), class: "short path", render: (row) => row.locator },
    ];
    return kurabe.section("outcomes", t("part.outcomes"), kurabe.paged({ caption: t("part.outcomes"), rows, columns, size: 20 }));
  }

  /** What the plan says that belongs to no measure, to be searched. */
  function planItems(data) {
    const all = kurabe.records(data.plan_items);
    if (!all.length) return null;
    const host = h("div");
    const results = kurabe.resultLine();
    const columns = [
      { key: "list", name: t("column.chapter"), class: "medium", value: (row) => row.list, render: (row) => [row.list, row.group ? h("span", { class: "under" }, row.group) : null] },
      { key: "text", name: t("column.printed"), isHead: true, class: "text", value: (row) => row.text, render: (row) => [row.number, " ", row.text] },
      { key: "locator", name: t("column.place"), class: "short path", render: (row) => row.locator },
    ];
    const draw = ({ iq }) => {
      const words = kurabe.fold(iq).split(/\s+/u).filter(Boolean);
      const rows = all.filter((row) => words.every((word) => kurabe.fold([row.list, row.group, row.text].join(" ")).includes(word)));
      results.say(t("results.items", { n: kurabe.number(rows.length), all: kurabe.number(all.length) }));
      kurabe.fill(host, kurabe.paged({ caption: t("part.items"), rows, columns, size: 20, empty: t("none.rows") }));
    };
    const form = kurabe.filters([{ key: "iq", kind: "text", label: t("filter.text") }], draw);
    draw(form.values);
    return kurabe.section("items", t("part.items"), form.node, results.node, host);
  }

  /** Answers of surveys that the plan prints. */
  function answers(data) {
    const rows = kurabe.records(data.answers);
    if (!rows.length) return null;
    const columns = [
      { key: "question", name: t("column.question"), class: "wide", value: (row) => row.question },
      { key: "option", name: t("column.option"), isHead: true, class: "medium", value: (row) => row.option },
      { key: "count", name: t("column.count"), class: "num", value: (row) => row.count, render: (row) => kurabe.number(row.count) },
      { key: "percent", name: t("survey_unit.percent"), class: "num", value: (row) => row.percent, render: (row) => (row.percent === null ? null : kurabe.number(row.percent, 1) + "%") },
      { key: "base", name: t("column.base"), class: "num", value: (row) => row.base_n, render: (row) => kurabe.number(row.base_n) },
      { name: t("column.place"), class: "short path", render: (row) => row.locator },
    ];
    return kurabe.section("answers", t("part.answers"), kurabe.paged({ caption: t("part.answers"), rows, columns, size: 20 }));
  }

  /** Links to the parts of the page. */
  function contents(parts) {
    const go = (id) => (event) => {
      event.preventDefault();
      kurabe.route.amend({ part: id });
      kurabe.showPart(id);
    };
    const here = kurabe.route.current();
    const items = parts.map((part) => h("li", null, h("a", { href: kurabe.route.link(here.path, { ...Object.fromEntries(here.query), part: part.id }), on: { click: go(part.id) } }, part.querySelector("h2").textContent)));
    return h("nav", { class: "contents", "aria-label": t("contents") }, h("ul", null, items));
  }

  /** The page. @param {string[]} path code of the municipality */
  async function municipality([code]) {
    const town = kurabe.town(code);
    if (!kurabe.towns().some((one) => one.code === code)) return kurabe.notFound();
    const edition = kurabe.edition();
    const data = await kurabe.load("municipality", code);
    const parts = [
      documents(data), measures(town, data, edition), kurabe.scheduleSection(town, data), kurabe.kpiSection(town, data), outcomes(town, data),
      kurabe.surveySection(data), kurabe.differenceSection(data), links(town, data), answers(data), planItems(data), kurabe.townQuality(data), kurabe.findingSection(code, kurabe.records(data.findings)),
    ].filter(Boolean);
    return { title: town.name, trail: [[t("nav.matrix"), kurabe.route.link([])]], node: [facts(town, data), contents(parts), parts] };
  }

  Object.assign(kurabe, { measureLink, codesOf });
  kurabe.pages.municipality = municipality;
})();
