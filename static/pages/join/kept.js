/** What a newcomer has written, kept until it is sent: they are nobody yet. */

import { draftOf } from "../../app/lib/drafts.js";

/** @param {{id: string}} welcome the mission @param {string} name */
export const keptOf = ({ id }, name) => draftOf({ store: { topic: `mission/${id}` }, identity: { you: { id: "newcomer" } } }, name);
