#!lua flags=allow-oom
-- Replaces an item of a list at its place, when it still stands there.
-- KEYS  1 list
-- ARGV  1 index  2 before  3 after
-- Returns 1, or 0 when another stands there.
if redis.call('LINDEX', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('LSET', KEYS[1], ARGV[1], ARGV[3])
return 1
