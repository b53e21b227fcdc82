#!lua flags=no-writes
-- Lanes whose first row may go and that nobody holds, the longest waiting first.
-- KEYS  1 due index
-- ARGV  1 now  2 most of them  3 prefix of the partition
-- Returns {conversation id, score, ...}
local found = {}
local offset, limit = 0, tonumber(ARGV[2])
local edge = '(' .. string.format('%.17g', tonumber(ARGV[1]) + 1)
while #found < 2 * limit do
  local batch = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', edge, 'WITHSCORES', 'LIMIT', offset, 64)
  for index = 1, #batch, 2 do
    local held = redis.call('HGET', ARGV[3] .. 'l:' .. batch[index], 'u')
    if not (held and tonumber(held) > tonumber(ARGV[1])) and #found < 2 * limit then
      found[#found + 1] = batch[index]
      found[#found + 1] = batch[index + 1]
    end
  end
  if #batch < 128 then break end
  offset = offset + 64
end
return found
