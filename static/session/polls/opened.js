/**
 * A poll that was opened, on the host's panel: where it stands and what can be done next, the time that is left, what
 * came of it, and behind one button what is done seldom.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {{host: Host, more: boolean, turn: (id: string) => void, waiting: number}} Around
 */

import { html, nothing } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { t } from "../../app/i18n.js";
import { actButton } from "../../parts/act.js";
import { icon } from "../../parts/icon.js";
import { clock, ellipsis } from "../../vendor/icons.js";
import { IN_WORDS } from "./draft.js";
import { timeSaid } from "./editor_settings.js";
import { leftOf } from "./forms/left.js";
import { drawResult } from "./result.js";

/** A step, the states it starts from, and its command. @type {[Poll["state"], Poll["state"][], string][]} */
const STEPS = [
  ["open", ["draft", "closed"], "open_poll"],
  ["closed", ["open", "revealed"], "close_poll"],
  ["revealed", ["closed"], "reveal_poll"],
];
/** Seconds that one press gives more, or that are left after one. */
const MORE_S = 30;
const LAST_S = 60;

/** @param {any} poll @param {Around} around */
export function drawOpened(poll, { host, more, turn, waiting }) {
  return html`<p class="facts dots">
      <span>${kindOf(poll)}</span>
      <span class="voters">${t("host.polls.voters", { n: poll.voters })}</span>
      ${poll.first ? html`<span class="badge">${t("host.polls.second")}</span>` : nothing}
      ${poll.frozen ? html`<span class="badge">${t("host.polls.frozen")}</span>` : nothing}
      ${poll.names === "hosts" ? html`<span class="badge">${t("host.names.hosts.short")}</span>` : nothing}
    </p>
    <ol class="steps" aria-label=${t("host.polls.steps")}>
      ${STEPS.map(([state, from, command]) => drawStep(poll, state, from, command, host))}
    </ol>
    ${poll.state === "open" && poll.closes_at ? drawTime(poll, host) : nothing} ${drawResult(poll, host)}
    <div class="acts poll-acts">
      ${IN_WORDS.has(poll.form) ? drawAnswers(poll, host, waiting) : nothing}
      <button
        type="button"
        class="icon-button"
        data-act="more"
        aria-expanded=${more ? "true" : "false"}
        aria-label=${t("host.polls.more", { question: poll.question })}
        @click=${() => turn(poll.id)}
      >
        ${icon(ellipsis)}
      </button>
      ${more ? drawMore(poll, host) : nothing}
    </div>`;
}

/** @param {any} poll */
const kindOf = ({ form = "choice", choose }) => t(form === "choice" ? `host.polls.choose_${choose}` : `host.form.${form}`);

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

/** @param {string} command @param {any} poll @param {Host} host */
export function take(command, poll, host) {
  if (host.acts.busy(poll.id)) return;
  const few = command === "reveal_poll" && poll.counted === undefined && poll.form !== "text";
  const said = () => t(few ? "host.did.reveal_few" : `host.did.${command}`, { question: poll.question });
  void host.acts.do(command, { poll: poll.id }, said);
}

/** When it closes by itself, and more time. @param {any} poll @param {Host} host */
function drawTime(poll, host) {
  return html`<p class="poll-time">
    ${icon(clock)} <span>${t("host.polls.closes")}</span>
    <span class="poll-clock" data-closes=${poll.closes_at} .textContent=${leftOf(poll.closes_at, serverNow())}></span>
    ${drawExtend(poll, host, MORE_S, t("host.polls.extend", { n: MORE_S }))}
  </p>`;
}

/** So much longer, or as long from now on where nothing ends it, told to all. @param {any} poll @param {Host} host @param {number} seconds @param {string} label */
function drawExtend({ id, question }, host, seconds, label) {
  const run = () => {
    if (!host.acts.busy(id)) void host.acts.do("extend_poll", { poll: id, seconds }, () => t("host.did.extend_poll", { question }));
  };
  return actButton("extend_poll", label, run, { key: false, look: "is-quiet", name: question });
}

/** How many answers to it a host has not looked at. @param {Host} host @param {string} id */
export const waitingOf = ({ store }, id) => store.all("said").filter(({ poll, state }) => poll === id && state === "held").length;

/** What people wrote, and how much of it waits. @param {any} poll @param {Host} host @param {number} waiting */
function drawAnswers(poll, host, waiting) {
  const open = () =>
    void import("./answers.js").then(({ openAnswers }) => openAnswers(host, poll.id), () => host.acts.hint(t("problem.passing.text")));
  const label = waiting ? t("host.polls.answers_waiting", { n: waiting }) : t("host.polls.answers");
  return actButton("answers", label, open, { key: false, name: poll.question });
}

/** What is shown of a cloud stays as it is, or goes on. @param {any} poll @param {Host} host */
function drawFreeze({ id, question, frozen = false }, host) {
  const act = frozen ? "thaw_poll" : "freeze_poll";
  const run = () => {
    if (!host.acts.busy(id)) void host.acts.do("freeze_poll", { poll: id, on: !frozen }, () => t(`host.did.${act}`, { question }));
  };
  return actButton("freeze_poll", t(frozen ? "host.polls.thaw" : "host.polls.freeze"), run, { key: false, name: question });
}

/** What is done seldom. @param {any} poll @param {Host} host */
function drawMore(poll, host) {
  const { id, question } = poll;
  const run = (/** @type {string} */ command, args = {}, did = command) => () => {
    if (!host.acts.busy(id)) void host.acts.do(command, { poll: id, ...args }, () => t(`host.did.${did}`, { question }));
  };
  const one = (/** @type {string} */ act, /** @type {string} */ label, /** @type {() => void} */ press) => actButton(act, t(label), press, { key: false, name: question });
  const split = () => void import("./split.js").then(({ openSplit }) => openSplit(host, id), () => host.acts.hint(t("problem.passing.text")));
  const timeless = poll.state === "open" && !poll.closes_at;
  return html`${timeless ? drawExtend(poll, host, LAST_S, t("host.polls.last", { time: timeSaid(LAST_S) })) : nothing}
    ${one("copy_poll", "host.polls.copy", run("copy_poll"))}
    ${IN_WORDS.has(poll.form) ? nothing : one("round_poll", "host.polls.round", run("copy_poll", { as_round: true }, "round_poll"))}
    ${poll.form === "cloud" ? drawFreeze(poll, host) : nothing}
    ${poll.state === "open" || IN_WORDS.has(poll.form) ? nothing : one("split_poll", "host.polls.split", split)}`;
}
