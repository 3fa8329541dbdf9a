/** Quality of the data: findings, coverage, and what documents state. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** Adds rows up. @param {object[]} rows @param {(row: object) => string} key @param {string[]} fields */
  function sums(rows, key, fields) {
    return [...kurabe.groupBy(rows, key)].map(([at, own]) => ({ ...own[0], at, ...Object.fromEntries(fields.map((field) => [field, own.reduce((sum, row) => sum + (row[field] ?? 0), 0)])), documents: new Set(own.map((row) => row.document)).size }));
  }

  function documentName(row) {
    const known = row.document === null ? null : kurabe.documents()[row.document];
    return known ? kurabe.town(known.municipality).name + " " + known.title : t("no.document");
  }

  const townOf = (row) => (row.document === null ? null : kurabe.documents()[row.document]?.municipality ?? null);

  function byCode(rows, codes) {
    const grave = ["error", "warning", "info"];
    const meaning = (code) => (codes?.[code] ? (Array.isArray(codes[code]) ? codes[code][kurabe.language() === "en" ? 1 : 0] : kurabe.inLanguage(codes[code])) : null);
    const columns = [
      { key: "severity", name: t("column.severity"), class: "short", value: (row) => grave.indexOf(row.severity), render: (row) => kurabe.severity(row.severity) },
      { key: "code", name: t("column.code"), isHead: true, class: "wide", value: (row) => row.code, render: (row) => [meaning(row.code), h("span", { class: meaning(row.code) ? "under path" : "path" }, row.code)] },
      { key: "count", name: t("column.count"), class: "num", value: (row) => row.count, render: (row) => kurabe.number(row.count) },
      { key: "documents", name: t("total.documents"), class: "num", value: (row) => row.documents, render: (row) => kurabe.number(row.documents) },
    ];
    return kurabe.paged({ caption: t("quality.by_code"), rows: sums(rows, (row) => row.severity + " " + row.code, ["count"]), columns, size: 50, first: { key: "count", down: true }, empty: t("none.findings") });
  }

  function byDocument(rows) {
    const made = [...kurabe.groupBy(rows, (row) => row.document)].map(([document, own]) => ({ document, ...Object.fromEntries(["error", "warning", "info"].map((word) => [word, own.filter((row) => row.severity === word).reduce((sum, row) => sum + row.count, 0)])) }));
    const link = (row) => (townOf(row) ? h("a", { href: kurabe.route.link(["municipality", townOf(row)], { part: "findings" }) }, documentName(row)) : documentName(row));
    const columns = [
      { key: "document", name: t("column.document"), isHead: true, class: "wide", value: documentName, render: link },
      ...["error", "warning", "info"].map((word) => ({ key: word, name: kurabe.label("severity", word), class: "num", value: (row) => row[word], render: (row) => kurabe.number(row[word]) })),
    ];
    return kurabe.paged({ caption: t("quality.by_document"), rows: made, columns, size: 50, first: { key: "error", down: true }, empty: t("none.findings") });
  }

  /** Findings that belong to no document, in full. */
  function general(data) {
    const rows = kurabe.records(data.general);
    return rows.length ? [h("h3", null, t("no.document")), kurabe.findingTable(null, rows, t("no.document"))] : null;
  }

  /** The page. */
  async function quality() {
    const data = await kurabe.load("quality");
    const findings = kurabe.records(data.findings);
    const stated = kurabe.records(data.quality);
    const kinds = ["stated", "not_stated", "not_read", "not_applicable"];
    const fields = sums(stated, (row) => row.field, kinds);
    const coverage = kurabe.records(data.coverage);
    const documentColumn = { key: "document", name: t("column.document"), class: "wide", value: documentName };
    return {
      title: t("quality.title"),
      node: [
        h("p", { class: "lead" }, t("quality.lead")),
        kurabe.section("findings", t("part.findings"), byCode(findings, data.codes), h("h3", null, t("quality.by_document")), byDocument(findings), general(data)),
        kurabe.section("coverage", t("part.coverage"), h("p", { class: "hint" }, t("coverage.hint")), kurabe.paged({ caption: t("part.coverage"), rows: coverage, columns: kurabe.coverageColumns(documentName), size: 50, first: { key: "unread", down: true } })),
        kurabe.section("stated", t("part.quality"), fields.length ? kurabe.qualityChart(fields, t("quality.fields")) : null, kurabe.paged({ caption: t("quality.fields.document"), rows: stated, columns: kurabe.qualityColumns([documentColumn]), size: 50 })),
      ],
    };
  }

  /** The page of files to download. */
  async function downloads() {
    const { downloads: files, tables } = kurabe.data.index;
    const fileColumns = [
      { key: "name", name: t("column.file"), isHead: true, class: "wide", value: (row) => row.path, render: (row) => [h("a", { href: row.path, download: true }, row.path.split("/").pop()), h("span", { class: "under" }, kurabe.inLanguage(row))] },
      { key: "kind", name: t("column.format"), class: "short", value: (row) => row.kind, render: (row) => row.kind.toUpperCase() },
      { key: "bytes", name: t("column.bytes"), class: "num", value: (row) => row.bytes, render: (row) => kurabe.bytes(row.bytes) },
    ];
    const tableColumns = [
      { key: "name", name: t("column.table"), isHead: true, class: "wide", value: (row) => row.name, render: (row) => [kurabe.inLanguage(row) ?? row.name, h("span", { class: "under path" }, row.name)] },
      { key: "rows", name: t("column.rows"), class: "num", value: (row) => row.rows, render: (row) => kurabe.number(row.rows) },
    ];
    const about = kurabe.facts([[t("fact.version"), kurabe.data.index.version], [t("fact.program"), kurabe.data.index.program], [t("fact.library"), t("library")]]);
    return {
      title: t("downloads.title"),
      node: [
        h("p", { class: "lead" }, t("downloads.lead")), about,
        kurabe.section("files", t("part.files"), kurabe.paged({ caption: t("part.files"), rows: files.filter((row) => /^[\w./-]+$/u.test(row.path) && !row.path.includes("..")), columns: fileColumns, size: 100, empty: t("none.files") })),
        kurabe.section("tables", t("part.tables"), kurabe.paged({ caption: t("part.tables"), rows: tables, columns: tableColumns, size: 100 })),
      ],
    };
  }

  Object.assign(kurabe.pages, { quality, downloads });
})();
