/**
 * What this host has in hand: the open tab, the selected card, filters, whether single keys are on.
 *
 * None of it is anybody else's business, so it is not in the log; what is worth keeping for the next visit is
 * kept in this browser.
 *
 * @typedef {import("./arrivals.js").Wish} Wish
 * @typedef {import("../stage/records.js").QuestionState} QuestionState
 * @typedef {"desk"|"board"|"polls"|"chat"} Tab
 * @typedef {object} View
 * @property {Tab} tab  the panel shown where there is room for one
 * @property {string|null} selected  id of the question that keys act on
 * @property {string|null} more  id of the question whose further choices are open
 * @property {"supporters"|"newest"} sort
 * @property {Wish} wish
 * @property {ReadonlySet<QuestionState>} folded
 * @property {string|null} editing  id of the poll in the editor, "" for a new one, null for none
 * @property {boolean} keys
 */

const KEPT = "webinar.host";

export class Ui {
  /** @param {() => void} changed @param {Storage|null} [storage] */
  constructor(changed, storage = localStore()) {
    this._changed = changed;
    this._storage = storage;
    /** @type {View} */
    this.now = { ...START, ...this._kept() };
  }

  /** @param {Partial<View>} change */
  set(change) {
    this.now = { ...this.now, ...change };
    if ("keys" in change || "sort" in change) this._keep();
    this._changed();
  }

  /** @param {QuestionState} state */
  fold(state) {
    const folded = new Set(this.now.folded);
    if (!folded.delete(state)) folded.add(state);
    this.set({ folded });
  }

  _keep() {
    try {
      this._storage?.setItem(KEPT, JSON.stringify({ keys: this.now.keys, sort: this.now.sort }));
    } catch {
      // forbidden storage costs only the memory across visits
    }
  }

  _kept() {
    try {
      const { keys, sort } = JSON.parse(this._storage?.getItem(KEPT) ?? "{}");
      return { keys: keys !== false, sort: sort === "newest" ? sort : START.sort };
    } catch {
      return {};
    }
  }
}

/** @type {View} */
const START = {
  tab: "desk",
  selected: null,
  more: null,
  sort: "supporters",
  wish: { all: false, search: "", order: "newest" },
  folded: new Set(["answered", "dismissed"]),
  editing: null,
  keys: true,
};

function localStore() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
