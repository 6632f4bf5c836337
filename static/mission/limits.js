/** What an argument of a command may hold. Made by scripts/limits.py from the printed schema. */

export const LIMITS = {
  "accept_contacts": {
    "requests": {"minItems": 1, "maxItems": 500, "items": {"maxLength": 100}},
  },
  "accept_meeting": {
    "meeting": {"maxLength": 100},
  },
  "agree_sharing": {
    "sharing": {"maxLength": 201},
  },
  "announce": {
    "text": {"maxLength": 500},
  },
  "ask_contact": {
    "whom": {"maxLength": 100},
    "session": {"maxLength": 100},
    "question": {"maxLength": 100},
    "reason": {"maxLength": 200},
  },
  "ask_sharing": {
    "whom": {"maxLength": 100},
  },
  "attend": {
    "slot": {"maxLength": 60},
  },
  "block": {
    "person": {"maxLength": 100},
    "session": {"maxLength": 100},
  },
  "cancel_meeting": {
    "meeting": {"maxLength": 100},
  },
  "change_card": {
    "name": {"maxLength": 64},
    "organisation": {"maxLength": 100},
    "country": {"maxLength": 2},
    "say_as": {"maxLength": 64},
    "pitch": {"maxLength": 160},
    "link": {"maxLength": 300},
    "place": {"maxLength": 40},
    "sectors": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "offers": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "seeks": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "languages": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "email": {"maxLength": 254},
    "phone": {"maxLength": 30},
  },
  "change_lead": {
    "lead": {"maxLength": 100},
    "notes": {"maxLength": 1000},
    "tags": {"minItems": 0, "maxItems": 10, "items": {"maxLength": 40}},
    "next_step": {"maxLength": 160},
    "due": {"maxLength": 10},
  },
  "change_meeting": {
    "meeting": {"maxLength": 100},
    "place": {"maxLength": 300},
  },
  "change_mission": {
    "title": {"maxLength": 120},
    "places": {"minItems": 1, "maxItems": 4, "items": {"name": {"maxLength": 60}}},
    "code": {"maxLength": 40},
    "kept_days": {"minimum": 0, "maximum": 3650},
    "brand": {"maxLength": 40},
    "notices": {"en": {"maxLength": 1000}, "nl": {"maxLength": 1000}},
  },
  "change_slot": {
    "title": {"maxLength": 120},
    "abstract": {"maxLength": 1000},
    "hosts": {"minItems": 0, "maxItems": 10},
    "speakers": {"minItems": 0, "maxItems": 10},
    "video": {"maxLength": 300},
  },
  "copy": {
    "mission": {"maxLength": 60},
    "title": {"maxLength": 120},
  },
  "decline": {
    "reason": {"maxLength": 200},
  },
  "decline_contacts": {
    "requests": {"minItems": 1, "maxItems": 500, "items": {"maxLength": 100}},
  },
  "decline_meeting": {
    "meeting": {"maxLength": 100},
  },
  "drop_lead": {
    "lead": {"maxLength": 100},
  },
  "drop_reminders": {
    "leads": {"minItems": 1, "maxItems": 2000, "items": {"maxLength": 100}},
  },
  "end_sharing": {
    "sharing": {"maxLength": 201},
  },
  "hand_over": {
    "letters": {"minItems": 0, "maxItems": 500, "items": {"maxLength": 80}},
  },
  "invite": {
    "name": {"maxLength": 64},
    "organisation": {"maxLength": 100},
    "country": {"maxLength": 2},
    "say_as": {"maxLength": 64},
    "pitch": {"maxLength": 160},
    "link": {"maxLength": 300},
    "place": {"maxLength": 40},
    "sectors": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "offers": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "seeks": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "languages": {"minItems": 0, "maxItems": 12, "items": {"maxLength": 40}},
    "email": {"maxLength": 254},
    "phone": {"maxLength": 30},
  },
  "keep_diary": {
    "zone": {"maxLength": 64},
    "off": {"minItems": 0, "maxItems": 4},
  },
  "mail_announcement": {
    "announcement": {"maxLength": 40},
  },
  "plan_slot": {
    "session": {"maxLength": 60},
    "title": {"maxLength": 120},
    "abstract": {"maxLength": 1000},
    "hosts": {"minItems": 0, "maxItems": 10},
    "speakers": {"minItems": 0, "maxItems": 10},
    "video": {"maxLength": 300},
  },
  "propose_meeting": {
    "whom": {"maxLength": 100},
    "times": {"minItems": 2, "maxItems": 3},
    "place": {"maxLength": 300},
    "note": {"maxLength": 200},
  },
  "propose_other_times": {
    "meeting": {"maxLength": 100},
    "times": {"minItems": 2, "maxItems": 3},
    "note": {"maxLength": 200},
  },
  "put_off_contacts": {
    "requests": {"minItems": 1, "maxItems": 500, "items": {"maxLength": 100}},
  },
  "read_conversation": {
    "whom": {"maxLength": 100},
  },
  "report_message": {
    "message": {"maxLength": 100},
    "reason": {"maxLength": 300},
  },
  "send_again": {
    "letters": {"minItems": 0, "maxItems": 500, "items": {"maxLength": 80}},
  },
  "send_letters": {
    "participants": {"minItems": 0, "maxItems": 500, "items": {"maxLength": 40}},
  },
  "settle_reported": {
    "reported": {"maxLength": 100},
  },
  "skip": {
    "slot": {"maxLength": 60},
  },
  "unblock": {
    "person": {"maxLength": 100},
  },
  "withdraw_contact": {
    "asking": {"maxLength": 100},
  },
  "write": {
    "to": {"maxLength": 100},
    "text": {"maxLength": 1000},
  },
};
