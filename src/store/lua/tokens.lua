#!lua
-- Takes tokens of a bucket (generic cell rate algorithm).
-- KEYS  1 bucket
-- ARGV  1 want  2 milliseconds a token  3 burst  4 now
-- Returns {granted, wait in ms}.
local want, each, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local free = math.floor((burst * each - (arrival - now)) / each + 1e-6)
local granted = math.max(0, math.min(want, free))
if granted == 0 then return { 0, math.max(1, math.ceil(arrival - now - (burst - 1) * each)) } end
local later = arrival + granted * each
redis.call('SET', KEYS[1], string.format('%.17g', later), 'PX', math.ceil(later - now) + 1)
return { granted, 0 }
