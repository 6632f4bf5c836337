/** Questions: our own with where they stand, everybody else's with our support. */

import { formatTime, refusalText, t } from "../../app/i18n.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { pref, setPref } from "../../app/lib/prefs.js";
import { createAskForm } from "./ask.js";
import { othersQuestions, ownQuestions, supportOf } from "./order.js";
import { fromWhere, named } from "../../parts/card.js";
import { words } from "../../parts/text.js";
import { SHOWN } from "./shown.js";
import { chevronUp } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {{id: string, question: Item, supported: boolean, supporters: number, closed: boolean, more: number}} Row */
/** @typedef {{id: string, question: Item, closed: boolean}} Own */

const WAITING = ["held", "open", "queued", "on_deck"];

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("questions");
  render(
    html`<div class="scroller" tabindex="0" role="group">
      <div class="ask"></div>
      <div class="own-head"></div>
      <ol class="own"></ol>
      <div class="sort"></div>
      <ol class="others"></ol>
      <div class="none"></div>
    </div>`,
    root,
  );
  const at = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (find(selector, root));
  const ask = createAskForm(room, at(".ask"));
  const own = keyedList(at(".own"), {
    draw: (/** @type {Own} */ row) => drawOwn(row, room),
    row: (element, row) => void (element.className = `question is-own is-${stateOf(row)}`),
  });
  const others = keyedList(at(".others"), {
    draw: (/** @type {Row} */ row) => drawOther(row, room),
    row: (element, row) => void (element.className = `question is-${stateOf(row)}`),
  });

  const redraw = () => (own.redraw(), others.redraw());

  /** @param {string} sort */
  function chooseSort(sort) {
    setPref("sort", sort);
    room.update();
  }

  return {
    of: ["question", "support", "session", "together", "merged"],
    update() {
      if (store.all("answer")[0]) void import("../answers/below.js").then(({ follow }) => follow(room, redraw), () => {});
      if (room.tab() !== "questions") return;
      const questions = store.all("question");
      const closed = store.get("session", room.identity.session)?.state === "closed";
      const mine = ownQuestions(questions);
      const sort = pref("sort", "top") === "new" ? "new" : "top";
      const rest = othersQuestions(questions, sort).map((question) => ({
        id: question.id,
        question,
        closed,
        more: store.get("together", question.id)?.askers.length ?? 0,
        ...supportOf(question, store.all("support"), store.pending),
      }));
      at(".scroller").setAttribute("aria-label", t("tab.questions"));
      ask.update(closed);
      render(mine.length ? html`<h2 class="list-head">${t("question.own")}</h2>` : nothing, at(".own-head"));
      own.update(mine.map((question) => ({ id: question.id, question: store.get("merged", question.id) ? { ...question, state: "merged" } : question, closed })));
      render(rest.length ? drawSort(sort, rest.length, chooseSort) : nothing, at(".sort"));
      others.update(rest);
      render(
        questions.length
          ? nothing
          : html`<p class="empty">
              ${t(closed ? "question.none_closed" : store.position ? "question.none" : "frame.loading")}
            </p>`,
        at(".none"),
      );
    },
    redraw,
  };
}

/**
 * @param {string} sort
 * @param {number} count
 * @param {(sort: string) => void} choose
 */
function drawSort(sort, count, choose) {
  return html`<div class="list-bar">
    <h2 class="list-head">${t("question.others", { n: count })}</h2>
    <div class="row" role="group" aria-label=${t("question.sort")}>
      ${["top", "new"].map(
        (name) =>
          html`<button type="button" class="button is-small" aria-pressed=${sort === name} @click=${() => choose(name)}>
            ${t(`question.sort.${name}`)}
          </button>`,
      )}
    </div>
  </div>`;
}

/**
 * @param {Row} row
 * @param {Room} room
 */
