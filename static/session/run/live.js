/** Where the hour is: what is on, how long it still is, and the steps on and back. */

import { formatTime, t } from "../../app/i18n.js";
import { announce, html, nothing } from "../../app/lib/dom.js";
import { show } from "../../app/lib/failsafe.js";
import { serverNow } from "../../app/lib/now.js";
import { clock } from "../../app/lib/time.js";
import { said } from "../../parts/text.js";
import { lengthOf, MINUTE, nextOf } from "../running/reckoning.js";
import { nameOf } from "../running/name.js";
import { quietFor } from "./quiet.js";

/**
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Run} Run
 * @typedef {ReturnType<typeof import("../running/reckoning.js").reckon>} Reckoned
 */

const SOON_MS = 2 * MINUTE;
const MORE = [1, 2, 5];

/** @param {HTMLElement} root @param {Host} host */
export function createLive(root, host) {
  /** Of which it was said that it is over soon. */
  let warned = "";

  /** @param {Run} run @param {Reckoned} reckoned */
  function warn({ current }, { lines, left }) {
    const line = lines.find(({ state }) => state === "on");
    if (!current || !line || left === null || left > SOON_MS || left < 0 || warned === current) return;
    warned = current;
    if (lengthOf(line.segment) > 2) announce(t("host.run.soon", { name: nameOf(line.segment) }));
  }

  return {
    /** @param {Run|undefined} run @param {Reckoned} reckoned */
    draw(run, reckoned) {
      if (run) warn(run, reckoned);
      show(root, () => {
        if (!reckoned.lines.length) return nothing;
        if (run?.ended_at) return drawEnded(host, run, reckoned);
        return run?.current ? drawOn(host, run, reckoned) : drawStart(host, reckoned);
      });
    },
  };
}

/** @param {Host} host @param {Reckoned} reckoned */
function drawStart(host, { expectedEnd }) {
  const start = () => void host.acts.do("start_run", {}, () => t("host.did.start_run"));
  return html`<section class="run-live">
    <p>${t("host.run.ends", { time: formatTime(expectedEnd) })}</p>
    <button type="button" class="button is-small is-primary" data-act="start_run" @click=${start}>${t("host.run.start")}</button>
  </section>`;
}

/** @param {Host} host @param {Run} run @param {Reckoned} reckoned */
function drawOn(host, run, reckoned) {
  const line = reckoned.lines.find(({ state }) => state === "on");
  if (!line) return nothing;
  const { segment } = line;
  const left = reckoned.left ?? 0;
  const name = nameOf(segment);
  const following = nextOf(reckoned.lines.map((one) => one.segment), run);
  const leaving = { leaving: segment.id };
  const onward = () => void host.acts.do("next_segment", leaving, () => t("host.did.next_segment", { name }));
  const back = () => void host.acts.do("back_segment", leaving);
  const end = () => void host.acts.do("end_run", leaving, () => t("host.did.end_run"));
  return html`<section class="run-live ${left < 0 ? "is-over" : left <= SOON_MS ? "is-soon" : ""}" aria-label=${t("host.run.on")}>
    <p class="run-now"><span class="badge is-live">${t("host.run.on")}</span> <strong>${said(name)}</strong></p>
    <p class="run-clock">${left < 0 ? t("host.run.overrun", { time: clock(-left) }) : t("host.run.left", { time: clock(left) })}</p>
    <p class="run-facts">${t("host.run.ends", { time: formatTime(reckoned.expectedEnd) })} · ${driftWords(reckoned.drift)}</p>
    ${drawQuiet(host)}
    <div class="acts">
      <button type="button" class="button is-small is-primary run-next" data-act="next_segment" @click=${onward}>
        ${following ? html`${t("host.run.next")}: ${said(nameOf(following))}` : t("host.run.last")}
      </button>
      ${MORE.map((n) => drawMore(host, segment, n, name))}
      <button type="button" class="button is-small is-quiet" data-act="back_segment" @click=${back}>${t("host.run.back")}</button>
      ${following ? html`<button type="button" class="button is-small is-quiet" data-act="end_run" @click=${end}>${t("host.run.end")}</button>` : nothing}
    </div>
  </section>`;
}

/** @param {Host} host @param {import("../records.js").Segment} segment @param {number} n @param {string} name */
function drawMore(host, segment, n, name) {
  const more = () =>
    void host.acts.do("extend_segment", { segment: segment.id, was: lengthOf(segment), minutes: n }, () => t("host.did.extend_segment", { n, name }));
  return html`<button type="button" class="button is-small" data-act="extend_segment" aria-label=${t("host.run.extend.said", { n })} @click=${more}>
    ${t("host.run.extend", { n })}
  </button>`;
}

/** @param {Host} host */
function drawQuiet(host) {
  const minutes = quietFor(host.store, serverNow());
  if (minutes === null) return nothing;
  return html`<p class="run-facts">${minutes < 2 ? t("host.run.busy") : t("host.run.quiet", { n: minutes })}</p>`;
}

/** @param {Host} host @param {Run} run @param {Reckoned} reckoned */
function drawEnded(host, run, { lines, drift }) {
  const last = run.ran?.at(-1)?.segment ?? lines[0].segment.id;
  const back = () => void host.acts.do("back_segment", { leaving: last });
  return html`<section class="run-live">
    <p>${t("host.run.ended", { time: formatTime(run.ended_at ?? 0), how: driftWords(drift) })}</p>
    <button type="button" class="button is-small" data-act="back_segment" @click=${back}>${t("host.run.back")}</button>
  </section>`;
}

/** @param {number} drift ms */
export function driftWords(drift) {
  const n = Math.round(drift / MINUTE);
  if (n === 0) return t("host.run.on_time");
  return n > 0 ? t("host.run.late", { n }) : t("host.run.early", { n: -n });
}
