/** Polls: all of them on their tab, and the one that matters now above the composer on every other tab. */

import { t } from "../../app/i18n.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { attempt } from "../../app/lib/failsafe.js";
import { keyedList } from "../../app/lib/list.js";
import { choiceText, drawPoll, isOver, isVoted, sentAnswer } from "./poll.js";
import { x } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {{id: string, poll: Item, now: object|null}} Row */

/** What could not be had is asked for again. */
const AGAIN_MS = 5000;
const PLACE = /** @type {Record<string, number>} */ ({ open: 0, revealed: 1, closed: 2 });

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("polls");
  const above = room.place("poll");
  render(
    html`<div class="scroller" tabindex="0" role="group">
      <ol class="polls"></ol>
      <div class="none"></div>
    </div>`,
    root,
  );
  const at = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (find(selector, root));
  const list = keyedList(at(".polls"), {
    draw: (/** @type {Row} */ { poll }) => drawPoll(poll, room, "tab"),
    row: (element, { poll }) => void (element.className = `card poll is-${poll.state}`),
  });
  /** State of each poll as last told, so that only news is told. @type {Map<string, string>} */
  const told = new Map();
  /** Polls put aside, in the state they had. @type {Map<string, string>} */
  const aside = new Map();
  /** Folded or unfolded by hand, apart for while we are next. @type {Map<string, boolean>} */
  const folded = new Map();
  let first = true;
  /** Whether what cards are made of is there; null as long as there is no poll. @type {boolean|null} */
  let dressed = null;

  const come = () =>
    import("./forms/cards.js")
      .then(({ come }) => come(room))
      .then(
        (forms) => ((room.forms = forms), (dressed = true), room.update()),
        () => void setTimeout(come, AGAIN_MS),
      );

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

  const isNext = () => store.all("question").some((question) => question.mine && question.state === "on_deck");

  /** @param {Item} poll */
  const keyOf = ({ id, state }) => `${id} ${state} ${isNext()}`;

  /** Small: folded by hand, or voted, or giving way to the spotlight or to "you're next". @param {Item} poll */
  function isSmall(poll) {
    const crowded = room.isNarrow() && (store.get("stage", "now")?.live || (room.tab() === "questions" && find(".ask-form")));
    return folded.get(keyOf(poll)) ?? (isNext() || (poll.state === "open" && (crowded || isVoted(sentAnswer(poll, room)))));
  }

  /** @param {Item} poll */
  function drawAbove(poll) {
    const small = isSmall(poll);
    const voted = room.forms?.said(poll) || choiceText(poll, sentAnswer(poll, room)?.options ?? []);
    const fold = () => (folded.set(keyOf(poll), !small), room.update());
    const unfolds = poll.state === "open" ? (voted ? "poll.change" : "poll.vote") : "poll.unfold";
    const close = () => (aside.set(poll.id, poll.state), room.update());
    const title = voted
      ? html`<span class="soft">${t("poll.your_vote")}</span> ${said(voted)}`
      : said(poll.question);
    return html`<section class="poll-above" aria-label=${t("poll.now")}>
      <div class="poll-above-head">
        <span class="badge is-new">${t(`poll.badge.${poll.state}`)}</span>
        <span class="poll-above-title">${small ? title : nothing}</span>
        ${poll.state === "open" || isNext()
          ? html`<button
              type="button"
              id="poll-fold"
              class="button is-small is-quiet"
              aria-expanded=${!small}
              @click=${fold}
            >
              ${t(small ? unfolds : "poll.fold")}
            </button>`
          : nothing}
        ${poll.state === "open"
          ? nothing
          : html`<button type="button" class="icon-button" aria-label=${t("poll.close")} @click=${close}>
              ${icon(x)}
            </button>`}
      </div>
      ${small
        ? nothing
        : html`<div class="poll-above-body">${drawPoll(poll, room, "above", () => folded.delete(keyOf(poll)))}</div>`}
    </section>`;
  }

  function none() {
    if (!store.position) return "frame.loading";
    return isOver(room) ? "poll.none_closed" : "poll.none";
  }

  /** Whoever pressed Vote in the card that folds then keeps a place to go on from. @param {Item|undefined} poll */
  function drawAboveWith(poll) {
    const had = above.contains(document.activeElement);
    render(poll ? drawAbove(poll) : nothing, above);
    if (had && !above.contains(document.activeElement)) find("#poll-fold", above)?.focus({ preventScroll: true });
  }

  return {
    of: ["poll", "vote", "said", "result", "question", "stage", "session"],
    update() {
      // what is told to those alone who voted
      const all = store.all("poll").map((poll) => (store.get("result", poll.id) ? { ...poll, ...store.get("result", poll.id) } : poll));
      if (all.length && dressed === null) void ((dressed = false), come());
      const polls = (dressed ? all : []).sort(
        (a, b) => PLACE[a.state] - PLACE[b.state] || (b.opened_at ?? b.at) - (a.opened_at ?? a.at),
      );
      if (polls.length === all.length) tell(polls);
      room.forms?.update();
      const wanted = isOver(room) ? ["revealed"] : ["open", "revealed"];
      const now = polls.find((poll) => aside.get(poll.id) !== poll.state && wanted.includes(poll.state));
      at(".scroller").setAttribute("aria-label", t("tab.polls"));
      // a choice not yet sent is part of what a row shows, so open polls are drawn again each time
      list.update(polls.map((poll) => ({ id: poll.id, poll, now: poll.state === "open" ? {} : null })));
      render(
        polls.length ? nothing : html`<p class="empty">${t(all.length ? "frame.loading" : none())}</p>`,
        at(".none"),
      );
      attempt(above, () => drawAboveWith(room.tab() === "polls" ? undefined : now));
    },
    redraw() {
      room.forms?.redraw();
      list.redraw();
    },
  };
}
