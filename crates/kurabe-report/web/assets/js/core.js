/**
 * The one global of the report, `kurabe`, and the way data gets in.
 *
 * Pages opened from the file system cannot fetch files, so each file of `data/` is a script that calls
 * `kurabe.receive(key, value)`; it is loaded by adding a script element when a page needs it.
 */
window.kurabe = (() => {
  "use strict";

  /** Values that came in, by key. */
  const received = new Map();
  /** Promises of files that were asked for, by key. */
  const asked = new Map();

  /**
   * Called by a data file with its content.
   * @param {string} key such as "index" or "municipality/322016"
   * @param {object} value
   */
  function receive(key, value) {
    received.set(key, value);
  }

  /**
   * The name of an id in keys and files: small letters, digits, `-` and inner dots stay, any other byte becomes `_` and
   * its code; so do the first letters of names that Windows keeps for devices. The generator has the same rule.
   * @param {string} id
   * @returns {string}
   */
  function nameOf(id) {
    const device = /^(con|prn|aux|nul|com.|lpt.)$/u.test(id.split(".")[0]);
    const bytes = [...new TextEncoder().encode(id)];
    const kept = (char, i) => /[0-9-]/u.test(char) || (/[a-z]/u.test(char) && (i > 0 || !device)) || (char === "." && i > 0 && i + 1 < bytes.length);
    const name = bytes.map((byte, i) => (kept(String.fromCharCode(byte), i) ? String.fromCharCode(byte) : "_" + byte.toString(16).padStart(2, "0")));
    return name.join("") || "_";
  }

  /**
   * Adds a script of this folder and waits for it.
   * @param {string} path relative to index.html
   * @returns {Promise<void>}
   */
  function script(path) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = path;
      element.async = false;
      element.onload = () => resolve();
      element.onerror = () => reject(new Error(path));
      document.head.append(element);
    });
  }

  /**
   * The data of a kind and ids, loaded once.
   * @param {string} kind such as "municipality"
   * @param {...string} ids
   * @returns {Promise<object>} rejected with the path of the file when it is not there
   */
  function load(kind, ...ids) {
    const key = [kind, ...ids.map(nameOf)].join("/");
    if (!asked.has(key)) {
      const path = "data/" + key + ".js";
      const promise = script(path).then(() => {
        if (!received.has(key)) throw new Error(path);
        return received.get(key);
      });
      promise.catch(() => asked.delete(key));
      asked.set(key, promise);
    }
    return asked.get(key);
  }

  /**
   * Rows of a table of the data (`{columns, rows}`) as objects.
   * @param {{columns: string[], rows: any[][]}|undefined} table
   * @returns {object[]} empty when the table is missing
   */
  function records(table) {
    if (!table) return [];
    const { columns, rows } = table;
    return rows.map((row) => {
      const record = {};
      for (let i = 0; i < columns.length; i += 1) record[columns[i]] = row[i] ?? null;
      return record;
    });
  }

  /**
   * Groups items by a key, in order of first appearance.
   * @param {object[]} items
   * @param {(item: object) => any} key
   * @returns {Map<any, object[]>}
   */
  function groupBy(items, key) {
    const groups = new Map();
    for (const item of items) {
      const at = key(item);
      if (groups.has(at)) groups.get(at).push(item);
      else groups.set(at, [item]);
    }
    return groups;
  }

  /** A place that keeps words between visits; says nothing where the browser forbids it. */
  const memory = {
    get(key) {
      try {
        return window.localStorage.getItem("kurabe." + key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        window.localStorage.setItem("kurabe." + key, value);
      } catch {
        // Blocked storage: the choice stays in the address.
      }
    },
  };

  return { receive, load, script, nameOf, records, groupBy, memory, pages: {}, data: {} };
})();
