/**
 * Filters that somebody keeps under a name, in this browser: whoever wants one elsewhere sends its address along.
 *
 * @typedef {{name: string, address: string}} Saved
 */

import { pref, setPref } from "../../app/lib/prefs.js";

export const SAVED_MAX = 12;
export const NAME_MAX = 40;

/** @param {{store: {topic: string}, identity: {you: {id: string}}}} page */
export function savedOf({ store, identity }) {
  const key = `saved/${store.topic}/${identity.you.id}`;

  /** @returns {Saved[]} */
  function all() {
    try {
      const kept = JSON.parse(pref(key, "[]"));
      return Array.isArray(kept) ? kept.filter(isSaved).slice(0, SAVED_MAX) : [];
    } catch {
      return [];
    }
  }

  return {
    all,
    /** In the place of one of the same name or the same filters; the newest first. @param {string} name @param {string} address */
    keep(name, address) {
      const short = name.trim().slice(0, NAME_MAX);
      const others = all().filter((one) => one.name !== short && one.address !== address);
      setPref(key, JSON.stringify([{ name: short, address }, ...others].slice(0, SAVED_MAX)));
    },
    /** @param {string} address */
    drop: (address) => setPref(key, JSON.stringify(all().filter((one) => one.address !== address))),
  };
}

/** @param {any} one @returns {one is Saved} */
const isSaved = (one) => typeof one?.name === "string" && typeof one?.address === "string";
