/** What a host can do about something: a button, and what stands there where there is nothing. */

import { isolated } from "../app/i18n.js";
import { html, nothing } from "../app/lib/dom.js";
import { keyOf } from "../pages/host/keys.js";

/**
 * A button for one act, with its key.
 * @param {string} act @param {unknown} label words, or a template of them @param {() => void} run
 * @param {{look?: string, key?: boolean, off?: boolean, name?: string, said?: string}} [how]
 *   `name` is what a screen reader hears if the label alone would not say which thing is meant,
 *   `said` all of it
 */
export function actButton(act, label, run, { look = "", key = true, off = false, name = "", said = "" } = {}) {
  const shortcut = key ? keyOf(act) : "";
  return html`<button
    type="button"
    class="button is-small ${look}"
    data-act=${act}
    aria-disabled=${off ? "true" : nothing}
    aria-keyshortcuts=${shortcut || nothing}
    aria-label=${said || (name ? `${label}: ${isolated(name)}` : nothing)}
    title=${shortcut || nothing}
    @click=${() => off || run()}
  >
    ${label}
  </button>`;
}

/** @param {string} text @param {unknown} [act] the one thing to do about it */
export const empty = (text, act = nothing) =>
  html`<div class="empty">
    <p>${text}</p>
    ${act}
  </div>`;
