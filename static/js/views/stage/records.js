/**
 * The records as hosts and the stage see them: types only, so that editors and `tsc` can help.
 * The rules behind the fields are in webinar_server/session/*.py, one noun a file.
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {string} title
 * @property {'waiting'|'open'|'closed'} state
 * @property {number|null} starts_at
 * @property {number|null} ends_at
 * @property {number|null} opened_at
 * @property {number|null} closed_at
 * @property {'none'|'youtube'|'hls'|'mp4'|'frame'} video_kind
 * @property {string} video
 * @property {boolean} premoderated
 *
 * @typedef {{by: string, name: string, at: number, aloud: boolean}} Greeting
 *
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string} organisation
 * @property {string} kind
 * @property {string} country
 * @property {'organiser'|'host'|'speaker'|'attendee'|'stage'} role
 * @property {boolean} here
 * @property {boolean} [imitates] called like a host or the house, and neither
 * @property {string} [came_by] whose link they came by, if another's; hosts only
 * @property {string} [pitch]
 * @property {string} [say_as]
 * @property {number} [since]
 * @property {boolean} [first_time]
 * @property {Greeting|null} [greeted]
 * @property {number|null} [hand]
 *
 * @typedef {object} Standing  one for each person who was removed once, or whose link was renewed; id = theirs
 * @property {string} id
 * @property {{by: string, name: string, at: number, reason: string}|null} removed
 *
 * @typedef {object} Asker  as far as they chose to be shown; anonymous is an empty card
 * @property {string} [id]
 * @property {string} [name]
 * @property {string} [organisation]
 * @property {string} [kind]
 * @property {string} [country]
 * @property {string} [pitch]
 * @property {boolean} [imitates]
 *
 * @typedef {'held'|'open'|'queued'|'on_deck'|'live'|'answered'|'dismissed'|'withdrawn'} QuestionState
 *
 * @typedef {object} Question
 * @property {string} id
 * @property {string} text
 * @property {QuestionState} state
 * @property {number} supporters
 * @property {'named'|'organisation'|'anonymous'} shown
 * @property {Asker} asker
 * @property {number} at
 * @property {number|null} [live_at]
 * @property {number|null} [answered_at]
 *
 * @typedef {object} Stage
 * @property {string} id
 * @property {string|null} live
 * @property {string|null} [on_deck]
 * @property {string[]} [queue]
 * @property {{question: string, at: number}[]} just_asked
 *
 * @typedef {{id: string, text: string, votes?: number}} Option
 *
 * @typedef {object} Poll
 * @property {string} id
 * @property {string} question
 * @property {'one'|'many'} choose
 * @property {'draft'|'open'|'closed'|'revealed'} state
 * @property {Option[]} options
 * @property {number} voters
 * @property {number} [counted] of how many people the votes are that are told
 * @property {number} at
 * @property {number|null} [opened_at]
 * @property {number|null} [revealed_at]
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} by
 * @property {string} name
 * @property {string} role
 * @property {string} text
 * @property {number} at
 * @property {boolean} [hidden]
 */

export {};
