/** Where the hour is, in the header: what is on, how long it still is, when it will be over. It leads to the run of show. */

import { formatTime, has, loadRare, t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { clock } from "../../app/lib/time.js";
import { said } from "../../parts/text.js";
import { nameOf } from "../../session/running/name.js";
import { inOrder, MINUTE, reckon, runOf } from "../../session/running/reckoning.js";

const SOON_MS = 2 * MINUTE;

/** @param {import("../host.js").Host} host @param {string} state of the session
 * @returns {unknown} null where nothing is on, or the doors are not open, which is more to be told */
export function drawRun(host, state) {
  const run = runOf(host.store);
  if (!run?.current || state !== "open") return null;
  if (!has("run.now")) void loadRare("running/").then(() => host.ui.set({}));
  const { lines, left, drift, expectedEnd } = reckon(inOrder(host.store), run, serverNow());
  const line = lines.find(({ state }) => state === "on");
  if (!line || left === null) return null;
  const name = has("run.now") ? nameOf(line.segment) : line.segment.title;
  const late = Math.round(drift / MINUTE);
  const time = formatTime(expectedEnd);
  const look = left < 0 ? "is-over" : left <= SOON_MS ? "is-soon" : "";
  return html`<button type="button" class="top-run ${look}" data-act="open_run" @click=${() => void host.drawer.open("run")}>
    <span class="top-run-name">${said(name)}</span>
    <strong>${left < 0 ? `+${clock(-left)}` : clock(left)}</strong>
    <span>${late > 0 ? t("host.strip.late", { time, n: late }) : t("host.strip.ends", { time })}</span>
  </button>`;
}
