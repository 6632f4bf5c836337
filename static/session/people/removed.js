/**
 * Who is out: at the foot of the desk how many, in a dialog who, by whom and why, each with the way back.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Standing} Standing
 */

import { html, nothing } from "../../app/lib/dom.js";
import { formatTime, t } from "../../app/i18n.js";
import { headline, named } from "../../parts/card.js";
import { createDialog } from "../../parts/dialog.js";
import { actButton } from "../../parts/act.js";

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

/** @param {Host} host @param {string} id */
export const nameOf = (host, id) => headline(host.store.get("person", id) ?? {});

/** @param {Host} host @param {string} id */
export const isRemoved = (host, id) => Boolean(host.store.get("standing", id)?.removed);

/** Latest first. @param {Host} host */
function removed(host) {
  const all = /** @type {Standing[]} */ (host.store.all("standing"));
  return all.filter((standing) => standing.removed).sort((a, b) => (b.removed?.at ?? 0) - (a.removed?.at ?? 0));
}

/** @param {Host} host */
export function drawRemoved(host) {
  const n = removed(host).length;
  if (!n) return nothing;
  return html`<p class="removed">
    <button type="button" class="button is-small is-quiet" aria-haspopup="dialog" @click=${host.removed.open}>
      ${t("host.removed", { n })}
    </button>
  </p>`;
}

/** @param {Host} host @param {string} id */
export function drawReadmit(host, id) {
  const name = nameOf(host, id);
  const readmit = () => void host.acts.do("readmit", { person: id }, () => t("host.did.readmit", { name }));
  return actButton("readmit", t("host.readmit"), readmit, { key: false, name });
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
