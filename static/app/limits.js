/** What an argument of a command may hold. Made by scripts/limits.py from the printed schema. */

export const LIMITS = {
  "add_segment": {
    "minutes": {"minimum": 1, "maximum": 240},
    "title": {"maxLength": 100},
    "who": {"maxLength": 100},
    "notes": {"maxLength": 500},
  },
  "answer_in_writing": {
    "text": {"maxLength": 2000},
  },
  "ask": {
    "text": {"maxLength": 500},
  },
  "change_segment": {
    "minutes": {"minimum": 1, "maximum": 240},
    "title": {"maxLength": 100},
    "who": {"maxLength": 100},
    "notes": {"maxLength": 500},
  },
  "change_session": {
    "title": {"maxLength": 200},
    "video": {"maxLength": 300},
    "logo": {"maxLength": 300},
    "join": {"maxLength": 300},
  },
  "cut_segments": {
    "cuts": {"minItems": 1, "maxItems": 40, "items": {"minutes": {"minimum": 0, "maximum": 240}}},
  },
  "dismiss": {
    "reason": {"maxLength": 200},
  },
  "draft_poll": {
    "question": {"maxLength": 200},
    "options": {"minItems": 2, "maxItems": 20, "items": {"maxLength": 100}},
  },
  "extend_segment": {
    "minutes": {"minimum": 1, "maximum": 240},
  },
  "fill_run": {
    "segments": {"minItems": 0, "maxItems": 40},
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
  "say_cue": {
    "text": {"maxLength": 140},
  },
  "set_pacing": {
    "slow": {"minimum": 0, "maximum": 120},
    "delay": {"minimum": 0, "maximum": 60},
    "words": {"maxItems": 100, "items": {"maxLength": 40}},
  },
  "time_out": {
    "minutes": {"minimum": 1, "maximum": 60},
    "reason": {"maxLength": 200},
  },
};
