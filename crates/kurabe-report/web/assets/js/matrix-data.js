/** Rows of the overview, made from the index and the matrix of one edition. Work grows with documents, never with measures. */
(() => {
  "use strict";
  const { kurabe } = window;

  /** Cells of the matrix by document. @returns {Map<number, Map<number, object>>} */
  function cellsByDocument(matrix) {
    const at = Object.fromEntries(matrix.columns.map((name, i) => [name, i]));
    const first = at.s0;
    const cells = new Map();
    for (const row of matrix.rows) {
      const cell = { measures: row[at.measures], stages: row.slice(first, first + 9), withKpi: row[at.with_kpi], withTarget: row[at.with_numeric_target], achievement: row[at.achievement_mean] ?? null };
      if (!cells.has(row[at.document])) cells.set(row[at.document], new Map());
      cells.get(row[at.document]).set(row[at.category], cell);
    }
    return cells;
  }

  /** Measures of a document without repeats. */
  const own = (document) => document.measures - (document.repeats ?? 0);

  /** The document that stands for a municipality: the newest one that lists measures. */
  function newest(documents) {
    const listing = documents.filter((one) => one.measures > 0);
    const among = listing.length ? listing : documents;
    return among.reduce((best, one) => ((one.as_of ?? "") > (best.as_of ?? "") ? one : best), among[0]);
  }

  /**
   * One row per municipality (its newest document that lists measures), or per document.
   * @param {object} matrix data of `matrix/<edition>`
   * @param {boolean} perDocument
   * @returns {{town: object, document: object|null, others: number, cells: Map<number, object>}[]}
   */
  function matrixRows(matrix, perDocument) {
    const cells = cellsByDocument(matrix);
    const documents = kurabe.documents().map((one, at) => ({ ...one, at, measures: own(one) }));
    const byTown = kurabe.groupBy(documents, (one) => one.municipality);
    const row = (town, document, others) => ({ town, document, others, cells: (document && cells.get(document.at)) || new Map() });
    const rows = [];
    for (const town of kurabe.towns()) {
      const own = byTown.get(town.code) ?? [];
      if (!own.length) rows.push(row(town, null, 0));
      else if (perDocument) own.forEach((one) => rows.push(row(town, one, own.length - 1)));
      else rows.push(row(town, newest(own), own.length - 1));
    }
    return rows;
  }

  /** Keeps rows of towns that the filters let through. @param {object[]} items @param {(item: object) => object} townOf */
  function filterTowns(items, values, townOf) {
    const words = kurabe.fold(values.q).split(/\s+/u).filter(Boolean);
    const peer = kurabe.data.index.peers.find((one) => one.id === values.peer);
    const members = peer?.members ? new Set(peer.members) : null;
    return items.filter((item) => {
      const town = townOf(item);
      if (values.pref && town.prefecture !== values.pref) return false;
      if (values.kind && town.kind !== values.kind) return false;
      if (members && !members.has(town.code)) return false;
      return words.every((word) => town.folded.includes(word));
    });
  }

  const kept = {};

  /** Municipalities of the index as objects, with `folded` words to search in. */
  function towns() {
    kept.towns ??= kurabe.records(kurabe.data.index.municipalities).map((town) => ({ ...town, folded: kurabe.fold(town.name + " " + town.prefecture + " " + town.code) }));
    return kept.towns;
  }

  /** Documents of the index as objects. */
  function documents() {
    kept.documents ??= kurabe.records(kurabe.data.index.documents);
    return kept.documents;
  }

  /** The municipality of a code; one that only carries its code where the index does not know it. */
  function town(code) {
    kept.byCode ??= new Map(towns().map((one) => [one.code, one]));
    return kept.byCode.get(code) ?? { code, name: code, prefecture: "", kind: null, folded: code };
  }

  /** The document of an id, or one that only carries its id. */
  function documentOf(id) {
    kept.byId ??= new Map(documents().map((one) => [one.id, one]));
    return kept.byId.get(id) ?? { id, title: id };
  }

  /** Prefectures in the order of the codes, as options of a field. */
  function prefectures() {
    kept.prefectures ??= [...new Set(towns().map((one) => one.prefecture))].map((name) => [name, name]);
    return kept.prefectures;
  }

  Object.assign(kurabe, { matrixRows, filterTowns, towns, documents, town, document: documentOf, prefectures });
})();
