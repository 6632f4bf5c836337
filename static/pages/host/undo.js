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
 * @typedef {Record<string, any>} Args
 * @typedef {{command: string, args: Args}} Step
 * @typedef {(kind: string, id: string) => any} Get
 * @typedef {(args: Args, before: Before) => Step[]} Inverse
 * @typedef {object} Before  the records an act would change
 * @property {Question} [question]
 * @property {Poll} [poll]
 * @property {Person} [person]
 * @property {Stage} [stage]
 * @property {Session} [session]
 */

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
  clear_stage: (_args, before) => (before.stage?.live ? [step("spotlight", { question: before.stage.live })] : []),
  open_poll: ({ poll }, before) => (before.poll?.state === "open" ? [] : [step("close_poll", { poll })]),
  close_poll: ({ poll }, before) => wasPoll(poll, before),
  reveal_poll: ({ poll }, before) => (before.poll?.state === "closed" ? [step("close_poll", { poll })] : []),
  discard_poll: (_args, before) => (before.poll ? [step("draft_poll", asDraft(before.poll))] : []),
  draft_poll: ({ poll }, before) =>
    poll && before.poll ? [step("draft_poll", { ...asDraft(before.poll), poll })] : [],
  hide: ({ message }) => [step("restore", { message })],
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
    poll: args.poll === undefined ? undefined : get("poll", args.poll),
    person: args.person === undefined ? undefined : get("person", args.person),
    stage: get("stage", "now"),
    session: get("session", ""),
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

/** @param {Poll} poll */
const asDraft = (poll) => ({
  question: poll.question,
  options: poll.options.map((option) => option.text),
  choose: poll.choose,
});

/** @param {Args} args @param {Session|undefined} session */
function asItWas(args, session) {
  if (!session) return [];
  const had = /** @type {Record<string, any>} */ (session);
  const kept = Object.keys(args).filter((name) => had[name] !== undefined);
  return [step("change_session", Object.fromEntries(kept.map((name) => [name, had[name]])))];
}
