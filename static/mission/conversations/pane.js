/** The conversation that is open: who it is with, what was written, and what one writes. */

import { t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { disc } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { chevronLeft } from "../../vendor/icons.js";
import { fetched } from "../directory/fetched.js";
import { partingOf } from "../leads/parting.js";
import { proposeIcon } from "../meetings/button.js";
import { composer } from "./composer.js";
import { createMessages } from "./messages.js";
import { reportOf } from "./report.js";
import { Talk } from "./talk.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** `from`: what was written after it was not read when it was opened (Unix ms).
 * @typedef {{whom: string, talk: Talk, from: number|null}} Open */

const COUNT = 50;

/** @param {Room} room @param {HTMLElement} root */
export function conversationPane(room, root) {
  const { store } = room;
  const parting = partingOf(room);
  render(LAYOUT, root);
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`.talk-${name}`, root));
  const report = reportOf(room);
  const list = createMessages(room, at("messages"), report);
  const box = composer(room, at("composer"), () => list.toBottom());
  /** @type {Open|null} */
  let open = null;
  /** Up to when we said that we read it. */
  let said = 0;
  let wasJoined = store.joined;

  /** @param {string} whom */
  function begin(whom) {
    const ask = (/** @type {string|undefined} */ before) =>
      fetched(room, `conversations/${encodeURIComponent(whom)}`, new URLSearchParams({ count: String(COUNT), ...(before && { before }) }));
    const side = sideOf(whom);
    open = { whom, talk: new Talk(ask, room.update), from: side?.unread ? side.read : null };
    said = 0;
    list.begin();
  }

  const sideOf = (/** @type {string} */ whom) => store.all("conversation").find((side) => side.whom === whom);

  /** What stands on the screen is read. @param {Item} side @param {Talk} talk */
  function noteRead(side, talk) {
    const newest = talk.messages.at(-1);
    if (!side.unread || !newest || !list.isAtBottom() || said >= newest.at) return;
    said = newest.at;
    store.do("read_conversation", { whom: side.whom, until: newest.at }).done.catch(() => void (said = 0));
  }

  /** @param {string} whom */
  function show(whom) {
    if (!whom) return leave();
    if (open?.whom !== whom) begin(whom);
    const { talk, from } = /** @type {Open} */ (open);
    const side = sideOf(whom);
    const lead = store.all("lead").find((one) => one.whom === whom);
    const isBlocked = store.all("block").some((one) => one.whom === whom);
    if (store.joined && !wasJoined) talk.retry();
    wasJoined = store.joined;
    if (side) talk.hear(/** @type {any} */ (side.last), side.edition);
    root.classList.remove("is-none");
    render(head(room, whom, side ?? lead, parting, isBlocked, Boolean(lead)), at("head"));
    const isOpen = Boolean(side ?? lead) && !isBlocked;
    list.update(whom, talk, from, { side: Boolean(side), isOpen });
    if (isOpen) box.show(whom);
    else box.hide(t(isBlocked ? "conversations.blocked" : "conversations.stranger"));
    if (side) noteRead(side, talk);
  }

  function leave() {
    open = null;
    root.classList.add("is-none");
    render(html`<p class="soft">${t("conversations.choose")}</p>`, at("head"));
    list.clear();
    box.hide("");
  }

  return { show, leave, redraw: () => list.redraw() };
}

const LAYOUT = html`<div class="talk-head"></div>
  <div class="talk-messages"></div>
  <div class="talk-composer"></div>`;

/** @param {Room} room @param {string} whom @param {Item|undefined} known @param {ReturnType<typeof partingOf>} parting
 * @param {boolean} isBlocked @param {boolean} isLead */
function head(room, whom, known, parting, isBlocked, isLead) {
  const { address } = room;
  const back = new URLSearchParams({ tab: "messages" });
  const card = address.with({ card: whom });
  const name = known?.name || t("asker.participant");
  return html`<a class="icon-button talk-back" href=${address.href(back)} aria-label=${t("conversations.back")} title=${t("conversations.back")} @click=${leadsTo(address, back)}>${icon(chevronLeft)}</a>
    ${disc({ id: whom, name })}
    <div class="talk-with">
      <h2><a href=${address.href(card)} @click=${leadsTo(address, card)}><bdi dir="auto">${name}</bdi></a></h2>
      ${known?.organisation ? html`<p class="soft"><bdi dir="auto">${known.organisation}</bdi></p>` : nothing}
    </div>
    ${isLead && !isBlocked ? proposeIcon(room, { whom, name }) : nothing} ${known && !isBlocked ? [parting.blockButton({ whom, name }), parting.moreButton({ whom, name })] : nothing}`;
}
