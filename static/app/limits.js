/** What an argument of a command may hold. Made by scripts/limits.py from the printed schema. */

export const LIMITS = {
  "answer_in_writing": {
    "text": {"maxLength": 2000},
  },
  "ask": {
    "text": {"maxLength": 500},
  },
  "change_session": {
    "title": {"maxLength": 200},
    "video": {"maxLength": 300},
    "logo": {"maxLength": 300},
    "join": {"maxLength": 300},
  },
  "dismiss": {
    "reason": {"maxLength": 200},
  },
  "draft_poll": {
    "question": {"maxLength": 200},
    "options": {"minItems": 2, "maxItems": 20, "items": {"maxLength": 100}},
  },
  "give_feedback": {
    "line": {"maxLength": 200},
  },
  "group_answers": {
    "answers": {"minItems": 1, "maxItems": 500},
    "group": {"maxLength": 60},
  },
  "introduce": {
    "say_as": {"maxLength": 64},
    "pitch": {"maxLength": 160},
    "link": {"maxLength": 300},
  },
  "remove": {
    "reason": {"maxLength": 200},
  },
  "say": {
    "text": {"maxLength": 500},
  },
};
