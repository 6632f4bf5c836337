/**
 * The time that is left to vote, as all see it. It is told to who listens a minute before the end and ten seconds
 * before, no more: what speaks every second cannot be listened to.
 *
 * @typedef {{id: string, state: string, closes_at?: number|null}} Closing
 */

import { t } from "../../../app/i18n.js";
import { announce, html, nothing } from "../../../app/lib/dom.js";
import { serverNow } from "../../../app/lib/now.js";
import { clock as face } from "../../../vendor/icons.js";
import { icon } from "../../../parts/icon.js";
import { leftOf, saidBetween } from "./left.js";

const SECOND = 1000;

/** @param {() => readonly any[]} polls */
export function createClosing(polls) {
  /** @type {any} */
  let timer = null;
  let looked = serverNow();

  const running = () => polls().filter(({ state, closes_at }) => state === "open" && closes_at);

  function tick() {
    const now = serverNow();
    for (const { closes_at } of running()) {
      const seconds = saidBetween(closes_at, looked, now);
      if (seconds) announce(t("forms.left_said", { n: seconds }));
    }
    looked = now;
    for (const place of document.querySelectorAll("[data-closes]")) {
      const left = leftOf(Number(/** @type {HTMLElement} */ (place).dataset.closes), now);
      if (place.textContent !== left) place.textContent = left;
    }
    timer = running().length ? setTimeout(tick, SECOND - (now % SECOND)) : null;
  }

  return {
    /** @param {any} poll */
    draw({ state, closes_at }) {
      if (state !== "open" || !closes_at) return nothing;
      return html`<p class="poll-closing">
        ${icon(face)} <span>${t("forms.closes")}</span>
        <span class="poll-clock" role="timer" aria-live="off" data-closes=${closes_at} .textContent=${leftOf(closes_at, serverNow())}></span>
      </p>`;
    },
    /** To be told when polls changed. */
    update() {
      if (timer === null && running().length) {
        looked = serverNow();
        timer = setTimeout(tick, SECOND - (looked % SECOND));
      }
    },
  };
}
