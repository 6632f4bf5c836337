/** Meetings in the order in which one looks for them. Pure. */

import { isAsked } from "./waiting.js";

/** @typedef {import("../../app/store.js").Item} Item */

/** @param {Item} meeting */
const ends = ({ starts_at, minutes }) => starts_at + minutes * 60_000;

/** @param {readonly Item[]} meetings @param {number} now */
export function grouped(meetings, now) {
  const by = (/** @type {(one: Item) => number} */ key) => (/** @type {Item} */ a, /** @type {Item} */ b) => key(a) - key(b) || (a.id < b.id ? -1 : 1);
  const asked = meetings.filter((one) => isAsked(one, now)).sort(by(({ until }) => until));
  const mine = meetings.filter(({ state, mine, until }) => state === "proposed" && mine && until > now).sort(by(({ until }) => until));
  const fixed = meetings.filter((one) => one.state === "fixed" && ends(one) > now).sort(by(({ starts_at }) => starts_at));
  const ahead = new Set([...asked, ...mine, ...fixed]);
  const past = meetings.filter((one) => !ahead.has(one)).sort(by((one) => -(one.starts_at || one.times[0])));
  return { asked, fixed, mine, past };
}

/**
 * What of mine a time clashes with: another meeting, which hinders it, or a session that I lead or speak in.
 * @param {{meetings: readonly Item[], slots: readonly Item[], me: string}} mine
 * @param {number} at @param {number} minutes @param {string} besides the meeting that it is about
 */
export function clashOf({ meetings, slots, me }, at, minutes, besides) {
  const meets = (/** @type {number} */ from, /** @type {number} */ to) => at < to && from < at + minutes * 60_000;
  const meeting = meetings.find((one) => one.id !== besides && one.state === "fixed" && meets(one.starts_at, ends(one)));
  const slot = slots.find((one) => (one.hosts.includes(me) || one.speakers.includes(me)) && meets(one.starts_at, one.ends_at));
  return { meeting, slot };
}
