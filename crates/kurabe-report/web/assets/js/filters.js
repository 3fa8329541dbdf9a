/** Labelled fields that narrow what a page shows; what is chosen is kept in the address. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;
  let count = 0;

  /** @param {object} field @param {string} value @param {(value: string) => void} change */
  function control(field, id, value, change) {
    if (field.kind === "select") return select(field, id, value, change);
    if (field.kind === "check") {
      const box = h("input", { type: "checkbox", id, name: field.key, on: { change: () => change(box.checked ? "1" : "") } });
      box.checked = value === "1";
      return box;
    }
    return entry(field, id, value, change);
  }

  function select(field, id, value, change) {
    const options = field.options.map(([word, name]) => h("option", { value: word }, name));
    const box = h("select", { id, name: field.key, on: { change: () => change(box.value) } }, options);
    box.value = value;
    if (box.selectedIndex < 0) box.selectedIndex = 0;
    return box;
  }

  function entry(field, id, value, change) {
    const list = field.choices ? id + "-list" : null;
    let waiting = 0;
    const later = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => change(box.value.trim()), 120);
    };
    const settle = (event) => !event.isComposing && later();
    const box = h("input", { type: field.kind === "number" ? "number" : "search", id, name: field.key, list, inputmode: field.kind === "number" ? "numeric" : null,
      placeholder: field.hint, autocomplete: "off", min: field.min, max: field.max, on: { input: settle, compositionend: later } });
    box.value = value;
    const choices = list ? h("datalist", { id: list }, field.choices.map((word) => h("option", { value: word }))) : null;
    return [box, choices];
  }

  /**
   * A group of fields.
   * @param {object[]} fields `key`, `kind` (text, number, select, check), `label`, `options` ([word, name] pairs), `usual`
   * @param {(values: object) => void} changed called with all values after a change
   * @returns {{node: HTMLElement, values: object}}
   */
  function filters(fields, changed) {
    const query = kurabe.route.current().query;
    const values = {};
    for (const field of fields) values[field.key] = query.get(field.key) ?? field.usual ?? "";
    const boxes = fields.map((field) => {
      count += 1;
      const id = "field-" + count;
      const change = (value) => {
        values[field.key] = value;
        kurabe.route.amend({ [field.key]: value === (field.usual ?? "") ? "" : value, page: "" });
        changed(values);
      };
      return h("div", { class: "field field-" + field.kind }, h("label", { for: id }, field.label), control(field, id, values[field.key], change));
    });
    const clear = fields.length === 1 && fields[0].kind === "select" ? null : h("button", { type: "button", class: "clear", on: { click: () => reset(fields, node, values, changed) } }, t("filters.clear"));
    const node = h("form", { class: "filters", role: "search", "aria-label": t("filters.name"), on: { submit: (event) => event.preventDefault() } }, boxes, clear);
    return { node, values };
  }

  /** Back to what is usual. */
  function reset(fields, node, values, changed) {
    const away = { page: "" };
    for (const field of fields) {
      values[field.key] = field.usual ?? "";
      away[field.key] = "";
      const box = node.elements.namedItem(field.key);
      if (box.type === "checkbox") box.checked = values[field.key] === "1";
      else box.value = values[field.key];
    }
    kurabe.route.amend(away);
    changed(values);
  }

  /** A line that says how many results there are, also to screen readers. */
  function resultLine() {
    const node = h("p", { class: "results", role: "status", "aria-live": "polite" });
    return { node, say: (text) => node.replaceChildren(text) };
  }

  Object.assign(kurabe, { filters, resultLine });
})();
