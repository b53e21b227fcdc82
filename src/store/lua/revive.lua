#!lua
-- Puts a dead letter at the end of its lane, untried, or drops it.
-- KEYS  1 queue  2 due index  3 person  4 dead letter  5 index of dead letters  6 number
-- ARGV  1 conversation id  2 row id  3 now, or '' to drop it  4 lifetime of a queue (ms)
-- Returns 1, or 0 when there is none of that id.
--#include lib-lane
local letter = redis.call('GET', KEYS[4])
if not letter then return 0 end
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[5], ARGV[2])
redis.call('HDEL', KEYS[3], 'd' .. ARGV[2])
if ARGV[3] == '' then return 1 end
local row = letter:match('^.-%z.-%z(.*)$')
local _, _, _, _, _, body = row:match('^(.-)%z(.-)%z(.-)%z(.-)%z(.-)%z(.*)$')
local number = redis.call('INCR', KEYS[6])
redis.call('RPUSH', KEYS[1], table.concat({ ARGV[2], '0', ARGV[3], '', number, body }, '\0'))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('HSET', KEYS[3], 'c' .. ARGV[1], '')
index_lane(KEYS[1], KEYS[2], ARGV[1])
return 1
