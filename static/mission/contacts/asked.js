/** Whom I asked, until when it stands, and how to take it back; and whom I blocked. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { serverNow } from "../../app/lib/now.js";
import { empty } from "../../parts/act.js";
import { disc, headline } from "../../parts/card.js";
import { heldStill, hold } from "../../parts/hold.js";
import { said } from "../../parts/text.js";
import { leads } from "../../pages/mission/address.js";
import { openCard } from "../directory/opening.js";
import { drawBegan } from "./began.js";
import { isOver } from "./standing.js";
import { day } from "./when.js";
import { whoLine } from "./who.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {{id: string, asking?: Item, block?: Item, n?: number, gone?: boolean, over?: boolean}} Row */

/** @param {Room} room @param {HTMLElement} root */
export function askedPart(room, root) {
  const { store } = room;
  render(LAYOUT, root);
  const [note, element, none] = /** @type {HTMLElement[]} */ ([...(root.firstElementChild?.children ?? [])]);
  /** Those that were taken back and stand here while somebody is at the list. @type {Map<string, Row>} */
  const gone = new Map();
  /** @type {string[]|null} */
  let held = null;
  /** @type {Row[]} */
  let rows = [];

  const list = keyedList(element, {
    draw: (/** @type {Row} */ row) => (row.asking ? drawAsking(row, row.asking) : row.block ? drawBlock(row, row.block) : html`<h3>${t("contacts.blocked", { n: row.n ?? 0 })}</h3><p class="soft">${t("contacts.blocked.what")}</p>`),
    row: (li, { asking, block, gone: isGone }) => void (li.className = asking || block ? `request ${isGone ? "is-answered" : ""}` : "request-head"),
  });
  hold(element, (on) => {
    held = on ? rows.map(({ id }) => id) : null;
    if (!on) gone.clear();
    update();
  });

  /** @returns {Row[]} */
  function wanted() {
    const now = serverNow();
    const askings = [...store.all("asking")].sort((one, other) => other.began.at - one.began.at || (one.id < other.id ? -1 : 1));
    const blocks = [...store.all("block")].sort((one, other) => other.at - one.at);
    return [
      ...askings.map((asking) => ({ id: asking.id, asking, over: isOver(asking, now) })),
      ...(blocks.length ? [{ id: "blocked", n: blocks.length }, ...blocks.map((block) => ({ id: `block ${block.id}`, block }))] : []),
    ];
  }

  function update() {
    const all = wanted();
    rows = heldStill(all, held, (id) => all.find((row) => row.id === id) ?? gone.get(id)).rows;
    list.update(rows);
    const any = store.all("asking").length;
    render(any ? html`<p class="soft given">${t("contacts.asked.what")}</p>` : nothing, note);
    render(any ? nothing : empty(t("contacts.asked.none"), toDirectory(room)), none);
  }

  /** @param {Row} row @param {string} command @param {Record<string, string>} args */
  async function take(row, command, args) {
    if (held) gone.set(row.id, { ...row, gone: true });
    try {
      await store.do(command, args).done;
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      gone.delete(row.id);
      room.toast(refusalText(code, text), true);
    }
    update();
  }

  /** @param {Row} row @param {Item} asking */
  function drawAsking(row, asking) {
    const withdraw = () => void take(row, "withdraw_contact", { asking: asking.id });
    const state = row.gone ? t("contacts.withdrawn") : t(row.over ? "contacts.over" : "contacts.until", { date: day(asking.until) });
    return html`${who(room, asking, asking.whom)}
      <div class="request-why">
        ${asking.reason ? html`<q>${said(asking.reason)}</q>` : nothing}
        <p class="soft">${drawBegan(room, asking.began, "their_question")}</p>
      </div>
      <div class="request-acts">
        <span class=${row.over ? "soft" : "asked-until"}>${state}</span>
        ${row.gone ? nothing : html`<button type="button" class="button is-small is-quiet" data-act="withdraw" @click=${withdraw}>${t(row.over ? "contacts.forget" : "contacts.withdraw")}</button>`}
      </div>`;
  }

  /** @param {Row} row @param {Item} block */
  function drawBlock(row, block) {
    const unblock = () => void take(row, "unblock", { person: block.whom });
    return html`${who(room, block, "")}
      <div class="request-why soft">${t("contacts.blocked.since", { date: day(block.at) })}</div>
      <div class="request-acts">
        ${row.gone ? html`<span class="soft">${t("contacts.unblocked")}</span>` : html`<button type="button" class="button is-small" data-act="unblock" @click=${unblock}>${t("contacts.unblock")}</button>`}
      </div>`;
  }

  return { update, redraw: () => (list.redraw(), update()) };
}

/** @param {Room} room @param {Item} card @param {string} whom whose card can be opened, if any */
function who(room, card, whom) {
  return html`<div class="request-who">
    ${disc({ id: whom || card.id, name: headline(card) })}
    <div>
      <p>${whom ? html`<button type="button" class="name-button" data-act="card" @click=${() => openCard(room, whom)}><bdi dir="auto">${headline(card)}</bdi></button>` : html`<strong><bdi dir="auto">${headline(card)}</bdi></strong>`}</p>
      <p class="soft">${whoLine(card)}</p>
    </div>
  </div>`;
}

/** @param {Room} room */
export function toDirectory({ address }) {
  const words = new URLSearchParams({ tab: "participants", match: "1" });
  return html`<p class="row"><a class="button is-primary" href=${address.href(words)} @click=${leads(address, words)}>${t("contacts.to_directory")}</a></p>`;
}

const LAYOUT = html`<div class="requests">
  <div class="requests-note"></div>
  <ul class="request-list"></ul>
  <div class="requests-none"></div>
</div>`;
