/**
 * What takes a host's act back: for each command the inverse ones, given the records as they were before.
 *
 * The server keeps no undo list; session/*.py gives every step a way back instead, so an undo is an ordinary
 * command, checked like any other, and two hosts cannot undo each other into nonsense.
 *
 * @typedef {import('../../session/records.js').Question} Question
 * @typedef {import('../../session/records.js').Poll} Poll
 * @typedef {import('../../session/records.js').Person} Person
 * @typedef {import('../../session/records.js').Stage} Stage
 * @typedef {import('../../session/records.js').Session} Session
 * @typedef {import('../../session/records.js').Segment} Segment
 * @typedef {import('../../session/records.js').Run} Run
 * @typedef {Record<string, any>} Args
 * @typedef {{command: string, args: Args}} Step
 * @typedef {(kind: string, id: string) => any} Get
 * @typedef {(args: Args, before: Before) => Step[]} Inverse
 * @typedef {object} Before  the records an act would change
 * @property {Question} [question]
 * @property {import('../../session/records.js').Answer} [written]  to the question
 * @property {Poll} [poll]
 * @property {any} [answer]
 * @property {any[]} [answers]
 * @property {Person} [person]
 * @property {Stage} [stage]
 * @property {Session} [session]
 * @property {Segment} [segment]
 * @property {Run} [run]
 * @property {string} [upcoming] the segment that would be on next
 * @property {import("../../session/records.js").Pacing} [pacing]
 */

import { argsOf, draftOf } from "../../session/polls/draft.js";

/** @param {string} command @param {Args} args @returns {Step} */
export const step = (command, args = {}) => ({ command, args });

/** @type {Record<string, Inverse>} */
const INVERSES = {
  greet: ({ person }, before) => (before.person?.greeted ? [] : [step("ungreet", { person })]),
  ungreet: ({ person }, before) =>
    before.person?.greeted ? [step("greet", { person, aloud: before.person.greeted.aloud })] : [],
  remove: ({ person }) => [step("readmit", { person })],
  approve: ({ question }, before) => wasApproved(question, before),
  dismiss: ({ question }, before) =>
    before.question?.state === "on_deck"
      ? [step("approve", { question }), ...onDeckAgain(question, before)]
      : [step("approve", { question })],
  queue: ({ question }, before) => whereItWas(question, before),
  deck: ({ question }, before) => [...previousOnDeck(question, before), ...whereItWas(question, before)],
  spotlight: ({ question, instead_of }, before) => [
    before.question?.state === "answered" ? step("answer", { question }) : step("clear_stage"),
    ...(instead_of ? [step("spotlight", { question: instead_of })] : []),
    ...(before.question?.state === "answered" ? [] : whereItWas(question, before)),
  ],
  // one that was never live goes back by `approve`; the spotlight would show it to everybody
  answer: ({ question }, before) => [
    step(before.question?.state === "live" ? "spotlight" : "approve", { question }),
    ...(before.question?.state === "on_deck" ? onDeckAgain(question, before) : []),
  ],
  answer_in_writing: ({ question }, before) =>
    before.written
      ? [step("answer_in_writing", { question, text: before.written.text })]
      : [step("take_answer_back", { question }), ...(before.question?.state === "on_deck" ? onDeckAgain(question, before) : [])],
  take_answer_back: ({ question }, before) =>
    before.written ? [step("answer_in_writing", { question, text: before.written.text })] : [],
  clear_stage: (_args, before) => (before.stage?.live ? [step("spotlight", { question: before.stage.live })] : []),
  open_poll: ({ poll }, before) => (before.poll?.state === "open" ? [] : [step("close_poll", { poll })]),
  close_poll: ({ poll }, before) => wasPoll(poll, before),
  reveal_poll: ({ poll }, before) => (before.poll?.state === "closed" ? [step("close_poll", { poll })] : []),
  discard_poll: (_args, before) => (before.poll ? [step("draft_poll", asDraft(before.poll))] : []),
  draft_poll: ({ poll }, before) =>
    poll && before.poll ? [step("draft_poll", { ...asDraft(before.poll), poll })] : [],
  move_segment: ({ segment }, before) => [step("move_segment", { segment, before: afterIn(before.run, segment) })],
  remove_segment: ({ segment }, before) => (before.segment ? [step("add_segment", asPlanned(before, segment))] : []),
  change_segment: (args, before) => asItWas(args, before.segment, "change_segment"),
  fill_run: () => [step("empty_run")],
  start_run: (_args, before) => wayBack(before.upcoming),
  next_segment: ({ leaving }, before) => wayBack(before.upcoming ?? leaving),
  end_run: ({ leaving }) => wayBack(leaving),
  extend_segment: ({ segment, was, minutes }) => [step("cut_segments", { cuts: [{ segment, minutes: was, was: was + minutes }] })],
  cut_segments: ({ cuts }) => [step("cut_segments", { cuts: cuts.map(turned) })],
  freeze_poll: ({ poll, on = true }, before) => (Boolean(before.poll?.frozen) === on ? [] : [step("freeze_poll", { poll, on: !on })]),
  show_answer: ({ answer }, before) => (before.answer?.state === "shown" ? [] : [step("hide_answer", { answer })]),
  hide_answer: ({ answer }, before) => (before.answer?.state === "shown" ? [step("show_answer", { answer })] : []),
  group_answers: ({ answers }, before) => asGrouped(answers, before.answers ?? []),
  merge: ({ question }) => [step("take_apart", { question })],
  take_on: ({ question }) => [step("let_be", { question })],
  hide: ({ message }) => [step("restore", { message })],
  stop: ({ held }) => [step("restore", { message: held })],
  let_go: ({ held }) => [step("hide", { message: held })],
  time_out: ({ person }) => [step("end_timeout", { person })],
  set_pacing: (args, before) => asItWas(args, before.pacing ?? FREE, "set_pacing"),
  restore: ({ message }) => [step("hide", { message })],
  open_session: (_args, before) => {
    if (before.session?.state === "open") return [];
    return [step(before.session?.state === "closed" ? "close_session" : "wait_session")];
  },
  close_session: (_args, before) => (before.session?.state === "open" ? [step("open_session")] : []),
  change_session: (args, before) => asItWas(args, before.session),
};

