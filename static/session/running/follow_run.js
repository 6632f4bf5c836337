/**
 * For who watches: what is on, how many minutes it still is, what comes. It is fetched once there is a run, and stands
 * above the panel's tabs; who speaks is led to the page that is theirs.
 */

import { loadRare, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { dress } from "../../parts/dress.js";
import { said } from "../../parts/text.js";
import { nameOf } from "./name.js";
import { placeOf } from "./reckoning.js";

/** A minute that passed is seen soon enough. */
const EVERY_MS = 5_000;

/** @param {import("../../pages/attendee/frame.js").Room} room */
export async function follow(room) {
  const { store, identity } = room;
  await Promise.all([loadRare("running/"), dress("session/running/strip.css")]);
  const place = document.createElement("div");
  place.id = "place-run";
  room.place("head").before(place);

  const isSpeaker = identity.you.role === "speaker";

  function update() {
    const at = placeOf(store, serverNow());
    render(at || isSpeaker ? drawStrip(at, identity) : nothing, place);
  }

  setInterval(() => document.hidden || update(), EVERY_MS);
  room.add([["run", () => ({ of: ["run", "segment"], update, redraw: () => void loadRare("running/").then(update) })]]);
}

/** @param {ReturnType<typeof placeOf>} at @param {import("../../app/enter.js").Identity} identity */
function drawStrip(at, { you, session, as }) {
  return html`<section class="run-strip" aria-label=${t("run.strip")}>
    <p>
      ${at
        ? html`<strong>${said(nameOf(at.current))}</strong>
            <span>${at.minutes ? t("run.left", { n: at.minutes }) : t("run.over")}</span>
            ${at.next ? html`<span class="run-then">${t("run.then")}: ${said(nameOf(at.next))}</span>` : nothing}`
        : nothing}
    </p>
    ${you.role === "speaker" ? html`<a href=${`/speaker/${session}?as=${as}`} target="_blank" rel="noopener">${t("run.speaker.page")}</a>` : nothing}
  </section>`;
}
