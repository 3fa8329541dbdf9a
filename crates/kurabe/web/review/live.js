/** Keeps the report current: asks for the state of the server, tells when something is new, loads the page again. */
(() => {
  "use strict";
  const TEXTS = {
    ja: {
      label: "kurabe の状態",
      review: "分類の点検",
      running: "変更を反映しています…",
      waiting: "別の実行が終わるのを待っています…",
      failed: "変更を反映できませんでした。前の内容を表示しています。",
      updated: "更新しました",
      fresh: "新しい内容があります。",
      reload: "読み込む",
      lost: "サーバーにつながりません。kurabe serve が終了した可能性があります。",
      place: "場所",
      hint: "対処",
    },
    en: {
      label: "State of kurabe",
      review: "Review of codes",
      running: "Taking up changes…",
      waiting: "Waiting for another run to end…",
      failed: "Changes could not be taken up. What was there before is shown.",
      updated: "Updated",
      fresh: "There is something new.",
      reload: "Load it",
      lost: "The server cannot be reached. kurabe serve may have ended.",
      place: "at",
      hint: "hint",
    },
  };
  const SEEN = "kurabe-live-updated";

  const language = () => (document.documentElement.lang === "en" ? "en" : "ja");
  const text = (key) => TEXTS[language()][key];

  const bar = document.createElement("aside");
  bar.id = "kurabe-live";
  const link = document.createElement("a");
  const told = document.createElement("div");
  told.setAttribute("role", "status");
  bar.append(link, told);

  function element(tag, content) {
    const made = document.createElement(tag);
    made.textContent = content;
    return made;
  }

  /** The review page, with the measure that the report shows. */
  function address() {
    const measure = /^#\/measure\/[^/?]+\/([^/?]+)/u.exec(location.hash);
    return measure ? `/review#/${measure[1]}` : "/review";
  }

  /** Shows lines and perhaps a button in the bar. */
  function tell(kind, parts) {
    bar.className = kind;
    bar.setAttribute("aria-label", text("label"));
    link.textContent = text("review");
    link.href = address();
    const shown = parts.map((part) => part.textContent).join("\n");
    if (told.dataset.shown !== shown) {
      told.dataset.shown = shown;
      told.replaceChildren(...parts);
    }
  }

  function problem(found) {
    const one = found[language()];
    const lines = [element("p", text("failed")), element("p", one.message)];
    if (one.place) lines.push(element("p", `${text("place")}: ${one.place}`));
    lines.push(element("p", `${text("hint")}: ${one.hint}`));
    return lines;
  }

  function remember(value) {
    try {
      sessionStorage.setItem(SEEN, value);
    } catch {
      // Without storage the note is missing after the page was loaded again.
    }
  }

  function recall() {
    try {
      const value = sessionStorage.getItem(SEEN);
      sessionStorage.removeItem(SEEN);
      return value;
    } catch {
      return null;
    }
  }

  /** Whether somebody is writing in the page, which loading would undo. */
  function isBusy() {
    const at = document.activeElement;
    return at !== null && /^(INPUT|SELECT|TEXTAREA)$/u.test(at.tagName);
  }

  function reload() {
    remember("1");
    location.reload();
  }

  let first = null;
  let isFresh = recall() === "1";

  function show(state) {
    first ??= state.generation;
    if (state.generation > first) {
      if (!isBusy()) return reload();
      const button = element("button", text("reload"));
      button.type = "button";
      button.addEventListener("click", reload);
      return tell("fresh", [element("p", text("fresh")), button]);
    }
    if (state.phase === "failed" && state.problem) return tell("failed", problem(state.problem));
    if (state.phase === "running" || state.phase === "waiting") return tell("running", [element("p", text(state.phase))]);
    tell("current", isFresh ? [element("p", text("updated"))] : []);
  }

  async function look() {
    try {
      const answer = await fetch("/api/state", { cache: "no-store" });
      show(await answer.json());
    } catch {
      tell("failed", [element("p", text("lost"))]);
    }
    setTimeout(look, document.hidden ? 5000 : 1000);
  }

  if (isFresh) setTimeout(() => { isFresh = false; }, 6000);
  window.addEventListener("hashchange", () => { link.href = address(); });
  document.body.append(bar);
  tell("current", []);
  look();
})();
