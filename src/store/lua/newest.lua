#!lua flags=allow-oom
-- Filed things of a partition, the newest first; the index loses those whose lifetime is over.
-- KEYS  1 index
-- ARGV  1 prefix of the things  2 most of them
-- Returns {value, score, id, ...}
local found = {}
local offset, limit = 0, tonumber(ARGV[2])
while #found < 3 * limit do
  local batch = redis.call('ZREVRANGE', KEYS[1], offset, offset + 31, 'WITHSCORES')
  local gone = 0
  for index = 1, #batch, 2 do
    local value = redis.call('GET', ARGV[1] .. batch[index])
    if not value then
      redis.call('ZREM', KEYS[1], batch[index])
      gone = gone + 1
    elseif #found < 3 * limit then
      for _, each in ipairs({ value, batch[index + 1], batch[index] }) do found[#found + 1] = each end
    end
  end
  if #batch < 64 then break end
  offset = offset + 32 - gone
end
return found
