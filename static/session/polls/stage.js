/**
 * A poll on the stage: what is asked while it runs, with the time that is left, and once it is told what came of it.
 *
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {{poll: any, first?: any, answers?: readonly any[], now?: number, corner?: unknown}} Shown `first` is an earlier
 *   round whose result is told, `answers` what is shown of what people wrote, `corner` what stands at the end of the
 *   first line
 */

import { html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { words } from "../stage/question.js";
import { leftOf } from "./forms/left.js";
import { limits, numberLine, numberPicture } from "./forms/number.js";
import { cloud, ranking, signed } from "./forms/pictures.js";
import { rightOf, teams } from "./forms/quiz.js";
import { scaleLine, scalePicture } from "./forms/scale.js";
import { grouped, rankingOf, shifts, stepsOf, wordsOf } from "./forms/tally.js";
import { counted, results } from "./shares.js";

/** More options than this stand in two columns; how large they are, their box decides. */
const ONE_COLUMN = 6;
/** So many of a cloud's words, and of answers, can be read from the back of a hall. */
const WORDS_MAX = 30;
const ANSWERS_MAX = 6;

/** @param {Shown} shown */
export function drawPoll(shown) {
  const { poll, now = 0, corner = nothing } = shown;
  const told = poll.counted !== undefined;
  const state = poll.state === "revealed" && !told ? "few" : poll.state;
  return html`<header class="poll-head">
      <div class="eyebrow">
        <p class="eyebrow-label">${t(poll.results === "never" && state === "few" ? "stage.poll.never" : `stage.poll.${state}`)}</p>
        <p class="poll-voters">${t("stage.voted", { n: told && poll.state !== "open" ? counted(poll) : poll.voters })}</p>
        ${poll.state === "open" && poll.closes_at ? html`<p class="poll-left">${leftOf(poll.closes_at, now)}</p>` : nothing} ${corner}
      </div>
      <h1 class="poll-title" dir="auto" data-fit>${poll.question}</h1>
    </header>
    ${told ? drawTold(shown) : drawAsked(poll)}`;
}

/** What can be answered. @param {any} poll */
function drawAsked(poll) {
  if (poll.form === "scale") return drawSteps(poll);
  if (poll.form === "number") return drawHint([poll.number?.unit ? t("stage.poll.in", { unit: poll.number.unit }) : "", limits(poll)]);
  if (poll.form === "cloud") return drawHint([t("stage.poll.words")]);
  if (poll.form === "text") return drawHint([t("stage.poll.text")]);
  return drawOptions(poll.options, drawOption);
}

/** @param {any} options @param {(option: any, at: number) => unknown} draw */
const drawOptions = (options, draw) =>
  html`<ol class="poll-options ${options.length > ONE_COLUMN ? "is-double" : ""}" data-count=${options.length} data-fit>
    ${options.map(draw)}
  </ol>`;

/** @param {{text: string}} option */
const drawOption = ({ text }) => html`<li class="poll-option"><span class="poll-text">${words(text)}</span></li>`;

/** @param {string[]} lines */
const drawHint = (lines) => html`<p class="poll-hint">${lines.filter(Boolean).map((line) => html`<span>${words(line)}</span> `)}</p>`;

/** @param {any} poll */
function drawSteps(poll) {
  const { low = "", high = "" } = poll.scale ?? {};
  const steps = stepsOf(poll);
  return html`<div class="poll-scale">
    <ol class="poll-steps" .style=${`--columns: ${steps.length}`}>${steps.map((step) => html`<li>${step}</li>`)}</ol>
    <p class="poll-ends"><span>${words(low)}</span><span>${words(high)}</span></p>
  </div>`;
}

/** What came of it. @param {Shown} shown */
function drawTold({ poll, first, answers = [] }) {
  if (poll.form === "scale") return drawChart(scalePicture(poll, null, first), scaleLine(poll));
  if (poll.form === "number") return drawChart(numberPicture(poll), numberLine(poll));
  if (poll.form === "cloud") return html`<div class="poll-cloud" data-fit>${cloud(wordsOf(poll).slice(0, WORDS_MAX), poll.question)}</div>`;
  if (poll.form === "ranking") return html`<div class="poll-ranks" data-fit>${ranking(rankingOf(poll), poll.question)}</div>`;
  return poll.form === "text" ? drawAnswers(answers) : drawBars(poll, first);
}

/** @param {unknown} picture @param {string} line */
const drawChart = (picture, line) => html`<div class="poll-chart">${picture}</div>
  <p class="poll-line">${line}</p>`;

/** @param {any} poll @param {any} first */
function drawBars(poll, first) {
  const all = results(poll);
  const right = rightOf(poll);
  const moved = first?.options?.length === all.length ? shifts(all, results(first)) : null;
  const one = (/** @type {import("./shares.js").Result} */ result, /** @type {number} */ at) => drawBar(result, moved ? signed(moved[at]) : "", right);
  return html`${drawOptions(all, one)} ${poll.teams?.length ? html`<div class="poll-teams"><p>${t("forms.teams")}</p>${teams({ teams: poll.teams.slice(0, 3) })}</div>` : nothing}`;
}

/** @param {import("./shares.js").Result} result @param {string} shift @param {string[]} right */
function drawBar({ id, text, votes, percent, most }, shift, right) {
  const look = right.length ? (right.includes(id) ? "is-right" : "is-wrong") : most ? "is-most" : "";
  return html`<li class="poll-option is-counted ${look}">
    <span class="poll-bar" aria-hidden="true" .style=${`width:${percent}%`}></span>
    <span class="poll-text">${words(text)}${right.includes(id) ? html`<span class="unseen">, ${t("forms.right")}</span>` : nothing}</span>
    ${shift ? html`<span class="poll-shift">${shift}</span>` : nothing}
    <span class="poll-number">${t("poll.share", { n: votes, percent })}</span>
  </li>`;
}

/** What was said by most, or put together by a host, first. @param {readonly any[]} answers */
function drawAnswers(answers) {
  if (!answers.length) return drawHint([t("forms.no_answers")]);
  const groups = grouped(answers).filter(({ group }) => group);
  const sum = (/** @type {any[]} */ all) => all.reduce((votes, one) => votes + (one.votes ?? 1), 0);
  const themes = groups.map(({ group, all }) => ({ text: group, votes: sum(all) })).sort((a, b) => b.votes - a.votes);
  const others = answers.filter(({ group }) => !group).map(({ text, votes = 1 }) => ({ text, votes })).sort((a, b) => b.votes - a.votes);
  return html`<ul class="poll-answers" data-fit>
    ${[...themes, ...others].slice(0, ANSWERS_MAX).map(({ text, votes }) => html`<li><span>${words(text)}</span> ${votes > 1 ? html`<strong>${votes}</strong>` : nothing}</li>`)}
  </ul>`;
}
