/** This week: what is on now with one press to enter, what comes next, day by day, and my sessions. */

import { currentLang, isolated, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { icon } from "../../parts/icon.js";
import { said, words } from "../../parts/text.js";
import { bookmark, bookmarkCheck, clock, logIn } from "../../vendor/icons.js";
import { announcements } from "../announcements/participant.js";
import { openCard } from "../directory/opening.js";
import { fetched } from "../directory/fetched.js";
import { calendarPanel } from "./calendar.js";
import { languageName } from "./language.js";
import { elsewhere, ownZone, weekOf } from "./week.js";
import { hour, midnight, there } from "./times.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./week.js").Shown} Shown */
/** @typedef {Record<string, {name: string, organisation: string, country: string}>} Leaders */

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("week");
  /** @type {Leaders} */
  let leaders = {};
  let asked = "";
  let showsPast = false;
  const drawCalendar = calendarPanel(room, () => update());
  /** What draws the score, once it is shown to all. @type {(() => unknown)|null} */
  let drawScore = null;
  let asksScore = false;

  function score() {
    if (room.mission()?.score !== "all") return nothing;
    if (drawScore) return drawScore();
    if (!asksScore) {
      asksScore = true;
      import("../score/participant.js").then(
        ({ createScore }) => ((drawScore = createScore(room, () => update())), update()),
        // tried again with the next change
        () => (asksScore = false),
      );
    }
    return nothing;
  }

  /** Who leads is asked for once, and again when others do. */
  function askWho() {
    const named = store.all("slot").flatMap(({ hosts, speakers }) => [...hosts, ...speakers]);
    const key = [...new Set(named)].sort().join();
    if (key === asked || !store.joined) return;
    asked = key;
    if (!key) return;
    fetched(room, "leaders").then(
      (found) => ((leaders = found), update()),
      // asked again with the next change
      () => (asked = ""),
    );
  }

  function update() {
    if (room.tab() !== "week") return;
    askWho();
    const zone = ownZone();
    const me = store.you?.id ?? room.identity.you.id;
    const marked = store.get("attending", me)?.slots ?? [];
    const given = { slots: store.all("slot"), cancelled: store.all("cancelled"), marked, me, now: serverNow(), zone };
    const week = weekOf(given);
    const places = room.mission()?.places ?? [];
    const draw = { room, zone, places, leaders };
    const isPast = (/** @type {{slots: Shown[]}} */ { slots }) => slots.every(({ state }) => state === "over");
    const past = week.days.filter(isPast);
    const shown = showsPast || past.length === week.days.length ? week.days : week.days.filter((day) => !isPast(day));
    render(
      html`<div class="week">
        <div class="week-main">
          ${week.on.map((slot) => nowCard(slot, draw))}
          ${!week.on.length && week.next ? nextCard(week.next, draw) : nothing}
          ${room.isNarrow() ? announcements(room) : nothing}
          ${store.position && !week.days.length ? html`<p class="empty">${t("week.empty")}</p>` : nothing}
          ${past.length && past.length < week.days.length && !showsPast
            ? html`<button type="button" class="button is-small is-quiet week-past" @click=${() => ((showsPast = true), update())}>
                ${t("week.past", { n: past.length })}
              </button>`
            : nothing}
          ${shown.map((day) => drawDay(day, draw))}
          ${week.days.length ? html`<p class="soft week-zone">${icon(clock)} ${t("week.zone", { zone: zoneName(zone, places) })}</p>` : nothing}
        </div>
        <aside class="week-side">${room.isNarrow() ? nothing : announcements(room)} ${drawCalendar(week.mine)} ${score()}</aside>
      </div>`,
      root,
    );
  }

  return { of: ["slot", "cancelled", "attending", "announcement", "mission"], also: () => room.tab(), update };
}

/** @typedef {{room: Room, zone: string, places: {name: string, zone: string}[], leaders: Leaders}} Draw */

/** @param {Shown} slot @param {Draw} draw */
function nowCard(slot, draw) {
  return html`<section class="card is-live now-card" aria-label=${t("week.now")}>
    <p class="now-mark"><span class="badge is-live">${t("week.now")}</span> ${times(slot, draw)}</p>
    <h2>${said(slot.title)}</h2>
    ${led(slot, draw)}
    <p class="row">${enterLink(slot, draw.room, "is-primary")} ${mineButton(slot, draw.room)}</p>
  </section>`;
}

/** @param {Shown} slot @param {Draw} draw */
function nextCard(slot, draw) {
  const isSoon = slot.state === "soon";
  return html`<section class="card now-card" aria-label=${t("week.next")}>
    <p class="now-mark"><span class="badge">${t(isSoon ? "week.soon" : "week.next")}</span>
      <span>${dayName(there(slot.starts_at, draw.zone).day)}</span> ${times(slot, draw)}</p>
    <h2>${said(slot.title)}</h2>
    ${led(slot, draw)}
    <p class="row">${enterLink(slot, draw.room, isSoon ? "is-primary" : "")} ${mineButton(slot, draw.room)}</p>
  </section>`;
}

