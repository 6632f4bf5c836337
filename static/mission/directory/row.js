/** Somebody in the directory: who they are, why they fit, what they offer and seek. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { disc, shortPlace } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { handshake } from "../../vendor/icons.js";
import { opens } from "./opening.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./search.js").Card} Card */

/** Tags of one line. */
const TAGS = 4;

/** @param {Room} room @param {Card} card */
export function drawRow(room, card) {
  const { id, name, here, pitch } = card;
  const words = room.address.with({ card: id });
  const isMe = id === (room.store.you?.id ?? room.identity.you.id);
  return html`<div class="person-top">
      <span class="person-disc">${disc(card)}${here ? html`<span class="here-dot" title=${t("card.here")}></span>` : nothing}</span>
      <div class="person-who">
        <h3><a href=${room.address.href(words)} @click=${opens(room, id)}><bdi dir="auto">${name}</bdi></a>
          ${here ? html`<span class="unseen">${t("card.here")}</span>` : nothing}
          ${isMe ? html`<span class="badge">${t("card.you")}</span>` : nothing}</h3>
        <p class="soft">${whereFrom(room, card)}</p>
      </div>
    </div>
    ${reasons(card)}
    ${pitch ? html`<p class="person-pitch">${said(pitch)}</p>` : nothing}
    ${tagLine("offers", card)} ${tagLine("seeks", card)}`;
}

/** Organisation, kind, place. @param {Room} room @param {Card} card */
export function whereFrom(room, { organisation, kind, country, place }) {
  return html`<span class="dots"
    >${organisation ? html`<span>${organisationLink(room, organisation)}</span>` : nothing}${kind
      ? html`<span>${t(`kind.${kind}`)}</span>`
      : nothing}${place || country
      ? html`<span>${place ? said(place) : nothing} ${shortPlace(country)}</span>`
      : nothing}</span
  >`;
}

/** @param {Room} room @param {string} name */
function organisationLink({ address }, name) {
  const words = new URLSearchParams({ tab: "participants", org: name });
  return html`<a class="org-link" href=${address.href(words)} @click=${leads(address, words)}><bdi dir="auto">${name}</bdi></a>`;
}

/** Why they fit. @param {Card} card */
export function reasons({ reasons = [] }) {
  if (!reasons.length) return nothing;
  return html`<ul class="reasons">
    ${reasons.slice(0, TAGS).map(
      ({ what, tag }) => html`<li>${icon(handshake)}<span>${t(`card.reason.${what}`)} <strong>${said(tag)}</strong></span></li>`,
    )}
  </ul>`;
}

/** @param {"offers"|"seeks"} what @param {Card} card */
function tagLine(what, card) {
  const why = new Set((card.reasons ?? []).filter((one) => one.what === what).map(({ tag }) => tag));
  const tags = card[what].filter((tag) => !why.has(tag));
  if (!tags.length) return nothing;
  const more = tags.length - TAGS;
  return html`<p class="tag-line">
    <span class="soft">${t(`card.${what}`)}</span>
    ${tags.slice(0, TAGS).map((tag) => html`<span class="tag">${said(tag)}</span>`)}${more > 0 ? html`<span class="soft">+${more}</span>` : nothing}
  </p>`;
}
