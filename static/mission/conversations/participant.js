/** Messages: with whom I write, the newest first, and the conversation that is open beside them; on a phone in their place. */

import { formatTime, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { serverNow } from "../../app/lib/now.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { empty } from "../../parts/act.js";
import { disc } from "../../parts/card.js";
import { said } from "../../parts/text.js";
import { conversationPane } from "./pane.js";
import { dayName } from "./rows.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {Item & {isOpen: boolean, day: string, isMine: boolean, isFailed: boolean}} Row */

/** Contacts to whom nothing was written yet: the newest. */
const OTHERS = 12;
const KINDS = ["conversation", "lead", "block", "reported"];

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("messages");
  render(LAYOUT, root);
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`.talks-${name}`, root));
  const list = keyedList(at("list"), {
    draw: (/** @type {any} */ row) => drawRow(room, row),
    row: (li, { isOpen, unread }) => void (li.className = `name-row talk-row ${isOpen ? "is-open" : ""} ${unread ? "is-unread" : ""}`),
  });
  const pane = conversationPane(room, at("pane"));

  function update() {
    if (room.tab() !== "messages") return pane.leave();
    if (!store.position) return render(html`<p class="soft">${t("mission.loading")}</p>`, at("none"));
    const whom = room.address.words().get("with") ?? "";
    const sides = [...store.all("conversation")].sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0));
    const others = othersOf(room, sides);
    const isEmpty = !sides.length && !others.length;
    root.firstElementChild?.classList.toggle("is-at-one", Boolean(whom));
    root.firstElementChild?.classList.toggle("is-empty", isEmpty && !whom);
    render(sides.length ? html`<h2 class="unseen">${t("conversations.list")}</h2>` : nothing, at("title"));
    list.update(sides.map((side) => rowOf(room, side, whom)));
    render(others.length ? drawOthers(room, others) : nothing, at("others"));
    render(isEmpty ? empty(t("conversations.none"), toContacts(room)) : nothing, at("none"));
    pane.show(whom);
  }

  const redraw = () => (list.redraw(), pane.redraw());
  return { of: KINDS, also: () => String(room.address.words()), update, redraw };
}

const LAYOUT = html`<div class="talks-page">
  <div class="talks-side">
    <div class="talks-title"></div>
    <ul class="talks-list"></ul>
    <div class="talks-others"></div>
    <div class="talks-none"></div>
  </div>
  <div class="talks-pane"></div>
</div>`;

/** @param {Room} room @param {Item} side @param {string} whom @returns {Row} */
function rowOf({ store, identity }, side, whom) {
  const isFailed = store.pending.some(({ command, args, state }) => command === "write" && args.to === side.whom && state === "failed");
  const isMine = side.last?.by === (store.you?.id ?? identity.you.id);
  return /** @type {Row} */ ({ ...side, isOpen: side.whom === whom, day: dayName(side.last?.at ?? 0, serverNow()), isMine, isFailed });
}

/** @param {Room} room @param {readonly Item[]} sides */
function othersOf({ store }, sides) {
  const written = new Set(sides.map(({ whom }) => whom));
  return store.all("lead").filter(({ whom }) => !written.has(whom)).sort((a, b) => b.at - a.at).slice(0, OTHERS);
}

/** @param {Room} room @param {Row} row */
function drawRow({ address }, { whom, name, organisation, last, unread, isOpen, day, isMine, isFailed }) {
  const words = new URLSearchParams({ tab: "messages", with: whom });
  return html`${disc({ id: whom, name })}
    <div class="talk-who">
      <h3><a href=${address.href(words)} aria-current=${/** @type {any} */ (isOpen ? "true" : "false")} @click=${leadsTo(address, words)}><bdi dir="auto">${name || t("asker.participant")}</bdi></a></h3>
      <p class="soft talk-last">${isFailed ? html`<span class="talk-failed">${t("conversations.failed")}</span>` : lastWords(last, isMine, organisation)}</p>
    </div>
    <div class="talk-when">
      ${last ? html`<time class="soft" datetime=${new Date(last.at).toISOString()}>${when(last.at, day)}</time>` : nothing}
      ${unread ? html`<span class="count">${unread}<span class="unseen"> ${t("mission.tab.new")}</span></span>` : nothing}
    </div>`;
}

/** @param {any} last @param {boolean} isMine @param {string} organisation */
function lastWords(last, isMine, organisation) {
  if (!last) return html`<bdi dir="auto">${organisation}</bdi>`;
  if (!last.text) return t("conversations.removed");
  return html`${isMine ? `${t("conversations.you")} ` : nothing}${said(last.text.replace(/\s+/g, " "))}`;
}

/** @param {number} at @param {string} day */
function when(at, day) {
  if (day === "today") return formatTime(at);
  return day === "yesterday" ? t("conversations.yesterday") : formatTime(at, { day: "numeric", month: "short" });
}

/** @param {Room} room @param {readonly Item[]} others */
function drawOthers({ address }, others) {
  return html`<h2 class="talks-head">${t("conversations.others")}</h2>
    <ul class="talks-contacts">
      ${others.map(({ whom, name, organisation }) => {
        const words = new URLSearchParams({ tab: "messages", with: whom });
        return html`<li class="name-row talk-row">
          ${disc({ id: whom, name })}
          <div class="talk-who">
            <h3><a href=${address.href(words)} @click=${leadsTo(address, words)}><bdi dir="auto">${name}</bdi></a></h3>
            ${organisation ? html`<p class="soft"><bdi dir="auto">${organisation}</bdi></p>` : nothing}
          </div>
        </li>`;
      })}
    </ul>`;
}

/** @param {Room} room */
function toContacts({ address }) {
  const words = new URLSearchParams({ tab: "participants" });
  return html`<p class="row"><a class="button" href=${address.href(words)} @click=${leadsTo(address, words)}>${t("conversations.find")}</a></p>`;
}
