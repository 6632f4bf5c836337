-- Keep a snapshot unless a newer one is there, and give up entries that lie far below it.
--
-- KEYS stream, head, snapshot
-- ARGV seq, tag, digest, data, how many entries to keep before it
-- Answers 1 if it was kept. Where older entries were given up, only one of this very history is: it begins there.

local seq = tonumber(ARGV[1])
if tonumber(redis.call('HGET', KEYS[3], 'seq') or '-1') > seq then
  return 0
end
local base = tonumber(redis.call('HGET', KEYS[2], 'base') or '0')
local held = redis.call('XRANGE', KEYS[1], string.format('%d-0', seq), string.format('%d-0', seq))[1]
local ours = held and held[2][2] == ARGV[2]
if base > 0 and not ours then
  return 0
end
redis.call('HSET', KEYS[3], 'seq', ARGV[1], 'tag', ARGV[2], 'digest', ARGV[3], 'data', ARGV[4])

local last = seq - tonumber(ARGV[5])
if last > base and ours then
  local new = redis.call('XRANGE', KEYS[1], string.format('%d-0', last), string.format('%d-0', last))[1]
  redis.call('HSET', KEYS[2], 'base', last, 'base_tag', new[2][2])
  redis.call('XTRIM', KEYS[1], 'MINID', string.format('%d-0', last + 1))
end
return 1
