/**
 * How the stage is linked: while nothing new can come, a small line in the corner says since when the picture
 * stands. Over a video (`?transparent=1`) it is a dot, for the technician alone.
 */

import { formatTime, t } from "../../i18n.js";

/** A restart of the server is over before anybody need know. */
const GRACE_MS = 3000;
/** How often a server that is there is asked whether its log is, too. */
const ASK_MS = 5000;
/** It answers after two seconds, whatever its log does. */
const PATIENCE_MS = 4000;

/**
 * @param {import("../../connection.js").Connection} connection
 * @param {{say: (text: string) => void, dot: (on: boolean) => void, isOverVideo: boolean}} screen
 */
export function watchLink(connection, { say, dot, isOverVideo }) {
  /** When the picture was known to be true (Unix ms). */
  let stood = Date.now();
  /** @type {"lost"|"slow"|null} */
  let trouble = null;

  function tell() {
    dot(trouble !== null && isOverVideo);
    say(trouble && !isOverVideo ? t(`stage.${trouble}`, { time: formatTime(stood) }) : "");
  }

  async function look() {
    const { state } = connection.link;
    if (state === "ended") return say(t("stage.new_link"));
    if (state === "live") trouble = (await isReady()) ? null : "slow";
    else if (Date.now() - (connection.lostAt ?? Date.now()) > GRACE_MS) trouble = "lost";
    if (!trouble) stood = Date.now();
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
