/** One poll: choosing, having chosen, waiting for the result, the result. */

import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { announce, html, nothing } from "../../app/lib/dom.js";
import { said } from "../../parts/text.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {{id: string, text: string, votes?: number}} Option */

/** What was chosen and is not sent. @param {Item} poll @param {Room} room */
const choiceOf = (poll, room) => draftOf(room, `vote/${poll.id}`);

/**
 * @param {Item} poll
 * @param {Room} room
 * @param {string} place where it is drawn: radios of two copies must not share a name
 * @param {() => void} [voted]
 */
export function drawPoll(poll, room, place, voted = () => {}) {
  const id = `poll-${place}-${poll.id}`;
  return html`<h3 class="poll-question" id=${id}>${said(poll.question)}</h3>
    ${room.forms?.draw(poll, id, voted) ?? drawChoice(poll, room, id, voted)} ${room.forms?.after(poll)}`;
}

/** @param {Item} poll @param {Room} room @param {string} id @param {() => void} voted */
function drawChoice(poll, room, id, voted) {
  const told = (isTold(poll) && room.forms?.bars(poll)) || nothing;
  if (ownAnswer(poll, room.store)?.sealed && poll.state === "open") return told;
  if (poll.state !== "open" || isOver(room)) return isTold(poll) ? told : waiting(poll, room);
  return [voting(poll, room, id, voted), room.forms?.so(told)];
}

/** After the end nobody votes. @param {Room} room */
export const isOver = ({ store, identity }) => store.get("session", identity.session)?.state === "closed";

/** Whether there is a result; that of too few would tell who chose what. @param {Item} poll */
export const isTold = (poll) => poll.counted !== undefined;

/** What we answered, as far as it was sent. @param {Item} poll @param {Pick<Room, "store">} room @returns {any} */
export const sentAnswer = (poll, { store }) =>
  store.pending.findLast(({ command, args }) => command === "vote" && args.poll === poll.id)?.args ?? ownAnswer(poll, store);

/** Whether it is one. @param {any} answer */
export const isVoted = (answer) => Boolean(answer?.options?.length || answer?.texts?.length || answer?.number != null || answer?.sealed);

/** What we are known to have answered. @param {Item} poll @param {Room["store"]} store @returns {any} */
export const ownAnswer = (poll, store) => store.all("vote").find((vote) => vote.poll === poll.id);

/**
 * @param {Item} poll
 * @param {Room} room
 * @param {string} id
 * @param {() => void} voted
 */
function voting(poll, room, id, voted) {
  const sent = /** @type {string[]} */ (sentAnswer(poll, room)?.options ?? []);
  const now = /** @type {string[]} */ (choiceOf(poll, room).get() ?? sent);
  const differs = now.length !== sent.length || now.some((one) => !sent.includes(one));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!now.length || !differs) return;
    voted();
    vote(poll, room, now);
  };
  return html`<form class="stack" @submit=${submit}>
    ${room.forms?.before(poll)}
    <fieldset class="options" aria-labelledby=${id}>
      ${poll.choose === "many" ? html`<p class="soft">${t("poll.many")}</p>` : nothing}
      ${poll.options.map((/** @type {Option} */ option) => choice(poll, option, now, id, room))}
    </fieldset>
    <p class="row poll-foot form-foot">
      <button class="button is-primary is-small" aria-disabled=${!now.length || !differs}>
        ${t(sent.length ? "poll.change" : "poll.vote")}
      </button>
      <span class="soft" role="status">${sent.length && !differs ? (room.forms?.kept(poll) ?? t("poll.voted")) : nothing}</span>
      <span class="soft">${t("poll.voters", { n: poll.voters })}</span>
    </p>
  </form>`;
}

/**
 * @param {Item} poll
 * @param {Option} option
 * @param {string[]} now
 * @param {string} name
 * @param {Room} room
 */
function choice(poll, option, now, name, room) {
  const many = poll.choose === "many";
  const change = (/** @type {Event} */ event) => {
    const { checked } = /** @type {HTMLInputElement} */ (event.target);
    choiceOf(poll, room).set(many ? (checked ? [...now, option.id] : now.filter((one) => one !== option.id)) : [option.id]);
    room.update();
  };
  return html`<label class="choice">
    <input type=${many ? "checkbox" : "radio"} name=${name} .checked=${now.includes(option.id)} @change=${change} />
    ${said(option.text)}
  </label>`;
}

/**
 * @param {Item} poll
 * @param {Room} room
 * @param {string[]} options
 */
function vote(poll, room, options) {
  const { store, toast, update } = room;
  choiceOf(poll, room).set(null);
  const { done } = store.do("vote", { poll: poll.id, options });
  done.then(
    () => announce(t("poll.voted")),
    (why) => {
      // it is there to be sent again, unless something else was chosen meanwhile
      choiceOf(poll, room).get() ?? choiceOf(poll, room).set(options);
      toast(refusalText(why.code, why.text), true);
      update();
    },
  );
  update();
}

/** @param {Item} poll @param {Room} room */
function waiting(poll, { store, forms }) {
  const mine = choiceText(poll, ownAnswer(poll, store)?.options ?? []);
  return html`<p>${t(forms?.waits(poll) ?? "poll.closed", { n: poll.voters })}</p>
    ${mine ? html`<p class="soft">${t("poll.your_vote")} ${said(mine)}</p>` : nothing}`;
}

/** @param {Item} poll @param {readonly string[]} ids */
export function choiceText(poll, ids) {
  const chosen = poll.options.filter((/** @type {Option} */ option) => ids.includes(option.id));
  return chosen.map((/** @type {Option} */ option) => option.text).join(", ");
}
