/** A measure: everything that is known of it, with places in the source, codes and what speaks for them. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** Texts of a measure, in order. */
  const TEXTS = ["summary", "effect", "past", "future", "note"];

  /** Start as a year and its limits. */
  function startText(measure) {
    const limit = measure.start_qualifier ? kurabe.label("start_qualifier", measure.start_qualifier) : null;
    const year = kurabe.fiscalYear(measure.start ?? null);
    return year || limit ? [year, limit].filter(Boolean).join(" ") : null;
  }

  function operation(measure) {
    const [from, to] = [measure.op_earliest, measure.op_latest];
    if (!from && !to) return null;
    return from === to ? kurabe.date(from) : kurabe.date(from) + "–" + kurabe.date(to);
  }

  function stageFact(measure) {
    const raw = measure.stage_raw ? h("span", { class: "under" }, t("as.printed", { text: measure.stage_raw })) : null;
    const basis = measure.stage_basis ? h("span", { class: "under" }, t("read.from", { basis: kurabe.label("stage_basis", measure.stage_basis) })) : null;
    return [kurabe.stage.badge(measure.stage), raw, basis];
  }

  function facts(town, measure) {
    const doc = kurabe.document(measure.doc);
    const term = measure.term_start || measure.term_end ? kurabe.years(measure.term_start, measure.term_end) : null;
    const printed = measure.title_raw && measure.title_raw !== measure.title ? measure.title_raw : null;
    const number = measure.number_raw && measure.number_raw !== measure.number ? [measure.number, h("span", { class: "under" }, t("as.printed", { text: measure.number_raw }))] : measure.number;
    const marks = [measure.is_new ? t("mark.new") : null, measure.is_repeat ? t("mark.repeat") : null, ...(measure.tags ?? [])].filter(Boolean).join(t("list.comma"));
    return kurabe.facts([
      [t("column.municipality"), kurabe.townLink(town.code)],
      [t("column.document"), doc.title],
      [t("column.number"), number],
      [t("fact.title_raw"), printed],
      [t("column.stage"), stageFact(measure)],
      [t("column.start"), kurabe.orMissing(startText(measure))],
      [t("fact.operation"), operation(measure) ? [operation(measure), measure.op_raw ? h("span", { class: "under" }, t("as.printed", { text: measure.op_raw })) : null] : null],
      [t("fact.term"), term],
      [t("fact.marks"), marks || measure.repeat_of ? [marks, measure.repeat_of ? h("div", null, kurabe.measureLink(town.code, measure.repeat_of, t("repeat.of"))) : null] : null],
      [t("fact.id"), h("code", null, measure.id)],
    ]);
  }

  /** Names of KPIs or items of the schedule, where evidence stands in them. */
  function items(measure, name, field, evidence) {
    const holding = [...new Set(evidence.filter((one) => one.mark?.text === name).map((one) => one.mark.item))].sort((a, b) => a - b);
    if (!holding.length) return null;
    const lines = holding.map((item) => h("p", { class: "source-text", lang: "ja" }, kurabe.marked(measure[name][item][field], name, evidence, item)));
    return h("div", { class: "field-text" }, h("h3", null, t("text." + name)), lines);
  }

  /** The texts, with the evidence of one code marked. */
  function texts(measure, evidence) {
    const field = (name, text) => h("div", { class: "field-text" }, h("h3", null, t("text." + name)), text ? h("p", { class: "source-text", lang: "ja" }, kurabe.marked(text, name, evidence)) : h("p", null, kurabe.missing()));
    const place = [measure.part, measure.section].filter(Boolean);
    const optional = (name) => (measure[name] || name === "summary" ? field(name, measure[name]) : null);
    const absent = TEXTS.filter((name) => !measure[name] && name !== "summary" && name !== "note").map((name) => t("text." + name));
    return [
      h("div", { class: "field-text" }, h("h3", null, t("text.title")), h("p", { class: "source-text source-title", lang: "ja" }, kurabe.marked(measure.title, "title", evidence))),
      place.length ? h("div", { class: "field-text" }, h("h3", null, t("text.place")), h("p", { class: "source-text", lang: "ja" }, ["part", "section"].filter((name) => measure[name]).map((name, i) => [i ? " / " : "", kurabe.marked(measure[name], name, evidence)]))) : null,
      h("div", { class: "field-text" }, h("h3", null, t("column.departments")), measure.departments.length ? h("p", { class: "source-text", lang: "ja" }, measure.departments.map((name, i) => [i ? "、" : "", kurabe.marked(name, "departments", evidence, i)])) : h("p", null, kurabe.missing())),
      TEXTS.map(optional),
      items(measure, "kpis", "name", evidence),
      items(measure, "schedule", "item", evidence),
      absent.length ? h("p", { class: "hint" }, kurabe.missing(), " ", absent.join("、")) : null,
    ];
  }

  /** Whether evidence speaks for (or against) a code. */
  const speaksFor = (evidence, code) => evidence.codes.some(([edition, category]) => edition === code.taxonomy && category === code.category);

  /** Codes per edition as a table; a button marks the evidence of a code. */
  function codes(measure, edition, choose) {
    const order = kurabe.data.index.editions.map((one) => one.id);
    const rows = [...measure.codes].sort((a, b) => (b.taxonomy === edition) - (a.taxonomy === edition) || order.indexOf(b.taxonomy) - order.indexOf(a.taxonomy) || a.rank - b.rank);
    const confidence = (row) => (row.confidence === null ? null : [h("b", null, kurabe.percent(row.confidence)), h("span", { class: "meter", "aria-hidden": "true" }, h("i", { style: { width: kurabe.clampPercent(row.confidence) } }))]);
    const decided = (row) => (row.decided_by ? h("span", { class: "under" }, [row.decided_by, kurabe.date(row.decided_on), row.decision_reason].filter(Boolean).join(" · ")) : null);
    const show = (row) => h("button", { type: "button", class: "small show-evidence", "data-code": row.taxonomy + "/" + row.category, "aria-pressed": "false", "aria-label": t("evidence.mark.of", { name: kurabe.categoryName(row.taxonomy, row.category) }), on: { click: () => choose(row) } }, t("evidence.mark"));
    const columns = [
      { name: t("column.edition"), class: "short", render: (row) => kurabe.editionName(row.taxonomy) },
      { name: t("column.category"), isHead: true, class: "text", render: (row) => (row.category ? kurabe.categoryLink(row.taxonomy, row.category) : null) },
      { name: t("column.role"), class: "short date", render: (row) => t(row.rank === 1 ? "rank.primary" : "rank.secondary") },
      { name: t("column.verdict"), class: "short date", render: (row) => kurabe.label("verdict", row.verdict) },
      { name: t("column.confidence"), class: "num", render: confidence },
      { name: t("column.method"), class: "short date", render: (row) => [kurabe.label("method", row.method), decided(row)] },
      { name: t("column.evidence"), class: "short", missing: "not_applicable", render: (row) => (measure.evidence.some((one) => speaksFor(one, row)) ? show(row) : null) },
    ];
    return kurabe.table({ caption: t("part.codes"), rows, columns, empty: t("none.codes") });
  }

  /** Texts and codes: choosing a code marks its evidence in the texts. */
  function coded(measure, edition) {
    const text = h("div", { class: "texts" });
    const list = h("div", { class: "evidence" });
    const table = codes(measure, edition, choose);
    function choose(code) {
      const evidence = code ? measure.evidence.filter((one) => speaksFor(one, code)) : [];
      kurabe.fill(text, texts(measure, evidence));
      const caption = code ? t("evidence.of", { name: kurabe.categoryName(code.taxonomy, code.category), edition: kurabe.editionName(code.taxonomy) }) : t("column.evidence");
      kurabe.fill(list, h("h3", null, caption), kurabe.evidenceList(evidence, text));
      for (const button of table.querySelectorAll(".show-evidence")) button.setAttribute("aria-pressed", String(Boolean(code) && button.dataset.code === code.taxonomy + "/" + code.category));
    }
    choose(kurabe.codesOf(measure, edition).find((code) => code.category) ?? null);
    const beside = h("div", { class: "beside" }, text, h("aside", { class: "aside", "aria-label": t("column.evidence") }, list));
    return [kurabe.section("texts", t("part.texts"), beside), kurabe.section("codes", t("part.codes"), table)];
  }

  function schedule(measure) {
    const bars = kurabe.gantt([measure], (one) => one.title, t("part.schedule"));
    const columns = [
      { name: t("column.item"), class: "text", render: (row) => row.item },
      { name: t("column.year"), class: "short date", render: (row) => kurabe.fiscalYear(row.fy) },
      { name: t("column.phase"), isHead: true, class: "text", render: (row) => row.phase },
      { name: t("column.stage"), class: "short date", render: (row) => (row.stage ? kurabe.stage.badge(row.stage) : null) },
      { name: t("column.departments"), class: "medium", render: (row) => row.department },
      { name: t("column.place"), class: "short path", render: (row) => [row.locator, row.is_certain === false ? h("span", { class: "under" }, t("uncertain.word")) : null] },
    ];
    const tracks = [
      { name: t("column.track"), isHead: true, class: "text", render: (row) => row.track },
      { name: t("column.stage"), class: "short date", render: (row) => [kurabe.stage.badge(row.stage), row.stage_raw ? h("span", { class: "under" }, t("as.printed", { text: row.stage_raw })) : null] },
      { name: t("fact.operation"), class: "text", render: (row) => row.op_raw },
      { name: t("column.place"), class: "short path", render: (row) => row.locator },
    ];
    const years = measure.stages.length ? [kurabe.ganttLegend(), bars] : bars;
    return kurabe.section("schedule", t("part.schedule"), years,
      measure.schedule.length ? [h("h3", null, t("schedule.printed")), kurabe.table({ caption: t("schedule.printed"), rows: measure.schedule, columns })] : null,
      measure.tracks.length ? [h("h3", null, t("part.tracks")), kurabe.table({ caption: t("part.tracks"), rows: measure.tracks, columns: tracks })] : null);
  }

  function listings(data, measure) {
    const rows = kurabe.records(data.listings).filter((row) => row.measure === measure.id);
    if (!rows.length) return null;
    const columns = [
      { key: "list", name: t("column.list"), class: "text", value: (row) => row.list },
      { key: "group", name: t("column.group"), class: "short", missing: "not_applicable", value: (row) => row.group },
      { key: "item", name: t("column.item.listed"), isHead: true, class: "text", value: (row) => row.item },
      { key: "state", name: t("column.state"), class: "short", value: (row) => row.state, render: (row) => kurabe.label("listing_state", row.state) },
      { key: "department", name: t("column.departments"), class: "medium", value: (row) => row.department },
      { name: t("column.place"), class: "short path", render: (row) => row.locator },
    ];
    return kurabe.section("listings", t("part.listings"), kurabe.paged({ caption: t("part.listings"), rows, columns, size: 30 }));
  }

  /** Where each field stands in the source. */
  function places(measure) {
    const doc = kurabe.document(measure.doc);
    const byField = [...kurabe.groupBy(measure.places, (one) => one.field)].map(([field, own]) => ({ field, locators: own.map((one) => one.locator) }));
    const fields = kurabe.facts(byField.map((row) => [kurabe.label("measure_field", row.field), h("code", null, [...new Set(row.locators)].join(t("list.comma")))]), "facts narrow");
    const source = kurabe.facts([
      [t("column.document"), doc.title],
      [t("fact.file"), h("code", null, doc.path)],
      [t("fact.place"), h("code", null, measure.locator)],
      [t("column.source"), doc.source_url ? kurabe.outside(doc.source_url) : kurabe.missing()],
      ["SHA-256", doc.sha256 ? h("code", null, doc.sha256) : null],
    ]);
    return kurabe.section("places", t("part.places"), source, byField.length ? [h("h3", null, t("places.fields")), fields] : null);
  }

  /** Links to measures of older and newer documents. */
  function relatives(code, data, measure) {
    const rows = kurabe.records(data.links).filter((row) => row.from === measure.id || row.to === measure.id);
    if (!rows.length) return null;
    const columns = [
      { name: t("column.direction"), class: "short", render: (row) => t(row.to === measure.id ? "link.before" : "link.after") },
      { name: t("column.measure"), isHead: true, class: "wide", render: (row) => (row.to === measure.id ? kurabe.measureLink(code, row.from, row.from_title) : kurabe.measureLink(code, row.to, row.to_title)) },
      { name: t("column.relation"), class: "short date", render: (row) => kurabe.label("relation", row.relation) },
      { name: t("column.method"), class: "short date", render: (row) => kurabe.label("link_method", row.method) },
      { name: t("column.evidence"), class: "text", render: (row) => kurabe.inLanguage(row, "evidence") },
    ];
    return kurabe.section("links", t("part.links"), kurabe.table({ caption: t("part.links"), rows, columns }));
  }

  /** Links to the measures before and after in the document. */
  function neighbours(code, data, measure) {
    const own = data.measures.filter((one) => one.doc === measure.doc);
    const at = own.indexOf(measure);
    const link = (one, key) => (one ? h("a", { class: key, rel: key === "previous" ? "prev" : "next", href: kurabe.route.link(["measure", code, one.id]) }, h("span", { class: "way" }, t("measure." + key)), " ", one.title) : null);
    return h("nav", { class: "neighbours", "aria-label": t("measure.neighbours") }, link(own[at - 1], "previous"), link(own[at + 1], "next"));
  }

  /** The page. @param {string[]} path code of the municipality, id of the measure */
  async function measurePage([code, id]) {
    if (!kurabe.towns().some((one) => one.code === code)) return kurabe.notFound();
    const data = await kurabe.load("municipality", code);
    const measure = data.measures.find((one) => one.id === id);
    if (!measure) return kurabe.notFound();
    const town = kurabe.town(code);
    const findings = kurabe.records(data.findings).filter((row) => row.measure === id);
    const kpis = kurabe.section("kpis", t("part.kpis"), kurabe.kpiView([measure], code, t("part.kpis")));
    return {
      title: measure.title,
      trail: [[t("nav.matrix"), kurabe.route.link([])], [town.name, kurabe.route.link(["municipality", code])]],
      node: [facts(town, measure), coded(measure, kurabe.edition()), schedule(measure), kpis, listings(data, measure), relatives(code, data, measure), kurabe.findingSection(code, findings), places(measure), neighbours(code, data, measure)],
    };
  }

  Object.assign(kurabe, { startText });
  kurabe.pages.measure = measurePage;
})();
