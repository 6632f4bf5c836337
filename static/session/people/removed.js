/**
 * Who is out: at the foot of the desk how many; the list of them is a dialog (removed_list.js).
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Standing} Standing
 */

import { html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { headline } from "../../parts/card.js";
import { actButton } from "../../parts/act.js";

/** @param {Host} host @param {string} id */
export const nameOf = (host, id) => headline(host.store.get("person", id) ?? {});

/** @param {Host} host @param {string} id */
export const isRemoved = (host, id) => Boolean(host.store.get("standing", id)?.removed);

/** Latest first. @param {Host} host */
export function removed(host) {
  const all = /** @type {Standing[]} */ (host.store.all("standing"));
  return all.filter((standing) => standing.removed).sort((a, b) => (b.removed?.at ?? 0) - (a.removed?.at ?? 0));
}

/** @param {Host} host */
export function drawRemoved(host) {
  const n = removed(host).length;
  if (!n) return nothing;
  return html`<p class="removed">
    <button type="button" class="button is-small is-quiet" aria-haspopup="dialog" @click=${() => host.open("removed")}>
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
