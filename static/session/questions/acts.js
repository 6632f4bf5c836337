/**
 * What a host may do with a question in each state, and doing it; used by the buttons and by the keys.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Question} Question
 * @typedef {import("../records.js").QuestionState} QuestionState
 * @typedef {import("../records.js").Stage} Stage
 * @typedef {"approve"|"queue"|"deck"|"spotlight"|"answer"|"dismiss"} QuestionAct
 */

import { t } from "../../app/i18n.js";
import { beforeAfterMove, nextUp } from "./groups.js";
import { step } from "../../pages/host/undo.js";
import { headline } from "../../parts/card.js";

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
  const live = act === "spotlight" ? stageOf(host)?.live : null;
  const args = { question: question.id, ...(reason ? { reason } : {}), ...(live ? { instead_of: live } : {}) };
  const back = act === "approve" && question.state === "dismissed";
  return host.acts.do(
    act,
    args,
    () => t(back ? "host.did.take_back" : `host.did.${act}`, { name: headline(question.asker) }),
  );
}

/** @param {Host} host @param {"approve"|"dismiss"} act @param {Question[]} questions */
export function doWithAll(host, act, questions) {
  const steps = questions.map(({ id }) => step(act, { question: id }));
  void host.acts.all(steps, () => t(`host.did.${act}_all`, { n: questions.length }));
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
  if (stageOf(host)?.live) void host.acts.do("clear_stage", {}, () => t("host.did.clear_stage"));
  else host.acts.hint(t("host.now.nobody"));
}

/** The live one has had its answer; whoever is next comes on. @param {Host} host */
export function next(host) {
  const stage = stageOf(host);
  const coming = questionOf(host, nextUp(stage));
  if (coming) return void doWith(host, "spotlight", coming);
  if (!stage?.live) return host.acts.hint(t("host.now.no_next"));
  void host.acts.do("answer", { question: stage.live }, () => t("host.did.answered_last"));
}

/** One place up or down the line. @param {Host} host @param {Question} question @param {1|-1} by */
export function move(host, question, by) {
  const before = beforeAfterMove(stageOf(host)?.queue ?? [], question.id, by);
  if (before !== undefined) void host.acts.do("queue", { question: question.id, before });
}
