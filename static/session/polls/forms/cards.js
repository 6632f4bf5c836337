/**
 * What a poll's card has beside its question, on the page of who attends: before voting who can see what one chose and
 * when the result comes, the time that is left, and the forms of answer that are more than a choice. It comes with the
 * first poll, and each form with the first poll of it.
 *
 * @typedef {import("../../../pages/attendee/frame.js").Room} Room
 * @typedef {import("../../../app/store.js").Item} Item
 * @typedef {{options?: readonly string[], number?: number|null, texts?: readonly string[], team?: boolean, sealed?: boolean}} Answer
 *   as a vote has it; of a `sealed` one nothing is known but that there was one
 * @typedef {{poll: Item, value: any, set: (value: any) => void, id: string, wrong: string, room: Room}} Field `value` is what is
 *   being answered, `id` of the question's words, `wrong` what is to be mended
 * @typedef {object} Form  one way to answer
 * @property {(poll: Item, sent: Answer|undefined) => any} begin  what stands in its fields at first
 * @property {(poll: Item, value: any) => Answer|null} answer  null as long as there is none
 * @property {(poll: Item, value: any) => string} wrong  why it cannot be sent, in words
 * @property {(field: Field) => unknown} fields
 * @property {(poll: Item, mine: Answer|undefined, room: Room) => unknown} result
 * @property {(poll: Item, answer: Answer) => string} said  the answer in a line
 * @typedef {ReturnType<typeof createForms>} Forms
 */

import { has, loadRare, refusalText, t } from "../../../app/i18n.js";
import { announce, find, html, nothing } from "../../../app/lib/dom.js";
import { draftOf } from "../../../app/lib/drafts.js";
import { dress } from "../../../parts/dress.js";
import { isOver, isTold, isVoted, ownAnswer, sentAnswer } from "../poll.js";
import { bars } from "./bars.js";
import { createClosing } from "./closing.js";

/** By form, which fetches it. @type {Record<string, () => Promise<{FORM: Form}>>} */
const FETCH = {
  scale: () => import("./scale.js"),
  cloud: () => import("./cloud.js"),
  text: () => import("./text.js"),
  ranking: () => import("./ranking.js"),
  number: () => import("./number.js"),
  quiz: () => import("./quiz.js"),
};
const SHEETS = ["session/polls/forms/card.css", "session/polls/forms/pictures.css"];

/** With its words and its look. Rejects where they could not be had. @param {Room} room */
export async function come(room) {
  await Promise.all([words(), dress(...SHEETS)]);
  if (!has("forms.send")) throw new Error("no words");
  return createForms(room);
}

const words = () => loadRare("forms/");

