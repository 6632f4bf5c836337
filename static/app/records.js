/**
 * The records of one topic, merged from what the server says: `put` replaces, `gone` removes, `reset` forgets.
 *
 * Of messages it holds the newest, and older ones once they were asked for (`older.js`).
 */

import { byPlace, Older } from "./older.js";
import { shaped } from "./shapes.js";

/** @typedef {import("./store.js").Item} Item */
/** @typedef {import("./connection.js").Frame} Frame */

export class Records {
  /** @param {import("./older.js").Ask} ask @param {() => void} changed */
  constructor(ask, changed) {
    this._changed = changed;
    /** @type {Map<string, Map<string, Item>>} */
    this._records = new Map();
    /** @type {Map<string, Item[]>} */
    this._lists = new Map();
    /** Of kinds of which not all are told at once. */
    this._older = new Map([["message", new Older("message", ask)]]);
  }

  /** @param {string} kind @param {string|null|undefined} id @returns {Item|undefined} */
  get(kind, id) {
    return id == null ? undefined : this._records.get(kind)?.get(id);
  }

  /**
   * @param {string} kind
   * @returns {readonly Item[]} in the order of arrival, messages as they were said; the same array until
   *   something of that kind changes
   */
  all(kind) {
    let list = this._lists.get(kind);
    if (!list) {
      list = [...(this._records.get(kind)?.values() ?? [])];
      if (this._older.has(kind)) list.sort(/** @type {(a: any, b: any) => number} */ (byPlace));
      this._lists.set(kind, list);
    }
    return list;
  }

  /** Whether there are older ones, and what becomes of asking for them. @param {string} kind @returns {Older} */
  older(kind) {
    return /** @type {Older} */ (this._older.get(kind));
  }

  /** @param {string} kind */
  async fetchOlder(kind) {
    const asked = this.older(kind).fetch(this.all(kind)[0]?.id, (records) => this._put(kind, records));
    this._changed();
    await asked;
    this._changed();
  }

  /** @param {string} kind @param {number} count */
  keepNewest(kind, count) {
    const all = this.all(kind);
    const older = this.older(kind);
    if (all.length <= count || older.state === "loading") return;
    const kept = all.slice(-count);
    older.begin(/** @type {any} */ (kept[0]));
    this._records.set(kind, new Map(kept.map((item) => [item.id, item])));
    this._lists.delete(kind);
  }

  /** @param {Frame} frame */
  merge(frame) {
    if (frame.reset) this._forget();
    for (const [kind, id] of Object.entries(frame.older ?? {})) this._begin(kind, id, frame.put?.[kind]?.[id]);
    for (const [kind, records] of Object.entries(frame.put ?? {})) this._hear(kind, Object.entries(records ?? {}));
    for (const [kind, ids] of Object.entries(frame.gone ?? {})) {
      this._hear(
        kind,
        ids.map((/** @type {string} */ id) => [id, GONE]),
      );
    }
  }

  /** @param {string} kind @param {[string, unknown][]} records by id */
  _hear(kind, records) {
    for (const [id, fields] of records) this._older.get(kind)?.heard(id, fields);
    this._put(kind, records);
  }

  /** @param {string} kind @param {Iterable<[string, unknown]>} records by id */
  _put(kind, records) {
    const known = this._records.get(kind) ?? new Map();
    const older = this._older.get(kind);
    for (const [id, fields] of records) {
      const item = Object.freeze({ ...shaped(kind, fields), id });
      if (fields === GONE) known.delete(id);
      else if (!older || older.holds(/** @type {any} */ (item))) known.set(id, item);
    }
    this._records.set(kind, known);
    this._lists.delete(kind);
  }

  /** There is more of a kind than what we are told now. @param {string} kind @param {string} id @param {unknown} oldest */
  _begin(kind, id, oldest) {
    this._records.delete(kind);
    this._lists.delete(kind);
    this._older.get(kind)?.begin(/** @type {any} */ ({ ...shaped(kind, oldest), id }));
  }

  _forget() {
    for (const older of this._older.values()) older.begin(null);
    this._records.clear();
    this._lists.clear();
  }
}

const GONE = Symbol("gone");
