/** Reactions, the raised hand, and the menu in the top corner. */

import { refusalText, t } from "../../app/i18n.js";
import { announce, find, html, isCalm, render } from "../../app/lib/dom.js";
import { hand } from "../../vendor/icons.js";
import { agree, clap, heart, idea, laugh, wow } from "../../vendor/reactions.js";
import { icon } from "../../parts/icon.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */

/** @type {Record<string, import("../../parts/icon.js").Drawing>} */
const PICTURES = { clap, heart, laugh, wow, idea, agree };
const PAUSE_MS = 200;
const MOST_FLOATING = 24;
const MOST_AT_ONCE = 6;
const FLOAT_MS = 2600;
const OWN_MS = 2000;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("acts");
  /** Our own are shown at once, so they are taken off the next pulse. @type {Record<string, number>} */
  const own = {};
  let last = 0;

  /** @param {string} reaction */
  function react(reaction) {
    if (Date.now() - last < PAUSE_MS || store.link.state !== "live") return;
    last = Date.now();
    own[reaction] = (own[reaction] ?? 0) + 1;
    store.pulse(reaction);
    float(room, reaction);
    // one that the server never counted must not swallow somebody else's
    setTimeout(() => (own[reaction] = Math.max(0, own[reaction] - 1)), OWN_MS);
  }

  store.onPulse((reactions) => {
    for (const [reaction, count] of Object.entries(reactions)) {
      const others = count - (own[reaction] ?? 0);
      own[reaction] = Math.max(0, -others);
      for (let n = 0; n < Math.min(others, MOST_AT_ONCE); n++) setTimeout(() => float(room, reaction), n * 120);
    }
  });

  return {
    of: ["person", "session"],
    update() {
      const raised = room.me()?.hand != null;
      const open = store.get("session", room.identity.session)?.state !== "closed";
      render(
        html`<div class="reactions" role="group" data-often aria-label=${t("acts.reactions")}>
            ${Object.entries(PICTURES).map(
              ([name, picture]) =>
                html`<button
                  type="button"
                  class="reaction"
                  title=${t(`reaction.${name}`)}
                  aria-label=${t(`reaction.${name}`)}
                  ?disabled=${!open}
                  @click=${() => react(name)}
                >
                  ${reactionPicture(picture)}
                </button>`,
            )}
          </div>
          <button
            type="button"
            class="button hand"
            aria-pressed=${raised}
            ?disabled=${!open}
            @click=${() => raise(room, raised)}
          >
            ${icon(hand)}<span class="hand-words">${t(raised ? "acts.lower" : "acts.raise")}</span>
          </button>`,
        root,
      );
    },
  };
}

/** @param {import("../../parts/icon.js").Drawing} picture */
const reactionPicture = (picture) =>
  html`<svg class="reaction-picture" viewBox="0 0 32 32" aria-hidden="true">${picture}</svg>`;

/**
 * @param {Room} room
 * @param {boolean} raised
 */
function raise({ store, toast }, raised) {
  const { done } = store.do(raised ? "lower_hand" : "raise_hand");
  done.then(
    () => (raised ? announce(t("acts.lowered")) : toast(t("acts.raised"))),
    (why) => toast(refusalText(why.code, why.text), true),
  );
}

/**
 * One picture drifting up over the picture; nothing at all where less motion is asked for, or where somebody is
 * shown: no name is drawn over.
 * @param {Room} room
 * @param {string} reaction
 */
function float(room, reaction) {
  const over = room.place("picture");
  if (find(".spotlight", over) || !PICTURES[reaction] || isCalm() || document.hidden || over.querySelectorAll(".floating").length >= MOST_FLOATING) return;
  const element = document.createElement("span");
  element.className = "floating";
  element.setAttribute("aria-hidden", "true");
  render(reactionPicture(PICTURES[reaction]), element);
  element.style.setProperty("--from", `${8 + Math.random() * 30}%`);
  element.style.setProperty("--drift", `${Math.round(Math.random() * 60 - 30)}px`);
  over.append(element);
  setTimeout(() => element.remove(), FLOAT_MS);
}
