/** The score of the week, where the organisers show it to all; asked for anew now and then while somebody looks. */

import { nothing } from "../../app/lib/dom.js";
import { fetched } from "../directory/fetched.js";
import { drawScore } from "./score.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

const AGAIN_MS = 60_000;

/** @param {Room} room @param {() => void} changed what to call when there is another */
export function createScore(room, changed) {
  /** @type {import("./score.js").Score|null} */
  let score = null;
  let askedAt = -Infinity;

  function ask() {
    if (performance.now() - askedAt < AGAIN_MS || !room.store.joined) return;
    askedAt = performance.now();
    fetched(room, "score").then(
      (told) => ((score = told.score), changed()),
      // what stands there stands until it can be asked for again
      () => {},
    );
  }

  return () => {
    ask();
    return score ? drawScore(score, "h2") : nothing;
  };
}
