/** Whether somebody has looked at the participants' page from here: it is this browser that knows. */

import { pref, setPref } from "../../app/lib/prefs.js";

/** @param {string} mission */
const name = (mission) => `organise.looked.${mission}`;

/** @param {string} mission @returns {boolean} */
export const looked = (mission) => pref(name(mission), "") === "yes";

/** For both of a link's ways to be opened in another tab. @param {import("./frame.js").Organiser} room */
export function look(room) {
  setPref(name(room.mission), "yes");
  room.update();
}
