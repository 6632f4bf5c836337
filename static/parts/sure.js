/** Asked before what is not easily taken back: the way back first, then what would be done, wherever that is. */

import { html, nothing } from "../app/lib/dom.js";

/**
 * @param {{label: string, run: () => void}} back a dialog that is opened has the focus on it, so that an Enter too
 *   many changes nothing
 * @param {{label: string, act?: string, run?: () => void}|null} go without `run` it sends the form it stands in; null
 *   once there is nothing to be done any more
 */
export function sure(back, go) {
  return html`<p class="row sure">
    <button type="button" class="button is-small" data-act="back" @click=${back.run}>${back.label}</button>
    ${go ? drawGo(go) : nothing}
  </p>`;
}

/** @param {{label: string, act?: string, run?: () => void}} go */
const drawGo = ({ label, act, run }) =>
  html`<button type=${run ? "button" : "submit"} class="button is-small is-danger" data-act=${act ?? nothing} @click=${run}>
    ${label}
  </button>`;
