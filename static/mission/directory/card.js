/** Somebody's card, opened by their name: whose it is stands in the address, so that Back closes it. */

import { formatTime, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { disc } from "../../parts/card.js";
import { createDialog } from "../../parts/dialog.js";
import { personLink, said } from "../../parts/text.js";
import { cardContact } from "../contacts/card_part.js";
import { languageName } from "../programme/language.js";
import { fetched } from "./fetched.js";
import { NOTHING, toggled } from "./look.js";
import { wordsOf } from "./pager.js";
import { reasons, whereFrom } from "./row.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** Draws the card that the address names. @param {Room} room */
export function create(room) {
  const dialog = createDialog("card");
  const element = /** @type {HTMLDialogElement} */ (document.getElementById("card"));
  let shown = "";
  /** Whose was asked for. */
  let asked = "";
  /** @type {any} */
  let card = null;
  let problem = "";
  const contact = cardContact(room);

  // closed by Escape, its button or a press beside it: the address follows
  element.addEventListener("close", () => {
    if (!shown || room.address.words().get("card") !== shown) return;
    [shown, asked, card] = ["", "", null];
    room.address.go(room.address.with({ card: null }), { replace: true });
  });

  /** @param {string} id */
  async function ask(id) {
    asked = id;
    try {
      const found = await fetched(room, `participants/${encodeURIComponent(id)}`);
      if (id === shown) card = found;
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      if (id === shown) problem = refusalText(code, text);
    }
    if (id === shown) draw();
  }

  function draw() {
    const title = card ? card.name : t(problem ? "card.gone" : "card.loading");
    dialog.draw(title, card ? drawCard(room, card, contact(card)) : html`<p class=${problem ? "" : "soft"}>${problem || t("card.loading")}</p>`);
  }

  return {
    of: ["asking", "request", "lead", "block"],
    also: () => `${room.address.words().get("card")} ${Boolean(room.store.position?.[0])}`,
    update() {
      const id = room.address.words().get("card") ?? "";
      if (id !== shown) {
        [shown, asked, card, problem] = [id, "", null, ""];
        if (!id) return dialog.close();
        draw();
        if (!dialog.isOpen()) dialog.open();
      }
      if (card) draw();
      if (id && id !== asked && room.store.position) void ask(id);
    },
    redraw: () => shown && draw(),
  };
}

/** @param {Room} room @param {any} card @param {unknown} [contact] what one can do about it */
export function drawCard(room, card, contact = nothing) {
  const isMe = card.id === (room.store.you?.id ?? room.identity.you.id);
  return html`<div class="whole-card">
    <p class="person-top">
      ${disc(card)}
      <span class="person-who">
        <span class="soft">${whereFrom(room, card)}</span>
        ${card.here ? html`<span class="here-words"><span class="here-dot"></span>${t("card.here")}</span>` : nothing}
      </span>
    </p>
    ${reasons(card)}
    ${card.pitch ? html`<p class="card-pitch">${said(card.pitch)}</p>` : nothing}
    ${contact}
    ${tags(room, "offers", card)} ${tags(room, "seeks", card)} ${tags(room, "sectors", card)}
    <dl class="card-facts">
      ${fact("languages", card.languages?.length && card.languages.map(languageName).join(", "))}
      ${fact("say_as", card.say_as && said(card.say_as))} ${fact("link", card.link && personLink(card.link))}
      ${fact("email", card.email && said(card.email))} ${fact("phone", card.phone && said(card.phone))}
    </dl>
    ${card.sessions?.length
      ? html`<div><h3 class="card-head">${t("card.sessions")}</h3>
          <ul class="card-sessions">${card.sessions.map(drawSession)}</ul></div>`
      : nothing}
    ${isMe ? meLink(room) : nothing}
  </div>`;
}

/** @param {{title: string, starts_at: number, role: string}} session */
const drawSession = ({ title, starts_at, role }) => html`<li>
  <span>${said(title)}</span>
  <span class="soft dots"><span>${formatTime(starts_at, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}</span><span>${t(`card.role.${role}`)}</span></span>
</li>`;

/** Each leads to all who say the same. @param {Room} room @param {"offers"|"seeks"|"sectors"} what @param {any} card */
function tags({ address }, what, card) {
  if (!card[what]?.length) return nothing;
  return html`<div class="card-tags">
    <h3 class="card-head">${t(`card.${what}`)}</h3>
    <p class="tag-line">
      ${card[what].map((/** @type {string} */ tag) => {
        const words = wordsOf(toggled(NOTHING, what, tag));
        return html`<a class="tag" href=${address.href(words)} @click=${leads(address, words)}>${said(tag)}</a>`;
      })}
    </p>
  </div>`;
}

/** @param {string} name @param {unknown} value */
const fact = (name, value) => (value ? html`<div><dt class="soft">${t(`card.${name}`)}</dt><dd>${value}</dd></div>` : nothing);

/** @param {Room} room */
function meLink({ address }) {
  const words = new URLSearchParams({ tab: "me" });
  return html`<p><a class="button is-small" href=${address.href(words)} @click=${leads(address, words)}>${t("card.edit")}</a></p>`;
}
