-- A worker lives for so long from now, by this server's clock; or, with 0, no longer.
--
-- KEYS workers (sorted set: worker → Unix ms at which its lease ends)
-- ARGV worker, milliseconds
-- Answers all workers that live.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if ARGV[2] == '0' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
end
return redis.call('ZRANGE', KEYS[1], 0, -1)
