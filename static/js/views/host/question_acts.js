/**
 * What a host may do with a question in each state, and doing it; used by the buttons and by the keys.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Question} Question
 * @typedef {import("../stage/records.js").QuestionState} QuestionState
 * @typedef {import("../stage/records.js").Stage} Stage
 * @typedef {"approve"|"queue"|"deck"|"spotlight"|"answer"|"dismiss"} QuestionAct
 */

import { t } from "../../i18n.js";
import { beforeAfterMove, nextUp } from "./groups.js";
import { askerName } from "./parts.js";
import { step } from "./undo.js";

/** In the order of their buttons; the first is what usually comes next. @type {Record<QuestionState, QuestionAct[]>} */
export const ACTS_OF = {
  held: ["approve", "dismiss"],
  open: ["queue", "deck", "spotlight", "dismiss"],
  queued: ["deck", "spotlight", "dismiss"],
  on_deck: ["spotlight", "queue", "dismiss"],
  live: ["answer"],
  answered: ["spotlight"],
  dismissed: ["approve"],
  withdrawn: [],
};

/** @param {Host} host @returns {Stage|undefined} */
export const stageOf = (host) => /** @type {Stage|undefined} */ (host.store.get("stage", "now"));

/** @param {Host} host @param {string|null|undefined} id */
export const questionOf = (host, id) => /** @type {Question|undefined} */ (host.store.get("question", id));

/** @param {Host} host @param {QuestionAct} act @param {Question} question @param {string} [reason] */
export function doWith(host, act, question, reason = "") {
  const args = { question: question.id, ...(reason ? { reason } : {}) };
  const back = act === "approve" && question.state === "dismissed";
  return host.acts.do(
    act,
    args,
    t(back ? "host.did.take_back" : `host.did.${act}`, { name: askerName(question.asker) }),
  );
}

/** The key's way: only what the question's buttons offer. @param {Host} host @param {QuestionAct} act */
export function doWithSelected(host, act) {
  const question = questionOf(host, host.ui.now.selected);
  if (!question) return host.acts.hint(t("host.board.none_selected"));
  if (!ACTS_OF[question.state].includes(act)) return host.acts.hint(t("host.board.not_now"));
  void doWith(host, act, question);
}

/** @param {Host} host */
export function answerLive(host) {
  const live = questionOf(host, stageOf(host)?.live);
  if (live) void doWith(host, "answer", live);
  else host.acts.hint(t("host.now.nobody"));
}

/** @param {Host} host */
export function clearStage(host) {
  if (stageOf(host)?.live) void host.acts.do("clear_stage", {}, t("host.did.clear_stage"));
  else host.acts.hint(t("host.now.nobody"));
}

/** The live one has had its answer; whoever is next comes on. @param {Host} host */
export function next(host) {
  const stage = stageOf(host);
  const coming = questionOf(host, nextUp(stage));
  const steps = [
    ...(stage?.live ? [step("answer", { question: stage.live })] : []),
    ...(coming ? [step("spotlight", { question: coming.id })] : []),
  ];
  if (!steps.length) return host.acts.hint(t("host.now.no_next"));
  const said = coming ? t("host.did.spotlight", { name: askerName(coming.asker) }) : t("host.did.answered_last");
  void host.acts.all(steps, said);
}

/** One place up or down the line. @param {Host} host @param {Question} question @param {1|-1} by */
export function move(host, question, by) {
  const before = beforeAfterMove(stageOf(host)?.queue ?? [], question.id, by);
  if (before !== undefined) void host.acts.do("queue", { question: question.id, before });
}
