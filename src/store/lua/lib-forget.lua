-- Deletes everything of a person in a partition and leaves a tombstone; how many keys went, the state of lanes apart.
-- Included by commit.lua and forget.lua; `base` is the partition's prefix.
local function forget_person(base, person_key, tombstone, at, sealed, ttl)
  local removed = 0
  for _, field in ipairs(redis.call('HKEYS', person_key)) do
    local kind, name = field:sub(1, 1), field:sub(2)
    if kind == 'c' then
      for _, hidden in ipairs(redis.call('HKEYS', base .. 'c:' .. name)) do
        if hidden:sub(1, 1) == 't' then
          local member = name .. '\0' .. hidden:sub(2)
          redis.call('ZREM', base .. 'tm', member)
          redis.call('ZREM', base .. 'th', member)
        end
      end
      redis.call('ZREM', base .. 'due', name)
      removed = removed + redis.call('DEL', base .. 'c:' .. name, base .. 'q:' .. name)
      redis.call('DEL', base .. 'l:' .. name)
    elseif kind == 'k' or kind == 'd' or kind == 'f' then
      removed = removed + redis.call('DEL', base .. kind .. ':' .. name)
      redis.call('ZREM', base .. kind .. 'x', name)
    elseif kind == 'r' then
      removed = removed + 1
    end
  end
  redis.call('DEL', person_key)
  redis.call('SET', tombstone, at .. '|' .. sealed, 'PX', ttl)
  return removed
end
