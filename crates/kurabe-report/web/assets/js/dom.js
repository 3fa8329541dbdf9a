/** Making elements. Data gets into the page as text only: nothing here parses HTML. */
(() => {
  "use strict";
  const { kurabe } = window;

  /** @param {Node} parent @param {any} child text, number, node, list of them, or nothing */
  function append(parent, child) {
    if (child === null || child === undefined || child === false) return;
    if (Array.isArray(child)) child.forEach((one) => append(parent, one));
    else parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }

  /**
   * An element. Keys of `props` are attributes; `class`, `on` (event handlers) and booleans are understood.
   * @param {string} tag
   * @param {object|null} props
   * @param {...any} children
   * @returns {HTMLElement}
   */
  function h(tag, props, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props ?? {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") Object.entries(value).forEach(([event, handler]) => element.addEventListener(event, handler));
      else if (name === "style") Object.entries(value).forEach(([key, word]) => element.style.setProperty(key, word));
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    append(element, children);
    return element;
  }

  /** Replaces all children of an element. @param {Element} parent @param {...any} children */
  function fill(parent, ...children) {
    parent.replaceChildren();
    append(parent, children);
    return parent;
  }

  /**
   * A link to an address of the web, or its text where it is none that is safe to follow.
   * @param {string|null} address
   * @param {any} content
   */
  function outside(address, content) {
    if (!/^https?:\/\//iu.test(address ?? "")) return h("span", null, content ?? address);
    return h("a", { href: address, rel: "noopener noreferrer external", target: "_blank" }, content ?? address);
  }

  /** A list of terms. @param {[any, any][]} pairs terms and what they mean; pairs without a meaning are left out */
  function facts(pairs, className = "facts") {
    const told = pairs.filter((pair) => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== "");
    return h("dl", { class: className }, told.map(([term, meaning]) => h("div", null, h("dt", null, term), h("dd", null, meaning))));
  }

  /** Text that only screen readers say. */
  const hidden = (text) => h("span", { class: "hidden" }, text);

  /**
   * A section with a heading that links can lead to.
   * @param {string} id
   * @param {any} title
   * @param {...any} children
   */
  function section(id, title, ...children) {
    return h("section", { class: "part", id, "aria-labelledby": id + "-h" }, h("h2", { id: id + "-h", tabindex: "-1" }, title), children);
  }

  Object.assign(kurabe, { h, fill, outside, facts, hidden, section });
})();
