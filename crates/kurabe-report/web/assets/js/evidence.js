/** Evidence of a code: the terms that spoke for it, marked where they stand in the text. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** A weight with its sign. */
  function weight(value) {
    return (value > 0 ? "+" : "−") + kurabe.number(Math.abs(value), 2);
  }

  /** Spans of a text with the evidence that marks them, in order; what overlaps becomes one span. */
  function spans(evidence) {
    const found = evidence.map((one) => ({ from: one.mark.start, to: one.mark.end, evidence: [one] })).sort((a, b) => a.from - b.from || b.to - a.to);
    const merged = [];
    for (const span of found) {
      const last = merged.at(-1);
      if (last && span.from < last.to) {
        last.to = Math.max(last.to, span.to);
        last.evidence.push(...span.evidence);
      } else merged.push(span);
    }
    return merged;
  }

  /**
   * A text with the terms of the evidence marked.
   * @param {string} text
   * @param {string} name the text's name in the measure: title, summary, departments …
   * @param {object[]} evidence of one code; `mark` says where each term stands
   * @param {number|null} item the place in the list, where the text is one of several
   */
  function marked(text, name, evidence, item = null) {
    const own = evidence.filter((one) => one.mark && one.mark.text === name && (one.mark.item ?? null) === item);
    if (!own.length) return text;
    const pieces = [];
    let at = 0;
    for (const span of spans(own)) {
      pieces.push(text.slice(at, span.from));
      const against = span.evidence.every((one) => one.weight < 0);
      const says = span.evidence.map((one) => one.rule + " " + weight(one.weight)).join(t("list.comma"));
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
