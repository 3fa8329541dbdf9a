/** Tables that scroll inside a region of their own, sort by their heads and turn pages. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** A region that scrolls sideways and can be reached by keyboard. */
  function region(name, content, className = "") {
    return h("div", { class: "scroll " + className, role: "region", "aria-label": name, tabindex: "0" }, content);
  }

  /** The head of a column; a button where the column sorts. */
  function head(column, sort) {
    const name = column.head ?? column.name;
    const props = { scope: "col", class: column.class };
    if (!sort || !column.value) return h("th", props, name);
    const on = sort.key === column.key;
    props["aria-sort"] = on ? (sort.down ? "descending" : "ascending") : null;
    const arrow = h("span", { class: "arrow", "aria-hidden": "true" }, on ? (sort.down ? "▼" : "▲") : "↕");
    // On paper browsers leave buttons out of heads that are repeated: there the name stands as text.
    return h("th", props, h("span", { class: "for-print", "aria-hidden": "true" }, name), h("button", { type: "button", class: "sort", "data-sort": column.key, on: { click: () => sort.by(column.key) } }, name, arrow));
  }

  function cell(column, row, i) {
    const content = column.render ? column.render(row, i) : column.value(row);
    const shown = kurabe.orMissing(content, column.missing);
    return column.isHead ? h("th", { scope: "row", class: column.class }, shown) : h("td", { class: column.class }, shown);
  }

  /**
   * A plain table.
   * @param {{caption: string, columns: object[], rows: object[], sort?: object, className?: string, empty?: string}} options
   * Columns: `key`, `name`, `value(row)` (text or number to show and sort by), `render(row)`, `isHead`, `class`, `missing`.
   */
  function table({ caption, columns, rows, sort, className, empty }) {
    if (!rows.length) return h("p", { class: "none" }, empty ?? t("none.rows"));
    const heads = h("tr", null, columns.map((column) => head(column, sort)));
    const body = rows.map((row, i) => h("tr", null, columns.map((column) => cell(column, row, i))));
    return region(caption, h("table", { class: className }, h("caption", null, caption), h("thead", null, heads), h("tbody", null, body)));
  }

  /** Rows in order of a column; missing values last in both directions. */
  function sorted(rows, columns, sort) {
    const column = columns.find((one) => one.key === sort.key);
    if (!column) return rows;
    const keyed = rows.map((row) => [column.value(row), row]);
    const side = sort.down ? -1 : 1;
    keyed.sort(([a], [b]) => {
      if (a === null || b === null || a === undefined || b === undefined) return ((a ?? null) === null) - ((b ?? null) === null);
      if (typeof a === "number" && typeof b === "number") return side * (a - b);
      return side * String(a).localeCompare(String(b), "ja", { numeric: true });
    });
    return keyed.map((pair) => pair[1]);
  }

  /** Buttons that turn pages. @param {{page: number, size: number, total: number, turn: (page: number) => void, name: string}} options */
  function pager({ page, size, total, turn, name }) {
    const last = Math.max(Math.ceil(total / size), 1);
    if (last === 1) return null;
    const button = (key, to, off) => h("button", { type: "button", disabled: off, "data-page": key, on: { click: () => turn(to) } }, t("pager." + key));
    const from = (page - 1) * size + 1;
    const text = t("pager.text", { from: kurabe.number(from), to: kurabe.number(Math.min(page * size, total)), total: kurabe.number(total), page, last });
    return h("nav", { class: "pager", "aria-label": name }, button("first", 1, page === 1), button("previous", page - 1, page === 1), h("span", { "aria-current": "page" }, text), button("next", page + 1, page === last), button("last", last, page === last));
  }

  /**
   * A table with sorting and pages of its own, for pages whose rows are all at hand.
   * @param {object} options as for `table`, plus `size` rows per page and `first` sort
   */
  function paged(options) {
    const state = { page: 1, key: options.first?.key ?? null, down: options.first?.down ?? false };
    const host = h("div", { class: "paged" });
    const size = options.size ?? 50;
    const turn = (page) => draw(Object.assign(state, { page }), "[data-page=next]:enabled, [data-page=previous]");
    const by = (key) => draw(Object.assign(state, { down: state.key === key && !state.down, key, page: 1 }), `[data-sort="${key}"]`);
    function draw(_, focus) {
      const rows = state.key ? sorted(options.rows, options.columns, state) : options.rows;
      const shown = rows.slice((state.page - 1) * size, state.page * size);
      const pages = pager({ page: state.page, size, total: rows.length, turn, name: options.caption });
      kurabe.fill(host, table({ ...options, rows: shown, sort: options.rows.length > 1 ? { ...state, by } : null }), pages);
      if (focus) host.querySelector(focus)?.focus();
    }
    draw();
    return host;
  }

  Object.assign(kurabe, { region, table, sorted, pager, paged });
})();
