#!lua flags=allow-oom
-- Drops a filed thing.
-- KEYS  1 thing  2 index  3 person
-- ARGV  1 id  2 field of the person
-- Returns 1, or 0 when there is none of that id.
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[2])
return redis.call('DEL', KEYS[1])
