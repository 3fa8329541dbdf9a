/** Evidence of a code: the terms that spoke for it, marked where they stand in the text. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** Which texts of a measure a field of the evidence stands for. */
  const TEXTS = { title: ["title"], description: ["summary", "effect", "past", "future", "note"], section: ["part", "section"], department: ["departments"], item: ["items"], kpi: ["kpis"] };

  /** Text folded as for searching, without spaces, and for each folded character its place in the text. */
  function foldWithPlaces(text) {
    let folded = "";
    const places = [];
    let at = 0;
    for (const char of text) {
      for (const piece of kurabe.fold(char).replace(/\s/gu, "")) {
        folded += piece;
        for (let i = 0; i < piece.length; i += 1) places.push([at, at + char.length]);
      }
      at += char.length;
    }
    return { folded, places };
  }

  /** Where terms stand in a text: spans with the evidence they belong to, in order and without overlap. */
  function spans(text, evidence) {
    const { folded, places } = foldWithPlaces(text);
    const found = [];
    for (const one of evidence) {
      const term = kurabe.fold(one.term).replace(/\s/gu, "");
      if (!term) continue;
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) found.push({ from: places[at][0], to: places[at + term.length - 1][1], evidence: [one] });
    }
    found.sort((a, b) => a.from - b.from || b.to - a.to);
    const merged = [];
    for (const span of found) {
      const last = merged.at(-1);
      if (last && span.from < last.to) {
        last.to = Math.max(last.to, span.to);
        last.evidence.push(...span.evidence.filter((one) => !last.evidence.includes(one)));
      } else merged.push(span);
    }
    return merged;
  }

  /** What a mark says: rule and weight. */
  const told = (one) => one.rule + " " + weight(one.weight);

  /** A weight with its sign. */
  function weight(value) {
    return (value > 0 ? "+" : "−") + kurabe.number(Math.abs(value), 2);
  }

  /**
   * A text with the terms of the evidence marked.
   * @param {string} text
   * @param {string} name the text's name: title, summary, part …
   * @param {object[]} evidence of one code
   */
  function marked(text, name, evidence) {
    const fields = Object.keys(TEXTS).filter((field) => TEXTS[field].includes(name));
    const own = evidence.filter((one) => fields.includes(one.field));
    if (!own.length) return text;
    const pieces = [];
    let at = 0;
    for (const span of spans(text, own)) {
      pieces.push(text.slice(at, span.from));
      const against = span.evidence.every((one) => one.weight < 0);
      const says = span.evidence.map(told).join(t("list.comma"));
      pieces.push(h("mark", { class: against ? "against" : null, title: says, tabindex: "-1", "data-rules": span.evidence.map((one) => one.rule).join(" ") }, text.slice(span.from, span.to)));
      at = span.to;
    }
    pieces.push(text.slice(at));
    return pieces;
  }

  /** Evidence as a table; a button leads to the marked place. @param {object[]} evidence @param {HTMLElement} texts where marks stand */
  function evidenceTable(evidence, texts, caption) {
    const rows = [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    const show = (rule) => () => {
      const mark = [...texts.querySelectorAll("mark")].find((one) => one.dataset.rules.split(" ").includes(rule));
      mark?.scrollIntoView({ block: "center" });
      mark?.focus();
    };
    const has = (rule) => [...texts.querySelectorAll("mark")].some((one) => one.dataset.rules.split(" ").includes(rule));
    const columns = [
      { name: t("column.term"), isHead: true, class: "short", render: (row) => row.term },
      { name: t("column.field"), class: "short", render: (row) => t("field." + row.field) },
      { name: t("column.rule"), class: "short path", render: (row) => row.rule },
      { name: t("column.weight"), class: "num", render: (row) => weight(row.weight) },
      { name: t("column.place"), class: "short path", render: (row) => row.locator },
      { name: t("column.in_text"), class: "short", missing: "not_applicable", render: (row) => (has(row.rule) ? h("button", { type: "button", class: "small", "aria-label": t("evidence.show.of", { term: row.term }), on: { click: show(row.rule) } }, t("evidence.show")) : null) },
    ];
    return kurabe.table({ caption, rows, columns, empty: t("none.evidence") });
  }

  Object.assign(kurabe, { marked, evidenceTable });
})();
