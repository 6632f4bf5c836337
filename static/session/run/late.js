/** When it will be late: two or three cuts that still end on time, each done with one press and taken back with another. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { show } from "../../app/lib/failsafe.js";
import { MINUTE } from "../running/reckoning.js";
import { nameOf } from "../running/name.js";

/**
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {{segment: string, minutes: number, was: number}} Cut
 * @typedef {{way: string, cuts: Cut[], ends_at: number}} Proposal
 * @typedef {{over: number, proposals: Proposal[]}} Offer
 */

/** @param {HTMLElement} root @param {Host} host */
export function createLate(root, host) {
  /** @type {Offer|null} */
  let offer = null;
  let asked = "";

  /** Asked once for each minute that it is late, and each plan. @param {string} about */
  async function ask(about) {
    asked = about;
    try {
      const answer = await host.store.do("propose_cuts").done;
      if (asked === about) offer = /** @type {Offer} */ (answer);
    } catch {
      if (asked === about) asked = "";
    }
    host.ui.set({});
  }

  return {
    /** @param {import("../records.js").Run|undefined} run @param {{drift: number, lines: import("../running/reckoning.js").Line[]}} reckoned */
    draw(run, { drift, lines }) {
      const over = Math.ceil(drift / MINUTE);
      if (!run?.current || over < 1) {
        offer = null;
        asked = "";
      } else {
        const about = JSON.stringify([over, run.current, lines.map(({ segment }) => [segment.id, segment.minutes, segment.given])]);
        if (about !== asked) void ask(about);
      }
      show(root, () => (offer?.over ? drawOffer(offer, host) : nothing));
    },
  };
}

/** @param {Offer} offer @param {Host} host */
function drawOffer({ over, proposals }, host) {
  if (!proposals.length) return html`<p class="run-late">${t("host.run.late.none", { n: over })}</p>`;
  return html`<section class="run-late" aria-labelledby="run-late-title">
    <h3 id="run-late-title">${t("host.run.late.title", { n: over })}</h3>
    <ul>
      ${proposals.map((proposal) => drawProposal(proposal, host))}
    </ul>
  </section>`;
}

/** @param {Proposal} proposal @param {Host} host */
function drawProposal({ way, cuts, ends_at }, host) {
  const apply = () => void host.acts.do("cut_segments", { cuts }, () => t("host.did.cut_segments"));
  const words = cuts.map((cut) => cutWords(cut, host));
  return html`<li data-way=${way}>
    <div>
      <strong>${t(`host.run.way.${way}`)}</strong>
      <span class="run-facts">${t("host.run.cut.ends", { time: formatTime(ends_at) })}</span>
      <p>${words.map((text, at) => html`${at ? ", " : ""}<bdi>${text}</bdi>`)}</p>
    </div>
    <button type="button" class="button is-small" data-act="cut_segments" aria-label=${`${t("host.run.apply")}: ${words.join(", ")}`} @click=${apply}>
      ${t("host.run.apply")}
    </button>
  </li>`;
}

/** @param {Cut} cut @param {Host} host */
function cutWords({ segment, minutes, was }, host) {
  const known = host.store.get("segment", segment);
  const name = known ? nameOf(/** @type {any} */ (known)) : "";
  return minutes ? t("host.run.cut", { name, was, n: minutes }) : t("host.run.cut.drop", { name });
}
