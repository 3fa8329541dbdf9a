/** Shared indicators: the list, and one indicator with its values, peers and the national survey. */
(() => {
  "use strict";
  const { kurabe } = window;
  const { h, t } = kurabe;

  /** So many rows fit into a chart. */
  const ROWS = 40;

  /** The page of all indicators. */
  async function indicators() {
    const all = kurabe.data.index.indicators;
    const host = h("div");
    const results = kurabe.resultLine();
    const columns = [
      { key: "name", name: t("column.indicator"), isHead: true, class: "wide", value: (row) => kurabe.inLanguage(row), render: (row) => kurabe.indicatorLink(row.id, kurabe.inLanguage(row)) },
      { key: "unit", name: t("column.unit"), class: "short", value: (row) => row.unit },
      { key: "direction", name: t("column.wanted"), class: "short", value: (row) => row.direction, render: (row) => kurabe.label("direction", row.direction) },
      { key: "municipalities", name: t("column.municipalities"), class: "num", missing: "not_stated", value: (row) => row.municipalities || null },
      { key: "values", name: t("column.values"), class: "num", missing: "not_stated", value: (row) => row.values || null },
      { key: "national", name: t("column.national"), class: "short", missing: "not_applicable", value: (row) => row.national?.indicator ?? null, render: (row) => (row.national ? t("yes.national") : null) },
    ];
    function draw(values) {
      const word = kurabe.fold(values.q);
      const rows = all.filter((row) => kurabe.fold(row.ja + " " + row.en + " " + row.id).includes(word) && (!values.with || row.values > 0));
      results.say(t("results.indicators", { n: rows.length, all: all.length }));
      kurabe.fill(host, kurabe.paged({ caption: t("indicators.title"), rows, columns, size: 50, first: { key: "municipalities", down: true }, empty: t("none.indicators") }));
    }
    const form = kurabe.filters([{ key: "q", kind: "text", label: t("filter.text") }, { key: "with", kind: "check", label: t("filter.with") }], draw);
    draw(form.values);
    return { title: t("indicators.title"), node: [h("p", { class: "lead" }, t("indicators.lead")), form.node, results.node, host] };
  }

  function facts(data) {
    const known = kurabe.data.index.indicators.find((one) => one.id === data.id);
    const caveat = kurabe.inLanguage(data, "caveat");
    return [
      h("p", { class: "lead" }, kurabe.inLanguage(data, "definition")),
      caveat ? h("p", { class: "notice" }, h("b", null, t("caveat")), " ", caveat) : null,
      data.is_level_comparable === false ? h("p", { class: "notice" }, h("b", null, t("caveat")), " ", t("indicator.no_levels")) : null,
      kurabe.facts([
        [t("column.unit"), data.unit],
        [t("column.wanted"), kurabe.label("direction", data.direction)],
        [t("fact.cadence"), kurabe.label("cadence", data.cadence)],
        [t("fact.denominator"), kurabe.inLanguage(data, "denominator")],
        [t("column.national"), data.national ? data.national.survey + " " + data.national.indicator : kurabe.missing("not_applicable")],
        [t("column.municipalities"), known?.municipalities || kurabe.missing()],
        [t("fact.id"), h("code", null, data.id)],
      ]),
    ];
  }

  /** The figure that stands for a row of the chart. */
  const named = (row) => kurabe.town(row.municipality).name + (row.name ? "　" + row.name : "");

  /** Values as dots, one row per series; role by shape and colour, the median of peers as a line. */
  function dots(Plot, width, rows, unit, median) {
    const series = [...new Set(rows.map((row) => row.series))];
    const at = (row) => series.indexOf(row.series);
    const chars = Math.max(10, Math.floor((width - 20) / 13));
    const clip = (words) => (words.length > chars ? words.slice(0, chars - 1) + "…" : words);
    const heads = series.map((one, i) => ({ i, name: clip(named(rows.find((row) => row.series === one))) }));
    const roles = ["baseline", "actual", "target"];
    const line = median === null ? [] : [Plot.ruleX([median], { stroke: kurabe.colour("ahead"), strokeDasharray: "4 3" }), Plot.text([median], { x: (d) => d, frameAnchor: "top", dy: -12, text: () => t("median.of", { value: kurabe.quantity(median, unit) }), fill: kurabe.colour("ink") })];
    return Plot.plot({
      className: "kurabe-plot", width, height: 70 + series.length * 50, marginTop: 28, marginLeft: 12, marginRight: 24, marginBottom: 36,
      x: { label: unit, labelArrow: "none", grid: true, nice: true, zero: true, tickFormat: (n) => kurabe.number(n), ticks: Math.max(2, Math.floor(width / 130)) }, y: { axis: null, type: "point", padding: 0.7, domain: heads.map((one) => one.i) },
      symbol: { domain: roles, range: ["circle", "square", "triangle"] },
      color: { domain: roles, range: roles.map((role) => kurabe.colour("role-" + role)) },
      marks: [
        Plot.ruleY(heads, { y: "i", stroke: kurabe.colour("line"), dy: 8 }),
        ...line,
        Plot.dot(rows, { x: "value", y: at, symbol: "role", fill: "role", r: 5.5, dy: 8, stroke: "white", title: (row) => kurabe.label("role", row.role) + " " + kurabe.quantity(row.value, unit) + " " + (kurabe.fiscalYear(row.fy) ?? "") }),
        Plot.text(rows.filter((row) => row.fy !== null), { x: "value", y: at, dy: 21, fontSize: 10, text: (row) => kurabe.shortYear(row.fy), fill: kurabe.colour("soft") }),
        Plot.text(heads, { y: "i", frameAnchor: "left", textAnchor: "start", dy: -10, text: "name", fill: kurabe.colour("ink") }),
      ],
    });
  }

  /** Signs of the roles. */
  function roleLegend() {
    const item = (role) => h("li", null, h("span", { class: "role role-" + role, "aria-hidden": "true" }), " ", kurabe.label("role", role));
    return h("div", { class: "legend" }, h("ul", null, ["baseline", "actual", "target"].map(item)));
  }

  function valueColumns(unit) {
    return [
      { key: "municipality", name: t("column.municipality"), isHead: true, class: "short", value: (row) => row.municipality, render: (row) => kurabe.townLink(row.municipality) },
      { key: "name", name: t("column.what"), class: "text", value: (row) => row.name, render: (row) => (row.measure ? kurabe.measureLink(row.municipality, row.measure, row.name ?? row.measure) : row.name) },
      { key: "role", name: t("column.role.value"), class: "short date", value: (row) => row.role, render: (row) => kurabe.label("role", row.role) },
      { key: "fy", name: t("column.year"), class: "short date", value: (row) => row.fy, render: (row) => kurabe.fiscalYear(row.fy) },
      { key: "value", name: t("column.value"), class: "num", value: (row) => row.value, render: (row) => [h("b", null, kurabe.quantity(row.value, unit)), row.raw ? h("span", { class: "under" }, t("as.printed", { text: row.raw })) : null] },
      { key: "per_capita", name: t("column.per_capita"), class: "num", missing: "not_applicable", value: (row) => row.per_capita, render: (row) => kurabe.number(row.per_capita, 5) },
      { key: "achievement", name: t("column.achievement"), class: "num", missing: "not_applicable", value: (row) => row.achievement, render: (row) => kurabe.percent(row.achievement) },
      { name: t("caveat"), class: "text", missing: "not_applicable", render: (row) => kurabe.inLanguage(row, "caveat") },
      { name: t("column.place"), class: "short path", render: (row) => [kurabe.document(row.document).title, h("span", { class: "under" }, row.locator)] },
    ];
  }

  /** The median of peers that goes with a choice of year and role. */
  function medianOf(benchmarks, values) {
    const found = benchmarks.filter((row) => row.peer_group === values.peer && (!values.role || row.role === values.role) && (!values.fy || String(row.fy) === values.fy) && row.peer_median !== null);
    const medians = [...new Set(found.map((row) => row.peer_median))];
    return medians.length === 1 ? medians[0] : null;
  }

  /** Values: filters, chart and table. */
  function valuesPart(data) {
    const all = kurabe.records(data.values).map((row) => ({ ...row, series: row.municipality + " " + (row.name ?? row.source_id) }));
    const benchmarks = kurabe.records(data.benchmarks);
    const any = ["", t("any")];
    const peers = kurabe.peerOptions(benchmarks);
    const usual = peers.find(([id]) => id === "nation")?.[0] ?? peers[0]?.[0] ?? "";
    const host = h("div");
    const results = kurabe.resultLine();
    function draw(values) {
      const peer = kurabe.data.index.peers.find((one) => one.id === values.peer);
      const members = peer?.members ? new Set(peer.members) : null;
      const rows = all.filter((row) => (!values.role || row.role === values.role) && (!values.fy || String(row.fy) === values.fy) && (!members || members.has(row.municipality)) && !row.is_repeat);
      results.say(t("results.values", { n: kurabe.number(rows.length), towns: new Set(rows.map((row) => row.municipality)).size }));
      const series = new Set([...new Set(rows.map((row) => row.series))].slice(0, ROWS));
      const shown = rows.filter((row) => series.has(row.series));
      const median = medianOf(benchmarks, values);
      const drawn = data.is_level_comparable === false && new Set(shown.map((row) => row.municipality)).size > 1 ? t("indicator.no_levels") : null;
      const table = () => kurabe.paged({ caption: t("part.values"), rows, columns: valueColumns(data.unit), size: 50, empty: t("none.values") });
      const note = [drawn, rows.length > shown.length ? t("chart.first", { n: series.size, all: new Set(rows.map((row) => row.series)).size }) : null].filter(Boolean).join(" ");
      kurabe.fill(host, shown.length ? [roleLegend(), kurabe.chart({ title: t("indicator.chart"), note: note || null, draw: (Plot, width) => dots(Plot, width, shown, data.unit, median), table })] : null, table());
    }
    const fields = [
      { key: "peer", kind: "select", label: t("filter.peer"), usual, options: peers.length ? peers : [any] },
      { key: "role", kind: "select", label: t("column.role.value"), options: [any, ...["baseline", "actual", "target"].map((role) => [role, kurabe.label("role", role)])] },
      { key: "fy", kind: "select", label: t("column.year"), options: [any, ...[...new Set(all.map((row) => row.fy).filter((year) => year !== null))].sort().map((year) => [String(year), kurabe.fiscalYear(year)])] },
    ];
    const form = kurabe.filters(fields, draw);
    draw(form.values);
    return kurabe.section("values", t("part.values"), form.node, results.node, host);
  }

  /** Ranks among peers. */
  function benchmarksPart(data) {
    const rows = kurabe.records(data.benchmarks).map((row) => ({ ...row, group: kurabe.peerName(row.peer_group) }));
    const columns = [
      { key: "group", name: t("filter.peer"), class: "medium", value: (row) => row.group },
      { key: "fy", name: t("column.year"), class: "short date", value: (row) => row.fy, render: (row) => kurabe.fiscalYear(row.fy) },
      { key: "role", name: t("column.role.value"), class: "short date", value: (row) => row.role, render: (row) => kurabe.label("role", row.role) },
      { key: "municipality", name: t("column.municipality"), isHead: true, class: "short", value: (row) => row.municipality, render: (row) => kurabe.townLink(row.municipality) },
      { key: "value", name: t("column.value"), class: "num", value: (row) => row.value, render: (row) => kurabe.quantity(row.value, data.unit) },
      { key: "rank", name: t("column.rank"), class: "num", missing: "not_applicable", value: (row) => row.rank, render: (row) => (row.rank === null ? null : t("rank.of", { rank: row.rank, n: row.n })) },
      { key: "median", name: t("column.median"), class: "num", missing: "not_applicable", value: (row) => row.peer_median, render: (row) => kurabe.quantity(row.peer_median, data.unit) },
      { key: "gap", name: t("column.gap"), class: "num", missing: "not_applicable", value: (row) => row.gap_to_best, render: (row) => kurabe.quantity(row.gap_to_best, data.unit === "%" ? t("points") : data.unit) },
    ];
    return kurabe.section("peers", t("part.peers"), h("p", { class: "hint" }, t("peers.hint")), kurabe.paged({ caption: t("part.peers"), rows, columns, size: 30, empty: t("none.peers") }));
  }

  function surveyPart(data) {
    const rows = kurabe.records(data.survey);
    if (!data.national) return kurabe.section("survey", t("part.survey"), h("p", { class: "none" }, kurabe.missing("not_applicable"), " ", t("none.national")));
    const columns = [
      { key: "municipality", name: t("column.municipality"), isHead: true, class: "short", value: (row) => row.municipality, render: (row) => kurabe.townLink(row.municipality) },
      { key: "survey", name: t("column.survey"), class: "short", value: (row) => [row.label, row.year].filter(Boolean).join(" ") },
      { key: "value", name: t("column.value"), class: "num", value: (row) => row.value, render: kurabe.surveyValue },
      { key: "raw", name: t("column.raw"), class: "short", value: (row) => row.raw },
    ];
    return kurabe.section("survey", t("part.survey"), kurabe.paged({ caption: t("part.survey"), rows, columns, size: 30, empty: t("none.surveys") }));
  }

  /** The page of one indicator. */
  async function indicator([id]) {
    if (!kurabe.data.index.indicators.some((one) => one.id === id)) return kurabe.notFound();
    const data = await kurabe.load("indicator", id);
    const differences = kurabe.records(data.differences);
    return {
      title: kurabe.inLanguage(data),
      trail: [[t("nav.indicators"), kurabe.route.link(["indicators"])]],
      node: [facts(data), valuesPart(data), benchmarksPart(data), surveyPart(data), differences.length ? kurabe.section("differences", t("part.differences"), kurabe.paged({ caption: t("part.differences"), rows: differences, columns: kurabe.differenceColumns(true), size: 30 })) : null],
    };
  }

  Object.assign(kurabe.pages, { indicators, indicator });
})();
