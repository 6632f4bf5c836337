-- The time by this server's clock, Unix ms: the one clock that all workers share.
--
-- KEYS workers (only to say which server of a cluster is asked)

local time = redis.call('TIME')
return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
