#!lua flags=no-writes
-- Everything of a person at one moment.
-- KEYS  1 person
-- ARGV  1 prefix of the partition
-- Returns {person record, lifetime left (ms), {kind, name, ...}, ...}:
--   {'c', conversation, snapshot, {sealed timer, ...}, {row, ...}} | {'k' or 'd' or 'f', id, value}
local base = ARGV[1]
local found = { redis.call('HGET', KEYS[1], 'r') or '', tostring(redis.call('PTTL', KEYS[1])) }
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local kind, name = field:sub(1, 1), field:sub(2)
  if kind == 'c' then
    local timers, snapshot = {}, ''
    local fields = redis.call('HGETALL', base .. 'c:' .. name)
    for index = 1, #fields, 2 do
      if fields[index] == 's' then snapshot = fields[index + 1] end
      if fields[index]:sub(1, 1) == 't' then timers[#timers + 1] = fields[index + 1] end
    end
    found[#found + 1] = { 'c', name, snapshot, timers, redis.call('LRANGE', base .. 'q:' .. name, 0, -1) }
  elseif kind == 'k' or kind == 'd' or kind == 'f' then
    local value = redis.call('GET', base .. kind .. ':' .. name)
    if value then found[#found + 1] = { kind, name, value } end
  end
end
return found
