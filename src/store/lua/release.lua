#!lua flags=allow-oom
-- Gives a lease back; the token stays, so that the next one is higher.
-- KEYS  1 lease
-- ARGV  1 token
-- Returns 1, or 0 when it was lost.
if redis.call('HGET', KEYS[1], 'k') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'u', '0')
return 1
