/**
 * What people wrote in a poll, for hosts: what waits is let through or kept back, what means the same is put into a
 * group. No answer says whose it is. While somebody is at the list nothing in it changes its place; what came meanwhile
 * stands at the end.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {{id: string, poll: string, text: string, votes?: number, state: "held"|"shown"|"hidden", group?: string}} Answer
 */

import { t } from "../../app/i18n.js";
import { LIMITS } from "../../app/limits.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { keyedList } from "../../app/lib/list.js";
import { actButton } from "../../parts/act.js";
import { createDialog } from "../../parts/dialog.js";
import { hold } from "../../parts/hold.js";
import { said } from "../../parts/text.js";
import { inPlace } from "./steady.js";

const GROUP_MAX = LIMITS.group_answers.group.maxLength;

/** One for each page. @type {WeakMap<Host, ReturnType<typeof createAnswers>>} */
const made = new WeakMap();

/** @param {Host} host @param {string} poll */
export function openAnswers(host, poll) {
  const one = made.get(host) ?? createAnswers(host);
  made.set(host, one);
  one.open(poll);
}

/** @param {Host} host */
function createAnswers(host) {
  const dialog = createDialog("answers");
  const { store } = host;
  let poll = "";
  /** Ids in the order they were in when somebody began to look at them. @type {string[]|null} */
  let held = null;
  /** Those ticked, to be put into a group. @type {Set<string>} */
  const ticked = new Set();
  /** @type {ReturnType<typeof keyedList<any>>|null} */
  let list = null;

  const question = () => /** @type {any} */ (store.get("poll", poll));
  const all = () => /** @type {Answer[]} */ (/** @type {unknown} */ (store.all("said"))).filter((one) => one.poll === poll);
  const kept = () => draftOf(host, `answer-group/${poll}`);

  function rows() {
    return inPlace(inTurn(all()), held).map((one) => ({ ...one, ticked: ticked.has(one.id), busy: host.acts.busy(one.id) }));
  }

  function open(/** @type {string} */ id) {
    poll = id;
    held = null;
    ticked.clear();
    dialog.draw(t("host.answers"), SHELL);
    const place = /** @type {HTMLElement} */ (dialog.find(".answer-rows"));
    list = keyedList(place, { draw: drawRow, row: (element, { state }) => void (element.className = `answer-row is-${state}`) });
    if (!place.dataset.held) hold(place, (on) => ((held = on ? rows().map((one) => one.id) : null), update()));
    place.dataset.held = "1";
    update();
    dialog.open();
  }

  function update() {
    if (!poll) return;
    const found = rows();
    const head = dialog.find(".answers-head");
    const foot = dialog.find(".answers-foot");
    if (head) render(drawHead(found), head);
    list?.update(found);
    if (foot) render(drawFoot(), foot);
  }

  /** @param {any[]} found */
  function drawHead(found) {
    const waiting = found.filter(({ state }) => state === "held");
    const showAll = () => void host.acts.all(waiting.map(({ id }) => ({ command: "show_answer", args: { answer: id } })), () => t("host.did.show_answers", { n: waiting.length }));
    return html`<p class="poll-question">${said(question()?.question ?? "")}</p>
      <p class="facts dots">
        <span>${t("host.answers.waiting", { n: waiting.length })}</span>
        <span>${t("host.answers.shown", { n: found.filter(({ state }) => state === "shown").length })}</span>
      </p>
      ${waiting.length > 1 ? actButton("show_answers", t("host.answers.show_all", { n: waiting.length }), showAll, { key: false }) : nothing}
      ${found.length ? nothing : html`<p class="empty">${t("host.answers.none")}</p>`}`;
  }

  /** @param {any} answer */
  function drawRow({ id, text, votes = 1, state, group, ticked: on }) {
    const act = (/** @type {"show"|"hide"} */ name) => {
      if (!host.acts.busy(id)) void host.acts.do(`${name}_answer`, { answer: id }, () => t(`host.did.${name}_answer`));
    };
    const tick = () => (ticked.delete(id) || ticked.add(id), update());
    return html`<label class="answer-text">
        <input type="checkbox" .checked=${on} @change=${tick} />
        <span>
          ${said(text)} ${votes > 1 ? html`<span class="count">${votes}</span>` : nothing}
          ${group ? html`<span class="badge">${said(group)}</span>` : nothing}
          <span class="badge ${state === "shown" ? "is-good" : ""}">${t(`host.answer.${state}`)}</span>
        </span>
      </label>
      <span class="acts">
        ${actButton("show_answer", t("host.answer.show"), () => act("show"), { key: false, off: state === "shown", name: text })}
        ${actButton("hide_answer", t("host.answer.hide"), () => act("hide"), { key: false, off: state === "hidden", look: "is-quiet", name: text })}
      </span>`;
  }

  /** @param {string} group */
  async function put(group) {
    const answers = [...ticked];
    if (!answers.length) return;
    const done = await host.acts.do("group_answers", { answers, group }, () => t(group ? "host.did.group_answers" : "host.did.ungroup_answers", { group }));
    if (!done) return;
    ticked.clear();
    kept().set(null);
    update();
  }

  function drawFoot() {
    const name = kept().get() ?? "";
    const groups = [...new Set(all().map(({ group }) => group).filter(Boolean))];
    const submit = (/** @type {Event} */ event) => (event.preventDefault(), name.trim() && void put(name.trim()));
    const off = !ticked.size || !name.trim();
    return html`<form class="answers-group" @submit=${submit}>
      <label>
        ${t("host.answers.group", { n: ticked.size })}
        <input
          list="answer-groups"
          maxlength=${GROUP_MAX}
          autocomplete="off"
          placeholder=${t("host.answers.group_hint")}
          .value=${name}
          @input=${(/** @type {Event} */ event) => (kept().set(/** @type {HTMLInputElement} */ (event.target).value), update())}
        />
      </label>
      <datalist id="answer-groups">${groups.map((one) => html`<option value=${one}></option>`)}</datalist>
      <button class="button is-small is-primary" aria-disabled=${off ? "true" : nothing}>${t("host.answers.put")}</button>
      ${actButton("ungroup", t("host.answers.take_out"), () => void put(""), { key: false, off: !ticked.size, look: "is-quiet" })}
    </form>`;
  }

  store.subscribe(() => dialog.isOpen() && update());
  return { open };
}

const SHELL = html`<div class="answers-head"></div>
  <ul class="answer-rows" tabindex="-1"></ul>
  <div class="answers-foot"></div>`;

const TURN = { held: 0, shown: 1, hidden: 2 };

/** What waits goes first, then what was said by most. @param {Answer[]} answers */
const inTurn = (answers) => [...answers].sort((a, b) => TURN[a.state] - TURN[b.state] || (b.votes ?? 1) - (a.votes ?? 1));
