/** The plan: a line for each segment, when it is, and what can be changed of it. */

import { formatTime, isolated, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { chevronDown, chevronUp, trash2 } from "../../vendor/icons.js";
import { lengthOf, MINUTE } from "../running/reckoning.js";
import { nameOf } from "../running/name.js";

/**
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../running/reckoning.js").Line} Line
 */

/** @param {Host} host @param {{open: (id: string) => void}} editor @param {import("../records.js").Run|undefined} run
 * @param {{lines: Line[]}} reckoned */
export function drawPlan(host, editor, run, { lines }) {
  const total = lines.reduce((sum, { segment }) => sum + lengthOf(segment), 0);
  return html`<div class="panel-head"><h3>${t("host.run.total", { n: total })}</h3></div>
    <ol class="run-plan">
      ${lines.map((line, at) => drawLine(line, at, lines, host, editor))}
    </ol>`;
}

/** @param {Line} line @param {number} at @param {Line[]} lines @param {Host} host @param {{open: (id: string) => void}} editor */
function drawLine(line, at, lines, host, editor) {
  const { segment, state, beginsAt } = line;
  const name = nameOf(segment);
  const facts = [segment.who, segment.notes].filter(Boolean);
  return html`<li class="run-line is-${state}" data-segment=${segment.id} aria-current=${state === "on" ? "step" : nothing}>
    <time class="run-time">${beginsAt === null ? "–" : formatTime(beginsAt)}</time>
    <button type="button" class="run-name" data-act="change_segment" aria-label=${`${t("host.run.change")}: ${isolated(name)}`} @click=${() => editor.open(segment.id)}>
      <strong>${said(name)}</strong>
      ${facts.map((text) => html`<span class="run-fact">${said(/** @type {string} */ (text))}</span>`)}
    </button>
    <span class="run-minutes">${drawMinutes(line)}</span>
    ${state === "coming" ? drawMoves(line, at, lines, host, name) : html`<span></span>`}
  </li>`;
}

/** @param {Line} line */
function drawMinutes({ segment, state, beginsAt, endsAt }) {
  if (state === "dropped") return html`<s>${segment.minutes}</s> ${t("host.run.dropped")}`;
  if (state === "on") return html`<span class="badge is-live">${t("host.run.on")}</span>`;
  const took = Math.round(((endsAt ?? 0) - (beginsAt ?? 0)) / MINUTE);
  if (state === "over") return t("host.run.took", { n: took });
  const now = lengthOf(segment);
  return now === segment.minutes ? now : html`<s>${segment.minutes}</s> ${now}`;
}

/** @param {Line} line @param {number} at @param {Line[]} lines @param {Host} host @param {string} name */
function drawMoves({ segment }, at, lines, host, name) {
  const isFirst = lines[at - 1]?.state !== "coming" && lines[at - 1]?.state !== "dropped";
  const move = (/** @type {string|undefined} */ before) =>
    void host.acts.do("move_segment", { segment: segment.id, before: before ?? null }, () => t("host.did.move_segment", { name }));
  const remove = () => void host.acts.do("remove_segment", { segment: segment.id }, () => t("host.did.remove_segment", { name }));
  /** @type {[string, unknown, () => void, boolean][]} */
  const acts = [
    ["up", chevronUp, () => move(lines[at - 1].segment.id), isFirst],
    ["down", chevronDown, () => move(lines[at + 2]?.segment.id), at === lines.length - 1],
    ["remove", trash2, remove, false],
  ];
  return html`<span class="run-moves">
    ${acts.map(
      ([act, drawing, run, off]) =>
        html`<button
          type="button"
          class="icon-button"
          data-act=${act}
          aria-label=${`${t(`host.run.${act}`)}: ${isolated(name)}`}
          title=${t(`host.run.${act}`)}
          aria-disabled=${off ? "true" : nothing}
          @click=${() => off || run()}
        >
          ${icon(/** @type {any} */ (drawing))}
        </button>`,
    )}
  </span>`;
}
