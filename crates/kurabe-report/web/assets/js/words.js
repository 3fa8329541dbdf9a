/** Language: messages, labels of closed words, numbers, fiscal years, and what stands where nothing is known. */
(() => {
  "use strict";
  const { kurabe } = window;

  /** @returns {"ja"|"en"} the language of the address, else the one kept, else Japanese */
  function language() {
    const asked = kurabe.route.current().query.get("lang") ?? kurabe.memory.get("lang") ?? kurabe.data.index?.lang;
    return asked === "en" ? "en" : "ja";
  }

  /**
   * A sentence of the dictionary. `{name}` is replaced from `values`.
   * @param {string} key
   * @param {object} values
   */
  function t(key, values = {}) {
    const entry = kurabe.messages[key];
    if (!entry) return key;
    return entry[language()].replace(/\{(\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
  }

  /** The word of a closed list as people read it. @param {string} list @param {string|null} word */
  function label(list, word) {
    if (word === null || word === undefined) return null;
    const pair = kurabe.data.index?.labels?.[list]?.[word];
    return pair ? pair[language() === "en" ? 1 : 0] : word;
  }

  /** The text of an object in the language: keys `ja` and `en`, or `<name>_ja` and `<name>_en`. */
  function inLanguage(object, name) {
    const [ja, en] = name ? [object[name + "_ja"], object[name + "_en"]] : [object.ja, object.en];
    return (language() === "en" ? en ?? ja : ja ?? en) ?? null;
  }

  const numerals = new Map();

  /** @param {number|null} value @param {number} digits most digits after the point */
  function number(value, digits = 2) {
    if (value === null || value === undefined) return null;
    const key = language() + digits;
    if (!numerals.has(key)) numerals.set(key, new Intl.NumberFormat(language(), { maximumFractionDigits: digits }));
    return numerals.get(key).format(value);
  }

  /** A share between 0 and 1. @param {number|null} value */
  const percent = (value, digits = 0) => (value === null || value === undefined ? null : number(value * 100, digits) + "%");

  /** A value with its unit. @param {number|null} value @param {string|null} unit */
  function quantity(value, unit) {
    if (value === null || value === undefined) return null;
    const shown = number(value, 2);
    if (!unit) return shown;
    return language() === "en" && unit !== "%" ? shown + " " + unit : shown + unit;
  }

  /** @param {number} year @returns {string} such as 令和5 */
  function era(year) {
    if (year >= 2019) return "令和" + (year === 2019 ? "元" : year - 2018);
    if (year >= 1989) return "平成" + (year === 1989 ? "元" : year - 1988);
    return String(year);
  }

  /** A fiscal year: 令和5年度（2023）, or FY2023. @param {number|null} year */
  function fiscalYear(year) {
    if (year === null || year === undefined) return null;
    return language() === "en" ? "FY" + year : era(year) + "年度（" + year + "）";
  }

  /** A fiscal year for the head of a narrow column: R5, H30, or 2023. @param {number} year */
  function shortYear(year) {
    if (language() === "en") return String(year);
    return era(year).replace("令和", "R").replace("平成", "H").replace("元", "1");
  }

  /** A span of fiscal years. */
  function years(from, to) {
    if (from === null && to === null) return null;
    if (from === to || to === null) return to === null ? fiscalYear(from) + t("year.onwards") : fiscalYear(from);
    return (fiscalYear(from) ?? "") + "–" + fiscalYear(to);
  }

  /** A day as people write it. @param {string|null} day ISO 8601 */
  function date(day) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)/u.exec(day ?? "");
    if (!parts) return day ?? null;
    return language() === "en" ? day : Number(parts[1]) + "年" + Number(parts[2]) + "月" + Number(parts[3]) + "日";
  }

  /** Bytes as KB or MB. */
  function bytes(count) {
    if (count >= 1e6) return number(count / 1e6, 1) + " MB";
    return number(Math.max(count / 1e3, 0.1), 1) + " KB";
  }

  /**
   * What stands where a value is missing. Never 0: the three kinds say why there is none.
   * @param {"not_stated"|"not_read"|"not_applicable"} kind
   * @param {boolean} brief a sign with the words for screen readers, where there is no room
   */
  function missing(kind = "not_stated", brief = false) {
    const props = { class: "missing missing-" + kind };
    if (!brief) return kurabe.h("span", props, t("missing." + kind));
    return kurabe.h("span", { ...props, title: t("missing." + kind) }, kurabe.h("span", { "aria-hidden": "true" }, t("missing.short." + kind)), kurabe.hidden(t("missing." + kind)));
  }

  /** The value, or the mark of a missing one. */
  const orMissing = (value, kind) => (value === null || value === undefined || value === "" ? missing(kind) : value);

  /** Text folded for searching: width, case and kana kind do not matter. @param {string|null} text */
  function fold(text) {
    return (text ?? "").normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60));
  }

  Object.assign(kurabe, { language, t, label, inLanguage, number, percent, quantity, fiscalYear, shortYear, years, date, bytes, missing, orMissing, fold });
})();
