#!lua
-- Lets a name stand for a conversation, unless it stands for another one.
-- KEYS  1 pointer
-- ARGV  1 conversation  2 lifetime (ms)
-- Returns 1, or 0 with nothing written
local before = redis.call('GET', KEYS[1])
if before and before ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
