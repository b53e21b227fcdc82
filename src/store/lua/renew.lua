#!lua flags=allow-oom
-- Prolongs a claim.
-- KEYS  1 lane
-- ARGV  1 token  2 until  3 lifetime of the state (ms)
-- Returns 1, or 0 when it was lost.
if redis.call('HGET', KEYS[1], 'k') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'u', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
