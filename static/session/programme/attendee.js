/**
 * The picture: a countdown while waiting, the video while open, a goodbye when closed.
 *
 *   waiting: countdown ──open──▶ video | click-to-load | holding card ──close──▶ goodbye
 *
 * It is drawn again only when the session's video or state changed: a playing video is never touched.
 */

import { formatTime, t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { countdown, partsOf } from "../../app/lib/time.js";
import { disc } from "../../parts/card.js";
import { isAudience } from "../people/order.js";
import { sourceOf } from "./video.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("./video.js").Source} Source */

const FACES = 8;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("picture");
  let drawn = "";
  let state = "";
  let agreed = "";
  let stopCounting = () => {};
  let ended = false;

  /** @param {Source} source */
  function agree(source) {
    agreed = source.show === "frame" ? source.src : "";
    drawn = "";
    update();
  }

  /** @param {Item} session */
  function tellState(session) {
    if (state && state !== session.state) announce(t(`picture.now_${session.state}`));
    state = session.state;
    if (state === "closed") void end();
  }

  /** What is asked at the end comes then. */
  async function end() {
    if (ended) return;
    ended = true;
    try {
      room.add([["over", (await import("../feedback/over.js")).create]]);
    } catch {
      // in a tunnel nothing comes; with the next change it is tried again
      ended = false;
    }
  }

  /** @param {Item|undefined} session */
  function drawWaiting(session) {
    const here = store.all("person").filter(isAudience);
    render(
      html`<div class="holding">
        <p class="eyebrow">${t("picture.waiting")}</p>
        <h2 class="holding-title"><bdi dir="auto">${session?.title ?? ""}</bdi></h2>
        <div class="counting" id="counting" role="timer"></div>
        <div class="faces">
          ${here.slice(-FACES).map(disc)}<span
            >${here.length ? t("picture.already", { n: here.length }) : nothing}</span
          >
        </div>
        <p class="holding-hint">${t("picture.hint")}</p>
      </div>`,
      root,
    );
  }

  /** @param {number|null} startsAt */
  function count(startsAt) {
    stopCounting();
    const place = document.getElementById("counting");
    if (!place) return;
    if (!startsAt) return void render(html`<p>${t("picture.soon")}</p>`, place);
    stopCounting = countdown(startsAt, (left) =>
      render(left > 0 ? clockFace(left, startsAt) : html`<p>${t("picture.any_moment")}</p>`, place),
    );
  }

  function update() {
    const session = store.get("session", room.identity.session);
    // nothing is known yet, not even that it has not begun
    if (!store.position) return render(html`<div class="holding"><p class="holding-hint">${t("frame.loading")}</p></div>`, root);
    if (session) tellState(session);
    if (!session || session.state === "waiting") drawWaiting(session);
    const key = session
      ? [session.state, session.starts_at, session.title, session.video_kind, session.video, agreed].join("|")
      : "none";
    if (key === drawn) return;
    // what fails on the way is not drawn, and is tried again
    drawn = "";
    root.classList.remove("is-broken");
    if (!session || session.state === "waiting") count(session?.starts_at ?? null);
    else drawOver(session);
    drawn = key;
  }

  /** @param {Item} session one that has begun */
  function drawOver(session) {
    stopCounting();
    if (session.state === "closed") render(goodbye(session), root);
    else drawOpen(session, sourceOf(session.video_kind, session.video));
  }

  /**
   * @param {Item} session
   * @param {Source} source
   */
  function drawOpen(session, source) {
    if (source.show === "none") return render(holding(session), root);
    if (source.show === "video") return render(native(source.src, source.hls, session.title), root);
    render(
      source.src === agreed
        ? player(source.src, session.title)
        : asking(source.site, source.youtube, () => agree(source)),
      root,
    );
  }

  return {
    of: ["session", "person"],
    update,
    redraw() {
      drawn = "";
    },
  };
}

/**
 * @param {number} left
 * @param {number} startsAt
 */
function clockFace(left, startsAt) {
  const { days, hours, minutes, seconds } = partsOf(left);
  const shown = days ? { days, hours, minutes } : hours ? { hours, minutes, seconds } : { minutes, seconds };
  return html`<p class="clock" aria-hidden="true">
      ${Object.entries(shown).map(
        ([unit, n]) =>
          html`<span class="clock-part"><b>${String(n).padStart(2, "0")}</b> ${t(`time.${unit}`, { n })}</span>`,
      )}
    </p>
    <p>
      ${t("picture.starts", {
        time: formatTime(startsAt, {
          weekday: "long",
          day: "numeric",
          month: "long",
          hour: "2-digit",
          minute: "2-digit",
        }),
      })}
    </p>`;
}

/** @param {Item} session */
function holding(session) {
  return html`<div class="holding is-open">
    <div class="holding-words">
      <p class="eyebrow"><span class="pulse" aria-hidden="true"></span>${t("picture.live")}</p>
      <h2 class="holding-title"><bdi dir="auto">${session.title}</bdi></h2>
      <p class="holding-hint">${t("picture.none")}</p>
    </div>
    <div class="holding-spot" id="place-spot"></div>
  </div>`;
}

/** @param {Item} session */
function goodbye(session) {
  return html`<div class="holding">
    <p class="eyebrow">${t("picture.closed")}</p>
    <h2 class="holding-title"><bdi dir="auto">${session.title}</bdi></h2>
    <p>${t("picture.thanks")}</p>
    <p class="holding-hint">${t("picture.read_on")}</p>
  </div>`;
}

/**
 * Nothing is asked from another site before this button.
 * @param {string} site
 * @param {boolean} isYoutube
 * @param {() => void} agree
 */
function asking(site, isYoutube, agree) {
  return html`<div class="holding">
    <button type="button" class="play" @click=${agree}>
      <span class="play-icon" aria-hidden="true"></span>${t("video.play")}
    </button>
    <p class="holding-hint">${t(isYoutube ? "video.consent_youtube" : "video.consent", { site })}</p>
  </div>`;
}

/**
 * @param {string} src
 * @param {string} title
 */
function player(src, title) {
  return html`<iframe
    class="video"
    sandbox="allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox"
    src=${src}
    title=${title}
    allow="autoplay; fullscreen; picture-in-picture; encrypted-media"
    referrerpolicy="strict-origin-when-cross-origin"
  ></iframe>`;
}

/**
 * @param {string} src
 * @param {boolean} hls
 * @param {string} title
 */
function native(src, hls, title) {
  const playable = !hls || document.createElement("video").canPlayType("application/vnd.apple.mpegurl") !== "";
  const failed = (/** @type {Event} */ event) =>
    /** @type {HTMLElement} */ (event.target).closest(".picture")?.classList.add("is-broken");
  const direct = html`<p class="video-broken">
    ${t(playable ? "video.broken" : "video.no_hls")}
    <a href=${src} target="_blank" rel="noopener noreferrer">${t("video.direct")}</a>
  </p>`;
  if (!playable) return html`<div class="holding">${direct}</div>`;
  return html`<video
      class="video"
      controls
      playsinline
      preload="metadata"
      src=${src}
      title=${title}
      @error=${failed}
    ></video
    >${direct}`;
}
