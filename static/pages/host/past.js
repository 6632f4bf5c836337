/** The last acts, each with its time and its way back. */

import { html } from "../../app/lib/dom.js";
import { formatTime, t } from "../../app/i18n.js";
import { createDialog } from "../../parts/dialog.js";
import { empty } from "../../parts/act.js";

/** @typedef {import("../../pages/host.js").Host} Host */

/** @param {Host} host */
export function createPast(host) {
  const dialog = createDialog("past");

  function draw() {
    if (!dialog.isOpen()) return;
    const acts = host.acts.undoable();
    dialog.draw(t("host.past"), acts.length ? html`<ol class="past">${acts.map(drawAct)}</ol>` : empty(t("host.undo.nothing")));
  }

  /** @param {import("./done.js").Done} act @param {number} at */
  const drawAct = (act, at) =>
    html`<li>
      <time>${formatTime(act.at)}</time> <bdi dir="auto">${act.said()}</bdi>
      <button
        type="button"
        class="button is-small"
        aria-label=${`${t("host.undo")}: ${act.said()}`}
        aria-keyshortcuts=${at ? "" : "u"}
        title=${at ? "" : "u"}
        @click=${() => void host.acts.takeBack(act)}
      >
        ${t("host.undo")}
      </button>
    </li>`;

  return { draw, open: () => (dialog.open(), draw()) };
}
