/** What to show for a session's video, by kind. Pure: only decides; picture.js draws. */

import { safeHref } from "../../lib/words.js";

/** @typedef {{show: "none"}|{show: "frame", src: string, site: string, youtube: boolean}|{show: "video", src: string, hls: boolean}} Source */

const YOUTUBE_ID = /^[\w-]{6,20}$/;

/**
 * @param {string|undefined} kind
 * @param {string|undefined} address
 * @returns {Source}
 */
export function sourceOf(kind, address) {
  const href = safeHref(address);
  if (!href || !kind || kind === "none") return { show: "none" };
  if (kind === "youtube") return youtube(href);
  if (kind === "frame") return frame(href);
  return { show: "video", src: href, hls: kind === "hls" };
}

/** @param {string} href @returns {Source} */
function youtube(href) {
  const id = youtubeId(href);
  if (!id) return { show: "none" };
  const src = `https://www.youtube-nocookie.com/embed/${id}?autoplay=1&rel=0&playsinline=1`;
  return { show: "frame", src, site: "YouTube", youtube: true };
}

/** @param {string} href @returns {Source} a frame of an insecure page would be blocked by the browser anyway */
function frame(href) {
  const url = new URL(href);
  return url.protocol === "https:"
    ? { show: "frame", src: href, site: url.hostname, youtube: false }
    : { show: "none" };
}

/**
 * @param {string} href watch, live, short, embedded or shared
 * @returns {string|null}
 */
export function youtubeId(href) {
  const url = new URL(href);
  const host = url.hostname.replace(/^(www|m|music)\./, "");
  const path = url.pathname.split("/").filter(Boolean);
  const known = host === "youtube.com" || host === "youtube-nocookie.com";
  const id = host === "youtu.be" ? path[0] : known ? (url.searchParams.get("v") ?? path[1]) : null;
  return id && YOUTUBE_ID.test(id) ? id : null;
}
