/**
 * What this host has in hand: the open tab, the selected card, filters, how things are sorted.
 *
 * None of it is anybody else's business, so it is not in the log; what is worth keeping for the next visit is
 * kept in this browser.
 *
 * @typedef {import("../../session/people/arrivals.js").Wish} Wish
 * @typedef {import("../../session/records.js").QuestionState} QuestionState
 * @typedef {"desk"|"board"|"polls"|"chat"} Tab
 * @typedef {object} View
 * @property {Tab} tab  the panel shown where there is room for one
 * @property {string|null} selected  id of the question that keys act on
 * @property {string|null} more  id of the question whose further choices are open
 * @property {import("../../session/questions/groups.js").Sort} sort
 * @property {Wish} wish
 * @property {ReadonlySet<QuestionState>} folded
 * @property {string|null} editing  id of the poll in the editor, "" for a new one, null for none
 */

import { pref, setPref } from "../../app/lib/prefs.js";

export class Ui {
  /** @param {() => void} changed */
  constructor(changed) {
    this._changed = changed;
    /** @type {View} */
    this.now = { ...START, sort: /** @type {const} */ (["newest", "fair"]).find((sort) => sort === pref("board", "")) ?? START.sort };
  }

  /** @param {Partial<View>} change */
  set(change) {
    this.now = { ...this.now, ...change };
    if (change.sort) setPref("board", change.sort);
    this._changed();
  }

  /** @param {QuestionState} state */
  fold(state) {
    const folded = new Set(this.now.folded);
    if (!folded.delete(state)) folded.add(state);
    this.set({ folded });
  }
}

/** @type {View} */
const START = {
  tab: "desk",
  selected: null,
  more: null,
  sort: "supporters",
  wish: { all: false, search: "", order: "offered" },
  folded: new Set(["held", "answered", "dismissed"]),
  editing: null,
};
