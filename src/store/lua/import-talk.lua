#!lua
-- Puts an exported conversation in where there is neither a snapshot of it nor a row.
-- KEYS  1 conversation  2 queue  3 person  4 due index  5 timer index  6 number
-- ARGV  1 conversation id  2 sealed snapshot, or '' for an ended one  3 lifetime left (ms)
--       4 number of timers, then hidden name, dueAt, sealed each; then for each row:
--       id, tries, notBefore, unclearSince or '', sealed body
-- Returns 1, or 0 when there is one.
--#include lib-lane
--#include lib-person
if redis.call('EXISTS', KEYS[1], KEYS[2]) > 0 then return 0 end
local conversation, ttl = ARGV[1], ARGV[3]
local number = redis.call('INCR', KEYS[6])
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'v', number, 's', ARGV[2])
  for index = 1, tonumber(ARGV[4]) do
    local at = 2 + index * 3
    redis.call('HSET', KEYS[1], 't' .. ARGV[at], ARGV[at + 2])
    local score = string.format('%.17g', tonumber(ARGV[at + 1]) + ((number + index) % 4096) / 4096)
    redis.call('ZADD', KEYS[5], score, conversation .. '\0' .. ARGV[at])
  end
  redis.call('PEXPIRE', KEYS[1], ttl)
end
for at = 5 + tonumber(ARGV[4]) * 3, #ARGV, 5 do
  local row = { ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], number, ARGV[at + 4] }
  redis.call('RPUSH', KEYS[2], table.concat(row, '\0'))
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('PEXPIRE', KEYS[2], ttl)
  index_lane(KEYS[2], KEYS[4], conversation)
end
redis.call('HSET', KEYS[3], 'c' .. conversation, '')
outlive(KEYS[3], ttl)
return 1
