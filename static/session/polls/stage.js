/**
 * A poll on the stage: what can be chosen while it runs, and bars with numbers once it is revealed.
 *
 * @typedef {import("../records.js").Poll} Poll
 */

import { html } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { words } from "../stage/question.js";
import { counted, results } from "./shares.js";

/** More options than this stand in two columns; how large they are, their box decides. */
const ONE_COLUMN = 6;

/** @param {Poll} poll @param {unknown} corner what stands at the end of the first line */
export function drawPoll(poll, corner) {
  const revealed = poll.state === "revealed";
  const told = revealed && poll.counted !== undefined;
  return html`<header class="poll-head">
      <div class="eyebrow">
        <p class="eyebrow-label">${t(`stage.poll.${revealed && !told ? "few" : poll.state}`)}</p>
        <p class="poll-voters">${t("stage.voted", { n: told ? counted(poll) : poll.voters })}</p>
        ${corner}
      </div>
      <h1 class="poll-title" dir="auto" data-fit>${poll.question}</h1>
    </header>
    <ol class="poll-options ${poll.options.length > ONE_COLUMN ? "is-double" : ""}" data-count=${poll.options.length} data-fit>
      ${results(poll).map((result) => (told ? drawBar(result) : drawOption(result.text)))}
    </ol>`;
}

/** @param {string} text */
const drawOption = (text) => html`<li class="poll-option"><span class="poll-text">${words(text)}</span></li>`;

/** @param {import("./shares.js").Result} result */
function drawBar({ text, votes, percent, most }) {
  return html`<li class="poll-option is-counted ${most ? "is-most" : ""}">
    <span class="poll-bar" aria-hidden="true" .style=${`width:${percent}%`}></span>
    <span class="poll-text">${words(text)}</span>
    <span class="poll-number">${t("poll.share", { n: votes, percent })}</span>
  </li>`;
}
