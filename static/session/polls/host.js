/**
 * Polls: a draft is a line; one that has been opened shows its steps in their order, and what can be done as a button
 * in the place of the step it leads to, so that nothing moves under the pointer.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {{id: string, poll: Poll, draft: boolean}} Row  `draft`: it was one when somebody began to point at the list
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { attempt, show } from "../../app/lib/failsafe.js";
import { keyedList } from "../../app/lib/list.js";
import { t } from "../../app/i18n.js";
import { heldStill, hold } from "../../parts/hold.js";
import { results } from "./shares.js";
import { actButton, empty } from "../../parts/act.js";
import { said } from "../../parts/text.js";
import { inOrder } from "./order.js";
import { createEditor } from "./editor.js";

/** A step, the states it starts from, and its command. @type {[Poll["state"], Poll["state"][], string][]} */
const STEPS = [
  ["open", ["draft", "closed"], "open_poll"],
  ["closed", ["open", "revealed"], "close_poll"],
  ["revealed", ["closed"], "reveal_poll"],
];

/** @param {Host} host */
export function create(host) {
  const root = host.place("polls");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), { draw: (/** @type {Row} */ row) => drawPoll(row, host), row: markPoll });
  const editor = createEditor(part("editor"), host);
  /** @type {Row[]} */
  let rows = [];
  /** As they were when somebody began to point at them. @type {Map<string, Row>|null} */
  let held = null;
  hold(part("list"), (on) => {
    held = on ? new Map(rows.map((row) => [row.id, row])) : null;
    attempt(part("list"), drawList);
  });

  function drawList() {
    const polls = inOrder(/** @type {readonly Poll[]} */ (host.store.all("poll")));
    const get = (/** @type {string} */ id) => polls.find((poll) => poll.id === id) ?? held?.get(id)?.poll;
    const still = heldStill(polls, held && [...held.keys()], get).rows;
    rows = still.map((poll) => ({ id: poll.id, poll, draft: held?.get(poll.id)?.draft ?? poll.state === "draft" }));
    list.update(rows);
  }

  return {
    of: ["poll"],
    update() {
      const polls = /** @type {readonly Poll[]} */ (host.store.all("poll"));
      show(part("head"), () => drawHead(host));
      attempt(part("editor"), editor.draw);
      drawList();
      show(part("empty"), () => (polls.length || host.ui.now.editing !== null ? nothing : empty(t("host.polls.empty"), drawNew(host))));
    },
    redraw() {
      list.redraw();
      editor.redraw();
    },
  };
}

const SHELL = html`<div data-part="head"></div>
  <div data-part="editor"></div>
  <ul class="polls" data-part="list" data-keys="within"></ul>
  <div data-part="empty"></div>`;

/** @param {HTMLElement} row @param {Row} shown */
function markPoll(row, { poll: { state } }) {
  row.className = `poll is-${state}`;
}

/** @param {Host} host */
function drawHead(host) {
  return html`<div class="panel-head">
    <h2 id="polls-title">${t("host.polls")}</h2>
    ${host.store.all("poll").length || host.ui.now.editing !== null ? drawNew(host) : nothing}
  </div>`;
}

/** @param {Host} host */
const drawNew = (host) => actButton("new_poll", t("host.polls.new"), () => host.ui.set({ editing: "" }), { key: false });

/** @param {Row} row @param {Host} host */
function drawPoll({ poll, draft }, host) {
  const opened = poll.state !== "draft";
  return html`<div class="poll-line">
      <h3 class="poll-question" title=${draft ? poll.question : nothing}>${said(poll.question)}</h3>
      ${draft ? drawDraft(poll, host) : nothing}
    </div>
    ${opened ? drawOpened(poll, host) : nothing}`;
}

/** @param {Poll} poll @param {Host} host */
function drawOpened(poll, host) {
  return html`<p class="facts dots">
      <span>${t(`host.polls.choose_${poll.choose}`)}</span>
      <span class="voters">${t("host.polls.voters", { n: poll.voters })}</span>
    </p>
    <ol class="steps" aria-label=${t("host.polls.steps")}>
      ${STEPS.map(([state, from, command]) => drawStep(poll, state, from, command, host))}
    </ol>
    ${drawCounts(poll)}`;
}

/** @param {Poll} poll @param {Poll["state"]} state @param {Poll["state"][]} from @param {string} command @param {Host} host */
function drawStep(poll, state, from, command, host) {
  const now = poll.state === state;
  const can = from.includes(poll.state);
  const done = STEPS.findIndex(([one]) => one === state) < STEPS.findIndex(([one]) => one === poll.state);
  return html`<li class=${now ? "is-now" : done ? "is-done" : ""}>
    <button
      type="button"
      class="step"
      aria-current=${now ? "step" : nothing}
      aria-disabled=${can ? nothing : "true"}
      @click=${() => can && take(command, poll, host)}
    >
      ${t(now ? `host.polls.is_${state}` : `host.polls.to_${state}`)}
    </button>
  </li>`;
}

/** @param {string} command @param {Poll} poll @param {Host} host */
function take(command, poll, host) {
  const few = command === "reveal_poll" && poll.counted === undefined;
  const said = () => t(few ? "host.did.reveal_few" : `host.did.${command}`, { question: poll.question });
  void host.acts.do(command, { poll: poll.id }, said);
}

/** Opened, its button stays where it was and does no more. @param {Poll} poll @param {Host} host */
function drawDraft(poll, host) {
  const discard = () => void host.acts.do("discard_poll", { poll: poll.id }, () => t("host.did.discard_poll"));
  const off = poll.state !== "draft" || !host.store.get("poll", poll.id);
  const how = { key: false, off, look: "is-quiet", name: poll.question };
  const said = off ? `${t("host.polls.is_open")}: ${poll.question}` : "";
  return html`<div class="acts">
    ${actButton("discard", t("host.polls.discard"), discard, how)}
    ${actButton("edit", t("host.polls.edit"), () => host.ui.set({ editing: poll.id }), how)}
    ${actButton("open_poll", t("host.polls.to_open"), () => take("open_poll", poll, host), { key: false, off, said })}
  </div>`;
}

/** No choice of a single person is told, so counts come by the handful. @param {Poll} poll */
function drawCounts(poll) {
  if (poll.counted === undefined)
    return html`<p class="soft" data-part="later">${t(poll.state === "open" ? "host.polls.later" : "host.polls.few")}</p>`;
  const key = poll.state === "open" ? "host.polls.counted_open" : "host.polls.counted_closed";
  const some = html`<p class="soft" data-part="counted">${t(key, { n: poll.counted })}</p>`;
  return html`${poll.counted === poll.voters ? nothing : some}
    <ul class="counts">
    ${results(poll).map(
      ({ text, votes, percent, most }) =>
        html`<li class=${most ? "is-most" : ""}>
          <span class="count-text">${said(text)}</span>
          <span class="count-votes">${t("poll.share", { n: votes, percent })}</span>
          <span class="count-bar" aria-hidden="true"><span .style=${`width:${percent}%`}></span></span>
        </li>`,
    )}
  </ul>`;
}
