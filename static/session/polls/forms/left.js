/** The time that is left to vote: pure. */

import { clock } from "../../../app/lib/time.js";

/** So many seconds before the end it is said. */
const SAID_AT = [60, 10];
const SECOND = 1000;

/** @param {number} closes_at @param {number} now */
export const leftOf = (closes_at, now) => (closes_at > now ? clock(closes_at - now) : "0:00");

/**
 * How many seconds to say between two looks at the clock, if any. Pure.
 * @param {number} closes_at @param {number} before @param {number} now
 */
export const saidBetween = (closes_at, before, now) =>
  SAID_AT.find((seconds) => closes_at - before > seconds * SECOND && closes_at - now <= seconds * SECOND && closes_at > now);
