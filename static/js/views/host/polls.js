/**
 * Polls: prepare one, and its four steps as four plain buttons in their order.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Poll} Poll
 */

import { find, html, nothing, render } from "../../lib/dom.js";
import { attempt, show } from "../../lib/failsafe.js";
import { keyedList } from "../../lib/list.js";
import { formatNumber, t } from "../../i18n.js";
import { results } from "../stage/shares.js";
import { actButton, empty } from "./parts.js";
import { inOrder } from "./poll_order.js";
import { createEditor } from "./poll_editor.js";

/** A step, the states it starts from, and its command. @type {[Poll["state"], Poll["state"][], string][]} */
const STEPS = [
  ["draft", [], ""],
  ["open", ["draft", "closed"], "open_poll"],
  ["closed", ["open", "revealed"], "close_poll"],
  ["revealed", ["closed"], "reveal_poll"],
];

/** @param {HTMLElement} root @param {Host} host */
export function pollsPanel(root, host) {
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), { draw: (/** @type {Poll} */ poll) => drawPoll(poll, host), row: markPoll });
  const editor = createEditor(part("editor"), host);
  return {
    draw() {
      const polls = /** @type {readonly Poll[]} */ (host.store.all("poll"));
      show(part("head"), () => drawHead(host));
      attempt(part("editor"), editor.draw);
      list.update(inOrder(polls));
      show(part("empty"), () => (polls.length || host.ui.now.editing !== null ? nothing : empty(t("host.polls.empty"))));
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

/** @param {HTMLElement} row @param {Poll} poll */
function markPoll(row, { state }) {
  row.className = `poll is-${state}`;
}

/** @param {Host} host */
function drawHead(host) {
  const start = () => host.ui.set({ editing: "" });
  return html`<div class="panel-head">
    <h2 id="polls-title">${t("host.polls")}</h2>
    <button type="button" class="button is-small" @click=${start}>${t("host.polls.new")}</button>
  </div>`;
}

/** @param {Poll} poll @param {Host} host */
function drawPoll(poll, host) {
  return html`<h3 class="poll-question">${poll.question}</h3>
    <p class="facts">
      <span>${t(`host.polls.choose_${poll.choose}`)}</span>
      ${poll.state === "draft" ? nothing : html`<span class="voters">${t("host.polls.voters", { n: poll.voters })}</span>`}
    </p>
    <ol class="steps" aria-label=${t("host.polls.steps")}>
      ${STEPS.map(([state, from, command]) => drawStep(poll, state, from, command, host))}
    </ol>
    ${poll.state === "draft" ? drawDraft(poll, host) : drawCounts(poll)}`;
}

/** @param {Poll} poll @param {Poll["state"]} state @param {Poll["state"][]} from @param {string} command @param {Host} host */
function drawStep(poll, state, from, command, host) {
  const now = poll.state === state;
  const can = from.includes(poll.state);
  const said = () => t(`host.did.${command}`, { question: poll.question });
  return html`<li class=${now ? "is-now" : ""}>
    <button
      type="button"
      class="step"
      aria-current=${now ? "step" : nothing}
      aria-disabled=${can ? nothing : "true"}
      @click=${() => can && void host.acts.do(command, { poll: poll.id }, said())}
    >
      ${t(now ? `host.polls.is_${state}` : `host.polls.to_${state}`)}
    </button>
  </li>`;
}

/** @param {Poll} poll @param {Host} host */
function drawDraft(poll, host) {
  const discard = () => void host.acts.do("discard_poll", { poll: poll.id }, t("host.did.discard_poll"));
  const how = { key: false, look: "is-quiet", name: poll.question };
  return html`<ul class="draft-options">
      ${poll.options.map((option) => html`<li>${option.text}</li>`)}
    </ul>
    <div class="acts">
      ${actButton("edit", t("host.polls.edit"), () => host.ui.set({ editing: poll.id }), how)}
      ${actButton("discard", t("host.polls.discard"), discard, how)}
    </div>`;
}

/** No choice of a single person is told, so counts come by the handful. @param {Poll} poll */
function drawCounts(poll) {
  if (poll.counted === undefined) return html`<p class="soft" data-part="later">${t("host.polls.later")}</p>`;
  const more = poll.counted === poll.voters ? nothing : t(`host.polls.counted_${poll.state === "open" ? "open" : "closed"}`, { n: poll.counted });
  return html`${more === nothing ? nothing : html`<p class="soft" data-part="counted">${more}</p>`}
    <ul class="counts">
    ${results(poll).map(
      ({ text, votes, percent, most }) =>
        html`<li class=${most ? "is-most" : ""}>
          <span class="count-text">${text}</span>
          <span class="count-votes">${formatNumber(votes)} · ${percent} %</span>
          <span class="count-bar" aria-hidden="true"><span .style=${`width:${percent}%`}></span></span>
        </li>`,
    )}
  </ul>`;
}
