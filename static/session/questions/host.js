/**
 * The question board: who is next, the line, what waits for approval, what is open, what is over.
 *
 * Cards move between groups while somebody works on them, also because a colleague does. Focus stays with
 * the card: its element in the new group gets what the one in the old group had.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("./card.js").Card} Card
 * @typedef {import("../records.js").Question} Question
 * @typedef {import("../records.js").QuestionState} QuestionState
 * @typedef {ReturnType<typeof keyedList<Card>>} List
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { attempt, show } from "../../app/lib/failsafe.js";
import { keyedList } from "../../app/lib/list.js";
import { t } from "../../app/i18n.js";
import { drawCard, markCard } from "./card.js";
import { dragLine } from "./drag.js";
import { fairness, WEIGHTS } from "./fair.js";
import { groups, heldBoard, noGroups, neighbour, walk } from "./groups.js";
import { hold } from "../../parts/hold.js";
import { actButton, empty } from "../../parts/act.js";
import { doWithAll, stageOf } from "./acts.js";
import { beginWriting } from "../../pages/host/writing.js";
import { sessionOf } from "../programme/session.js";
import { chevronDown, chevronRight } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @type {QuestionState[]} */
const SHOWN = ["held", "on_deck", "queued", "open", "answered", "dismissed"];
/** What is over, and what waits for approval, is folded away; a fold has its own button. @type {ReadonlySet<QuestionState>} */
const FOLDS = new Set(["held", "answered", "dismissed"]);

const STILL_MS = 4000;
/** In the order of the button. @type {import("./groups.js").Sort[]} */
const SORTS = ["supporters", "newest", "fair"];

/** @param {Host} host */
export function create(host) {
  const root = host.place("board");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const lists = new Map(SHOWN.map((state) => [state, cardList(part(state), host)]));
  dragLine(part("queued"), host);
  let found = noGroups();
  /** @type {ReturnType<typeof groups>|null} what was where when the board began to hold still */
  let held = null;
  // a mouse that lies still in the middle of the screen must not keep new questions out
  hold(root, (on) => keep(on), { whole: false, idle: STILL_MS });

  /** @param {boolean} on */
  function keep(on) {
    held = on ? found : null;
    attempt(root, draw);
  }

  function draw() {
    const { sort, folded } = host.ui.now;
    const fair = fairOf(host);
    const kept = focusIn(root);
    const all = groups(/** @type {readonly Question[]} */ (host.store.all("question")), stageOf(host), sort, fair?.weigh);
    const still = held ? heldBoard(all, held) : { found: all, fresh: 0 };
    found = still.found;
    show(part("head"), () => drawHead(host, found.open.length, still.fresh, letIn));
    for (const state of SHOWN) {
      const cards = found[state];
      show(part(`${state}-head`), () => drawGroupHead(state, cards, host));
      part(state).hidden = folded.has(state) || !cards.length;
      lists
        .get(state)
        ?.update(part(state).hidden ? [] : cards.map((question, at) => cardOf(question, at, cards.length, state, host, fair)));
    }
    show(part("empty"), () => drawEmpty(found, host));
    giveBack(kept);
  }

  function letIn() {
    keep(false);
    keep(true);
  }

  /** @param {1|-1} step */
  function select(step) {
    const id = neighbour(walk(found, new Set(host.ui.now.folded)), host.ui.now.selected, step);
    if (id === undefined) return;
    host.ui.set({ selected: id, tab: "board" });
    draw();
    focusCard(id);
  }

  const afterPress = pressesOf(document);
  root.addEventListener("focusin", (event) => {
    const card = /** @type {HTMLElement} */ (event.target).closest("[data-question]");
    const id = card instanceof HTMLElement ? card.dataset.question : undefined;
    if (id) afterPress(() => host.ui.set({ selected: id }));
  });
  const redraw = () => lists.forEach((list) => list.redraw());
  return { of: ["question", "stage", "session", "taken_on", "together"], also: () => host.ui.now.sort === "fair" && host.store.all("person"), update: draw, select, redraw };
}

/**
 * Runs once the press that is under way has done what it does: the chosen card shows all its words, and a button
 * that these push away from under the finger would not be pressed. By events of the mouse, since what a touch
 * means comes as these, after its own.
 * @param {Document} page @returns {(run: () => void) => void}
 */
function pressesOf(page) {
  let down = false;
  let waiting = () => {};
  function end() {
    down = false;
    waiting();
    waiting = () => {};
  }
  page.addEventListener("mousedown", () => void (down = true), true);
  // the click comes right after the release
  for (const released of ["mouseup", "dragend"]) page.addEventListener(released, () => void setTimeout(end), true);
  return (run) => (down ? void (waiting = run) : run());
}

/** @param {string} id */
export function focusCard(id) {
  const card = find(`[data-question="${CSS.escape(id)}"]`);
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} list @param {Host} host */
function cardList(list, host) {
  return keyedList(list, { draw: (/** @type {Card} */ card) => drawCard(card, host), row: markCard });
}

const SHELL = html`<div data-part="head"></div>
  <div data-part="empty"></div>
  <div class="groups">
    ${SHOWN.map(
      (state) =>
        html`<section class="group is-${state}">
          <div data-part="${state}-head"></div>
          <ul class="cards" data-part=${state} data-keys="within"></ul>
        </section>`,
    )}
  </div>`;

