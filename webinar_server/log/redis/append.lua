-- Append entries to a topic if its head is the parent they were decided on, and tell the other workers.
--
-- KEYS stream, head
-- ARGV parent's seq, parent's tag, '1' if vouched for, page, what to publish, where, PUBLISH or SPUBLISH,
--      then tag and body of each entry
-- Answers {'ok'}, {'missed', [entry, …]}, {'rewound'} or {'doubtful'}; only 'ok' changed anything.

local found = redis.call('HMGET', KEYS[2], 'seq', 'tag', 'base', 'base_tag', 'run')
local seq, tag = tonumber(found[1] or '0'), found[2] or ''
local base, base_tag = tonumber(found[3] or '0'), found[4] or ''
local parent, parent_tag = tonumber(ARGV[1]), ARGV[2]

local function id(number)
  return string.format('%d-0', number)
end

if parent ~= seq or parent_tag ~= tag then
  local page = tonumber(ARGV[4])
  if parent == base and parent_tag == base_tag then
    return {'missed', redis.call('XRANGE', KEYS[1], id(parent + 1), '+', 'COUNT', page)}
  end
  local after = redis.call('XRANGE', KEYS[1], id(parent), '+', 'COUNT', page + 1)
  if after[1] == nil or after[1][1] ~= id(parent) or after[1][2][2] ~= parent_tag then
    return {'rewound'}
  end
  table.remove(after, 1)
  return {'missed', after}
end

-- INFO may be forbidden to us: then a restart goes unnoticed here, and the comparison of heads has to do
local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and string.match(info, 'run_id:(%w+)') or ''
if found[5] and found[5] ~= run and ARGV[3] ~= '1' then
  return {'doubtful'}
end

for place = 8, #ARGV, 2 do
  seq, tag = seq + 1, ARGV[place]
  redis.call('XADD', KEYS[1], id(seq), 't', tag, 'b', ARGV[place + 1])
end
if seq > parent then
  redis.call('HSET', KEYS[2], 'seq', seq, 'tag', tag, 'run', run)
  -- written is written: an error here would say that nothing was, and news are a hint
  redis.pcall(ARGV[7], ARGV[6], ARGV[5])
end
return {'ok'}
