/**
 * The week in numbers: who came, was greeted, asked and spoke, by session and by kind of organisation, and what
 * people thought of each hour. It names nobody, and is asked for anew when somebody looks.
 *
 * @typedef {{came: number, greeted: number, asked: number, spoke: number}} Did
 * @typedef {Record<string, Record<string, number>>} Answers  of each question how often each answer was given
 * @typedef {Did & {session: string, title: string, starts_at: number, feedback: {people: number, answers: Answers}|null}} Hour
 * @typedef {Did & {participants: number, kinds: Record<string, Did>, others: Did|null, sessions: Hour[]}} Report
 */

import { query, request } from "../../app/enter.js";
import { formatNumber, formatTime, refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { said } from "../../parts/text.js";
import { drawScore } from "../score/score.js";

const AGAIN_MS = 15_000;
const DID = /** @type {const} */ (["came", "greeted", "asked", "spoke"]);

/** @param {{mission: string, as: string, place: (name: string) => HTMLElement}} room */
export function create({ mission, as, place }) {
  const root = place("history");
  /** @type {Report|null} */
  let report = null;
  /** @type {import("../score/score.js").Score|null} */
  let score = null;
  let wrong = "";
  let askedAt = -Infinity;

  async function ask() {
    askedAt = performance.now();
    try {
      const told = (/** @type {string} */ call) => request(`/api/missions/${encodeURIComponent(mission)}/${call}${query(as)}`);
      [report, { score }] = await Promise.all([told("report"), told("score")]);
      wrong = "";
    } catch (why) {
      const { code, text } = /** @type {import("../../app/enter.js").Problem} */ (why);
      wrong = refusalText(code, text);
    }
    draw();
  }

  function draw() {
    render(
      html`<div class="tab-head">
          <h2>${t("history.title")}</h2>
          <button type="button" class="button is-small" @click=${() => void ask()}>${t("history.again")}</button>
        </div>
        ${wrong ? html`<p role="alert">${wrong}</p>` : nothing}
        ${score ? drawScore(score, "h3") : nothing} ${report ? drawReport(report) : html`<p class="empty">${t("history.loading")}</p>`}`,
      root,
    );
  }

  function update() {
    draw();
    if (performance.now() - askedAt > AGAIN_MS) void ask();
  }

  return { of: ["slot"], update };
}

/** @param {Report} report */
function drawReport(report) {
  if (!report.came) return html`<p class="empty">${t("history.nothing")}</p>`;
  return html`<dl class="report-sums">
      ${drawSum("participants", report.participants)}
      ${DID.map((name) => drawSum(name, report[name], name === "came" ? report.participants : report.came))}
    </dl>
    ${drawTable(t("history.sessions"), report.sessions.map((hour) => [drawWhich(hour), hour]), true)}
    <p class="soft">${t("history.worth.what")}</p>
    ${drawTable(t("history.kinds"), kindsOf(report))}
    <p class="soft">${t("history.kinds.what")}</p>`;
}

/** Those of which enough came, and the others in one. @param {Report} report @returns {[unknown, Did][]} */
function kindsOf({ kinds, others }) {
  const told = Object.entries(kinds).sort(([, a], [, b]) => b.came - a.came);
  const rows = told.map(([kind, did]) => /** @type {[unknown, Did]} */ ([t(kind ? `kind.${kind}` : "history.unsaid"), did]));
  return others ? [...rows, [t(rows.length ? "history.others" : "history.all"), others]] : rows;
}

/** @param {string} name @param {number} n @param {number} [of] */
const drawSum = (name, n, of = 0) =>
  html`<div>
    <dt>${t(`history.${name}`)}</dt>
    <dd>${drawNumber(n)} ${n && of ? html`<span class="soft">${share(n, of)}</span>` : nothing}</dd>
  </div>`;

/** What is told in fives; nothing of fewer. @param {number} n */
const drawNumber = (n) => (n ? html`<strong>${formatNumber(n)}</strong>` : html`<span class="soft">${t("history.few")}</span>`);

/** @param {number} n @param {number} of */
const share = (n, of) => (of ? formatNumber(n / of, { style: "percent" }) : "");

/** @param {Hour} hour */
const drawWhich = ({ title, starts_at }) =>
  html`${said(title)} <span class="soft">${formatTime(starts_at, { weekday: "short", day: "numeric", hour: "2-digit", minute: "2-digit" })}</span>`;

/** @param {string} title @param {[unknown, Did & Partial<Hour>][]} rows @param {boolean} [rated] */
function drawTable(title, rows, rated = false) {
  return html`<div class="report-table" role="region" tabindex="0" aria-label=${title}>
    <table>
      <caption>${title}</caption>
      <thead>
        <tr>
          <td></td>
          ${DID.map((name) => html`<th scope="col">${t(`history.${name}`)}</th>`)}
          ${rated ? html`<th scope="col">${t("history.worth")}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${rows.map(([which, did]) => drawRow(which, did, rated))}
      </tbody>
    </table>
  </div>`;
}

/** @param {unknown} which @param {Did & Partial<Hour>} did @param {boolean} rated */
const drawRow = (which, did, rated) =>
  html`<tr>
    <th scope="row">${which}</th>
    ${DID.map(
      (name) =>
        html`<td>${did[name] || html`<span class="soft">${t("history.few")}</span>`} ${name === "greeted" && did.greeted ? html`<span class="soft">${share(did.greeted, did.came)}</span>` : nothing}</td>`,
    )}
    ${rated ? html`<td>${drawWorth(did.feedback)}</td>` : nothing}
  </tr>`;

/** Whom it was worth their time, of those who said; the rest of it where one points. @param {Hour["feedback"]|undefined} feedback */
function drawWorth(feedback) {
  const worth = feedback?.answers.worth ?? {};
  const said = Object.values(worth).reduce((sum, n) => sum + n, 0);
  if (!feedback || !said) return html`<span class="soft">${t("history.unrated")}</span>`;
  return html`${share(worth.yes ?? 0, said)} <span class="soft">${t("history.of", { n: feedback.people })}${drawLength(feedback.answers)}</span>`;
}

/** @param {Answers} answers */
function drawLength({ length = {} }) {
  const off = /** @type {const} */ (["short", "long"]).filter((name) => length[name]);
  return off.map((name) => `, ${t(`history.${name}`, { n: length[name] })}`).join("");
}
