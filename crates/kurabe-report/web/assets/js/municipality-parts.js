/** Parts of the page of a municipality: surveys, differences, links, quality, findings. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** A value of a survey as people read it. */
  function surveyValue(row) {
    if (row.value === null) return null;
    if (row.unit === "yes_no") return t(row.value ? "yes" : "no");
    return row.unit === "percent" ? kurabe.number(row.value, 1) + "%" : kurabe.number(row.value);
  }

  /** A mean or median among peers: for yes and no the share of yes. */
  function among(row, key) {
    const value = row[key];
    if (value === null || value === undefined) return null;
    if (row.unit === "yes_no") return key === "mean" ? kurabe.percent(value) : null;
    return row.unit === "percent" ? kurabe.number(value, 1) + "%" : kurabe.number(value, 1);
  }

  /** Groups of peers that rows name, as options. */
  function peerOptions(rows) {
    const used = new Set(rows.map((row) => row.peer_group).filter(Boolean));
    return kurabe.data.index.peers.filter((one) => used.has(one.id)).map((one) => [one.id, kurabe.inLanguage(one)]);
  }

  /** Where the municipality stands in surveys, among the peers chosen. */
  function surveySection(data) {
    const rows = kurabe.records(data.surveys);
    const options = peerOptions(rows);
    const usual = options.find(([id]) => id === "nation")?.[0] ?? options[0]?.[0] ?? "";
    const host = h("div");
    const yes = t("survey.share");
    const columns = [
      { key: "label", name: t("column.indicator"), isHead: true, class: "wide", value: (row) => kurabe.inLanguage(row, "label") ?? row.indicator },
      { key: "survey", name: t("column.survey"), class: "short", value: (row) => row.survey + " " + row.year },
      { key: "value", name: t("column.value"), class: "num", missing: "not_stated", value: (row) => row.value, render: (row) => row.value === null ? row.raw : [surveyValue(row), row.raw && row.unit !== "yes_no" && row.raw.replaceAll(",", "") !== surveyValue(row).replaceAll(",", "") ? h("span", { class: "under" }, t("as.printed", { text: row.raw })) : null] },
      { key: "rank", name: t("column.rank"), class: "num", missing: "not_applicable", value: (row) => row.rank, render: (row) => (row.rank === null || row.unit === "yes_no" ? null : t("rank.of", { rank: row.rank, n: row.n })) },
      { key: "n", name: t("column.n"), class: "num", missing: "not_applicable", value: (row) => row.n },
      { key: "mean", name: t("column.mean") + yes, class: "num", missing: "not_applicable", value: (row) => row.mean, render: (row) => among(row, "mean") },
      { key: "median", name: t("column.median"), class: "num", missing: "not_applicable", value: (row) => row.median, render: (row) => among(row, "median") },
    ];
    const draw = ({ speer }) => {
      const shown = rows.filter((row) => row.peer_group === speer || row.peer_group === null);
      kurabe.fill(host, kurabe.paged({ caption: t("part.surveys"), rows: shown, columns, size: 50, empty: t("none.surveys") }));
    };
    const form = options.length ? kurabe.filters([{ key: "speer", kind: "select", label: t("filter.peer"), usual, options }], draw) : null;
    draw(form?.values ?? { speer: null });
    return kurabe.section("surveys", t("part.surveys"), form?.node, host);
  }

  /** Columns for differences between plans and surveys. */
  function differenceColumns(withTown) {
    const measures = (row) => (row.measures ?? []).map((id) => h("div", null, kurabe.measureLink(row.municipality, id, id)));
    return [
      withTown ? { key: "town", name: t("column.municipality"), isHead: true, class: "short", value: (row) => row.municipality, render: (row) => kurabe.townLink(row.municipality) } : null,
      { key: "difference", name: t("column.difference"), class: "short date", value: (row) => row.difference, render: (row) => h("b", null, kurabe.label("difference", row.difference)) },
      { name: t("column.sentence"), class: "text", render: (row) => kurabe.inLanguage(row) },
      { name: t("column.plan"), class: "medium", render: (row) => [row.plan_raw ?? kurabe.label("stage", row.plan_stage), h("span", { class: "under" }, [row.plan_locator, kurabe.date(row.plan_as_of)].filter(Boolean).join(" · ")), measures(row)] },
      { name: t("column.survey"), class: "medium", render: (row) => [row.survey_raw ?? kurabe.number(row.survey_value), h("span", { class: "under path" }, [row.survey_path, row.survey_locator].filter(Boolean).join(" ")), h("span", { class: "under" }, kurabe.date(row.survey_as_of))] },
    ].filter(Boolean);
  }

  function differenceSection(data) {
    const rows = kurabe.records(data.differences);
    return kurabe.section("differences", t("part.differences"), kurabe.paged({ caption: t("part.differences"), rows, columns: differenceColumns(false), size: 30, empty: t("none.differences") }));
  }

  /** What a document states: each field as a bar of the three kinds of missing, and a table. */
  function qualityChart(rows, title) {
    const kinds = ["stated", "not_stated", "not_read", "not_applicable"];
    const flat = rows.flatMap((row) => kinds.map((kind) => ({ field: row.field, kind, n: row[kind] ?? 0 })).filter((one) => one.n));
    const fields = rows.map((row) => row.field);
    const all = Math.max(1, ...rows.map((row) => kinds.reduce((sum, kind) => sum + (row[kind] ?? 0), 0)));
    const draw = (Plot, width) => {
      const stack = { y: "field", x: "n", z: "kind", order: kinds };
      const text = (one) => ((width - 110) * one.n > 76 * all ? t("quality." + one.kind) + " " + one.n : ((width - 110) * one.n > 22 * all ? one.n : ""));
      return Plot.plot({
        className: "kurabe-plot", width, marginLeft: 84, marginRight: 8, marginTop: 2, marginBottom: 42, height: 48 + fields.length * 27,
        color: { domain: kinds, range: kinds.map((kind) => kurabe.colour("quality-" + kind)) },
        x: { label: t("axis.measures"), labelArrow: "none", labelOffset: 38, ticks: 5 }, y: { label: null, domain: fields, tickFormat: (field) => kurabe.label("quality_field", field), tickSize: 0, padding: 0.18 },
        marks: [Plot.barX(flat, { ...stack, fill: "kind", stroke: kurabe.colour("line-strong"), strokeWidth: 0.6, title: (one) => t("quality." + one.kind) + " " + one.n }), Plot.text(flat, Plot.stackX({ ...stack, text, fill: (one) => kurabe.colour("on-" + one.kind) }))],
      });
    };
    return kurabe.chart({ title, note: t("quality.note"), draw, table: () => kurabe.table({ caption: title, rows, columns: qualityColumns() }) });
  }

  /** Columns for what is stated. */
  function qualityColumns(first = []) {
    const share = (row) => row.stated / (row.stated + row.not_stated + row.not_read);
    return [
      ...first,
      { key: "field", name: t("column.field"), isHead: true, class: "short", value: (row) => row.field, render: (row) => kurabe.label("quality_field", row.field) },
      ...["stated", "not_stated", "not_read", "not_applicable"].map((key) => ({ key, name: t("quality." + key), class: "num", value: (row) => row[key], render: (row) => kurabe.number(row[key]) })),
      { key: "share", name: t("column.share"), class: "num", missing: "not_applicable", value: (row) => share(row), render: (row) => (Number.isFinite(share(row)) ? kurabe.percent(share(row)) : null) },
    ];
  }

  /** How much of each document was read. */
  function coverageColumns(name) {
    const share = (row, key) => (row.total ? kurabe.percent(row[key] / row.total, 1) : null);
    return [
      { key: "document", name: t("column.document"), isHead: true, class: "wide", value: (row) => name(row) },
      { key: "unit", name: t("column.unit"), class: "short", value: (row) => row.unit, render: (row) => kurabe.label("coverage_unit", row.unit) },
      { key: "total", name: t("column.total"), class: "num", value: (row) => row.total, render: (row) => kurabe.number(row.total) },
      { key: "in_records", name: t("coverage.in_records"), class: "num", value: (row) => row.in_records, render: (row) => [kurabe.number(row.in_records), h("span", { class: "under" }, share(row, "in_records"))] },
      { key: "skipped", name: t("coverage.skipped"), class: "num", value: (row) => row.skipped, render: (row) => [kurabe.number(row.skipped), h("span", { class: "under" }, row.skipped_rules?.replaceAll(";", " "))] },
      { key: "unread", name: t("coverage.unread"), class: "num", value: (row) => row.unread, render: (row) => [kurabe.number(row.unread), h("span", { class: "under" }, row.unread_locators?.replaceAll(";", " "))] },
    ];
  }

  function townQuality(data) {
    const byDocument = kurabe.groupBy(kurabe.records(data.quality), (row) => row.document);
    const charts = [...byDocument].map(([id, rows]) => qualityChart(rows, kurabe.document(id).title));
    const coverage = kurabe.table({ caption: t("part.coverage"), rows: kurabe.records(data.coverage), columns: coverageColumns((row) => kurabe.document(row.document).title) });
    return kurabe.section("quality", t("part.quality"), charts.length ? charts : h("p", { class: "none" }, kurabe.missing("not_applicable"), " ", t("none.quality")), coverage);
  }

  /** A severity in a word and a sign. */
  const severity = (word) => h("span", { class: "severity severity-" + word }, kurabe.label("severity", word));

  /** Findings as a table. @param {object[]} rows */
  function findingTable(code, rows, caption) {
    const grave = ["error", "warning", "info"];
    const columns = [
      { key: "severity", name: t("column.severity"), class: "short date", value: (row) => grave.indexOf(row.severity), render: (row) => severity(row.severity) },
      { key: "message", name: t("column.message"), class: "text", value: (row) => row.code, render: (row) => [kurabe.inLanguage(row), h("span", { class: "under path" }, row.code)] },
      { key: "measure", name: t("column.measure"), class: "medium", missing: "not_applicable", value: (row) => row.measure, render: (row) => (row.measure ? kurabe.measureLink(code, row.measure, row.title ?? row.measure) : null) },
      { name: t("column.raw"), class: "text", missing: "not_applicable", render: (row) => (row.raw ? h("q", { class: "raw" }, row.raw) : null) },
      { name: t("column.repaired"), class: "text", missing: "not_applicable", render: (row) => (row.repaired ? h("q", { class: "raw" }, row.repaired) : null) },
      { key: "locator", name: t("column.place"), class: "short path", value: (row) => row.locator },
    ];
    return kurabe.paged({ caption, rows, columns, size: 20, first: { key: "severity" }, empty: t("none.findings") });
  }

  function findingSection(code, rows) {
    return kurabe.section("findings", t("part.findings"), findingTable(code, rows, t("part.findings")));
  }

  Object.assign(kurabe, { surveyValue, surveySection, differenceColumns, differenceSection, qualityChart, qualityColumns, coverageColumns, townQuality, findingTable, findingSection, severity, peerOptions });
})();
