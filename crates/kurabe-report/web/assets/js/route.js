/** The address: `#/path/of/page?key=value`. Language, edition and filters stand in it, so that it can be sent on. */
(() => {
  "use strict";
  const { kurabe } = window;

  /** Keys that every link carries on. */
  const CARRIED = ["lang", "edition"];

  /** @param {string} hash @returns {{path: string[], query: URLSearchParams}} */
  function parse(hash) {
    const [path, query] = hash.replace(/^#?\/?/u, "").split("?", 2);
    const parts = path.split("/").filter((part) => part !== "");
    return { path: parts.map(decode), query: new URLSearchParams(query ?? "") };
  }

  /** @param {string} part */
  function decode(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }

  /** The address in use. @returns {{path: string[], query: URLSearchParams}} */
  const current = () => parse(window.location.hash);

  /**
   * A hash for a page.
   * @param {string[]} path
   * @param {object} query keys without a value are left out
   */
  function link(path, query = {}) {
    const here = current().query;
    const words = new URLSearchParams();
    for (const key of CARRIED) if (here.get(key) && !(key in query)) words.set(key, here.get(key));
    for (const [key, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== "") words.set(key, value);
    const rest = words.toString();
    return "#/" + path.map(encodeURIComponent).join("/") + (rest ? "?" + rest : "");
  }

  /** Changes the query of the page in place, without a new entry in the history. @param {object} changes */
  function amend(changes) {
    const { path, query } = current();
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === "") query.delete(key);
      else query.set(key, value);
    }
    const rest = query.toString();
    window.history.replaceState(window.history.state, "", "#/" + path.map(encodeURIComponent).join("/") + (rest ? "?" + rest : ""));
    document.dispatchEvent(new CustomEvent("kurabe:address"));
  }

  Object.assign(kurabe, { route: { parse, current, link, amend } });
})();
