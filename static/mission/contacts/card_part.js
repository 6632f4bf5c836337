/** What a card says of how I stand with somebody, and what I can do about it. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { leads } from "../../pages/mission/address.js";
import { said } from "../../parts/text.js";
import { partingOf } from "../leads/parting.js";
import { readyReasons } from "./ready.js";
import { standing } from "./standing.js";
import { ways } from "./ways.js";
import { day } from "./when.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

/** @param {Room} room */
export function cardContact(room) {
  const { store } = room;
  const parting = partingOf(room);

  /** @param {string} command @param {Record<string, any>} args */
  const run = (command, args) => () =>
    store.do(command, args).done.catch((/** @type {{code: string, text: string}} */ { code, text }) => room.toast(refusalText(code, text), true));

  /** @param {any} card */
  async function ask(card) {
    const { openAsk } = await import("./ask.js");
    await openAsk({ store, target: { where: "directory", whom: card.id }, card, reasons: readyReasons(card), done: () => room.toast(t("contacts.asked.did", { name: card.name })) });
  }

  /** @param {string} act @param {() => unknown} press @param {string} [look] */
  const button = (act, press, look = "") => html`<button type="button" class="button is-small ${look}" data-act=${act} @click=${press}>${t(`contacts.${act}`)}</button>`;

  /** @param {Record<string, string>} said_ @param {string} words */
  function link(said_, words) {
    const to = new URLSearchParams({ tab: "contacts", ...said_ });
    return html`<a class="button is-small" href=${room.address.href(to)} @click=${leads(room.address, to)}>${t(words)}</a>`;
  }

  /** @type {Record<string, (card: any, item: any) => unknown>} */
  const SAYS = {
    open: (card) => html`<p class="row">${button("ask", () => void ask(card), "is-primary")}</p>`,
    over: (card) => html`<p>${t("contacts.over")}</p><p class="row">${button("ask", () => void ask(card), "is-primary")}</p>`,
    asked: (_, item) => html`<p class="asked-until">${t("contacts.until", { date: day(item.until) })}</p>
      <p class="row">${button("withdraw", run("withdraw_contact", { asking: item.id }))}</p>`,
    wants: (card, item) => html`<p>${t("contacts.wants", { name: card.name })} ${item.reason ? html`<q>${said(item.reason)}</q>` : nothing}</p>
      <p class="row">${button("accept", run("accept_contacts", { requests: [item.id] }), "is-primary")} ${link({ show: "requests" }, "contacts.to_requests")}</p>`,
    connected: (card) => html`<p>${t("contacts.connected")}</p><p class="row">${link({ lead: card.id }, "contacts.to_lead")} ${ways(room, { whom: card.id, name: card.name })}</p>`,
    blocked: (card) => html`<p>${t("contacts.is_blocked")}</p><p class="row">${button("unblock", run("unblock", { person: card.id }))}</p>`,
  };

  return (/** @type {any} */ card) => {
    const { what, item } = standing(store, store.you?.id ?? room.identity.you.id, card.id, serverNow());
    if (what === "me" || !store.position?.[0]) return nothing;
    return html`<div class="card-contact" data-standing=${what}>
      ${SAYS[what](card, item)} ${what === "blocked" ? nothing : parting.blockButton({ whom: card.id, name: card.name })}
    </div>`;
  };
}
