#!lua flags=allow-oom
-- Replaces an item of a list, where it stands, when it is still there.
-- KEYS  1 list
-- ARGV  1 before  2 after
-- Returns 1, or 0 when it has gone.
local at = redis.call('LPOS', KEYS[1], ARGV[1])
if not at then return 0 end
redis.call('LSET', KEYS[1], at, ARGV[2])
return 1
