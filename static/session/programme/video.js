/** What to show for a session's video, by kind. Pure: only decides; picture.js draws. */

import { webHref } from "../../app/lib/words.js";

/** @typedef {{show: "none"}|{show: "frame", src: string, site: string, youtube: boolean}|{show: "video", src: string, hls: boolean}} Source */

const YOUTUBE_ID = /^(?!videoseries)[\w-]{6,20}$/;

/**
 * @param {string|undefined} kind
 * @param {string|undefined} address
 * @returns {Source}
 */
export function sourceOf(kind, address) {
  const href = webHref(address);
  if (!href || !kind || kind === "none") return { show: "none" };
  if (kind === "youtube") return youtube(href);
  if (kind === "frame") return frame(href);
  return { show: "video", src: href, hls: kind === "hls" };
}

/** @param {string} href @returns {Source} */
function youtube(href) {
  const what = youtubeId(href);
  if (!what) return { show: "none" };
  const how = what.includes("?") ? "&" : "?";
  const src = `https://www.youtube-nocookie.com/embed/${what}${how}autoplay=1&rel=0&playsinline=1`;
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
 * @param {string} href watch, live, short, embedded or shared, or a channel's by the name it has for itself
 * @returns {string|null} what is embedded
 */
export function youtubeId(href) {
  const url = new URL(href);
  const host = url.hostname.replace(/^(www|m|music)\./, "");
  const [what, name = ""] = url.pathname.split("/").filter(Boolean);
  if (host === "youtu.be") return idOf(what);
  if (host !== "youtube.com" && host !== "youtube-nocookie.com") return null;
  const channel = what === "channel" ? name : name === "live_stream" ? `${url.searchParams.get("channel")}` : null;
  if (channel !== null) return /^UC[\w-]{22}$/.test(channel) ? `live_stream?channel=${channel}` : null;
  return idOf(url.searchParams.get("v") ?? (/^(live|embed|shorts|v|e)$/.test(what) ? name : ""));
}

/** @param {string} id */
const idOf = (id) => (YOUTUBE_ID.test(id) ? id : null);
