#!lua flags=no-writes
-- When the next row or timer is due that nobody has claimed.
-- KEYS  1 due index  2 timer index  3 hidden timers
-- ARGV  1 prefix of the partition
-- Returns the time (epoch ms, with a fraction), or ''.
local best
local function consider(index, until_of)
  local offset = 0
  while true do
    local batch = redis.call('ZRANGE', index, offset, offset + 31, 'WITHSCORES')
    for at = 1, #batch, 2 do
      local score = tonumber(batch[at + 1])
      if best and score >= best then return end
      local time = math.max(score, until_of(batch[at]))
      if not best or time < best then best = time end
    end
    if #batch < 64 then return end
    offset = offset + 32
  end
end
consider(KEYS[1], function(member)
  return tonumber(redis.call('HGET', ARGV[1] .. 'l:' .. member, 'u') or '0')
end)
consider(KEYS[2], function(member) return tonumber(redis.call('ZSCORE', KEYS[3], member) or '0') end)
return best and string.format('%.17g', best) or ''