/** @param {Question} question @param {number} at @param {number} count @param {QuestionState} as @param {Host} host
 * @param {ReturnType<typeof fairOf>} fair @returns {Card} */
function cardOf(question, at, count, as, host, fair) {
  const { selected, more } = host.ui.now;
  const { id } = question;
  const place = { first: at === 0, last: at === count - 1 };
  const { taken, together } = besideOf(host, id);
  const why = fair && as === "open" ? fair.reasonsOf(question).map((one) => t(`host.fair.${one}`)).join(" · ") : "";
  return { id, question, as, done: host.acts.undoableOf(id), selected: selected === id, more: more === id, busy: host.acts.busy(id), taken, together, why, ...place };
}

/** @param {Host} host @param {string} id */
const besideOf = ({ store }, id) => ({
  taken: /** @type {import("../records.js").Taken_on|undefined} */ (store.get("taken_on", id)),
  together: /** @type {import("../records.js").Together|undefined} */ (store.get("together", id)),
});

/** Where unheard voices go first, why each does. @param {Host} host */
function fairOf({ ui, store }) {
  if (ui.now.sort !== "fair") return null;
  const personOf = (/** @type {string} */ id) => /** @type {import("../records.js").Person|undefined} */ (store.get("person", id));
  return fairness(/** @type {readonly Question[]} */ (store.all("question")), personOf);
}

/** @param {Host} host @param {number} open @param {number} fresh @param {() => void} letIn */
function drawHead(host, open, fresh, letIn) {
  return html`<div class="panel-head">
    <h2 id="board-title">${t("host.board")}</h2>
    ${drawPremoderation(host)} ${fresh ? drawFresh(fresh, letIn) : open > 1 ? drawSort(host) : nothing}
  </div>`;
}

/** In the place of the sorting, so that the cards below stay where they are.
 * @param {number} n @param {() => void} letIn */
const drawFresh = (n, letIn) =>
  html`<button type="button" class="button is-small fresh" @click=${letIn}>${t("host.board.fresh", { n })}</button>`;

/** @param {Host} host */
function drawSort(host) {
  const { sort } = host.ui.now;
  const turn = () => host.ui.set({ sort: SORTS[(SORTS.indexOf(sort) + 1) % SORTS.length] });
  return html`<button type="button" class="button is-small is-quiet" title=${sort === "fair" ? t("host.fair.what", WEIGHTS) : nothing} @click=${turn}>
    ${t(`host.board.by_${sort}`)}
  </button>`;
}

/** @param {Host} host */
function drawPremoderation(host) {
  const on = Boolean(sessionOf(host)?.premoderated);
  const turn = () =>
    void host.acts.do("change_session", { premoderated: !on }, () => t(`host.did.premoderated_${on ? "off" : "on"}`));
  return html`<label class="check"
    ><input type="checkbox" .checked=${on} @change=${turn} /> ${t("host.board.premoderated")}</label
  >`;
}

/** @param {QuestionState} state @param {Question[]} cards @param {Host} host */
function drawGroupHead(state, cards, host) {
  if (!cards.length) return nothing;
  const title = html`${t(`host.group.${state}`)} <span class="tally">${cards.length}</span>`;
  if (!FOLDS.has(state)) return html`<h3 class="group-head">${title}</h3>`;
  const folded = host.ui.now.folded.has(state);
  return html`<h3 class="group-head">
    <button type="button" class="fold" aria-expanded=${folded ? "false" : "true"} @click=${() => host.ui.fold(state)}>
      ${icon(folded ? chevronRight : chevronDown)} ${title}
    </button>
    ${state === "held" && !folded ? drawBulk(cards, host) : nothing}
  </h3>`;
}

/** All that wait, in one act with one way back. @param {Question[]} cards @param {Host} host */
function drawBulk(cards, host) {
  const waiting = cards.filter((question) => question.state === "held");
  const off = waiting.length < 2;
  const one = (/** @type {"approve"|"dismiss"} */ act) =>
    actButton(`${act}_all`, t(`host.act.${act}_all`), () => doWithAll(host, act, waiting), { off, key: false, look: "is-quiet" });
  return html`<span class="acts">${one("approve")}${one("dismiss")}</span>`;
}

/** @param {ReturnType<typeof groups>} found @param {Host} host */
function drawEmpty(found, host) {
  const any = SHOWN.some((state) => found[state].length) || found.live.length;
  const invite = () => beginWriting(host, t("host.board.invitation"));
  return any ? nothing : empty(t("host.board.empty"), actButton("invite", t("host.board.invite"), invite, { key: false }));
}

/** Where focus is: in which card, on which of its buttons or fields. @param {HTMLElement} root */
function focusIn(root) {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !root.contains(focused)) return null;
  const card = focused.closest("[data-question]");
  const { name = "" } = /** @type {HTMLInputElement} */ (focused);
  const at = focused.dataset.act ? `[data-act="${focused.dataset.act}"]` : name && `[name="${name}"]`;
  return card instanceof HTMLElement ? { id: card.dataset.question ?? "", at } : null;
}

/** @param {ReturnType<typeof focusIn>} kept */
function giveBack(kept) {
  if (!kept || (document.activeElement !== document.body && document.activeElement)) return;
  const card = find(`[data-question="${CSS.escape(kept.id)}"]`);
  // one that is folded away leaves the focus to the next of its list
  if (card) ((kept.at && find(kept.at, card)) || card).focus({ preventScroll: true });
}
