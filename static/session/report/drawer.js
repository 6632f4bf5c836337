/**
 * Looking back, in the host's drawer: the report to read and to take along, at any moment; and the questions that wait
 * for an answer, which is written here, also when the hour is over.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 */

import { currentLang, t } from "../../app/i18n.js";
import { queryHere } from "../../app/enter.js";
import { find, html, render } from "../../app/lib/dom.js";
import { show } from "../../app/lib/failsafe.js";
import { createAnswers } from "./answers.js";
import { createTaking } from "./taking.js";

const SHEETS = ["attendance", "people", "questions", "polls", "chat", "feedback"];

/** @param {Host} host */
export function create(host) {
  const root = host.place("report");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const answers = createAnswers(part("answers"), host);
  const taking = createTaking(part("taking"), host);

  function update() {
    show(part("head"), () => drawHead(host, taking.take));
    answers.draw();
    taking.draw();
  }

  return { of: ["session", "question", "answer"], update, redraw: update };
}

const SHELL = html`<div data-part="head"></div>
  <div data-part="taking"></div>
  <div data-part="answers"></div>`;

/** As whom, in which language, and by which clocks. @param {Host} host @param {string} path @param {Record<string, string>} [more] */
function address(host, path, more = {}) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
  const query = new URLSearchParams({ lang: currentLang(), zone, ...more });
  return `${path}${queryHere(host.as)}&${query}`;
}

/** @param {Host} host @param {(address: string, name: string) => void} take */
function drawHead(host, take) {
  const api = `/api/sessions/${host.session}`;
  const one = (/** @type {string} */ name, /** @type {string} */ path, /** @type {Record<string, string>} */ more = {}) =>
    html`<button type="button" class="button is-small" data-take=${name} @click=${() => take(address(host, `${api}/${path}`, more), path)}>
      ${t(`host.report.take.${name}`)}
    </button>`;
  return html`<p>${t("host.report.what")}</p>
    <div class="acts">
      <a class="button is-small is-primary" data-act="read" href=${address(host, `/report/${host.session}`)} target="_blank" rel="noopener">${t("host.report.read")}</a>
    </div>
    <section aria-labelledby="report-take">
      <h3 id="report-take">${t("host.report.take")}</h3>
      <div class="acts">${one("send", "report.html", { names: "0" })} ${one("file", "report.html")} ${one("xlsx", "sheets.xlsx")} ${one("json", "sheets.json")}</div>
      <details>
        <summary>${t("host.report.take.csv")}</summary>
        <div class="acts">${SHEETS.map((sheet) => one(sheet, `sheets/${sheet}.csv`))}</div>
        <p class="report-soft">${t("host.report.take.comma")}</p>
      </details>
    </section>`;
}
