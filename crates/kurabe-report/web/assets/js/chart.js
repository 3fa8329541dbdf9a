/** Charts drawn by Observable Plot, each with a table of the same figures behind it. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;
  let library = null;
  let count = 0;

  /** Loads the chart library when the first chart is wanted. */
  function plot() {
    library ??= kurabe.script("assets/vendor/d3.min.js").then(() => kurabe.script("assets/vendor/plot.umd.min.js")).then(() => window.Plot);
    return library;
  }

  /** Colours of stages for Plot, as the style sheet has them. */
  function stageColours() {
    const style = window.getComputedStyle(document.documentElement);
    const domain = kurabe.stage.list();
    return { domain, range: domain.map((stage) => style.getPropertyValue("--stage-" + stage).trim()) };
  }

  /** A colour of the style sheet. @param {string} name */
  const colour = (name) => window.getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  /** Draws into a box at its width, again when that changes. */
  function keepDrawn(box, name, draw) {
    let width = 0;
    const redraw = (Plot, wide) => {
      width = wide;
      const drawing = draw(Plot, wide);
      // Names that the library gives to groups inside say nothing to a reader of the image.
      for (const inner of drawing.querySelectorAll("[aria-label]")) inner.removeAttribute("aria-label");
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", name);
      box.replaceChildren(drawing);
    };
    plot().then((Plot) => {
      const watch = new ResizeObserver(() => {
        if (!box.isConnected) return watch.disconnect();
        const wide = Math.floor(box.clientWidth);
        if (wide > 0 && Math.abs(wide - width) > 4) redraw(Plot, wide);
        return undefined;
      });
      watch.observe(box);
    }).catch(() => kurabe.fill(box, h("p", { class: "none" }, t("chart.none"))));
  }

  /**
   * A chart and the table behind it.
   * @param {{title: string, note?: any, draw: (Plot: object, width: number) => Element, table: () => Node}} options
   */
  function chart({ title, note, draw, table }) {
    count += 1;
    const id = "chart-table-" + count;
    const drawing = h("div", { class: "drawing" });
    const behind = h("div", { class: "behind", id, hidden: true });
    const toggle = h("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-controls": id, on: { click: turn } }, t("chart.table"));
    function turn() {
      const open = behind.hidden;
      if (open && !behind.firstChild) behind.append(table());
      behind.hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
      toggle.textContent = t(open ? "chart.hide" : "chart.table");
    }
    keepDrawn(drawing, title + (typeof note === "string" ? " " + note : "") + " " + t("chart.same"), draw);
    return h("figure", { class: "chart" }, h("figcaption", null, h("span", { class: "chart-title" }, title), toggle), note ? h("p", { class: "chart-note" }, note) : null, drawing, behind);
  }

  Object.assign(kurabe, { chart, stageColours, colour });
})();
