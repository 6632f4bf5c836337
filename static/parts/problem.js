/** A page that says what went wrong and what to do about it, with one button. */

import { topic } from "../app/enter.js";
import { has, loadRare, refusalText, t } from "../app/i18n.js";
import { coverAll, html, nothing, render } from "../app/lib/dom.js";

/** Codes after which the same address may well work in a moment. */
const PASSING = /^(network\.|http\.5|log\.|pace\.)/;
/** After these it takes another link: to try again would only say the same again. */
const LASTING = /^(left|person\.erased|link\..*|token\..*|(session|mission|page|participant)\.unknown)$/;
/** These were asked for: nothing is wrong. */
const MEANT = /^(left|person\.erased)$/;
/** To where somebody may come by the link they have, if not here. @type {Record<string, string>} */
const GO = { "token.not_host": "/session/", "token.not_organise": "/mission/" };

/** In the place of all there is. @param {string} code @param {{text?: string, reason?: string}} [why] */
export async function showProblem(code, why = {}) {
  // a link pasted where it is asked for has another end only: browsers do not load such a page anew
  addEventListener("hashchange", () => location.reload(), { once: true });
  await Promise.all([loadRare(), loadRare(code || "page.broken")]);
  drawProblem(coverAll().page, { code, ...why });
}

/**
 * @param {HTMLElement} root
 * @param {{code: string, text?: string, reason?: string, lang?: string}} problem `reason` in a host's own words
 */
export function drawProblem(root, { code, text = "", reason = "" }) {
  const known = has(`problem.${code}.title`) ? code : PASSING.test(code) ? "passing" : "other";
  document.title = t(`problem.${known}.title`);
  render(
    html`<main class="plain" id="problem" tabindex="-1">
      <p class="eyebrow">${t("index.eyebrow")}</p>
      <h1>${t(`problem.${known}.title`)}</h1>
      <p>${known === "other" ? refusalText(code, text || t("problem.other.text")) : t(`problem.${known}.text`)}</p>
      ${reason ? html`<p>${t(has(`problem.${known}.reason`) ? `problem.${known}.reason` : "problem.reason")} <q><bdi dir="auto">${reason}</bdi></q></p>` : nothing}
      ${has(`problem.${known}.todo`) ? html`<p>${t(`problem.${known}.todo`)}</p>` : nothing}
      <p class="row">
        ${GO[code] ? drawGo(code) : LASTING.test(code) ? drawJoin(code) : drawAgain()}
        <a class="button is-quiet" href="/">${t("problem.home")}</a>
      </p>
      ${MEANT.test(code) ? nothing : html`<p class="soft">${t("problem.code", { code: code || "?" })}</p>`}
    </main>`,
    root,
  );
  document.getElementById("problem")?.focus();
}

/** Of what the page is about. */
const id = () => topic().split("/")[1] ?? "";

/** @param {string} code */
const drawGo = (code) =>
  html`<a class="button is-primary" href=${GO[code] + id() + location.search}>${t(`problem.${code}.go`)}</a>`;

/** To a mission that there is a way may lead for everybody. @param {string} code */
const drawJoin = (code) =>
  topic().startsWith("mission/") && !/^(mission|page|person)\./.test(code)
    ? html`<a class="button is-primary" href=${`/mission/${id()}/join${code.startsWith("token.") ? "#lost" : ""}`}>${t("problem.join")}</a>`
    : nothing;

const drawAgain = () =>
  html`<button type="button" class="button is-primary" @click=${() => location.reload()}>${t("problem.again")}</button>`;
