/** One meeting as a row: with whom, when for both, and what can be done about it. */

import { isolated, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { safeHref } from "../../app/lib/words.js";
import { disc } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { download, externalLink } from "../../vendor/icons.js";
import { openCard } from "../directory/opening.js";
import { pathOf } from "../directory/fetched.js";
import { ownZone } from "../programme/week.js";
import { markOf, spanIn } from "./hours.js";
import { clashOf } from "./order.js";
import { isAsked } from "./waiting.js";
import { dayName, soon, when } from "./when.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("./participant.js").Acts} Acts */

/** @param {Room} room @param {Item} meeting @param {Acts} acts @param {boolean} isNext */
export function drawMeeting(room, meeting, acts, isNext) {
  const { id, whom, name, organisation, note, minutes } = meeting;
  const who = name ? html`<button type="button" class="name-button" data-act="card" @click=${() => openCard(room, whom)}><bdi dir="auto">${name}</bdi></button>` : t("meetings.nobody");
  return html`<li class="meeting is-${meeting.state} ${isNext ? "is-next" : ""}" data-meeting=${id}>
    <div class="request-who">
      ${disc({ id: whom, name })}
      <div>
        <p>${who}</p>
        <p class="soft dots">${organisation ? html`<span><bdi dir="auto">${organisation}</bdi></span>` : nothing}<span>${t("meetings.minutes", { n: minutes })}</span></p>
      </div>
    </div>
    <div class="meeting-what">
      ${note ? html`<p><q>${said(note)}</q></p>` : nothing} ${body(room, meeting, acts, isNext)}
    </div>
  </li>`;
}

/** @param {Room} room @param {Item} meeting @param {Acts} acts @param {boolean} isNext */
function body(room, meeting, acts, isNext) {
  const now = serverNow();
  if (isAsked(meeting, now)) return drawAsked(room, meeting, acts);
  if (meeting.state === "proposed" && meeting.until > now) return drawMine(room, meeting, acts);
  const isAhead = meeting.state === "fixed" && meeting.starts_at + meeting.minutes * 60_000 > now;
  return isAhead ? drawFixed(room, meeting, acts, isNext) : drawPast(room, meeting);
}

/** @param {Room} room @param {Item} meeting @param {Acts} acts */
function drawAsked(room, meeting, acts) {
  return html`<ul class="meet-times">${meeting.times.map((/** @type {number} */ at) => drawTime(room, meeting, at, acts))}</ul>
    <p class="row">
      ${button("other", meeting, () => void acts.choose("other", meeting), "is-quiet")} ${button("decline", meeting, () => acts.decline(meeting), "is-quiet")}
    </p>`;
}

/** @param {Room} room @param {Item} meeting @param {number} at @param {Acts} acts */
function drawTime(room, meeting, at, acts) {
  const { store } = room;
  const mine = { meetings: store.all("meeting"), slots: store.all("slot"), me: store.you?.id ?? room.identity.you.id };
  const clash = clashOf(mine, at, meeting.minutes, meeting.id);
  const mark = markOf(at, meeting.minutes, ownZone());
  return html`<li class="meet-time">
    <div>
      ${when(room, meeting, at)} ${mark === "good" ? nothing : html`<span class="badge">${t(`meetings.mark.${mark}.mine`)}</span>`}
      ${clash.meeting ? html`<p class="error">${t("meetings.clash.meeting", { name: clash.meeting.name })}</p>` : nothing}
      ${clash.slot ? html`<p class="meet-warns">${t("meetings.clash.slot", { title: clash.slot.title })}</p>` : nothing}
    </div>
    ${clash.meeting ? nothing : button("accept", meeting, () => acts.accept(meeting, at), "", at)}
  </li>`;
}

/** @param {Room} room @param {Item} meeting @param {Acts} acts */
function drawMine(room, meeting, acts) {
  return html`<ul class="meet-times">${meeting.times.map((/** @type {number} */ at) => html`<li class="meet-time">${when(room, meeting, at)}</li>`)}</ul>
    <p class="row">${button("withdraw", meeting, () => acts.withdraw(meeting), "is-quiet")}</p>`;
}

/** @param {Room} room @param {Item} meeting @param {Acts} acts @param {boolean} isNext */
function drawFixed(room, meeting, acts, isNext) {
  const near = soon(meeting);
  const file = pathOf(room, `meetings/${encodeURIComponent(meeting.id)}.ics`);
  return html`<p class="meet-fixed">${near ? html`<span class="badge is-new">${near}</span>` : nothing} ${when(room, meeting, meeting.starts_at)}</p>
    <p class="row">
      ${placeLink(meeting, isNext)}
      <a class="button is-small is-quiet" href=${file} download="meeting.ics" aria-label=${named("file", meeting)}>${icon(download)} ${t("meetings.file")}</a>
      ${button("move", meeting, () => void acts.choose("move", meeting), "is-quiet")} ${button("cancel", meeting, () => acts.cancel(meeting), "is-quiet")}
    </p>`;
}

/** @param {Room} room @param {Item} meeting */
function drawPast(room, meeting) {
  const state = meeting.state === "proposed" ? "expired" : meeting.state;
  return html`<p class="meet-fixed">
    ${meeting.starts_at ? when(room, meeting, meeting.starts_at) : nothing} <span class="badge">${t(`meetings.state.${state}`)}</span>
  </p>`;
}

/** @param {Item} meeting @param {boolean} isNext */
function placeLink(meeting, isNext) {
  const href = safeHref(meeting.place);
  if (!href) return html`<span class="soft">${t("meetings.no_place")}</span>`;
  return html`<a class="button is-small ${isNext ? "is-primary" : ""}" href=${href} target="_blank" rel="noopener noreferrer nofollow ugc" aria-label=${named("place", meeting)}
    >${icon(externalLink)} ${t("meetings.place")}</a
  >`;
}

/** @param {string} act @param {Item} meeting */
const named = (act, { name }) => `${t(`meetings.${act}`)}: ${isolated(name)}`;

/** @param {string} act @param {Item} meeting @param {() => void} run @param {string} look @param {number} [at] which of its times */
function button(act, meeting, run, look, at) {
  const { day, from } = at ? spanIn(at, meeting.minutes, ownZone()) : { day: "", from: "" };
  const label = at ? `${named(act, meeting)}, ${dayName(day)} ${from}` : named(act, meeting);
  return html`<button type="button" class="button is-small ${look}" data-act=${act} aria-label=${label} @click=${run}>${t(`meetings.${act}`)}</button>`;
}
