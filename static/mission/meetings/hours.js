/**
 * When two could meet: what is free for both as times to begin at, by the day of the one who looks, each with how
 * it is for either of them. Pure but for the zones a browser knows.
 *
 * @typedef {"good"|"early"|"late"|"night"} Mark
 * @typedef {{at: number, mine: Mark, theirs: Mark}} Time  `at` a moment
 * @typedef {{mine: string, theirs: string}} Zones  time zones by their names
 */

import { hour, there } from "../programme/times.js";

const MINUTE_MS = 60_000;

/** How long one may meet, in minutes. */
export const LENGTHS = [15, 20, 30];

/** So far apart are the times one chooses from, in minutes. */
const EACH = 30;

/** Minutes of a day: within the first two nobody minds, within the others somebody is awake. */
const COMFORT = { from: 8 * 60, to: 20 * 60 };
const AWAKE = { from: 6 * 60, to: 23 * 60 };

/** How it is for somebody to meet then. @param {number} at @param {number} minutes @param {string} zone @returns {Mark} */
export function markOf(at, minutes, zone) {
  const from = there(at, zone).minutes;
  const to = from + minutes;
  if (from >= COMFORT.from && to <= COMFORT.to) return "good";
  if (from < AWAKE.from || to > AWAKE.to) return "night";
  return from < COMFORT.from ? "early" : "late";
}

/** @param {Time} time */
export const isGood = ({ mine, theirs }) => mine === "good" && theirs === "good";

/** @param {Time} time */
export const isNight = ({ mine, theirs }) => mine === "night" || theirs === "night";

/**
 * @param {readonly (readonly [number, number])[]} spans free for both, in their order
 * @param {number} minutes how long they meet @param {Zones} zones
 * @returns {Map<string, Time[]>} by day, YYYY-MM-DD
 */
export function timesOf(spans, minutes, zones) {
  /** @type {Map<string, Time[]>} */
  const days = new Map();
  for (const [from, to] of spans) {
    const step = EACH * MINUTE_MS;
    for (let at = Math.ceil(from / step) * step; at + minutes * MINUTE_MS <= to; at += step) {
      const time = { at, mine: markOf(at, minutes, zones.mine), theirs: markOf(at, minutes, zones.theirs) };
      if (isNight(time)) continue;
      const { day } = there(at, zones.mine);
      days.set(day, [...(days.get(day) ?? []), time]);
    }
  }
  return days;
}

/** The day that is shown first: that of what is chosen, else the first of the mission on which there is a time that
 * suits both, else the first of all. @param {Map<string, Time[]>} days @param {string} from @param {string} chosen */
export function firstDay(days, from, chosen) {
  if (days.has(chosen)) return chosen;
  const suits = [...days].filter(([, times]) => times.some(isGood)).map(([day]) => day);
  return suits.find((day) => day >= from) ?? suits[0] ?? [...days.keys()][0] ?? "";
}

/** From when until when it is there. @param {number} at @param {number} minutes @param {string} zone */
export function spanIn(at, minutes, zone) {
  const from = there(at, zone);
  return { day: from.day, from: hour(from.minutes), to: hour(there(at + minutes * MINUTE_MS, zone).minutes) };
}