/** What is on now stands above, with what can be done about it. @param {{day: string, slots: Shown[]}} day @param {Draw} draw */
function drawDay({ day, slots }, draw) {
  const isToday = day === there(serverNow(), draw.zone).day;
  return html`<section class="week-day" aria-label=${dayName(day)}>
    <h2>${dayName(day)} ${isToday ? html`<span class="badge is-new">${t("week.today")}</span>` : nothing}</h2>
    <ul class="slots">${slots.map((slot) => drawSlot(slot, draw))}</ul>
  </section>`;
}

/** @param {Shown} slot @param {Draw} draw */
function drawSlot(slot, draw) {
  return html`<li class="slot is-${slot.state} ${slot.isOff ? "is-off" : ""} ${slot.isMine ? "is-mine" : ""}">
    <div class="slot-when">${times(slot, draw)}</div>
    <div class="slot-what">
      <h3>${said(slot.title)} ${marks(slot)}</h3>
      ${slot.state === "on" ? nothing : led(slot, draw)}
      ${slot.abstract ? html`<details class="slot-more"><summary>${t("week.more")}</summary><p class="lines">${words(slot.abstract)}</p></details>` : nothing}
    </div>
    ${slot.isOff || slot.state === "on" ? nothing : html`<div class="slot-acts">${mineButton(slot, draw.room)} ${enterLink(slot, draw.room, "")}</div>`}
  </li>`;
}

/** @param {Shown} slot */
function marks({ isOff, state, role, language }) {
  return html`${isOff ? html`<span class="badge is-danger">${t("week.off")}</span> ` : nothing}
  ${!isOff && state === "on" ? html`<span class="badge is-live">${t("week.now")}</span> ` : nothing}
  ${role === "attendee" ? nothing : html`<span class="badge is-new">${t(`week.role.${role}`)}</span> `}
  ${language ? html`<span class="badge">${languageName(language)}</span>` : nothing}`;
}

/** Ours, and beside it what it is elsewhere. @param {Shown} slot @param {Draw} draw */
function times(slot, { places, zone }) {
  const [from, to] = [slot.starts_at, slot.ends_at].map((at) => hour(there(at, zone).minutes));
  return html`<span class="slot-time"><strong>${from}–${to}</strong></span>
    ${elsewhere(slot, places, zone).map(
      ({ from, days, names }) =>
        html`<span class="slot-there soft"><span>${from}</span>${days ? html` <span>${t(days > 0 ? "week.day_on" : "week.day_before")}</span>` : nothing} <bdi dir="auto">${names.join(", ")}</bdi></span>`,
    )}`;
}

/** Who leads and speaks, each with their card behind. @param {Shown} slot @param {Draw} draw */
function led({ hosts, speakers }, { room, leaders }) {
  const known = [...hosts, ...speakers].filter((id) => leaders[id]);
  if (!known.length) return nothing;
  const one = (/** @type {string} */ id) => {
    const { name, organisation } = leaders[id];
    return html`<button type="button" class="name-button" @click=${() => openCard(room, id)}>
      <bdi dir="auto">${name}</bdi>${organisation ? html` <bdi dir="auto" class="soft">(${organisation})</bdi>` : nothing}
    </button>`;
  };
  return html`<p class="slot-led">${known.map(one)}</p>`;
}

/** @param {Shown} slot @param {Room} room @param {string} look */
function enterLink({ id, role, title, state }, { identity }, look) {
  const isOpen = state === "on" || state === "soon";
  if (!isOpen && role !== "host") return nothing;
  const page = role === "host" ? "host" : "session";
  return html`<a class="button ${look}" href="/${page}/${encodeURIComponent(id)}?as=${encodeURIComponent(identity.as)}" aria-label=${t(role === "host" ? "week.lead.name" : "week.enter.name", { title })}
    >${icon(logIn)} ${t(role === "host" ? "week.lead" : "week.enter")}</a
  >`;
}

/** @param {Shown} slot @param {Room} room */
function mineButton({ id, isMarked, role, title, state }, room) {
  if (role !== "attendee" || state === "over") return nothing;
  const press = () =>
    room.store.do(isMarked ? "skip" : "attend", { slot: id }).done.catch(() => room.toast(t("refused.unknown"), true));
  return html`<button type="button" class="button is-small is-quiet mine-button" aria-pressed=${isMarked} aria-label=${t("week.mine.name", { title })} @click=${press}>
    ${icon(isMarked ? bookmarkCheck : bookmark)} ${t("week.mine")}
  </button>`;
}

/** @param {string} day */
const dayName = (day) =>
  new Intl.DateTimeFormat(currentLang() === "en" ? "en-GB" : currentLang(), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(midnight(day));

/** As the mission calls a place of it, where one is there. @param {string} zone @param {Draw["places"]} places */
const zoneName = (zone, places) => isolated(places.find((place) => place.zone === zone)?.name ?? zone.split("/").pop()?.replaceAll("_", " ") ?? zone);
