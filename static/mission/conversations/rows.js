/** The rows of a conversation: messages, under the day on which they were written, and where the unread begin. */

/** @typedef {import("./talk.js").Message} Message */
/** @typedef {{id: string, day?: number, unread?: boolean, message?: Message, mine?: boolean, follows?: boolean, reported?: boolean}} Row */

/** Somebody's next line within this time stands close to the one before it. */
const SAME_BREATH_MS = 3 * 60_000;

/** @param {number} at */
const dayOf = (at) => new Date(at).toDateString();

/**
 * @param {readonly Message[]} messages
 * @param {{me: string, from: number|null, isReported: (id: string) => boolean}} how `from`: theirs after that time are
 *   the unread ones; null if there are none
 * @returns {Row[]}
 */
export function rowsOf(messages, { me, from, isReported }) {
  /** @type {Row[]} */
  const rows = [];
  let isMarked = from === null;
  messages.forEach((message, place) => {
    const before = messages[place - 1];
    const isNewDay = !before || dayOf(before.at) !== dayOf(message.at);
    if (isNewDay) rows.push({ id: `day ${dayOf(message.at)}`, day: message.at });
    const mine = message.by === me;
    const isFirstUnread = !isMarked && !mine && message.at > (from ?? 0);
    if (isFirstUnread) {
      isMarked = true;
      rows.push({ id: "unread", unread: true });
    }
    const follows = !isNewDay && !isFirstUnread && before.by === message.by && message.at - before.at < SAME_BREATH_MS;
    rows.push({ id: message.id, message, mine, follows, reported: isReported(message.id) });
  });
  return rows;
}

/** How a day is called. @param {number} at @param {number} now @returns {"today"|"yesterday"|""} empty: by its date */
export function dayName(at, now) {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return dayOf(at) === dayOf(now) ? "today" : dayOf(at) === yesterday.toDateString() ? "yesterday" : "";
}
