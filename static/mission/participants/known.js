/** Words that people of the mission use for what they offer and seek: offered to whoever writes theirs. */

import { fetched } from "../directory/fetched.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** @param {Room} room @param {() => void} changed */
export function knownTags(room, changed) {
  let isAsked = false;
  /** @type {Record<string, string[]>} */
  let tags = {};

  return {
    ask() {
      if (isAsked || !room.store.position) return;
      isAsked = true;
      fetched(room, "participants").then(
        ({ facets }) => {
          const of = (/** @type {string[]} */ ...names) => [...new Set(names.flatMap((name) => Object.keys(facets[name] ?? {})))];
          // what one offers another seeks
          tags = { sectors: of("sectors"), offers: of("seeks", "offers"), seeks: of("offers", "seeks"), place: of("place") };
          changed();
        },
        // nothing is offered; everything can be typed
        () => {},
      );
    },
    tags: () => tags,
  };
}
