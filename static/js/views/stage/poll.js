/**
 * A poll on the stage: what can be chosen while it runs, and bars with numbers once it is revealed.
 *
 * @typedef {import("./records.js").Poll} Poll
 */

import { html } from "../../lib/dom.js";
import { formatNumber, t } from "../../i18n.js";
import { counted, results } from "./shares.js";

/** More options than this stand in two columns; how large they are, their box decides. */
const ONE_COLUMN = 6;

/** @param {Poll} poll */
export function drawPoll(poll) {
  const revealed = poll.state === "revealed";
  return html`<header class="poll-head">
      <p class="asker-eyebrow">${t(`stage.poll.${poll.state}`)}</p>
      <h1 class="poll-title" data-fit>${poll.question}</h1>
    </header>
    <ol class="poll-options ${poll.options.length > ONE_COLUMN ? "is-double" : ""}" data-fit>
      ${results(poll).map((result) => (revealed ? drawBar(result) : drawOption(result.text)))}
    </ol>
    <p class="poll-voters">${t("stage.voted", { n: revealed ? counted(poll) : poll.voters })}</p>`;
}

/** @param {string} text */
const drawOption = (text) => html`<li class="poll-option"><span class="poll-text">${text}</span></li>`;

/** @param {import("./shares.js").Result} result */
function drawBar({ text, votes, percent, most }) {
  return html`<li class="poll-option is-counted ${most ? "is-most" : ""}">
    <span class="poll-bar" aria-hidden="true" .style=${`width:${percent}%`}></span>
    <span class="poll-text">${text}</span>
    <span class="poll-number">${formatNumber(votes)} <small>${percent} %</small></span>
  </li>`;
}
