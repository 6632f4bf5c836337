/** Polls: all of them on their tab, and the one that matters now above the composer on every other tab. */

import { t } from "../../i18n.js";
import { announce, find, html, nothing, render } from "../../lib/dom.js";
import { keyedList } from "../../lib/list.js";
import { drawPoll } from "./poll.js";

/** @typedef {import("../shell.js").Room} Room */
/** @typedef {import("../../store.js").Item} Item */
/** @typedef {{id: string, poll: Item, now: object|null}} Row */

const PLACE = /** @type {Record<string, number>} */ ({ open: 0, revealed: 1, closed: 2 });

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("polls");
  const above = room.place("poll");
  render(html`<div class="scroller" tabindex="0" role="group"><ol class="polls"></ol><div class="none"></div></div>`, root);
  const at = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (find(selector, root));
  const list = keyedList(at(".polls"), { draw: (/** @type {Row} */ { poll }) => drawPoll(poll, room, "tab"), row: (element, { poll }) => void (element.className = `card poll is-${poll.state}`) });
  /** State of each poll as last told, so that only news is told. @type {Map<string, string>} */
  const told = new Map();
  /** Polls put aside, in the state they had. @type {Map<string, string>} */
  const aside = new Map();
  let folded = "";
  let first = true;

  /** @param {readonly Item[]} polls */
  function tell(polls) {
    for (const poll of polls) {
      if (told.get(poll.id) === poll.state) continue;
      // results that were there before we came are on the tab, not in the way
      if (first && poll.state !== "open") aside.set(poll.id, poll.state);
      else if (poll.state !== "closed") announce(t(`poll.announce_${poll.state}`, { question: poll.question }));
      if (poll.state === "closed") aside.set(poll.id, "closed");
      told.set(poll.id, poll.state);
    }
    if (store.joined) first = false;
  }

  /** @param {Item} poll */
  function drawAbove(poll) {
    const small = folded === poll.id;
    const fold = () => ((folded = small ? "" : poll.id), room.update());
    const close = () => (aside.set(poll.id, poll.state), room.update());
    return html`<section class="poll-above ${small ? "is-folded" : ""}" aria-label=${t("poll.now")}>
      <div class="poll-above-head">
        <span class="badge is-live">${t(`poll.badge.${poll.state}`)}</span>
        ${small ? html`<span class="poll-above-title"><bdi dir="auto">${poll.question}</bdi></span>` : html`<span class="poll-above-title"></span>`}
        ${poll.state === "open"
          ? html`<button type="button" class="button is-small is-quiet" aria-expanded=${!small} @click=${fold}>${t(small ? "poll.unfold" : "poll.fold")}</button>`
          : html`<button type="button" class="icon-button" aria-label=${t("poll.close")} @click=${close}><span aria-hidden="true">×</span></button>`}
      </div>
      ${small ? nothing : html`<div class="poll-above-body" data-poll=${poll.id}>${drawPoll(poll, room, "above")}</div>`}
    </section>`;
  }

  return {
    update() {
      const polls = [...store.all("poll")].sort((a, b) => PLACE[a.state] - PLACE[b.state] || (b.opened_at ?? b.at) - (a.opened_at ?? a.at));
      tell(polls);
      const now = polls.find((poll) => aside.get(poll.id) !== poll.state && poll.state !== "closed");
      at(".scroller").setAttribute("aria-label", t("tab.polls"));
      // a choice not yet sent is part of what a row shows, so open polls are drawn again each time
      list.update(polls.map((poll) => ({ id: poll.id, poll, now: poll.state === "open" ? {} : null })));
      render(polls.length ? nothing : html`<p class="empty">${t(store.joined ? "poll.none" : "frame.loading")}</p>`, at(".none"));
      render(now && room.tab() !== "polls" ? drawAbove(now) : nothing, above);
    },
    redraw() {
      list.redraw();
    },
  };
}
