#!lua
-- Keeps a value, under a lease that may be asked for.
-- KEYS  1 value  2 lease
-- ARGV  1 value  2 token of the lease, or '' for none
-- Returns 1, or 0 when the lease has gone to another worker.
if ARGV[2] ~= '' then
  local held = redis.call('HMGET', KEYS[2], 'k', 'u')
  if held[1] ~= ARGV[2] or held[2] == '0' then return 0 end
end
redis.call('SET', KEYS[1], ARGV[1])
return 1
