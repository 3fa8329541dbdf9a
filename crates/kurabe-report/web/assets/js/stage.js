/** Stages of the common life cycle: always told by a word, a colour and, where there is no room for the word, a pattern. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h } = kurabe;

  /** @returns {string[]} stages in the order of the life cycle */
  const stages = () => Object.keys(kurabe.data.index.labels.stage);

  /** The stage in one or two letters. */
  const short = (stage) => (kurabe.messages["stage." + stage] ? kurabe.t("stage." + stage) : kurabe.label("stage", stage));

  /** A stage as a small labelled box. @param {string|null} stage */
  function badge(stage) {
    if (!stage) return kurabe.missing();
    return h("span", { class: "stage stage-" + stage }, kurabe.label("stage", stage));
  }

  /** Counts per stage in words: 運用・実施 2、検討・調査 1. @param {number[]} counts in the order of the stages */
  function inWords(counts) {
    const told = stages().map((stage, i) => (counts[i] ? kurabe.label("stage", stage) + " " + counts[i] : null));
    return told.filter(Boolean).join(kurabe.t("list.comma"));
  }

  /** Counts per stage in letters, the greatest first, at most `most` of them. */
  function inLetters(counts, most = 2) {
    const found = stages().map((stage, i) => [short(stage), counts[i] ?? 0]).filter((pair) => pair[1] > 0);
    found.sort((a, b) => b[1] - a[1]);
    return found.slice(0, most).map((pair) => pair[0] + pair[1]).join(" ") + (found.length > most ? " …" : "");
  }

  /** A bar of counts per stage; what it shows must stand beside it in words. @param {number[]} counts */
  function bar(counts) {
    const parts = stages().map((stage, i) => (counts[i] ? h("i", { class: "stage-" + stage, style: { "flex-grow": String(counts[i]) } }) : null));
    return h("span", { class: "stage-bar", "aria-hidden": "true" }, parts);
  }

  /** What colours and letters mean. */
  function legend() {
    const items = stages().map((stage) => h("li", null, h("span", { class: "stage stage-" + stage, "aria-hidden": "true" }, short(stage)), " ", kurabe.label("stage", stage)));
    return h("div", { class: "legend" }, h("span", { class: "legend-title" }, kurabe.t("legend.stages")), h("ul", null, items));
  }

  Object.assign(kurabe, { stage: { list: stages, short, badge, inWords, inLetters, bar, legend } });
})();
