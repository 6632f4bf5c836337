/**
 * Who is out, by whom and why, each with the way back.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Standing} Standing
 */

import { html, nothing } from "../../app/lib/dom.js";
import { formatTime, t } from "../../app/i18n.js";
import { named } from "../../parts/card.js";
import { createDialog } from "../../parts/dialog.js";
import { drawReadmit, removed } from "./removed.js";

/** @param {Host} host */
export function createRemoved(host) {
  const dialog = createDialog("removed");

  function draw() {
    if (!dialog.isOpen()) return;
    const out = removed(host);
    if (!out.length) return dialog.close();
    dialog.draw(
      t("host.removed", { n: out.length }),
      html`<ul class="removed-list">
        ${out.map((standing) => drawOut(standing, host))}
      </ul>`,
    );
  }

  return { draw, open: () => (dialog.open(), draw()) };
}

/** @param {Standing} standing @param {Host} host */
function drawOut({ id, removed }, host) {
  const { reason = "", at = 0, name: by = "" } = removed ?? {};
  return html`<li>
    <p>
      ${named(host.store.get("person", id) ?? {})}
      <span class="facts">${t("host.removed.by", { name: by, time: formatTime(at) })}</span>
      ${reason ? html`<q><bdi dir="auto">${reason}</bdi></q>` : nothing}
    </p>
    ${drawReadmit(host, id)}
  </li>`;
}
