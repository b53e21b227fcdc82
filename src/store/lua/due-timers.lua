#!lua flags=allow-oom
-- Timers that are due, the earliest first; with a lease, those nobody has claimed, which it hides (a lease of 0 only looks).
-- KEYS  1 timer index  2 hidden timers
-- ARGV  1 now  2 most of them  3 lease (ms) or ''  4 prefix of the partition
-- Returns {conversation id, hidden name, sealed timer, score, ...}
local found = {}
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local edge = '(' .. string.format('%.17g', now + 1)
local offset = 0
while #found < 4 * limit do
  local batch = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', edge, 'WITHSCORES', 'LIMIT', offset, 64)
  local gone = 0
  for index = 1, #batch, 2 do
    local member = batch[index]
    local conversation, hidden = member:match('^(.-)%z(.*)$')
    local sealed = redis.call('HGET', ARGV[4] .. 'c:' .. conversation, 't' .. hidden)
    if not sealed then
      redis.call('ZREM', KEYS[1], member)
      redis.call('ZREM', KEYS[2], member)
      gone = gone + 1
    elseif #found < 4 * limit then
      local until_time = ARGV[3] ~= '' and redis.call('ZSCORE', KEYS[2], member)
      if not until_time or tonumber(until_time) <= now then
        if ARGV[3] ~= '' and ARGV[3] ~= '0' then
          redis.call('ZADD', KEYS[2], now + tonumber(ARGV[3]), member)
        end
        for _, value in ipairs({ conversation, hidden, sealed, batch[index + 1] }) do found[#found + 1] = value end
      end
    end
  end
  if #batch < 128 then break end
  offset = offset + 64 - gone
end
return found
