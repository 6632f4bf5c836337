/** Time that passes on screen. */

import { serverNow } from "./now.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * @param {number} ms
 * @returns {{days: number, hours: number, minutes: number, seconds: number, over: boolean}}
 */
export function partsOf(ms) {
  const left = Math.max(0, Math.ceil(ms / SECOND) * SECOND);
  return {
    days: Math.floor(left / DAY),
    hours: Math.floor((left % DAY) / HOUR),
    minutes: Math.floor((left % HOUR) / MINUTE),
    seconds: Math.floor((left % MINUTE) / SECOND),
    over: ms <= 0,
  };
}

/**
 * @param {number} ms
 * @returns {string} `1:05:09`, `5:09`
 */
export function clock(ms) {
  const { days, hours, minutes, seconds } = partsOf(ms);
  const whole = days * 24 + hours;
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return whole ? `${whole}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/**
 * Call `tick` now and on every full second until `until`, and once after it.
 * @param {number} until Unix ms
 * @param {(left: number) => void} tick
 * @returns {() => void} stop
 */
export function countdown(until, tick) {
  /** @type {any} */
  let timer;
  const step = () => {
    const left = until - serverNow();
    tick(Math.max(0, left));
    if (left > 0) timer = setTimeout(step, left % SECOND || SECOND);
  };
  step();
  return () => clearTimeout(timer);
}