/**
 * The steps that take a command back, in order; none if there is no way.
 * @param {string} command @param {Args} args @param {Get} get  reads the records as they are before the act
 * @returns {Step[]}
 */
export function undoOf(command, args, get) {
  return INVERSES[command]?.(args, recordsBefore(args, get)) ?? [];
}

/** @param {Args} args @param {Get} get @returns {Before} */
function recordsBefore(args, get) {
  return {
    question: args.question === undefined ? undefined : get("question", args.question),
    written: args.question === undefined ? undefined : get("answer", args.question),
    poll: args.poll === undefined ? undefined : get("poll", args.poll),
    answers: args.answers?.map((/** @type {string} */ id) => get("said", id)),
    answer: args.answer === undefined ? undefined : get("said", args.answer),
    person: args.person === undefined ? undefined : get("person", args.person),
    stage: get("stage", "now"),
    session: get("session", ""),
    segment: args.segment === undefined ? undefined : get("segment", args.segment),
    run: get("run", "now"),
    upcoming: upcomingIn(get),
    pacing: get("pacing", "now"),
  };
}

/** @param {string} question @param {Before} before */
function wasApproved(question, before) {
  if (before.question?.state === "held") return [step("hold", { question })];
  return before.question?.state === "dismissed" ? [step("dismiss", { question })] : [];
}

/** @param {string} question @param {Before} before */
function whereItWas(question, before) {
  if (before.question?.state === "queued") return [step("queue", { question, before: behind(question, before) })];
  if (before.question?.state === "open") return [step("unqueue", { question })];
  return before.question?.state === "on_deck" ? onDeckAgain(question, before) : [];
}

/** @param {string} question @param {Before} before */
const onDeckAgain = (question, before) => (before.stage?.on_deck === question ? [step("deck", { question })] : []);

/** @param {string} question @param {Before} before */
function previousOnDeck(question, before) {
  const previous = before.stage?.on_deck;
  return previous && previous !== question ? [step("deck", { question: previous })] : [];
}

/** @param {string} question @param {Before} before @returns {string|null} */
function behind(question, before) {
  const line = before.stage?.queue ?? [];
  return line[line.indexOf(question) + 1] ?? null;
}

/** @param {string} poll @param {Before} before */
function wasPoll(poll, before) {
  if (before.poll?.state === "open") return [step("open_poll", { poll })];
  return before.poll?.state === "revealed" ? [step("reveal_poll", { poll })] : [];
}

/** Each in the group it was in. @param {string[]} answers @param {any[]} before */
function asGrouped(answers, before) {
  const groups = new Set(before.map((answer) => answer?.group ?? ""));
  const of = (/** @type {string} */ group) => answers.filter((_, at) => (before[at]?.group ?? "") === group);
  return [...groups].map((group) => step("group_answers", { answers: of(group), group }));
}

/** As it was prepared. @param {Poll} poll */
function asDraft(poll) {
  const { poll: _, ...args } = /** @type {Args} */ (argsOf(draftOf(poll)));
  return args;
}

/** As long as no host has set it. */
const FREE = { id: "now", slow: 0, delay: 0, reviewed: false, words: [] };

/** @param {Args} args @param {Session|Segment|import("../../session/records.js").Pacing|undefined} record @param {string} [command] */
function asItWas(args, record, command = "change_session") {
  if (!record) return [];
  const had = /** @type {Record<string, any>} */ (record);
  const kept = Object.keys(args).filter((name) => had[name] !== undefined);
  const whose = args.segment === undefined ? {} : { segment: args.segment };
  return [step(command, { ...Object.fromEntries(kept.map((name) => [name, had[name]])), ...whose })];
}

/** @param {Run|undefined} run @param {string} segment @returns {string|null} the one behind it */
const afterIn = (run, segment) => run?.order[run.order.indexOf(segment) + 1] ?? null;

/** @param {Before} before @param {string} id */
function asPlanned({ segment, run }, id) {
  const { kind, minutes, title, who, notes, poll, opens } = /** @type {Segment} */ (segment);
  return { kind, minutes, title, who, notes, poll, opens, before: afterIn(run, id) };
}

/** @param {string|undefined} leaving */
const wayBack = (leaving) => (leaving ? [step("back_segment", { leaving })] : []);

/** @param {{segment: string, minutes: number, was: number}} cut */
const turned = ({ segment, minutes, was }) => ({ segment, minutes: was, was: minutes });

/** @param {Get} get @returns {string|undefined} */
function upcomingIn(get) {
  const run = get("run", "now");
  const ran = new Set(run?.ran?.map((/** @type {{segment: string}} */ one) => one.segment));
  return run?.order.find((/** @type {string} */ id) => !ran.has(id) && get("segment", id)?.given !== 0);
}

/** What takes back what is only known once it is done. @type {Record<string, (answer: Record<string, any>) => Step[]>} */
const MADE = {
  add_segment: ({ id }) => [step("remove_segment", { segment: id })],
  copy_poll: ({ id }) => [step("discard_poll", { poll: id })],
};

/** @param {string} command @param {Record<string, any>} answer @returns {Step[]} */
export const undoOfMade = (command, answer) => MADE[command]?.(answer) ?? [];
