/** A letter as a row: to whom, what for, and how it stands; of one that did not go, why, and in whose words. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { said } from "../../parts/text.js";

/** @typedef {import("./organiser.js").Letter} Letter */

const TONES = { queued: "", claimed: "", sent: "is-good", failed: "is-danger" };
const WHEN = /** @type {const} */ ({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @param {Letter} letter @param {(letter: Letter) => void} again */
export function drawLetter(letter, again) {
  const { name, organisation, email, about, state } = letter;
  const parts = [organisation, email].filter(Boolean);
  return html`<div class="letter-who">
      <strong>${said(name || t("organise.post.somebody"))}</strong>
      <span class="badge ${TONES[state]}">${t(`organise.post.state.${state}`)}</span>
      <p class="soft dots"><span>${t(`organise.post.about.${about}`)}</span>${parts.map((part) => html`<span>${said(part)}</span>`)}<span>${whenOf(letter)}</span></p>
      ${letter.reason ? drawReason(letter) : nothing}
    </div>
    <div class="acts">
      ${state === "failed" ? html`<button type="button" class="button is-small" data-act="again" aria-label=${t("organise.post.again.to", { name })} @click=${() => again(letter)}>${t("organise.post.again")}</button>` : nothing}
    </div>`;
}

/** @param {Letter} letter */
function whenOf({ state, done, asked, due, reason }) {
  if (state === "sent") return formatTime(done ?? asked, WHEN);
  if (state === "queued" && reason) return t("organise.post.next", { when: formatTime(due, WHEN) });
  return t("organise.post.asked", { when: formatTime(asked, WHEN) });
}

/** @param {Letter} letter */
const drawReason = ({ reason, said: words }) => html`<p class="letter-why">
  ${t(`organise.post.reason.${reason}`)} ${words ? html`<q translate="no"><bdi dir="auto">${words}</bdi></q>` : nothing}
</p>`;
