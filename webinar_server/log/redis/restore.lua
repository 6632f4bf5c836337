-- Write back what the log lost, if its head is still what the worker that holds more saw, and tell the others.
--
-- KEYS stream, head, snapshot
-- ARGV head's seq, head's tag, what to publish, where, PUBLISH or SPUBLISH,
--      seq, tag, digest, data of a snapshot that takes the place of all that is stored, or four times '',
--      then tag and body of each entry
-- Answers 1, or 0 where the head has moved.

local found = redis.call('HMGET', KEYS[2], 'seq', 'tag', 'run')
if (found[1] or '0') ~= ARGV[1] or (found[2] or '') ~= ARGV[2] then
  return 0
end

local seq, tag = tonumber(ARGV[1]), ARGV[2]
if ARGV[6] ~= '' then
  seq, tag = tonumber(ARGV[6]), ARGV[7]
  -- first what may fail: a key of another type, where nothing is lost yet
  redis.call('HSET', KEYS[3], 'seq', ARGV[6], 'tag', ARGV[7], 'digest', ARGV[8], 'data', ARGV[9])
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[2], 'base', ARGV[6], 'base_tag', ARGV[7])
end

for place = 10, #ARGV, 2 do
  seq, tag = seq + 1, ARGV[place]
  redis.call('XADD', KEYS[1], string.format('%d-0', seq), 't', tag, 'b', ARGV[place + 1])
end
-- the run stays what it was, or unknown: the next append must ask whether somebody holds still more
redis.call('HSET', KEYS[2], 'seq', seq, 'tag', tag, 'run', found[3] or 'unknown')
-- as in append.lua: whatever becomes of the news, it is written
redis.pcall(ARGV[5], ARGV[4], ARGV[3])
return 1
