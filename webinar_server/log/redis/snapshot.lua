-- Keep a snapshot unless a newer one is there.
--
-- KEYS stream, head, snapshot
-- ARGV seq, tag, digest, data
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
return 1
