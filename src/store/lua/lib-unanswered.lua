-- Keeps a question that nobody answered where there is none of its id, and at most `kept` of them in a partition, the
-- newest; whether it did. Included by commit.lua and import-unanswered.lua; `base` is the partition's prefix.
local function keep_unanswered(base, id, day, sealed, ttl, kept)
  local index = base .. 'ux'
  if not redis.call('SET', base .. 'u:' .. id, sealed, 'NX', 'PX', ttl) then return false end
  redis.call('ZADD', index, day, id)
  while redis.call('ZCARD', index) > kept do
    redis.call('DEL', base .. 'u:' .. redis.call('ZPOPMIN', index)[1])
  end
  return true
end
