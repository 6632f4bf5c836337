/** Times in a picture that is seen on both sides of an ocean. */

import { formatTime } from "../../app/i18n.js";

/**
 * For a picture that is seen in several time zones: one with its name, and the one everybody knows.
 * @param {number} ms Unix ms
 * @param {string} [zone] this machine's if left out, or empty
 * @returns {string} `17:00 CET (16:00 UTC)`
 */
export function timeEverywhere(ms, zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const zoned = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
  const here = formatTime(ms, zone ? { ...zoned, timeZone: zone } : zoned);
  const everywhere = formatTime(ms, { ...zoned, timeZone: "UTC" });
  // in winter London's clock is that one already
  return here.slice(0, 5) === everywhere.slice(0, 5) ? here : `${here} (${everywhere})`;
}
