/** Asked before what is not easily taken back: the way back first, then what would be done, wherever that is. */

import { html, nothing } from "../app/lib/dom.js";

/**
 * @typedef {{label: string, act?: string, run?: () => void, isCalm?: boolean}} Go without `run` it sends the form it
 *   stands in; calm is what ends nothing
 */

/**
 * @param {{label: string, run: () => void}} back a dialog that is opened has the focus on it, so that an Enter too
 *   many changes nothing
 * @param {Go|null} go null once there is nothing to be done any more
 */
export function sure(back, go) {
  return html`<p class="row sure">
    <button type="button" class="button is-small" data-act="back" @click=${back.run}>${back.label}</button>
    ${go ? drawGo(go) : nothing}
  </p>`;
}

/** @param {Go} go */
const drawGo = ({ label, act, run, isCalm }) =>
  html`<button type=${run ? "button" : "submit"} class="button is-small ${isCalm ? "is-primary" : "is-danger"}" data-act=${act ?? nothing} @click=${run}>
    ${label}
  </button>`;
