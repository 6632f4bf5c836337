/**
 * Being greeted: a card in the panel for eight seconds, or until it is closed, with a wave back.
 *
 * It stands in the flow of the panel and so lies over nothing. Its time does not pass while the page is hidden,
 * somebody points at it, or the keyboard is in it.
 */

import { refusalText, t } from "../../app/i18n.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { firstName } from "../../app/lib/words.js";
import { disc } from "../../parts/card.js";
import { check, hand, x } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../records.js").Greeting} Greeting */

const SHOWN_MS = 8000;
/** Older ones are no news to who has just come. */
const NEWS_MS = 60_000;
const STEP_MS = 250;

/** @param {Room} room */
export function create(room) {
  const root = room.place("greeting");
  /** When we were greeted, as last told; nothing is known at first. @type {number|null|undefined} */
  let told;
  let left = 0;
  /** @type {any} */
  let timer = null;

  /** @param {Greeting} greeting */
  function begin({ name }) {
    left = SHOWN_MS;
    clearInterval(timer);
    timer = setInterval(pass, STEP_MS);
    announce(`${t("people.greeted", { name })}. ${welcome(room)}`);
  }

  function pass() {
    if (!document.hidden && !isHeld(root)) left -= STEP_MS;
    if (left <= 0) end();
  }

  function end() {
    clearInterval(timer);
    left = 0;
    draw();
  }

  function draw() {
    const greeting = left > 0 && /** @type {Greeting|undefined} */ (room.me()?.greeted);
    render(greeting ? drawCard(room, greeting, end) : nothing, root);
  }

  return {
    of: ["person"],
    update() {
      const me = room.me();
      if (!me) return;
      const at = me.greeted?.at ?? null;
      if (at !== told) {
        left = 0;
        // who was away a while is told; who has just come, of what has just been
        if (at && (told !== undefined || serverNow() - at < NEWS_MS)) begin(me.greeted);
        told = at;
      }
      draw();
    },
  };
}

/** A finger that has lifted points at nothing. @param {HTMLElement} root */
const isHeld = (root) =>
  Boolean(find(":focus-visible", root)) || (matchMedia("(hover: hover)").matches && root.matches(":hover"));

/** @param {Room} room */
const welcome = (room) => t("greeting.welcome", { name: firstName(room.me()?.name ?? "") });

/** @param {Room} room @param {Greeting} greeting @param {() => void} close */
function drawCard(room, greeting, close) {
  return html`<section class="greeting" aria-label=${t("people.greeted", { name: greeting.name })}>
    ${disc({ id: greeting.by, name: greeting.name })}
    <p class="greeting-words">
      <strong><bdi>${welcome(room)}</bdi></strong><br /><span class="soft"
        ><bdi>${t("people.greeted", { name: greeting.name })}</bdi></span
      >
    </p>
    <button type="button" class="icon-button" aria-label=${t("dialog.close")} @click=${close}>${icon(x)}</button>
    ${drawWave(room, greeting)}
  </section>`;
}

/** The button, or that it was done. @param {Room} room @param {Greeting} greeting */
export function drawWave(room, greeting) {
  const { store } = room;
  if (greeting.waved || store.pending.some(({ command }) => command === "wave_back")) {
    return html`<span class="waved" role="status">${icon(check)} ${t("greeting.waved")}</span>`;
  }
  const wave = () => {
    store.do("wave_back").done.catch((why) => room.toast(refusalText(why.code, why.text), true));
    room.update();
  };
  return html`<button type="button" class="button is-small is-primary wave" @click=${wave}>
    ${icon(hand)} ${t("greeting.wave")}
  </button>`;
}
