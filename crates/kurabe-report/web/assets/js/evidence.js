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

  /** Evidence as a list, the weightiest first; a term leads to its marked place. @param {HTMLElement} texts where marks stand */
  function evidenceList(evidence, texts) {
    if (!evidence.length) return h("p", { class: "none" }, t("none.evidence"));
    const rows = [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    const find = (rule) => [...texts.querySelectorAll("mark")].find((one) => one.dataset.rules.split(" ").includes(rule));
    const show = (rule) => () => {
      find(rule).scrollIntoView({ block: "center" });
      find(rule).focus();
    };
    const term = (row) => (find(row.rule) ? h("button", { type: "button", class: "term", "aria-label": t("evidence.show.of", { term: row.term }), on: { click: show(row.rule) } }, row.term) : h("span", { class: "term" }, row.term));
    const item = (row) => h("li", null, term(row), h("b", { class: row.weight < 0 ? "against" : null }, weight(row.weight)), h("span", { class: "under" }, t("field." + row.field), " · ", h("span", { class: "path" }, row.rule), " · ", h("span", { class: "path" }, row.locator)));
    return h("ol", { class: "evidence-list" }, rows.map(item));
  }

  Object.assign(kurabe, { marked, evidenceList });
})();
