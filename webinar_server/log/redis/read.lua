-- A page of entries and the position they follow, from one moment.
--
-- KEYS stream, head
-- ARGV after which seq, how many
-- Answers {tag at that seq or false, base, [entry, …]}

local after = tonumber(ARGV[1])
local found = redis.call('HMGET', KEYS[2], 'base', 'base_tag')
local base = tonumber(found[1] or '0')
local function id(number)
  return string.format('%d-0', number)
end
if after == base then
  return {found[2] or '', base, redis.call('XRANGE', KEYS[1], id(after + 1), '+', 'COUNT', ARGV[2])}
end
local entries = redis.call('XRANGE', KEYS[1], id(after), '+', 'COUNT', tonumber(ARGV[2]) + 1)
if entries[1] == nil or entries[1][1] ~= id(after) then
  return {false, base, {}}
end
local tag = table.remove(entries, 1)[2][2]
return {tag, base, entries}
