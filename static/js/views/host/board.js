/**
 * The question board: who is next, the line, what waits for approval, what is open, what is over.
 *
 * Cards move between groups while somebody works on them, also because a colleague does. Focus stays with
 * the card: its element in the new group gets what the one in the old group had.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("./card.js").Card} Card
 * @typedef {import("../stage/records.js").Question} Question
 * @typedef {import("../stage/records.js").QuestionState} QuestionState
 * @typedef {ReturnType<typeof keyedList<Card>>} List
 */

import { find, html, nothing, render } from "../../lib/dom.js";
import { attempt, show } from "../../lib/failsafe.js";
import { keyedList } from "../../lib/list.js";
import { t } from "../../i18n.js";
import { drawCard, markCard } from "./card.js";
import { dragLine } from "./drag.js";
import { groups, heldBoard, idsOf, noGroups, neighbour, walk } from "./groups.js";
import { hold } from "./hold.js";
import { empty } from "./parts.js";
import { stageOf } from "./question_acts.js";
import { sessionOf } from "./settings.js";

/** @type {QuestionState[]} */
const SHOWN = ["on_deck", "queued", "held", "open", "answered", "dismissed"];
/** What is over is folded away; a fold has its own button. @type {ReadonlySet<QuestionState>} */
const FOLDS = new Set(["answered", "dismissed"]);

const STILL_MS = 4000;

/** @param {HTMLElement} root @param {Host} host */
export function boardPanel(root, host) {
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const lists = new Map(SHOWN.map((state) => [state, cardList(part(state), host)]));
  dragLine(part("queued"), host);
  let found = noGroups();
  /** @type {string[]|null} ids while the board holds still */
  let held = null;
  // a mouse that lies still in the middle of the screen must not keep new questions out
  hold(root, (on) => keep(on), { whole: false, idle: STILL_MS });

  /** @param {boolean} on */
  function keep(on) {
    held = on ? idsOf(found) : null;
    attempt(root, draw);
  }

  function draw() {
    const { sort, folded } = host.ui.now;
    const kept = focusIn(root);
    const all = groups(/** @type {readonly Question[]} */ (host.store.all("question")), stageOf(host), sort);
    const still = held ? heldBoard(all, held) : { found: all, fresh: 0 };
    found = still.found;
    show(part("head"), () => drawHead(host, found.open.length, still.fresh, letIn));
    for (const state of SHOWN) {
      const cards = found[state];
      show(part(`${state}-head`), () => drawGroupHead(state, cards.length, host));
      part(state).hidden = folded.has(state) || !cards.length;
      lists
        .get(state)
        ?.update(part(state).hidden ? [] : cards.map((question, at) => cardOf(question, at, cards.length, host)));
    }
    show(part("empty"), () => drawEmpty(found));
    giveBack(root, kept);
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

  root.addEventListener("focusin", (event) => {
    const card = /** @type {HTMLElement} */ (event.target).closest("[data-question]");
    const id = card instanceof HTMLElement ? card.dataset.question : undefined;
    if (id && id !== host.ui.now.selected) host.ui.set({ selected: id });
  });
  const redraw = () => lists.forEach((list) => list.redraw());
  return { draw, select, redraw };
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

/** @param {Question} question @param {number} at @param {number} count @param {Host} host @returns {Card} */
function cardOf(question, at, count, host) {
  const { selected, more } = host.ui.now;
  const { id } = question;
  const place = { first: at === 0, last: at === count - 1 };
  return { id, question, selected: selected === id, more: more === id, busy: host.acts.busy(id), ...place };
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
  const turn = () => host.ui.set({ sort: sort === "newest" ? "supporters" : "newest" });
  return html`<button type="button" class="button is-small is-quiet" @click=${turn}>
    ${t(`host.board.by_${sort}`)}
  </button>`;
}

/** @param {Host} host */
function drawPremoderation(host) {
  const on = Boolean(sessionOf(host)?.premoderated);
  const turn = () =>
    void host.acts.do("change_session", { premoderated: !on }, t(`host.did.premoderated_${on ? "off" : "on"}`));
  return html`<label class="check"
    ><input type="checkbox" .checked=${on} @change=${turn} /> ${t("host.board.premoderated")}</label
  >`;
}

/** @param {QuestionState} state @param {number} count @param {Host} host */
function drawGroupHead(state, count, host) {
  if (!count) return nothing;
  const title = html`${t(`host.group.${state}`)} <span class="tally">${count}</span>`;
  if (!FOLDS.has(state)) return html`<h3 class="group-head">${title}</h3>`;
  const folded = host.ui.now.folded.has(state);
  return html`<h3 class="group-head">
    <button type="button" class="fold" aria-expanded=${folded ? "false" : "true"} @click=${() => host.ui.fold(state)}>
      <span aria-hidden="true">${folded ? "▸" : "▾"}</span> ${title}
    </button>
  </h3>`;
}

/** @param {ReturnType<typeof groups>} found */
function drawEmpty(found) {
  const any = SHOWN.some((state) => found[state].length) || found.live.length;
  return any ? nothing : empty(t("host.board.empty"));
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

/** @param {HTMLElement} root @param {ReturnType<typeof focusIn>} kept */
function giveBack(root, kept) {
  if (!kept || (document.activeElement !== document.body && document.activeElement)) return;
  const card = find(`[data-question="${CSS.escape(kept.id)}"]`);
  const same = card && kept.at ? find(kept.at, card) : null;
  // a card that is folded away leaves focus at the board and not at the top of the page
  (same ?? card ?? root).focus({ preventScroll: true });
}