/** @param {Room} room */
function createForms(room) {
  /** @type {Map<string, Form|null>} */
  const forms = new Map();
  /** What is wrong with an answer that somebody wanted to send, by its poll. @type {Map<string, string>} */
  const wrong = new Map();
  const closing = createClosing(() => room.store.all("poll"));

  /** @param {string} form */
  function need(form) {
    if (forms.has(form) || !Object.hasOwn(FETCH, form)) return forms.get(form);
    forms.set(form, null);
    FETCH[form]().then(
      ({ FORM }) => (forms.set(form, FORM), room.update()),
      // who draws next tries again
      () => void forms.delete(form),
    );
    return null;
  }

  const kept = (/** @type {Item} */ poll) => draftOf(room, `vote/${poll.id}`);

  /** What stands in the fields: what was written and not sent, or what was sent. @param {Item} poll @param {Form} form */
  const valueOf = (poll, form) => (kept(poll).get() ?? { value: form.begin(poll, sentAnswer(poll, room)) }).value;

  /** @param {Item} poll @param {Form} form @param {() => void} voted @param {string} id */
  function send(poll, form, voted, id) {
    const value = valueOf(poll, form);
    const mistake = form.wrong(poll, value);
    const answer = form.answer(poll, value);
    if (mistake) wrong.set(poll.id, mistake);
    else wrong.delete(poll.id);
    if (mistake) return room.update(), void find(`[data-of="${id}"] [aria-invalid=true]`)?.focus();
    if (!answer || isSame(answer, sentAnswer(poll, room))) return;
    voted();
    kept(poll).set(null);
    room.store.do("vote", { poll: poll.id, ...answer }).done.then(
      () => announce(t("poll.voted")),
      (why) => {
        // what was written meanwhile goes before
        if (kept(poll).get() === undefined) kept(poll).set({ value });
        room.toast(refusalText(why.code, why.text), true);
        room.update();
      },
    );
    room.update();
  }

  /** @param {Item} poll @param {Form} form @param {string} id @param {() => void} voted */
  function voting(poll, form, id, voted) {
    const sent = sentAnswer(poll, room);
    const value = valueOf(poll, form);
    const answer = form.answer(poll, value);
    const has = isVoted(sent);
    const differs = !answer || !has || !isSame(answer, sent);
    const set = (/** @type {any} */ next) => (wrong.delete(poll.id), kept(poll).set({ value: next }), room.update());
    const submit = (/** @type {Event} */ event) => (event.preventDefault(), send(poll, form, voted, id));
    return html`<form class="stack" data-of=${id} novalidate @submit=${submit}>
      ${before(poll)} ${form.fields({ poll, value, set, id, wrong: wrong.get(poll.id) ?? "", room })}
      ${wrong.has(poll.id) ? html`<p class="is-refused" id="${id}-wrong" role="alert">${wrong.get(poll.id)}</p>` : nothing}
      <p class="row poll-foot form-foot">
        <button class="button is-primary is-small" aria-disabled=${!answer || !differs}>
          ${t(has ? "forms.change" : "forms.send")}
        </button>
        <span class="soft" role="status">${has && !differs ? t(isKept(poll) ? "forms.kept" : "forms.in") : nothing}</span>
        <span class="soft">${t("poll.voters", { n: poll.voters })}</span>
      </p>
    </form>`;
  }

  /** Whether what one sent waits here for the line. @param {Item} poll */
  const isKept = (poll) =>
    !room.store.joined && room.store.pending.some(({ command, args, until }) => command === "vote" && args.poll === poll.id && until === null);

  /** @param {Item} poll @param {Form} form */
  function waiting(poll, form) {
    const mine = ownAnswer(poll, room.store);
    const said = isVoted(mine) && !mine.sealed ? form.said(poll, /** @type {Answer} */ (mine)) : "";
    return html`<p>${t(waits(poll), { n: poll.voters })}</p>
      ${said ? html`<p class="soft">${t("forms.yours")} <bdi dir="auto">${said}</bdi></p>` : nothing}`;
  }

  /** What one should know before one votes. @param {Item} poll */
  function before(poll) {
    return html`<p class="soft poll-before">
      <span>${t(whoSees(poll))}</span> <span>${t(whenTold(poll))}</span>${poll.moderated ? html` <span>${t("forms.moderated")}</span>` : nothing}
    </p>${closing.draw(poll)}`;
  }

  return {
    before,
    so,
    /** What came of a choice. @param {Item} poll */
    bars: (poll) => html`${bars(poll, ownAnswer(poll, room.store)?.options ?? [], [])}
      <p class="soft">${t("poll.voters", { n: poll.counted })}</p>`,
    waits,
    /** What is said of it once nobody's answer is known any more. @param {Item} poll */
    after: (poll) => (ownAnswer(poll, room.store)?.sealed ? html`<p class="soft">${t("forms.sealed")}</p>` : nothing),
    /** What is said of a vote that waits here for the line. @param {Item} poll */
    kept: (poll) => (isKept(poll) ? t("forms.kept") : null),
    /** Whole, or nothing for a choice, which is drawn elsewhere. @param {Item} poll @param {string} id @param {() => void} voted */
    draw(poll, id, voted) {
      if (poll.form === "choice" || !poll.form) return undefined;
      if (!Object.hasOwn(FETCH, poll.form)) return html`<p class="soft">${t("forms.unknown")}</p>`;
      const form = need(poll.form);
      if (!form) return html`<p class="soft">${t("frame.loading")}</p>`;
      const told = isTold(poll) ? form.result(poll, ownAnswer(poll, room.store), room) : nothing;
      if (ownAnswer(poll, room.store)?.sealed && poll.state === "open") return told;
      if (poll.state === "open" && !isOver(room)) return html`${voting(poll, form, id, voted)}${so(told)}`;
      return isTold(poll) ? told : waiting(poll, form);
    },
    /** What one sent, in a line. @param {Item} poll */
    said(poll) {
      const sent = sentAnswer(poll, room);
      return (isVoted(sent) && !sent.sealed && forms.get(poll.form)?.said(poll, /** @type {Answer} */ (sent))) || "";
    },
    update: () => closing.update(),
    redraw: () => void words().then(room.update),
  };
}

/** A result while it changes. @param {unknown} told */
const so = (told) => (told === nothing ? nothing : html`<div class="poll-so-far"><h4>${t("forms.so_far")}</h4>${told}</div>`);

const plain = (/** @type {Answer|undefined} */ { options = [], number = null, texts = [] } = {}) => JSON.stringify([options, number, texts]);

/** @param {Answer} one @param {Answer|undefined} other */
const isSame = (one, other) => plain(one) === plain(other);

/** @param {Item} poll */
const whoSees = ({ names, form }) => `forms.${names === "hosts" ? "hosts_see" : "nobody_sees"}${form === "text" || form === "cloud" ? "_wrote" : ""}`;

const WHEN = ["always", "voted", "closed", "revealed", "never"];

/** @param {Item} poll */
const whenTold = ({ results }) => `forms.when.${WHEN.includes(results) ? results : "revealed"}`;

/** @param {Item} poll */
function waits({ state, results }) {
  if (results === "never") return "forms.never";
  return state === "revealed" || (state === "closed" && results !== "revealed" && results) ? "forms.few" : "poll.closed";
}
