#!lua flags=allow-oom
-- Counts a failure of an inbound.
-- KEYS  1 failures
-- ARGV  1 lifetime (ms)  2 attempt: the same one again counts once
-- Returns how many there were.
local count, by = (redis.call('GET', KEYS[1]) or '0:'):match('^(.-):(.*)$')
if by == ARGV[2] then return tonumber(count) end
count = tonumber(count) + 1
redis.call('SET', KEYS[1], count .. ':' .. ARGV[2], 'PX', ARGV[1])
return count
