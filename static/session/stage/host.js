/**
 * On stage now: whoever is live, or else is next, whole; the three things to do with them, and the three who follow.
 *
 * The card is as high whoever is on it, so that nothing below it moves.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Question} Question
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { show, survive } from "../../app/lib/failsafe.js";
import { currentLang, t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { clock } from "../../app/lib/time.js";
import { createScreen } from "./screen.js";
import { factsOf } from "./facts.js";
import { isOwn } from "./options.js";
import { EMPTY, sceneOf } from "./scene.js";
import { actButton, empty } from "../../parts/act.js";
import { comeFrom } from "../../parts/glide.js";
import { drawFeedback } from "../feedback/host.js";
import { askerFacts, sayAs } from "../questions/card.js";
import { answerLive, clearStage, doWith, next, questionOf, stageOf } from "../questions/acts.js";
import { groups } from "../questions/groups.js";
import { externalLink } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";
import { headline, opening } from "../../parts/card.js";

/** How many of those who follow are named. */
const NEXT_MAX = 3;

/** @param {Host} host */
export function create(host) {
  const root = host.place("now");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const screen = createScreen(part("preview"));
  let scene = EMPTY;

  const liveOf = () => questionOf(host, stageOf(host)?.live);

  /** What changes with time alone. */
  function tick() {
    survive("preview", () => {
      scene = sceneOf(factsOf(host.store, host.session), scene);
      screen.draw(scene, { lang: currentLang(), now: serverNow(), logo: ownLogo(host) });
    });
    show(part("head"), () => drawHead(host, isOver(host) ? undefined : liveOf()));
  }

  return {
    of: ["session", "stage", "question", "poll", "person", "totals"],
    tick,
    update() {
      const live = liveOf();
      const line = inLine(host);
      tick();
      const from = live && part("live").dataset.question !== live.id ? placeOnBoard(live.id) : undefined;
      markLive(part("live"), host, live);
      show(part("live"), () => drawWho(host, live ?? line[0]));
      comeFrom(part("live"), from);
      show(part("acts"), () => drawActs(host, live, line[0]));
      show(part("line"), () => drawLine(host, live ? line : line.slice(1)));
    },
  };
}

const SHELL = html`<div class="now">
    <div class="now-live" data-part="live" data-keys="within"></div>
    <div class="now-side">
      <div data-part="head"></div>
      <div class="acts" data-part="acts" data-keys="within"></div>
      <div class="now-line" data-part="line"></div>
    </div>
    <div class="preview" data-part="preview" aria-hidden="true" inert></div>
  </div>`;

/** This page shows no picture of another site; the stage does. @param {Host} host */
function ownLogo({ store, session }) {
  const logo = store.get("session", session)?.logo ?? "";
  return isOwn(logo) ? logo : "";
}

/** Whether nobody is live any more, whoever was at the end. @param {Host} host */
const isOver = ({ store, session }) => store.get("session", session)?.state === "closed";

/** Who comes after the live one, in their order. @param {Host} host */
function inLine(host) {
  const { on_deck = null, queue = [] } = stageOf(host) ?? {};
  const found = [on_deck, ...queue].map((id) => questionOf(host, id));
  return /** @type {Question[]} */ (found.filter(Boolean));
}

/** @param {Host} host @param {Question|undefined} live */
function drawHead(host, live) {
  const stage = `/stage/${encodeURIComponent(host.session)}?as=${encodeURIComponent(host.as)}`;
  return html`<div class="panel-head">
    <h2 id="now-title" class=${live ? "badge is-live" : ""}>${t(isOver(host) ? "host.now.over" : "host.now")}</h2>
    ${
      live
        ? html`<p class="on-air">
            ${live.live_at ? html`<span class="clock">${clock(Math.max(0, serverNow() - live.live_at))}</span>` : nothing}
          </p>`
        : nothing
    }
    <a class="link" href=${stage} target="_blank" rel="noopener">${t("host.now.open_stage")} ${icon(externalLink)}</a>
  </div>`;
}

/** Where its card still lies, before the board is drawn again. @param {string} id */
const placeOnBoard = (id) => find(`#board [data-question="${CSS.escape(id)}"]`)?.getBoundingClientRect();

/** So that `j` and `k` reach the live one too. @param {HTMLElement} box @param {Host} host @param {Question|undefined} live */
function markLive(box, host, live) {
  box.tabIndex = -1;
  box.classList.toggle("is-live", Boolean(live) && !isOver(host));
  box.classList.toggle("is-selected", Boolean(live) && host.ui.now.selected === live?.id);
  if (live) box.dataset.question = live.id;
  else delete box.dataset.question;
}

/** @param {Host} host @param {Question|undefined} question */
function drawWho(host, question) {
  if (isOver(host) && host.store.get("totals", "now")) return drawFeedback(host);
  if (!question) return drawOffer(host);
  return drawWhole(host, question);
}

/** Nobody is live and nobody in line: whom most people wait for. @param {Host} host */
function drawOffer(host) {
  const [best] = groups(/** @type {readonly Question[]} */ (host.store.all("question")), stageOf(host), "supporters").open;
  if (!best) return empty(t("host.now.empty"));
  const act = (/** @type {"queue"|"spotlight"} */ name) =>
    actButton(name, t(`host.act.${name}`), () => void doWith(host, name, best), { key: false, name: headline(best.asker) });
  return html`<p class="offer"><span>${t("host.now.offer")}</span> <span class="acts">${act("queue")}${act("spotlight")}</span></p>
    ${drawWhole(host, best)}`;
}

/** @param {Host} host @param {Question} question */
function drawWhole(host, question) {
  return html`<p class="now-who">
      ${opening(question.asker)} ${sayAs(host, question.asker)}
    </p>
    <p class="facts dots">
      ${["queued", "on_deck"].includes(question.state) ? html`<span class="badge">${t("host.now.next_up")}</span>` : nothing} ${askerFacts(question)}
    </p>
    <p class="card-text" tabindex="0" role="group" aria-label=${t("host.now.words")} dir="auto" translate="yes" .textContent=${question.text}></p>`;
}

/** Always the three, each in its place. @param {Host} host @param {Question|undefined} live @param {Question|undefined} coming */
function drawActs(host, live, coming) {
  const label = t(live ? "host.act.next" : "host.act.bring_on");
  return html`${actButton("next", label, () => next(host), { look: "is-primary", off: !live && !coming })}
  ${actButton("answer", t("host.act.answer"), () => answerLive(host), { off: !live })}
  ${actButton("clear_stage", t("host.act.clear_stage"), () => clearStage(host), { look: "is-quiet", off: !live })}`;
}

/** @param {Host} host @param {Question[]} line */
function drawLine(host, line) {
  if (!line.length) return nothing;
  const more = line.length - NEXT_MAX;
  return html`<ol aria-label=${t("host.now.after")}>
      ${line.slice(0, NEXT_MAX).map(
        ({ asker }) => html`<li>${opening(asker)} ${sayAs(host, asker)}</li>`,
      )}
    </ol>
    ${more > 0 ? html`<p class="soft">${t("host.now.more", { n: more })}</p>` : nothing}`;
}
