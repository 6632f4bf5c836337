/**
 * The views of a page: each draws into a place of its own, when something that it shows has changed, and only
 * while somebody looks at the page.
 *
 * A view is made by `create(page)`: `update` draws what the store says now, `redraw` all of it again (another
 * language), `of` names the kinds of records it shows, and `also` gives what it shows besides. Without `of` it is
 * updated whatever changed. What has not been answered yet, and how the page is linked, concerns every view.
 */

import { attempt } from "./lib/failsafe.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {{update: () => void, redraw?: () => void, of?: readonly string[], also?: () => unknown}} View */
/** @typedef {(name: string) => HTMLElement} Place */

export class Views {
  /** @param {Store} store @param {Place} place */
  constructor(store, place) {
    this._store = store;
    this._place = place;
    /** @type {Map<string, View>} */
    this._views = new Map();
    /** What each was drawn from. @type {Map<View, readonly unknown[]>} */
    this._drawn = new Map();
  }

  /** @param {string} name of its place @param {() => View} create a view that cannot be made leaves the others alone */
  add(name, create) {
    attempt(this._place(name), () => void this._views.set(name, create()));
  }

  /** Draw what shows something that changed. @param {boolean} [whatever] changed, be it no record at all */
  update(whatever = false) {
    if (whatever) this._drawn.clear();
    // what nobody sees is drawn when somebody looks
    if (document.hidden) return;
    for (const [name, view] of this._views) {
      const now = this._shownBy(view);
      if (isSame(this._drawn.get(view), now)) continue;
      // a view that fails is tried again at the next change, whatever that is
      this._drawn.delete(view);
      attempt(this._place(name), () => (view.update(), void this._drawn.set(view, now)));
    }
  }

  /** Everything in other words. */
  redraw() {
    for (const [name, view] of this._views) attempt(this._place(name), () => view.redraw?.());
    this.update(true);
  }

  /** @param {View} view @returns {readonly unknown[]} what the same array of is the same to see */
  _shownBy({ of, also }) {
    const { link, joined, isSlow, position, pending, connection } = this._store;
    const asked = pending.map(({ ref, state }) => `${ref} ${state}`).join();
    const known = [link.state, joined, isSlow, position === null, connection?.blockedAt, asked];
    return of ? [...known, also?.(), ...of.map((kind) => this._store.all(kind))] : [Symbol("always another")];
  }
}

/** @param {readonly unknown[]|undefined} before @param {readonly unknown[]} now */
const isSame = (before, now) => before?.length === now.length && now.every((one, at) => one === before[at]);
