/**
 * How the stage is linked: while nothing new can come, a small line in the corner says since when the picture
 * stands. Over a video (`?transparent=1`) it is a dot, for the technician alone.
 */

import { t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { beforeFirst, newsOfHttp } from "../../parts/linked.js";
import { timeEverywhere } from "../../session/stage/zones.js";

/** A restart of the server is over before anybody need know. */
const GRACE_MS = 3000;
/** How often a server that is there is asked whether its log is, too. */
const ASK_MS = 5000;
/** It answers after two seconds, whatever its log does. */
const PATIENCE_MS = 4000;

/**
 * @param {import("../../app/connection.js").Connection} connection
 * @param {{say: (text: string) => void, dot: (on: boolean) => void, isOverVideo: boolean,
 *   zone: string}} screen
 */
export function watchLink(connection, { say, dot, isOverVideo, zone }) {
  /** @type {number|null} when the picture was known to be true (Unix ms), if it ever was */
  let stood = null;
  /** @type {"lost"|"slow"|null} */
  let trouble = null;

  function tell() {
    dot(trouble !== null && isOverVideo);
    const standing = trouble && stood && t(`stage.${trouble}`, { time: timeEverywhere(stood, zone) });
    say(isOverVideo ? "" : standing || now());
  }

  /** How it is linked, where its picture does not stand. */
  const now = () => (trouble ? beforeFirst(connection) : newsOfHttp(connection));

  async function look() {
    const { state } = connection.link;
    if (state === "ended") return say(t("stage.new_link"));
    if (state === "live") trouble = (await isReady()) ? null : "slow";
    else if (Date.now() - (connection.lostAt ?? Date.now()) > GRACE_MS) trouble = "lost";
    if (!trouble && state === "live") stood = serverNow();
    if (connection.link.state === state) tell();
  }

  setInterval(look, ASK_MS);
  connection.addEventListener("link", look);
}

/** False only where the server itself says that it cannot go on. */
async function isReady() {
  try {
    const answer = await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.status !== 503;
  } catch {
    return true;
  }
}