function drawOther(row, room) {
  const { question, supported, supporters } = row;
  const canSupport = ["open", "queued", "on_deck"].includes(question.state) && !row.closed;
  return html`<div class="question-main">
      <p class="question-text">${words(question.text)}</p>
      <p class="question-by">
        ${named(question.asker)}
        ${question.asker.name
          ? fromWhere(question.asker)
          : nothing}
        ${row.more ? t("question.together", { n: row.more }) : nothing}
        ${stateBadge({ ...question, state: stateOf(row) })}
      </p>
      ${room.written?.(question.id)}
    </div>
    <button
      type="button"
      class="support"
      aria-pressed=${supported}
      aria-disabled=${!canSupport}
      title=${t(canSupport ? "question.support" : "question.supporters")}
      aria-label=${t("question.support_label", { n: supporters, text: question.text.slice(0, 80) })}
      @click=${() => canSupport && toggle(row, room)}
    >
      ${icon(chevronUp)}<span aria-hidden="true" class="support-count">${supporters}</span>
    </button>`;
}

/**
 * @param {Row} row
 * @param {Room} room
 */
function toggle({ question, supported }, { store, toast }) {
  const { done } = store.do(supported ? "unsupport" : "support", { question: question.id });
  done.catch((why) => toast(refusalText(why.code, why.text), true));
}

/** @param {Item} question */
function stateBadge({ state, answered_at: answeredAt }) {
  if (state === "live") return html`<span class="badge is-live">${t("question.badge.live")}</span>`;
  if (state === "queued") return html`<span class="badge">${t("question.badge.queued")}</span>`;
  if (state === "answered")
    return html`<span class="badge is-good"
      >${t("question.badge.answered", { time: answeredAt ? formatTime(answeredAt) : "" })}</span
    >`;
  return nothing;
}

/** Where it stands; what waited when the session closed, waits no more. @param {{question: Item, closed: boolean}} row */
const stateOf = ({ question: { state }, closed }) => (closed && (state === "live" || WAITING.includes(state)) ? "over" : state);

/**
 * Our own question: what it says, where it stands, and what we may still do.
 * @param {Own} row
 * @param {Room} room
 */
function drawOwn(row, room) {
  const { question } = row;
  const waiting = WAITING.includes(question.state);
  return html`<div class="question-main">
    <p class="question-text">${words(question.text)}</p>
    <p class="question-status"><span class="step" aria-hidden="true"></span>${statusLine({ ...question, state: stateOf(row) })}</p>
    ${question.state === "dismissed" && question.reason
      ? html`<p class="soft">${t("question.reason")} <bdi dir="auto">${question.reason}</bdi></p>`
      : nothing}
    <div class="row question-own">
      ${waiting && question.state !== "on_deck"
        ? shownSelect(question, room)
        : html`<span class="soft">${t(`shown.${question.shown}`)}</span>`}
      ${question.supporters
        ? html`<span class="soft">${icon(chevronUp)} ${t("question.supporters_n", { n: question.supporters })}</span>`
        : nothing}
      ${waiting
        ? html`<button type="button" class="button is-small is-quiet" @click=${() => withdraw(question, room)}>
            ${t("question.withdraw")}
          </button>`
        : nothing}
    </div>
    ${room.written?.(question.id)}
  </div>`;
}

/** @param {Item} question */
function statusLine({ state, answered_at: answeredAt }) {
  return t(`question.status.${state}`, { time: answeredAt ? formatTime(answeredAt) : "" });
}

/**
 * @param {Item} question
 * @param {Room} room
 */
function shownSelect(question, room) {
  const change = (/** @type {Event} */ event) =>
    showAs(room, question.id, /** @type {HTMLSelectElement} */ (event.target).value);
  return html`<label class="shown-select"
    ><span class="soft">${t("shown.short")}</span>
    <select @change=${change}>
      ${SHOWN.map(
        (shown) => html`<option value=${shown} .selected=${shown === question.shown}>${t(`shown.${shown}`)}</option>`,
      )}
    </select>
  </label>`;
}

/**
 * @param {Room} room
 * @param {string} question
 * @param {string} shown
 */
export function showAs({ store, toast }, question, shown) {
  const { done } = store.do("show_as", { question, shown });
  done.then(
    () => announce(t("shown.saved")),
    (why) => toast(refusalText(why.code, why.text), true),
  );
}

/**
 * @param {Item} question
 * @param {Room} room
 */
function withdraw(question, { store, toast }) {
  const { done } = store.do("withdraw", { question: question.id });
  done.then(
    () => toast(t("question.withdrawn")),
    (why) => toast(refusalText(why.code, why.text), true),
  );
}
