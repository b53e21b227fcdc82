#!lua flags=allow-oom
-- Takes a lease or prolongs one's own.
-- KEYS  1 lease
-- ARGV  1 worker  2 now  3 lifetime (ms)
-- Returns the token, or '' while another worker has it.
local held = redis.call('HMGET', KEYS[1], 'w', 'k', 'u')
local worker, token, till = held[1], tonumber(held[2] or '0'), tonumber(held[3] or '0')
if worker and worker ~= ARGV[1] and till > tonumber(ARGV[2]) then return '' end
if not (worker == ARGV[1] and till > 0) then token = token + 1 end
redis.call('HSET', KEYS[1], 'w', ARGV[1], 'k', token, 'u', string.format('%.17g', tonumber(ARGV[2]) + tonumber(ARGV[3])))
return tostring(token)
