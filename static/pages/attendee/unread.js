/** How many things are new on the tabs one is not looking at. */

/** @typedef {import("./frame.js").Tab} Tab */
/** @typedef {import("../../app/store.js").Store} Store */

/**
 * @param {Pick<Store, "all"|"joined"|"you">} store
 */
export function createUnread(store) {
  /** Ids met before, and of those the ones not yet looked at. @type {Record<string, {met: Set<string>, fresh: Set<string>}>} */
  const kinds = { chat: fresh(), questions: fresh(), polls: fresh() };
  let first = true;

  /** @param {Tab} tab */
  function countable(tab) {
    const you = store.you?.id;
    if (tab === "chat") return store.all("message").filter((message) => message.by !== you && !message.hidden);
    if (tab === "questions")
      return store.all("question").filter((question) => !question.mine && question.state !== "answered");
    const voted = new Set(store.all("vote").map((vote) => vote.poll));
    return store.all("poll").filter((poll) => poll.state === "open" && !voted.has(poll.id));
  }

  return {
    /**
     * @param {Tab} tab the one that is open
     * @param {boolean} visible whether anybody looks at the page
     */
    update(tab, visible) {
      if (first && !store.joined) return;
      for (const [name, { met, fresh }] of Object.entries(kinds)) {
        const ids = new Set(countable(/** @type {Tab} */ (name)).map((item) => item.id));
        // what was there before we came is history, except a poll that waits for our vote
        for (const id of ids) if (!met.has(id) && (!first || name === "polls")) fresh.add(id);
        for (const id of ids) met.add(id);
        for (const id of fresh) if (!ids.has(id) || (name === tab && visible)) fresh.delete(id);
      }
      first = false;
    },

    /** @returns {Record<Tab, number>} */
    counts() {
      return {
        chat: kinds.chat.fresh.size,
        questions: kinds.questions.fresh.size,
        polls: kinds.polls.fresh.size,
        people: 0,
      };
    },

    total() {
      return Object.values(kinds).reduce((sum, kind) => sum + kind.fresh.size, 0);
    },
  };
}

function fresh() {
  return { met: new Set(), fresh: new Set() };
}
