#!lua
-- Puts an exported case, dead letter or entry of the quarantine in where there is none of its id.
-- KEYS  1 thing  2 index  3 person
-- ARGV  1 id  2 field of the person  3 time  4 value  5 lifetime left (ms)
-- Returns 1, or 0 when there is one.
--#include lib-person
if not redis.call('SET', KEYS[1], ARGV[4], 'NX', 'PX', ARGV[5]) then return 0 end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[2], '', 'l', '')
outlive(KEYS[3], ARGV[5])
return 1
