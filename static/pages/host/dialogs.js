/** What opens over the host's page at a press. It comes after the first picture (opened.js). */

import { createEnds } from "../../session/people/ends.js";
import { createRemoved } from "../../session/people/removed_list.js";
import { createPacing } from "../../session/pacing/dialog.js";
import { createEnding } from "../../session/programme/ending.js";
import { createSettings } from "../../session/programme/host.js";
import { createHelp } from "./help.js";
import { createPast } from "./past.js";

/** @param {import("../host.js").Host} host */
export function create(host) {
  const [ends, removed, ending, past, pacing] = [createEnds(host), createRemoved(host), createEnding(host), createPast(host), createPacing(host)];
  return { ends, removed, ending, past, pacing, settings: createSettings(host), help: createHelp(), drawn: [ends, removed, ending, past, pacing] };
}
