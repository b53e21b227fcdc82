#!lua flags=allow-oom
-- Replaces a value that still is what was read; its lifetime stays.
-- KEYS  1 key
-- ARGV  1 before  2 after
-- Returns 1, or 0 when it has changed.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
