-- Give up the entries up to a seq, for a snapshot of this very history that stands at it or later.
--
-- KEYS stream, head, snapshot
-- ARGV seq, and the position of the snapshot that was read and is whole: its seq, tag
-- Answers 1 if they were given up.

local last, snapshot = tonumber(ARGV[1]), tonumber(ARGV[2])
local base = tonumber(redis.call('HGET', KEYS[2], 'base') or '0')
local kept = redis.call('HMGET', KEYS[3], 'seq', 'tag')
if last <= base or last > snapshot or kept[1] ~= ARGV[2] or kept[2] ~= ARGV[3] then
  return 0
end
local function entry(seq)
  local id = string.format('%d-0', seq)
  return redis.call('XRANGE', KEYS[1], id, id)[1]
end
local held, new = entry(snapshot), entry(last)
if held == nil or held[2][2] ~= ARGV[3] or new == nil then
  return 0
end
redis.call('HSET', KEYS[2], 'base', last, 'base_tag', new[2][2])
redis.call('XTRIM', KEYS[1], 'MINID', string.format('%d-0', last + 1))
-- what is trimmed of a node that has younger entries stays in it, marked: laid out anew it is gone
if redis.call('XLEN', KEYS[1]) <= 2000 then
  local left = redis.call('XRANGE', KEYS[1], '-', '+')
  redis.call('DEL', KEYS[1])
  for _, one in ipairs(left) do
    redis.call('XADD', KEYS[1], one[1], unpack(one[2]))
  end
end
return 1
