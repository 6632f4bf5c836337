/** A letter as a row: to whom, what for, and how it stands; of one that did not go, why, and in whose words. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { copied } from "../../parts/copied.js";
import { said } from "../../parts/text.js";

/** @typedef {import("./organiser.js").Letter} Letter */

const TONES = { queued: "", claimed: "", sent: "is-good", failed: "is-danger" };
const WHEN = /** @type {const} */ ({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** Letters that bring a link, which can be given by hand. */
const LINKS = ["link", "welcome", "invitation", "reminder", "admitted", "organiser", "leads"];

/**
 * @typedef {{again: (letter: Letter) => void, correct: (letter: Letter) => void, link: (letter: Letter) => void, told: (letter: Letter) => void, decide: () => void}} Acts
 * @param {Letter & {link: string, out: boolean}} letter `link` once it was asked for; `out` whether letters go out from here
 * @param {Acts} acts
 */
export function drawLetter(letter, acts) {
  const { name, organisation, email, about, state } = letter;
  const parts = [organisation, email].filter(Boolean);
  return html`<div class="letter-who">
      <strong>${said(name || t("organise.post.somebody"))}</strong>
      ${byHand(letter) ? html`<span class="badge is-new">${t("organise.post.state.by_hand")}</span>` : html`<span class="badge ${TONES[state]}">${t(`organise.post.state.${state}`)}</span>`}
      <p class="soft dots"><span>${t(`organise.post.about.${about}`)}</span>${parts.map((part) => html`<span>${said(part)}</span>`)}<span>${whenOf(letter)}</span></p>
      ${letter.reason ? drawReason(letter) : nothing}
    </div>
    <div class="acts">
      ${state === "failed" ? html`<button type="button" class="button is-small is-quiet" data-act="correct" aria-label=${t("organise.person.of", { what: t("organise.correct"), name })} @click=${() => acts.correct(letter)}>${t("organise.correct")}</button>` : nothing}
      ${state === "failed" && letter.out ? html`<button type="button" class="button is-small" data-act="again" aria-label=${t("organise.post.again.to", { name })} @click=${() => acts.again(letter)}>${t("organise.post.again")}</button>` : nothing}
      ${byHand(letter) ? drawByHand(letter, acts) : nothing}
    </div>
    ${letter.link ? html`<div class="letter-link">${copied(t("organise.link.of", { name }), letter.link)}<p class="soft">${t("organise.link.warning")}</p></div>` : nothing}`;
}

/** Whether somebody has to say by themselves what it would say. @param {Letter & {out: boolean}} letter */
const byHand = ({ state, out }) => !out && state === "queued";

/** @param {Letter & {link: string}} letter @param {Acts} acts */
function drawByHand(letter, { link, told, decide }) {
  const { name, about } = letter;
  const button = (/** @type {string} */ act, /** @type {() => void} */ run) =>
    html`<button type="button" class="button is-small" data-act=${act} aria-label=${t("organise.person.of", { what: t(`organise.post.${act}`), name })} @click=${run}>${t(`organise.post.${act}`)}</button>`;
  return html`${LINKS.includes(about) && !letter.link ? button("link", () => link(letter)) : nothing}
    ${about === "applied" ? button("decide", decide) : button("told", () => told(letter))}`;
}

/** @param {Letter & {out: boolean}} letter */
function whenOf({ state, done, asked, due, reason, out }) {
  if (state === "sent") return formatTime(done ?? asked, WHEN);
  if (state === "queued" && reason && out) return t("organise.post.next", { when: formatTime(due, WHEN) });
  return t("organise.post.asked", { when: formatTime(asked, WHEN) });
}

/** @param {Letter} letter */
const drawReason = ({ reason, said: words }) => html`<p class="letter-why">
  ${t(`organise.post.reason.${reason}`)} ${words ? html`<q translate="no"><bdi dir="auto">${words}</bdi></q>` : nothing}
</p>`;
