/**
 * Who waved back, told to hosts in passing: a line beside the desk's title, where it moves nothing.
 *
 * @typedef {import("../records.js").Person} Person
 */

import { html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { icon } from "../../parts/icon.js";
import { hand } from "../../vendor/icons.js";
import { WAVE_TOLD_MS, wavers } from "./arrivals.js";

/** Draws them, and calls `again` once the oldest is told no more. @param {() => void} again */
export function createWaves(again) {
  /** @type {any} */
  let timer = null;

  return (/** @type {readonly Person[]} */ people) => {
    const now = serverNow();
    const [last, ...more] = wavers(people, now);
    clearTimeout(timer);
    if (!last) return nothing;
    timer = setTimeout(again, ((more.at(-1) ?? last).greeted?.waved ?? now) + WAVE_TOLD_MS - now + 50);
    const told = t(more.length ? "host.waved.more" : "host.waved.by", { name: last.name, n: more.length });
    return html`<span class="waves" title=${told}>${icon(hand)} <bdi>${told}</bdi></span>`;
  };
}
