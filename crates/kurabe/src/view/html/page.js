(() => {
  "use strict";
  const all = new Map();
  for (const e of document.querySelectorAll("[data-k]")) {
    for (const k of e.dataset.k.split(" ")) {
      if (!all.has(k)) all.set(k, []);
      all.get(k).push(e);
    }
  }
  const status = document.getElementById("status");
  const isSource = (e) => e.closest(".source") !== null;
  const tied = (e) => {
    const others = new Set();
    for (const k of e.dataset.k.split(" ")) {
      for (const other of all.get(k)) {
        if (other !== e) others.add(other);
      }
    }
    return [...others];
  };
  const isRead = (e) => e.closest(".read") !== null;
  const across = (e) => tied(e).find((o) => isSource(o) !== isSource(e));
  // The source has its own scroll bar, so that showing a place there moves nothing else.
  const reveal = (e) => {
    const pane = e.closest(".source");
    if (!pane) return;
    const r = e.getBoundingClientRect();
    for (let p = e.parentElement; p && pane.contains(p); p = p.parentElement) {
      const b = p.getBoundingClientRect();
      if (p.scrollHeight > p.clientHeight && (r.top < b.top || r.bottom > b.bottom)) {
        p.scrollTop += r.top - b.top - Math.max(0, (b.height - r.height) / 2);
      }
      if (p.scrollWidth > p.clientWidth && (r.left < b.left || r.right > b.right)) {
        p.scrollLeft += r.left - b.left - Math.max(0, (b.width - r.width) / 2);
      }
    }
  };
  let lit = [];
  const clear = () => {
    for (const e of lit) e.classList.remove("lit", "at-hand");
    lit = [];
    status.textContent = "";
  };
  const show = (e) => {
    clear();
    // What was read of the same line is not what one looks for.
    const others = tied(e).filter((o) => !(isRead(o) && isRead(e)));
    e.classList.add("at-hand");
    for (const o of others) o.classList.add("lit");
    lit = [e, ...others];
    status.textContent = e.title || others.map((o) => o.title).find((t) => t) || "";
    const there = across(e);
    if (there && !isSource(e)) reveal(there);
  };
  const held = (event) => event.target.closest && event.target.closest("[data-k]");
  document.addEventListener("mouseover", (event) => {
    const e = held(event);
    if (e) show(e);
  });
  document.addEventListener("mouseout", (event) => {
    if (held(event)) clear();
  });
  document.addEventListener("focusin", (event) => {
    const e = held(event);
    if (!e) return;
    show(e);
    const there = across(e);
    if (there && isSource(e)) there.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("focusout", clear);
  document.addEventListener("keydown", (event) => {
    const e = held(event);
    const there = e && event.key === "Enter" && across(e);
    if (!there) return;
    event.preventDefault();
    reveal(there);
    there.focus({ preventScroll: isSource(there) });
  });
})();
