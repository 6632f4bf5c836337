/**
 * Messages that wait before the others see them: in the host's chat, above the line to write in.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Held} Held
 */

import { html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { actButton } from "../../parts/act.js";
import { named } from "../../parts/card.js";

/** The chat stays readable; those behind follow when these are seen to. */
const SHOWN_MAX = 3;

/** @param {Host} host */
export function drawHeld(host) {
  const all = /** @type {Held[]} */ ([...host.store.all("held")]).sort((a, b) => a.at - b.at);
  if (!all.length) return nothing;
  const more = all.length - SHOWN_MAX;
  return html`<div class="held" role="group" aria-label=${t("host.held")}>
    ${all.slice(0, SHOWN_MAX).map((one) => drawOne(one, host))}
    ${more > 0 ? html`<p class="facts">${t("host.held.more", { n: more })}</p>` : nothing}
  </div>`;
}

/** @param {Held} held @param {Host} host */
function drawOne(held, host) {
  const { id, name, by, role, text, why } = held;
  const act = (/** @type {"let_go"|"stop"} */ what) =>
    actButton(what, t(`host.act.${what}`), () => void host.acts.do(what, { held: id }, () => t(`host.did.${what}`, { name })), {
      key: false,
      name,
      look: what === "stop" ? "is-quiet" : "",
    });
  return html`<div class="held-one">
    <p class="message-head">${named({ id: by, name, role })} <span class="facts">${t(`host.held.${why}`)}</span></p>
    <p class="message-text" dir="auto" translate="yes" .textContent=${text}></p>
    <div class="acts">${act("stop")}${act("let_go")}</div>
  </div>`;
}
