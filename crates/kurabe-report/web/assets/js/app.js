/** The frame: header, edition and language, choice of the page, focus and title after a change of the address. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** Pages that the navigation leads to. */
  const NAVIGATION = [["matrix", []], ["indicators", ["indicators"]], ["quality", ["quality"]], ["downloads", ["downloads"]]];

  /** The edition of the address, else the newest. */
  function edition() {
    const { path, query } = kurabe.route.current();
    const known = kurabe.data.index.editions;
    const asked = ["category", "uncategorised"].includes(path[0]) ? path[1] : query.get("edition");
    const named = (id) => known.find((one) => one.id === id);
    return (named(asked) ?? named(kurabe.data.index.edition) ?? known.find((one) => one.newest) ?? known.at(-1)).id;
  }

  /** @param {string} id */
  function editionName(id) {
    const found = kurabe.data.index.editions.find((one) => one.id === id);
    return found ? kurabe.inLanguage(found, "label") : id;
  }

  /** The name of a category. */
  function categoryName(taxonomy, id) {
    const found = kurabe.data.index.categories[taxonomy]?.find((one) => one.id === id);
    return found ? kurabe.inLanguage(found) : id;
  }

  const categoryLink = (taxonomy, id) => h("a", { href: kurabe.route.link(["category", taxonomy, id]) }, categoryName(taxonomy, id));
  const townLink = (code) => h("a", { lang: "ja", href: kurabe.route.link(["municipality", code]) }, kurabe.town(code).name);
  const indicatorLink = (id, name) => h("a", { href: kurabe.route.link(["indicator", id]) }, name);
  const clampPercent = (share) => Math.round(Math.max(0, Math.min(1, share)) * 100) + "%";

  function peerName(id) {
    const found = kurabe.data.index.peers.find((one) => one.id === id);
    return found ? kurabe.inLanguage(found) : id;
  }

  /** Where the edition chooser leads from here. */
  function goToEdition(id) {
    const { path, query } = kurabe.route.current();
    const rest = Object.fromEntries(query);
    if (path[0] === "uncategorised") return void (window.location.hash = kurabe.route.link([path[0], id], { ...rest, edition: id }));
    if (path[0] !== "category") return void (window.location.hash = kurabe.route.link(path, { ...rest, edition: id, page: "" }));
    const known = kurabe.data.index.categories[id];
    const follows = kurabe.records(kurabe.data.index.crosswalk).find((row) => row.from_edition === path[1] && row.from === path[2] && row.to_edition === id && row.to);
    const found = known.find((one) => one.id === path[2]) ?? known.find((one) => one.id === follows?.to);
    window.location.hash = found ? kurabe.route.link(["category", id, found.id], { ...rest, edition: id }) : kurabe.route.link([], { edition: id });
    return undefined;
  }

  function editionChooser() {
    const options = [...kurabe.data.index.editions].reverse().map((one) => h("option", { value: one.id }, kurabe.inLanguage(one, "label") + (one.newest ? t("edition.newest") : "")));
    const box = h("select", { id: "edition", on: { change: () => goToEdition(box.value) } }, options);
    box.value = edition();
    return h("div", { class: "field edition" }, h("label", { for: "edition" }, t("edition.label")), box);
  }

  /** The other language, at the same address. */
  function languageLink() {
    const other = kurabe.language() === "ja" ? "en" : "ja";
    const { path, query } = kurabe.route.current();
    const href = kurabe.route.link(path, { ...Object.fromEntries(query), lang: other });
    return h("a", { class: "language", href, lang: other, hreflang: other, on: { click: () => kurabe.memory.set("lang", other) } }, other === "en" ? "English" : "日本語");
  }

  function header() {
    const here = kurabe.route.current().path[0] ?? "matrix";
    const within = { category: "matrix", uncategorised: "matrix", municipality: "matrix", measure: "matrix", indicator: "indicators" }[here] ?? here;
    const items = NAVIGATION.map(([key, path]) => h("li", null, h("a", { href: kurabe.route.link(path), "aria-current": within === key ? (within === here ? "page" : "true") : null }, t("nav." + key))));
    const name = h("p", { class: "name" }, h("a", { href: kurabe.route.link([]) }, h("b", null, "kurabe"), h("span", null, kurabe.inLanguage(kurabe.data.index, "title") ?? "")));
    kurabe.fill(document.getElementById("header"), h("div", { class: "inner" }, name, h("nav", { "aria-label": t("nav.name") }, h("ul", null, items)), h("div", { class: "choices" }, editionChooser(), languageLink())));
  }

  function footer() {
    const { version, program } = kurabe.data.index;
    const made = version ? t("footer.version", { version }) : "";
    kurabe.fill(document.getElementById("footer"), h("p", null, t("footer", { made, program })));
  }

  /** The page for an address that leads nowhere. */
  function notFound() {
    return { title: t("not_found.title"), node: [h("p", null, t("not_found.text")), h("p", null, h("a", { href: kurabe.route.link([]) }, t("nav.matrix")))] };
  }

  function failed(error) {
    return { title: t("failed.title"), node: [h("p", { class: "notice" }, t("failed.text", { path: error.message })), h("p", null, t("failed.hint"))] };
  }

  /** Which page an address asks for. */
  function chosen({ path }) {
    const [name = "matrix", ...rest] = path;
    const page = Object.hasOwn(kurabe.pages, name) ? kurabe.pages[name] : null;
    return page ? page(rest) : notFound();
  }

  function trail(steps) {
    if (!steps?.length) return null;
    return h("nav", { class: "trail", "aria-label": t("trail") }, h("ol", null, steps.map(([name, href]) => h("li", null, h("a", { href }, name)))));
  }

  /** Moves to a part of the page: its heading gets the focus. */
  function showPart(id) {
    const heading = document.getElementById(id + "-h");
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
    return Boolean(heading);
  }

  let turn = 0;

  /** Draws the page of the address. @param {boolean} move whether the focus goes to its heading */
  async function render(move) {
    turn += 1;
    const mine = turn;
    const main = document.getElementById("main");
    document.documentElement.lang = kurabe.language();
    document.getElementById("skip").textContent = t("skip");
    header();
    footer();
    main.setAttribute("aria-busy", "true");
    let page;
    try {
      page = await chosen(kurabe.route.current());
    } catch (error) {
      page = failed(error);
    }
    if (mine !== turn) return;
    document.title = page.title + " – " + (kurabe.inLanguage(kurabe.data.index, "title") ?? "kurabe");
    const heading = h("h1", { tabindex: "-1", id: "title" }, page.title);
    kurabe.fill(main, trail(page.trail), heading, page.node);
    main.removeAttribute("aria-busy");
    const part = kurabe.route.current().query.get("part");
    if (part && showPart(part)) return;
    if (move) {
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }
  }

  /** The first view, and every change of the address after it. */
  async function start() {
    try {
      kurabe.data.index = await kurabe.load("index");
    } catch (error) {
      kurabe.fill(document.getElementById("main"), h("h1", null, t("failed.title")), h("p", { class: "notice" }, t("failed.text", { path: error.message })), h("p", null, t("failed.hint")));
      return;
    }
    window.addEventListener("hashchange", () => render(true));
    document.addEventListener("kurabe:address", header);
    document.getElementById("skip").addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById("title")?.focus();
    });
    await render(false);
    document.documentElement.dataset.ready = "true";
  }

  Object.assign(kurabe, { edition, editionName, categoryName, categoryLink, townLink, indicatorLink, peerName, clampPercent, notFound, showPart });
  start();
})();
