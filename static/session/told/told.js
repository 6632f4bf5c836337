/**
 * What an attendee is told of what hosts do meanwhile: that the chat goes slowly, that a message of theirs waits and
 * why, that they are to be quiet for a while. It comes with the first record of that, with its words and its look.
 */

import { has, loadRare, t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { clock, countdown } from "../../app/lib/time.js";
import { dress } from "../../parts/dress.js";
import { words } from "../../parts/text.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../records.js").Held} Held */
/** @typedef {import("../records.js").Timeout} Timeout */

/** A word that is there once ours are, in the language that is read. */
const READY = "told.waits";

/** @param {Room} room */
export async function follow(room) {
  await Promise.all([dress("session/told/told.css"), loadRare("told/")]);
  before(room, "greeting", "told");
  before(room, "composer", "waits");
  room.add([
    ["told", createQuiet],
    ["waits", createWaits],
  ]);
}

/** @param {Room} room @param {string} name of the place it comes before @param {string} ours */
function before(room, name, ours) {
  const place = document.createElement("div");
  place.id = `place-${ours}`;
  room.place(name).before(place);
}

/** Words of another language come a moment after the others. @param {Room} room */
const again = (room) => void loadRare("told/").then(room.update);

/** @param {Room} room */
function createQuiet(room) {
  const root = room.place("told");
  let until = 0;
  let stop = () => {};

  /** @param {Timeout} timeout */
  function count(timeout) {
    stop();
    until = timeout.until;
    announce(t("told.quiet", { left: clock(until - serverNow()) }));
    stop = countdown(until, (left) => {
      if (left <= 0 && until) end();
      else draw(left);
    });
  }

  function end() {
    stop();
    until = 0;
    render(nothing, root);
    announce(t("told.quiet.over"));
  }

  const mine = () => /** @type {Timeout|undefined} */ (room.store.get("timeout", room.store.you?.id));

  /** @param {number} left */
  const draw = (left) =>
    render(
      html`<div class="told is-quiet" role="group">
        <p>${t("told.quiet", { left: clock(left) })}</p>
        ${mine()?.reason ? html`<p class="soft"><bdi dir="auto">${t("told.quiet.why", { reason: mine()?.reason ?? "" })}</bdi></p>` : nothing}
      </div>`,
      root,
    );

  return {
    of: ["timeout"],
    update() {
      const timeout = mine();
      if (!has(READY)) return;
      if (timeout && timeout.until !== until) count(timeout);
      else if (!timeout && until) end();
    },
    redraw: () => again(room),
  };
}

/** @param {Room} room */
function createWaits(room) {
  const { store } = room;
  const root = room.place("waits");
  return {
    of: ["held", "pacing"],
    also: room.tab,
    update() {
      const held = /** @type {readonly Held[]} */ (store.all("held")).filter(({ by }) => by === store.you?.id);
      const pacing = room.isHost(room.identity.you.role) ? undefined : store.get("pacing", "now");
      const how = [pacing?.slow ? t("told.slow", { n: pacing.slow }) : "", pacing?.reviewed ? t("told.reviewed") : ""].filter(Boolean);
      root.hidden = room.tab() !== "chat" || !has(READY);
      render(
        html`${held.length ? html`<ul class="told-waits">${held.map(drawHeld)}</ul>` : nothing}
        ${how.length ? html`<p class="told-pace">${how.join(" ")}</p>` : nothing}`,
        root,
      );
    },
    redraw: () => again(room),
  };
}

/** @param {Held} held */
const drawHeld = ({ text, why }) =>
  html`<li class="told">
    <p class="message-text">${words(text)}</p>
    <p class="soft">${t("told.waits")} ${t(`told.waits.${why}`)}</p>
  </li>`;
