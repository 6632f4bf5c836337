/**
 * Polls: a draft is a line; one that has been opened shows its steps in their order, and what can be done as a button
 * in the place of the step it leads to, so that nothing moves under the pointer.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {{id: string, poll: Poll, draft: boolean, more: boolean, turn: (id: string) => void, first: unknown, waiting: number}} Row
 *   `draft`: it was one when somebody began to point at the list; `more`: its further choices are open; `first`: the
 *   round before it; `waiting`: answers that a host has not looked at
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { attempt, show } from "../../app/lib/failsafe.js";
import { keyedList } from "../../app/lib/list.js";
import { t } from "../../app/i18n.js";
import { heldStill, hold } from "../../parts/hold.js";
import { actButton, empty } from "../../parts/act.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { download } from "../../vendor/icons.js";
import { inOrder } from "./order.js";
import { createEditor } from "./editor.js";
import { createClosing } from "./forms/closing.js";
import { drawOpened, take, waitingOf } from "./opened.js";

/** @param {Host} host */
export function create(host) {
  const root = host.place("polls");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), { draw: (/** @type {Row} */ row) => drawPoll(row, host), row: markPoll });
  const editor = createEditor(part("editor"), host);
  const closing = createClosing(() => host.store.all("poll"));
  /** Which poll's further choices are open. */
  let more = "";
  const turn = (/** @type {string} */ id) => ((more = more === id ? "" : id), drawList());
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
    rows = still.map((poll) => ({
      id: poll.id,
      poll,
      draft: held?.get(poll.id)?.draft ?? poll.state === "draft",
      more: poll.id === more,
      turn,
      first: host.store.get("poll", /** @type {any} */ (poll).first),
      waiting: waitingOf(host, poll.id),
    }));
    list.update(rows);
    closing.update();
  }

  return {
    of: ["poll", "said"],
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
    <span class="acts">
      ${drawFile(host)} ${host.store.all("poll").length || host.ui.now.editing !== null ? drawNew(host) : nothing}
    </span>
  </div>`;
}

/** Polls as a file, both ways; fetched when it is wanted. @param {Host} host */
function drawFile(host) {
  const open = () => void import("./file.js").then(({ openFile }) => openFile(host), () => host.acts.hint(t("problem.passing.text")));
  return html`<button type="button" class="icon-button" data-act="polls_file" aria-label=${t("host.polls.file")} title=${t("host.polls.file")} @click=${open}>${icon(download)}</button>`;
}

/** @param {Host} host */
const drawNew = (host) => actButton("new_poll", t("host.polls.new"), () => host.ui.set({ editing: "" }), { key: false });

/** @param {Row} row @param {Host} host */
function drawPoll({ poll, draft, more, turn, waiting }, host) {
  const opened = poll.state !== "draft";
  return html`<div class="poll-line">
      <h3 class="poll-question" title=${draft ? poll.question : nothing}>${said(poll.question)}</h3>
      ${draft ? drawDraft(poll, host) : nothing}
    </div>
    ${opened ? drawOpened(poll, { host, more, turn, waiting }) : nothing}`;
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
