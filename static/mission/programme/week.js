/**
 * A week as one participant has it: what is on now, what comes next, day by day in their own time zone. Pure but
 * for the zones a browser knows.
 *
 * @typedef {{id: string, title: string, starts_at: number, ends_at: number, abstract: string, language: string,
 *   hosts: string[], speakers: string[], doors: "waiting"|"open"|"closed"}} Slot
 * @typedef {Slot & {isMine: boolean, isMarked: boolean, isOff: boolean, role: "host"|"speaker"|"attendee",
 *   state: "over"|"on"|"soon"|"later"}} Shown
 * @typedef {{name: string, zone: string}} Place
 */

import { ahead, at, there } from "./times.js";

/** Doors open a little before. */
export const EARLY_MS = 10 * 60_000;

/** What is open goes on a while when its time is up, but is not on for ever where nobody closed it. */
export const LATE_MS = 30 * 60_000;

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * @param {{slots: readonly any[], cancelled: readonly any[], marked: readonly string[], me: string, now: number,
 *   zone: string}} given
 */
export function weekOf({ slots, cancelled, marked, me, now, zone }) {
  const mine = new Set(marked);
  const shown = (/** @type {boolean} */ isOff) => (/** @type {Slot} */ slot) => shownOf(slot, { isOff, mine, me, now });
  // what is off is told to who meant to be there
  const all = [...slots.map(shown(false)), ...cancelled.map(shown(true)).filter(({ isMine }) => isMine)];
  all.sort((a, b) => a.starts_at - b.starts_at || (a.id < b.id ? -1 : 1));
  const on = all.filter(({ state, isOff }) => state === "on" && !isOff);
  const ahead = all.filter(({ state, isOff }) => (state === "soon" || state === "later") && !isOff);
  return { on, next: ahead[0] ?? null, days: byDay(all, zone), mine: all.filter(({ isMine }) => isMine) };
}

/** @param {Slot} slot @param {{isOff: boolean, mine: Set<string>, me: string, now: number}} how @returns {Shown} */
function shownOf(slot, { isOff, mine, me, now }) {
  const role = slot.hosts.includes(me) ? "host" : slot.speakers.includes(me) ? "speaker" : "attendee";
  const isMarked = mine.has(slot.id);
  return { ...slot, isOff, isMarked, isMine: isMarked || role !== "attendee", role, state: stateOf(isOff ? { ...slot, doors: "waiting" } : slot, now) };
}

/** As planned, unless its hosts opened or closed it otherwise. @param {Slot} slot @param {number} now @returns {Shown["state"]} */
export function stateOf({ starts_at, ends_at, doors }, now) {
  const isOpen = doors === "open";
  if (doors === "closed" || now >= ends_at + (isOpen ? LATE_MS : 0)) return "over";
  if (isOpen || now >= starts_at) return "on";
  return now >= starts_at - EARLY_MS ? "soon" : "later";
}

/** @param {Shown[]} slots in their order @param {string} zone @returns {{day: string, slots: Shown[]}[]} */
function byDay(slots, zone) {
  /** @type {Map<string, Shown[]>} */
  const days = new Map();
  for (const slot of slots) {
    const { day } = there(slot.starts_at, zone);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...days].map(([day, slots]) => ({ day, slots }));
}

/**
 * When it is elsewhere: at each place whose clocks are not ours at that moment, once for each hour.
 * @param {Slot} slot @param {readonly Place[]} places @param {string} zone ours
 * @returns {{from: string, days: number, names: string[]}[]}
 */
export function elsewhere({ starts_at, ends_at }, places, zone) {
  /** @type {Map<number, {from: string, days: number, names: string[]}>} */
  const found = new Map();
  const ours = ahead(starts_at, zone);
  for (const { name, zone: theirs } of places) {
    const offset = ahead(starts_at, theirs);
    if (offset === ours) continue;
    const { from, days } = at({ from: starts_at, to: ends_at }, theirs, zone);
    const known = found.get(offset) ?? { from, days, names: [] };
    found.set(offset, { ...known, names: [...known.names, name] });
  }
  return [...found.values()];
}

/** Its days and places in a line. @param {any} mission @param {string} lang */
export function daysText({ starts_on, ends_on, places }, lang) {
  const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const range = days.formatRange(new Date(starts_on), new Date(ends_on));
  return [range, ...places.map((/** @type {Place} */ { name }) => name)].join(" · ");
}
